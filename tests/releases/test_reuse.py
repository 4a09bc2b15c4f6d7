from tcia_policy.releases.model import Topic
from tcia_policy.releases.reuse import read_beside, read_dep5, read_reuse
from tests.releases.readers import file_in, places, read_by, unread

TOML = """version = 1

[[annotations]]
path = "**"
precedence = "aggregate"
SPDX-FileCopyrightText = "2024 Our Lab"
SPDX-License-Identifier = "MIT"

[[annotations]]
path = ["data/**", "scans/*.nii.gz"]
SPDX-License-Identifier = ["CC-BY-NC-4.0", "CC0-1.0"]

[[annotations]]
path = "weights.pt"
SPDX-License-Identifier = ""
"""
DEP5 = """Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

Files: data/* scans/*
 labels/*
Copyright: 2024 Our Lab
License: CC-BY-NC-4.0

Files: *
License: MIT
"""


def test_each_annotation_is_about_its_paths() -> None:
    read = read_by(read_reuse, "REUSE.toml", TOML)
    assert [(each.text, each.place.number, each.covers) for each in read.about(Topic.LICENSE)] == [
        ("MIT", 7, ()),
        ("CC-BY-NC-4.0", 11, ("data/**", "scans/*.nii.gz")),
        ("CC0-1.0", 11, ("data/**", "scans/*.nii.gz")),
    ]
    assert unread(read) == ["REUSE.toml:15: `annotations[2].SPDX-License-Identifier` is empty"]


def test_paths_are_below_the_folder_of_the_file() -> None:
    (first, *_) = read_by(read_reuse, "part/REUSE.toml", TOML).about(Topic.LICENSE)
    assert first.covers == ("part/**",)


def test_dep5_is_about_its_paths() -> None:
    read = read_by(read_dep5, ".reuse/dep5", DEP5)
    assert [(each.text, each.place.number, each.covers) for each in read.about(Topic.LICENSE)] == [
        ("CC-BY-NC-4.0", 6, ("data/*", "scans/*", "labels/*")),
        ("MIT", 9, ()),
    ]


def test_a_license_beside_a_file_is_about_that_file() -> None:
    beside = "SPDX-FileCopyrightText: 2024 Our Lab\n\nSPDX-License-Identifier: CC0-1.0\n"
    read = read_by(read_beside, "scan.nii.license", beside, {"scan.nii": "x"})
    assert places(read, Topic.LICENSE) == ["scan.nii.license:3 SPDX-License-Identifier = CC0-1.0"]
    assert read.about(Topic.LICENSE)[0].covers == ("scan.nii",)
    assert read_beside(file_in({"scan.nii.license": beside}, "scan.nii.license")) is None
