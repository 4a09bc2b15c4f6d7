"""The line on facts that are old, or of a later day."""

from datetime import date

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.model import DataItem, FactDays, RegistryPlace, SourceAge
from tcia_policy.reports import formats
from tcia_policy.reports.fact_days import line_on_age, line_on_days
from tcia_policy.reports.notices.write_notices import render_notices
from tests.reports.notices.studies import registry, rules

DAYS = FactDays(registry=date(2026, 8, 21), age=200, max_age=180, is_old=True, stated_later=())


def test_there_is_one_line_or_none() -> None:
    day = date(2027, 3, 9)
    assert line_on_days(None, day) is None
    assert line_on_days(DAYS.model_copy(update={"is_old": False}), day) is None
    line = line_on_days(DAYS, day) or ""
    assert "2026-08-21, 200 days before 2027-03-09" in line
    assert "\n" not in line


def test_what_is_used_beside_the_shipped_registry_is_said_with_the_age_of_the_sources_that_count() -> None:
    day = date(2026, 8, 31)
    sources = (
        SourceAge(id="tcia", title="TCIA", day=date(2026, 8, 21), age=10, speaks=True),
        SourceAge(id="page", title="A page", day=date(2018, 10, 30), age=1, at_least=True, speaks=True),
        SourceAge(id="names", title="Names", day=date(2026, 8, 30), age=1),
    )
    new = DAYS.model_copy(update={"is_old": False, "sources": sources})
    assert line_on_days(new, day) is None
    assert line_on_days(new.model_copy(update={"place": RegistryPlace.OWN}), day) == (
        "Judged with your own registry, of 2026-08-21. "
        "Its licenses here are from TCIA, 2026-08-21 (10 days); A page, before 2018-10-30 (1 day)."
    )
    assert line_on_age(new.model_copy(update={"place": RegistryPlace.OWN}), day) is None
    named = line_on_days(new.model_copy(update={"place": RegistryPlace.NAMED}), day) or ""
    assert named.startswith("Judged with the registry that was named, of 2026-08-21.")


@pytest.mark.parametrize(
    ("as_of", "says"), [(date(2027, 6, 1), "284 days before"), (date(2020, 1, 1), "2020-01-01 is before some")]
)
def test_every_report_and_notice_says_it(as_of: date, says: str) -> None:
    study = Study.of([DataItem(dataset="LIDC-IDRI")])
    assessment = assess(Case.open(study, CaseOptions(as_of=as_of), Library(registry(), rules())))
    for form in formats.FORMATS:
        if form.name in ("text", "html", "markdown"):
            assert says in " ".join(form.render(assessment).split()), form.name
    texts = render_notices(assessment)
    assert all(
        says in " ".join(text.split()) for name, text in texts.items() if name.endswith((".md", ".txt", "NOTICE"))
    )
