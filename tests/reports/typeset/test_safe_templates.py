"""Templates of HTML: nothing of data is active, whatever the template."""

import base64
from hashlib import sha256
from pathlib import Path

import jinja2
import pytest

from tcia_policy.reports.typeset.safe_templates import script_in, templates_in


def test_what_is_printed_is_escaped_and_freed_of_controls(tmp_path: Path) -> None:
    (tmp_path / "page.jinja").write_text("<p>{{ text }}</p>\n", encoding="utf-8")
    page = templates_in(tmp_path).get_template("page.jinja")
    assert page.render(text="<script>\x1b[2J\u202ex</script> ") == "<p>&lt;script&gt;\ufffd[2Jx&lt;/script&gt; </p>\n"
    with pytest.raises(jinja2.UndefinedError):
        page.render()


def test_a_script_is_ours_and_stands_with_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "page.js"
    path.write_text('"use strict";\n', encoding="utf-8")
    digest = base64.b64encode(sha256(path.read_bytes()).digest()).decode()
    assert script_in(path) == {"script": '"use strict";\n', "script_hash": f"sha256-{digest}"}
