"""The data citation that TCIA prints now, with the creators that the registry has in full."""

from datetime import date

from tcia_policy.errors import InputError
from tcia_policy.importers import creators, pick_citation, tcia
from tcia_policy.model import Citation, Creator


def citation(before: Citation, published: tcia.Published, day: date) -> tuple[Citation, str | None]:
    """Return the citation, or the one before and why it stays.

    Creators that were read elsewhere stay with a citation that names the same ones, cut off or not. Where TCIA prints
    no year, what the registry has stays: another source gave it.
    """
    try:
        if pick_citation.is_undated(published):
            return before, None
        now = pick_citation.of_tcia(published, day)
    except InputError as error:
        return before, f"TCIA: {published.record.slug}: the citation stays as it was, since TCIA's {error.problem}"
    if before.source == tcia.SOURCE and now.text == before.text:
        return before.model_copy(update={"as_of": day}), None
    return _with_creators(now, before), None


def _with_creators(now: Citation, before: Citation) -> Citation:
    if before.creators_from is None or before.doi != now.doi:
        return now
    full = creators.FullList(before.creators, before.creators_from)
    if now.truncated:
        return creators.completed(now, full)[0]
    is_same = [_family(each) for each in now.creators] == [_family(each) for each in full.creators]
    return now.model_copy(update={"creators": full.creators, "creators_from": full.page}) if is_same else now


def _family(creator: Creator) -> str:
    return (creator.literal or creator.family or "").casefold()
