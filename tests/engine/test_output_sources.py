"""What an output comes from: the lists, what one that is left out may hold, and entries that lead nowhere."""

from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest

from tcia_policy.engine.output_sources import activities_on, check_lists, lineage_of, sources_of
from tcia_policy.errors import InputError
from tcia_policy.model import Activity, Assessment, Holding, OtherKind, Output, OutputKind, Verdict
from tests.engine.small import cells, judge, other, project

LISTS = ("trained_on", "tested_on", "base_model", "made_with")


def item(name: str, license_: str = "CC-BY-4.0", content: OtherKind = OtherKind.DATASET) -> Holding:
    return other(f"{name} of elsewhere", license_).model_copy(update={"id": name, "item": name, "content": content})


DATA = item("data")
BLOCKED = item("blocked", "LicenseRef-internal")
WEIGHTS = item("weights", "CC-BY-NC-SA-4.0", OtherKind.MODEL)
TOOL = item("tool", "MIT", OtherKind.SOFTWARE)
EVERY = (DATA, BLOCKED, WEIGHTS, TOOL)
NAMES = [each.id for each in EVERY]


def model(**lists: Sequence[str]) -> Output:
    return Output.model_validate({"kind": "model", "license": "Apache-2.0", **lists})


def judged(output: Output, held: Sequence[Holding] = EVERY, adapts: str = "false") -> Assessment:
    stated = project(
        f"use: {{purpose: noncommercial, activities: [train-model, release-model], country: US}}\n"
        f"positions: {{model-is-adaptation: {adapts}}}",
        held,
    )
    use = stated.use.model_copy(update={"outputs": (output,)})
    return judge(stated.model_copy(update={"use": use}), held)


def test_without_lists_an_output_comes_from_all_data_in_every_way() -> None:
    found = sources_of(model(), EVERY)
    assert [found.material, found.base, found.tools] == [{*NAMES}, {"weights"}, {"weights", "tool"}]


def test_a_list_that_is_left_out_beside_others_counts_as_all_that_it_can_hold() -> None:
    assert sources_of(model(trained_on=["data"]), EVERY).all == {"data", "weights", "tool"}
    assert sources_of(model(base_model=["weights"]), EVERY).material == set(NAMES)
    assert sources_of(model(tested_on=["data"]), EVERY).material == set(NAMES)


def test_lists_that_are_stated_hold_what_they_say() -> None:
    found = sources_of(model(trained_on=["data"], tested_on=["blocked"], base_model=[], made_with=["tool"]), EVERY)
    assert [found.material, found.base, found.tools] == [{"data"}, set(), {"tool"}]


def test_the_lineage_has_what_the_project_lists_and_nothing_of_a_list_that_is_left_out() -> None:
    assert not any(lineage_of(model(), EVERY).model_dump().values())
    found = lineage_of(model(trained_on=["weights", "data"], tested_on=["blocked"]), EVERY)
    assert found.trained_on == ("data", "weights")
    assert found.tested_on == ("blocked",)
    assert found.base_model == found.made_with == ()
    assert judged(model(trained_on=["data"])).clearance.outputs[0].lineage.trained_on == ("data",)


@pytest.mark.parametrize("entry", ["luad", "CPTAC-LUAD", "cptac luad", "cohort/luad.csv", "cohort", "cohort/"])
def test_an_entry_is_an_id_a_dataset_or_what_the_item_names(entry: str) -> None:
    held = item("luad").model_copy(update={"dataset": "CPTAC-LUAD", "items": ("cohort/luad.csv",)})
    assert sources_of(model(trained_on=[entry]), (held, DATA)).material == {"luad"}


def test_an_id_comes_before_a_name() -> None:
    held = DATA.model_copy(update={"id": "first", "item": None, "name": "second"})
    assert sources_of(model(trained_on=["second"]), (held, item("second"))).material == {"second"}


@pytest.mark.parametrize(
    ("lists", "problem", "hint"),
    [
        ({"trained_on": ["dta"]}, "'dta' is no item of `data`", "did you mean 'data'?"),
        ({"made_with": ["data", "elsewhere"]}, "'elsewhere' is no item of `data`", "'weights'"),
    ],
)
def test_an_entry_that_leads_nowhere_is_an_error(lists: dict[str, list[str]], problem: str, hint: str) -> None:
    stated = project("", EVERY)
    use = stated.use.model_copy(update={"outputs": (model(**lists),)})
    with pytest.raises(InputError) as caught:
        check_lists(stated.model_copy(update={"use": use}), EVERY)
    assert problem in str(caught.value)
    assert hint in str(caught.value)


