"""A walk over the vocabulary: every license, access, route, purpose, activity and output, and what must hold of all.

The property tests judge studies made up by chance; here nothing is left to chance.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import pairwise, product
from pathlib import Path
from typing import NamedTuple

import pytest

from tcia_policy.cohorts.distributions import IDC_INDEX
from tcia_policy.engine.scenarios import assess_scenario, load_scenarios
from tcia_policy.errors import InputError
from tcia_policy.model import (
    Access,
    Activity,
    Agreement,
    Assessment,
    CopyClaim,
    DataItem,
    Dataset,
    Holding,
    HoldingKind,
    License,
    LicenseFamily,
    Output,
    OutputKind,
    Permission,
    Positions,
    Project,
    Purpose,
    Route,
    Use,
    Verdict,
    WordOf,
)
from tcia_policy.registry import Registry
from tcia_policy.registry.repository_terms import load_copies, load_open_places
from tcia_policy.rules.compatibility import outputs_of
from tcia_policy.rules.rulebook import Rule, RuleBook, load_rules
from tests.engine.invariants import broken_in, strictness
from tests.engine.small import (
    FULL_GRANT,
    INTERNAL,
    NIH,
    cells,
    copies,
    dataset,
    holding,
    judge,
    known_data,
    licenses,
    of_elsewhere,
    own,
    part,
    rules,
    unresolved,
)

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def of_each_kind() -> list[str]:
    """Return the identifiers of licenses of which no two say the same; those that rules name are all there."""
    named = {
        word for rule in rules().rules for test in rule.tests if test.fact.name == "license.id" for word in test.values
    }
    found: dict[tuple[object, ...], str] = {}
    for license_id, each in sorted(licenses().items()):
        terms = (each.family, each.terms_known, each.access, each.permits, each.requires, each.prohibits)
        found.setdefault((*terms, license_id if license_id in named else ""), license_id)
    return sorted(found.values())


DATA_LICENSES = (None, *of_each_kind(), INTERNAL)
# One of each kind of ruling that CC's charts can give.
OUTPUT_LICENSES = (None, "MIT", "CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-SA-4.0", "CC0-1.0", INTERNAL)
COPIES = (OutputKind.DATASET_COPY,)
PURPOSES = (None, *Purpose)
# No rule names one of these places, so one of them stands for all.
UNNAMED = (Route.CDAS, Route.KAGGLE, Route.HUGGING_FACE, Route.ZENODO, Route.FDAT, Route.SYNAPSE)
UNNAMED_TOO = (Route.GRAND_CHALLENGE, Route.GITHUB, Route.AWS, Route.INSTITUTION)
ROUTES = tuple(route for route in Route if route not in (*UNNAMED, *UNNAMED_TOO) or route is Route.KAGGLE)


class At(NamedTuple):
    """One step of the walk. `kind` is the output stated for the activity, `None` where none is."""

    license: str | None
    access: Access | None
    route: Route
    purpose: Purpose | None
    activity: Activity
    kind: OutputKind | None = None
    output: str | None = None


def made_of(license_id: str | None, access: Access | None) -> Dataset:
    return dataset("Made-Up", part("1", *([] if license_id is None else [own(license_id, access)])))


def held(of: Dataset) -> list[Holding]:
    return [holding(of, route=route, id_=route.value) for route in ROUTES]


def study(purpose: Purpose | None, activities: tuple[Activity, ...], *outputs: Output, **more: object) -> Project:
    use = Use(purpose=purpose, activities=activities, outputs=outputs or None, country="US")
    return Project(use=use, data=(DataItem(dataset="any"),), **more)


# Each kind is released by activities of its own, but for derived data, of which one activity releases three kinds.
TOGETHER = (
    (
        OutputKind.DATASET_COPY,
        OutputKind.DERIVED_IMAGES,
        OutputKind.MODEL,
        OutputKind.FIGURES,
        OutputKind.ARTICLE,
    ),
    (OutputKind.SEGMENTATIONS,),
    (OutputKind.FEATURES,),
)


def releasing(kinds: tuple[OutputKind, ...]) -> dict[Activity, OutputKind]:
    return {activity: kind for activity in Activity for kind in kinds if kind in outputs_of(activity)}


def without_outputs() -> Iterator[tuple[At, Project, Dataset, list[Holding]]]:
    """Every license, access, route, purpose and activity."""
    for license_id, access, purpose in product(DATA_LICENSES, (None, *Access), PURPOSES):
        if license_id is not None or access is None:
            made = made_of(license_id, access)
            start = At(license_id, access, Route.TCIA, purpose, Activity.ANALYZE)
            yield start, study(purpose, tuple(Activity)), made, held(made)


def with_outputs() -> Iterator[tuple[At, Project, Dataset, list[Holding]]]:
    """Every license, purpose, kind of output and license of it."""
    for license_id, purpose, kinds, output in product(DATA_LICENSES, PURPOSES, TOGETHER, OUTPUT_LICENSES):
        made = made_of(license_id, None)
        start = At(license_id, None, Route.TCIA, purpose, Activity.ANALYZE, kinds[0], output)
        outputs = [Output(kind=kind, license=output) for kind in kinds]
        stated = study(purpose, tuple(releasing(kinds)), *outputs)
        yield start, stated, made, [holding(made, id_=Route.TCIA.value)]


@cache
def walked() -> tuple[Mapping[At, Verdict], tuple[str, ...], frozenset[str]]:
    """Return the verdict of every step, every invariant that did not hold, and the rules that spoke."""
    verdicts: dict[At, Verdict] = {}
    broken: list[str] = []
    spoke: set[str] = set()
    for start, project, made, holdings in (*without_outputs(), *with_outputs()):
        assessment = judge(project, holdings, [made])
        broken += [f"{start}: {each}" for each in broken_in(assessment)]
        spoke |= spoken_in(assessment)
        kinds = releasing(tuple(output.kind for output in project.use.outputs or ()))
        for cell in assessment.verdicts:
            step = start._replace(route=Route(cell.holding), activity=cell.activity, kind=kinds.get(cell.activity))
            verdicts[step] = cell.verdict
    return verdicts, tuple(broken), frozenset(spoke)


def spoken_in(assessment: Assessment) -> set[str]:
    return {finding.rule for finding in assessment.findings} | {duty.rule for duty in assessment.duties}


def milder(step: At, other: At) -> bool:
    """Whether the first is judged more mildly than the second."""
    verdicts, _, _ = walked()
    return strictness(verdicts[step]) < strictness(verdicts[other])


def test_no_rule_and_no_terms_tell_the_places_apart_for_which_one_stands() -> None:
    named = {
        value
        for rule in rules().rules
        for test in (*rule.tests, *rule.unless_tests)
        if test.fact.name == "holding.obtained_from"
        for value in test.values
    }
    assert named.isdisjoint(route.value for route in (*UNNAMED, *UNNAMED_TOO))
    assert load_open_places().isdisjoint((*UNNAMED, *UNNAMED_TOO))
    assert set(load_copies()).isdisjoint((*UNNAMED, *UNNAMED_TOO))


def test_the_walk_is_total_every_step_has_one_verdict_and_a_rule_and_a_source_behind_it() -> None:
    verdicts, broken, _ = walked()
    assert broken == ()
    accesses = len(DATA_LICENSES) * 3 - 2  # where no license is stated, no access is
    plain = accesses * len(PURPOSES) * len(ROUTES) * len(Activity)
    released = sum(len(releasing(kinds)) for kinds in TOGETHER)
    assert len(verdicts) == plain + len(DATA_LICENSES) * len(PURPOSES) * len(OUTPUT_LICENSES) * released
    assert len(verdicts) > 15_000
    assert set(verdicts.values()) == set(Verdict) - {Verdict.PERMITTED}  # whoever uses TCIA's data owes a citation


def test_nothing_is_allowed_that_no_term_grants() -> None:
    verdicts, _, _ = walked()
    wrong = [
        step
        for step, verdict in verdicts.items()
        if strictness(verdict) == 0 and not ((granting := licenses().get(step.license or "")) and granting.permits)
    ]
    assert wrong == []


def test_what_excludes_commercial_use_is_never_allowed_or_left_open_for_it() -> None:
    verdicts, _, _ = walked()
    wrong = [
        step
        for step, verdict in verdicts.items()
        if step.purpose is Purpose.COMMERCIAL
        and (stated := licenses().get(step.license or "")) is not None
        and "commercial-use" in stated.prohibits
        and verdict is not Verdict.PROHIBITED
    ]
    assert wrong == []


def test_commercial_use_is_never_judged_more_mildly_and_no_purpose_never_more_mildly_than_either() -> None:
    verdicts, _, _ = walked()
    wrong = []
    for step in (step for step in verdicts if step.purpose is None):
        commercial, noncommercial = (step._replace(purpose=purpose) for purpose in Purpose)
        both = {strictness(verdicts[commercial]), strictness(verdicts[noncommercial])}
        if milder(commercial, noncommercial):
            wrong.append((step, "commercial"))
        if strictness(verdicts[step]) != (both.pop() if len(both) == 1 else 1):
            wrong.append((step, "not stated"))
    assert wrong == []


def test_controlled_access_is_never_judged_more_mildly_than_open_access() -> None:
    verdicts, _, _ = walked()
    closed = [step for step in verdicts if step.access is Access.CONTROLLED]
    assert closed
    assert [step for step in closed if milder(step, step._replace(access=Access.OPEN))] == []
    assert {verdicts[step] for step in closed if step.route is Route.TCIA} == {Verdict.PROHIBITED}


def restricts_no_more(one: License, other: License) -> bool:
    """Whether everything that `one` asks and forbids is asked and forbidden by `other`, and it grants no less."""
    return (
        set(one.requires) <= set(other.requires)
        and set(one.prohibits) <= set(other.prohibits)
        and set(other.permits) <= set(one.permits)
    )


def test_a_more_restrictive_license_is_never_judged_more_mildly() -> None:
    """Over CC's licenses. A license stated for an output is left aside where it can be the very one that the data ask
    for: copies under it, and adaptations of ShareAlike data."""
    verdicts, _, _ = walked()
    by_cc = [each for each in licenses().values() if each.family is LicenseFamily.CREATIVE_COMMONS]
    # NoDerivatives before 4.0 grants no adaptations that are kept either, which its terms in ccREL do not show.
    described = [each for each in by_cc if "-ND-" not in each.id or each.version == "4.0"]
    described = [each for each in described if each.id in DATA_LICENSES]
    pairs = [(one, other) for one, other in product(described, described) if restricts_no_more(one, other)]
    assert len(pairs) > len(described)
    wrong = []
    for step in (step for step in verdicts if step.license in {each.id for each in described}):
        stricter = [other for one, other in pairs if one.id == step.license]
        asked_for = step.kind in COPIES or any("share-alike" in each.requires for each in stricter)
        for other in stricter:
            beyond = step._replace(license=other.id)
            if milder(beyond, step) and not (step.kind is not None and asked_for):
                wrong.append((step, other.id))
    assert wrong == []


def test_an_unknown_license_is_never_judged_more_mildly_than_a_known_one_that_forbids_nothing() -> None:
    verdicts, _, _ = walked()
    unknown = [step for step in verdicts if step.license in (None, INTERNAL, "LicenseRef-proprietary")]
    assert {strictness(verdicts[step]) for step in unknown} <= {1, 2}


MORE_STATED: dict[str, dict[str, object]] = {
    "position true": {"positions": Positions.model_validate({"model_is_adaptation": True})},
    "position false": {"positions": Positions.model_validate({"model_is_adaptation": False})},
}


@pytest.mark.parametrize("more", [*MORE_STATED, "country CN", "country DE", "outputs"])
def test_a_fact_that_is_added_never_lifts_a_prohibition(more: str) -> None:
    wrong = []
    for license_id, purpose in product(DATA_LICENSES[1:], PURPOSES):
        made = made_of(license_id, None)
        plain = study(purpose, tuple(Activity))
        stated = study(purpose, tuple(Activity), **MORE_STATED.get(more, {}))
        if more.startswith("country"):
            plain = plain.model_copy(update={"use": plain.use.model_copy(update={"country": None})})
            stated = stated.model_copy(update={"use": stated.use.model_copy(update={"country": more.split()[1]})})
        if more == "outputs":
            outputs = tuple(Output(kind=kind, license=license_id) for kind in OutputKind)
            stated = study(purpose, tuple(Activity), *outputs)
        before, after = (cells(judge(each, [holding(made)], [made])) for each in (plain, stated))
        wrong += [
            (license_id, purpose, cell)
            for cell in before
            if before[cell] is Verdict.PROHIBITED and after[cell] is not Verdict.PROHIBITED
        ]
    assert wrong == []


GRANTS = ("commercial-use", "distribution", "derivative-works")
AGREEMENTS = ("cptac-data-use", "dbgap", "nctn-data-archive", "tcia-restricted-license")


def evidence() -> Iterator[dict[str, object]]:
    for grant in GRANTS:
        grants = {**FULL_GRANT, "dataset": "Made-Up", "grants": grant, "on": "2026-01-01"}
        yield {"permissions": (Permission.model_validate(grants),)}
    for id_, accession in product(AGREEMENTS, (None, "phs004225")):
        stated = {"id": id_, "approved_on": "2026-06-01", "expires_on": "2027-05-31", "evidence": "x.pdf"}
        yield {"agreements": (Agreement.model_validate({**stated, "accession": accession}),)}


def test_evidence_never_makes_a_verdict_stricter_than_open_and_lifts_only_what_the_finding_shows() -> None:
    """Evidence may open a question of its own (an approval, and no word on images), but it never forbids."""
    wrong = []
    lifted = 0
    for license_id, purpose in product(DATA_LICENSES[1:], Purpose):
        made = made_of(license_id, None)
        before = judge(study(purpose, tuple(Activity)), [holding(made)], [made])
        for more in evidence():
            after = judge(study(purpose, tuple(Activity), **more), [holding(made)], [made])
            shown = {(activity, each.rule) for each in after.findings if each.lifted_by for activity in each.activities}
            for (_, activity), verdict in cells(before).items():
                now = cells(after)[before.holdings[0].id, activity]
                if strictness(now) > strictness(verdict):
                    wrong.append((license_id, purpose, activity, more, "stricter"))
                if verdict is Verdict.PROHIBITED and now is not verdict:
                    lifted += 1
                    if not any(act is activity for act, _ in shown):
                        wrong.append((license_id, purpose, activity, more, "not shown"))
    assert wrong == []
    assert lifted > 0


@cache
def spoken_in_scenarios() -> frozenset[str]:
    registry = Registry.load()
    spoke: set[str] = set()
    for path in sorted(SCENARIOS.glob("*.yaml")):
        for located in load_scenarios(path, rules()):
            if located.project is None:
                continue
            try:
                assessment = assess_scenario(located, registry, rules(), asking=False)
            except InputError:
                continue
            spoke |= spoken_in(assessment)
    return frozenset(spoke)


def is_of_manuscript(rule: Rule) -> bool:
    """Whether it waits for what only a manuscript, a release or a license file shows, of which scenarios have none."""
    return any(test.fact.name.startswith(("manuscript.", "outputs.", "release_folder.")) for test in rule.tests)


def spoken_of_what_no_project_file_can_say() -> set[str]:
    """Return what a selection can resolve to beside datasets and data on the user's word."""
    made = made_of("CC-BY-4.0", None)
    resolved = (HoldingKind.DATASET, HoldingKind.OTHER)
    of_selections = [unresolved(kind) for kind in HoldingKind if kind not in resolved]
    in_idc = dataset("In IDC", part("1", own("CC-BY-4.0"), own("CC-BY-4.0").model_copy(update={"source": IDC_INDEX})))
    of_rows = CopyClaim(license="CC-BY-3.0", source="metadata.csv, whose rows say 'CC BY 3.0'", in_rows=True)
    said: tuple[dict[str, object], ...] = (
        {"named_otherwise": "Another"},
        {"rows_name": ("Another",), "copy_claims": (of_rows,)},
        {"on_word_of": WordOf.ROWS},
        {"on_word_of": WordOf.FILE_NAME},
        {"on_word_of": WordOf.PATIENTS},
        {"on_word_of": WordOf.STUDIES},
    )
    named = [holding(each).model_copy(update=update) for each in (made, in_idc) for update in said]
    stated = study(None, tuple(Activity))
    spoke = spoken_in(judge(stated, [*of_selections, *named], [made, in_idc]))
    return spoke | spoken_of_a_controlled_part_elsewhere(stated) | spoken_of_derived_images(stated)


