"""The ids of what can be decided of a rule that applies: they say what it is about, and never count."""

from collections.abc import Iterable, Iterator

from tcia_policy.engine.asked import is_open
from tcia_policy.engine.ids import as_id
from tcia_policy.engine.outcome import Outcome
from tcia_policy.engine.output_licenses import LicenseRuling
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Distribution, Verdict
from tcia_policy.model.question_kinds import QuestionKind
from tcia_policy.text.name_keys import slug

# Questions that have a matter of their own: a fact is settled by it, whatever waits for that.
ON_ITS_OWN = (QuestionKind.PARTS, QuestionKind.LICENSE, QuestionKind.FACT, QuestionKind.EVIDENCE)
_LINE_OF_FILE = pattern(r":\d+(?=$|[,;) ])")
# What a rule on the study as a whole is about, by the placeholders of its text.
_THINGS = ("manuscript.dataset", "evidence.name", "output.kind", "output.license", "output.file")
_THING_OF_RELEASE = ("release.place", "release.text")
OutputMeant = tuple[str, str | None]
"""What is released, and its license: `("model", "Apache-2.0")`."""


@dataclass(frozen=True)
class HitMatter:
    """What can be decided of a rule that applies: one part of the data and one output, where they are apart."""

    id: str
    part: Distribution | None
    output: OutputMeant | None


def is_decidable(hit: RuleHit) -> bool:
    """Return whether the rule leaves something open or prohibits it, so that a reviewer can decide on it."""
    return is_open(hit) or is_prohibition(hit)


def is_prohibition(hit: RuleHit) -> bool:
    """Return whether the rule prohibits its activity, and no evidence lifts it."""
    return hit.judgment.outcome is Outcome.SPEAKS and hit.rule.verdict is Verdict.PROHIBITED


def matters_of_hit(hit: RuleHit) -> tuple[HitMatter, ...]:
    """Return what can be decided of the rule: one matter for each part that was used for sure, and for each output.

    Parts of which any may have been used are one matter, and so is a rule that no output makes speak.
    """
    if not is_decidable(hit):
        return ()
    return tuple(
        HitMatter(_id(hit, part, output), part, output) for part in _parts(hit) for output in _outputs(hit.outputs)
    )


def ids_of_hits(hits: Iterable[RuleHit]) -> tuple[str, ...]:
    """Return the ids of all that can be decided of some rules, sorted, each once."""
    return tuple(sorted({matter.id for hit in hits for matter in matters_of_hit(hit)}))


def _parts(hit: RuleHit) -> tuple[Distribution | None, ...]:
    """Return the parts that the rule concerns, if each was used; `None` alone where any may have been."""
    if hit.holding is None or not hit.holding.all_used:
        return (None,)
    named = {part.id: part for reading in hit.concerned if (part := reading.distribution) is not None}
    return tuple(named[id_] for id_ in sorted(named)) or (None,)


def _outputs(rulings: Iterable[LicenseRuling]) -> tuple[OutputMeant | None, ...]:
    meant = {(ruling.name, ruling.license) for ruling in rulings}
    return tuple(sorted(meant, key=lambda each: (each[0], each[1] or ""))) or (None,)


def _id(hit: RuleHit, part: Distribution | None, output: OutputMeant | None) -> str:
    return as_id(_steps(hit, part, output))


def _steps(hit: RuleHit, part: Distribution | None, output: OutputMeant | None) -> Iterator[str]:
    yield hit.rule.id
    if hit.holding is None:
        yield from map(slug, thing_of(hit))
    else:
        yield hit.holding.id
    if part is not None:
        yield name_of_part(part)
    yield hit.activity.value
    if output is not None:
        yield "=".join(filter(None, output))


def name_of_part(part: Distribution) -> str:
    """Return `images-42983`, or the id of the part alone where that is a word."""
    return f"{slug(part.title)}-{part.id}" if part.id.isdigit() else part.id


def thing_of(hit: RuleHit) -> tuple[str, ...]:
    """Return what a rule on the study as a whole is about: a dataset, a piece of evidence, an output; without lines."""
    names = [name for name in _THINGS if hit.values.get(name)] or [
        name for name in _THING_OF_RELEASE if hit.values.get(name)
    ]
    return tuple(without_lines(hit.values[name]) for name in names)


def without_lines(text: str) -> str:
    """Return a text that names places in files, `model/README.md:3`, without their lines."""
    return _LINE_OF_FILE.sub("", text)


def id_of_finding(hit: RuleHit) -> str:
    """Return `cc-noncommercial/lidc`; of several on one data item, their activities tell them apart afterwards."""
    about = map(slug, thing_of(hit)) if hit.holding is None else (hit.holding.id,)
    return as_id((hit.rule.id, *about))
