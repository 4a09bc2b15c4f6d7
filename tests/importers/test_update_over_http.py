"""An update over the network, from a server that answers as it should and as it should not."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tcia_policy.importers import write_registry
from tcia_policy.importers.content import Content
from tcia_policy.importers.generation_folder import Made, alone_in, put_in_force
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.online.ask import ask
from tcia_policy.importers.update import Wanted, update
from tcia_policy.registry.generations import current_name
from tcia_policy.registry.standing_facts import FactKind
from tcia_policy.registry.strictness import Meaning
from tcia_policy.registry.updated import Outcome, RegistryUpdate
from tests.importers.online.replay import DAY, Answer, Replay, replaying
from tests.importers.refresh import small

SOURCES = ("tcia", "datacite", "nbia")
LATER = DAY + timedelta(days=30)
QUICK: dict[str, Any] = {"read": 0.05, "answer": 0.2}
WEB_PAGE = Answer(b"<!doctype html><title>Log in</title>", type="text/html")
ELSEWHERE = Answer(status=302, headers={"location": "https://evil.example/"}, type=None)


@pytest.fixture
def replay() -> Iterator[Replay]:
    with replaying() as running:
        yield running


@pytest.fixture
def root(tmp_path: Path, replay: Replay) -> Path:
    """Return a folder with a registry of what the server has."""
    content, folder = small.empty(), tmp_path / "registry"
    texts = {name: text.encode() for name, text in write_registry.files(content).items()}
    with alone_in(folder):
        put_in_force(Made(texts, content.version, content.version), folder, lambda _folder: None)
    assert updated(folder, replay, DAY).exit_code == 0
    return folder


def updated(root: Path, replay: Replay, day: date, **pace: Any) -> RegistryUpdate:
    """Update from the server, on a day."""

    def asked(source: str, content: Content) -> Answers:
        dois = [dataset.doi for dataset in content.datasets]
        return ask(source, replace(replay.asking(dois=dois, **pace), day=day))

    return update(Wanted(root, day, SOURCES, asked)).result


def files_in(root: Path) -> dict[str, bytes]:
    """Return the bytes of all files in a folder."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (Answer({}, 500), "answers 500 Internal Server Error"),
        (Answer({}, 429, {"retry-after": "86400"}), "asks to wait for 86,400 seconds"),
        (Answer({"results": []}, delay=30), "did not answer within 0.05 seconds"),
        (Answer(b'{"data": [{"id": "10.7937/alp'), "is cut off"),
        (Answer(b"a,b", type="text/csv"), "has the type 'text/csv'"),
        (WEB_PAGE, "is a web page"),
        (Answer(b"[", more=itertools.repeat(b" ")), "seconds"),
        (ELSEWHERE, "leads to 'https://evil.example/'"),
    ],
)
def test_a_bad_answer_fails_its_source_and_no_byte_changes(
    root: Path, replay: Replay, answer: Answer, says: str
) -> None:
    before = files_in(root)
    replay.fault("/", answer)
    is_slow = bool(answer.delay or answer.more)  # any other answer has time to arrive, however busy the machine is
    found = updated(root, replay, LATER, **(QUICK if is_slow else {}))
    assert found.exit_code == 1
    assert [each.outcome for each in found.sources] == [Outcome.FAILED] * len(SOURCES)
    for source in found.sources:
        assert (source.problem or "").startswith(replay.base)
        assert says in (source.problem or "")
    assert files_in(root) == before
    replay.mend()
    assert updated(root, replay, LATER).exit_code == 0
    assert files_in(root) != before


def test_where_one_source_fails_the_others_are_taken_over(root: Path, replay: Replay) -> None:
    replay.held.collections[0]["collection_downloads"][0]["license"] = small.NC
    replay.fault("/nbia/", WEB_PAGE)
    found = updated(root, replay, LATER)
    assert [each.outcome for each in found.sources] == [Outcome.UPDATED, Outcome.UNCHANGED, Outcome.FAILED]
    assert (found.exit_code, found.generation) == (1, current_name(root))
    licenses = [each for each in found.changes if each.dataset == "Alpha" and each.kind is FactKind.LICENSE]
    assert [each.meaning for each in licenses] == [Meaning.STRICTER]
