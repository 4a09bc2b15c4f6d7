"""Hosts that are asked: those of the source over https, and nothing else."""

import httpx2
import pytest

from tcia_policy.errors import InputError
from tcia_policy.importers.online.site import SITES

TCIA = SITES[0]
HERE = httpx2.URL("https://cancerimagingarchive.net/api/v1/collections/")


@pytest.mark.parametrize("site", SITES, ids=lambda site: str(site.source))
def test_sources_are_asked_over_https_on_a_host_of_theirs(site: object) -> None:
    for each in SITES:
        url = httpx2.URL(each.base)
        assert (url.scheme, url.host in each.hosts, each.base.endswith("/")) == ("https", True, True)
        assert not each.is_local


@pytest.mark.parametrize(
    "address",
    [
        "https://www.cancerimagingarchive.net/api/v1/collections/?page=2",
        "https://CancerImagingArchive.net:443/api/v1/collections/?page=2",
        "/api/v1/collections/?page=2",
        "?page=2",
    ],
)
def test_addresses_of_the_source_are_allowed(address: str) -> None:
    assert TCIA.allowed(address, HERE).host in TCIA.hosts


@pytest.mark.parametrize(
    "address",
    [
        "http://cancerimagingarchive.net/api/v1/",
        "https://cancerimagingarchive.net.evil.example/",
        "https://evil.example/cancerimagingarchive.net",
        "https://cancerimagingarchive.net@evil.example/",
        "https://evil.example\\@cancerimagingarchive.net/",
        "https://user:word@cancerimagingarchive.net/",
        "https://cancerimagingarchive.net:8443/",
        "https://127.0.0.1/",
        "ftp://cancerimagingarchive.net/",
        "javascript:alert(1)",
        "https://[",
        "https://cancerimagingarchive.net/" + "x" * 3_000,
    ],
)
def test_other_addresses_are_not(address: str) -> None:
    with pytest.raises(InputError):
        TCIA.allowed(address, HERE)


def test_only_a_server_on_this_machine_may_do_without_encryption() -> None:
    assert TCIA.at("http://127.0.0.1:8000/").is_local
    assert not TCIA.at("http://example.org/").is_local
    with pytest.raises(InputError, match="which is not https"):
        TCIA.at("http://example.org/").allowed("/x", httpx2.URL("http://example.org/"))
