"""`--redact`: what is shared has no names of people."""

from pathlib import Path

import pytest

from tests.cli.run import DAY, run

STUDY = """\
title: Open study
authors: [Ann Author]
reviewers: [{name: Rita Review, role: counsel}]
use: {purpose: noncommercial, activities: [release-model], outputs: [{kind: model, license: Apache-2.0}]}
positions: {model-is-adaptation: {value: false, by: Counsel Carla, on: 2026-03-02, evidence: {held_by: Carla's desk}}}
data: [{collection: LIDC-IDRI}]
"""
NAMES = ("Ann Author", "Rita Review", "Carla")


@pytest.mark.parametrize("how", [["check", "-vv"], ["check", "--format", "json"], ["report", "-o", "-"]])
def test_no_name_is_printed(tmp_path: Path, how: list[str]) -> None:
    (tmp_path / "tcia-policy.yaml").write_text(STUDY, encoding="utf-8")
    command, *options = how
    shown = run(command, ".", *options, "--as-of", DAY, cwd=tmp_path)
    assert any(name in shown.out for name in NAMES)
    shared = run(command, ".", *options, "--as-of", DAY, "--redact", cwd=tmp_path)
    assert shared.code == shown.code
    assert not any(name in shared.out for name in NAMES)
    assert "[name " in shared.out


def test_what_was_saved_with_names_is_rendered_without(tmp_path: Path) -> None:
    (tmp_path / "tcia-policy.yaml").write_text(STUDY, encoding="utf-8")
    saved = tmp_path / "saved.json"
    saved.write_text(run("check", tmp_path, "--as-of", DAY, "--format", "json").out, encoding="utf-8")
    rendered = run("render", saved, "--format", "json", "--redact").out
    assert rendered == run("check", tmp_path, "--as-of", DAY, "--format", "json", "--redact").out
    assert "Carla" not in rendered
