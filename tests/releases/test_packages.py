import pytest

from tcia_policy.releases.model import Released, Topic
from tcia_policy.releases.packages import read_description, read_package_json, read_pyproject, read_setup_cfg
from tests.releases.readers import file_in, places, read_by, texts, unread


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('[project]\nname = "x"\nlicense = "MIT"', ["MIT"]),
        ('[project]\nlicense = {text = "BSD 3-Clause"}', ["BSD 3-Clause"]),
        ('[project]\nlicense = {file = "LICENSE"}', []),
        ('[tool.poetry]\nlicense = "GPL-3.0-or-later"', ["GPL-3.0-or-later"]),
        ('[project]\nclassifiers = ["License :: OSI Approved :: MIT License", "Topic :: X"]', ["MIT License"]),
        ('[project]\nclassifiers = ["License :: OSI Approved"]', []),
        ('[project]\nlicense = "MIT"\nclassifiers = ["License :: OSI Approved :: MIT License"]', ["MIT"]),
    ],
)
def test_a_python_project_states_the_license_of_code(toml: str, said: list[str]) -> None:
    read = read_by(read_pyproject, "pyproject.toml", toml)
    assert texts(read, Topic.LICENSE) == said
    assert {each.says for each in read.about(Topic.LICENSE)} <= {Released.CODE}


def test_its_line_is_told() -> None:
    read = read_by(read_pyproject, "pyproject.toml", '[build-system]\n\n[project]\nname = "x"\nlicense = "MIT"\n')
    assert places(read, Topic.LICENSE) == ["pyproject.toml:5 project.license = MIT"]


def test_setup_cfg_is_read_the_same_way() -> None:
    read = read_by(read_setup_cfg, "setup.cfg", "[metadata]\nname = x\nlicense = MIT\nlicense_files = LICENSE\n")
    assert places(read, Topic.LICENSE) == ["setup.cfg:3 license = MIT"]
    read = read_by(
        read_setup_cfg, "setup.cfg", "[metadata]\nclassifiers =\n    License :: OSI Approved :: BSD License\n"
    )
    assert texts(read, Topic.LICENSE) == ["BSD License"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"name": "x", "license": "MIT"}', ["MIT"]),
        ('{"name": "x", "license": {"type": "ISC", "url": "https://example.org"}}', ["ISC"]),
        ('{"name": "x", "licenses": [{"type": "MIT"}, {"type": "GPL"}]}', ["MIT", "GPL"]),
        ('{"name": "x", "license": "SEE LICENSE IN terms.txt"}', []),
        ('{"name": "x", "license": "UNLICENSED"}', ["UNLICENSED"]),
    ],
)
def test_a_javascript_package_in_its_forms(content: str, said: list[str]) -> None:
    assert texts(read_by(read_package_json, "package.json", content), Topic.LICENSE) == said


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("MIT + file LICENSE", ["MIT"]),
        ("GPL-2 | GPL-3", ["GPL-2 | GPL-3"]),
        ("file LICENSE", []),
        ("CC BY 4.0", ["CC BY 4.0"]),
    ],
)
def test_an_r_package_may_point_to_a_file(field: str, said: list[str]) -> None:
    read = read_by(read_description, "DESCRIPTION", f"Package: x\nTitle: X\nLicense: {field}\n")
    assert texts(read, Topic.LICENSE) == said


def test_an_empty_field_is_told() -> None:
    assert unread(read_by(read_description, "DESCRIPTION", "Package: x\nLicense:\n")) == [
        "DESCRIPTION:2: `License` is empty"
    ]


def test_other_files_are_passed_over() -> None:
    assert read_pyproject(file_in({"pyproject.toml": "[tool.ruff]\n"}, "pyproject.toml")) is None
    assert read_setup_cfg(file_in({"setup.cfg": "[flake8]\n"}, "setup.cfg")) is None
    assert read_description(file_in({"DESCRIPTION": "A folder of scans.\n"}, "DESCRIPTION")) is None
