"""What all formats for machines have in common: the same bytes, whatever surrounds them."""

import os
import subprocess
import sys
from pathlib import Path

import tcia_policy
from tests.work import PATIENCE

ROOT = Path(__file__).parents[3]
PROGRAM = """
import hashlib
from tcia_policy.reports.formats import TEXTS
from tests.reports.assessments import EVIL_SAMPLE, SAMPLE
for form in TEXTS:
    if not form.is_checked:
        for assessment in (SAMPLE, EVIL_SAMPLE):
            print(form.name, hashlib.sha256(form.content(assessment)).hexdigest())
"""


def printed(**environment: str) -> str:
    source = os.pathsep.join((str(Path(tcia_policy.__file__).parents[1]), str(ROOT)))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": source, **environment},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_they_are_the_same_bytes_in_any_locale_zone_and_order_of_hashes() -> None:
    first = printed(PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C")
    second = printed(PYTHONHASHSEED="2", TZ="Etc/GMT+12", LC_ALL="tr_TR.UTF-8")
    assert "spdx " in first
    assert first == second
