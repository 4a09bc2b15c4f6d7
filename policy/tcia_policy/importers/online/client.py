"""Asking a source over HTTP: what it may send, how long it may take, and what is said where it does not.

Nothing that is answered is trusted: sizes, depths and times are bounded, another host is never followed to, and what
is no JSON is refused. What may be over soon (a busy server, a lost connection, an answer that is cut off) is tried
again.
"""

import threading
import time
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TypeVar

import httpx2

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.importers.online import answered_json
from tcia_policy.importers.online.answer_cache import AnswerCache, Kept
from tcia_policy.importers.online.pace import Pace, asked_to_wait
from tcia_policy.importers.online.site import Site
from tcia_policy.lazy import dataclass
from tcia_policy.version import __version__

USER_AGENT = f"tcia-policy/{__version__} (reads licenses and citations of datasets; httpx2/{httpx2.__version__})"
_OVER_SOON = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_CONNECTIONS = 2  # tries: who is not in a network should not wait for long
_NOT_CHANGED = 304
_OK = 200
_NOT_THERE = frozenset({404, 410})

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")


class Unreachable(InputError):  # noqa: N818 - what it says of the host
    """There is no connection to the host at all."""


class NotThere(InputError):  # noqa: N818 - what it says of the address
    """The source answers, and has nothing at this address."""


