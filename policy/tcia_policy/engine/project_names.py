"""Everything that a project names, looked up at once, so that all names that lead nowhere are told together."""

from datetime import date

from tcia_policy.cohorts.resolve import Resolution, resolve
from tcia_policy.engine.answers import check_answers
from tcia_policy.engine.data_named import DataNamed
from tcia_policy.engine.output_sources import check_lists, check_lists_alone
from tcia_policy.engine.recorded_evidence import refuse_future_days
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.model import Project
from tcia_policy.registry import Registry
from tcia_policy.rules.rulebook import RuleBook


def resolved(study: Study, registry: Registry, rules: RuleBook, latest: date, before: Mistakes) -> Resolution:
    """Return the data of a study, resolved, and everything else that it names looked up.

    Raise `InputError` with file, line and field for every name that is unknown or stands for several data, for every
    rule that is unknown or takes no answer, and for every day after `latest`; and for the mistakes found `before`.
    """
    mistakes, project = Mistakes(), study.project
    with mistakes.noted():
        refuse_future_days(project, latest)
    with mistakes.noted():
        check_answers(project, rules)
    with mistakes.noted():
        check_not_used(project, registry)
    with mistakes.noted():
        DataNamed(project, (), registry).check_known()
    resolution = None
    with mistakes.noted():
        resolution = study.counted or resolve(project.data, study.base, registry, shown_within=study.folder)
    with mistakes.noted():
        if resolution is None:
            check_lists_alone(project, registry)
        else:
            check_lists(project, resolution.holdings)
    if resolution is not None:
        with mistakes.noted():
            DataNamed(project, resolution.holdings, registry).check()
    before.note_all(study.locate(each) for each in mistakes.found)
    before.tell()
    assert resolution is not None
    return resolution


def check_not_used(project: Project, registry: Registry) -> None:
    """Raise `InputError` with its field for each name in `not_used` that is no dataset of the registry."""
    mistakes = Mistakes()
    for index, name in enumerate(project.not_used):
        try:
            registry.find(name)
        except InputError as error:
            mistakes.note(error.at(field=f"not_used[{index}]"))
    mistakes.tell()
