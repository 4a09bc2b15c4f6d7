"""Check a thesis of 300 pages (20 files, 600 references, 1.5 MB of LaTeX and BibTeX): wall time of each run.

    python -m benchmarks.bench_thesis [--runs N]

Each run is a process of its own, start of the interpreter included. The thesis is made up, the same in every run.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHAPTERS, REFERENCES, PARAGRAPHS, WORDS = 20, 600, 60, 110
VOCABULARY = (
    "the of scans networks trained lesion nodule uncertainty calibration ensemble tomography reader segmentation we "
    "found that between cohorts which were images dataset volume contrast slices radiomics features patient survival "
    r"$p<0.05$ \emph{in vivo} M\"uller's Fig.~\ref{fig:one} and is not larger than in other studies"
).split(" ")
PROJECT = """title: A thesis
use: {purpose: noncommercial, activities: [analyze, train-model, publish-results], country: DE}
data:
  - collection: LIDC-IDRI
    distributions: [images]
  - collection: NSCLC-Radiomics
manuscript: [thesis.tex]
"""
DATA = """@dataset{lidc, title = {Data From LIDC-IDRI}, author = {Armato, S.}, date = {2015},
  doi = {10.7937/K9/TCIA.2015.LO9QL9SX}}
@dataset{nsclc, title = {Data From NSCLC-Radiomics}, author = {Aerts, H.}, date = {2019},
  url = {https://doi.org/10.7937/K9/TCIA.2015.PF0M9REI}}
"""


def main() -> None:
    """Write the thesis, check it a few times, and print the seconds of each run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        size = write_thesis(Path(folder))
        print(f"{CHAPTERS + 1} files, {REFERENCES} references, {size / 1000:.0f} kB of LaTeX and BibTeX")
        seconds = [check(Path(folder)) for _ in range(runs)]
    print("seconds:", ", ".join(f"{each:.2f}" for each in seconds))


def write_thesis(folder: Path) -> int:
    """Write the files, and return their size in bytes."""
    rng = random.Random(2026)  # noqa: S311 - the same text in every run, nothing secret
    entries = [_entry(rng, number) for number in range(REFERENCES)]
    files = {f"chapter{number}.tex": _chapter(rng, number) for number in range(CHAPTERS)}
    inputs = "\n".join(rf"\include{{chapter{number}}}" for number in range(CHAPTERS))
    files["thesis.tex"] = (
        "\\documentclass{book}\n\\usepackage[backend=biber]{biblatex}\n\\addbibresource{refs.bib}\n"
        f"\\begin{{document}}\n{inputs}\n\\printbibliography\n\\end{{document}}\n"
    )
    files["refs.bib"] = "\n".join([*entries, DATA])
    files["tcia-policy.yaml"] = PROJECT
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return sum(len(text.encode()) for text in files.values())


def _entry(rng: random.Random, number: int) -> str:
    title = " ".join(rng.choices(VOCABULARY[:40], k=12))
    abstract = " ".join(rng.choices(VOCABULARY[:40], k=80))
    return (
        f"@article{{key{number},\n  title = {{{title}}},\n  author = {{Author{number}, A. and Other, B.}},\n"
        f"  journal = {{Journal}},\n  year = {{{1990 + number % 36}}},\n  doi = {{10.1000/j.{number}}},\n"
        f"  abstract = {{{abstract}}},\n}}\n"
    )


def _chapter(rng: random.Random, number: int) -> str:
    lines = [rf"\chapter{{Chapter {number}}}"]
    for _ in range(PARAGRAPHS):
        words = rng.choices(VOCABULARY, k=WORDS)
        words.insert(rng.randrange(WORDS), rf"\cite[see][p.~{number}]{{key{rng.randrange(REFERENCES)}}}")
        lines += [" ".join(words[start : start + 14]) for start in range(0, len(words), 14)] + [""]
    if number == 1:
        lines.append(r"We used LIDC-IDRI \cite{lidc} and NSCLC-Radiomics \cite{nsclc} of The Cancer Imaging Archive.")
    return "\n".join(lines) + "\n"


def check(folder: Path) -> float:
    """Return the seconds that one check takes, in a new process."""
    start = time.perf_counter()
    command = [str(Path(sys.executable).with_name("tcia-policy")), "check", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "[x] Armato" in done.stdout, done.stdout + done.stderr
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
