"""The notices of one study on disk: all of them or none."""

from collections.abc import Mapping
from pathlib import Path

from tcia_policy.errors import InputError, unwritable
from tcia_policy.model import Assessment
from tcia_policy.reports.notices.acknowledgements import acknowledgements
from tcia_policy.reports.notices.attribution import render_attribution
from tcia_policy.reports.notices.availability import availability
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.hub_cards import render_cards
from tcia_policy.reports.notices.markup import Form, render_statement
from tcia_policy.reports.notices.notice_file import render_notice
from tcia_policy.reports.write_report import write_all

STATEMENTS = {"acknowledgements": acknowledgements, "data-availability": availability}


def render_notices(assessment: Assessment) -> dict[str, str]:
    """Every notice by its file name: `ATTRIBUTION.md`, `NOTICE`, two statements in three forms, and the cards."""
    known = NoticeContext.of(assessment)
    statements = {
        f"{name}.{form.value}": render_statement(tuple(statement(known)), form)
        for name, statement in STATEMENTS.items()
        for form in Form
    }
    return {
        "ATTRIBUTION.md": render_attribution(known),
        "NOTICE": render_notice(known),
        **statements,
        **render_cards(known),
    }


def write_notices(assessment: Assessment, folder: Path, overwrite: bool = False) -> tuple[Path, ...]:
    """Write them into `folder`, which is made if it is not there. Each file appears whole or not at all.

    Returns their paths. Raises `InputError`, with nothing written, where one of them exists and `overwrite` is false,
    where one is a directory, where a card of another output would stay beside them, or where the folder cannot be
    written to.
    """
    texts = {folder / name: text for name, text in render_notices(assessment).items()}
    try:
        _check_places(texts, folder, overwrite)
        folder.mkdir(parents=True, exist_ok=True)
        write_all(texts)
    except OSError as error:
        raise unwritable(error, folder) from None
    return tuple(texts)


def _check_places(texts: Mapping[Path, str], folder: Path, overwrite: bool) -> None:
    for path in texts:
        if path.is_dir():
            raise InputError("is a directory, and a notice would be written there", file=path)
        if path.exists() and not overwrite:
            raise InputError("exists already", file=path, hint="name another folder, or pass --overwrite")
    for path in sorted(folder.glob("CARD-*.md")):
        if path not in texts:
            raise InputError(
                "is the card of an output that the project does not state",
                file=path,
                hint="take it away, or name another folder: what it says may no longer hold",
            )
