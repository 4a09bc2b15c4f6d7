"""What a source may answer that it should not: for each, what the user reads, and how often it was tried.

`docs/registry-hosts.md` has these messages, and a test holds them against those of the program.
"""

import gzip
import itertools
import json
import re
import zlib
from collections.abc import Iterator
from email.utils import formatdate
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.files import limits
from tcia_policy.importers import answer_folder
from tcia_policy.importers.online.ask import Asking, ask
from tcia_policy.importers.online.client import Unreachable
from tests.importers.online.replay import DAY, Answer, Replay, drips, replaying

ROOT = Path(__file__).resolve().parents[3]
PAGE = {"data": [], "meta": {"total": 0}, "links": {}}
WHOLE = json.dumps(PAGE).encode()


@pytest.fixture
def replay() -> Iterator[Replay]:
    with replaying() as running:
        yield running


def refusal(replay: Replay, source: str = "datacite", **pace: object) -> InputError:
    """Return what is said where a source cannot be read."""
    with pytest.raises(InputError) as refused:
        ask(source, replay.asking(**pace))  # type: ignore[arg-type]
    return refused.value


@pytest.mark.parametrize(
    ("answer", "problem", "tries"),
    [
        (Answer({}, 500), "answers 500 Internal Server Error (4 tries)", 4),
        (Answer({}, 503), "answers 503 Service Unavailable (4 tries)", 4),
        (Answer({}, 429), "answers 429 Too Many Requests (4 tries)", 4),
        (Answer({}, 403), "answers 403 Forbidden", 1),
        (Answer({}, 404), "answers 404 Not Found", 1),
        (Answer({}, 204), "answers 204 No Content", 1),
        (Answer(status=304, type=None), "answers 304 Not Modified", 1),
        (Answer(WHOLE[:-3]), "is cut off: the JSON ends in the middle (4 tries)", 4),
        (Answer(b" "), "sends nothing (4 tries)", 4),
        (Answer(WHOLE, said=len(WHOLE) + 10), "broke off the connection: ", 4),
        (Answer(WHOLE + b"}"), "is not JSON: Extra data", 1),
        (Answer(b"<!DOCTYPE html><p>Sorry"), "is a web page, not JSON", 1),
        (Answer(b"<!DOCTYPE html><p>Sorry", type="text/html"), "is a web page (text/html), not JSON", 1),
        (Answer(WHOLE, type="text/html; charset=utf-8"), "is a web page (text/html), not JSON", 1),
        (Answer(WHOLE, type="text/csv"), "has the type 'text/csv', not application/json", 1),
        (Answer(WHOLE, type=None), "has the type '(none)', not application/json", 1),
        (Answer(b"\xff" + WHOLE), "is not UTF-8 text, so it is no JSON", 1),
        (Answer(b"[" * 1_000_000), "is nested more than 40 deep", 1),
        (Answer(WHOLE, headers={"content-encoding": "br"}), "is packed with 'br', which was not asked for", 1),
        (Answer(WHOLE, headers={"content-encoding": "gzip"}), "is damaged: what was packed cannot be unpacked", 4),
        (
            Answer(gzip.compress(WHOLE)[:-9], headers={"content-encoding": "gzip"}),
            "is cut off: what was packed ends in the middle (4 tries)",
            4,
        ),
        (Answer({"errors": []}), "is not an answer of DataCite: it has no `data`", 1),
        (Answer({"data": {}}), "is not a list of records", 1),
        (Answer({"data": [1]}), "record 1 is not an object, but 1", 1),
        (Answer({"data": [{"id": 7}]}), "has a record without `id` and `attributes`", 1),
        (Answer(PAGE), "has no DOIs of nihnci.tcia", 1),
    ],
)
def test_a_bad_answer_is_told_with_its_address(replay: Replay, answer: Answer, problem: str, tries: int) -> None:
    replay.fault("/datacite/dois", answer)
    refused = refusal(replay)
    assert refused.problem.startswith(problem), refused.problem
    assert str(refused.file).startswith(f"{replay.base}/datacite/dois?client-id=nihnci.tcia")
    assert len(replay.asked) == tries


def test_what_is_over_soon_is_no_mistake(replay: Replay) -> None:
    replay.fault("/datacite/dois", Answer({}, 500), times=2)
    replay.fault("/datacite/dois", Answer(WHOLE[:-3]), times=1)
    assert len(ask("datacite", replay.asking()).lists["dois"]) == 3
    assert len(replay.waited) == 3
    assert all(half <= waited <= 2 * half for half, waited in zip((1.0, 2.0, 4.0), replay.waited, strict=True))


