"""A project that means harm: every text in it, and every name of a file, is one that some reader would act on."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from tests.engine.reviewed import judged

ATTACKS = (
    "<script>alert(1)</script>",
    "=cmd|'/C calc'!A0",
    "\n::error file=a.py,line=1::pwned",
    '"><img src=x onerror=alert(2)>',
    "%0A::set-output name=x::y",
    "\\input{/etc/passwd}",
    "\u202egnp.exe\u2066x\u2069",
    "##vso[task.setvariable variable=x]y",
    "[a](javascript:alert(3))",
    "\x1b[2J\x1b[31m\x1b]8;;http://evil.example\x07link\x1b]8;;\x07",
    '#eval(read("/etc/passwd"))',
    "\r\n##[add-mask]hide",
    "+1+1",
    "</p><iframe src=//evil.example>",
    "\\write18{touch x}\\immediate",
    ']]><!ENTITY x SYSTEM "file:///etc/passwd">&x;',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "{{7*7}} ${{ secrets.TOKEN }} {% raw %}",
    "-2+3+cmd|' /C calc'!D2",
    "$(touch pwned) `touch pwned` ; rm -rf x && y",
    "\u2028\u2029| a | b |\n|---|---|\n\n# Heading\n\n- list",
    "data:text/html,<svg/onload=alert(4)>",
    "\x9b31m\x9d0;title\x9c\x85\x07\x7f\x08",
    "![i](http://evil.example/x.png) <http://evil.example>",
    "a\u200bb\u200dc\ufeffd\u00ade\u2060",
    "!!python/object/apply:os.system [touch pwned] &a *a",
    "--- \n...\n- k: {v: [1}",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\ufffe\uffff\ufdd0",
    "W" * 300,
    "'; DROP TABLE x; -- <!-- --> -->",
    '#read("/etc/passwd") #import "@preview/x:1.0.0" $ x $ <label> @ref',
    "$E=mc^2$ \\href{javascript:x}{y} \\catcode`\\%=12 ^^41",
    'DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc.exe" INCLUDETEXT',
    "javascript:alert(5)",
    "vbscript:x <a href='&#106;avascript:alert(6)'>",
)
"""Texts, each of which some program acts on if it is written to it as it is."""
PEOPLE = ("Jane <script>alert(1)</script> Doe", "Max \x1b]0;x\x07\u202e ::error:: Roe =cmd|x")
ROLES = ('counsel"><img src=x onerror=y>', "steward\n::error::x")
AUTHOR = "Ann `touch x` $(id) Author"


@dataclass
class Attacks:
    """Gives a text with all attacks, one after the other, beginning with the next one each time."""

    _next: Iterator[int] = field(default_factory=lambda: cycle(range(len(ATTACKS))))

    def text(self, longest: int = 900) -> str:
        """Return a text of at most so many characters."""
        first = next(self._next)
        return " ".join((*ATTACKS[first:], *ATTACKS[:first]))[:longest].strip("\ud83d")

    def file(self, suffix: str) -> str:
        """Return the name of a file, which may have everything but a slash and NUL."""
        whole = self.text().replace("/", "\u2215").encode()[:120].decode(errors="ignore").strip()
        return f"{whole}{suffix}"


@dataclass(frozen=True)
class Nasty:
    """Where the project is, and its files with their roles."""

    folder: Path
    files: dict[str, str]

    @property
    def project(self) -> Path:
        return self.folder / "tcia-policy.yaml"


def write_nasty(folder: Path, *, decided: bool = True) -> Nasty:
    """Write the project into a folder: data, evidence, a paper with its references, a release, and decisions."""
    attacks = Attacks()
    files = {
        "grant": attacks.file(".txt"),
        "memo": attacks.file(".txt"),
        "terms": attacks.file(".txt"),
        "cohort": attacks.file(".csv"),
        "paper": attacks.file(".tex"),
        "bib": "refs.bib",
        "notes": attacks.file(".md"),
        "release": attacks.file(""),
    }
    nasty = Nasty(folder, files)
    folder.mkdir(exist_ok=True)
    for name in ("grant", "memo", "terms"):
        (folder / files[name]).write_text(_document(attacks), encoding="utf-8")
    _write_cohort(folder / files["cohort"], attacks)
    _write_paper(nasty, attacks)
    _write_release(folder / files["release"], attacks)
    nasty.project.write_text(yaml.safe_dump(_project(nasty, attacks), sort_keys=False), encoding="utf-8")
    if decided:
        _write_review(nasty, attacks)
    return nasty


def write_small(folder: Path) -> Path:
    """Write a project with one data item and a letter, all of whose texts mean harm, and return its folder."""
    attacks = Attacks()
    folder.mkdir()
    letter = attacks.file(".txt")
    (folder / letter).write_text(_document(attacks), encoding="utf-8")
    project = {
        "title": attacks.text(),
        "data": [{"other": {"name": attacks.text(300), "license": attacks.text(90)}}],
        "positions": {"model-is-adaptation": {"value": False, "by": attacks.text(90), "evidence": letter}},
        "authors": [AUTHOR],
    }
    (folder / "tcia-policy.yaml").write_text(yaml.safe_dump(project), encoding="utf-8")
    return folder


def _document(attacks: Attacks) -> str:
    """Return a letter without what no text has, or it is no document."""
    text = "".join(letter for letter in attacks.text() if letter.isprintable() or letter == "\n")
    return f"We, the owners, let you use these data for your product, on 2 January 2026.\n{text}\n"


def _write_cohort(path: Path, attacks: Attacks) -> None:
    rows = ["SeriesInstanceUID,PatientID,Collection"]
    quoted = attacks.text().replace('"', '""')
    rows += [f'1.3.6.1.4.1.14519.5.2.1.9999.1.{number},"{quoted}","{quoted}"' for number in range(3)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def _write_paper(nasty: Nasty, attacks: Attacks) -> None:
    text = attacks.text()
    escaped = text.replace("\\", "\\textbackslash ").replace("{", "\\{").replace("}", "\\}").replace("%", "\\%")
    paper = (
        "\\documentclass{article}\\title{%s}\\author{%s}\\begin{document}\\input{/etc/passwd}\\input{../../secret}\n"
        "\\section{Data}We used LIDC-IDRI~\\cite{lidc} and NSCLC-Radiomics. %s\n\n"
        "\\section{%s}%s\\write18{touch pwned}\\bibliography{refs}\\end{document}\n"
    )
    (nasty.folder / nasty.files["paper"]).write_text(
        paper % (escaped, escaped, escaped, escaped, text), encoding="utf-8"
    )
    bib = (
        "@misc{lidc, title={%s}, author={%s and <script>x</script>, =cmd}, doi={10.7937/K9/TCIA.2015.LO9QL9SX},\n"
        " url={javascript:alert(1)}, year={2015}}\n@article{%s, title={LIDC-IDRI %s}, journal={=cmd|x}}\n"
    )
    plain = escaped.replace("#", "\\#")
    (nasty.folder / "refs.bib").write_text(bib % (plain, plain, "x<script>", plain), encoding="utf-8")
    notes = f"---\ntitle: {json.dumps(text)}\n---\n\n# {text}\n\nWe used Pediatric-CT-SEG. {attacks.text()}\n"
    (nasty.folder / nasty.files["notes"]).write_text(notes, encoding="utf-8")


def _write_release(folder: Path, attacks: Attacks) -> None:
    folder.mkdir()
    header = {
        "license": attacks.text(),
        "datasets": [attacks.text(90), "LIDC-IDRI", "NSCLC-Radiomics"],
        "tags": [attacks.text()],
        "model_name": attacks.text(),
        "base_model": attacks.text(90),
    }
    (folder / "README.md").write_text(
        f"---\n{yaml.safe_dump(header)}---\n# {attacks.text()}\n\nTrained on LIDC-IDRI.\n", "utf-8"
    )
    (folder / "LICENSE").write_text(f"{attacks.text()}\n", "utf-8")
    cff = {
        "cff-version": "1.2.0",
        "message": attacks.text(),
        "title": attacks.text(),
        "license": "Apache-2.0",
        "authors": [{"family-names": attacks.text(), "given-names": attacks.text()}],
        "references": [
            {
                "type": "data",
                "title": attacks.text(),
                "doi": "10.7937/K9/TCIA.2015.LO9QL9SX",
                "authors": [{"name": attacks.text()}],
            }
        ],
    }
    (folder / "CITATION.cff").write_text(yaml.safe_dump(cff), "utf-8")
    zenodo = {
        "title": attacks.text(),
        "license": attacks.text(),
        "description": attacks.text(),
        "creators": [{"name": attacks.text()}],
    }
    (folder / ".zenodo.json").write_text(json.dumps(zenodo), "utf-8")
    (folder / attacks.file(".md")).write_text(attacks.text(), "utf-8")
    Path(os.fsdecode(os.fsencode(folder / "README") + b"\xff\x1b.md")).write_text(attacks.text(), "utf-8")


def _project(nasty: Nasty, attacks: Attacks) -> dict[str, Any]:
    text, files = attacks.text, nasty.files
    others = [
        {
            "id": f"a.-{number}",
            "other": {"name": text(200), "license": text(120), "kind": kind},
            "changes": text(),
        }
        for number, kind in enumerate(("dataset", "model", "software", "dataset"))
    ]
    rest = [{"other": {"name": " ".join(ATTACKS[at::3]), "license": "CC-BY-NC-4.0"}} for at in range(3)]
    return {
        "title": text(999),
        "use": {
            "purpose": "commercial",
            "country": "US",
            "activities": ["analyze", "train-model", "release-model", "share-derived-data", "publish-figures"],
            "outputs": [
                {"kind": "model", "license": "Apache-2.0"},
                {"kind": "segmentations", "license": text(100)},
            ],
        },
        "positions": {
            "model-is-adaptation": {
                "value": False,
                "by": text(200),
                "on": "2026-03-02",
                "evidence": {"held_by": f"Office of Counsel {text(200)}"},
            }
        },
        "data": [
            {"id": "lidc", "collection": "LIDC-IDRI", "changes": text()},
            {"id": "ct", "collection": "Pediatric-CT-SEG"},
            {
                "id": "copy",
                "collection": "NSCLC-Radiomics",
                "obtained_from": 'https://www.kaggle.com/"><script>alert(1)</script>?=cmd|x::error::',
                "license": text(100),
                "license_file": files["terms"],
            },
            {"id": "dup", "collection": "TCGA-GBM", "version": text(80), "obtained_from": "institution"},
            {"manifest": files["cohort"]},
            {"id": "own", "own": {"name": text(150), "description": text(900)}},
            {"id": "ours", "other": {"name": text(100), "license": "LicenseRef-our-lab"}},
            *others,
            *rest,
        ],
        "licenses": [
            {
                "id": "LicenseRef-our-lab",
                "name": text(200),
                "url": f"javascript:{text(80)}",
                "access": "open",
                "text": files["terms"],
                "permits": ["reproduction", "distribution"],
                "requires": ["attribution"],
                "prohibits": [],
            },
        ],
        "agreements": [
            {
                "id": "dbgap",
                "accession": "phs000178",
                "approved_on": "2026-01-15",
                "evidence": {
                    "held_by": text(300),
                },
            }
        ],
        "permissions": [
            {
                "dataset": "NSCLC-Radiomics",
                "grants": "commercial-use",
                "from": text(200),
                "to": text(200),
                "on": "2026-04-01",
                "activities": ["train-model"],
                "outputs": ["model"],
                "territory": "worldwide",
                "evidence": files["grant"],
            },
        ],
        "answers": [
            {
                "rule": "nih-models-ask-the-committee",
                "data": "TCGA-GBM",
                "says": "permitted",
                "from": text(200),
                "on": "2026-03-01",
                "evidence": files["memo"],
            }
        ],
        "manuscript": [files["paper"], files["notes"]],
        "release": [files["release"]],
        "authors": [AUTHOR],
        "reviewers": [{"name": name, "role": role} for name, role in zip(PEOPLE, ROLES, strict=True)],
        "gate": {"fail_on": ["undetermined", "stale", "expiring:300"]},
    }


def _write_review(nasty: Nasty, attacks: Attacks) -> None:
    matters = {each.id: each for each in judged(nasty.folder, decisions=False).matters}
    by = {"by": PEOPLE[0], "role": ROLES[0], "on": "2026-11-10"}
    memo = nasty.folder / nasty.files["memo"]
    document = {"path": memo.name, "sha256": hashlib.sha256(memo.read_bytes()).hexdigest()}
    ids = iter(matters)

    def decides(id_: str) -> list[dict[str, str]]:
        return [{"id": id_, "digest": matters[id_].digest}]

    def other() -> list[dict[str, str]]:
        return decides(next(id_ for id_ in ids if not id_.startswith(("license/", "positions"))))

    decisions: list[dict[str, Any]] = [
        {
            "kind": "conclude",
            "name": "c",
            "decides": decides("license/ct"),
            "license": "CC-BY-4.0",
            "evidence": document,
        },
        {"kind": "accept", "name": "a", "decides": other(), "until": "2027-01-01"},
        {
            "kind": "approve-with-conditions",
            "name": "b",
            "decides": other(),
            "conditions": [{"text": attacks.text(900), "owner": attacks.text(150), "due": "2027-01-01"}],
        },
        {
            "kind": "waive",
            "name": "w",
            "decides": other(),
            "because_of": "met-elsewhere",
            "until": "2027-01-01",
            "second_by": PEOPLE[1],
            "second_role": ROLES[1],
            "evidence": {"held_by": attacks.text(200)},
        },
        {
            "kind": "refer",
            "name": "r",
            "decides": other(),
            "to": attacks.text(150),
            "asked_on": "2026-11-01",
        },
        {"kind": "reject", "name": "no", "decides": other()},
        {
            "kind": "answer",
            "name": "ans",
            "decides": other(),
            "says": "permitted",
            "from": attacks.text(200),
            "evidence": document,
        },
        {"kind": "accept", "name": "stale", "decides": [{"id": other()[0]["id"], "digest": "0" * 64}]},
        {"kind": "accept", "name": "unknown", "decides": [{"id": attacks.text(400), "digest": "0" * 64}]},
        {"kind": "supersede", "name": "s", "supersedes": ["stale"]},
    ]
    written = [{**each, **by, "reason": attacks.text()} for each in decisions]
    bases = {matter.digest: list(matter.basis) for matter in matters.values()}
    (nasty.folder / "review.yaml").write_text(
        yaml.safe_dump(json.loads(json.dumps({"decisions": written, "bases": bases})), sort_keys=False), "utf-8"
    )
    private = {"reasons": {"a": attacks.text()}}
    (nasty.folder / "review.private.yaml").write_text(yaml.safe_dump(private), "utf-8")
