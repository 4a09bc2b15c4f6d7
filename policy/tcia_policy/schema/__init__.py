"""JSON Schemas of the files that people write and of the results; `python -m tcia_policy.schema` makes them."""

import json
from pathlib import Path

from pydantic import BaseModel

from tcia_policy.engine.explain import Explanation
from tcia_policy.engine.license_choices import LicenseChoices
from tcia_policy.engine.listing import Listing
from tcia_policy.engine.resolved import Resolved
from tcia_policy.engine.what_if import WhatIf
from tcia_policy.importers.citation_lists import CitationList
from tcia_policy.importers.curated_terms import Decisions
from tcia_policy.importers.policy_page import PolicyPage
from tcia_policy.importers.reissues import ReissuesFile
from tcia_policy.model import Dataset, License, Project
from tcia_policy.model.assessment_printed import AssessmentPrinted
from tcia_policy.model.audit import Audited
from tcia_policy.model.base import Contract
from tcia_policy.model.bundle import BundleVerified
from tcia_policy.model.changes import AssessmentDiffPrinted
from tcia_policy.model.decision import Review
from tcia_policy.model.error_report import ErrorReport
from tcia_policy.model.lock import Lock
from tcia_policy.model.open_entry import ReviewListing
from tcia_policy.model.places import RoutesFile
from tcia_policy.model.review_form import ReviewAnswers
from tcia_policy.model.signature import ReviewVerified, Signature
from tcia_policy.registry.changes import RegistryChanges
from tcia_policy.registry.conflicts import Conflicts
from tcia_policy.registry.data_use_terms import DataUseTerms
from tcia_policy.registry.dbgap_studies import StudiesFile
from tcia_policy.registry.names_in_use import NamesInUse
from tcia_policy.registry.papers import PapersFile
from tcia_policy.registry.part_words import PartWords
from tcia_policy.registry.programs import ProgramsFile
from tcia_policy.registry.repository_terms import CopiesFile
from tcia_policy.registry.shown import Shown
from tcia_policy.registry.status import RegistryStatus
from tcia_policy.registry.updated import RegistryUpdate
from tcia_policy.registry.verified import RegistryVerified
from tcia_policy.registry.watched import StudyWatched
from tcia_policy.rules.compatibility import Compatibility
from tcia_policy.rules.periods import Periods
from tcia_policy.rules.results import RuleShown, RulesListed, RulesTested
from tcia_policy.rules.rule_files import PolicyFile
from tcia_policy.rules.rule_text import Policy, RuleText

FOLDER = Path(__file__).parent


class RuleFile(Contract):
    """One file of `rules/`. It names its policy, unless the `policy.yaml` of its folder does."""

    policy: Policy | None = None
    rules: tuple[RuleText, ...]


# What commands print with `--format json`; `check` prints the assessment.
RESULTS: dict[str, type[BaseModel]] = {
    "assessment": AssessmentPrinted,
    "audit": Audited,
    "bundle-verify": BundleVerified,
    "diff": AssessmentDiffPrinted,
    "explain": Explanation,
    "licenses": LicenseChoices,
    "list": Listing,
    "registry-changes": RegistryChanges,
    "registry-conflicts": Conflicts,
    "registry-status": RegistryStatus,
    "registry-update": RegistryUpdate,
    "registry-verify": RegistryVerified,
    "registry-watch": StudyWatched,
    "resolve": Resolved,
    "review-list": ReviewListing,
    "review-verify": ReviewVerified,
    "rules-list": RulesListed,
    "rules-show": RuleShown,
    "rules-test": RulesTested,
    "show": Shown,
    "what-if": WhatIf,
}
SCHEMAS: dict[str, type[BaseModel]] = {
    **RESULTS,
    "citation-lists": CitationList,
    "collection-terms": Decisions,
    "compatibility": Compatibility,
    "copies": CopiesFile,
    "data-use-terms": DataUseTerms,
    "dataset": Dataset,
    "dbgap-studies": StudiesFile,
    "errors": ErrorReport,
    "license": License,
    "lock": Lock,
    "names": NamesInUse,
    "papers": PapersFile,
    "part-words": PartWords,
    "periods": Periods,
    "policy": PolicyFile,
    "policy-page": PolicyPage,
    "programs": ProgramsFile,
    "project": Project,
    "reissues": ReissuesFile,
    "review": Review,
    "review-answers": ReviewAnswers,
    "routes": RoutesFile,
    "rules": RuleFile,
    "signature": Signature,
}


def render_schema(name: str) -> str:
    """Return the schema called `name` (a key of `SCHEMAS`) as JSON text, draft 2020-12.

    Its `$id` is a name and no address: the schemas are in the package.
    """
    schema = SCHEMAS[name].model_json_schema(by_alias=True, mode="serialization" if name in RESULTS else "validation")
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:tcia-policy:schema:{name}",
        **schema,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