def test_a_source_that_asks_to_wait_is_waited_for(replay: Replay) -> None:
    replay.fault("/datacite/dois", Answer({}, 429, {"retry-after": "7"}), times=1)
    assert len(ask("datacite", replay.asking()).lists["dois"]) == 3
    assert 7.0 in replay.waited


def test_a_source_may_ask_to_wait_until_a_time(replay: Replay) -> None:
    replay.fault("/datacite/dois", Answer({}, 503, {"retry-after": formatdate(0, usegmt=True)}), times=1)
    assert len(ask("datacite", replay.asking()).lists["dois"]) == 3
    assert replay.waited[0] == 0.0


def test_a_source_that_asks_to_wait_for_long_is_not_waited_for(replay: Replay) -> None:
    replay.fault("/datacite/dois", Answer({}, 429, {"retry-after": "86400"}))
    refused = refusal(replay)
    assert refused.problem == "answers 429 Too Many Requests, and asks to wait for 86,400 seconds"
    assert refused.hint == "try again after that"
    assert replay.waited == []


def test_an_answer_that_does_not_come_is_not_waited_for(replay: Replay) -> None:
    replay.fault("/datacite/dois", Answer(PAGE, delay=30))
    assert refusal(replay, read=0.05, tries=2).problem == "did not answer within 0.05 seconds (2 tries)"


def test_an_answer_that_does_not_end_is_broken_off(replay: Replay) -> None:
    replay.fault("/datacite/dois", Answer(WHOLE, more=drips()))
    assert refusal(replay, answer=0.2).problem == "does not come to an end within 0.2 seconds"


def test_an_answer_that_is_too_large_is_broken_off(replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ANSWER", 100_000)
    replay.fault("/datacite/dois", Answer(WHOLE, more=itertools.repeat(b" " * 8_192)))
    assert refusal(replay).problem == "sends more than 100,000 bytes"


def test_an_answer_that_unpacks_to_too_much_is_broken_off(replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ANSWER", 1_000_000)
    packing = zlib.compressobj(9, wbits=31)
    bomb = packing.compress(b" " * 100_000_000) + packing.flush()
    replay.fault("/datacite/dois", Answer(bomb, headers={"content-encoding": "gzip"}))
    assert refusal(replay).problem == "sends more than 1,000,000 bytes"


def test_a_source_that_takes_too_long_in_all_is_given_up(replay: Replay) -> None:
    replay.fault("/datacite/dois", Answer({}, 500))
    assert refusal(replay, whole=0.5).problem == "DataCite takes longer than 0.5 seconds in all"


def test_headers_that_come_without_an_end_are_given_up(replay: Replay) -> None:
    replay.fault("/datacite/dois", Answer(raw=itertools.chain([b"HTTP/1.1 200 OK\r\n"], drips(b"x: y\r\n"))))
    assert refusal(replay, whole=0.5).problem == "DataCite takes longer than 0.5 seconds in all"


@pytest.mark.parametrize(
    "raw", [b"SSH-2.0\r\n\r\n", b"HTTP/1.1 200 OK\r\nbad header\r\n\r\n", b"HTTP/1.1 999999 x\r\n\r\n"]
)
def test_what_is_no_http_is_told(replay: Replay, raw: bytes) -> None:
    replay.fault("/datacite/dois", Answer(raw=(raw,)))
    assert refusal(replay).problem.startswith("broke off the connection: ")


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://evil.example/dois", "leads to 'https://evil.example/dois', which is not https"),
        ("http://127.0.0.1:1/dois", "leads to 'http://127.0.0.1:1/dois', which is another host"),
        ("http://u:p@127.0.0.1/dois", "which has a user name in it"),
        ("file:///etc/passwd", "leads to 'file:/etc/passwd', which is not https"),
        ("//evil.example/dois", "leads to 'http://evil.example/dois', which is another host"),
        ("http://[::1", "names an address that is none: 'http://[::1'"),
        ("", "leads on from one address to another more than 5 times"),
        ("/datacite/dois?client-id=nihnci.tcia", "leads on from one address to another more than 5 times"),
    ],
)
def test_another_host_is_not_followed_to(replay: Replay, address: str, problem: str) -> None:
    replay.fault("/datacite/dois", Answer(status=302, headers={"location": address}, type=None))
    assert problem in refusal(replay).problem


