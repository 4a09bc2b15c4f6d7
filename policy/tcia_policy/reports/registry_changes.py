"""What changed in the registry, as text, as Markdown, and as an Atom feed (RFC 4287)."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from tcia_policy.files.mark import marked
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import License, Source
from tcia_policy.references.citation_parts import doi_url
from tcia_policy.registry import Registry
from tcia_policy.registry.changes import TERMS, Change, RegistryChanges
from tcia_policy.registry.licenses import NONE_STATED, UNRECOGNIZED
from tcia_policy.registry.standing import Registered
from tcia_policy.registry.standing_facts import OR, FactKind
from tcia_policy.registry.strictness import Meaning
from tcia_policy.registry.watched import StudyWatched
from tcia_policy.reports.lines import Page
from tcia_policy.reports.typeset.markdown import escape
from tcia_policy.text.english import first_of
from tcia_policy.text.sanitize import clean

ATOM = "http://www.w3.org/2005/Atom"
NAME = "tcia-policy"
_MEANS = {
    Meaning.STRICTER: "stricter",
    Meaning.LESS_STRICT: "less strict",
    Meaning.AS_STRICT: "as strict as before",
    Meaning.MIXED: "stricter in some, less strict in other",
    Meaning.UNKNOWN: "it is not known whether that is stricter",
}
_LABEL = pattern(rf"{UNRECOGNIZED}\S* \((?P<label>.*)\)")
_LICENSES = (FactKind.LICENSE, FactKind.STATEMENT)


@dataclass(frozen=True)
class Entry:
    """A change in words: what it is on, what it means, and lines with what was and is."""

    dataset: str
    what: str
    lines: tuple[str, ...]


def entries(changes: Sequence[Change], registry: Registry | Registered) -> Iterator[Entry]:
    """Yield each change in words, with the names of licenses and sources that the registry has."""
    for each in changes:
        yield Entry(
            clean(each.dataset), _what(each, registry), tuple(_lines(each, registry.licenses, registry.sources))
        )


def render_changes(found: RegistryChanges, registry: Registry, width: int = 80) -> str:
    """Return the answer in a line, then what changed by dataset."""
    page = Page(width)
    lines = page.wrapped(f"{found.summary}.", f"{_verdict(found)}  ")
    lines += change_lines(found.changes, registry, page)
    lines += [line for text in _beside(found) for line in ("", *page.wrapped(text))]
    return "\n".join(lines) + "\n"


def _verdict(found: RegistryChanges) -> str:
    if found.changes:
        return "CHANGED"
    return "NOT KNOWN" if found.is_of_later else "THE SAME"


def change_lines(changes: Sequence[Change], registry: Registry | Registered, page: Page) -> list[str]:
    """Return what changed by dataset, each after an empty line."""
    lines: list[str] = []
    for dataset, of_dataset in groupby(entries(changes, registry), key=lambda entry: entry.dataset):
        lines += ["", dataset]
        for entry in of_dataset:
            lines += page.wrapped(entry.what, "  ", "    ")
            lines += [line for text in entry.lines for line in page.wrapped(text, "    ", "      ")]
    return lines


def history_lines(changes: Sequence[Change], registry: Registry, page: Page) -> list[str]:
    """Return the changes of one dataset, a day and what changed on it, and below it what was and what is."""
    lines: list[str] = []
    for change, entry in zip(changes, entries(changes, registry), strict=True):
        lines += page.wrapped(entry.what, f"  {change.since or 'no day'!s:<10}  ")
        lines += [line for text in entry.lines[:-1] for line in page.wrapped(text, " " * 14, " " * 16)]
    return lines


def changes_as_markdown(found: RegistryChanges, registry: Registry) -> str:
    """Return the same as Markdown: a heading for each dataset, and an item for each change."""
    lines = [f"# {escape(found.summary)}"]
    for dataset, of_dataset in groupby(entries(found.changes, registry), key=lambda entry: entry.dataset):
        lines += ["", f"## {escape(dataset)}", ""]
        for entry in of_dataset:
            lines += [f"- {escape(entry.what)}", *(f"  - {escape(text)}" for text in entry.lines)]
    lines += [line for text in _beside(found) for line in ("", escape(text))]
    return marked("\n".join(lines) + "\n", "changes.md")


def changes_as_atom(found: RegistryChanges, registry: Registry) -> str:
    """Return a feed with an entry for each change, the newest first; its ids depend on nothing but the change."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    told = list(zip(found.changes, entries(found.changes, registry), strict=True))
    told.sort(key=lambda pair: _day(pair[0], found), reverse=True)
    _add(feed, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, f'{NAME} registry changes')}")
    _add(feed, "title", "What changed in the registry of TCIA and IDC data")
    _add(feed, "subtitle", found.summary)
    _add(feed, "updated", _time(_day(told[0][0], found) if told else found.registry))
    _add(_add(feed, "author"), "name", NAME)
    for change, entry in told:
        element = _add(feed, "entry")
        _add(element, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, change.model_dump_json())}")
        _add(element, "title", f"{entry.dataset}: {entry.what}")
        _add(element, "updated", _time(_day(change, found)))
        if (doi := _doi(change, registry)) is not None:
            _add(element, "link").set("href", doi_url(doi))
        _add(element, "content", *entry.lines).set("type", "text")
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