@pytest.mark.parametrize("kind", [kind for kind in OutputKind if kind is not OutputKind.MODEL])
def test_only_models_are_trained(kind: OutputKind) -> None:
    for name in ("trained_on", "tested_on", "base_model"):
        with pytest.raises(ValueError, match=f"`{name}` does not fit {kind.value}; use made_from or made_with"):
            Output.model_validate({"kind": kind, name: ["data"]})
    with pytest.raises(ValueError, match="`made_from` does not fit model"):
        Output.model_validate({"kind": "model", "made_from": ["data"]})


def test_what_an_output_does_not_come_from_is_judged_for_what_is_done_with_it() -> None:
    output = model(trained_on=["data"], tested_on=["blocked"], base_model=[], made_with=[])
    stated = project("use: {activities: [train-model, release-model]}", EVERY)
    use = stated.use.model_copy(update={"outputs": (output,)})
    found = activities_on(stated.model_copy(update={"use": use}), (Activity.TRAIN_MODEL, Activity.RELEASE_MODEL), EVERY)
    assert found["data"] == (Activity.TRAIN_MODEL, Activity.RELEASE_MODEL)
    assert found["blocked"] == (Activity.TRAIN_MODEL,)


def test_data_that_nothing_is_done_with_were_analyzed_all_the_same() -> None:
    output = model(trained_on=["data"], tested_on=["blocked"], base_model=[], made_with=[])
    stated = project("use: {activities: [release-model]}", EVERY)
    use = stated.use.model_copy(update={"outputs": (output,)})
    found = activities_on(stated.model_copy(update={"use": use}), (Activity.RELEASE_MODEL,), EVERY)
    assert found["blocked"] == (Activity.EVALUATE,)
    assert found["tool"] == (Activity.ANALYZE,)


def test_one_blocked_item_blocks_what_comes_from_it_and_nothing_else() -> None:
    free = judged(model(trained_on=["data"], tested_on=["blocked"], base_model=[], made_with=["tool"]))
    bound = judged(model(trained_on=["data", "blocked"], base_model=[], made_with=["tool"]))
    assert ("blocked", Activity.RELEASE_MODEL) not in cells(free)
    assert cells(free)["data", Activity.RELEASE_MODEL] is Verdict.PERMITTED
    assert not [each for each in free.clearance.outputs[0].objections if each.holding == "blocked"]
    assert [each for each in bound.clearance.outputs[0].objections if each.holding == "blocked"]


def subsets() -> Iterator[tuple[str, ...]]:
    for size in range(len(NAMES) + 1):
        yield from combinations(NAMES, size)


def severity(output: Output, adapts: str) -> tuple[int, bool]:
    (found,) = judged(output, adapts=adapts).clearance.outputs
    return found.verdict.severity, not found.cleared


@pytest.mark.parametrize("adapts", ["true", "false", "null"])
def test_a_further_item_in_a_list_never_clears_an_output(adapts: str) -> None:
    for name in LISTS:
        start = {"trained_on": ["data"], "base_model": [], "made_with": []}
        known = {
            chosen: severity(model(**{**start, name: [*chosen]}), adapts)
            for chosen in subsets()
            if chosen or name != "trained_on"
        }
        for chosen, bound in known.items():
            for more in set(NAMES) - set(chosen):
                wider = tuple(each for each in NAMES if each in {*chosen, more})
                assert known[wider] >= bound, f"{name}: {more} beside {chosen}"


@pytest.mark.parametrize("adapts", ["true", "false", "null"])
def test_to_leave_the_lists_out_is_never_better_than_to_list_all_that_they_can_hold(adapts: str) -> None:
    for held in ((DATA,), (DATA, WEIGHTS), (DATA, TOOL), EVERY):
        names = [each.id for each in held]
        models = [each.id for each in held if each.content is OtherKind.MODEL]
        listed = model(trained_on=names, base_model=models, made_with=names[1:])
        silent, stated = judged(model(), held, adapts), judged(listed, held, adapts)
        assert silent.clearance.outputs[0].verdict.severity >= stated.clearance.outputs[0].verdict.severity