def spoken_of_derived_images(stated: Project) -> set[str]:
    """Return what is said of images made from sources whose terms travel. The registry has no such dataset."""
    origins = [dataset("Shut", part("1", own("CC-BY-NC-4.0"))), dataset("Shared", part("1", own("CC-BY-SA-4.0")))]
    images = part("1", own("CC-BY-4.0")).model_copy(update={"data_types": ("CT",)})
    made = dataset("Made", images, derived_from=[each.id for each in origins])
    commercial = stated.use.model_copy(update={"purpose": Purpose.COMMERCIAL})
    sold = stated.model_copy(update={"use": commercial})
    return spoken_in(judge(sold, [holding(made)], [made, *origins]))


def spoken_of_a_controlled_part_elsewhere(stated: Project) -> set[str]:
    """Return what is said of a part that GDC keeps, if its terms were known to be NIH's. They are not recorded."""
    made = dataset("CPTAC-PDA", part("1", own("CC-BY-4.0")), program="CPTAC")
    terms = copies()[Route.PDC].model_copy(update={"route": Route.GDC, "license": NIH})
    known = replace(known_data([made]), copies={Route.GDC: terms})
    return spoken_in(judge(stated, [of_elsewhere(made, Route.GDC)], known))


def test_no_rule_can_never_speak_each_does_in_the_walk_or_in_a_whole_case() -> None:
    _, _, in_walk = walked()
    heard = in_walk | spoken_in_scenarios() | spoken_of_what_no_project_file_can_say()
    assert [rule.id for rule in rules().rules if rule.id not in heard and not is_of_manuscript(rule)] == []


