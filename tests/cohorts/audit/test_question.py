"""Which columns are meant."""

import pytest

from tcia_policy.cohorts.audit.question import Asked, Columns, columns_asked
from tcia_policy.errors import InputError


def test_columns_are_found_in_other_spellings() -> None:
    found = columns_asked(Asked("training set", rows="N"), ("series_instance_uid", "TrainingSet", "n"))
    assert found == Columns("TrainingSet", "series_instance_uid", "n")


def test_the_user_says_which_column_has_the_series() -> None:
    assert columns_asked(Asked("b", "uid"), ("uid", "SeriesInstanceUID", "b")).series == "uid"


@pytest.mark.parametrize(
    ("asked", "columns", "said"),
    [
        (Asked("buket"), ("SeriesInstanceUID", "bucket"), "did you mean 'bucket'"),
        (Asked("bucket"), ("uid", "bucket"), "no column of SeriesInstanceUIDs"),
        (Asked("bucket"), ("SeriesInstanceUID", "Series UID", "bucket"), "several columns of series"),
        (Asked("bucket"), ("SeriesInstanceUID", "SeriesInstanceUID", "bucket"), "several columns of series"),
        (Asked("Bucket"), ("SeriesInstanceUID", "bucket", "buck-et"), "2 columns are called"),
        (Asked("bucket"), ("SeriesInstanceUID", "bucket", "bucket"), "2 columns are called"),
        (Asked("bucket", "bucket"), ("SeriesInstanceUID", "bucket"), "is the column of the series"),
        (Asked("n", None, "n"), ("SeriesInstanceUID", "n"), "is the column of --count"),
        (Asked("b", "uid", "uid"), ("uid", "b"), "--count"),
    ],
)
def test_what_is_not_clear_is_asked_for(asked: Asked, columns: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        columns_asked(asked, columns)


def test_other_columns_may_list_what_rows_without_a_series_are_of() -> None:
    for other in ("PatientID", "collection_id", "crdc_series_uuid", "StudyInstanceUID"):
        assert columns_asked(Asked("bucket"), ("SeriesInstanceUID", "bucket", other)).may_list_more
    assert columns_asked(Asked("Collection"), ("SeriesInstanceUID", "Collection")).may_list_more
    assert not columns_asked(Asked("bucket"), ("SeriesInstanceUID", "bucket", "Modality", "license")).may_list_more
