"""Which terms of the Data Use Ontology say what licenses and rules say: `rules/reference/data-use-terms.yaml`."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from tcia_policy.files import located_yaml
from tcia_policy.files.compiled import compiled
from tcia_policy.files.shipped import shipped
from tcia_policy.model import License, Reference
from tcia_policy.model.base import Contract
from tcia_policy.model.license import Prohibits

FILE = "data-use-terms.yaml"
_PREFIX = "DUO:"


def _duo_id(text: str) -> str:
    if not (text.startswith(_PREFIX) and len(text) == len("DUO:0000046") and text.removeprefix(_PREFIX).isdecimal()):
        raise ValueError("is no DUO id; write it as DUO:0000046")
    return text


class DataUseTerm(Contract):
    """A term of DUO, what it belongs to, and why.

    It belongs to licenses that prohibit any of `prohibits`, to `licenses` by their ids, and to data about which any of
    the rules in `said_by` spoke. `label` and `shorthand` are DUO's own. `reference` is DUO, and quotes the definition.
    """

    id: Annotated[str, AfterValidator(_duo_id)]
    shorthand: str = Field(min_length=1)
    label: str = Field(min_length=1)
    prohibits: tuple[Prohibits, ...] = ()
    licenses: tuple[str, ...] = ()
    said_by: tuple[str, ...] = ()
    because: str = Field(min_length=1)
    reference: Reference

    @model_validator(mode="after")
    def _belongs_to_something(self) -> "DataUseTerm":
        if not (self.prohibits or self.licenses or self.said_by):
            raise ValueError("belongs to nothing; state `prohibits`, `licenses` or `said_by`")
        return self

    def is_of(self, license_: License) -> bool:
        """Return whether it says what the license says."""
        return license_.id in self.licenses or not set(self.prohibits).isdisjoint(license_.prohibits)


class DataUseTerms(Contract):
    """All terms that fit anything here."""

    terms: tuple[DataUseTerm, ...]

    def of_license(self, license_: License | None) -> tuple[DataUseTerm, ...]:
        """Return the terms that say what the license says, in their order."""
        return () if license_ is None else tuple(term for term in self.terms if term.is_of(license_))

    def of_rules(self, rules: Iterable[str]) -> tuple[DataUseTerm, ...]:
        """Return the terms that say what any of these rules says, in their order."""
        spoke = set(rules)
        return tuple(term for term in self.terms if not spoke.isdisjoint(term.said_by))


def load_data_use_terms(folder: Path | None = None) -> DataUseTerms:
    """Return the terms in the folder of reference data (the shipped one by default), which is read once.

    Raise `InputError`, with file and line, for what does not fit.
    """
    return _shipped_terms() if folder is None else _read(folder)


@cache
def _shipped_terms() -> DataUseTerms:
    folder = shipped("rules") / "reference"
    return compiled("data-use-terms", [folder / FILE], lambda: _read(folder))


def _read(folder: Path) -> DataUseTerms:
    return located_yaml.read(folder / FILE).parse(DataUseTerms)