def reversed_book() -> RuleBook:
    return replace(rules(), rules=rules().rules[::-1])


def test_no_two_rules_contradict_without_an_order_between_them() -> None:
    """The order is that of verdicts, the worst first, and nothing else: not that of files, lines or evaluation."""
    assert len({verdict.severity for verdict in Verdict}) == len(Verdict)
    contradicting = 0
    for license_id, purpose in product(DATA_LICENSES[1:], PURPOSES):
        made = made_of(license_id, None)
        outputs = [Output(kind=kind, license="CC-BY-4.0") for kind in OutputKind]
        stated = study(purpose, tuple(Activity), *outputs)
        first, second = (judge(stated, held(made)[:3], [made], book=book) for book in (rules(), reversed_book()))
        assert cells(first) == cells(second)
        assert first.verdict is second.verdict
        owed = [
            {(duty.rule, duty.text, duty.required, duty.status, duty.activities) for duty in each.duties}
            for each in (first, second)
        ]
        assert owed[0] == owed[1]
        of_cells: dict[tuple[str | None, Activity], set[Verdict]] = {}
        for finding in first.findings:
            if finding.verdict is not None and finding.lifted_by is None:
                for activity in finding.activities:
                    of_cells.setdefault((finding.holding, activity), set()).add(finding.verdict)
        for cell, said in of_cells.items():
            contradicting += len(said) > 1
            worst = max(said, key=lambda verdict: verdict.severity)
            if cell[0] is not None and worst is not Verdict.PERMITTED:
                assert cells(first)[cell[0], cell[1]] is worst
    assert contradicting > 100


