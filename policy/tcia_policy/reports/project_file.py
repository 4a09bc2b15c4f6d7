"""A project file for a person to go on with."""

import json
from collections.abc import Sequence

from tcia_policy.errors import InputError
from tcia_policy.lazy import dataclass
from tcia_policy.model import Activity, DataItem, Output, OutputKind, Purpose
from tcia_policy.model.project import ITEM_KINDS
from tcia_policy.text.sanitize import clean, escaped

HEAD = """\
# What this study used and does. Check it with: tcia-policy check
# What is left out is unknown, not "none". Take the # away from a line that you know.
"""
PURPOSE = "purpose: noncommercial   # or commercial"
ACTIVITIES = f"activities: [publish-results]   # any of: {', '.join(Activity)}"
OF_MANUSCRIPT = ("found here: is it your paper?", "your paper: what it cites is looked up in it")
OF_RELEASE = ("found here: do you publish it?", "the folder that you publish, with its card and LICENSE")
COUNTRY = "country: US   # where the work is done; it matters for controlled access"
SCHEMA = "# yaml-language-server: $schema="
FROM = "   # the files show it"


@dataclass(frozen=True)
class Part:
    """A part of a dataset that the user may have used, for a comment beside the item."""

    id: str
    title: str
    terms: str


@dataclass(frozen=True)
class Item:
    """An item of the project, with the parts to choose from and what was not understood of it, as comments."""

    item: DataItem
    parts: Sequence[Part] = ()
    not_understood: Sequence[str] = ()


@dataclass(frozen=True)
class Beginning:
    """What is known of a new project; what is left out is written as a comment to fill in.

    `schema` is the address of the JSON Schema for editors. `manuscripts` are paths that may be the manuscript,
    `releases` folders that may be about to be published.
    """

    title: str = "Untitled study"
    purpose: Purpose | None = None
    activities: Sequence[Activity] = ()
    outputs: Sequence[Output] = ()
    schema: str | None = None
    manuscripts: Sequence[str] = ()
    releases: Sequence[str] = ()


def render_project_file(items: Sequence[Item], beginning: Beginning) -> str:
    """Return YAML that `Study.load` reads back as the same items and use, open questions as comments.

    Raise `InputError` for a path that is not UTF-8.
    """
    lines = [] if beginning.schema is None else [f"{SCHEMA}{clean(beginning.schema)}\n"]
    lines += [HEAD, f"title: {_quoted(beginning.title)}\n"]
    lines += _use(beginning, items)
    lines.append("#positions: {model-is-adaptation: false}   # what your counsel says of trained models\n")
    lines.append(_paths("manuscript", beginning.manuscripts, "paper/main.tex", OF_MANUSCRIPT))
    lines.append(_paths("release", beginning.releases, "model/", OF_RELEASE))
    lines.append("data:\n")
    lines += [line for item in items for line in _item(item)]
    return "".join(lines)


def _use(beginning: Beginning, items: Sequence[Item]) -> list[str]:
    """Return the lines of `use`; all of them are comments where nothing is known, for an empty key is a mistake."""
    rows = (
        (f"purpose: {beginning.purpose.value}" if beginning.purpose else None, PURPOSE),
        (f"activities: [{', '.join(beginning.activities)}]" if beginning.activities else None, ACTIVITIES),
        (_outputs(beginning.outputs) if beginning.outputs else None, _outputs_to_fill_in(items)),
        (None, COUNTRY),
    )
    if all(known is None for known, _ in rows):
        return ["#use:\n", *(f"#  {to_fill_in}\n" for _, to_fill_in in rows)]
    return ["use:\n", *(f"#  {to_fill_in}\n" if known is None else f"  {known}\n" for known, to_fill_in in rows)]


def _outputs(outputs: Sequence[Output]) -> str:
    each = (
        f"{{kind: {output.kind.value}" + (f", license: {_quoted(output.license)}" if output.license else "") + "}"
        for output in outputs
    )
    return f"outputs: [{', '.join(each)}]"


def _outputs_to_fill_in(items: Sequence[Item]) -> str:
    ids = ", ".join(item.item.id for item in items if item.item.id is not None)
    trained_on = f", trained_on: [{ids}]" if ids else ""
    kinds = ", ".join(OutputKind)
    return f"outputs: [{{kind: model, license: Apache-2.0{trained_on}}}]   # what you release; kinds are {kinds}"


def _paths(key: str, found: Sequence[str], example: str, said: tuple[str, str]) -> str:
    """Return a key as a comment, with the paths that were found or an example; `said` is a remark on each of these."""
    of_found, of_example = said
    paths = ", ".join(map(_quoted, found))
    return f"#{key}: [{paths or example}]   # {of_found if paths else of_example}\n"


def _item(item: Item) -> list[str]:
    named = [(kind, value) for kind in ITEM_KINDS if isinstance(value := getattr(item.item, kind), str)]
    first = [("id", item.item.id)] if item.item.id is not None else []
    written = [f"{key}: {value if key == 'id' else _quoted(value)}\n" for key, value in (*first, *named)]
    lines = [f"  - {written[0]}", *(f"    {line}" for line in written[1:])]
    if item.item.obtained_from is not None:
        lines.append(f"    obtained_from: {item.item.obtained_from.value}{FROM}\n")
    if item.parts:
        ids = ", ".join(_quoted(part.id) for part in item.parts)
        lines.append("    # Some parts are open, and some are controlled: keep the ids of all parts that you used.\n")
        lines.append(f"#    distributions: [{ids}]\n")
        lines += [f"    #   {clean(part.id)}: {clean(part.title)} ({clean(part.terms)})\n" for part in item.parts]
    lines += [f"    # not known: {clean(line)}\n" for line in item.not_understood]
    return lines


def _quoted(text: str) -> str:
    """Return a double-quoted YAML scalar; JSON's is one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InputError(f"{text!r} is not UTF-8", hint="a project file is; rename the data file") from None
    return escaped(json.dumps(text, ensure_ascii=False))