class _Again(Exception):  # noqa: N818
    """What may be over soon: what is said if it is not, after how many tries, and how long the source asks to wait."""

    def __init__(self, error: InputError, *, asked: float | None = None, tries: int | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.asked = asked
        self.tries = tries


@dataclass(frozen=True)
class Reply:
    """What was answered: the parsed JSON, the headers in small letters, and the address that answered in the end."""

    data: object
    headers: Mapping[str, str]
    url: httpx2.URL


class Client:
    """One source, with a pool of connections. Use `opened`."""

    def __init__(self, site: Site, pace: Pace, cache: AnswerCache) -> None:
        self.site = site
        self._pace = pace
        self._cache = cache
        self._asked: set[str] = set()
        self._end = time.monotonic() + pace.whole
        self._hold_until = 0.0
        self._lock = threading.Lock()
        self._http = _connections(site, pace)

    @property
    def asked(self) -> tuple[str, ...]:
        """Return the addresses that answered, sorted."""
        return tuple(sorted(self._asked))

    def close(self) -> None:
        """Give up the connections."""
        self._http.close()

    def in_time(self, work: Callable[[], ResultT]) -> ResultT:
        """Return what is done in the time that the source has in all, even where it sends single bytes, slowly.

        Raise what the work raises, and `InputError` where it is not done: then it is left alone.
        """
        (made,) = self.each([None], lambda _none: work())
        return made

    def each(self, items: Iterable[ItemT], ask: Callable[[ItemT], ResultT]) -> Iterator[ResultT]:
        """Yield what `ask` makes of each item, in their order, with as many at once as the source allows.

        Where one raises, or the user stops the program, nothing more is begun, and what has begun is not waited for.
        """
        waiting = [(item, Future[ResultT]()) for item in items]
        todo = deque(waiting)
        for _ in range(min(self.site.at_once, len(waiting))):
            threading.Thread(target=_work, args=(todo, ask), daemon=True).start()
        try:
            for _, answered in waiting:
                yield answered.result(max(0.0, self._end - time.monotonic()))
        except FutureTimeoutError:
            raise self._too_long(self.site.base) from None
        finally:
            todo.clear()

    def get(self, url: httpx2.URL, *, may_be_empty: bool = False) -> Reply:
        """Return the JSON at an address; `None` as its data where nothing at all is sent and that is allowed.

        Raise `InputError` with the address and what is wrong: `Unreachable` without a connection, `NotThere` where
        the source has nothing there.
        """
        reply = self._tried(url, may_be_empty)
        with self._lock:
            self._asked.add(str(url))
        return reply

    def _tried(self, url: httpx2.URL, may_be_empty: bool) -> Reply:
        for tried in range(1, self._pace.tries + 1):
            self._wait_for_others(url)
            try:
                return self._followed(url, may_be_empty)
            except _Again as again:
                self._rest(tried, again, url)
        raise AssertionError("the last try raises")

    def _rest(self, tried: int, again: _Again, url: httpx2.URL) -> None:
        """Wait before the next try. Raise `InputError` where this was the last, or where that would take too long."""
        problem = again.error.problem
        if tried >= min(self._pace.tries, again.tries or self._pace.tries):
            again.error.problem = f"{problem} ({tried} tries)" if tried > 1 else problem
            raise again.error from None
        if again.asked is not None and again.asked > self._pace.longest_asked:
            asked = f"and asks to wait for {again.asked:,.0f} seconds"
            raise InputError(f"{problem}, {asked}", file=str(url), hint="try again after that") from None
        wait = self._pace.wait(tried) if again.asked is None else again.asked
        if time.monotonic() + wait > self._end:
            raise self._too_long(url) from None
        if again.asked is not None:
            with self._lock:
                self._hold_until = max(self._hold_until, time.monotonic() + wait)
        self._pace.sleep(wait)

    def _wait_for_others(self, url: httpx2.URL) -> None:
        """Wait while the source has asked another request to do so."""
        now = time.monotonic()
        if now > self._end:
            raise self._too_long(url)
        if self._hold_until > now:
            self._pace.sleep(self._hold_until - now)

    def _too_long(self, url: httpx2.URL | str) -> InputError:
        return InputError(f"{self.site.title} takes longer than {self._pace.whole:,g} seconds in all", file=str(url))

    def _followed(self, url: httpx2.URL, may_be_empty: bool) -> Reply:
        here = url
        for _ in range(_MOST_REDIRECTS + 1):
            kept = self._cache.get(str(here))
            with self._sent(here, kept) as response:
                if response.status_code not in _REDIRECTS:
                    return self._reply(here, response, kept, may_be_empty)
                where = response.headers.get("location", "")
            here = self.site.allowed(where, here)
        raise InputError(f"leads on from one address to another more than {_MOST_REDIRECTS} times", file=str(url))

    @contextmanager
    def _sent(self, url: httpx2.URL, kept: Kept | None) -> Iterator[httpx2.Response]:
        try:
            with self._http.stream("GET", url, headers={} if kept is None else dict(kept.question)) as response:
                yield response
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.ProxyError) as error:
            problem = f"cannot be reached: {_said(error)}"
            hint = "is there a connection to the network, and is its proxy in HTTPS_PROXY?"
            raise _Again(Unreachable(problem, file=str(url), hint=hint), tries=_CONNECTIONS) from None
        except httpx2.TimeoutException:
            problem = f"did not answer within {self._pace.read:,g} seconds"
            raise _Again(InputError(problem, file=str(url))) from None
        except httpx2.TransportError as error:
            raise _Again(InputError(f"broke off the connection: {_said(error)}", file=str(url))) from None

    def _reply(self, url: httpx2.URL, response: httpx2.Response, kept: Kept | None, may_be_empty: bool) -> Reply:
        status = response.status_code
        if status == _NOT_CHANGED and kept is not None:
            self._cache.confirmed(str(url))
            return Reply(answered_json.parse(kept.content, str(url)), kept.headers, url)
        if status in _OVER_SOON:
            asked = asked_to_wait(response.headers.get("retry-after"))
            raise _Again(InputError(_status(response), file=str(url)), asked=asked)
        if status in _NOT_THERE:
            raise NotThere(_status(response), file=str(url))
        if status != _OK:
            raise InputError(_status(response), file=str(url))
        content = self._content(url, response)
        headers = {name.lower(): value for name, value in response.headers.items()}
        if not content.strip():
            if may_be_empty:
                return Reply(None, headers, url)
            raise _Again(InputError("sends nothing", file=str(url)))
        _check_type(headers.get("content-type", ""), url)
        try:
            data = answered_json.parse(content, str(url))
        except answered_json.CutOff as error:
            raise _Again(error) from None
        self._cache.put(str(url), headers, content)
        return Reply(data, headers, url)

    def _content(self, url: httpx2.URL, response: httpx2.Response) -> bytes:
        """Return all that is sent. Raise `InputError` for more than is allowed, unpacked too, and for what ends not."""
        end = min(time.monotonic() + self._pace.answer, self._end)
        content = bytearray()
        for block in _unpacked(response, url):
            content += block
            if len(content) > limits.ANSWER:
                raise InputError(f"sends more than {limits.ANSWER:,} bytes", file=str(url))
            if time.monotonic() > end:
                raise InputError(f"does not come to an end within {self._pace.answer:,g} seconds", file=str(url))
        return bytes(content)


