"""What an update of the registry prints, where much changed."""

from tcia_policy.registry.changes import Change
from tcia_policy.registry.standing_facts import FactKind
from tcia_policy.registry.strictness import Meaning
from tcia_policy.registry.updated import RegistryUpdate
from tcia_policy.reports.registry_update import render_update
from tests.registry.histories import REGISTERED


def rendered(*changes: Change) -> str:
    update = RegistryUpdate(
        summary="Registry of 2026-11-30",
        version="2026-11-30",
        dry_run=False,
        begun_from="x",
        sources=(),
        changes=changes,
    )
    return render_update(update, REGISTERED)


def test_a_license_is_told_though_hundreds_of_titles_changed() -> None:
    titles = [Change(dataset=f"A{n}", kind=FactKind.OTHER, of="title", before="Old", after="New") for n in range(300)]
    stricter = Change(
        dataset="Z", kind=FactKind.LICENSE, before="CC-BY-4.0", after="CC-BY-NC-4.0", meaning=Meaning.STRICTER
    )
    text = rendered(*titles, stricter)
    assert "What changed\n\nZ\n  license: stricter\n" in text
    assert text.endswith("more lines; --format json has all\n")


def test_what_a_source_says_for_the_first_time_is_counted() -> None:
    firsts = (
        Change(dataset=f"A{number}", kind=FactKind.STATEMENT, of="nbia", after="CC-BY-4.0", sources=("nbia",))
        for number in range(300)
    )
    text = rendered(*firsts)
    assert text.endswith("What changed\n\n  300 first statements by NBIA; --format json has them\n")
