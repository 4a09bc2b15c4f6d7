"""The line on facts that are old, or of a later day."""

from datetime import date

import pytest

from tcia_policy.engine.assess import assess
from tcia_policy.engine.case import Case, CaseOptions, Library
from tcia_policy.engine.study import Study
from tcia_policy.model import DataItem, FactDays
from tcia_policy.reports import formats
from tcia_policy.reports.fact_days import line_on_days
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
