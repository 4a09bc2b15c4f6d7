"""Runs the steps of a composite action in a shell, as GitHub's runner does it, as far as they are shell steps."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.cli.run import PROGRAM, SOURCE
from tests.work import PATIENCE

ROOT = Path(__file__).resolve().parents[1]
ACTION = ROOT / "action.yml"
_EXPRESSION = re.compile(r"\$\{\{ *(.*?) *\}\}")


def action() -> dict[str, Any]:
    """Return the action as it is written."""
    loaded: dict[str, Any] = yaml.safe_load(ACTION.read_text(encoding="utf-8"))
    return loaded


def put_on_path(folder: Path) -> Path:
    """Write a `tcia-policy` that runs this checkout into `folder`, and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    tool = folder / "tcia-policy"
    tool.write_text(f'#!/bin/sh\nPYTHONPATH="{SOURCE}" exec "{sys.executable}" -c "{PROGRAM}" "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    return tool


@dataclass
class Job:
    """A job that uses the action in `workspace`, with what its steps wrote; `runner` is the runner's own folder."""

    workspace: Path
    runner: Path
    inputs: Mapping[str, str]
    outputs: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.runner.mkdir(parents=True, exist_ok=True)
        defaults = {name: stated.get("default", "") for name, stated in action()["inputs"].items()}
        unknown = {*self.inputs} - {*defaults}
        assert not unknown, f"the action has no input {unknown}"
        self.inputs = defaults | dict(self.inputs)

    @property
    def summary(self) -> str:
        """Return the summary of the job."""
        path = self.runner / "summary.md"
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def run(self, id_: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run the step with this id, keep its outputs, and return how it ended; `more` is put into its environment."""
        [step] = [each for each in action()["runs"]["steps"] if each.get("id") == id_]
        script, output = self.runner / f"{id_}.sh", self.runner / f"{id_}.out"
        script.write_text(step["run"], encoding="utf-8")
        output.touch()
        env = {name: self._value(text) for name, text in step["env"].items()}
        own = {
            "GITHUB_OUTPUT": str(output),
            "GITHUB_STEP_SUMMARY": str(self.runner / "summary.md"),
            "RUNNER_TEMP": str(self.runner / "temp"),
        }
        (self.runner / "temp").mkdir(exist_ok=True)
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=self.workspace,
            env={**os.environ, **env, **own, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        self.outputs |= {f"{id_}.{name}": value for name, value in _outputs(output)}
        return ran

    def _value(self, text: str) -> str:
        return _EXPRESSION.sub(lambda found: self._of(found[1]), text)

    def _of(self, expression: str) -> str:
        return next(filter(None, map(self._fact, expression.split(" || "))), "")

    def _fact(self, name: str) -> str:
        kind, _, rest = name.partition(".")
        if kind == "inputs":
            return self.inputs[rest]
        if kind == "steps":
            step, _, output = rest.partition(".outputs.")
            return self.outputs.get(f"{step}.{output}", "")
        assert name == "github.action_path", name
        return str(ROOT)


def _outputs(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        yield name, value
