"""The SPDX document: read back by SPDX's own types and judged by its schema, and never more permissive than the check.

`spdx-3.0.1.schema.json` is `3.0.1/rdf/schema.json` of spdx/spdx-spec (branch gh-pages, 2025-02-28; Community
Specification License 1.0), as published. jsonschema 3 reads it as draft 7, in which the schema closes no object; that
no property is unknown, SPDX's types check.
"""

import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tcia_policy.files.written_by import is_marked
from tcia_policy.model import Assessment, Dataset, Notice, NoticeKind, NoticeLevel, Output, OutputKind
from tcia_policy.model.reference import Authority, Extent
from tcia_policy.reports.terms.offers import offers_of
from tcia_policy.reports.terms.spdx import render_spdx
from tests.cli.run import EXAMPLES
from tests.reports.assessments import CLEAR, EVIL_SAMPLE, SAMPLE, assessed_again
from tests.reports.datasets import LIDC
from tests.reports.notices.studies import assessed
from tests.reports.terms.studies import CASES, STUDY, Case, every_case, example, study

SCHEMA = Path(__file__).with_name("spdx-3.0.1.schema.json")
NO_ASSERTION = "expandedlicensing_NoAssertionLicense"
PACKAGES = ("dataset_DatasetPackage", "ai_AIPackage", "software_Package")


def graph(assessment: Assessment) -> dict[str, dict[str, Any]]:
    """Return the elements of the document by the end of their ids, after the name of the study."""
    found = json.loads(render_spdx(assessment))["@graph"]
    return {
        each["spdxId"].removeprefix("urn:tcia-policy:").partition(":")[2]: each for each in found if "spdxId" in each
    }


def ends(assessment: Assessment, relationship: str) -> list[str]:
    """Return what a relationship leads to, without the name of the study."""
    found = graph(assessment).get(relationship, {}).get("to", [])
    return [each.removeprefix("urn:tcia-policy:").partition(":")[2] or each for each in found]


@every_case
def test_spdx_reads_it_back_and_finds_every_element_that_it_names(case: Case) -> None:
    spdx = pytest.importorskip("spdx_python_model").v3_0_1
    found = spdx.SHACLObjectSet()
    spdx.JSONLDDeserializer().read(io.BytesIO(render_spdx(case()).encode()), found)
    missing = found.link()
    assert missing <= {spdx.expandedlicensing_IndividualLicensingInfo.NoAssertionLicense}


@pytest.fixture(scope="module")
def validator() -> Any:
    jsonschema = pytest.importorskip("jsonschema")
    return jsonschema.Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


@pytest.mark.parametrize("case", [study, CASES["evil"]], ids=["study", "evil"])
def test_it_fits_the_published_schema(case: Case, validator: Any) -> None:
    assert validator.is_valid(json.loads(render_spdx(case())))


@pytest.mark.parametrize(
    ("type_", "key", "value"),
    [
        ("Relationship", "relationshipType", "learnedFrom"),
        ("Relationship", "to", []),
        ("dataset_DatasetPackage", "dataset_datasetType", ["picture"]),
        ("SpdxDocument", "profileConformance", ["data"]),
    ],
)
def test_the_schema_and_the_types_refuse_what_is_wrong(type_: str, key: str, value: object, validator: Any) -> None:
    spdx = pytest.importorskip("spdx_python_model").v3_0_1
    document = json.loads(render_spdx(CLEAR))
    chosen = [each for each in document["@graph"] if each["type"] in ("CreationInfo", type_)][:2]
    assert validator.is_valid({**document, "@graph": chosen})
    chosen[-1][key] = value
    assert not validator.is_valid({**document, "@graph": chosen})
    if value:
        wrong = io.BytesIO(json.dumps({**document, "@graph": chosen}).encode())
        with pytest.raises(ValueError, match="is not a valid value"):
            spdx.JSONLDDeserializer().read(wrong, spdx.SHACLObjectSet())


@every_case
def test_each_package_has_one_relationship_of_either_kind_as_the_profiles_ask(case: Case) -> None:
    found = graph(case())
    packages = [each["spdxId"] for each in found.values() if each["type"] in PACKAGES]
    assert packages
    for kind in ("hasDeclaredLicense", "hasConcludedLicense"):
        of_kind = [each["from"] for each in found.values() if each.get("relationshipType") == kind]
        assert sorted(of_kind) == sorted(packages)


