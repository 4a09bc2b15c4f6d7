"""The license that a reviewer concluded to hold, of those that are stated: it alone counts for its parts."""

from collections.abc import Sequence
from dataclasses import replace

from tcia_policy.engine.license_readings import PartReading
from tcia_policy.model import ConcludedLicense, Holding
from tcia_policy.rules.fact_value import truth


def with_conclusions(readings: Sequence[PartReading], holding: Holding) -> tuple[PartReading, ...]:
    """Return the readings of a data item without those that a conclusion sets aside.

    A license that came with the copy and what the registry states of a part are rivals. Of a license expression, only
    licenses of which one is to be chosen are: what holds beside them stays. A part for which nothing states the
    concluded license keeps all of its readings.
    """
    found = tuple(readings)
    for concluded in holding.concluded:
        found = _without_rivals(found, concluded, of_parts=holding.dataset is not None)
    return found


def is_for(concluded: ConcludedLicense, part: str | None) -> bool:
    """Return whether a conclusion is for a part, by its id; `None` for data of which no parts are known."""
    return part in concluded.parts if concluded.parts else part is None


def part_id(reading: PartReading) -> str | None:
    """Return the id of the part that a reading is of."""
    return None if reading.distribution is None else reading.distribution.id


def _without_rivals(
    readings: Sequence[PartReading], concluded: ConcludedLicense, *, of_parts: bool
) -> tuple[PartReading, ...]:
    def choice(reading: PartReading) -> tuple[str | None, tuple[str, ...]]:
        return part_id(reading), () if of_parts else reading.choices

    holding_it = {
        choice(reading)
        for reading in readings
        if reading.license == concluded.license and is_for(concluded, part_id(reading))
    }
    return tuple(
        _settled(reading, concluded) if choice(reading) in holding_it else reading
        for reading in readings
        if choice(reading) not in holding_it or reading.license == concluded.license
    )


def _settled(reading: PartReading, concluded: ConcludedLicense) -> PartReading:
    """Return the reading as one of which the sources no longer disagree; the decision is among them."""
    facts = {**reading.facts, "claims.disagree": truth(False)}
    decision = f"decision {concluded.decision} of {concluded.role}, {concluded.on.isoformat()}"
    return replace(reading, facts=facts, sources=(*reading.sources, decision))
