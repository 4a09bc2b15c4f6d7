"""The duties that rules ask for, merged into a list that a person can work through."""

from collections.abc import Mapping, Sequence

from tcia_policy.engine.ids import as_id, told_apart
from tcia_policy.lazy import dataclass
from tcia_policy.model import (
    Activity,
    Agreement,
    Citation,
    CitationOwed,
    Contact,
    Dataset,
    Derivation,
    Duty,
    DutyKind,
    DutyStatus,
    Holding,
    Notice,
    NoticeLevel,
    Reference,
)
from tcia_policy.model.assessment import Role
from tcia_policy.registry.notices import format_notice, name_of_notice, notices_on, stated_in
from tcia_policy.registry.papers import Papers
from tcia_policy.rules.rule_text import DutySpec, fill
from tcia_policy.rules.rulebook import Rule

ROLES: Mapping[str, Role] = {"dataset": "dataset", "sources": "source", "paper": "archive"}
STRONGEST_ROLE_FIRST: Sequence[Role] = ("dataset", "source", "companion", "archive")


@dataclass(frozen=True)
class DutyInstance:
    """A duty that one rule asks for, for one holding and activity; `values` fill the rule's text.

    `met_by` names the evidence that meets it; `agreements` are those among it. `references` are what it rests on.
    `accessions` are the dbGaP studies of which an approved request meets it.
    """

    rule: Rule
    holding: Holding | None
    activity: Activity
    values: Mapping[str, str]
    met_by: str | None
    references: tuple[Reference, ...]
    agreements: tuple[Agreement, ...] = ()
    accessions: tuple[str, ...] = ()

    @property
    def spec(self) -> DutySpec:
        """The duty as the rule states it."""
        assert self.rule.text.duty is not None
        return self.rule.text.duty

    @property
    def text(self) -> str:
        """The duty in words, for this holding."""
        return fill(self.spec.text, self.values)


@dataclass(frozen=True)
class _Item:
    """One thing owed. The same text on the same subject is one thing, whatever holdings and activities owe it."""

    rule: str
    subject: str
    text: str
    doi: str | None = None
    notice: Notice | None = None


def merge_duties(owed: Sequence[DutyInstance], datasets: Mapping[str, Dataset]) -> tuple[Duty, ...]:
    """Return one duty for each thing owed: open ones first, agreements and contacts before citations."""
    merged: dict[_Item, list[DutyInstance]] = {}
    for item in owed:
        for thing in _things(item, datasets):
            merged.setdefault(thing, []).append(item)
    duties = _each_reference_once([_duty(thing, group, datasets) for thing, group in merged.items()])
    return open_ones_first(duties)


