"""Rule files: what loading refuses, and where it says the mistake is; and what must hold of the rules that ship."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.engine.examples import ExampleResult, run_examples
from tcia_policy.engine.use_facts import value_at
from tcia_policy.errors import InputError
from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Authority, DataItem, DutyKind, Project, Verdict
from tcia_policy.registry import load_licenses
from tcia_policy.rules.rulebook import Rule, load_rules
from tests.engine.small import licenses, rules

POLICY = """policy: {id: house, title: House rules, url: https://example.org/rules, as_of: 2026-11-22}
rules:
"""
RULE = """  - id: no-products
    title: No products here
    applies_to: {dataset.program: CPTAC}
    when: {use.activity: use-in-product}
    verdict: prohibited
    unless: {permission.grants: commercial-use}
    because: The board of {dataset.name} decided so.
    remedy: Ask {dataset.contacts}.
    reference: {title: Minutes, section: "3", url: https://example.org/minutes, authority: instrument, reading: full}
    examples:
      - {given: {dataset.program: CPTAC, use.activity: use-in-product}, expect: prohibited}
      - {given: {dataset.program: TCGA, use.activity: use-in-product}, expect: silent}
"""


def write(folder: Path, text: str, name: str = "house.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> InputError:
    write(folder, text)
    with pytest.raises(InputError) as raised:
        load_rules(folder)
    return raised.value


def changed(old: str, new: str) -> str:
    assert old in RULE
    return POLICY + RULE.replace(old, new)


def test_a_rule_file_that_is_in_order_loads(tmp_path: Path) -> None:
    write(tmp_path, POLICY + RULE)
    (rule,) = load_rules(tmp_path).rules
    assert (rule.id, rule.verdict, rule.policy.id, rule.line) == ("no-products", Verdict.PROHIBITED, "house", 3)


def test_files_without_rules_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "papers: []\n", "papers.yaml")
    write(tmp_path, POLICY + RULE)
    assert len(load_rules(tmp_path).rules) == 1


def test_the_version_changes_with_the_text(tmp_path: Path) -> None:
    write(tmp_path, POLICY + RULE)
    before = load_rules(tmp_path).version
    assert load_rules(tmp_path).version == before
    write(tmp_path, changed("No products here", "No products, please"))
    assert load_rules(tmp_path).version != before


@pytest.mark.parametrize(
    ("text", "line", "field", "problem"),
    [
        (changed("dataset.program", "dataset.programme"), 5, "rules[0].applies_to", "did you mean 'dataset.program'?"),
        (changed("use-in-product}\n    verdict", "use-in-produkt}\n    verdict"), 6, "rules[0].when", "cannot be"),
        (
            changed("{permission.grants: commercial-use}", "{use.purpose: noncommercial}"),
            8,
            "rules[0].unless",
            "'use.purpose' is not evidence; only evidence can lift a rule",
        ),
        (
            changed("{permission.grants: commercial-use}", "{any: [{not: {position.model-is-adaptation: true}}]}"),
            8,
            "rules[0].unless",
            "'position.model-is-adaptation' is not evidence",
        ),
        (changed("{dataset.name}", "{dataset.nam}"), 9, "rules[0].because", "unknown placeholder {dataset.nam}"),
        (changed("{dataset.contacts}", "{whom}"), 10, "rules[0].remedy", "unknown placeholder {whom}"),
        (
            changed("authority: instrument", "authority: third-party-copy"),
            3,
            "rules[0]",
            "its reference (third party copy) cannot support the verdict 'prohibited'",
        ),
        (
            changed("reading: full", "reading: part").replace("verdict: prohibited", "verdict: permitted"),
            3,
            "rules[0]",
            "its reference (instrument, read in part) cannot support the verdict 'permitted'",
        ),
        (changed("instrument", "hearsay"), 11, "rules[0].reference.authority", "'hearsay'"),
        (changed("url: https://example.org/minutes, ", ""), 3, "rules[0]", "url"),
        (changed("title: Minutes, ", ""), 11, "rules[0].reference.title", "missing"),
        (changed("    because: The board of {dataset.name} decided so.\n", ""), 3, "rules[0].because", "missing"),
        (changed("verdict: prohibited", "verdict: forbidden"), 7, "rules[0].verdict", "'forbidden'"),
        (changed("    verdict: prohibited\n", ""), 3, "rules[0]", "exactly one of verdict, duty and note"),
        (
            changed("verdict: prohibited\n", "verdict: prohibited\n    note: true\n"),
            3,
            "rules[0]",
            "exactly one of verdict, duty and note",
        ),
        (
            changed("verdict: prohibited\n", "verdict: prohibited\n    duty: {kind: cite, text: Cite it.}\n"),
            3,
            "rules[0]",
            "can only have the duty to agree to what lifts it",
        ),
        (
            changed("    verdict: prohibited\n", "    duty: {kind: cite, cite: paper, text: Cite it.}\n"),
            7,
            "rules[0].duty",
            "`doi` and `cite: paper` need each other",
        ),
        (
            changed("    verdict: prohibited\n", "    duty: {kind: notify, text: 'Tell {nobody}.'}\n"),
            7,
            "rules[0].duty.text",
            "unknown placeholder {nobody}",
        ),
        (changed("when:", "if:"), 6, "rules[0].if", "unknown key"),
        (changed("id: no-products", "id: No products"), 3, "rules[0].id", "No products"),
        (POLICY + RULE.split("      - {given: {dataset.program: TCGA", maxsplit=1)[0], 12, "rules[0].examples", ""),
        (POLICY + RULE.split("    examples:", maxsplit=1)[0], 3, "rules[0].examples", "missing"),
    ],
)
def test_a_mistake_in_a_rule_is_told_with_file_line_and_field(
    tmp_path: Path, text: str, line: int, field: str, problem: str
) -> None:
    error = refused(tmp_path, text)
    assert (error.file, error.line, error.field) == (tmp_path / "house.yaml", line, field)
    assert problem in error.problem


def test_an_id_that_is_given_twice_is_refused_where_it_comes_again(tmp_path: Path) -> None:
    write(tmp_path, POLICY + RULE, "a.yaml")
    error = refused(tmp_path, POLICY + RULE)
    assert (error.file, error.line) == (tmp_path / "house.yaml", 3)
    assert "'no-products'" in error.problem


def test_a_policy_without_its_address_is_refused(tmp_path: Path) -> None:
    error = refused(tmp_path, (POLICY + RULE).replace("url: https://example.org/rules, ", ""))
    assert (error.line, error.field, error.problem) == (1, "policy.url", "missing")


def test_an_unknown_rule_is_asked_back() -> None:
    with pytest.raises(InputError, match="unknown rule 'cc-noncomercial'") as raised:
        rules().get("cc-noncomercial")
    assert "'cc-noncommercial'" in (raised.value.hint or "")


def test_an_institution_adds_its_rules_and_replaces_none(tmp_path: Path) -> None:
    write(tmp_path, POLICY + RULE)
    book = load_rules(house=tmp_path)
    assert {rule.id for rule in book.rules} == {rule.id for rule in rules().rules} | {"no-products"}
    write(tmp_path, changed("no-products", "cc-noncommercial"))
    with pytest.raises(InputError, match="'cc-noncommercial'"):
        load_rules(house=tmp_path)


@pytest.mark.parametrize("name", ["papers.yaml", "rules.yml"])
def test_a_house_has_no_other_yaml_files(tmp_path: Path, name: str) -> None:
    write(tmp_path, "papers: []\n", name)
    with pytest.raises(InputError, match="papers: unknown key"):
        load_rules(house=tmp_path)


@pytest.mark.parametrize("text", [POLICY, POLICY.replace("rules:", "rules: []")])
def test_a_house_without_a_rule_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, text)
    with pytest.raises(InputError, match="has no rule"):
        load_rules(house=tmp_path)


@pytest.mark.parametrize("written", ['"rules":', "'rules':", "rules :", "? rules\n:", '"r\\u0075les":'])
def test_no_rule_of_a_house_goes_missing_for_how_its_key_is_written(tmp_path: Path, written: str) -> None:
    write(tmp_path, POLICY + RULE)
    write(tmp_path, (POLICY + RULE).replace("no-products", "another").replace("\nrules:", f"\n{written}"), "other.yaml")
    assert {"no-products", "another"} <= {rule.id for rule in load_rules(house=tmp_path).rules}


def test_a_house_in_json_has_its_rules(tmp_path: Path) -> None:
    document = located_yaml.parse_text(tmp_path, POLICY + RULE)
    write(tmp_path, POLICY + RULE.replace("no-products", "another"), "other.yaml")
    write(tmp_path, json.dumps(document.data))
    assert {"no-products", "another"} <= {rule.id for rule in load_rules(house=tmp_path).rules}


def test_a_file_of_a_house_that_is_not_valid_yaml_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, POLICY + RULE)
    write(tmp_path, "policy: {id: house\n", "other.yaml")
    with pytest.raises(InputError, match="is not valid YAML"):
        load_rules(house=tmp_path)


def test_rules_without_a_policy_are_refused(tmp_path: Path) -> None:
    error = refused(tmp_path, "rules:\n" + RULE)
    assert (error.line, error.field, error.problem) == (1, "policy", "missing")


@pytest.mark.parametrize("rules", ["{a: b}", "true", "text"])
def test_rules_that_are_no_list_are_refused(tmp_path: Path, rules: str) -> None:
    error = refused(tmp_path, POLICY.replace("rules:", f"rules: {rules}"))
    assert (error.line, error.field, error.problem) == (2, "rules", "is not a list")


def test_a_rule_counts_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    write(tmp_path, changed("    because", "    in_force: {from: 2026-01-01, until: 2026-01-31}\n    because"))
    book = load_rules(tmp_path)
    in_force = [day for day in (31, 1) if book.in_force(date(2026, 1, day))]
    assert in_force == [31, 1]
    assert not book.in_force(date(2025, 12, 31))
    assert not book.in_force(date(2026, 2, 1))


def write_policy(folder: Path, *, topics: str = "[products]", files: tuple[str, ...] = ("products",)) -> Path:
    """Write the policy `house` as a folder; its one rule is in the first of the files."""
    own = folder / "house"
    own.mkdir()
    head = POLICY.removesuffix("rules:\n")
    write(own, f"{head}topics: {topics}\n", "policy.yaml")
    for number, name in enumerate(files):
        write(own, "rules:\n" + RULE.replace("no-products", f"no-products-{number}"), f"{name}.yaml")
    return own


def test_a_policy_may_be_a_folder_with_a_file_for_each_topic(tmp_path: Path) -> None:
    write_policy(tmp_path, topics="[products, models]", files=("products", "models"))
    found = [(rule.id, rule.policy.id, rule.place) for rule in load_rules(tmp_path).rules]
    assert found == [
        ("no-products-0", "house", "house/products.yaml:2"),
        ("no-products-1", "house", "house/models.yaml:2"),
    ]


@pytest.mark.parametrize(
    ("topics", "files", "problem"),
    [
        ("[products]", ("products", "models"), "models.yaml is in this folder but not in the list"),
        ("[products, models]", ("products",), "there is no models.yaml in this folder"),
        ("[products, products]", ("products",), "'products' is listed twice"),
        ("[]", (), "is an empty list"),
    ],
)
def test_no_file_of_a_policy_can_go_missing(tmp_path: Path, topics: str, files: tuple[str, ...], problem: str) -> None:
    own = write_policy(tmp_path, topics=topics, files=files)
    with pytest.raises(InputError) as raised:
        load_rules(house=tmp_path)
    assert (raised.value.file, raised.value.line, raised.value.field) == (own / "policy.yaml", 2, "topics")
    assert problem in raised.value.problem


@pytest.mark.parametrize("key", ["rules:", '"rules" :', "{rules:"])
def test_rules_in_a_folder_that_names_no_policy_are_refused(tmp_path: Path, key: str) -> None:
    own = write_policy(tmp_path)
    (own / "policy.yaml").unlink()
    file = own / "products.yaml"
    file.write_text(file.read_text("utf-8").replace("rules:", key, 1), "utf-8")
    with pytest.raises(InputError, match=r"the folder has no policy\.yaml"):
        load_rules(tmp_path)
    with pytest.raises(InputError, match=r"policy: missing|is not valid YAML"):
        load_rules(house=tmp_path)


def test_a_topic_has_rules_and_nothing_else(tmp_path: Path) -> None:
    own = write_policy(tmp_path)
    write(own, POLICY + RULE, "products.yaml")
    with pytest.raises(InputError, match="is not a mapping with `rules` as its only key"):
        load_rules(tmp_path)


SHIPPED = rules().rules
RESULTS = list(run_examples(SHIPPED, licenses()))
SPEAKING = {"prohibited", "undetermined", "permitted", "owed", "note"}


@pytest.mark.parametrize("result", RESULTS, ids=[f"{result.rule.id}-{result.number}" for result in RESULTS])
def test_the_example_of_a_rule_holds(result: ExampleResult) -> None:
    assert result.said == result.example.expect


@pytest.mark.parametrize("rule", SHIPPED, ids=[rule.id for rule in SHIPPED])
def test_the_examples_of_a_rule_show_it_speaking_silent_and_lifted(rule: Rule) -> None:
    said = {result.said for result in RESULTS if result.rule is rule}
    speaks = rule.verdict.value if rule.verdict is not None else "owed" if rule.text.duty is not None else "note"
    assert speaks in said, "no example makes it speak"
    assert rule.text.fallback or "silent" in said, "no example leaves it silent"
    assert rule.unless is None or "lifted" in said, "no example lifts it"


@pytest.mark.parametrize("rule", SHIPPED, ids=[rule.id for rule in SHIPPED])
def test_a_rule_says_where_it_comes_from(rule: Rule) -> None:
    for reference in rule.references:
        assert reference.title.strip()
        is_safeguard = reference.authority is Authority.TOOL_SAFEGUARD
        assert is_safeguard or (reference.url or "").startswith("https://"), reference
    assert rule.policy.url.startswith("https://")


@pytest.mark.parametrize("rule_id", ["cc-noncommercial", "cc-noncommercial-in-a-product"])
def test_every_noncommercial_license_is_told_in_its_own_words(rule_id: str) -> None:
    rule = next(each for each in SHIPPED if each.id == rule_id)
    for license_ in licenses().values():
        if license_.id.startswith("CC-BY-NC"):
            is_of_4 = license_.version == "4.0"
            quote = rule.quote_for((license_,)) or ""
            assert ("towards commercial advantage or monetary" in quote) is is_of_4, license_.id
            assert ("toward commercial advantage or private monetary" in quote) is not is_of_4, license_.id


def test_the_words_of_one_license_are_never_those_of_another() -> None:
    rule = next(each for each in SHIPPED if each.id == "permissive-keep-notices")
    assert "permission notice" in (rule.quote_for((licenses()["MIT"],)) or "")
    assert rule.quote_for((licenses()["ISC"],)) is None
    assert rule.references_for((licenses()["ISC"],)) == (licenses()["ISC"].reference,)


def test_a_license_of_data_or_software_is_sourced_to_its_own_text() -> None:
    for rule in (each for each in SHIPPED if each.path.parent.name == "open-licenses"):
        for license_id in ("CDLA-Sharing-1.0", "ODbL-1.0", "GPL-2.0-only", "BSD-2-Clause"):
            license_ = licenses()[license_id]
            named = {each.url for each in rule.references_for((license_,)) if each.licenses}
            assert named <= {license_.url, license_.legal_code, license_.reference.url}, (rule.id, license_id)


@pytest.mark.parametrize("rule", SHIPPED, ids=[rule.id for rule in SHIPPED])
def test_a_rule_that_permits_or_prohibits_rests_on_what_was_read_in_full(rule: Rule) -> None:
    if rule.verdict in (Verdict.PERMITTED, Verdict.PROHIBITED):
        assert rule.text.reference.supports(rule.text.verdict or "permitted")


@pytest.mark.parametrize("rule", SHIPPED, ids=[rule.id for rule in SHIPPED])
def test_a_reason_is_short_enough_to_be_read_at_once(rule: Rule) -> None:
    assert len(rule.text.because.split()) < 60
    assert len(rule.text.title) <= 120


def test_a_shipped_file_has_at_most_ten_rules_and_lines_that_fit_a_screen() -> None:
    assert max(Counter(rule.path for rule in SHIPPED).values()) <= 10
    for path in shipped("rules").rglob("*.yaml"):
        long = [line for line in path.read_text(encoding="utf-8").splitlines() if len(line) > 120]
        assert [line for line in long if "url: " not in line] == [], path


def test_no_two_rules_have_the_same_id_and_one_is_the_fallback() -> None:
    assert Counter(rule.id for rule in SHIPPED).most_common(1)[0][1] == 1
    fallbacks = [rule for rule in SHIPPED if rule.text.fallback]
    assert [rule.verdict for rule in fallbacks] == [Verdict.UNDETERMINED]


def test_a_rule_that_holds_something_open_or_forbids_it_says_what_to_do() -> None:
    without = [rule.id for rule in SHIPPED if rule.verdict not in (None, Verdict.PERMITTED) and not rule.text.remedy]
    assert without == []


def test_every_license_is_described_or_says_that_it_is_not() -> None:
    for license_ in licenses().values():
        assert (license_.reference.url or "").startswith("https://"), license_.id
        assert license_.reference.authority is not None, license_.id
        assert not license_.permits or license_.reference.supports("permitted"), license_.id
        assert license_.terms_known or not license_.permits, f"{license_.id} grants what nobody read"
        assert license_.replaced is None or license_.replaced.by in licenses(), license_.id


def test_no_label_or_address_stands_for_two_licenses() -> None:
    labels = Counter(label.casefold() for each in licenses().values() for label in each.labels)
    addresses = Counter(url.casefold() for each in licenses().values() for url in each.urls)
    assert [text for text, count in (*labels.items(), *addresses.items()) if count > 1] == []


@pytest.mark.parametrize("license_id", ["CC-BY-3.0", "CC-BY-4.0"])
def test_attribution_licenses_do_not_forbid_commercial_use(license_id: str) -> None:
    assert licenses()[license_id].prohibits == ()


@pytest.mark.parametrize("license_id", ["CC-BY-NC-3.0", "CC-BY-NC-4.0", "LicenseRef-TCIA-No-Commercial-Limited-Access"])
def test_noncommercial_licenses_forbid_commercial_use(license_id: str) -> None:
    assert "commercial-use" in licenses()[license_id].prohibits


MOST_WORDS = 20
LEFT_OPEN = [rule for rule in load_rules().rules if rule.verdict is Verdict.UNDETERMINED]


@pytest.mark.parametrize(
    "rule", [rule for rule in load_rules().rules if rule.verdict is Verdict.UNDETERMINED], ids=lambda rule: rule.id
)
def test_a_rule_that_leaves_something_open_asks_for_it_in_one_short_question(rule: Rule) -> None:
    assert rule.text.question is not None, f"{rule.place} has no `question`"
    assert rule.text.question.endswith("?")
    assert len(rule.text.question.split()) <= MOST_WORDS


def test_the_place_that_answers_a_rule_is_one_of_the_project_file() -> None:
    places = {rule.text.stated_at for rule in load_rules().rules if rule.text.stated_at is not None}
    project = Project(data=(DataItem(dataset="LIDC-IDRI", id="x"),))
    for place in places:
        section, _, key = place.partition(".")
        if section == "data":
            assert key in DataItem.model_fields
        else:
            value_at(project, place)  # raises LookupError


def test_a_question_with_an_unknown_placeholder_is_an_error(tmp_path: Path) -> None:
    house = write(tmp_path, POLICY + RULE.replace("    remedy:", "    question: Who is {nobody}?\n    remedy:")).parent
    with pytest.raises(InputError, match="unknown placeholder"):
        load_rules(house=house)


def test_what_is_judged_by_has_all_but_the_examples() -> None:
    whole, judging = load_rules(), load_rules(examples=False)
    assert judging.version == whole.version
    assert not any(rule.text.examples for rule in judging.rules)
    for rule, other in zip(whole.rules, judging.rules, strict=True):
        assert replace(other, text=other.text.model_copy(update={"examples": rule.text.examples})) == rule


def test_examples_that_were_not_loaded_are_not_said_to_pass() -> None:
    with pytest.raises(ValueError, match="without its examples"):
        list(run_examples(load_rules(examples=False).rules, load_licenses()))


def test_a_rule_that_asks_for_a_reference_has_no_verdict() -> None:
    in_force = load_rules().of_day(date(2026, 11, 29))
    citing = in_force.asking_for(DutyKind.CITE)
    assert citing is in_force.asking_for(DutyKind.CITE)
    assert "tcia-cite-dataset" in {rule.id for rule in citing.on_data}
    assert {rule.verdict for rule in citing.rules} == {None}
