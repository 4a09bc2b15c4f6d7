"""What changed in the registry, told: nothing in it acts on a reader, a page or a feed."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tcia_policy.registry.changes import Change, PartNamed, RegistryChanges
from tcia_policy.registry.standing_facts import FactKind
from tcia_policy.registry.strictness import Meaning
from tcia_policy.reports.registry_changes import changes_as_atom, changes_as_markdown, entries, render_changes
from tests.registry.histories import REGISTERED
from tests.registry.small_registry import dataset, registry_of
from tests.review.studies import EVIL

CHANGES = (
    Change(
        dataset="One",
        kind=FactKind.NOTICE,
        of=EVIL,
        parts=(PartNamed(id=EVIL, title=EVIL),),
        after=EVIL,
        meaning=Meaning.STRICTER,
        sources=(EVIL,),
    ),
    Change(dataset="One", kind=FactKind.LICENSE, before="CC-BY-4.0", after="CC-BY-3.0 or LicenseRef-x"),
)
FOUND = RegistryChanges(summary=EVIL, registry="2026-08-21", compared_with="another", changes=CHANGES)


def test_what_people_read_has_the_names_of_licenses_and_no_controls(tmp_path: Path) -> None:
    text = render_changes(FOUND, registry_of(tmp_path, dataset("One", "10.1234/1")))
    assert "was: CC BY 4.0\n    now: CC BY 3.0 or LicenseRef-x\n" in text
    assert "\u202e" not in text
    assert "\u001b" not in text


def test_markdown_and_atom_keep_it_as_text(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, dataset("One", "10.1234/1"))
    page = changes_as_markdown(FOUND, registry)
    assert "<script>" not in page.replace("\\<", "")
    assert "\u202e" not in page
    feed = changes_as_atom(FOUND, registry)
    assert "<script>" not in feed
    assert [each.tag.rpartition("}")[2] for each in ElementTree.fromstring(feed)].count("entry") == 2  # noqa: S314


@pytest.mark.parametrize(
    ("before", "after", "why"),
    [
        ("LicenseRef-TCIA-Limited-Access", "CC-BY-4.0", "the text of TCIA Limited Access License is not on record"),
        ("LicenseRef-unrecognized (TCIA Terms)", "CC-BY-4.0", "no terms are recorded for “TCIA Terms”"),
        ("CC-BY-4.0", "LicenseRef-none-stated or CC-BY-4.0", "no license is stated on one side"),
        ("CC-BY-4.0", "MIT", "rules of different kinds apply to them"),
    ],
)
def test_it_says_why_two_licenses_cannot_be_compared(before: str, after: str, why: str) -> None:
    change = Change(dataset="One", kind=FactKind.LICENSE, before=before, after=after, meaning=Meaning.UNKNOWN)
    (entry,) = entries([change], REGISTERED)
    assert entry.what == f"license: it is not known whether that is stricter: {why}"
    (access,) = entries([change.model_copy(update={"kind": FactKind.ACCESS})], REGISTERED)
    assert access.what == "access: it is not known whether that is stricter"
