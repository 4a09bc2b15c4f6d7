"""Which distributions are meant."""

from pathlib import Path

import pytest

from tcia_policy.cohorts import resolve
from tcia_policy.cohorts.distributions import named_parts, parts_in_idc
from tcia_policy.errors import InputError
from tcia_policy.model import Access, ClaimScope, DataItem, Distribution, Route
from tcia_policy.registry import Registry, load_licenses
from tests.cohorts import idc
from tests.registry.small_registry import dataset, part

CONTROLLED = "LicenseRef-NIH-Controlled-Data-Access"
LICENSES = load_licenses()
TCGA = dataset(
    "TCGA-X",
    "10.1234/x",
    [
        part("11", "Images", data_types=["CT", "MR"]),
        part("12", "Tissue Slide Images", data_types=["Histopathology", "Whole Slide Image"], file_types=["SVS"]),
        part("13", "Tumor outlines", data_types=["SEG", "RTSTRUCT"]),
        part("14", "Supplement", data_types=["Demographic", "Follow-Up"], file_types=["CSV", "XLSX"]),
        part("15", "Clinical Data Dictionary", file_types=["PDF"]),
    ],
)


@pytest.mark.parametrize(
    ("word", "ids"),
    [
        ("11", ("11",)),
        ("tissue slide images", ("12",)),
        ("images", ("11", "12")),
        ("Image", ("11", "12")),
        ("pathology", ("12",)),
        ("slides", ("12",)),
        ("segmentations", ("13",)),
        ("annotations", ("13",)),
        ("clinical", ("14", "15")),
        ("clinical data", ("14", "15")),
        ("csv", ("14",)),
        ("MR", ("11",)),
        ("radiology", ("11",)),
        ("follow-up", ("14",)),
    ],
)
def test_a_part_is_named_by_id_title_type_or_a_plain_word(word: str, ids: tuple[str, ...]) -> None:
    assert named_parts([TCGA], [word]) == {"TCGA-X": ids}


def test_several_words_name_all_that_any_of_them_fits() -> None:
    assert named_parts([TCGA], ["PDF", "MR"]) == {"TCGA-X": ("11", "15")}


@pytest.mark.parametrize("word", ["sound", "", "-", "proteomics"])
def test_a_word_that_fits_nothing_is_answered_with_what_there_is(word: str) -> None:
    with pytest.raises(InputError) as raised:
        named_parts([TCGA], ["MR", word])
    assert raised.value.problem == f"TCGA-X has no distribution {word!r}"
    assert raised.value.hint is not None
    assert "11 'Images' (DICOM, CT, MR); 12 'Tissue Slide Images' (SVS, Histopathology" in raised.value.hint


def test_named_parts_are_stated(registry: Registry) -> None:
    (holding,) = resolve([DataItem(dataset="LIDC-IDRI", distributions=("images",))], Path(), registry).holdings
    assert (holding.distributions, holding.distributions_stated) == (("41",), True)


def test_words_narrow_what_the_series_may_belong_to(registry: Registry) -> None:
    uid = idc.uids_of(idc.CMB_AML, 1)[0]
    for word, parts in {"52": ("52",), "images": ("51", "52"), "clinical": ("51",)}.items():
        (holding,) = resolve([DataItem(series=uid, distributions=(word,))], Path(), registry).holdings
        assert holding.distributions == parts, word


@pytest.mark.parametrize(
    ("route", "words"),
    [
        (Route.PDC, ("proteomics", "raw mass spectra")),
        (Route.CPTAC_PORTAL, ("Phosphoproteome", "glycoproteome data")),
        (Route.GDC, ("RNA-Seq", "whole exomes")),
        (Route.DBGAP, ("germline variants", "WGS")),
        (Route.OTHER, ("proteomics", "whole exomes")),
    ],
)
def test_parts_of_cptac_from_elsewhere_keep_the_users_words(
    registry: Registry, route: Route, words: tuple[str, ...]
) -> None:
    item = DataItem(collection="CPTAC-PDA", obtained_from=route, distributions=words)
    (holding,) = resolve([item], Path(), registry).holdings
    assert (holding.distributions, holding.distributions_stated) == ((), True)
    assert holding.parts_named == words
    assert holding.named_otherwise is None


