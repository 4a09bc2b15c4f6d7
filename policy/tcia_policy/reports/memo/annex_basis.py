"""The annexes on what an assessment rests on: evidence, sources, licenses, versions, and how to make it again."""

import shlex
from collections.abc import Iterator

from tcia_policy.model import Assessment, EvidenceSeen, License
from tcia_policy.reports.answer.project_places import place_of_line, release_paths
from tcia_policy.reports.labels import dated, days, in_a_row, reference
from tcia_policy.reports.memo.cross_references import CrossReferences
from tcia_policy.reports.memo.document import (
    Block,
    Bullets,
    Fields,
    Line,
    Paragraph,
    Preformatted,
    Row,
    Section,
    Span,
    Table,
)
from tcia_policy.reports.memo.spans import broken, line, mono, quiet, strong
from tcia_policy.reports.release_sentences import name_told, sentence


def evidence_annex(known: CrossReferences) -> Section:
    """Return the annex on what the project records, with digests, and on the manuscript."""
    assessment = known.assessment
    evidence: tuple[Block, ...] = (Paragraph(line("The project records no agreement, grant or answer.")),)
    if assessment.evidence:
        heads = ("Evidence", "Document", "Whether it counts")
        rows = tuple(Row(_evidence(item)) for item in assessment.evidence)
        evidence = (Table("What the project records, and the digest of each document", heads, rows),)
    return Section(
        "Annex F. Evidence and positions",
        "annex-evidence",
        (*evidence, Fields(_read(assessment))),
        (*_remarks(assessment), *_release(assessment), *_problems(assessment)),
    )


def _evidence(item: EvidenceSeen) -> tuple[Line, Line, Line]:
    where = f"held by {item.held_by}, not seen by this check" if item.held_by else item.document or "no document named"
    digest = line("SHA-256 ", mono(item.sha256)) if item.sha256 else ()
    place = f"{item.field}, line {item.line}" if item.line else item.field
    counts = line(strong("counts for nothing"), f": {item.problem}") if item.problem else ()
    doubt = line(f"in doubt: {item.doubt}") if item.doubt else ()
    right = line(f"What would be right: {item.right}") if item.right else ()
    said = broken([counts, doubt, right]) or line("nothing speaks against it")
    text = item.text[:1].upper() + item.text[1:]
    return broken([line(text), line(quiet(place))]), broken([line(where), digest]), said


def position_line(assessment: Assessment) -> Line:
    """Return the legal position of the project, who holds it and since when, or that it states none."""
    stated = assessment.project.positions.model_is_adaptation
    if stated is None:
        return line("Whether a trained model is an adaptation of its training data: no position stated")
    by = f", by {stated.by}" if stated.by else ", signed by nobody"
    on = f", on {stated.on.isoformat()}" if stated.on else ""
    return line(f"A trained model is {'' if stated.value else 'not '}an adaptation of its training data{by}{on}")


def _read(assessment: Assessment) -> tuple[tuple[str, Line], ...]:
    release = assessment.release
    paths = () if release is None else (("Release", line(in_a_row(release.paths))),)
    return (("Legal positions", position_line(assessment)), ("Manuscript", _manuscript(assessment)), *paths)


def _release(assessment: Assessment) -> Iterator[Section]:
    """Yield what each file of the release says, with its place."""
    read = assessment.release
    if read is None:
        return
    said = [(each.place, sentence(each)) for file in read.files for each in file.says]
    said += [(name.place, name_told(name)) for name in read.names]
    said += [(file.file, f"{file.format}: nothing of license or data") for file in read.files if not file.says]
    if said:
        rows = tuple(Row((line(mono(place)), line(text))) for place, text in said)
        table = Table("What each file says of license and data", ("Place", "What it says"), rows)
        yield Section("What the release says", "release", (table,))


def _manuscript(assessment: Assessment) -> Line:
    read = assessment.manuscript
    if read is None:
        return line("none was read")
    selects = "; the data are those that it cites or names, and no others were judged" if read.selects else ""
    return line((in_a_row(read.files) or "nothing was read") + selects)


def _remarks(assessment: Assessment) -> Iterator[Section]:
    """Yield what the author of the project may not have meant, each remark with its place."""
    if assessment.remarks:
        entries = tuple(
            line(mono(place_of_line(each.line, assessment) or each.field), f": {each.text}")
            for each in assessment.remarks
        )
        yield Section("Remarks on the project and its cohort files", "remarks", (Bullets(entries),))


