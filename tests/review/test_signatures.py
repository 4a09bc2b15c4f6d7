"""Files with signatures: how they are called, and who may sign."""

import pytest

from tcia_policy.errors import InputError
from tcia_policy.model import Project
from tcia_policy.review.signatures import roles_of, signature_file, signer_of


def project(**more: object) -> Project:
    reviewers = [
        {"name": "Jane Doe", "role": "counsel"},
        {"name": "Jane Doe", "role": "data-steward"},
        {"name": "Bob Stone", "role": "counsel"},
    ]
    return Project.model_validate({"data": [{"dataset": "LIDC-IDRI"}], "reviewers": reviewers, **more})


@pytest.mark.parametrize(
    ("signer", "file"),
    [
        ("Jane Doe", "review.jane-doe.sig.json"),
        ("jane doe", "review.jane-doe.sig.json"),
        ("../../etc/passwd", "review.etc-passwd-"),
        ("Jané Doe", "review.jane-doe-"),
        ("王芳", "review."),
    ],
)
def test_a_file_is_called_after_who_signs_and_stays_in_its_folder(signer: str, file: str) -> None:
    name = signature_file(signer)
    assert name.startswith(file)
    assert name.endswith(".sig.json")
    assert "/" not in name


def test_two_names_never_make_one_file() -> None:
    names = ["Jane Doe", "Jané Doe", "Jane-Doe", "王芳", "王 芳", "Jane  Doe"]
    assert len({signature_file(name) for name in names}) == len(names)


def test_who_signs_has_all_roles_that_are_listed() -> None:
    assert roles_of(signer_of(project(), " jane  doe ")) == ("counsel", "data-steward")


def test_somebody_has_to_be_named_who_is_listed_and_wrote_nothing() -> None:
    for given, name, said in (
        (project(), None, "several may sign"),
        (project(), "Eve", "is not among the reviewers"),
        (project(reviewers=[]), "Jane Doe", "lists nobody"),
        (project(authors=["JANE DOE"]), "Jane Doe", "may not sign"),
        (project(authors=["Dr. J. Doe, PhD"]), "Jane Doe", "may not sign"),
    ):
        with pytest.raises(InputError, match=said):
            signer_of(given, name)
