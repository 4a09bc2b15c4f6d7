"""The words of questions, which a study without any uses, too: what they ask for, and what answers lead to."""

from enum import StrEnum


class QuestionKind(StrEnum):
    """What a question asks for.

    `parts`: which parts of a dataset were used. `license`: which of the licenses that sources state holds. `fact`: what
    the project does not state (its purpose, a legal position, whether a copy was altered). `reply`: what an owner, a
    committee or counsel must say. `evidence`: whether evidence that is recorded counts. `mend`: the project has to be
    changed, and `remedy` says how.
    """

    PARTS = "parts"
    LICENSE = "license"
    FACT = "fact"
    REPLY = "reply"
    EVIDENCE = "evidence"
    MEND = "mend"


class Consequence(StrEnum):
    """What an answer leads to, as far as this question goes: whether anything still stands against it.

    `clear`: nothing stands against it any more but duties. `open`: another question stands against it.
    """

    CLEAR = "clear"
    OPEN = "open"
    PROHIBITED = "prohibited"
