"""`tcia-policy.lock`: made of a case and its assessment, written and read as JSON with one fact on a line."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import from_json

from tcia_policy.cohorts.index.slim import slim_index
from tcia_policy.cohorts.index.sources import installed_sources
from tcia_policy.engine.case import Case
from tcia_policy.errors import InputError
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.digests import digest_of_file, digest_of_files, digest_of_text
from tcia_policy.files.misfits import misfits
from tcia_policy.files.text import read_text
from tcia_policy.model import Assessment, Holding
from tcia_policy.model.assessment import CitationOwed, Finding
from tcia_policy.model.file_kind import FileKind
from tcia_policy.model.lock import (
    LOCK_FILE,
    LOCK_VERSION,
    Lock,
    LockedDataset,
    LockedFile,
    LockedItem,
    LockedOutcome,
    LockedPart,
)
from tcia_policy.model.terms import HoldingTerms
from tcia_policy.references.datacite_text import render_text
from tcia_policy.registry.watched import parts_used, watched
from tcia_policy.rules.rulebook import Rule
from tcia_policy.rules.substance import substance_of
from tcia_policy.text.sanitize import escaped

WHOLE = "the study"
RENEW = "write it again with `tcia-policy lock --update`"


def lock_path(case: Case) -> Path:
    """Return where the lock of a case is. Raise `InputError` for one that has no project file."""
    if case.project_file is None:
        raise InputError(
            "a lock belongs to a project file, and there is none", hint="`tcia-policy init DATA` writes one"
        )
    return case.folder / LOCK_FILE


def lock_of(case: Case, assessment: Assessment) -> Lock:
    """Return what the case was judged from and what came out.

    Raise `InputError` for a case without a project file, and for a file that can no longer be read.
    """
    folder = lock_path(case).parent
    return Lock(
        as_of=assessment.as_of,
        project_file=case.project_file or "",
        versions=_versions(assessment),
        digests=_digests(assessment),
        files=_files(case, folder),
        items=items_of(assessment),
        datasets=_datasets(case, assessment),
        rules=_rules(case, assessment),
        outcome=outcome_of(assessment),
    )


def render_lock(lock: Lock) -> str:
    """Return a lock as JSON, which ends in a newline: one fact on a line, so that `git diff` shows what moved."""
    text = json.dumps(lock.model_dump(mode="json"), ensure_ascii=False, indent=1, allow_nan=False)
    return escaped(text) + "\n"


def read_lock(path: Path) -> Lock:
    """Return the lock in a file. Raise `InputError` where there is none, and for what is no lock of this form."""
    if not os.path.lexists(path):
        raise InputError("there is no lock", file=path, hint="write one with `tcia-policy lock`, and commit it")
    try:
        return parse_lock(read_text(path, limits.LOCK))
    except InputError as error:
        raise error.at(file=path) from None


def parse_lock(text: str) -> Lock:
    """Return the lock that `render_lock` wrote. Raise `InputError` for anything else, and for another form of it."""
    try:
        data = from_json(text)
    except ValueError as error:
        raise InputError(f"is not JSON: {error}", hint=RENEW) from None
    version = data.get("schema_version") if isinstance(data, dict) else None
    if version != LOCK_VERSION:
        problem = "is no lock" if version is None else f"has the form {str(version)[:20]!r}"
        raise InputError(problem, field="schema_version", hint=f"this program reads {LOCK_VERSION}; {RENEW}")
    try:
        return Lock.model_validate_json(text)
    except ValidationError as error:
        first = misfits(error.errors(include_url=False), Lock, data)[0]
        raise InputError(first.problem, field=located_yaml.spell(first.place), hint=RENEW) from None


def _versions(assessment: Assessment) -> dict[str, str]:
    found = assessment.versions
    named = {"program": found.program, "registry": found.registry, "rules": found.rules}
    return named if found.idc_index_data is None else {**named, "idc-index-data": found.idc_index_data}


def digests_of(assessment: Assessment) -> dict[str, str]:
    """Return the digests that an assessment has, by the names that a lock gives them."""
    return {name.replace("_", "-"): digest for name, digest in assessment.versions.digests if digest is not None}


def _digests(assessment: Assessment) -> dict[str, str]:
    found = digests_of(assessment)
    version = assessment.versions.idc_index_data
    return found if version is None else {**found, "idc-index": _digest_of_index(version)}


def _digest_of_index(version: str) -> str:
    """Return the digest of the index of this version: that which ships with the program, or the installed package."""
    if version == slim_index().version:
        return slim_index().digest
    sources = installed_sources()
    return digest_of_files((path.name, path) for path in (sources.current, sources.prior))


def _files(case: Case, folder: Path) -> tuple[LockedFile, ...]:
    """Return the files that were read. The project counts by what it says: a comment in its file moves nothing."""
    read = (each for each in case.files if each.kind is not FileKind.PROJECT)
    found = (
        LockedFile(kind=each.kind, path=within(each.path, folder), sha256=digest_of_file(each.path)) for each in read
    )
    return tuple(sorted(found, key=lambda each: (each.kind, each.path)))


def within(path: Path, folder: Path) -> str:
    """Return a path from the project's folder, with `/`, also where it leads out of it."""
    return Path(os.path.relpath(path, folder)).as_posix()


