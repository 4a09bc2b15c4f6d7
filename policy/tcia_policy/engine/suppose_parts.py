"""The answers to which parts of a data item were used, and to which of the licenses stated for it is right."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tcia_policy.engine.evidence_in_activity import Situations
from tcia_policy.engine.judge_again import World
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.suppositions import MOST_BRANCHES, Supposition
from tcia_policy.model import Holding, HoldingKind, PartWord, WordOf
from tcia_policy.registry.license_expressions import clauses_of
from tcia_policy.rules.fact_value import Facts
from tcia_policy.text.english import first_of, one_of


def parts_supposed(world: World, id_: str) -> list[Supposition]:
    """Return an answer for each group of parts of a data item of which the same is known."""
    holding = _held(world, id_)
    alike: dict[object, list[str]] = {}
    for part in holding.distributions:
        facts = world.read(with_parts(holding, (part,)))
        known = tuple((reading.license, frozenset(each.items())) for reading, each in facts)
        alike.setdefault(known, []).append(part)
    supposed = [of_parts(world, id_, parts) for parts in list(alike.values())[:MOST_BRANCHES]]
    return [*supposed, *([_of_none(world, holding)] if holding.may_be_unused else [])]


def _of_none(world: World, holding: Holding) -> Supposition:
    """Return the answer that no part of a data item was used that counts since patients or studies are named."""
    what = "patients" if holding.on_word_of is WordOf.PATIENTS else "studies"
    says = f"none of it: list the series that you used in place of the {what}"
    return Supposition(says=says, paste=None, world=replace(world, unused=world.unused | {holding.id}))


def of_parts(world: World, id_: str, parts: Sequence[str]) -> Supposition:
    """Return the answer that these parts of a data item were used."""
    holding = _held(world, id_)
    named = tuple(parts[:MOST_BRANCHES])
    supposed = with_parts(holding, named)
    not_by_words = holding.removed_after is not None or holding.may_be_unused  # words are for the series of the item
    return Supposition(
        says=_titles(world, holding, parts),
        paste=None if not_by_words else f"distributions: [{', '.join(map(quoted, named))}]",
        world=world.with_holdings({id_: (supposed, world.read(supposed))}),
        parts=tuple(parts),
    )


def with_parts(holding: Holding, parts: tuple[str, ...]) -> Holding:
    """Return the data item as if the project named these parts of it. Series that are listed may be of any of them."""
    changes = {
        "distributions": parts,
        "distributions_stated": True,
        "all_used": holding.series is None,
        "may_be_unused": False,
        "words_read": tuple(PartWord(word=part, parts=(part,)) for part in parts),
    }
    return holding.model_copy(update=changes)


def quoted(word: str) -> str:
    """Return a word as YAML has it within a list."""
    return word if word.replace("-", "").replace("_", "").isalnum() else f'"{word}"'


def _titles(world: World, holding: Holding, parts: Sequence[str]) -> str:
    dataset = world.case.known.datasets[holding.dataset or ""]
    titles = [f"{part.title} ({part.id})" for part in dataset.distributions if part.id in parts]
    return one_of(first_of(titles))


def _held(world: World, id_: str) -> Holding:
    return next(holding for holding, _ in world.readings if holding.id == id_)


def licenses_supposed(world: World, id_: str) -> list[Supposition]:
    """Return an answer for each license of which one has to be right."""
    holding, facts = _held(world, id_), world.situations_of(id_)
    in_question = dict.fromkeys(name for names in _rivals(facts).values() if len(names) > 1 for name in names)
    return [_of_license(world, holding, facts, name) for name in list(in_question)[:MOST_BRANCHES]]


def _of_license(world: World, holding: Holding, facts: Situations, name: str | None) -> Supposition:
    """Return the answer that this license is right; for data on the project's word, that it was chosen."""
    says = _license_in_words(world, facts, name)
    if holding.kind is HoldingKind.OTHER and holding.license is not None:
        chosen = holding.model_copy(update={"license": name})
        is_one_choice = len(clauses_of(holding.license)) == 1
        paste = f"other: {{license: {name}}}" if is_one_choice else None
        return Supposition(says, paste, world.with_holdings({holding.id: (chosen, world.read(chosen))}))
    return Supposition(says, None, world.with_holdings({holding.id: (holding, list(_under(facts, name)))}))


def _rivals(facts: Situations) -> dict[tuple[str, str | None], dict[str | None, None]]:
    """Return the licenses that exclude each other: those of one part within one choice."""
    found: dict[tuple[str, str | None], dict[str | None, None]] = {}
    for reading, _ in facts:
        for choice in reading.choices:
            found.setdefault((choice, reading.part), {})[reading.license] = None
    return found


def _under(facts: Situations, name: str | None) -> Iterator[tuple[PartReading, Facts]]:
    """Yield the readings that are left if this license is right wherever it is stated."""
    rivals = _rivals(facts)
    for reading, known in facts:
        stated = [rivals[choice, reading.part] for choice in reading.choices]
        if reading.license == name or not any(name in names for names in stated):
            yield reading, known


def _license_in_words(world: World, facts: Situations, name: str | None) -> str:
    if name is None:
        return "none of them"
    license_ = world.case.known.licenses.get(name)
    sources = dict.fromkeys(source for reading, _ in facts if reading.license == name for source in reading.sources)
    said_by = f" ({'; '.join(sources)})" if sources else ""
    return f"{name if license_ is None else license_.short_name}{said_by}"
