"""What a change of terms means: never less strict, nor as strict, where that is not certain."""

import pytest

from tcia_policy.model import Access
from tcia_policy.registry.licenses import NONE_STATED, UNRECOGNIZED, load_licenses
from tcia_policy.registry.strictness import Meaning, of_access, of_licenses, strictest

BY3, BY4, NC3, NC4, SA4 = "CC-BY-3.0", "CC-BY-4.0", "CC-BY-NC-3.0", "CC-BY-NC-4.0", "CC-BY-SA-4.0"
NIH, LIMITED = "LicenseRef-NIH-Controlled-Data-Access", "LicenseRef-TCIA-Limited-Access"


@pytest.mark.parametrize(
    ("before", "after", "means"),
    [
        ((BY3,), (NC3,), Meaning.STRICTER),
        ((NC4,), (BY4,), Meaning.LESS_STRICT),
        ((BY3,), (BY4,), Meaning.AS_STRICT),
        ((BY4,), (SA4,), Meaning.STRICTER),
        ((SA4,), (BY4,), Meaning.LESS_STRICT),
        ((NC4,), (SA4,), Meaning.MIXED),
        ((BY4,), (NIH,), Meaning.STRICTER),
        ((BY4,), (BY4, NC4), Meaning.STRICTER),
        ((BY4, NC4), (NC4,), Meaning.AS_STRICT),
        ((BY4, NC4), (BY4,), Meaning.LESS_STRICT),
        ((BY4,), (UNRECOGNIZED,), Meaning.UNKNOWN),
        ((BY4,), (BY4, UNRECOGNIZED), Meaning.UNKNOWN),
        ((LIMITED,), (BY4,), Meaning.UNKNOWN),
        ((NONE_STATED,), (BY4,), Meaning.UNKNOWN),
        ((), (BY4,), Meaning.UNKNOWN),
        ((BY4,), (), Meaning.UNKNOWN),
        ((NIH,), (BY4,), Meaning.UNKNOWN),
        ((BY4,), ("MIT",), Meaning.UNKNOWN),
    ],
)
def test_licenses_in_place_of_others(before: tuple[str, ...], after: tuple[str, ...], means: Meaning) -> None:
    assert of_licenses(before, after, load_licenses()) is means


def test_a_change_and_its_way_back_are_never_both_less_strict() -> None:
    licenses = load_licenses()
    for one in licenses:
        for other in licenses:
            there, back = of_licenses((one,), (other,), licenses), of_licenses((other,), (one,), licenses)
            if there in (Meaning.LESS_STRICT, Meaning.AS_STRICT):
                assert back is not Meaning.LESS_STRICT
                assert set(licenses[one].prohibits) >= set(licenses[other].prohibits) or there is Meaning.AS_STRICT
            if there is Meaning.LESS_STRICT:
                assert back is Meaning.STRICTER


def test_of_several_licenses_the_strictest_governs_and_of_two_versions_neither() -> None:
    licenses = load_licenses()
    assert strictest(("CC-BY-3.0", "CC-BY-NC-3.0"), licenses) == "CC-BY-NC-3.0"
    assert strictest(("CC-BY-NC-3.0", "CC-BY-3.0"), licenses) == "CC-BY-NC-3.0"
    assert strictest(("CC-BY-NC-3.0",), licenses) == "CC-BY-NC-3.0"
    assert strictest(("CC-BY-3.0", "CC-BY-4.0"), licenses) is None
    assert strictest(("CC-BY-3.0", "LicenseRef-nobody-knows"), licenses) is None
    assert strictest((), licenses) is None


def test_access_that_is_not_known_is_compared_with_nothing() -> None:
    assert of_access(Access.OPEN, Access.CONTROLLED) is Meaning.STRICTER
    assert of_access(Access.CONTROLLED, Access.OPEN) is Meaning.LESS_STRICT
    assert of_access(None, Access.OPEN) is Meaning.UNKNOWN
    assert of_access(Access.OPEN, None) is Meaning.UNKNOWN
