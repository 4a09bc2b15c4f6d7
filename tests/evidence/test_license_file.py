"""Which license a file states."""

import os
from pathlib import Path

import pytest

from tcia_policy.errors import InputError
from tcia_policy.evidence.license_file import license_stated
from tcia_policy.files.shipped import shipped
from tcia_policy.registry import Registry
from tests.cli.run import run

LICENSES = Registry.load().licenses
TWO_TEXTS = (
    "Permission is hereby granted, free of charge, to any person. THE SOFTWARE IS PROVIDED as is.\n"
    "The data: Creative Commons Attribution-NonCommercial 4.0 International\n"
)


def stated(folder: Path, text: str) -> str | None:
    path = folder / "LICENSE"
    path.write_text(text, encoding="utf-8")
    return license_stated(path, LICENSES)


@pytest.mark.parametrize(
    ("text", "license_id"),
    [
        (
            "MIT License\n\nPermission is hereby granted, free of charge, to any person\n... THE SOFTWARE IS PROVIDED",
            "MIT",
        ),
        ("                Apache License\n          Version 2.0, January 2004\n", "Apache-2.0"),
        (
            "Redistribution and use in source and binary forms\n* Neither the name of the copyright holder\n",
            "BSD-3-Clause",
        ),
        ("Attribution 4.0 International\n\n=====\nCreative Commons Corporation", "CC-BY-4.0"),
        ("Creative Commons Attribution-NonCommercial 4.0 International Public License", "CC-BY-NC-4.0"),
        ("Attribution-NonCommercial-ShareAlike 4.0 International", "CC-BY-NC-SA-4.0"),
        ("Creative Commons Attribution-NonCommercial 3.0 Unported", "CC-BY-NC-3.0"),
        ("Attribution-NoDerivatives 4.0 International", "CC-BY-ND-4.0"),
        ("CC0 1.0 Universal", "CC0-1.0"),
        ("SPDX-License-Identifier: cc-by-4.0\n", "CC-BY-4.0"),
        ("---\nlicense: cc-by-nc-4.0\ntags: [medical]\n---\n# A model\n", "CC-BY-NC-4.0"),
        ("---\nlicense: https://creativecommons.org/licenses/by-nc/4.0/\n---\n# A model\n", "CC-BY-NC-4.0"),
        ("---\nlicense: CC BY-NC 4.0\n---\n# A model\n", "CC-BY-NC-4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode\n", "CC-BY-NC-SA-4.0"),
        ("SPDX-License-Identifier: Apache License 2.0\n", "Apache-2.0"),
    ],
)
def test_a_licence_is_known_by_its_text_its_tag_or_a_card(tmp_path: Path, text: str, license_id: str) -> None:
    assert stated(tmp_path, text) == license_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "All rights reserved.",
        "---\nlicense: other\n---\n",
        "---\nlicense: [mit]\n---\n",
        "---\nlicense: Apache License 2.0 OR GPLv3\n---\n",
        "---\nlicense: https://creativecommons.org/licenses/by/3.0/us/\n---\n",
        "---\nlicense: CC BY\n---\n",
        "https://example.org/licenses/by/4.0/",
        "SPDX-License-Identifier: EUPL-1.2",
        "This model builds on work under the MIT License.",
        "Attribution 5.0 International",
    ],
)
def test_what_states_no_licence_that_is_known_is_not_guessed(tmp_path: Path, text: str) -> None:
    assert stated(tmp_path, text) is None


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("SPDX-License-Identifier: CC-BY-4.0 AND CC-BY-NC-4.0\n", "CC-BY-4.0 AND CC-BY-NC-4.0"),
        ("// SPDX-License-Identifier: MIT OR Apache-2.0 */\r\n", "MIT OR Apache-2.0"),
        ("SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception", "Apache-2.0 WITH LLVM-exception"),
        ("SPDX-License-Identifier: (mit)", "MIT"),
        ("SPDX-License-Identifier: CC-BY-4.0, CC-BY-NC-4.0", "CC-BY-4.0 AND CC-BY-NC-4.0"),
        ("SPDX-License-Identifier: MIT/CC0-1.0", "MIT AND CC0-1.0"),
        ("SPDX-License-Identifier: CC-BY-NC-4.0 (see the paper)", "CC-BY-NC-4.0"),
        ("SPDX-License-Identifier: CC-BY-NC-4.0 */ int x;", "CC-BY-NC-4.0"),
        ("SPDX-License-Identifier: CC-BY-NC-4.0 AND", "CC-BY-NC-4.0"),
        ("SPDX-License-Identifier: EUPL-1.2 / MIT", None),
        ("SPDX-License-Identifier: CC-BY-NC-4.0\nSPDX-License-Identifier: see, the paper", "CC-BY-NC-4.0"),
        ("SPDX-License-Identifier: CC-BY-4.0\nSPDX-License-Identifier: CC-BY-NC-4.0", "CC-BY-4.0 AND CC-BY-NC-4.0"),
        (
            "SPDX-License-Identifier: CC0-1.0\nSPDX-License-Identifier: MIT OR X\nSPDX-License-Identifier: cc0-1.0",
            "CC0-1.0 AND (MIT OR X)",
        ),
        ("---\nlicense: cc-by-4.0 and cc-by-nc-4.0\n---\n", "CC-BY-4.0 AND CC-BY-NC-4.0"),
    ],
)
def test_several_licenses_at_once_are_none_of_them(tmp_path: Path, text: str, expression: str | None) -> None:
    assert stated(tmp_path, text) == expression


