"""The differences that an archive can settle, as a Markdown text that is ready to be sent to it."""

from collections.abc import Iterable, Iterator, Sequence

from tcia_policy.files.mark import marked
from tcia_policy.lazy import dataclass
from tcia_policy.model import ClaimScope, Dataset, LicenseClaim
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.registry import Registry
from tcia_policy.registry.conflicts import Conflict
from tcia_policy.registry.conflicts_for import Addressee, ForArchive, Outdated, by_license
from tcia_policy.registry.notices import restrictions_on
from tcia_policy.reports.labels import dated
from tcia_policy.reports.registry import idc_lines, past_lines
from tcia_policy.reports.terms.addresses import web_address
from tcia_policy.reports.typeset.markdown import escape
from tcia_policy.text.english import joined, one_of

FILE = "conflicts.md"
NAMES = {
    Addressee.TCIA: "TCIA (the Collection Manager)",
    Addressee.NBIA: "NBIA",
    Addressee.IDC: "IDC (Imaging Data Commons)",
}
_WHY_OPEN = (
    "Here a later statement differs from an earlier one, and does not end it: a license that was granted for anybody to"
    " use the data is not taken back by a later label that closes them, and an embargo does not end by itself. So both"
    " are read as in force until one of the archives says which holds."
)


def archive_report(found: ForArchive, registry: Registry) -> str:
    """Return the report: what differs, each with claims, days and links, and what would settle it."""
    writer = _Writer(registry, found.addressee)
    lines = [f"# Licenses that differ: for {NAMES[found.addressee]}", "", *writer.opening(found)]
    lines += ["", "## Stated at the same time", "", *writer.conflicts(found.of_one_time)]
    lines += ["", "## Stated at different times", ""]
    lines += [*([_WHY_OPEN, ""] if found.of_other_times else []), *writer.conflicts(found.of_other_times)]
    lines += ["", "## Statements that do not count", "", *writer.outdated(found.outdated)]
    return marked("\n".join(lines) + "\n", FILE)