def test_evidence_for_one_rule_lifts_no_other_rule() -> None:
    """Each rule names its own evidence: a grant of commercial use leaves controlled access as it was."""
    made = made_of(NIH, None)
    stated = study(Purpose.COMMERCIAL, (Activity.ANALYZE,), **next(evidence()))
    assert set(cells(judge(stated, [holding(made)], [made])).values()) == {Verdict.PROHIBITED}


def chains() -> list[tuple[Rule, ...]]:
    """Every rule that has been replaced, with those that came after it one after the other."""
    book = rules()
    last = [rule for rule in book.rules if not any(each.text.replaces == rule.id for each in book.rules)]
    return [history for rule in last if len(history := book.history_of(rule)) > 1]


@pytest.mark.parametrize("chain", chains(), ids=lambda chain: chain[-1].id)
def test_of_the_versions_of_a_rule_exactly_one_is_in_force_on_every_day(chain: tuple[Rule, ...]) -> None:
    for earlier, later in pairwise(chain):
        until, since = earlier.text.in_force.until, later.text.in_force.from_
        assert until is not None
        assert since == until + timedelta(days=1)
    borders = [each.text.in_force.from_ for each in chain if each.text.in_force.from_ is not None]
    for day in (near for border in borders for near in (border - timedelta(days=1), border)):
        assert len([each for each in chain if day in each.text.in_force]) == 1
    assert chain[-1].text.in_force.until is None


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (date(2021, 4, 18), "tcia-analysis-center-review"),
        (date(2021, 4, 19), "tcia-analysis-center-attribute-2021"),
        (date(2024, 5, 7), "tcia-analysis-center-attribute-2021"),
        (date(2024, 5, 8), "tcia-analysis-center-attribute"),
        (date(2026, 11, 22), "tcia-analysis-center-attribute"),
    ],
)
def test_the_duties_of_a_mirror_are_those_of_the_day(day: date, rule: str) -> None:
    made = made_of("CC-BY-4.0", None)
    stated = study(Purpose.NONCOMMERCIAL, (Activity.HOST_ACCESS,))
    owed = {duty.rule for duty in judge(stated, [holding(made)], [made], as_of=day).duties}
    (chain,) = [each for each in chains() if each[-1].id == "tcia-analysis-center-attribute"]
    assert owed & {each.id for each in chain} == {rule}


