from tcia_policy.model import Access, HoldingTerms, PartTerms, StatedLicense, Verdict
from tcia_policy.reports.answer.license_label import LicenseLabel, in_words, license_label
from tcia_policy.reports.item_names import Names
from tests.reports.assessments import SAMPLE

NAMES = Names.of(SAMPLE)


def part(*licenses: str, access: Access | None = Access.OPEN) -> PartTerms:
    return PartTerms(stated=tuple(StatedLicense(license=name) for name in licenses), access=access)


def label(*parts: PartTerms) -> LicenseLabel:
    terms = HoldingTerms(
        holding="x",
        verdict=Verdict.PERMITTED,
        parts=parts,
        noncommercial=False,
        open_to_all=True,
        route_assumed=False,
    )
    return license_label(terms, NAMES)


def test_a_license_has_its_version() -> None:
    assert in_words([label(part("CC-BY-3.0"))]) == "CC BY 3.0"


def test_a_controlled_part_beside_open_ones_is_said() -> None:
    closed = part("LicenseRef-NIH-Controlled-Data-Access", access=Access.CONTROLLED)
    assert in_words([label(part("CC-BY-3.0"), closed)]) == "CC BY 3.0, one part controlled"
    assert in_words([label(part("CC-BY-3.0"), closed, closed)]) == "CC BY 3.0, 2 parts controlled"


def test_data_that_are_all_controlled_have_the_name_of_their_terms() -> None:
    closed = part("CC-BY-NC-3.0", access=Access.CONTROLLED)
    assert in_words([label(closed)]) == "CC BY-NC 3.0"


def test_sources_that_differ_are_all_named() -> None:
    assert in_words([label(part("CC-BY-3.0", "CC-BY-NC-3.0"))]) == "CC BY 3.0, CC BY-NC 3.0"


def test_no_license_is_said_to_be_unknown() -> None:
    assert in_words([label(part(access=None))]) == "license not known"


def test_labels_that_differ_in_versions_are_of_one_kind_and_lose_the_version() -> None:
    older, newer = LicenseLabel((("CC BY", ("3.0",)),)), LicenseLabel((("CC BY", ("4.0",)),))
    assert older.kind == newer.kind
    assert in_words([older, newer]) == "CC BY"
    assert in_words([older, older]) == "CC BY 3.0"
    assert in_words([LicenseLabel((("CC BY", ("3.0", "4.0")),))]) == "CC BY 3.0, 4.0"