@pytest.mark.parametrize(
    ("route", "word"),
    [
        (Route.PDC, "whole exomes"),
        (Route.PDC, "-"),
        (Route.PDC, " "),
        (Route.PDC, "ultrasound"),
        (Route.GDC, "proteomics"),
        (Route.OTHER, "everything"),
        (Route.OTHER, "sound"),
    ],
)
def test_a_word_that_fits_nothing_is_an_error_wherever_the_copy_is_from(
    registry: Registry, route: Route, word: str
) -> None:
    item = DataItem(collection="CPTAC-PDA", obtained_from=route, distributions=(word,))
    if word == "everything":
        (holding,) = resolve([item], Path(), registry).holdings
        assert holding.parts_named == ()
        return
    with pytest.raises(InputError, match="CPTAC-PDA has no distribution"):
        resolve([item], Path(), registry)


def test_each_word_is_kept_with_the_parts_that_it_was_read_as(registry: Registry) -> None:
    item = DataItem(collection="CMB-AML", distributions=("images", "52"))
    (holding,) = resolve([item], Path(), registry).holdings
    assert holding.all_used
    assert [(each.word, each.parts) for each in holding.words_read] == [("images", ("51", "52")), ("52", ("52",))]


def _parts(*parts: Distribution) -> tuple[str, ...]:
    return parts_in_idc(dataset("X", "10.1234/x", parts), LICENSES)


def _with_claim(of: Distribution, license_: str, scope: ClaimScope) -> Distribution:
    claim = of.claims[0].model_copy(update={"license": license_, "scope": scope, "source": "nbia"})
    return of.model_copy(update={"claims": (*of.claims, claim)})


def test_idc_has_the_dicom_parts_that_anyone_may_download() -> None:
    assert _parts(part("1"), part("2", license_=CONTROLLED), part("3", file_types=["CSV"])) == ("1",)
    assert _parts(part("1"), part("2", access=Access.CONTROLLED)) == ("1",)


def test_where_all_dicom_parts_are_controlled_it_may_be_any_of_them() -> None:
    assert _parts(part("1", license_=CONTROLLED), part("2", license_=CONTROLLED)) == ("1", "2")


def test_where_no_part_is_known_to_be_dicom_it_may_be_those_of_unknown_type_else_any() -> None:
    assert _parts(part("1", file_types=["SVS"]), part("2", file_types=[])) == ("2",)
    assert _parts(part("1", file_types=["SVS"]), part("2", file_types=["CSV"])) == ("1", "2")


def test_a_part_that_one_source_calls_open_is_not_left_out() -> None:
    disputed = _with_claim(part("2", license_=CONTROLLED), "CC-BY-4.0", ClaimScope.DISTRIBUTION)
    assert _parts(part("1"), disputed) == ("1", "2")


def test_a_statement_about_the_whole_collection_does_not_open_a_controlled_part() -> None:
    controlled = _with_claim(part("2", license_=CONTROLLED), "CC-BY-4.0", ClaimScope.COLLECTION)
    assert _parts(part("1"), controlled) == ("1",)


def test_a_part_of_which_nothing_is_stated_is_not_left_out() -> None:
    silent = Distribution(id="2", title="Images", file_types=("DICOM",), claims=())
    assert _parts(part("1"), silent) == ("1", "2")


def test_a_copy_from_idc_of_what_is_controlled_in_part_is_the_part_that_idc_has() -> None:
    shipped = Registry.load()

    def held(*words: str, name: str = "FDG-PET-CT-Lesions") -> tuple[str, ...]:
        item = DataItem(collection=name, obtained_from=Route.IDC, distributions=words or None)
        (found,) = resolve([item], Path(), shipped).holdings
        return found.distributions

    assert held() == ("55754",)
    assert held("images") == ("55754",)
    assert held("data") == ("55754",)
    assert held("41509") == ("41509",)
    assert held("images", "41509") == ("41509", "55754")
    assert held(name="LDCT-and-Projection-data") == ("42651", "54940", "42653")
    assert len(held(name="HNSCC")) == 6
    assert held(name="LIDC-IDRI") == tuple(each.id for each in shipped.get("LIDC-IDRI").distributions)
