"""How much of an assessment a screen tells."""

from enum import IntEnum


class Detail(IntEnum):
    """`FIRST_LINE`: the answer in one line. `ANSWER`: what a reader came for, on one screen. `MORE`: duties with their
    texts, notices, grants and sources as well. `ALL`: everything that is known."""

    FIRST_LINE = -1
    ANSWER = 0
    MORE = 1
    ALL = 2
