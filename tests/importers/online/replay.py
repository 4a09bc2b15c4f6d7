"""A server on this machine that answers as the sources of the registry do, and as they should not.

`Held` is what it has, in the shapes of the sources. `Replay.fault` makes an address answer in another way, a number of
times. `Replay.asking` are the settings to ask it with; no test waits for real.
"""

import json
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tcia_policy.importers.online.ask import Asking
from tcia_policy.importers.online.pace import Pace
from tcia_policy.importers.online.site import SITES
from tests.importers.made_up import BY_3, BY_4, download, record

DAY = date(2030, 1, 2)
JSON = "application/json; charset=UTF-8"
ALWAYS = 1_000_000


@dataclass(frozen=True)
class Answer:
    """What is answered to a request: a body as it is, or another value as JSON.

    `more` is sent after the body, block by block, without an end being told. With `said`, another length is told than
    that of the body. `raw` is sent in place of all of it, with its headers.
    """

    body: object = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str | None = JSON
    more: Iterable[bytes] = ()
    said: int | None = None
    delay: float = 0.0
    raw: Iterable[bytes] = ()

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body, ensure_ascii=False).encode()


def doi_record(doi: str, name: str, **more: Any) -> dict[str, Any]:
    """One record of DataCite's."""
    attributes = {
        "doi": doi,
        "identifiers": [{"identifier": name, "identifierType": "TCIA Short Name"}],
        "creators": [{"name": "Zhao, Bo", "givenName": "Bo", "familyName": "Zhao", "nameType": "Personal"}],
        "titles": [{"title": f"Data from {name}"}],
        "publicationYear": 2029,
        "rightsList": [{"rights": "Creative Commons", "rightsIdentifier": "cc-by-4.0"}],
        "updated": "2029-06-01T01:01:11Z",
    }
    return {"id": doi, "type": "dois", "attributes": attributes | more}


def series_record(collection: str, patient: str, uid: str, doi: str, **more: Any) -> dict[str, Any]:
    """One series as NBIA lists it."""
    return {
        "SeriesInstanceUID": uid,
        "Collection": collection,
        "PatientID": patient,
        "LicenseName": "Creative Commons Attribution 3.0 Unported License",
        "LicenseURI": BY_3["url"],
        "DataDescriptionURI": f"https://doi.org/{doi}",
        "ThirdPartyAnalysis": "NO",
        **more,
    }


def _program(item: Any) -> str:
    return str(item["program_name"] if isinstance(item, dict) else item)


def _collections() -> list[dict[str, Any]]:
    return [
        {"id": 1, **record("collection", "Alpha", "10.7937/alpha", [download(11, "Images", BY_3)])},
        {"id": 2, **record("collection", "Beta", "10.7937/beta", [download(21, "Images", BY_4)], ("10.7937/res",))},
        {"id": 3, **record("collection", "Gamma", "10.7937/gamma", [download(31, "Images", BY_4)])},
    ]


def _results() -> list[dict[str, Any]]:
    return [{"id": 9, **record("result", "Res", "10.7937/res", [download(91, "Masks", BY_4, "NIFTI", "SEG")])}]


