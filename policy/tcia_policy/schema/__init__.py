"""JSON Schemas of the files that people write and of the assessment; `python -m tcia_policy.schema` makes them."""

import json
from pathlib import Path

from pydantic import BaseModel

from tcia_policy.model import Assessment, Dataset, License, Project
from tcia_policy.model.base import Contract
from tcia_policy.registry.papers import PapersFile
from tcia_policy.rules.compatibility import Compatibility
from tcia_policy.rules.rulebook import Policy, RuleText

FOLDER = Path(__file__).parent


class RuleFile(Contract):
    """One file of `rules/`: a policy document, and the rules that come from it."""

    policy: Policy
    rules: tuple[RuleText, ...]


SCHEMAS: dict[str, type[BaseModel]] = {
    "assessment": Assessment,
    "compatibility": Compatibility,
    "dataset": Dataset,
    "license": License,
    "papers": PapersFile,
    "project": Project,
    "rules": RuleFile,
}


def render_schema(name: str) -> str:
    """The schema called `name` (a key of `SCHEMAS`) as JSON text, draft 2020-12."""
    schema = SCHEMAS[name].model_json_schema(by_alias=True)
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
