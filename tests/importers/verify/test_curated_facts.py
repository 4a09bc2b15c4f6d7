"""Facts that people write: each mistake in `data/curated/` is told with file and line, and what is not taken over."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tcia_policy.files.shipped import curated
from tcia_policy.importers.verify.curated_facts import Facts, mistakes_in
from tcia_policy.importers.verify.values import Known
from tcia_policy.registry.licenses import load_licenses
from tests.importers.registry_files import datasets, sources

TODAY = date(2026, 11, 30)


def facts() -> Facts:
    """Return what the shipped entries are held against."""
    return Facts(Known(frozenset(load_licenses()), sources(), frozenset(datasets()), TODAY), datasets())


def told(folder: Path) -> list[str]:
    """Return the mistakes in a folder as a user reads their first lines, without the folder."""
    return [str(each).replace(f"{folder}/", "").split("\n")[0] for each in mistakes_in(folder, facts())]


def test_nothing_is_wrong_in_what_came_with_the_program() -> None:
    assert told(curated()) == []


def test_a_folder_without_such_files_has_no_mistake(tmp_path: Path) -> None:
    assert told(tmp_path) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "mistake"),
    [
        (
            "names.yaml",
            "  - name: LIDC\n",
            "  - name: L1DC\n",
            "names.yaml:14: names[0]: is not in the registry: 'L1DC'",
        ),
        (
            "names.yaml",
            "    dataset: LIDC-IDRI\n",
            "    dataset: LIDC\n",
            "names.yaml:15: names[0].dataset: names a dataset that the registry does not have: 'LIDC'",
        ),
        (
            "names.yaml",
            "      as_of: 2026-11-29\n",
            "      as_of: 2027-11-29\n",
            "names.yaml:19: names[0].seen.as_of: is in the future: 2027-11-29",
        ),
        (
            "citation-lists.yaml",
            "10.1200/jco.2012.47.5947",
            "doi:10.1200/jco",
            "citation-lists.yaml:13: entries[0].doi: is no DOI as the registry writes it: 'doi:10.1200/jco'",
        ),
        (
            "policy-page.yaml",
            "dataset: Phantom FDA",
            "dataset: NSCLC-Radiomics-Interobserver1",
            "policy-page.yaml:14: entries[0]: is not in the registry: commercial-restriction",
        ),
        (
            "policy-page.yaml",
            "marios.gavrielides@fda.hhs.gov",
            "marios.gavrielides",
            "policy-page.yaml:19: entries[0].contact.email: is no address of mail: 'marios.gavrielides'",
        ),
        (
            "terms.yaml",
            "  - dataset: LIDC-IDRI\n    kind: acknowledgement",
            "  - dataset: LIDC\n    kind: acknowledgement",
            "terms.yaml:34: taken[0].dataset: names a dataset that the registry does not have: 'LIDC'",
        ),
        (
            "reissues.yaml",
            "- id: LUNA16",
            "- id: LUNA17",
            "reissues.yaml:15: datasets[0].id: is not in the registry: 'LUNA17'",
        ),
        (
            "reissues.yaml",
            "kind: re-issue",
            "kind: copy",
            "reissues.yaml:17: datasets[0].kind: unknown word 'copy'",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, file: str, old: str, new: str, mistake: str) -> None:
    shutil.copytree(curated(), tmp_path, dirs_exist_ok=True)
    text = (tmp_path / file).read_text("utf-8")
    assert old in text
    (tmp_path / file).write_text(text.replace(old, new, 1), "utf-8")
    assert mistake in told(tmp_path)


def test_a_name_of_two_datasets_is_told(tmp_path: Path) -> None:
    text = (curated() / "names.yaml").read_text("utf-8")
    entry = "  - name: lidc\n    dataset: NSCLC-Radiomics\n    seen: {title: A page, as_of: 2026-11-29}\n"
    (tmp_path / "names.yaml").write_text(text.replace("  - name: Lung1\n", f"{entry}  - name: Lung1\n", 1), "utf-8")
    assert told(tmp_path) == ["names.yaml:20: names[1]: is also that of 'LIDC-IDRI': 'lidc'"]
