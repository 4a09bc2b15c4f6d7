"""Where rules may have what they say from: every address leads to what was read, and a copy says that it is one."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from tcia_policy.files import located_yaml
from tcia_policy.files.shipped import shipped
from tcia_policy.model import Authority, Extent, Reference
from tcia_policy.rules.sources import check_address, official_address

TEXT = "The text itself"


def stated(url: str | None, authority: Authority = Authority.INSTRUMENT) -> Reference:
    reading = None if authority is Authority.TOOL_SAFEGUARD else Extent.FULL
    return Reference(title=TEXT, url=url, authority=authority, reading=reading)


def references(data: object, place: Path) -> Iterator[tuple[Path, Reference]]:
    """Yield whatever has an authority, however deep it stands."""
    if isinstance(data, dict):
        if "authority" in data:
            days = {key: str(data[key]) for key in ("published", "retrieved") if key in data}
            yield place, Reference.model_validate({**data, **days})
        for value in data.values():
            yield from references(value, place)
    elif isinstance(data, list):
        for value in data:
            yield from references(value, place)


@cache
def shipped_references() -> tuple[tuple[Path, Reference], ...]:
    paths = sorted(shipped("rules").rglob("*.yaml"))
    return tuple(found for path in paths for found in references(located_yaml.read(path).data, path))


def test_every_shipped_reference_names_a_place_where_its_text_is() -> None:
    assert len(shipped_references()) > 200
    for place, reference in shipped_references():
        try:
            check_address(reference)
        except ValueError as error:
            pytest.fail(f"{place.name}: {reference.title}: {error}")


def test_no_shipped_reference_takes_the_day_of_our_own_notes_for_a_day_of_reading() -> None:
    compiled = date(2026, 11, 22)
    noted = [each.title for _, each in shipped_references() if compiled in (each.published, each.retrieved)]
    assert noted == []


@pytest.mark.parametrize(
    "url",
    ["https://github.com/CBIIT/NBIA-TCIA", "https://www.github.com/CBIIT/NBIA-TCIA/", "https://gitlab.com/one/two"],
)
def test_a_whole_repository_is_no_source(url: str) -> None:
    with pytest.raises(ValueError, match="whole repository"):
        check_address(stated(url))


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/CBIIT/NBIA-TCIA/blob/c1ca09c/userAgreement.txt",
        "https://github.com/kirbyju/tcia_utils/issues/37",
        "https://www.ecfr.gov/current/title-28/section-202.601",
    ],
)
def test_a_file_a_thread_and_an_official_text_are_sources(url: str) -> None:
    check_address(stated(url))
    assert official_address(stated(url)) is None


@pytest.mark.parametrize("host", ["checkoutapi.com", "www.lexbuild.dev", "LAWINSIDER.com", "www.mofo.com"])
def test_a_copy_that_somebody_sells_is_named_as_a_copy(host: str) -> None:
    url = f"https://{host}/a/text"
    with pytest.raises(ValueError, match="is a third-party-copy; the text itself is at https://"):
        check_address(stated(url))
    check_address(stated(url, Authority.THIRD_PARTY_COPY))
    assert official_address(stated(url, Authority.THIRD_PARTY_COPY)) is not None


def test_only_a_safeguard_has_no_address() -> None:
    check_address(stated(None, Authority.TOOL_SAFEGUARD))
    with pytest.raises(ValueError, match="needs a `url`"):
        check_address(stated(None))
