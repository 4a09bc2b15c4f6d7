"""Terms of the Data Use Ontology: which licenses and rules have one, and that the ids are DUO's."""

from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.registry import Registry
from tcia_policy.registry.data_use_terms import load_data_use_terms
from tcia_policy.rules.rulebook import load_rules

# Ids, shorthands and labels, read on 2026-11-30 (CC BY 4.0): https://github.com/EBISPOT/DUO/blob/v2021-02-23/duo.csv
DUO = {
    "DUO:0000004": ("NRES", "no restriction"),
    "DUO:0000006": ("HMB", "health or medical or biomedical research"),
    "DUO:0000007": ("DS", "disease specific research"),
    "DUO:0000011": ("POA", "population origins or ancestry research only"),
    "DUO:0000012": ("RS", "research specific restrictions"),
    "DUO:0000015": ("NMDS", "no general methods research"),
    "DUO:0000016": ("GSO", "genetic studies only"),
    "DUO:0000018": ("NPUNCU", "not for profit, non commercial use only"),
    "DUO:0000019": ("PUB", "publication required"),
    "DUO:0000020": ("COL", "collaboration required"),
    "DUO:0000021": ("IRB", "ethics approval required"),
    "DUO:0000022": ("GS", "geographical restriction"),
    "DUO:0000024": ("MOR", "publication moratorium"),
    "DUO:0000025": ("TS", "time limit on use"),
    "DUO:0000026": ("US", "user specific restriction"),
    "DUO:0000027": ("PS", "project specific restriction"),
    "DUO:0000028": ("IS", "institution specific restriction"),
    "DUO:0000029": ("RTN", "return to database or resource"),
    "DUO:0000042": ("GRU", "general research use"),
    "DUO:0000043": ("CC", "clinical care use"),
    "DUO:0000044": ("NPOA", "population origins or ancestry research prohibited"),
    "DUO:0000045": ("NPU", "not for profit organisation use only"),
    "DUO:0000046": ("NCU", "non-commercial use only"),
}


def shorthands(license_id: str) -> list[str]:
    return [term.shorthand for term in load_data_use_terms().of_license(Registry.load().licenses.get(license_id))]


def test_every_term_is_one_of_duo_with_its_own_shorthand_label_and_definition() -> None:
    for term in load_data_use_terms().terms:
        assert DUO[term.id] == (term.shorthand, term.label)
        assert term.reference.section == term.id.replace(":", "_")
        assert term.reference.quote


def test_the_licenses_and_rules_that_terms_name_are_there() -> None:
    licenses, rules = set(Registry.load().licenses), {rule.id for rule in load_rules().rules}
    for term in load_data_use_terms().terms:
        assert set(term.licenses) <= licenses
        assert set(term.said_by) <= rules


def test_noncommercial_and_controlled_data_have_a_term_and_attribution_has_none() -> None:
    assert shorthands("CC-BY-NC-3.0") == ["NCU"]
    assert shorthands("CC-BY-NC-ND-4.0") == ["NCU"]
    assert shorthands("LicenseRef-NIH-Controlled-Data-Access") == ["US"]
    assert shorthands("CC-BY-4.0") == shorthands("CC0-1.0") == shorthands("LicenseRef-never-heard-of") == []


def test_a_rule_that_spoke_has_its_term() -> None:
    terms = load_data_use_terms()
    assert [term.shorthand for term in terms.of_rules(["nih-no-transfer", "cc-noncommercial"])] == ["PS"]
    assert terms.of_rules(["tcia-cite-dataset"]) == ()


@pytest.mark.parametrize(("old", "new"), [("DUO:0000046", "DUO:46"), ("    prohibits: [commercial-use]\n", "")])
def test_a_term_without_a_duo_id_or_without_an_owner_is_an_error(tmp_path: Path, old: str, new: str) -> None:
    shipped = Path(__file__).parents[2] / "rules" / "reference" / "data-use-terms.yaml"
    (tmp_path / "data-use-terms.yaml").write_text(shipped.read_text(encoding="utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=r"DUO|nothing"):
        load_data_use_terms(tmp_path)
