"""The digests of everything that is written of a project, in a process with its own locale, zone and hash seed."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.work import PATIENCE

# A saved assessment in each format, and the bundle, which judges the project again.
DIGESTS = """
import sys
from hashlib import sha256
from pathlib import Path
from tcia_policy.cli import main
from tcia_policy.reports.formats import FORMATS
from tcia_policy.reports.json_report import read_assessment
saved, project, day = sys.argv[1:]
assessment = read_assessment(Path(saved))
for form in FORMATS:
    print(form.name, sha256(form.content(assessment)).hexdigest())
sys.argv = ["tcia-policy", "bundle", project, "-o", "bundle.zip", "--as-of", day]
try:
    main()
except SystemExit:
    pass
print("bundle", sha256(Path("bundle.zip").read_bytes()).hexdigest())
"""


def in_another_place(command: Sequence[str], folder: Path, env: Mapping[str, str]) -> str:
    """Run a command in a folder with another environment, and return what it printed."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **env},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=True,
    )
    return done.stdout.decode("utf-8")