@pytest.mark.parametrize("mark", ["/* {} */", "<!-- {} -->", "# {}", "`{}`", '"{}"'])
def test_the_line_may_be_a_comment_of_any_kind(tmp_path: Path, mark: str) -> None:
    assert stated(tmp_path, mark.format("SPDX-License-Identifier: MIT")) == "MIT"
    assert stated(tmp_path, mark.format("SPDX-License-Identifier: MIT OR X")) == "MIT OR X"


@pytest.mark.parametrize(
    ("in_file", "in_project", "differs"),
    [
        ("CC-BY-4.0 AND CC-BY-NC-4.0", "CC-BY-4.0", True),
        ("CC-BY-4.0 OR CC-BY-NC-4.0", "CC-BY-4.0", True),
        ("CC-BY-4.0", "CC-BY-4.0", False),
        ("MIT OR CC-BY-4.0", "mit or cc-by-4.0", False),
    ],
)
def test_an_expression_is_another_license_than_the_one_that_the_project_states(
    tmp_path: Path, in_file: str, in_project: str, differs: bool
) -> None:
    (tmp_path / "tcia-policy.yaml").write_text(
        "data: [{collection: LIDC-IDRI}]\n"
        "use: {purpose: noncommercial, country: US, activities: [release-model],\n"
        f"  outputs: [{{kind: model, license: {in_project}, license_file: LICENSE}}]}}\n",
        encoding="utf-8",
    )
    (tmp_path / "LICENSE").write_text(f"SPDX-License-Identifier: {in_file}\n", encoding="utf-8")
    ran = run("check", "-vv", cwd=tmp_path)
    said = f"the model will be released under CC-BY-4.0; LICENSE says {in_file}" in " ".join(ran.out.split())
    assert said is differs
    assert (ran.code, ran.err) == (3, "")


def test_a_card_goes_before_the_licence_texts_that_it_quotes(tmp_path: Path) -> None:
    text = "---\nlicense: cc-by-nc-4.0\n---\nApache License\nVersion 2.0, January 2004\n"
    assert stated(tmp_path, text) == "CC-BY-NC-4.0"


def test_a_file_that_is_not_there_or_too_large_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        license_stated(tmp_path / "none", LICENSES)
    (tmp_path / "large").write_bytes(b"x" * 1_000_001)
    with pytest.raises(InputError, match="larger than 1,000,000 bytes; this is not a license file"):
        license_stated(tmp_path / "large", LICENSES)


def test_a_folder_or_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name, problem in ((".", "is a directory, not a file"), ("pipe", "is not a regular file")):
        with pytest.raises(InputError, match=problem):
            license_stated(tmp_path / name, LICENSES)


def test_a_broken_header_is_an_error_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="LICENSE"):
        stated(tmp_path, "---\nlicense: [mit\n---\n")


