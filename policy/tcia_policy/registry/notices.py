"""What sources say of a dataset beside its license, as far as it concerns the parts that are held."""

from collections.abc import Collection

from tcia_policy.model import Dataset, Notice, NoticeKind, Reference
from tcia_policy.text.name_keys import slug

WORDS_IN_NAME = 6
RESTRICTIONS = (NoticeKind.COMMERCIAL_RESTRICTION, NoticeKind.NONCOMMERCIAL_STATEMENT)


def notices_on(dataset: Dataset, kind: NoticeKind, distributions: Collection[str]) -> tuple[Notice, ...]:
    """Return the notices of `kind` that cover the whole dataset or one of `distributions`, in the order of its file."""
    return tuple(
        notice
        for notice in dataset.notices
        if notice.kind is kind
        and (notice.distributions is None or not set(notice.distributions).isdisjoint(distributions))
    )


def restrictions_on(dataset: Dataset, distributions: Collection[str]) -> tuple[Notice, ...]:
    """Return what is said against commercial use of the whole dataset or of one of `distributions`."""
    return tuple(notice for kind in RESTRICTIONS for notice in notices_on(dataset, kind, distributions))


def format_notice(notice: Notice) -> str:
    """Return what it says, with the DOI that it names, without a full stop."""
    link = f", https://doi.org/{notice.doi}" if notice.doi is not None else ""
    return f"{notice.summary.rstrip('.')}{link}"


def name_of_notice(notice: Notice, dataset: Dataset) -> str:
    """Return what a notice asks for, as an id has it: the DOI to cite, else the dataset.

    Where a dataset has several of the kind, it is followed by the first words of what is asked.
    """
    if notice.doi is not None:
        return notice.doi
    alike = [each for each in dataset.notices if (each.kind, each.doi) == (notice.kind, None)]
    if len(alike) == 1:
        return dataset.id
    return f"{dataset.id}/{slug(' '.join((notice.quote or notice.summary).split()[:WORDS_IN_NAME]))}"


def stated_in(notice: Notice) -> tuple[Reference, ...]:
    """Return where it was read, and how firmly it is known; nothing where the notice names no page of its own."""
    if notice.reference is None:
        return ()
    return (
        Reference.model_construct(
            title=notice.reference.title,
            url=notice.reference.url,
            authority=notice.authority,
            reading=notice.reading,
            published=notice.as_of,
            note=None if notice.before is None else f"published before {notice.before.isoformat()}",
        ),
    )
