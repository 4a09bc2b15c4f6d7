"""The words that rules' texts leave open, for one holding."""

from collections.abc import Mapping, Sequence

from tcia_policy.engine.license_readings import PartReading, is_of_elsewhere
from tcia_policy.model import Access, Contact, Dataset, Holding, License, NoticeKind
from tcia_policy.model.holding import REPOSITORIES
from tcia_policy.registry.notices import format_notice, notices_on


def placeholders(
    holding: Holding, dataset: Dataset | None, readings: Sequence[PartReading], licenses: Mapping[str, License]
) -> dict[str, str]:
    """Values for `rule_text.PLACEHOLDERS`; where there is none the key is left out."""
    named = dict.fromkeys(reading.license for reading in readings if reading.license is not None)
    stated = [licenses[license_id] for license_id in named if license_id in licenses]
    repository, short = REPOSITORIES.get(holding.obtained_from, ("", ""))
    values = {
        "repository.name": repository,
        "repository.short": short,
        "holding.name": holding.name,
        "holding.obtained_from": short or "elsewhere",
        "holding.license": holding.license or "",
        "holding.doi": holding.doi or "",
        "holding.series": "" if holding.series is None else f"{holding.series:,}",
        "holding.examples": "; ".join(holding.examples),
        "holding.named_otherwise": holding.named_otherwise or "",
        "license.name": " or ".join(license_.short_name for license_ in stated),
        "license.url": " or ".join(license_.url for license_ in stated if license_.url is not None),
        "parts.controlled": "; ".join(_controlled(readings, licenses)),
        "dataset.name": holding.name,
        "dataset.link": f"https://doi.org/{holding.doi}" if holding.doi else "the address that its provider gives",
    }
    if dataset is not None and is_of_elsewhere(holding):
        values |= {"dataset.program": dataset.program or "", "dataset.contacts": short or "whoever gave them out"}
        values["dataset.link"] = "the address that its provider gives"
    elif dataset is not None:
        contacts = [*dataset.contacts, *(contact for notice in dataset.notices for contact in notice.contacts)]
        values |= {
            "dataset.name": dataset.id,
            "dataset.link": f"https://doi.org/{dataset.doi}",
            "dataset.program": dataset.program or "",
            "dataset.contacts": " or ".join(dict.fromkeys(format_contact(contact) for contact in contacts))
            or "the owner of the data (the archive's help desk, help@cancerimagingarchive.net, can name them)",
            **_noticed(dataset, readings),
        }
    else:
        values["dataset.contacts"] = f"the owner of {holding.name}"
    return {name: value for name, value in values.items() if value}


def _noticed(dataset: Dataset, readings: Sequence[PartReading]) -> dict[str, str]:
    parts = {reading.distribution.id for reading in readings if reading.distribution is not None}
    return {
        f"notices.{kind}": "; ".join(format_notice(notice) for notice in notices_on(dataset, kind, parts))
        for kind in NoticeKind
    }


def format_contact(contact: Contact) -> str:
    """Name, address and telephone in one line."""
    reach = ", ".join(item for item in (contact.telephone, contact.email) if item is not None)
    return f"{contact.name} ({reach})" if reach else contact.name


def _controlled(readings: Sequence[PartReading], licenses: Mapping[str, License]) -> list[str]:
    return [
        reading.part
        for reading in readings
        if reading.part is not None
        and reading.license is not None
        and reading.license in licenses
        and licenses[reading.license].access is Access.CONTROLLED
    ]
