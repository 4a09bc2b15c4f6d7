from pathlib import PurePosixPath

import pytest

from tcia_policy.releases.model import Topic
from tcia_policy.releases.spdx_headers import license_of_line, read_headers
from tests.documents.trees import Files


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("# SPDX-License-Identifier: MIT", "MIT"),
        ("/* SPDX-License-Identifier: GPL-2.0-only OR MIT */", "GPL-2.0-only OR MIT"),
        ("<!-- SPDX-License-Identifier: CC0-1.0 -->", "CC0-1.0"),
        (" * SPDX-License-Identifier: Apache-2.0", "Apache-2.0"),
        ("SPDX-License-Identifier: MIT", "MIT"),
        ('tag = "SPDX-License-Identifier: MIT"', ""),
        ("# no tag", ""),
    ],
)
def test_a_tag_stands_in_a_comment(line: str, said: str) -> None:
    assert license_of_line(line) == said


def test_each_license_is_one_statement_about_all_sources_that_state_it() -> None:
    sources = {"a.py": "# SPDX-License-Identifier: MIT\n", "b.py": "\n# SPDX-License-Identifier: MIT\n", "c.py": "x"}
    more = {"d.c": "// SPDX-License-Identifier: GPL-3.0-only\n"}
    mit, gpl = read_headers(Files({**sources, **more}), [PurePosixPath(name) for name in (*sources, *more)])
    (stated,) = mit.about(Topic.LICENSE)
    assert (stated.text, str(stated.place), stated.covers) == ("MIT", "a.py:1", ("a.py", "b.py"))
    assert gpl.about(Topic.LICENSE)[0].covers == ("d.c",)
