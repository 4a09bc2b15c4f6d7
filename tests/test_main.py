"""The first moments of the program."""

import signal
import subprocess
import sys

from tests.work import PATIENCE

# Ctrl-C is pressed while the command line is loaded.
INTERRUPTED = """
import os, runpy, signal, sys
class Pressed:
    def find_spec(self, name, path=None, target=None):
        if name == "tcia_policy.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Pressed())
sys.argv = ["tcia-policy", "--version"]
runpy.run_module("tcia_policy", run_name="__main__")
"""


def test_ctrl_c_while_it_is_loaded_prints_no_traceback() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", INTERRUPTED], capture_output=True, check=False, encoding="utf-8", timeout=PATIENCE
    )
    assert (ran.returncode, ran.stderr) == (-signal.SIGINT, "")