def test_a_rule_that_does_not_follow_the_one_it_replaces_is_refused(tmp_path: Path) -> None:
    policy = "policy: {id: house, title: House rules, url: https://example.org/rules, as_of: 2026-11-22}\nrules:\n"
    rule = """    title: A wording
    applies_to: {dataset.program: CPTAC}
    note: true
    because: So it was.
    reference: {title: Minutes, url: https://example.org/minutes, as_of: 2026-11-01}
    examples:
      - {given: {dataset.program: CPTAC}, expect: note}
      - {given: {dataset.program: TCGA}, expect: silent}
"""

    def load(replaced: str, since: str) -> RuleBook:
        first = f"  - id: first\n    in_force: {{until: 2025-12-31}}\n{rule}"
        second = f"  - id: second\n    replaces: {replaced}\n    in_force: {{from: {since}}}\n{rule}"
        (tmp_path / "house.yaml").write_text(policy + first + second, encoding="utf-8")
        return load_rules(tmp_path)

    book = load("first", "2026-01-01")
    assert [rule.id for rule in book.history_of(book.get("first"))] == ["first", "second"]
    for since in ("2025-12-31", "2026-01-02"):
        with pytest.raises(InputError, match="which it replaces, until 2025-12-31"):
            load("first", since)
    with pytest.raises(InputError, match="replaces the rule 'nobody', which does not exist"):
        load("nobody", "2026-01-01")


def test_no_rule_uses_an_abbreviation_that_stands_for_two_things() -> None:
    """DAC is a Data Analysis Center at TCIA and a Data Access Committee at NIH."""
    texts = {rule.id: f"{rule.text.title} {rule.text.because} {rule.text.remedy}" for rule in rules().rules}
    assert [id_ for id_, text in texts.items() if "DAC" in text.replace("DACs page", "").split()] == []


def test_what_is_known_by_hearsay_decides_nothing() -> None:
    deciding = [rule for rule in rules().rules if rule.verdict in (Verdict.PERMITTED, Verdict.PROHIBITED)]
    assert [rule.id for rule in deciding if not rule.text.reference.supports(rule.text.verdict or "permitted")] == []
    unread = [rule.id for rule in deciding if not rule.text.reference.is_official]
    assert unread == ["nih-controlled-parts-elsewhere", "nih-controlled-data-from-elsewhere"]  # safeguards, as they say
