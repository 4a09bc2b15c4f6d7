"""Names and addresses for machines: readable, stable and inert."""

import pytest

from tcia_policy.reports.terms.addresses import study_name, urn, web_address


def test_a_name_of_ours_is_readable_and_keeps_its_parts_apart() -> None:
    assert urn("lung-nodules", "item", "lidc") == "urn:tcia-policy:lung-nodules:item:lidc"
    assert urn("s", "output", "model=Apache-2.0") == "urn:tcia-policy:s:output:model=Apache-2.0"
    assert urn("a:b", "c") != urn("a", "b:c")
    assert urn("s", "\u202e<b>\ud800 \n") == "urn:tcia-policy:s:%E2%80%AE%3Cb%3E%3F%20%0A"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Malignancy of lung nodules: 2nd try", "malignancy-of-lung-nodules-2nd-try"),
        (None, "study"),
        ("肺结节", "study"),
        ("<script>", "script"),
        ("a" * 200, "a" * 60),
    ],
)
def test_a_study_is_named_after_its_title(title: str | None, name: str) -> None:
    assert study_name(title) == name


@pytest.mark.parametrize(
    "text", [None, "", "javascript:alert(1)", "data:text/html,x", "https:", "//x.org", "http://[x"]
)
def test_what_is_no_web_address_is_none(text: str | None) -> None:
    assert web_address(text) is None


def test_a_web_address_is_encoded_once() -> None:
    assert web_address(" https://x.org/a b?c=%20<é> ") == "https://x.org/a%20b?c=%20%3C%C3%A9%3E"
    assert web_address("HTTPS://x.org/") == "HTTPS://x.org/"
