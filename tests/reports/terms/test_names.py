"""Names of licenses: an address where it tells which license it is, and no name for two of them."""

from tcia_policy.model import License
from tcia_policy.registry.licenses import load_licenses
from tcia_policy.reports.terms.names import license_iris, unknown_license_iri


def test_no_two_licenses_have_the_same_name() -> None:
    names = license_iris(load_licenses())
    assert len(set(names.values())) == len(names)
    assert names["CC-BY-3.0"] == "https://creativecommons.org/licenses/by/3.0/"
    assert names["GPL-2.0-only"] == "https://spdx.org/licenses/GPL-2.0-only"
    assert names["GPL-2.0-or-later"] == "https://spdx.org/licenses/GPL-2.0-or-later"
    assert names["LicenseRef-proprietary"] == unknown_license_iri("LicenseRef-proprietary")


def test_a_license_that_a_project_describes_does_not_take_the_address_of_another() -> None:
    known = load_licenses()
    ours = {"id": "LicenseRef-ours", "url": "http://creativecommons.org/licenses/BY/4.0"}
    described: License = known["CC-BY-4.0"].model_copy(update=ours)
    names = license_iris({**known, described.id: described})
    assert names[described.id] == "urn:tcia-policy:license:LicenseRef-ours"
    assert names["CC-BY-4.0"] == "https://spdx.org/licenses/CC-BY-4.0"