@pytest.mark.parametrize("text", [None, "", "All rights reserved.", "---\nlicense: [mit\n---\n", "CC BY", TWO_TEXTS])
def test_a_file_that_states_no_license_leaves_the_output_undetermined(tmp_path: Path, text: str | None) -> None:
    (tmp_path / "tcia-policy.yaml").write_text(
        "data: [{other: {name: Ours, license: CC-BY-4.0}}]\n"
        "use: {purpose: noncommercial, country: US, activities: [share-derived-data],\n"
        "  outputs: [{kind: derived-images, license: CC-BY-4.0, license_file: LICENSE}]}\n",
        encoding="utf-8",
    )
    if text is not None:
        (tmp_path / "LICENSE").write_text(text, encoding="utf-8")
    ran = run("check", cwd=tmp_path)
    assert ran.code == 3
    assert "output-license-file-differs" in ran.out


TEXTS = shipped("rules") / "reference" / "license-texts"


def text_of(license_id: str) -> str:
    return (TEXTS / f"{license_id}.txt").read_text(encoding="utf-8")


BY, NC, MIT, APACHE = (text_of(license_id) for license_id in ("CC-BY-4.0", "CC-BY-NC-4.0", "MIT", "Apache-2.0"))
POLICY = "Data Usage Policy\n\nAny user accessing TCIA data must agree to:\n- Not use the requested datasets"


@pytest.mark.parametrize(
    "text",
    [
        "This dataset is NOT licensed under Creative Commons Attribution 4.0. All rights reserved.",
        "Formerly CC Attribution 4.0, now proprietary.",
        "Images: CC Attribution 4.0. Labels: CC Attribution-NonCommercial 4.0.",
        "This dataset is licensed under Attribution 4.0 for academics; commercial use is prohibited.",
        "This work is licensed under CC BY 4.0 except images.",
        "This work is licensed under CC BY 4.0. No part of it may be sold.",
        "This work is licensed under CC BY 4.0 (https://creativecommons.org/licenses/by-nc/4.0/).",
        "This work is licensed under CC BY 4.0. To view a copy of this license, visit "
        "https://creativecommons.org/licenses/by-nc/4.0/.",
        "This work is not licensed under CC BY 4.0.",
        "Unlike CC0 datasets, our data is proprietary. Version 1.0",
        "Images: CC0 1.0. Labels: CC BY-NC 4.0.",
        "CC0 1.0 Universal\nEmbargoed until 2030.",
        f"{BY}\n{NC}",
        f"{BY}\n\nThe labels are not for sale.",
        MIT.replace("without restriction", "for research only"),
        "Creative Commons Attribution 3.0 IGO",
        "Creative Commons Attribution 3.0 United States",
        "Creative Commons Attribution 2.0 England and Wales",
        "This work is licensed under Creative Commons Attribution 3.0 IGO.",
        "This work is licensed under https://creativecommons.org/licenses/by/3.0/us/",
        MIT + '\n"Commons Clause" License Condition v1.0\nThe grant of rights does not include the right to Sell.\n',
        MIT + "\nfor non-commercial use\n",
        MIT.replace("MIT License", "MIT License (for non-commercial use)"),
        MIT.replace("<copyright holders>", "X. Non-commercial use only."),
        MIT + "\nThe weights are CC BY-NC 4.0.\n",
        MIT + "\nhttps://creativecommons.org/licenses/by-nc/4.0/\n",
        APACHE + "\nresearch only\n",
        APACHE + "\nFor research use only.\n",
        "SPDX-License-Identifier: CC-BY-4.0 for academic use only",
        "SPDX-License-Identifier: CC-BY-4.0 (except images: all rights reserved)",
        "SPDX-License-Identifier: CC-BY-NC-4.0 (except images: all rights reserved)",
        "SPDX-License-Identifier: CC-BY-4.0, Custom-NonCommercial",
        "SPDX-License-Identifier: CC-BY-4.0 (see the paper)",
        f"SPDX-License-Identifier: CC-BY-4.0\n\n{NC}",
        "SPDX-License-Identifier: CC-BY-4.0\n\nNot for commercial use.",
        "SPDX-License-Identifier: CC-BY-3.0\n\nhttps://creativecommons.org/licenses/by/3.0/us/",
        f"---\nlicense: cc-by-4.0\n---\n{NC}",
        "---\nlicense: cc-by-4.0\n---\n# Data\nFor research use only.",
        "---\nlicense: cc-by-4.0\n---\n# Data\nThe masks are under CC BY-NC-SA 4.0.",
        "---\nlicense: mit\nlicense_link: https://creativecommons.org/licenses/by-nc/4.0/\n---\n# Data\n",
        "---\nlicense: cc-by-4.0\nlicense_name: noncommercial\n---\n# Data\n",
        f"---\nlicense: [cc-by-nc-4.0, mit]\n---\n{BY}",
        f"---\nlicense: {{name: cc-by-4.0}}\n---\n{BY}",
        "<html><title>Attribution 4.0 International</title><body>Attribution-NonCommercial 4.0</body></html>",
        "---\nlicense: cc-by-4.0\n---\nCC BY-NC 4.0\n",
        f"{MIT}\nAttribution-NonCommercial 4.0 International (CC BY-NC 4.0)\n",
        f"{BY}\nAttribution-NonCommercial 4.0 International (CC BY-NC 4.0)\n",
        "---\nlicense: mit\n---\nThe weights are under openrail++.\n",
        "---\nlicense: mit\n---\nThe data come under the GPL-3.0.\n",
        f"PK\x03\x04{BY}",
        f"PK\x03\x04\n{BY}",
        "PK\x03\x04\nSPDX-License-Identifier: CC-BY-4.0",
        "The LIDC-IDRI collection is distributed under the Not Specified (Not Specified).",
    ],
)
def test_a_file_that_says_anything_else_states_no_license(tmp_path: Path, text: str) -> None:
    assert stated(tmp_path, text) is None


