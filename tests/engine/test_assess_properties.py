"""What must hold for every combination of license, access, route, program, notice, purpose, evidence and activity."""

from dataclasses import dataclass, replace
from functools import reduce
from itertools import product

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tcia_policy.model import (
    Access,
    Activity,
    Agreement,
    Archive,
    Assessment,
    DataItem,
    Dataset,
    Distribution,
    Holding,
    HoldingKind,
    LicenseClaim,
    NoticeKind,
    OtherData,
    Output,
    OutputKind,
    Permission,
    Positions,
    Project,
    Purpose,
    Route,
    Use,
    Verdict,
)
from tests.engine.invariants import broken_in, strictness
from tests.engine.small import (
    FULL_GRANT,
    INTERNAL,
    OWNER,
    cells,
    dataset,
    holding,
    judge,
    licenses,
    notice,
    of_elsewhere,
    other,
    own,
    part,
    unresolved,
)
from tests.engine.small import whole as of_collection

LICENSES = (*sorted(licenses()), INTERNAL)
PROGRAMS = (None, "TCGA", "CPTAC", "CMB", "NCTN", "Community")
NOTICES = (None, NoticeKind.COMMERCIAL_RESTRICTION, NoticeKind.COPYRIGHT, NoticeKind.NONCOMMERCIAL_STATEMENT)
EVERYTHING = tuple(Activity)
EXAMPLES = settings(
    max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@dataclass(frozen=True)
class Case:
    """A study of made-up data."""

    project: Project
    datasets: tuple[Dataset, ...]
    holdings: tuple[Holding, ...]

    def judged(self) -> Assessment:
        return judge(self.project, self.holdings, self.datasets)

    def using(self, **changes: object) -> "Case":
        """Return the same with other words on its use."""
        use = self.project.use.model_copy(update=changes)
        return replace(self, project=self.project.model_copy(update={"use": use}))

    def stating(self, **changes: object) -> "Case":
        """Return the same with other words in its project file."""
        return replace(self, project=self.project.model_copy(update=changes))


licenses_of_parts = st.sampled_from(LICENSES)
claims = st.builds(own, licenses_of_parts, st.sampled_from([None, *Access]))
claims_of_parts = st.lists(claims, max_size=2, unique_by=lambda claim: claim.license)
claims_of_collections = st.lists(st.builds(of_collection, licenses_of_parts), max_size=2)


@st.composite
def datasets(draw: st.DrawFn, name: str) -> Dataset:
    shared = draw(claims_of_collections)
    parts = [part(str(number), *draw(claims_of_parts), *shared) for number in range(1, draw(st.integers(2, 4)))]
    noticed = draw(st.sampled_from(NOTICES))
    where = draw(st.sampled_from([(), ("1",)]))
    return dataset(
        name,
        *parts,
        program=draw(st.sampled_from(PROGRAMS)),
        archive=draw(st.sampled_from(Archive)),
        notices=[] if noticed is None else [notice(noticed, *where)],
    )


@st.composite
def holdings(draw: st.DrawFn, of: Dataset) -> Holding:
    kind = draw(st.sampled_from(["parts", "parts", "parts", "any part", "elsewhere", "other", "unresolved"]))
    route = draw(st.sampled_from(Route))
    if kind == "parts":
        return holding(of, draw(st.sampled_from([each.id for each in of.distributions])), route=route)
    if kind == "any part":
        return holding(of, route=route)
    if kind == "elsewhere":
        return of_elsewhere(of, route)
    if kind == "other":
        return other(f"Other than {of.id}", draw(st.none() | licenses_of_parts), route)
    resolved = (HoldingKind.DATASET, HoldingKind.OTHER)
    return unresolved(draw(st.sampled_from([each for each in HoldingKind if each not in resolved])))


outputs = st.lists(
    st.builds(Output, kind=st.sampled_from(OutputKind), license=st.sampled_from([None, "MIT", *LICENSES])), max_size=3
).map(tuple)
dates = st.sampled_from(["2025-01-01", "2026-06-01", "2026-11-22", "2027-01-01"])


@st.composite
def permissions(draw: st.DrawFn, names: list[str]) -> Permission:
    stated = {
        "dataset": draw(st.sampled_from(names)),
        "grants": draw(st.sampled_from(["commercial-use", "distribution", "derivative-works"])),
        "distributions": draw(st.sampled_from([None, ("1",)])),
        **FULL_GRANT,
        "from": draw(st.sampled_from([OWNER, "My cousin"])),
        "on": (day := draw(dates)),
        "until": draw(st.none() | dates.filter(lambda last: last >= day)),
    }
    return Permission.model_validate(stated)


@st.composite
def agreements(draw: st.DrawFn, names: list[str]) -> Agreement:
    stated = {
        "id": draw(st.sampled_from(["cptac-data-use", "dbgap", "nctn-data-archive", "tcia-restricted-license"])),
        "accession": draw(st.sampled_from([None, "phs004225", "phs002192.v1.p1", "phs000178"])),
        "dataset": draw(st.sampled_from([None, *names])),
        "approved_on": draw(dates),
        **draw(st.dictionaries(st.just("signed_on"), dates)),
        "expires_on": draw(st.none() | dates),
        "evidence": "agreement.pdf",
    }
    return Agreement.model_validate(stated)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    made = [draw(datasets(f"Set-{number}")) for number in range(draw(st.integers(1, 2)))]
    held = [draw(holdings(of)) for of in made]
    held = [item for number, item in enumerate(held) if item.id not in [each.id for each in held[:number]]]
    names = [*(item.name for item in held), "Somebody else's"]
    items = [
        DataItem(other=OtherData(name=item.name)) if item.kind is HoldingKind.OTHER else DataItem(dataset=item.name)
        for item in held
    ]
    use = Use(
        purpose=draw(st.none() | st.sampled_from(Purpose)),
        activities=EVERYTHING,
        outputs=draw(st.none() | outputs),
        country=draw(st.sampled_from([None, "US", "CN"])),
    )
    project = Project(
        use=use,
        positions=Positions.model_validate({"model_is_adaptation": draw(st.sampled_from([None, True, False]))}),
        data=tuple(items),
        permissions=tuple(draw(st.lists(permissions(names), max_size=2))),
        agreements=tuple(draw(st.lists(agreements(names), max_size=2))),
    )
    return Case(project, tuple(made), tuple(held))


def milder_cells(before: Assessment, after: Assessment, at_least: int = 1) -> list[tuple[str, Activity]]:
    """Return what was at least so strict (1 undetermined, 2 prohibited) before, and may be done after."""
    then, now = cells(before), cells(after)
    return [cell for cell in then if strictness(then[cell]) >= at_least and cell in now and strictness(now[cell]) == 0]


@EXAMPLES
@given(cases())
def test_every_assessment_says_why_and_rests_on_what_was_read(case: Case) -> None:
    assert broken_in(case.judged()) == []


@EXAMPLES
@given(cases())
def test_the_same_study_has_the_same_assessment(case: Case) -> None:
    assert case.judged().model_dump_json() == case.judged().model_dump_json()


@EXAMPLES
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_data_and_activities_decides_nothing(case: Case, chance: object) -> None:
    backwards = replace(case, holdings=case.holdings[::-1], datasets=case.datasets[::-1])
    shuffled = backwards.using(activities=EVERYTHING[::-1])
    before, after = case.judged(), shuffled.judged()
    assert cells(before) == cells(after)
    assert (before.verdict, before.exit_code) == (after.verdict, after.exit_code)
    assert {(duty.id, duty.status) for duty in before.duties} == {(duty.id, duty.status) for duty in after.duties}


@EXAMPLES
@given(cases(), st.data())
def test_stating_what_was_left_out_never_makes_a_prohibition_vanish(case: Case, data: st.DataObject) -> None:
    use = case.project.use
    stated = case.using(
        purpose=use.purpose or data.draw(st.sampled_from(Purpose)),
        country=use.country or data.draw(st.sampled_from(["US", "CN"])),
        outputs=use.outputs if use.outputs is not None else data.draw(outputs),
    )
    if case.project.positions.is_adaptation is None:
        stated = stated.stating(positions=Positions.model_validate({"model_is_adaptation": data.draw(st.booleans())}))
    narrowed = [
        item.model_copy(update={"distributions": (data.draw(st.sampled_from(item.distributions)),)})
        if item.distributions
        else item
        for item in case.holdings
    ]
    assert milder_cells(case.judged(), replace(stated, holdings=tuple(narrowed)).judged(), at_least=2) == []


@EXAMPLES
@given(cases())
def test_what_is_open_for_want_of_a_purpose_is_no_stricter_and_no_milder_than_its_two_answers(case: Case) -> None:
    open_, commercial, noncommercial = (
        cells(case.using(purpose=purpose).judged()) for purpose in (None, Purpose.COMMERCIAL, Purpose.NONCOMMERCIAL)
    )
    for cell, verdict in open_.items():
        answers = {strictness(commercial[cell]), strictness(noncommercial[cell])}
        assert min(answers) <= strictness(verdict) <= max(answers) or strictness(verdict) == 1
        assert strictness(verdict) > 0 or answers == {0}


@EXAMPLES
@given(cases())
def test_commercial_use_is_never_judged_more_mildly_than_noncommercial_use(case: Case) -> None:
    commercial = cells(case.using(purpose=Purpose.COMMERCIAL).judged())
    noncommercial = cells(case.using(purpose=Purpose.NONCOMMERCIAL).judged())
    assert [cell for cell in commercial if strictness(commercial[cell]) < strictness(noncommercial[cell])] == []


@EXAMPLES
@given(cases())
def test_taking_evidence_away_never_makes_a_verdict_milder(case: Case) -> None:
    assume(case.project.permissions or case.project.agreements)
    before = cells(case.judged())
    for less in (
        case.stating(permissions=()),
        case.stating(agreements=()),
        case.stating(permissions=(), agreements=()),
    ):
        after = cells(less.judged())
        assert [cell for cell in before if strictness(after[cell]) < strictness(before[cell])] == []


def granted(case: Case, **changes: object) -> Case:
    """Return the same with a full grant of each right in each data item, with these changes."""
    grants = [
        Permission.model_validate({**FULL_GRANT, "dataset": item.dataset or item.name, "grants": right, **changes})
        for item in case.holdings
        for right in ("commercial-use", "distribution", "derivative-works")
    ]
    return case.stating(permissions=tuple(grants))


@EXAMPLES
@given(cases())
def test_a_grant_from_somebody_else_leaves_a_prohibition_open_at_most(case: Case) -> None:
    before = cells(case.stating(permissions=()).judged())
    after = cells(granted(case, **{"from": "My cousin", "on": "2026-01-01"}).judged())
    wrong = (Verdict.PERMITTED, Verdict.CONDITIONAL)
    assert [cell for cell in before if before[cell] is Verdict.PROHIBITED and after[cell] in wrong] == []


@EXAMPLES
@given(cases())
def test_a_grant_from_before_the_data_existed_changes_no_verdict(case: Case) -> None:
    before = cells(case.stating(permissions=()).judged())
    assert cells(granted(case, on="0001-01-01").judged()) == before


def succeeds_another(claim: LicenseClaim, of: Dataset) -> bool:
    """Whether its license has replaced one that is stated there: then it is an answer, and no further doubt."""
    stated = {each.license for one in of.distributions for each in one.claims}
    return any(
        (replaced := licenses()[name].replaced) is not None and replaced.by == claim.license
        for name in stated & set(licenses())
    )


def with_part(of: Dataset, new: Distribution) -> Dataset:
    kept = [new if each.id == new.id else each for each in of.distributions]
    return of.model_copy(update={"distributions": tuple(kept if new in kept else [*kept, new])})


@EXAMPLES
@given(cases(), claims)
def test_a_further_claim_on_a_part_never_settles_what_was_open(case: Case, claim: LicenseClaim) -> None:
    first, *rest = case.datasets
    spoken_for = next((each for each in first.distributions if each.claims), None)
    assume(spoken_for is not None and any(each.scope == "distribution" for each in spoken_for.claims))
    assume(not succeeds_another(claim, first))
    assert spoken_for is not None
    more = with_part(first, spoken_for.model_copy(update={"claims": (*spoken_for.claims, claim)}))
    doubtful = replace(case, datasets=(more, *rest))
    assert milder_cells(case.judged(), doubtful.judged()) == []


@EXAMPLES
@given(cases(), claims_of_parts)
def test_a_further_part_that_may_be_held_never_settles_what_was_open(case: Case, claimed: list[LicenseClaim]) -> None:
    first, *rest = case.datasets
    assume(not any(succeeds_another(claim, first) for claim in claimed))
    more = with_part(first, part("9", *claimed))
    held = [
        item.model_copy(update={"distributions": (*item.distributions, "9")})
        if item.dataset == first.id and item.distributions
        else item
        for item in case.holdings
    ]
    doubtful = replace(case, datasets=(more, *rest), holdings=tuple(held))
    assert milder_cells(case.judged(), doubtful.judged()) == []


@EXAMPLES
@given(cases())
def test_data_beside_other_data_are_judged_as_they_are_alone(case: Case) -> None:
    together = cells(case.judged())
    alone = [cells(replace(case, holdings=(item,)).judged()) for item in case.holdings]
    assert together == reduce(lambda one, two: {**one, **two}, alone)


@EXAMPLES
@given(cases())
def test_an_activity_beside_others_is_judged_as_it_is_alone(case: Case) -> None:
    together = cells(case.judged())
    for activity in (Activity.ANALYZE, Activity.RELEASE_MODEL, Activity.REDISTRIBUTE_DATA):
        alone = cells(case.using(activities=(activity,)).judged())
        assert alone == {cell: verdict for cell, verdict in together.items() if cell[1] is activity}


def test_every_verdict_occurs() -> None:
    seen = set()
    for license_id, purpose in product(LICENSES, Purpose):
        use = Use(purpose=purpose, activities=EVERYTHING, country="US")
        project = Project(use=use, data=(DataItem(other=OtherData(name="X")),))
        seen |= set(cells(judge(project, [other("X", license_id)])).values())
    assert seen == set(Verdict)
