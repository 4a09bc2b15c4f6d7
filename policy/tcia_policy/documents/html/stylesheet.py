"""What the `<style>` elements of a page say of elements by name, class and id: only what may hide these.

Format: https://www.w3.org/TR/CSS21/, read by tinycss2. Nothing that a page links to is opened.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

import tinycss2
from tinycss2 import ast

from tcia_policy.files import limits
from tcia_policy.lazy import dataclass

HIDING = frozenset("display visibility opacity text-decoration text-decoration-line".split())
# Further properties, by the values of theirs that may hide something.
_HIDING_VALUES = {
    "font-size": re.compile(r"0(?![.\d])"),
    "left": re.compile(r"-\d{2,}"),
    "text-indent": re.compile(r"-\d{2,}"),
    "transform": re.compile(r"scale[xy]?\(0[),]"),
    "clip": re.compile(r"rect\("),
    "clip-path": re.compile(r"inset\("),
    "color": re.compile(r"transparent"),
    "content-visibility": re.compile(r"hidden"),
    "max-height": re.compile(r"0(?![.\d])"),
}
_ELSEWHERE = ("print", "max-width", "max-device-width", "speech")  # media other than a usual screen
_EVERYWHERE = frozenset(("", "all", "screen", "only screen"))


@dataclass(frozen=True)
class Element:
    """An element of HTML, or what Markdown makes one: its name in lower case, and its attributes."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)

    @property
    def classes(self) -> frozenset[str]:
        """Return its classes."""
        return frozenset(self.attributes.get("class", "").split())


@dataclass(frozen=True)
class Declared:
    """What the rules of a page say of an element: `style` for certain, and `perhaps` one more that may hide it."""

    style: Mapping[str, str] = field(default_factory=dict)
    perhaps: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class _Selector:
    """A selector of one element: `.notes`, `p.hidden`. `is_whole` is false where more than the element decides."""

    name: str = ""
    classes: frozenset[str] = frozenset()
    id: str = ""
    is_whole: bool = True

    @property
    def weight(self) -> tuple[int, int, int]:
        return bool(self.id), len(self.classes), bool(self.name)

    def matches(self, element: Element, classes: frozenset[str]) -> bool:
        is_named = self.name in ("", element.name) and self.id in ("", element.attributes.get("id"))
        return is_named and self.classes <= classes


class StyleSheet:
    """The rules of one page that may hide something, at most `limits.HTML_STYLE_RULES` of them."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._rules: list[tuple[_Selector, Mapping[str, str]]] = []
        self._known: dict[tuple[str, str, str], Declared] = {}
        for text in texts:
            self._add(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), True)

    def declared(self, element: Element) -> Declared:
        """Return what is said of an element; of two rules for the same property the more specific, later one counts."""
        if not self._rules:
            return Declared()
        key = element.name, element.attributes.get("class", ""), element.attributes.get("id", "")
        if key not in self._known:
            classes = element.classes
            matching = [(selector, said) for selector, said in self._rules if selector.matches(element, classes)]
            certain = sorted((item for item in matching if item[0].is_whole), key=lambda item: item[0].weight)
            style = {name: value for _, said in certain for name, value in said.items()}
            self._known[key] = Declared(style, tuple(said for selector, said in matching if not selector.is_whole))
        return self._known[key]

    def _add(self, rules: Sequence[ast.Node], is_everywhere: bool) -> None:
        for rule in rules:
            if len(self._rules) >= limits.HTML_STYLE_RULES:
                return
            if rule.type == "qualified-rule":
                self._add_rule(rule, is_everywhere)
            elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in ("media", "supports"):
                media = tinycss2.serialize(rule.prelude).strip().lower()
                if not any(word in media for word in _ELSEWHERE):
                    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                    is_certain = is_everywhere and rule.lower_at_keyword == "media" and media in _EVERYWHERE
                    self._add([item for item in inner if item.type == "qualified-rule"], is_certain)

    def _add_rule(self, rule: ast.QualifiedRule, is_everywhere: bool) -> None:
        said = {name: value for name, value in declarations(rule.content).items() if _may_hide(name, value)}
        for selector in _selectors(rule.prelude) if said else ():
            is_whole = selector.is_whole and is_everywhere
            self._rules.append((_Selector(selector.name, selector.classes, selector.id, is_whole), said))


def _may_hide(name: str, value: str) -> bool:
    form = _HIDING_VALUES.get(name)
    return name in HIDING or (form is not None and form.match(value) is not None)


def declarations(content: str | Sequence[ast.Node]) -> dict[str, str]:
    """Return what a `style` attribute or the body of a rule declares, in lower case."""
    items = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    declared = [item for item in items if item.type == "declaration"]
    return {
        item.lower_name: " ".join(tinycss2.serialize(item.value).lower().split())
        for item in sorted(declared, key=lambda item: item.important)
    }


def _selectors(prelude: Sequence[ast.Node]) -> Iterator[_Selector]:
    group: list[ast.Node] = []
    for token in (*prelude, None):
        if not (token is None or _is(token, ",")):
            group.append(token)
            continue
        selector = _selector(group)
        if selector is not None:
            yield selector
        group = []


def _selector(tokens: Sequence[ast.Node]) -> _Selector | None:
    """Return the last part of a selector (`b` of `a > b`), or `None` for one of no element that can be told."""
    text = tinycss2.serialize(tokens).strip()
    if not text or "::" in text or ":before" in text or ":after" in text or ":hover" in text:
        return None
    is_whole = not any(sign in text for sign in " >+~:[*")
    name, classes, found_id, after_dot = "", set[str](), "", False
    for token in tokens:
        if token.type == "whitespace" or _is(token, ">", "+", "~"):
            if token is not tokens[-1]:
                name, classes, found_id = "", set(), ""
        elif token.type == "ident" and after_dot:
            classes.add(token.value)
        elif token.type == "ident" and token.lower_value not in ("not", "is"):
            name = name or token.lower_value
        elif token.type == "hash":
            found_id = token.value
        after_dot = _is(token, ".")
    if not is_whole and not classes and not found_id:
        return None
    return _Selector(name, frozenset(classes), found_id, is_whole)


def _is(token: ast.Node, *signs: str) -> bool:
    return token.type == "literal" and token.value in signs
