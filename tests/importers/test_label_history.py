"""TCIA's labels by day: the first day of today's label, and the labels before it."""

from datetime import date
from pathlib import Path

from tcia_policy.importers.importer import import_registry
from tcia_policy.importers.upstream import Inputs
from tcia_policy.registry.licenses import load_licenses
from tests.importers.made_up import small


def test_a_label_that_changed_is_history_and_the_new_one_has_its_first_day(tmp_path: Path) -> None:
    made = small()
    of_part = ("collection", "lung-one", "11")
    made.labels = [
        (*of_part, "TCIA Limited", "2028-01-01", "2028-03-01"),
        (*of_part, "CC BY 3.0", "2028-04-01", "2028-05-01"),
        (*of_part, "CC BY 3.0", "2028-05-08", "2030-01-02"),
    ]
    recordings, parquet = made.write(tmp_path)
    imported = import_registry(Inputs(recordings, parquet, load_licenses(), tmp_path / "terms.yaml"))
    dataset = next(item for item in imported.content.datasets if item.id == "Lung One")
    (images,) = (part for part in dataset.distributions if part.id == "11")
    assert images.claims[0].since == date(2028, 4, 1)
    (past,) = images.past
    assert (past.license, past.stated_as, past.first, past.last) == (
        None,
        "TCIA Limited",
        date(2028, 1, 1),
        date(2028, 3, 1),
    )
