"""The file with the decisions of reviewers (`review.yaml`), as it is read and checked."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tcia_policy.errors import InputError, Mistakes
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.content import read_start
from tcia_policy.files.digests import digest_of_basis, digest_of_text
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.files.text import read_text
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model.decision_kinds import REVIEW_FILE, DecisionKind

if TYPE_CHECKING:
    from tcia_policy.model.decision import Decision, Review

OTHER_NAMES = ("review.yml", "Review.yaml", "Review.yml", "reviews.yaml")
_BEGINS = pattern(rb"^decisions\s*:", re.MULTILINE)


@dataclass(frozen=True)
class ReviewFile:
    """The decisions of a file that fits. `file` is its name, `digest` its SHA-256, `lines` has one a decision."""

    file: str
    review: "Review"
    digest: str
    lines: tuple[int | None, ...]
    path: Path | None = None

    @classmethod
    def beside(cls, project_file: Path) -> "ReviewFile | None":
        """Read the review file beside a project file; `None` where there is none.

        Raise as `parse` does, and for a file with decisions that is named almost so: what it rejects must not be lost.
        """
        path = project_file.parent / REVIEW_FILE
        if not (path.exists() or path.is_symlink()):
            _refuse_other_names(path)
            return None
        return cls.parse(read_text(path, limits.YAML), path)

    @classmethod
    def parse(cls, text: str, path: Path) -> "ReviewFile":
        """Read the text of a review file that stands, or would stand, at `path`.

        Raises `InputError` with file, line and field for content of another shape, for two decisions of one name, for
        a decision on one id twice, and for lines of then whose SHA-256 is another one: for all of them at once.
        """
        document = located_yaml.parse_text(path, text)
        review = _review(document)
        mistakes = Mistakes()
        mistakes.note_all(_names_given_twice(document, review))
        mistakes.note_all(_decided_twice(document, review))
        mistakes.note_all(_bases_changed(document, review))
        mistakes.tell()
        lines = tuple(document.line(("decisions", number)) for number in range(len(review.decisions)))
        return cls(path.name, review, digest_of_text(text), lines, path)


def _refuse_other_names(path: Path) -> None:
    for name in OTHER_NAMES:
        other = path.with_name(name)
        if other.is_file() and _BEGINS.search(read_start(other, limits.YAML)):
            raise InputError("has decisions, and is not read", file=other, hint=f"rename it {path.name}")


def _review(document: LocatedYaml) -> "Review":
    """Return the content of the file. Raise `InputError` for all that does not fit."""
    from tcia_policy.engine.review_shape import BY_KIND, Shape  # noqa: PLC0415 - 4 ms, only where there is a file
    from tcia_policy.model.decision import Review  # noqa: PLC0415 - as above

    if document.data is None:
        return Review()
    if not isinstance(document.data, dict):
        hint = "it begins with `decisions:`, and each decision with `- kind: ...`"
        raise InputError("has no decisions", file=document.path, line=1, hint=hint)
    mistakes = Mistakes()
    shape = Shape()
    with mistakes.noted():
        shape = document.parse(Shape)
    decisions: list[Decision] = []
    for number, kind in enumerate(_kinds(document)):
        if kind is not None:
            with mistakes.noted():
                decisions.append(document.parse(BY_KIND[kind], ("decisions", number)))
    mistakes.tell()
    return Review(decisions=tuple(decisions), bases=shape.bases)


def _kinds(document: LocatedYaml) -> Iterator[DecisionKind | None]:
    """Yield the kind of each decision; `None` where it has none that is known, which is told already."""
    content = document.data
    found = content.get("decisions") if isinstance(content, dict) else None
    for each in found if isinstance(found, list) else ():
        stated = each.get("kind") if isinstance(each, dict) else None
        yield DecisionKind(stated) if isinstance(stated, str) and stated in set(DecisionKind) else None


def _names_given_twice(document: LocatedYaml, review: "Review") -> Iterator[InputError]:
    first: dict[str, int] = {}
    for number, decision in enumerate(review.decisions):
        place = ("decisions", number, "name")
        if decision.name in first:
            stands = document.line(("decisions", first[decision.name], "name"))
            hint = f"it stands on line {stands} already; give each decision a name of its own"
            yield document.mistake(place, f"the name {decision.name!r} is given twice", hint)
        first.setdefault(decision.name, number)


def _decided_twice(document: LocatedYaml, review: "Review") -> Iterator[InputError]:
    for number, decision in enumerate(review.decisions):
        seen: set[str] = set()
        for place, each in enumerate(() if decision.kind is DecisionKind.SUPERSEDE else decision.decides):
            if each.id in seen:
                hint = "keep the one with the digest of what was decided"
                at = ("decisions", number, "decides", place)
                yield document.mistake(at, f"the decision names {each.id} twice", hint)
            seen.add(each.id)


def _bases_changed(document: LocatedYaml, review: "Review") -> Iterator[InputError]:
    for digest, lines in review.bases.items():
        if digest_of_basis(lines) != digest:
            hint = "these lines were changed since; take this entry out, and decide again on what is so today"
            yield document.mistake(("bases", digest), "is not the SHA-256 of its lines", hint)
