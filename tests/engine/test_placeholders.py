"""The words that rules' texts leave open."""

from tcia_policy.engine.license_readings import readings_of
from tcia_policy.engine.placeholders import placeholders
from tcia_policy.model import CopyClaim
from tcia_policy.registry.standing import Registered
from tests.engine.small import copies, dataset, holding, known_data, licenses, own, part

REGISTERED = Registered(licenses(), known_data([]).sources)
NC4, BY4, BY3 = "CC-BY-NC-4.0", "CC-BY-4.0", "CC-BY-3.0"


def values(*claims: CopyClaim, registered: str = NC4) -> dict[str, str]:
    made = dataset("Made-Up", part("1", own(registered)))
    held = holding(made, "1").model_copy(update={"copy_claims": claims})
    return placeholders(held, made, readings_of(held, made, REGISTERED, copies()), licenses())


def in_rows(license_id: str, label: str) -> CopyClaim:
    return CopyClaim(license=license_id, source=f"a.csv, whose rows say {label!r}", in_rows=True)


def test_the_sources_are_not_said_to_state_what_only_rows_state() -> None:
    found = values(in_rows(BY4, "CC BY 4.0"))
    assert found["license.of_sources"] == "CC BY-NC 4.0"
    assert found["holding.rows_say"] == "a.csv, whose rows say 'CC BY 4.0'"


def test_rows_that_say_what_the_sources_state_are_not_told() -> None:
    found = values(in_rows(NC4, "by-nc"), in_rows(BY3, "BY 3"), in_rows(BY4, "BY 4"))
    assert found["holding.rows_say"] == "a.csv, whose rows say 'BY 3' and in a.csv, whose rows say 'BY 4'"
    assert "holding.rows_say" not in values(in_rows(NC4, "by-nc"))


def test_the_word_of_the_project_is_no_word_of_the_rows() -> None:
    found = values(CopyClaim(license=BY4, source="the project, of its copy"))
    assert found["license.of_sources"] == "CC BY-NC 4.0"
    assert "holding.rows_say" not in found


def test_examples_that_are_withheld_are_said_to_be() -> None:
    assert values()["holding.examples"] == "none is shown"
