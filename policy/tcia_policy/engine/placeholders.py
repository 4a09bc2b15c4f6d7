"""The words that rules' texts leave open, for one data item."""

from collections.abc import Mapping, Sequence

from tcia_policy.engine.access_text import of_access
from tcia_policy.engine.license_readings import PartReading, is_of_copy, is_of_elsewhere
from tcia_policy.model import Access, Contact, Dataset, Holding, License, NoticeKind
from tcia_policy.model.holding import DESK_CAN_NAME, NOWHERE, REPOSITORIES
from tcia_policy.registry.notices import format_notice, notices_on

ADDRESS_OF_PROVIDER = "the address that its provider gives"
OWNER_OF_DATASET = f"the owner of the data ({DESK_CAN_NAME})"


def placeholders(
    holding: Holding, dataset: Dataset | None, readings: Sequence[PartReading], licenses: Mapping[str, License]
) -> dict[str, str]:
    """Return values for `rule_text.PLACEHOLDERS`; where there is none the key is left out."""
    values = {
        **_of_repository(holding),
        **of_access(holding, dataset),
        **_of_holding(holding),
        **_of_licenses(readings, licenses),
        **_of_rows(holding, readings, licenses),
        **_of_data(holding, dataset, readings),
    }
    return {name: value for name, value in values.items() if value}


def format_contact(contact: Contact) -> str:
    """Return name, address and telephone in one line."""
    reach = ", ".join(item for item in (contact.telephone, contact.email) if item is not None)
    return f"{contact.name} ({reach})" if reach else contact.name


def _of_repository(holding: Holding) -> dict[str, str]:
    repository = REPOSITORIES.get(holding.obtained_from, NOWHERE)
    return {
        "repository.name": repository.name,
        "repository.short": repository.short,
        "holding.obtained_from": repository.short or "elsewhere",
    }


def _of_holding(holding: Holding) -> dict[str, str]:
    return {
        "holding.name": holding.name,
        "holding.license": holding.license or "",
        "holding.doi": holding.doi or "",
        "holding.series": "" if holding.series is None else f"{holding.series:,}",
        "holding.examples": "; ".join(holding.examples) or "none is shown",
        "holding.registered_as": holding.registered_as or "",
        "holding.named_like": holding.named_like or "",
        "holding.speaks_of": holding.speaks_of or "",
        "holding.named_otherwise": holding.named_otherwise or "",
        "holding.removed_after": holding.removed_after or "",
        "holding.rows_name": " and ".join(holding.rows_name),
    }


def _of_rows(holding: Holding, readings: Sequence[PartReading], licenses: Mapping[str, License]) -> dict[str, str]:
    """Return what rows of a cohort file say of the license, and the licenses that the sources state in its place."""
    of_sources = [reading for reading in readings if not is_of_copy(reading)]
    stated = {reading.license for reading in of_sources}
    claims = [claim for claim in holding.copy_claims if claim.in_rows and claim.license not in stated]
    return {
        "holding.rows_say": " and in ".join(dict.fromkeys(claim.source for claim in claims)),
        "license.of_sources": _names(_stated(of_sources, licenses)) or "no license",
    }


def _stated(readings: Sequence[PartReading], licenses: Mapping[str, License]) -> list[License]:
    named = dict.fromkeys(reading.license for reading in readings if reading.license is not None)
    return [licenses[license_id] for license_id in named if license_id in licenses]


def _names(licenses: Sequence[License]) -> str:
    return " or ".join(license_.short_name for license_ in licenses)


def _of_licenses(readings: Sequence[PartReading], licenses: Mapping[str, License]) -> dict[str, str]:
    stated = _stated(readings, licenses)
    return {
        "license.name": _names(stated),
        "license.url": " or ".join(license_.url for license_ in stated if license_.url is not None),
        "parts.controlled": "; ".join(_controlled(readings, licenses)),
    }


def _controlled(readings: Sequence[PartReading], licenses: Mapping[str, License]) -> list[str]:
    stated = [(reading.part, licenses.get(reading.license or "")) for reading in readings]
    return [
        part
        for part, license_ in stated
        if part is not None and license_ is not None and license_.access is Access.CONTROLLED
    ]


def _of_data(holding: Holding, dataset: Dataset | None, readings: Sequence[PartReading]) -> dict[str, str]:
    """Return what is said of the dataset; of a part that others keep, and of data from elsewhere, less is known."""
    if dataset is None:
        return {
            "dataset.name": holding.name,
            "dataset.link": f"https://doi.org/{holding.doi}" if holding.doi else ADDRESS_OF_PROVIDER,
            "dataset.contacts": f"the owner of {holding.name}",
        }
    if is_of_elsewhere(holding):
        return {
            "dataset.name": holding.name,
            "dataset.link": ADDRESS_OF_PROVIDER,
            "dataset.program": dataset.program or "",
            "dataset.contacts": REPOSITORIES.get(holding.obtained_from, NOWHERE).short or "the provider of the data",
        }
    return {
        "dataset.name": dataset.id,
        "dataset.link": f"https://doi.org/{holding.doi if holding.doi in dataset.dois else dataset.doi}",
        "dataset.program": dataset.program or "",
        "dataset.contacts": _contacts(dataset) or _owner_of(dataset),
        **_noticed(dataset, readings),
    }


def _owner_of(dataset: Dataset) -> str:
    return f"those who give {dataset.id} out ({dataset.page})" if dataset.places else OWNER_OF_DATASET


def _contacts(dataset: Dataset) -> str:
    contacts = [*dataset.contacts, *(contact for notice in dataset.notices for contact in notice.contacts)]
    return " or ".join(dict.fromkeys(format_contact(contact) for contact in contacts))


def _noticed(dataset: Dataset, readings: Sequence[PartReading]) -> dict[str, str]:
    parts = {reading.distribution.id for reading in readings if reading.distribution is not None}
    return {
        f"notices.{kind}": "; ".join(format_notice(notice) for notice in notices_on(dataset, kind, parts))
        for kind in NoticeKind
    }
