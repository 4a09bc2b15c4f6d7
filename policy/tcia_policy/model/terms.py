"""The terms of each data item, and of what it was made from."""

from tcia_policy.model.base import Made
from tcia_policy.model.dataset import Access
from tcia_policy.model.evidence import Agreement
from tcia_policy.model.holding import ConcludedLicense
from tcia_policy.model.verdict import Verdict


class StatedLicense(Made):
    """A license that a part may be under. `sources` say who states it: `NBIA collection report, 2025-01-04`."""

    license: str
    sources: tuple[str, ...] = ()


class PartTerms(Made):
    """A part that may have been used, and the terms stated for it.

    `title` is `None` where no part is known. `governing` is the license that is as strict as every other in everything;
    `None` where no license is stated, none is the strictest, or what one says is not known. `undescribed` are the
    licenses whose text is not known. `access` is `None` where it is not known or the sources differ. `concluded` is
    what a reviewer concluded to hold; then `stated` has that license alone, and `set_aside` what was stated beside it.
    """

    title: str | None = None
    stated: tuple[StatedLicense, ...] = ()
    governing: str | None = None
    undescribed: tuple[str, ...] = ()
    access: Access | None = None
    concluded: ConcludedLicense | None = None
    set_aside: tuple[StatedLicense, ...] = ()


class ItemUsed(Made):
    """An item of the project that a data item came from, named as the data item names it.

    `changes` is what the project says was done to it. `is_cohort_file` says that the label is the path of a file.
    `field` is its place in the project (`data[2]`), `line` its line in the project file.
    """

    label: str
    changes: str | None = None
    is_cohort_file: bool = False
    field: str | None = None
    line: int | None = None


class HoldingTerms(Made):
    """The terms of one data item, as far as its own parts go.

    `verdict` is the worst over all activities judged. `noncommercial`: a license or a notice on some part excludes
    commercial use. `open_to_all`: whoever wants its parts gets them from that place without asking. `route_assumed`:
    the project does not say where it is from. `accessions` are the dbGaP studies that cover it, `approvals` the
    approved requests under which it is held.
    """

    holding: str
    verdict: Verdict
    parts: tuple[PartTerms, ...]
    items: tuple[ItemUsed, ...] = ()
    noncommercial: bool
    open_to_all: bool
    route_assumed: bool
    accessions: tuple[str, ...] = ()
    approvals: tuple[Agreement, ...] = ()


class OriginTerms(Made):
    """A dataset that `made_into` were made from and that is not itself a data item.

    `dataset` is `None` where the registry does not have it; `parts` are all that it has.
    """

    name: str
    dataset: str | None = None
    parts: tuple[PartTerms, ...] = ()
    made_into: tuple[str, ...]