@contextmanager
def opened(site: Site, pace: Pace, cache: AnswerCache) -> Iterator[Client]:
    """Give a client of the source, and close it at the end."""
    client = Client(site, pace, cache)
    try:
        yield client
    finally:
        client.close()


def _work(todo: deque[tuple[ItemT, Future[ResultT]]], ask: Callable[[ItemT], ResultT]) -> None:
    """Ask for what is to do, one after another, until nothing is left."""
    while True:
        try:
            item, answered = todo.popleft()
        except IndexError:
            return
        try:
            answered.set_result(ask(item))
        except BaseException as error:  # whoever waits for it is told
            answered.set_exception(error)


def _connections(site: Site, pace: Pace) -> httpx2.Client:
    """Return the pool of connections. Raise `InputError` where the environment names what cannot be used for it."""
    try:
        return httpx2.Client(
            headers={"user-agent": USER_AGENT, "accept": "application/json", "accept-encoding": "gzip"},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
            timeout=httpx2.Timeout(pace.read, connect=pace.connect),
            limits=httpx2.Limits(max_connections=site.at_once, max_keepalive_connections=site.at_once),
            follow_redirects=False,
            trust_env=not site.is_local,
        )
    except OSError as error:
        hint = "look at SSL_CERT_FILE and SSL_CERT_DIR in the environment"
        raise InputError(f"cannot read the certificates to trust: {error.strerror or error}", hint=hint) from None
    except (ImportError, ValueError, httpx2.InvalidURL):  # their words may have the password of the proxy
        hint = "name one like http://proxy.example:8080 in HTTPS_PROXY, and unset ALL_PROXY"
        raise InputError("the proxy in the environment cannot be used (SOCKS is not read)", hint=hint) from None


def _unpacked(response: httpx2.Response, url: httpx2.URL) -> Iterator[bytes]:
    """Yield the content as it was before it was packed: as it is, or by gzip, and never more at once than allowed."""
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed in ("identity", ""):
        yield from response.iter_raw()
        return
    if packed not in ("gzip", "x-gzip"):
        raise InputError(f"is packed with {packed[:40]!r}, which was not asked for", file=str(url))
    unpacking = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        for block in response.iter_raw():
            yield unpacking.decompress(block, limits.ANSWER + 1)
    except zlib.error:
        raise _Again(InputError("is damaged: what was packed cannot be unpacked", file=str(url))) from None
    if not unpacking.eof and not unpacking.unconsumed_tail:
        raise _Again(InputError("is cut off: what was packed ends in the middle", file=str(url)))


def _check_type(content_type: str, url: httpx2.URL) -> None:
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/html":
        raise InputError("is a web page (text/html), not JSON", file=str(url))
    if kind != "application/json" and not kind.endswith("+json"):
        raise InputError(f"has the type {kind[:80] or '(none)'!r}, not application/json", file=str(url))


def _status(response: httpx2.Response) -> str:
    return f"answers {response.status_code} {response.reason_phrase}".rstrip()


def _said(error: Exception) -> str:
    return str(error)[:200] or type(error).__name__
