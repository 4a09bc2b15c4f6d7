"""The notices of one study on disk: all of them or none."""

from collections.abc import Container, Iterable, Mapping
from pathlib import Path

from tcia_policy.errors import InputError, unwritable
from tcia_policy.files.atomic import write_folder
from tcia_policy.files.mark import marked
from tcia_policy.model import Assessment
from tcia_policy.reports.notices.acknowledgements import acknowledgements
from tcia_policy.reports.notices.attribution import render_attribution
from tcia_policy.reports.notices.availability import availability
from tcia_policy.reports.notices.context import NoticeContext
from tcia_policy.reports.notices.hub_cards import render_cards
from tcia_policy.reports.notices.markup import Form, render_statement
from tcia_policy.reports.notices.notice_file import render_notice
from tcia_policy.text.suggest import did_you_mean, similar

STATEMENTS = {"acknowledgements": acknowledgements, "data-availability": availability}


def render_notices(assessment: Assessment) -> dict[str, str]:
    """Return every notice by its file name: `ATTRIBUTION.md`, `NOTICE`, two statements in three forms, the cards.

    Each has the mark of what this program wrote.
    """
    known = NoticeContext.of(assessment)
    statements = {
        f"{name}.{form.value}": render_statement(tuple(statement(known)), form)
        for name, statement in STATEMENTS.items()
        for form in Form
    }
    texts = {
        "ATTRIBUTION.md": render_attribution(known),
        "NOTICE": render_notice(known),
        **statements,
        **render_cards(known),
    }
    return {name: marked(text, name) for name, text in texts.items()}


def notice_named(name: str, texts: Mapping[str, str]) -> str:
    """Return the text of this file name, in any case. Raise `InputError` with all names where there is none."""
    for each, text in texts.items():
        if each.casefold() == name.casefold():
            return text
    meant = did_you_mean(similar(name, texts, most=1))
    hint = " ".join(filter(None, (meant, f"The texts are {', '.join(texts)}")))
    raise InputError(f"there is no notice {name!r}", field="--only", hint=hint)


def write_notices(
    assessment: Assessment, folder: Path, overwrite: bool = False, keep: Iterable[Path] = ()
) -> tuple[Path, ...]:
    """Write them into `folder`, which is made if it is not there. Each file appears whole or not at all.

    Return their paths. Files to `keep` are not replaced. Raise `InputError` as `write_folder` does, and, with nothing
    written, where a card of another output would stay beside them.
    """
    texts = render_notices(assessment)
    _check_cards(texts, folder)
    return write_folder(folder, texts, overwrite=overwrite, keep=keep)


def _check_cards(texts: Container[str], folder: Path) -> None:
    try:
        there = sorted(folder.glob("CARD-*.md"))
    except OSError as error:
        raise unwritable(error, folder) from None
    for path in there:
        if path.name not in texts:
            raise InputError(
                "is the card of an output that the project does not state",
                file=path,
                hint="delete it, or name another folder: what it says may no longer hold",
            )