def _beside(found: RegistryChanges) -> Iterator[str]:
    """Yield what was not compared, and that the registry is no newer than the lock."""
    if not isinstance(found, StudyWatched):
        return
    if found.unwatched:
        yield f"Not in the registry, so not watched: {', '.join(map(clean, found.unwatched))}"
    if found.is_same_registry:
        yield "The lock was made with this very registry. `tcia-policy registry update` asks what the sources say now."


def _what(change: Change, registry: Registry | Registered) -> str:
    """Return `license of part Images (43619): stricter`."""
    if change.kind is FactKind.PRESENCE:
        return f"{_parts(change) or 'the dataset'}: {_presence(change)}"
    name = {
        FactKind.CITATION: "reference to the data",
        FactKind.CONTACT: "contact",
        FactKind.NOTICE: "notice",
        FactKind.STATEMENT: f"what {_source(change.of or '', registry.sources)} states",
        FactKind.OTHER: (change.of or "").replace("_", " "),
    }.get(change.kind, change.kind.value)
    of = f" of {_parts(change)}" if change.parts else ""
    new = "new on record" if change.kind in (*TERMS, FactKind.STATEMENT) else "new"
    came = new if change.before is None else "gone" if change.after is None else "changed"
    means = came if change.meaning is None else _MEANS[change.meaning]
    if change.kind is FactKind.NOTICE and came != "changed":
        means = f"{came}; {means}"
    if change.meaning is Meaning.UNKNOWN and change.kind in _LICENSES:
        means = f"{means}: {_why_not_known(change, registry.licenses)}"
    return f"{name}{of}: {means}"


def _why_not_known(change: Change, licenses: Mapping[str, License]) -> str:
    """Return why two sets of licenses cannot be compared, by the first that cannot."""
    names = [name for text in (change.before, change.after) if text for name in text.split(OR)]
    if NONE_STATED in names:
        return "no license is stated on one side"
    for name in names:
        if name not in licenses:
            label = _LABEL.fullmatch(name)
            return f"no terms are recorded for “{label['label'] if label else name}”"
        if not licenses[name].terms_known:
            return f"the text of {licenses[name].short_name} is not on record"
    return "rules of different kinds apply to them"


def _presence(change: Change) -> str:
    if change.after is None:
        return "is not in the registry any more"
    if change.before is None:
        return "is new"
    return "is there again" if change.before.startswith("withdrawn") else change.after


def _parts(change: Change) -> str:
    if not change.parts:
        return ""
    named = ", ".join(first_of([f"{clean(part.title)} ({clean(part.id)})" for part in change.parts]))
    return f"{'part' if len(change.parts) == 1 else f'{len(change.parts)} parts'} {named}"


def _lines(change: Change, licenses: Mapping[str, License], sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield what was, with its last day, and what is, with its first, and who says so."""
    if change.kind is not FactKind.PRESENCE:
        if change.before is not None:
            last = "" if change.last is None else f", last seen on {change.last}"
            yield f"was: {_said(change.before, change.kind, licenses)}{last}"
        if change.after is not None:
            yield f"now: {_said(change.after, change.kind, licenses)}"
    names = "; ".join(_source(name, sources) for name in change.sources)
    since = "" if change.since is None else f"on record since {change.since}"
    told = ", ".join(filter(None, (since, names and f"by {names}")))
    if told:
        yield told


def _said(text: str, kind: FactKind, licenses: Mapping[str, License]) -> str:
    if kind not in _LICENSES:
        return clean(text)
    return clean(OR.join(_named(name, licenses) for name in text.split(OR)))


def _named(name: str, licenses: Mapping[str, License]) -> str:
    """Return the short name of a license, or the label that none has."""
    if name == NONE_STATED:
        return "no license stated"
    label = _LABEL.fullmatch(name)
    if label is not None:
        return f"“{label['label']}”, which no license here has as its label"
    return licenses[name].short_name if name in licenses else name


def _source(name: str, sources: Mapping[str, Source]) -> str:
    return clean(sources[name].title if name in sources else name)


def _day(change: Change, found: RegistryChanges) -> str:
    return found.registry if change.since is None else change.since.isoformat()


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


def _doi(change: Change, registry: Registry) -> str | None:
    return next((entry.doi for entry in registry.entries if entry.id == change.dataset), None)


def _add(parent: ElementTree.Element, name: str, *lines: str) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = "\n".join(map(clean, lines)) or None
    return element
