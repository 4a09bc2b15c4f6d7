"""The digests of all that an assessment was made from, so that two can be told apart or found to be the same."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel

from tcia_policy.engine.manuscript_evidence import ManuscriptEvidence
from tcia_policy.files.digests import digest_of_files, digest_of_folder, digest_of_text
from tcia_policy.model import Digests, Project
from tcia_policy.registry import Registry

if TYPE_CHECKING:
    from tcia_policy.engine.opened_release import OpenedRelease


def digests_of_inputs(
    stated: Project,
    base: Path,
    cohorts: Iterable[Path],
    manuscript: ManuscriptEvidence | None,
    release: "OpenedRelease | None" = None,
) -> Digests:
    """Return the digests of the project, the cohort files, the manuscript and the release; the others are left out.

    That of the project is of what is judged: `--set` changes it, a comment or another order of keys does not. Raise
    `InputError` for a file that can no longer be read.
    """
    files = [(_name(path, base), path) for path in dict.fromkeys(cohorts)]
    return Digests(
        project=digest_of_text(json_of(stated)),
        cohorts=digest_of_files(files) if files else None,
        manuscript=None if manuscript is None else manuscript.read.digest,
        release=None if release is None else release.verifier.read.digest,
    )


def digests_of_library(registry: Registry, rules: str, house_rules: Path | None) -> Digests:
    """Return the digests of the registry, of the rules with the licenses and tables beside them, and of house rules.

    `rules` is the version of the rules that are judged by.
    """
    return Digests(
        registry=registry.digest,
        rules=digest_of_text(f"{registry.rules_digest}\n{rules}"),
        house_rules=None if house_rules is None else digest_of_folder(house_rules),
    )


def json_of(stated: Project) -> str:
    """Return the JSON of a project, byte by byte as `model_dump_json` writes it, for which pydantic builds a lot first.

    Names of files that are no text, which pydantic refuses, are left as Python has them.
    """
    return json.dumps(stated, default=_plain, ensure_ascii=False, separators=(",", ":"))


def _plain(value: BaseModel | date) -> object:
    return value.isoformat() if isinstance(value, date) else dict(value)


def _name(path: Path, base: Path) -> str:
    return path.relative_to(base).as_posix() if path.is_relative_to(base) else path.name