@every_case
def test_what_is_not_concluded_is_no_assertion_and_no_more_is_concluded_than_offered(
    case: Case,
) -> None:
    found = graph(case())

    def concluded(*names: str) -> str:
        (to,) = found[f"{':'.join(quote(name, safe='=+@') for name in names)}:hasConcludedLicense"]["to"]
        if to == NO_ASSERTION:
            return NO_ASSERTION
        return str(found[to.removeprefix("urn:tcia-policy:").partition(":")[2]]["simplelicensing_licenseExpression"])

    for item in offers_of(case()).items:
        assert concluded("item", item.id) == (item.concluded or NO_ASSERTION)
        for part in item.parts:
            if part.id is not None:
                assert concluded("item", item.id, "part", part.id) == (part.concluded or NO_ASSERTION)


@every_case
def test_an_output_that_is_not_cleared_has_no_license_concluded(case: Case) -> None:
    found = graph(case())
    cleared = {each.clearance.output.license for each in offers_of(case()).outputs if each.is_cleared}
    for id_, each in found.items():
        if id_.startswith("output:") and id_.endswith(":hasConcludedLicense") and each["to"] != [NO_ASSERTION]:
            license_ = found[each["to"][0].removeprefix("urn:tcia-policy:").partition(":")[2]]
            assert license_["simplelicensing_licenseExpression"] in cleared


def test_sources_that_disagree_are_declared_and_nothing_is_concluded() -> None:
    assert ends(SAMPLE, "item:Phantom%20FDA:part:images:hasConcludedLicense") == [NO_ASSERTION]
    assert len(ends(SAMPLE, "item:Phantom%20FDA:part:images:hasDeclaredLicense")) == 2
    assert ends(SAMPLE, "item:not-in-idc-index:hasDeclaredLicense") == [NO_ASSERTION]


def test_a_license_that_a_notice_narrows_is_declared_and_not_concluded() -> None:
    assert ends(SAMPLE, "item:LIDC-IDRI:hasConcludedLicense") == ["license:CC-BY-3.0"]
    told = assessed_again(SAMPLE, datasets=(_with_notice(LIDC), *SAMPLE.datasets[1:]))
    assert ends(told, "item:LIDC-IDRI:hasDeclaredLicense") == ["license:CC-BY-3.0"]
    assert ends(told, "item:LIDC-IDRI:hasConcludedLicense") == [NO_ASSERTION]


def _with_notice(dataset: Dataset) -> Dataset:
    notice = Notice(
        kind=NoticeKind.COMMERCIAL_RESTRICTION,
        level=NoticeLevel.REQUIRED,
        summary="Not for commercial use",
        authority=Authority.INSTRUMENT,
        reading=Extent.FULL,
        source="tcia-page",
    )
    return dataset.model_copy(update={"notices": (notice,)})


def test_a_license_is_an_expression_and_words_that_are_none_get_a_name_of_their_own() -> None:
    found = graph(study())
    assert ends(study(), "item:tool:hasDeclaredLicense") == ["license:MIT%20OR%20Apache-2.0"]
    words = ends(study(), "item:weights:hasDeclaredLicense")[0]
    assert found[words]["simplelicensing_licenseExpression"].startswith("LicenseRef-our-own-words-")
    mapped = found[words]["simplelicensing_customIdToUri"][0]
    assert mapped["key"] == found[words]["simplelicensing_licenseExpression"]
    text = found[mapped["value"].removeprefix("urn:tcia-policy:nodules:")]
    assert (text["type"], text["name"]) == ("expandedlicensing_CustomLicense", "our own words")
    assert "What it says is not known" in text["simplelicensing_licenseText"]
    assert ends(study(), "item:weights:hasConcludedLicense") == [NO_ASSERTION]


def test_data_models_and_programs_are_packages_of_their_own_kinds() -> None:
    found = graph(study())
    kinds = {id_: found[f"item:{id_}"]["type"] for id_ in ("lidc", "kits", "weights", "tool", "ours")}
    assert kinds == {
        "lidc": "dataset_DatasetPackage",
        "kits": "dataset_DatasetPackage",
        "weights": "ai_AIPackage",
        "tool": "software_Package",
        "ours": "dataset_DatasetPackage",
    }
    lidc = found["item:lidc"]
    assert (lidc["name"], lidc["software_packageVersion"]) == ("LIDC-IDRI", "4")
    assert lidc["dataset_datasetAvailability"] == "directDownload"
    assert lidc["externalIdentifier"][0]["identifier"] == "doi:10.7937/k9/tcia.2015.lo9ql9sx"
    assert len(lidc["originatedBy"]) == 1
    assert "dataset_confidentialityLevel" not in lidc
    assert "dataset_datasetAvailability" not in found["item:gbm"]
    assert "controlled" in found["item:gbm"]["comment"]
    assert "software_downloadLocation" not in found["item:ours"]
    assert found["item:ours"]["dataset_datasetType"] == ["noAssertion"]
    assert "item:lidc:part:42123" in found
    assert set(found["item:lidc:contains"]["to"]) == {
        each["spdxId"] for id_, each in found.items() if id_.startswith("item:lidc:part:") and id_.count(":") == 3
    }


