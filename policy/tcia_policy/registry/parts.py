"""The terms of each part of a dataset, as far as the statements on it that count today say them."""

from tcia_policy.model import Access, Dataset, Distribution
from tcia_policy.model.base import Contract
from tcia_policy.registry.standing import Registered, claims_that_count


class PartStated(Contract):
    """A part, and what is stated of it today: several licenses are a disagreement of the sources.

    `access` is `None` where it is not known, or the statements differ. `sources` are the ids of who says so.
    """

    distribution: str
    title: str
    licenses: tuple[str, ...]
    access: Access | None
    sources: tuple[str, ...]


def parts_stated(dataset: Dataset, registered: Registered) -> tuple[PartStated, ...]:
    """Return the parts of the dataset in their order, each with what counts today."""
    return tuple(_stated(part, dataset, registered) for part in dataset.distributions)


def _stated(part: Distribution, dataset: Dataset, registered: Registered) -> PartStated:
    claims = claims_that_count(part, dataset, registered)
    licenses = tuple(dict.fromkeys(claim.license for claim in claims))
    known = {claim.access or _access(claim.license, registered) for claim in claims}
    return PartStated(
        distribution=part.id,
        title=part.title,
        licenses=licenses,
        access=known.pop() if len(known) == 1 else None,
        sources=tuple(dict.fromkeys(claim.source for claim in claims)),
    )


def _access(license_id: str, registered: Registered) -> Access | None:
    license_ = registered.licenses.get(license_id)
    return None if license_ is None else license_.access
