"""What the content of a PDF page has and does not show (ISO 32000-1, chapters 8.11 and 9.3).

Text of render mode 3 (invisible) or 7 (clipping alone), text in an optional content group that is off, text outside of
the page and text too small to be seen are emptied before pypdf reads them. Invisible text is what a scan is
searched by: it counts where it lies on a picture, on a page that pictures cover. White text is not told apart, since
what lies under it is not known.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, TextStringObject

from tcia_policy.lazy import dataclass

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
TextVisitor = Callable[[str, Sequence[float], Sequence[float], object, object], None]

_UNMOVED: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_INVISIBLE = (3, 7)
_SHOWS = (b"Tj", b"TJ", b"'", b'"')
_SMALLEST = 1 / 1500  # of the page's height: half a point on a letter
_SCAN = 0.5  # of the page that its pictures cover
_EDGE = 2.0  # points
_MOST_PICTURES = 10_000


@dataclass(frozen=True)
class _State:
    """What `q` keeps and `Q` brings back, as far as it is looked at."""

    mode: int = 0
    size: float = 1.0
    has_own_scale: bool = False


@dataclass(frozen=True)
class _Form:
    """What a content stream is drawn with: its resources, and where it is put on the page."""

    resources: Mapping[str, Any]
    placed: Matrix
    state: _State = _State()
    kept: int = 0
    marks: int = 0


@dataclass
class ShownText:
    """Reads the text that one page shows. `off` are the numbers of the optional content groups that are off.

    `pictures` are those that invisible text may lie on: those of a scan. `None` where they are not known yet; then
    none of it counts, and `drawn` and `has_invisible` say what was seen.
    """

    page: PageObject
    off: Collection[int]
    pictures: Sequence[Box] | None = None
    drawn: list[Box] = field(default_factory=list)
    has_invisible: bool = False

    def __post_init__(self) -> None:
        left, bottom, right, top = (float(number) for number in self.page.cropbox)
        self._box: Box = (min(left, right), min(bottom, top), max(left, right), max(bottom, top))
        self._state = _State()
        self._kept: list[_State] = []
        self._marks: list[bool] = []
        self._forms: list[_Form] = [_Form(_dictionary(self.page.get("/Resources")), _UNMOVED)]

    def read(self, visitor: TextVisitor | None = None) -> str:
        """Return the text that the page shows. `visitor` is told of each piece, as pypdf does."""
        return self.page.extract_text(
            visitor_operand_before=self._before, visitor_operand_after=self._after, visitor_text=visitor
        )

    @property
    def scan(self) -> tuple[Box, ...]:
        """Return the pictures on which invisible text counts: all, if they cover the page."""
        left, bottom, right, top = self._box
        covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in self.drawn)
        return tuple(self.drawn) if covered >= _SCAN * (right - left) * (top - bottom) else ()

    def _before(self, operator: bytes, operands: Any, matrix: Sequence[float], text_matrix: Sequence[float]) -> None:
        if operator in _SHOWS:
            if self._is_unseen(_matrix(matrix), _matrix(text_matrix)):
                _empty(operator, operands)
        elif operator == b"q":
            self._kept.append(self._state)
        elif operator == b"Q" and len(self._kept) > self._forms[-1].kept:
            self._state = self._kept.pop()
        elif operator == b"Tr" and operands:
            self._state = replace(self._state, mode=int(_number(operands[0])))
        elif operator == b"Tf" and len(operands) > 1:
            self._state = replace(
                self._state, size=abs(_number(operands[1])), has_own_scale=self._is_type3(operands[0])
            )
        elif operator in (b"BMC", b"BDC"):
            self._marks.append(operator == b"BDC" and self._is_switched_off(operands))
        elif operator == b"EMC" and len(self._marks) > self._forms[-1].marks:
            self._marks.pop()
        elif operator == b"Do" and operands:
            self._draw(str(operands[0]), _matrix(matrix))
        elif operator == b"INLINE IMAGE":
            self._add_picture(_matrix(matrix))

    def _after(self, operator: bytes, operands: Any, _matrix: object, _text_matrix: object) -> None:
        if operator == b"Do" and operands and len(self._forms) > 1:
            form = self._forms.pop()
            self._state = form.state
            del self._kept[form.kept :]
            del self._marks[form.marks - 1 :]

    def _draw(self, name: str, matrix: Matrix) -> None:
        """Go into a form, or note a picture. What was gone into is left in any case: `_after` is called for each."""
        drawn = _dictionary(_dictionary(self._forms[-1].resources.get("/XObject")).get(name))
        is_off = self._is_off(_raw(drawn, "/OC"))
        if drawn.get("/Subtype") == "/Image" and not is_off:
            self._add_picture(matrix)
        own = _resolved(drawn.get("/Matrix"))
        placed = _times(matrix, self._forms[-1].placed)
        self._marks.append(is_off)
        self._forms.append(
            _Form(
                _dictionary(drawn.get("/Resources")) or self._forms[-1].resources,
                placed if own is None else _times(_matrix(own), placed),
                self._state,
                len(self._kept),
                len(self._marks),
            )
        )

    def _add_picture(self, matrix: Matrix) -> None:
        a, b, c, d, across, up = _times(matrix, self._forms[-1].placed)
        corners_x, corners_y = (across, across + a, across + c, across + a + c), (up, up + b, up + d, up + b + d)
        left, bottom, right, top = self._box
        box = (
            max(min(corners_x), left),
            max(min(corners_y), bottom),
            min(max(corners_x), right),
            min(max(corners_y), top),
        )
        if box[0] < box[2] and box[1] < box[3] and len(self.drawn) < _MOST_PICTURES:
            self.drawn.append(box)

    def _is_unseen(self, matrix: Matrix, text_matrix: Matrix) -> bool:
        _, _, c, d, across, up = _times(_times(text_matrix, matrix), self._forms[-1].placed)
        if any(self._marks) or self._is_outside(across, up):
            return True
        size = self._state.size * (c * c + d * d) ** 0.5
        if size < _SMALLEST * (self._box[3] - self._box[1]) and not self._state.has_own_scale:
            return True
        if self._state.mode not in _INVISIBLE:
            return False
        self.has_invisible = True
        return not any(_is_on(picture, across, up) for picture in self.pictures or ())

    def _is_outside(self, across: float, up: float) -> bool:
        """Return whether text that begins there is beside the page. Text from left of it may run into it."""
        left, bottom, right, top = self._box
        width = right - left
        return not (left - width <= across <= right and bottom - _EDGE <= up <= top)

    def _is_type3(self, name: object) -> bool:
        """Return whether a font has a scale of its own, so that its size says nothing."""
        fonts = _dictionary(self._forms[-1].resources.get("/Font"))
        return _dictionary(fonts.get(str(name))).get("/Subtype") == "/Type3"

    def _is_switched_off(self, operands: Any) -> bool:
        if len(operands) < 2 or operands[0] != "/OC":  # noqa: PLR2004 - a tag, and the name of its properties
            return False
        return self._is_off(_raw(_dictionary(self._forms[-1].resources.get("/Properties")), str(operands[1])))

    def _is_off(self, group: Any) -> bool:
        """Return whether an optional content group is off, or all groups of a membership dictionary are (8.11.2)."""
        if group is None or not self.off:
            return False
        found = _dictionary(group)
        if found.get("/Type") != "/OCMD":
            return isinstance(group, IndirectObject) and group.idnum in self.off
        groups = _raw(found, "/OCGs")
        listed = _resolved(groups)
        members = listed if isinstance(listed, ArrayObject) else [groups]
        are_off = [isinstance(each, IndirectObject) and each.idnum in self.off for each in members]
        return {"/AllOn": any(are_off), "/AnyOff": not any(are_off), "/AllOff": not all(are_off)}.get(
            str(found.get("/P")), bool(are_off) and all(are_off)
        )


def groups_off(reader: PdfReader) -> frozenset[int]:
    """Return the object numbers of the optional content groups that are off when the file is opened (8.11.4)."""
    try:
        optional = _dictionary(_dictionary(reader.trailer["/Root"]).get("/OCProperties"))
        default = _dictionary(optional.get("/D"))
        named = {key: _numbers(default.get(key)) for key in ("/ON", "/OFF")}
        if default.get("/BaseState") == "/OFF":
            return (_numbers(optional.get("/OCGs")) - named["/ON"]) | named["/OFF"]
        return named["/OFF"]
    except Exception:  # pypdf raises anything on damaged files
        return frozenset()


def _numbers(references: Any) -> frozenset[int]:
    found = _resolved(references)
    items = found if isinstance(found, ArrayObject) else ()
    return frozenset(item.idnum for item in items if isinstance(item, IndirectObject))


def _empty(operator: bytes, operands: Any) -> None:
    """Take the text out of what is to be shown; what moves the place of later text stays."""
    if operator == b"TJ" and operands:
        shown = operands[0] if isinstance(operands[0], ArrayObject) else ()
        operands[0] = ArrayObject(item for item in shown if not isinstance(item, (str, bytes)))
    elif operands:
        operands[-1] = TextStringObject("")


def _is_on(picture: Box, across: float, up: float) -> bool:
    left, bottom, right, top = picture
    return left - _EDGE <= across <= right + _EDGE and bottom - _EDGE <= up <= top + _EDGE


def _matrix(numbers: Any) -> Matrix:
    try:
        a, b, c, d, e, f = (float(number) for number in numbers)
    except (TypeError, ValueError):
        return _UNMOVED
    return (a, b, c, d, e, f)


def _number(written: Any) -> float:
    try:
        return float(written)
    except (TypeError, ValueError):
        return 0.0


def _times(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does the first, and then the second (8.3.4)."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = second
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _resolved(thing: Any) -> Any:
    return None if thing is None else thing.get_object()


def _dictionary(thing: Any) -> Mapping[str, Any]:
    found = _resolved(thing)
    return found if isinstance(found, dict) else {}


def _raw(dictionary: Mapping[str, Any], key: str) -> Any:
    """Return a value as it stands there: a reference is not followed."""
    return dictionary.raw_get(key) if isinstance(dictionary, DictionaryObject) and key in dictionary else None