def open_ones_first(duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """Return the duties with open ones first, then by kind: agreements and contacts before citations."""
    order = (DutyKind.AGREE, DutyKind.CONTACT, *DutyKind)
    return tuple(sorted(duties, key=lambda duty: (duty.status is not DutyStatus.OPEN, order.index(duty.kind))))


def _each_reference_once(duties: Sequence[Duty]) -> list[Duty]:
    """Return the duties with those to cite one work merged, under its strongest role and the first rule.

    A dataset may be used itself and also be the source of another. If a work is required for some data and only
    requested for others, two duties stay.
    """
    kept: dict[tuple[str, bool], Duty] = {}
    for duty in duties:
        reference = duty.doi if duty.kind is DutyKind.CITE else None
        key = (reference or f"{duty.id}\n{duty.text}", duty.required)
        earlier = kept.get(key)
        kept[key] = duty if earlier is None else _union(*sorted((earlier, duty), key=_strength))
    return _with_ids_of_their_own(list(kept.values()))


def _with_ids_of_their_own(duties: Sequence[Duty]) -> list[Duty]:
    """Give every duty an id of its own: with its data items, where a rule asks two things about one dataset."""
    ids = told_apart([(duty.id, "+".join(sorted(duty.holdings)), duty.text) for duty in duties])
    return [
        duty if duty.id == id_ else duty.model_copy(update={"id": id_}) for duty, id_ in zip(duties, ids, strict=True)
    ]


def _strength(duty: Duty) -> tuple[int, str]:
    strength = len(STRONGEST_ROLE_FIRST) if duty.cites is None else STRONGEST_ROLE_FIRST.index(duty.cites)
    return strength, duty.id


def _union(first: Duty, second: Duty) -> Duty:
    both = {*first.activities, *second.activities}
    return first.model_copy(
        update={
            "holdings": tuple(dict.fromkeys((*first.holdings, *second.holdings))),
            "activities": tuple(activity for activity in Activity if activity in both),
            "references": tuple(dict.fromkeys((*first.references, *second.references))),
        }
    )


def _things(owed: DutyInstance, datasets: Mapping[str, Dataset]) -> list[_Item]:
    """Return each thing owed: a rule can ask for several works, or for all that the notices of a page ask."""
    spec = owed.spec
    dataset = datasets.get(owed.holding.dataset or "") if owed.holding is not None else None
    if spec.from_notices is not None:
        return _notice_items(owed, dataset)
    if spec.cite == "paper":
        assert spec.doi is not None
        return [_Item(owed.rule.id, spec.doi, owed.text, spec.doi)]
    if spec.cite == "dataset":
        doi = _doi_of(owed.holding, dataset)
        own = _Item(owed.rule.id, doi or _subject(owed), owed.text, doi)
        return [own] if dataset is None or cites_itself(dataset) else [own, _printed_item(owed, dataset)]
    if spec.cite == "sources" and dataset is not None:
        drawn_from = sources_of(owed.holding, dataset, datasets)
        return [_source_item(owed, source.named, source.dataset, datasets) for source in drawn_from]
    return [_Item(owed.rule.id, _subject(owed), owed.text)]


def sources_of(holding: Holding | None, dataset: Dataset, datasets: Mapping[str, Dataset]) -> tuple[Derivation, ...]:
    """Return what the data held were drawn from: of a derived dataset, series of one collection are not of the others.

    All that the dataset was made from, if its series are not listed or if it is not known what one of their collections
    has to do with it.
    """
    collections = () if holding is None else holding.collections
    by_collection = [
        [source for source in dataset.derived_from if _is_of(collection, datasets.get(source.dataset or ""))]
        for collection in collections
    ]
    if not by_collection or not all(by_collection):
        return dataset.derived_from
    return tuple(dict.fromkeys(source for sources in by_collection for source in sources))


def _is_of(collection: str, source: Dataset | None) -> bool:
    return source is not None and collection in source.idc_collections


def cites_itself(dataset: Dataset) -> bool:
    """Return whether the citation that its source prints is its own, and not that of the data it was converted from."""
    return dataset.citation.doi in dataset.dois


def citation_under(dataset: Dataset, doi: str) -> Citation:
    """Return the citation of a dataset with the DOI that is asked for: its own, or that of a version.

    Where the source prints the citation of the data that were converted, it has their creators and year, and the title
    that the source gives the dataset itself.
    """
    if doi == dataset.citation.doi:
        return dataset.citation
    title = dataset.citation.title if cites_itself(dataset) else dataset.title
    return dataset.citation.model_copy(update={"doi": doi, "title": title, "text": None})


def _printed_item(owed: DutyInstance, dataset: Dataset) -> _Item:
    printed = dataset.citation.doi
    text = f"Cite what {dataset.id} was converted from, as its source asks: https://doi.org/{printed}"
    return _Item(owed.rule.id, printed, text, printed)


def _doi_of(holding: Holding | None, dataset: Dataset | None) -> str | None:
    """Return the DOI to cite: of a dataset its own, or that of a version where the user names it by that."""
    if dataset is None:
        return None if holding is None else holding.doi
    return holding.doi if holding is not None and holding.doi in dataset.dois else dataset.doi


def _subject(owed: DutyInstance) -> str:
    """Return what the duty is about: one dataset if its text names it, else all datasets."""
    if owed.holding is None or owed.text == owed.spec.text:
        return "all"
    return owed.holding.dataset or owed.holding.name


def _notice_items(owed: DutyInstance, dataset: Dataset | None) -> list[_Item]:
    spec = owed.spec
    if dataset is None or owed.holding is None or spec.from_notices is None:
        return []
    items = []
    for notice in notices_on(dataset, spec.from_notices, owed.holding.distributions):
        subject = f"{notice.level.value}:{name_of_notice(notice, dataset)}"
        text = fill(spec.text, {**owed.values, "notice.summary": format_notice(notice)})
        items.append(_Item(owed.rule.id, subject, text, notice.doi, notice))
    return items


def _source_item(owed: DutyInstance, named: str, dataset_id: str | None, datasets: Mapping[str, Dataset]) -> _Item:
    source = datasets.get(dataset_id or "")
    if source is None:
        return _Item(owed.rule.id, named, f"{owed.text}: {named}, whose citation is not known")
    return _Item(owed.rule.id, source.doi, f"{owed.text}: {source.id}, https://doi.org/{source.doi}", source.doi)


def _duty(thing: _Item, group: Sequence[DutyInstance], datasets: Mapping[str, Dataset]) -> Duty:
    first = min(group, key=lambda item: "" if item.holding is None else item.holding.id)
    holdings = tuple(dict.fromkeys(item.holding for item in group if item.holding is not None))
    activities = {item.activity for item in group}
    evidence = dict.fromkeys(item.met_by for item in group)
    duty = Duty(
        id=as_id((f"{first.rule.id}:{thing.subject}",)),
        kind=first.spec.kind,
        text=thing.text,
        title=first.rule.text.title,
        wordings=_wordings(first.spec, thing.notice),
        printed=tuple(tuple(dict.fromkeys(fill(name, first.values) for name in names)) for names in first.spec.printed),
        rule=first.rule.id,
        holdings=tuple(holding.id for holding in holdings),
        activities=tuple(activity for activity in Activity if activity in activities),
        required=first.spec.required,
        status=_status(first.spec.kind, tuple(evidence)),
        evidence="; ".join(filter(None, evidence)) or None,
        agreements=_agreements(group),
        accessions=tuple(dict.fromkeys(name for item in group for name in item.accessions)),
        doi=thing.doi,
        cites=_role(first.spec),
        contacts=_contacts(first.spec.kind, holdings, datasets),
        references=tuple(dict.fromkeys(source for item in group for source in item.references)),
    )
    return duty if thing.notice is None else _as_noticed(duty, thing.notice)


def _agreements(group: Sequence[DutyInstance]) -> tuple[Agreement, ...]:
    return tuple(dict.fromkeys(agreement for item in group for agreement in item.agreements))


def _as_noticed(duty: Duty, notice: Notice) -> Duty:
    """Return a duty that a dataset's page states, with what that page says of it."""
    return duty.model_copy(
        update={
            "required": notice.level is NoticeLevel.REQUIRED,
            "contacts": notice.contacts,
            "references": stated_in(notice) or duty.references,
        }
    )


def _wordings(spec: DutySpec, notice: Notice | None) -> tuple[str, ...]:
    """Return the texts to print. If a notice asks for a reference, its quote is that reference and not a wording."""
    if notice is None or spec.kind is DutyKind.CITE:
        return spec.wordings
    return () if notice.quote is None else (notice.quote,)


def _role(spec: DutySpec) -> Role | None:
    if spec.from_notices is not None:
        return "companion" if spec.kind is DutyKind.CITE else None
    return ROLES[spec.cite] if spec.cite is not None else None


def _status(kind: DutyKind, evidence: Sequence[str | None]) -> DutyStatus:
    """Return met if evidence covers every holding that owes the duty. An agreement that is not recorded is open."""
    if None not in evidence:
        return DutyStatus.MET
    return DutyStatus.OPEN if kind is DutyKind.AGREE else DutyStatus.UNVERIFIED


def _contacts(kind: DutyKind, holdings: Sequence[Holding], datasets: Mapping[str, Dataset]) -> tuple[Contact, ...]:
    if kind is not DutyKind.CONTACT:
        return ()
    named = [datasets[holding.dataset] for holding in holdings if holding.dataset is not None]
    contacts = [contact for dataset in named for contact in dataset.contacts]
    contacts += [contact for dataset in named for notice in dataset.notices for contact in notice.contacts]
    return tuple(dict.fromkeys(contacts))


def citations_owed(duties: Sequence[Duty], datasets: Mapping[str, Dataset], papers: Papers) -> tuple[CitationOwed, ...]:
    """Return the references behind the duties to cite: each DOI once, in its strongest role; datasets come first."""
    by_doi = dict(papers.by_doi)
    for dataset in datasets.values():
        by_doi |= {doi: citation_under(dataset, doi) for doi in (*dataset.dois, dataset.citation.doi)}
    found: dict[str, CitationOwed] = {}
    for duty in duties:
        if duty.kind is not DutyKind.CITE or duty.doi not in by_doi:
            continue
        earlier = found.get(duty.doi)
        found[duty.doi] = CitationOwed(
            citation=by_doi[duty.doi],
            role=duty.cites or "dataset" if earlier is None else earlier.role,
            required=duty.required or (earlier is not None and earlier.required),
            holdings=tuple(dict.fromkeys((*(earlier.holdings if earlier else ()), *duty.holdings))),
        )
    return tuple(sorted(found.values(), key=lambda item: STRONGEST_ROLE_FIRST.index(item.role)))