# The study has two models under one license, so that each is named with its lists.
LISTED = "output:model=CC-BY-NC-4.0+trained_on=lidc+tested_on=kits+base_model=weights"


def test_an_output_says_what_it_was_trained_on_and_made_from() -> None:
    model = LISTED
    assert ends(study(), f"{model}:trainedOn") == ["item:lidc"]
    assert ends(study(), f"{model}:testedOn") == ["item:kits"]
    assert ends(study(), f"{model}:descendantOf") == ["item:weights"]
    assert ends(study(), "output:segmentations=CC-BY-4.0:descendantOf") == ["item:lidc"]
    assert ends(study(), "output:segmentations=CC-BY-4.0:usesTool") == ["item:weights"]


def test_a_list_that_is_left_out_may_be_all_data_and_says_so() -> None:
    found = graph(study())
    other = "output:model=CC-BY-NC-4.0+of-all-data:trainedOn"
    assert "item:lidc" in ends(study(), other)
    assert found[other]["completeness"] == "noAssertion"
    assert "does not say" in found[other]["comment"]
    assert "item:kits" in ends(study(), other)
    assert ends(study(), f"{LISTED}:usesTool") == ["item:tool"]
    assert "item:weights" in ends(study(), other.replace("trainedOn", "descendantOf"))
    assert ends(study(), "output:article:descendantOf") == []


def test_what_was_tested_on_may_have_trained_a_model_that_names_no_training_data() -> None:
    tested = STUDY.replace("trained_on: [lidc], tested_on", "tested_on")
    assessment = assessed(tested)
    model = LISTED.replace("+trained_on=lidc", "")
    assert "item:kits" in ends(assessment, f"{model}:trainedOn")
    assert ends(assessment, f"{model}:testedOn") == ["item:kits"]


def test_the_result_of_the_check_is_told_and_undecided_is_no_permission() -> None:
    said = graph(SAMPLE)["item:Phantom%20FDA:check"]["statement"]
    assert "Not decided, which is no permission: " in said
    assert "Permitted" not in said
    output = graph(SAMPLE)["output:model=Apache-2.0:check"]["statement"]
    assert output.startswith("Checked: not cleared for release; ")
    assert ends(SAMPLE, "output:model=Apache-2.0:hasConcludedLicense") == [NO_ASSERTION]


def test_ids_follow_the_things_and_not_their_order() -> None:
    turned = assessed_again(SAMPLE, holdings=SAMPLE.holdings[::-1], verdicts=SAMPLE.verdicts[::-1])
    assert graph(turned).keys() == graph(SAMPLE).keys()
    outputs = (Output(kind=OutputKind.MODEL, license="Apache-2.0"), Output(kind=OutputKind.MODEL, license="MIT"))
    project = SAMPLE.project.model_copy(update={"use": SAMPLE.project.use.model_copy(update={"outputs": outputs})})
    assert "output:model=MIT" in graph(assessed_again(SAMPLE, project=project))


@every_case
def test_it_is_known_as_our_own_file(case: Case) -> None:
    assert is_marked(render_spdx(case()).encode())


def test_nothing_in_it_can_act() -> None:
    text = render_spdx(EVIL_SAMPLE)
    assert not [letter for letter in text if ord(letter) < 32 and letter != "\n"]
    assert not any(mark in text for mark in ("\u202e", "\x9b", "\x7f"))
    for each in json.loads(text)["@graph"]:
        for key in ("spdxId", "software_downloadLocation", "software_homePage", "from", "subject"):
            assert each.get(key, "urn:").startswith(("urn:tcia-policy:", "urn:", "https://", "http://"))
            assert not set(each.get(key, "")) & set(' <>"{}|\\^`\n')


def test_the_page_shows_what_is_written() -> None:
    page = (EXAMPLES.parent / "docs" / "machine-terms.md").read_text(encoding="utf-8")
    section = page.partition("## SPDX\n")[2].partition("\n## ")[0]
    shown = [json.loads(block) for block in re.findall(r"^```json\n(.*?)^```", section, re.MULTILINE | re.DOTALL)]
    found = graph(example("published-model")).values()
    assert shown
    assert [each for each in shown if each not in found] == []
