"""What an update of the registry came to, as text."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tcia_policy.registry.difference import Difference, DifferenceKind
from tcia_policy.registry.updated import Outcome, RegistryUpdate, SourceUpdate
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean

MOST = 40  # lines of differences that are printed; JSON has all
REMARKS = 10  # of one source

_WHOLE = {
    DifferenceKind.NEW: "new",
    DifferenceKind.LOST: "no longer there",
    DifferenceKind.WITHDRAWN: "withdrawn: its archive has it no more",
    DifferenceKind.BACK: "no longer withdrawn",
}


def render_update(update: RegistryUpdate) -> str:
    """Return what came of each source, what is otherwise, and where the new registry is."""
    lines = [clean(update.summary), f"  begun from {clean(update.begun_from)}"]
    if update.generation is not None and not update.dry_run:
        lines.append(f"  in force: {update.generation}")
    lines += ["", "Sources"]
    for source in update.sources:
        lines += _source(source)
    told = list(difference_lines(update.differences))
    if told:
        lines += ["", "What changes" if update.dry_run else "What changed", *told[:MOST]]
        lines += [f"  {count(len(told) - MOST, 'more line')}; --format json has all"] if len(told) > MOST else []
    return "\n".join(lines) + "\n"


def difference_lines(found: Sequence[Difference]) -> Iterator[str]:
    """Yield the differences by dataset: its name, and below it what is otherwise."""
    for dataset, of_dataset in groupby(found, key=lambda each: each.dataset):
        several = list(of_dataset)
        if len(several) == 1 and several[0].kind in _WHOLE:
            yield f"  {clean(dataset)}: {_WHOLE[several[0].kind]}"
            continue
        yield f"  {clean(dataset)}"
        yield from (f"    {_in_words(each)}" for each in several)


def _source(source: SourceUpdate) -> Iterator[str]:
    day = "" if source.day is None else f", as of {source.day.isoformat()}"
    said = {
        Outcome.UPDATED: source.says,
        Outcome.UNCHANGED: "says what it said before",
        Outcome.FAILED: "what the registry has of it stays as it was",
    }[source.outcome]
    yield f"  {source.outcome.value:<9}  {source.source}{day}: {said}"
    if source.problem is not None:
        yield f"    {clean(source.problem)}"
    yield from (f"    {clean(remark)}" for remark in source.remarks[:REMARKS])
    if len(source.remarks) > REMARKS:
        yield f"    {count(len(source.remarks) - REMARKS, 'more remark')}; --format json has all"


def _in_words(found: Difference) -> str:
    if found.kind in _WHOLE:
        return _WHOLE[found.kind]
    of = "" if found.distribution is None else f" of part {clean(found.distribution)}"
    what = "license" if found.kind is DifferenceKind.LICENSE else clean((found.fact or "").replace("_", " "))
    before, after = (clean(text) if text else "nothing" for text in (found.before, found.after))
    return f"{what}{of}, by {clean(found.source or 'no source')}: {before} -> {after}"
