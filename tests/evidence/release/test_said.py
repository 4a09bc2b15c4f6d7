"""Statements of a release, understood."""

from dataclasses import replace
from pathlib import Path

import pytest

from tcia_policy.documents.model import Heading, Manuscript, SourceLocation, TextBlock
from tcia_policy.evidence.release.said import ReleaseSaid
from tcia_policy.registry import Registry
from tcia_policy.releases.model import Release, Released, ReleaseFile, Stated, Topic
from tcia_policy.releases.read_release import read_release

REGISTRY = Registry.load()


def said(topic: Topic, text: str, link: str | None = None, field: str = "license", prose: str = "") -> ReleaseSaid:
    stated = Stated(topic, text, field, SourceLocation("m/README.md", 2), link=link)
    text_read = Manuscript(("m/README.md",), (TextBlock("m/README.md", prose),) if prose else ())
    return ReleaseSaid(
        [Release("m", (ReleaseFile("m/README.md", "card", Released.MODEL, (stated,), text=text_read),))], REGISTRY
    )


@pytest.mark.parametrize(
    ("text", "license_"),
    [
        ("cc-by-nc-4.0", "CC-BY-NC-4.0"),
        ("CC BY-NC 4.0", "CC-BY-NC-4.0"),
        ("apache-2.0 ", "Apache-2.0"),
        ("https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0"),
        ("MIT OR Apache-2.0", "MIT OR Apache-2.0"),
        ("Distributed under the MIT License", "MIT"),
        ("openrail", None),
        ("bigscience-openrail-m", None),
        ("other", None),
        ("unknown", None),
        ("cc", None),
        ("MIT AND nobody-knows", None),
        ("research only", None),
    ],
)
def test_a_license_is_what_its_spelling_stands_for_and_nothing_else(text: str, license_: str | None) -> None:
    assert [each.license for each in said(Topic.LICENSE, text).licenses] == [license_]


def test_an_address_settles_a_license_only_where_the_text_leaves_it_to_the_address() -> None:
    by = "https://creativecommons.org/licenses/by/4.0/"
    assert [each.license for each in said(Topic.LICENSE, "other", by).licenses] == ["CC-BY-4.0"]
    assert [each.license for each in said(Topic.LICENSE, "Academic use only", by).licenses] == [None]


@pytest.mark.parametrize(
    ("text", "license_"),
    [
        ("This dataset is made available under CC0 1.0.", "CC0-1.0"),
        ("The model is licensed under CC BY-NC 4.0", "CC-BY-NC-4.0"),
        ("The model is licensed under CC BY 4.0 for academic use only", None),
        ("MIT License, research only", None),
        ("--- a: b: c", None),
    ],
)
def test_a_sentence_states_a_license_where_nothing_else_is_said(text: str, license_: str | None) -> None:
    assert [each.license for each in said(Topic.LICENSE, text).licenses] == [license_]


def test_data_that_a_text_does_not_name_are_those_of_its_address() -> None:
    (label,) = said(Topic.MADE_FROM, "Scans of the lung", "https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX").made_from
    assert label.datasets == ("LIDC-IDRI",)


def test_a_license_text_is_compared_with_those_that_are_known() -> None:
    assert [each.license for each in said(Topic.LICENSE, "CC0", field="text", prose="CC0 1.0 Universal").licenses] == [
        "CC0-1.0"
    ]
    more = said(Topic.LICENSE, "CC0", field="text", prose="CC0 1.0 Universal, for academic use only")
    assert [each.license for each in more.licenses] == [None]


@pytest.mark.parametrize(
    ("text", "datasets"),
    [
        ("https://zenodo.org/record/3723295", ("LUNA16",)),
        ("https://zenodo.org/records/37232951", ()),
        ("LIDC-IDRI", ("LIDC-IDRI",)),
        ("somebody/LIDC-IDRI", ("LIDC-IDRI",)),
        ("https://doi.org/10.7937/K9/TCIA.2015.LO9QL9SX", ("LIDC-IDRI",)),
        ("Chest CT of NSCLC-Radiomics from TCIA, and our own", ("NSCLC-Radiomics",)),
        ("imagenet-1k", ()),
    ],
)
def test_data_are_looked_up_by_the_registry(text: str, datasets: tuple[str, ...]) -> None:
    assert [each.datasets for each in said(Topic.MADE_FROM, text).made_from] == [datasets]


@pytest.mark.parametrize(
    ("section", "license_"),
    [
        ("Copyright (c) Somebody\n\n{apache}", "Apache-2.0"),
        ("{apache}\n\nThe weights are for research only.", None),
        ("This model is released under the MIT License.", "MIT"),
        ("This model is released under the MIT License. See the file LICENSE.", "MIT"),
        ("This model is released under the MIT License.\n\nIt may not be used commercially.", None),
        ("See above.", None),
    ],
)
def test_a_section_about_the_license_counts_as_a_whole(section: str, license_: str | None) -> None:
    notice = (
        'Licensed under the Apache License, Version 2.0 (the "License");\n'
        "you may not use this file except in compliance with the License.\n"
        "You may obtain a copy of the License at\n\n"
        "    http://www.apache.org/licenses/LICENSE-2.0\n"
    )
    text = f"Model\n\nLicense\n\n{section.replace('{apache}', notice)}\n\nReferences\n\nOthers."
    headings = tuple(Heading(text.index(title), 1, title) for title in ("Model", "License", "References"))
    lines = [(line, number) for number, line in enumerate(text.split("\n"), start=1)]
    block = replace(TextBlock.of_pieces("m/README.md", lines), headings=headings)
    first = section.partition("\n")[0].partition(". ")[0].replace("{apache}", "Licensed under the Apache License")
    stated = Stated(Topic.LICENSE, first.strip("."), "section License", SourceLocation("m/README.md", 5))
    read = ReleaseFile("m/README.md", "page", Released.UNKNOWN, (stated,), text=Manuscript(("m/README.md",), (block,)))
    found = ReleaseSaid([Release("m", (read,))], REGISTRY)
    assert [each.license for each in found.licenses] == [license_]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("This model was trained on LIDC-IDRI.", [Released.CODE, Released.MODEL]),
        ("A pretrained model is made available.", [Released.CODE, Released.MODEL]),
        ("The code reads LIDC-IDRI.", [Released.CODE]),
    ],
)
def test_code_that_comes_with_a_trained_model_is_no_code_alone(
    text: str, kinds: list[Released], tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nlicense = "MIT"\n', encoding="utf-8")
    (tmp_path / "README.md").write_text(f"# Tool\n\n{text}\n", encoding="utf-8")
    assert list(ReleaseSaid(read_release(["."], tmp_path, Path()), REGISTRY).kinds) == kinds


def test_an_address_of_another_license_leaves_a_license_unknown() -> None:
    by = "https://creativecommons.org/licenses/by-nc/4.0/"
    assert [each.license for each in said(Topic.LICENSE, "cc-by-4.0", by).licenses] == [None]
    assert [each.license for each in said(Topic.LICENSE, "cc-by-nc-4.0", by).licenses] == ["CC-BY-NC-4.0"]
