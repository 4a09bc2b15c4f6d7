"""A dataset and a notice in which nothing is wrong, to make something wrong in them."""

from datetime import date
from typing import Any

from tcia_policy.importers import tcia
from tcia_policy.model import Dataset, Notice
from tests.importers.refresh import small

TODAY = date(2030, 6, 1)
SOURCE = tcia.SOURCE


def dataset(**fields: Any) -> Dataset:
    """Return a dataset in which nothing is wrong but for what is given."""
    found = next(each for each in small.registry(small.DAYS[0]).datasets if each.id == "Lung One")
    return found.model_copy(update=fields)


def notice(**fields: Any) -> Notice:
    """Return a notice of a source."""
    base = {"kind": "citation", "level": "required", "summary": "Cite it.", "source": SOURCE, "as_of": TODAY}
    return Notice.model_validate({**base, "authority": "official-statement", "reading": "full", **fields})
