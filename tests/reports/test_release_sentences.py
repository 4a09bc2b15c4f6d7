"""What a release says, and what of it nobody looked at, in words."""

from tcia_policy.model.release import ReleaseName, ReleaseRead
from tcia_policy.reports.release_sentences import name_told, not_looked_at


def test_a_name_is_told_as_it_is_written() -> None:
    place = "README.md:3"
    assert name_told(ReleaseName(dataset="LIDC-IDRI", written="LIDC-IDRI", place=place)) == "the text names LIDC-IDRI"
    told = name_told(ReleaseName(dataset="LIDC-IDRI", written="LIDC", place=place))
    assert told == "the text names LIDC-IDRI (as “LIDC”)"


def test_what_nobody_opened_is_told() -> None:
    assert not_looked_at(ReleaseRead(paths=("model",))).startswith("Weights and images in model were not opened")
    passed = not_looked_at(ReleaseRead(paths=("model",), passed_over=("model/paper.docx",)))
    assert passed.endswith("Documents that were not read: model/paper.docx.")