def _problems(assessment: Assessment) -> Iterator[Section]:
    for name, read in (("manuscript", assessment.manuscript), ("release", assessment.release)):
        problems = () if read is None else read.problems
        if problems:
            entries = tuple(line(problem) for problem in problems)
            title = f"Of the {name}, not read or not understood"
            yield Section(title, f"{name}-problems", (Bullets(entries),), is_folded=True)


def sources_annex(known: CrossReferences) -> Section:
    """Return the annex with each source of facts, each document that rules rest on, and each license, once."""
    facts = tuple(
        Row(
            (
                line(f"S{number}"),
                broken(
                    [
                        line(
                            Span(source.title, url=source.url),
                            f", version {source.version}" if source.version else "",
                            f"; {source.publisher}",
                        ),
                        line(quiet(source.note)) if source.note else (),
                    ]
                ),
                line(dated(source) + (f" to {source.until.isoformat()}" if source.until else "")),
            ),
            anchor=f"source-{number}",
        )
        for number, source in enumerate(known.assessment.sources, start=1)
    )
    rules = tuple(
        Row(
            (
                line(f"R{number}"),
                broken(
                    [
                        line(
                            Span(reference(item), url=item.url), days(item), f": “{item.quote}”" if item.quote else ""
                        ),
                        line(quiet(item.note)) if item.note else (),
                    ]
                ),
            ),
            anchor=f"reference-{number}",
        )
        for item, number in known.references.items()
    )
    licenses = tuple(Row(_license(item)) for item in known.assessment.licenses)
    heads = ("License", "Permits", "Requires", "Prohibits")
    sections = [
        Section("Sources of the facts", "sources", _table("Where facts come from", ("No.", "Source", "Read"), facts)),
        Section("What the rules rest on", "references", _table("Documents", ("No.", "Document"), rules)),
        Section("Licenses of the data", "licenses", _table("What each license says", heads, licenses)),
    ]
    return Section("Annex G. Sources and licenses", "annex-sources", sections=tuple(sections))


def _table(caption: str, heads: tuple[str, ...], rows: tuple[Row, ...]) -> tuple[Block, ...]:
    return (Table(caption, heads, rows),) if rows else (Paragraph(line("None.")),)


def _license(item: License) -> tuple[Line, ...]:
    nothing = "nothing" if item.terms_known else "not known"
    unread = "" if item.terms_known else "; its text was not found, so nothing can be judged by it"
    name = broken([line(Span(item.short_name, url=item.legal_code or item.url)), line(quiet(f"{item.name}{unread}"))])
    return name, *(line(", ".join(words) or nothing) for words in (item.permits, item.requires, item.prohibits))


def versions_annex(known: CrossReferences, document_id: str) -> Section:
    """Return the annex with versions and digests of all that the document was made with, and the command."""
    versions = known.assessment.versions
    entries = [
        ("Document", line(mono(document_id), " (SHA-256 of the assessment as JSON)")),
        ("Program", line(f"tcia-policy {versions.program}")),
        ("Rules", line(versions.rules)),
        ("Registry", line(versions.registry)),
        ("idc-index-data", line(versions.idc_index_data or "not used")),
        *(
            (f"SHA-256 of the {name.replace('_', ' ')}", line(mono(digest)))
            for name, digest in versions.digests
            if digest
        ),
    ]
    again = "With these versions and the same files, this command makes the same document; render makes it of the JSON."
    return Section(
        "Annex H. Versions and how to make this again",
        "annex-versions",
        (
            Fields(tuple(entries)),
            Paragraph(line(again)),
            Preformatted(_command(known.assessment)),
        ),
    )


def _command(assessment: Assessment) -> str:
    """Return the command that makes the document again: of the project, or of the release that says all by itself."""
    of = "tcia-policy.yaml"
    if assessment.release is not None and assessment.release.selects:
        purpose = assessment.project.use.purpose
        folders = [f"--release {shlex.quote(path)}" for path in release_paths(assessment)]
        of = " ".join([*folders, *([] if purpose is None else [f"--purpose {purpose}"])])
    return f"tcia-policy report {of} --as-of {assessment.as_of.isoformat()} -o report.html"
