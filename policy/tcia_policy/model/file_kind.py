"""What a file that was read is to the study: in the lock of a study, and where files are bundled."""

from enum import StrEnum


class FileKind(StrEnum):
    """What a file that was read is to the study. `license`: what states the license of a copy or an output."""

    PROJECT = "project"
    COHORT = "cohort"
    MANUSCRIPT = "manuscript"
    RELEASE = "release"
    EVIDENCE = "evidence"
    LICENSE = "license"
    HOUSE_RULES = "house-rules"
    REVIEW = "review"