def test_a_blank_line_before_the_header_hides_no_license(tmp_path: Path) -> None:
    assert stated(tmp_path, f"\n---\nlicense: cc-by-nc-4.0\n---\n{BY}") == "CC-BY-NC-4.0"


@pytest.mark.parametrize("path", sorted(TEXTS.glob("[A-C]*-[0-9B]*.txt")), ids=lambda path: path.stem)
def test_every_license_is_known_by_its_whole_text(tmp_path: Path, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert stated(tmp_path, text) == path.stem
    assert stated(tmp_path, f"Copyright (c) 2019, 2020 The Hospital <a@b.org>\n\n{text}") == path.stem
    assert stated(tmp_path, f"{text}\nNot for commercial use.\n") is None
    assert stated(tmp_path, f"SPDX-License-Identifier: {path.stem}\n\n{text}") == path.stem


@pytest.mark.parametrize(
    ("text", "license_id"),
    [
        (MIT.replace("MIT License", "The MIT License (MIT)").replace("<copyright holders>", "J. Doe, MIT"), "MIT"),
        ("This work is licensed under the Creative Commons Attribution 4.0 International License.", "CC-BY-4.0"),
        (
            "This dataset is licensed under CC BY-NC 4.0 (https://creativecommons.org/licenses/by-nc/4.0/)",
            "CC-BY-NC-4.0",
        ),
        ("The data are made available under https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        (
            "This work is licensed under the Creative Commons Attribution 3.0 Unported License. To view a copy of\n"
            "this license, visit http://creativecommons.org/licenses/by/3.0/ or send a letter to Creative Commons, PO\n"
            "Box 1866, Mountain View, CA 94042, USA.",
            "CC-BY-3.0",
        ),
        (
            "The LIDC-IDRI collection is distributed under the Creative Commons Attribution 3.0 Unported License "
            "(https://creativecommons.org/licenses/by/3.0/). By downloading the data, you agree to abide by terms of "
            f"this license.\n\n{POLICY}",
            "CC-BY-3.0",
        ),
        (
            "---\nlicense: cc-by-4.0\ntags: [medical]\n---\n# LIDC nodules\nPatches of CT, not for diagnosis. Licensed "
            "under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/). The code is under the MIT License.\n",
            "CC-BY-4.0",
        ),
        (
            "# SPDX-FileCopyrightText: 2024 Jane Doe <j@doe.org>\n#\n# SPDX-License-Identifier: CC-BY-4.0\n",
            "CC-BY-4.0",
        ),
    ],
)
def test_real_license_files_are_recognized(tmp_path: Path, text: str, license_id: str) -> None:
    assert stated(tmp_path, text) == license_id