def items_of(assessment: Assessment) -> tuple[LockedItem, ...]:
    """Return the data items of an assessment, by their ids."""
    terms = {each.holding: each for each in assessment.terms}
    return tuple(_item(each, terms.get(each.id)) for each in sorted(assessment.holdings, key=lambda each: each.id))


def _item(holding: Holding, terms: HoldingTerms | None) -> LockedItem:
    parts = () if terms is None else terms.parts
    return LockedItem(
        id=holding.id,
        name=holding.name,
        dataset=holding.dataset,
        obtained_from=holding.obtained_from,
        version=holding.version,
        series=holding.series,
        parts=tuple(
            LockedPart(title=part.title, stated=part.stated, governing=part.governing, access=part.access)
            for part in parts
        ),
    )


def _datasets(case: Case, assessment: Assessment) -> tuple[LockedDataset, ...]:
    """Return what the registry says of the parts that may have been used, and of what they were made from."""
    known = case.known
    found = []
    for id_, parts in parts_used(assessment.holdings, known.datasets.get).items():
        facts = watched(known.datasets[id_], parts, known.registered)
        found.append(LockedDataset(id=id_, facts={str(key): fact.says for key, fact in facts.items()}))
    return tuple(found)


def _rules(case: Case, assessment: Assessment) -> dict[str, str]:
    """Return the rules that spoke, each with the digest of what it says in substance."""
    spoke = {name for cell in assessment.verdicts for name in cell.rules}
    spoke |= {each.rule for each in assessment.findings} | {each.rule for each in assessment.duties}
    known = {rule.id: rule for rule in case.rules.rules}
    return {name: _digest_of_rule(known[name]) for name in sorted(spoke & set(known))}


def _digest_of_rule(rule: Rule) -> str:
    """Return the digest of what a rule decides, and of the wording that it asks to print."""
    duty = rule.text.duty
    wordings = () if duty is None else (*duty.wordings, *(word for group in duty.printed for word in group))
    return digest_of_text("\n".join((substance_of(rule), *wordings)))


def outcome_of(assessment: Assessment) -> LockedOutcome:
    """Return what came out, as a lock has it."""
    return LockedOutcome(
        verdict=assessment.verdict,
        verdicts=_by_name((f"{each.holding}/{each.activity}", each.verdict) for each in assessment.verdicts),
        outputs=_by_name(
            (each.output.name, f"{each.verdict}, {'cleared' if each.cleared else 'not cleared'}")
            for each in assessment.clearance.outputs
        ),
        findings=_by_name((_finding_id(each), _said(each)) for each in assessment.findings),
        duties=_by_name(
            (each.id, f"{each.status}, {'required' if each.required else 'requested'}") for each in assessment.duties
        ),
        citations=_by_name((each.citation.doi, _cited(each)) for each in assessment.citations),
        questions=_by_name((each.id, each.kind) for each in assessment.questions),
        matters=_by_name((each.id, each.digest) for each in assessment.matters),
        decisions=_by_name(
            (each.decision.name, each.status) for each in (assessment.review.decisions if assessment.review else ())
        ),
    )


def _by_name(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return all that is said of each name, in the order of the names."""
    found: dict[str, set[str]] = {}
    for name, said in entries:
        found.setdefault(name, set()).add(said)
    return {name: "; ".join(sorted(found[name])) for name in sorted(found)}


def _finding_id(finding: Finding) -> str:
    return finding.id or f"{finding.rule}/{finding.holding or WHOLE}"


def _said(finding: Finding) -> str:
    verdict = "told" if finding.verdict is None else finding.verdict.value
    lifted = "" if finding.lifted_by is None else ", lifted"
    return f"{verdict}{lifted}: {', '.join(sorted(finding.activities)) or WHOLE}"


def _cited(owed: CitationOwed) -> str:
    return f"{owed.role}, {'required' if owed.required else 'requested'}: {render_text(owed.citation)}"