def test_an_address_that_moved_on_the_same_host_is_followed_to(replay: Replay) -> None:
    replay.fault("client-id", Answer(status=301, headers={"location": "/datacite/dois?page[size]=9&page[cursor]=1"}), 1)
    assert len(ask("datacite", replay.asking()).lists["dois"]) == 3


def test_where_one_page_is_wrong_the_others_are_not_waited_for(replay: Replay) -> None:
    replay.per_page = 1
    replay.fault("v2/collections/?per_page=100&page=2", Answer({}, 403))
    replay.fault("v2/collections/?per_page=100&page=3", Answer({}, delay=3_600))
    replay.fault("/v1/", Answer({}, 403))
    assert refusal(replay, "tcia").problem == "answers 403 Forbidden"


def test_cookies_are_not_sent_back(replay: Replay) -> None:
    replay.fault("/dois", Answer({}, 500, {"set-cookie": "a=b; Path=/"}), times=1)
    ask("datacite", replay.asking())
    assert len(replay.asked) == 3
    assert all("cookie" not in headers for _, headers in replay.asked)


def test_a_host_that_is_not_there_is_told_at_once(replay: Replay) -> None:
    asking = replay.asking()
    replay.close()
    with pytest.raises(Unreachable) as refused:
        ask("tcia", asking)
    assert refused.value.problem.startswith("cannot be reached: ")
    assert refused.value.problem.endswith("(2 tries)")
    assert refused.value.hint == "is there a connection to the network, and is its proxy in HTTPS_PROXY?"
    assert len(replay.waited) == 1


def test_an_answer_that_did_not_change_is_not_sent_again(replay: Replay, tmp_path: Path) -> None:
    first = ask("datacite", replay.asking(tmp_path))
    second = ask("datacite", replay.asking(tmp_path))
    assert first == second
    assert [("if-none-match" in headers) for _, headers in replay.asked] == [False, False, True, True]
    replay.held.dois[0]["attributes"]["version"] = "2"
    assert ask("datacite", replay.asking(tmp_path)).lists["dois"][0]["attributes"]["version"] == "2"  # type: ignore[index]


def test_what_is_kept_and_was_damaged_is_asked_for_again(replay: Replay, tmp_path: Path) -> None:
    first = ask("datacite", replay.asking(tmp_path))
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"cc-by-4.0", b"cc0-1.0  "))
    assert ask("datacite", replay.asking(tmp_path)) == first
    assert not any("if-none-match" in headers for _, headers in replay.asked)


def test_the_page_has_messages_of_the_program() -> None:
    page = (ROOT / "docs/registry-hosts.md").read_text(encoding="utf-8")
    told = re.findall(r"\| `([^`]+)` \|$", page.partition("| the message |")[2], re.MULTILINE)
    tests = "\n".join(path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("test_*.py")))
    assert len(told) > 15
    for message in told:
        for piece in re.sub(r" \(\d tries\)$", "", message).split("..."):
            assert same_for_all(piece.strip()) in same_for_all(tests), message


def same_for_all(message: str) -> str:
    """Return a message without its own numbers and the kind of its connection."""
    return re.sub(r"\d[\d,.]*", "1", message).replace("https://", "http://")


def test_the_answers_that_the_page_shows_are_read(tmp_path: Path) -> None:
    page = (ROOT / "docs/registry-hosts.md").read_text(encoding="utf-8")
    about, series = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    (tmp_path / "nbia").mkdir()
    (tmp_path / "answers.json").write_text(about, encoding="utf-8")
    (tmp_path / "nbia/series.json").write_text(series, encoding="utf-8")
    assert answer_folder.sources_in(tmp_path) == ("nbia",)
    assert [each["Collection"] for each in answer_folder.read(tmp_path, "nbia").lists["series"]] == ["4D-Lung"]


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("ALL_PROXY", "socks5://me:secret@127.0.0.1:9", "the proxy in the environment cannot be used"),
        ("HTTPS_PROXY", "ftp://me:secret@127.0.0.1:9", "the proxy in the environment cannot be used"),
        ("HTTPS_PROXY", "http://[me:secret", "the proxy in the environment cannot be used"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem", "cannot read the certificates to trust"),
    ],
)
def test_what_the_environment_names_for_connections_must_be_of_use(
    name: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=says) as refused:
        ask("nbia", Asking(DAY))
    assert "secret" not in f"{refused.value} {refused.value.hint}"