@dataclass(frozen=True)
class _Writer:
    """Writes paragraphs of a report with the names that the registry has for licenses, sources and parts."""

    registry: Registry
    addressee: Addressee

    def opening(self, found: ForArchive) -> Iterator[str]:
        """Yield what this is, how much there is of it, and from which days the statements are."""
        differences = len(found.of_one_time) + len(found.of_other_times)
        yield (
            f"From the registry of {escape(self.registry.version)} of tcia-policy. Whoever uses these data reads"
            " different licenses in different places, and cannot tell which one holds."
        )
        yield ""
        yield (
            f"Differences of which a statement of yours is part: {differences}, of these {len(found.of_one_time)}"
            f" stated at the same time and {len(found.of_other_times)} at different times. Statements of yours that do"
            f" not count, since another one does: {len(found.outdated)}."
        )
        conflicts = (*found.of_one_time, *found.of_other_times, *(each.conflict for each in found.outdated))
        used = sorted({item.claim.source for conflict in conflicts for item in conflict.claims})
        if used:
            what = "What was read, each on its day; what a source says since is not known here:"
            yield from ("", what, "", *(f"- {self._source_read(id_)}" for id_ in used))

    def conflicts(self, conflicts: Sequence[Conflict]) -> Iterator[str]:
        """Yield each disagreement, with a heading."""
        for position, conflict in enumerate(conflicts):
            yield from ([""] if position else [])
            yield from self._conflict(conflict)
        if not conflicts:
            yield "None."

    def outdated(self, outdated: Sequence[Outdated]) -> Iterator[str]:
        """Yield a table of the statements that do not count, with those that count in place of them."""
        if not outdated:
            yield "None."
            return
        yield "These are no disagreements: another statement counts in place of each. They mislead whoever reads them."
        yield ""
        yield from _table(
            ("dataset", "parts", "you state", "days", "what counts", "since"), map(self._outdated, outdated)
        )

    def _outdated(self, outdated: Outdated) -> tuple[str, ...]:
        claim, newer = outdated.claim.claim, outdated.claim.replaced_by
        dataset = self.registry.get(outdated.conflict.dataset)
        return (
            f"[{escape(dataset.id)}](<{doi_url(dataset.doi)}>)",
            escape(", ".join(outdated.conflict.distributions)),
            escape(claim.stated_as),
            _days(claim),
            "" if newer is None else escape(newer.stated_as),
            "" if newer is None else (newer.since or newer.as_of).isoformat(),
        )

    def _conflict(self, conflict: Conflict) -> Iterator[str]:
        dataset = self.registry.get(conflict.dataset)
        yield f"### {escape(dataset.id)}"
        yield ""
        page = web_address(dataset.page)
        yield f"<{doi_url(dataset.doi)}>{'' if page is None else f' (page: <{page}>)'}"
        yield ""
        yield f"Parts: {escape(_parts(conflict, dataset))}."
        yield ""
        rows = ((license_, claim) for license_, claims in by_license(conflict).items() for claim in claims)
        yield from _table(
            ("license", "stated by", "days", "in these words"), (self._claim(id_, claim) for id_, claim in rows)
        )
        beside = list(self._beside(conflict, dataset))
        if beside:
            yield from ("", "Beside that:", "", *(f"- {escape(text)}" for text in beside))
        yield ""
        yield from self._settled(conflict)

    def _claim(self, license_id: str, claim: LicenseClaim) -> tuple[str, ...]:
        return escape(self._license(license_id)), escape(self._stated_in(claim)), _days(claim), escape(claim.stated_as)

    def _beside(self, conflict: Conflict, dataset: Dataset) -> Iterator[str]:
        """Yield what else was said on the same matter: restrictions on pages, and earlier versions of IDC's index."""
        for notice in restrictions_on(dataset, conflict.distributions):
            yield f"{self._title(notice.source)}, {dated(notice)}: {notice.summary}"
        for part in dataset.distributions:
            if part.id in conflict.distributions:
                lines = past_lines(part, self.registry.licenses)
                for past, line in zip(part.past, lines, strict=True):
                    yield f"{self._title(past.source)}, {part.title} ({part.id}), {line}"
        if len({run.licenses for run in dataset.idc_history}) > 1:
            for line in idc_lines(dataset.idc_history, self.registry.licenses):
                yield f"idc-index-data {line}"

    def _settled(self, conflict: Conflict) -> Iterator[str]:
        """Yield what would settle it: the archive says which license holds, and those who state another correct it."""
        licenses = by_license(conflict)
        named = escape(one_of([self._license(id_) for id_ in licenses]))
        yield f"What would settle it: a statement which of these holds for these parts, and since when: {named}."
        yield ""
        for license_id in licenses:
            others = [claim for id_, claims in licenses.items() if id_ != license_id for claim in claims]
            wrong = joined(list(dict.fromkeys(map(self._stated_in, others))))
            yield f"- If it is {escape(self._license(license_id))}, correct what is stated by: {escape(wrong)}."

    def _stated_in(self, claim: LicenseClaim) -> str:
        source = self.registry.sources.get(claim.source)
        whole = ", of the whole collection" if claim.scope is ClaimScope.COLLECTION else ""
        copied = ", a copy of TCIA's label" if source is not None and source.copies is not None else ""
        return f"{self._title(claim.source)} ({claim.field}{whole}{copied})"

    def _source_read(self, id_: str) -> str:
        source = self.registry.sources.get(id_)
        if source is None:
            return escape(id_)
        address = web_address(source.url)
        until = "" if source.until is None else f" to {source.until.isoformat()}"
        return f"{escape(f'{source.title}, {dated(source)}{until}')}{'' if address is None else f' (<{address}>)'}"

    def _title(self, id_: str) -> str:
        source = self.registry.sources.get(id_)
        return id_ if source is None else source.title

    def _license(self, license_id: str) -> str:
        license_ = self.registry.licenses.get(license_id)
        return license_id if license_ is None else license_.short_name


def _parts(conflict: Conflict, dataset: Dataset) -> str:
    titles = {part.id: part.title for part in dataset.distributions}
    return ", ".join(f"{titles.get(id_, id_)} ({id_})" for id_ in conflict.distributions)


def _days(claim: LicenseClaim) -> str:
    """Return the day of a statement, or the first and last day on which it is on record."""
    first, last = claim.since or claim.as_of, claim.until or claim.as_of
    return first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a table; the cells are Markdown on one line."""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"
