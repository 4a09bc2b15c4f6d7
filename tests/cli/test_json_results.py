"""What commands print with `--format json` is as their schemas say."""

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from tcia_policy.engine.case import default_day
from tcia_policy.importers.online import written
from tcia_policy.schema import FOLDER, RESULTS
from tests.cli.run import DAY, EXAMPLES, run
from tests.importers.refresh import small

NODULES = EXAMPLES / "lung-nodules"
PRODUCT = EXAMPLES / "commercial-product"
CALLS: dict[str, list[tuple[str | Path, ...]]] = {
    "assessment": [("check", NODULES, "--as-of", DAY)],
    "audit": [("audit", EXAMPLES / "training-sets" / "images.csv", "--by", "training_set", "--as-of", DAY)],
    "diff": [("diff", PRODUCT, NODULES, "--as-of", DAY), ("diff", PRODUCT, PRODUCT, "--as-of", DAY)],
    "bundle-verify": [("bundle", "verify", "bundle.zip", "--as-of", DAY)],
    "explain": [
        ("explain", NODULES, "-a", "train-model", "--as-of", DAY),
        ("explain", PRODUCT, "--as-of", DAY),
    ],
    "licenses": [
        ("licenses", "--for", "segmentations", NODULES, "--as-of", DAY),
        ("licenses", "--for", "dataset-copy", PRODUCT, "--without", "Phantom FDA", "--as-of", DAY),
    ],
    "list": [("list", "lung"), ("list", "breast", "--usable-for", "commercial"), ("list", "nothing-like-it")],
    "registry-changes": [("registry", "changes", "--since", "2026-08-10"), ("registry", "diff", "bundled")],
    "registry-conflicts": [("registry", "conflicts"), ("registry", "conflicts", "--all")],
    "registry-status": [("registry", "status")],
    "registry-watch": [("registry", "watch", NODULES, "--since", "2026-07-01")],
    "registry-update": [("registry", "update", "--dry-run", "--from-dir", "answers")],
    "registry-verify": [("registry", "verify", "--as-of", DAY)],
    "rules-list": [("rules", "list"), ("rules", "list", "--policy", "creative-commons")],
    "rules-show": [("rules", "show", "cc-noncommercial"), ("rules", "show", "nih-controlled-access")],
    "rules-test": [("rules", "test")],
    "resolve": [("resolve", NODULES), ("resolve", "LIDC-IDRI", NODULES / "cohort" / "nsclc-radiomics.tcia")],
    "review-list": [("review", PRODUCT, "--list", "--as-of", DAY)],
    "review-verify": [("review", "verify", PRODUCT, "--as-of", DAY)],
    "show": [("show", "LIDC-IDRI"), ("show", "Phantom FDA"), ("show", "FDG-PET-CT-Lesions", "--history")],
    "what-if": [
        ("what-if", NODULES, "--as-of", DAY),
        ("what-if", PRODUCT, "--without", "Phantom FDA", "--as-of", DAY),
    ],
}


@pytest.fixture(scope="module", autouse=True)
def _a_bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    folder = tmp_path_factory.mktemp("bundle")
    run("bundle", NODULES, "-o", folder / "bundle.zip", "--as-of", DAY)
    written.write([small.answers(default_day())], folder / "answers")
    with contextlib.chdir(folder):
        yield


def test_every_result_is_tried() -> None:
    assert set(CALLS) == set(RESULTS)


@pytest.mark.parametrize(("name", "call"), [(name, call) for name, calls in CALLS.items() for call in calls])
def test_the_json_of_a_command_is_as_its_schema_says(name: str, call: tuple[str | Path, ...]) -> None:
    ran = run(*call, "--format", "json")
    assert not ran.err.startswith("error")
    schema = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    del schema["$id"]  # this validator looks for it in the network
    data = json.loads(ran.out)
    jsonschema.Draft7Validator(schema).validate(data)
    assert set(data) == set(schema["properties"])
    assert RESULTS[name].model_validate_json(ran.out).model_dump(mode="json", by_alias=True) == data
    assert data["summary"].strip() == data["summary"] != ""
    assert data["exit_code"] == ran.code