@dataclass
class Held:
    """What the sources have. TCIA's records have the shape of v2; those of v1 are made from them."""

    collections: list[dict[str, Any]] = field(default_factory=_collections)
    results: list[dict[str, Any]] = field(default_factory=_results)
    versions: list[dict[str, Any]] = field(
        default_factory=lambda: [
            {
                "id": 5,
                "slug": "alpha-1",
                "version": "1",
                "date": "2029-01-01",
                "text": "First",
                "downloads": [11],
                "related_collections": ["ALPHA"],
                "related_analysis_results": [],
            }
        ]
    )
    labels_v1: dict[int, str] = field(default_factory=dict)
    dois: list[dict[str, Any]] = field(
        default_factory=lambda: [doi_record(f"10.7937/{name}", name) for name in ("alpha", "beta", "gamma")]
    )
    other_dois: list[dict[str, Any]] = field(default_factory=lambda: [doi_record("10.5281/zenodo.1", "other")])
    series: list[dict[str, Any]] = field(
        default_factory=lambda: [
            series_record("Alpha", "A-1", "1.2.3", "10.7937/alpha"),
            series_record("Beta", "B-1", "1.2.4", "10.7937/beta"),
        ]
    )

    def datasets(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the records with the beginning of their fields: `collection` or `result`."""
        yield from (("collection", each) for each in self.collections)
        yield from (("result", each) for each in self.results)

    def v1(self, kind: str) -> list[dict[str, Any]]:
        """Return a list as v1 has it: what is nested in v2 by its number."""
        if kind in ("collections", "analysis-results"):
            name = "collection" if kind == "collections" else "result"
            return [self._flat(name, each) for each in (self.collections, self.results)[name == "result"]]
        if kind == "versions":
            return [
                {
                    "id": each["id"],
                    "version_number": each["version"],
                    "version_date": each["date"],
                    "version_text": each["text"],
                    "version_downloads": each["downloads"],
                    "related_collection": [1],
                    "related_analysis_result": False,
                }
                for each in self.versions
            ]
        lists: dict[str, list[dict[str, Any]]] = {"downloads": [], "citations": [], "programs": []}
        for name, each in self.datasets():
            lists["downloads"] += [self._download(row) for row in each[f"{name}_downloads"] if row.get("id")]
            number = each["id"] * 1_000
            lists["citations"] += [{**cited, "id": number + n} for n, cited in enumerate(each["citations"])]
        names = self._programs()
        lists["programs"] = [{"id": 77 + n, "slug": f"p{n}", "program_name": name} for n, name in enumerate(names)]
        return list({each["id"]: each for each in lists[kind]}.values())

    def _programs(self) -> list[str]:
        return sorted({_program(item) for _, each in self.datasets() for item in each["program"]})

    def _flat(self, name: str, each: dict[str, Any]) -> dict[str, Any]:
        dois = {record[f"{kind}_doi"]: record["id"] for kind, record in self.datasets()}
        return each | {
            f"{name}_downloads": [row["id"] for row in each[f"{name}_downloads"]],
            "citations": [each["id"] * 1_000 + n for n, _ in enumerate(each["citations"])],
            "program": [77 + self._programs().index(_program(item)) for item in each["program"]],
            "related_analysis_results": [
                dois.get(other["doi"], 0) for other in each.get("related_analysis_results", ())
            ],
        }

    def _download(self, row: dict[str, Any]) -> dict[str, Any]:
        return {
            "id": row["id"],
            "slug": f"download-{row['id']}",
            "date_updated": row["date updated"],
            "download_title": row["download title"],
            "download_type": "Radiology Images",
            "data_type": row["data type"],
            "file_type": row["file type"],
            "download_access": "Public",
            "data_license": self.labels_v1.get(row["id"], row["license"].get("label")),
        }


class Replay:
    """The server, what it has, and what it was asked."""

    def __init__(self, held: Held, per_page: int = 2) -> None:
        self.held = held
        self.per_page = per_page
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.waited: list[float] = []
        self._faults: list[list[Any]] = []
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self.over = threading.Event()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def asking(self, cache: Path | None = None, dois: Iterable[str] = (), **pace: Any) -> Asking:
        """Return the settings to ask this server with; how long would be waited is noted in `waited`."""
        given: dict[str, Any] = {"connect": 30.0, "read": 30.0, "answer": 60.0, "sleep": self.waited.append}
        sites = tuple(site.at(f"{self.base}/{site.source}/") for site in SITES)
        return Asking(DAY, tuple(dois), cache, sites, Pace(**given | pace))

    def fault(self, address: str, answer: Answer, times: int = ALWAYS) -> None:
        """Answer otherwise, so many times, where the address that is asked for has this text in it."""
        self._faults.append([address, answer, times])

    def mend(self) -> None:
        """Answer as it should be from now on."""
        self._faults.clear()

    def times(self, address: str) -> int:
        """Return how often an address with this text was asked for."""
        return sum(address in path for path, _ in self.asked)

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        """Return what is answered."""
        with self._lock:
            self.asked.append((path, headers))
            for fault in self._faults:
                if fault[0] in path and fault[2] > 0:
                    fault[2] -= 1
                    return fault[1]  # type: ignore[no-any-return]
        found = self._found(path)
        etag = f'"{sha256(found.content).hexdigest()[:16]}"'
        if found.status == 200 and headers.get("if-none-match") == etag:
            return Answer(status=304, headers={"etag": etag}, type=None)
        return found if found.status != 200 else Answer(found.body, headers={**found.headers, "etag": etag})

    def _found(self, path: str) -> Answer:
        source, _, rest = path.lstrip("/").partition("/")
        parts = urlsplit(rest)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            return {"tcia": self._tcia, "datacite": self._datacite, "nbia": self._nbia}[source](parts.path, query)
        except KeyError:
            return Answer({"message": "not found"}, 404)

    def _tcia(self, path: str, query: dict[str, str]) -> Answer:
        form, kind = path.strip("/").split("/")
        number, size = int(query.get("page", 1)), min(int(query["per_page"]), self.per_page)
        if form == "v2":
            held = self.held
            records = {"collections": held.collections, "analysis-results": held.results, "versions": held.versions}[
                kind
            ]
            page = records[(number - 1) * size : number * size]
            return Answer({"page": number, "total_pages": -(-len(records) // size), "results": page})
        records = self.held.v1(kind)
        following = f"{self.base}/tcia/v1/{kind}/?per_page={query['per_page']}&page={number + 1}"
        link = {"link": f'<{following}>; rel="next"'} if number * size < len(records) else {}
        page = records[(number - 1) * size : number * size]
        return Answer(page, headers={"x-wp-total": str(len(records)), **link})

    def _datacite(self, path: str, query: dict[str, str]) -> Answer:
        if path != "dois":
            known = {each["id"]: each for each in (*self.held.dois, *self.held.other_dois)}
            return Answer({"data": known[path.removeprefix("dois/")]})
        size, start = min(int(query["page[size]"]), self.per_page), int(query["page[cursor]"]) - 1
        page, total = self.held.dois[start : start + size], len(self.held.dois)
        following = f"{self.base}/datacite/dois?client-id=nihnci.tcia&page[size]={size}&page[cursor]={start + size + 1}"
        links = {"next": following} if start + size < total else {}
        return Answer({"data": page, "meta": {"total": total}, "links": links})

    def _nbia(self, path: str, query: dict[str, str]) -> Answer:
        series = self.held.series
        if path == "getCollectionValues":
            return Answer([{"Collection": name} for name in dict.fromkeys(each["Collection"] for each in series)])
        of = [each for each in series if each["Collection"] == query["Collection"]]
        if path == "getPatient":
            rows = [{"PatientId": each["PatientID"], "Collection": each["Collection"]} for each in of]
        else:
            rows = [each for each in of if each["PatientID"] == query["PatientID"]]
        return Answer(rows) if rows else Answer(b"", type=None)

    def serve(self) -> None:
        self._server.serve_forever(poll_interval=0.01)

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_args: object) -> None:
        """Say nothing where whoever asked has gone."""


def _handler(replay: Replay) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer in one piece: headers and body by themselves wait for each other

        def do_GET(self) -> None:
            answer = replay.answer(self.path, {name.lower(): value for name, value in self.headers.items()})
            if answer.delay:
                replay.over.wait(answer.delay)
            with suppress(OSError):
                self._send_raw(answer) if answer.raw else self._send(answer)

        def _send_raw(self, answer: Answer) -> None:
            self.close_connection = True
            for block in answer.raw:
                self.wfile.write(block)
                self.wfile.flush()

        def _send(self, answer: Answer) -> None:
            content = answer.content
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if answer.type is not None and content:
                self.send_header("content-type", answer.type)
            endless = answer.more != ()
            if endless or answer.said is not None:
                self.close_connection = True
            if not endless:
                self.send_header("content-length", str(len(content) if answer.said is None else answer.said))
            self.end_headers()
            self.wfile.write(content)
            for block in answer.more:
                self.wfile.write(block)
                self.wfile.flush()

        def log_message(self, *_args: object) -> None:
            pass

    return Handler


@contextmanager
def replaying(held: Held | None = None, per_page: int = 2) -> Iterator[Replay]:
    """Give a server that runs, and stop it at the end."""
    replay = Replay(held or Held(), per_page)
    thread = threading.Thread(target=replay.serve, daemon=True)
    thread.start()
    try:
        yield replay
    finally:
        replay.close()
        thread.join()


def drips(block: bytes = b" ", every: float = 0.05) -> Iterator[bytes]:
    """Yield blocks without an end, slowly."""
    while True:
        yield block
        time.sleep(every)
