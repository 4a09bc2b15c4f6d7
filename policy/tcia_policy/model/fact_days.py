"""How old the facts are that an assessment rests on, and which registry they are from."""

from enum import StrEnum

from tcia_policy.model.base import Day, Made


class RegistryPlace(StrEnum):
    """Where a registry is: with the program, in the folder for the user's data, or in a folder that the user named."""

    SHIPPED = "shipped"
    OWN = "own"
    NAMED = "named"


class SourceAge(Made):
    """How old what a source of the registry says is.

    `day` is the last on which it was read, and `age` how many days the assessment is after it (negative if it is
    before). With `at_least`, it is known only that it was read by that day. `speaks` says that it states a license of
    the data that are judged.
    """

    id: str
    title: str
    day: Day
    age: int
    at_least: bool = False
    speaks: bool = False


class FactDays(Made):
    """How the day of the assessment lies to the days of the facts.

    `registry` is the day as of which the facts were gathered, `age` how many days the assessment's day is after it
    (negative if it is before). `is_old` says that this is more than `max_age`. `stated_later` are the sources whose
    statements on the licenses of the data are of a later day than the assessment, each with its day. `place` says which
    registry was used, and `sources` how old each of its sources is.
    """

    registry: Day
    age: int
    max_age: int
    is_old: bool
    stated_later: tuple[str, ...] = ()
    place: RegistryPlace = RegistryPlace.SHIPPED
    sources: tuple[SourceAge, ...] = ()
