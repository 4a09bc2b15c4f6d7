"""Model and data cards: Markdown with a YAML header, as the Hugging Face Hub reads it.

Formats: https://github.com/huggingface/hub-docs, `modelcard.md` and `datasetcard.md`;
https://huggingface.co/docs/hub/repositories-licenses. A README without a header is read as a page: its text counts.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tcia_policy.documents.document_file import DocumentFile
from tcia_policy.documents.markdown.read_markdown import read_document
from tcia_policy.documents.model import Manuscript, Problem
from tcia_policy.files import limits
from tcia_policy.files.model_shape import YamlPath
from tcia_policy.files.text import decode_text
from tcia_policy.lazy import pattern
from tcia_policy.releases.card_header import CardHeader, card_header
from tcia_policy.releases.fields import Fields
from tcia_policy.releases.license_sections import license_sections
from tcia_policy.releases.model import Released, ReleaseFile, Topic

CARD = "Hugging Face card"
PAGE = "page"
_OTHER = "other"
# Keys that only cards of one kind have.
_KINDS = (
    (
        Released.MODEL,
        frozenset(
            "base_model base_model_relation pipeline_tag library_name model-index model_name datasets inference widget "
            "co2_eq_emissions new_version quantized_by".split()
        ),
    ),
    (
        Released.DATA,
        frozenset(
            "task_categories task_ids size_categories dataset_info source_datasets annotations_creators viewer "
            "language_creators multilinguality paperswithcode_id pretty_name train-eval-index".split()
        ),
    ),
    (Released.CODE, frozenset("sdk sdk_version app_file app_port colorFrom colorTo".split())),
)
# How people write a key that the Hub reads in one spelling only.
_MEANT = {"license", "licence", "licenses", "licences"}
_PARTS = ("configs", "dataset_info")  # of a dataset, which may have licenses of their own
_RELATIONS = ("adapter", "finetune", "merge", "quantized")  # of `base_model_relation`
_TICKED = "checkbox"  # of `extra_gated_fields`
_NARROWS = pattern(r"non[- ]?commercial|(?:research|academic)[- ](?:use|only)", re.IGNORECASE)  # of tags
_ORIGINAL = ("original", "extended")  # of `source_datasets`: `original`, `extended|other`, `extended|NAME`


def read_card(file: DocumentFile) -> ReleaseFile | None:
    """Return what a card says; for a README without a header, its text. Raise `InputError` for what is no text."""
    text = decode_text(file.content(), file.shown, limits.MARKDOWN_TEXT)
    header = card_header(text, file.shown)
    printed = _printed(file, header)
    if header.located is None:
        problems = () if header.problem is None else (header.problem,)
        is_card = header.end > 0
        name = CARD if is_card else PAGE
        return ReleaseFile(
            file.shown,
            name,
            _released_by_name(file.path.name),
            tuple(license_sections(printed.prose, ())),
            has_license_field=is_card,
            text=printed,
            unread_licenses=problems,
        )
    fields = Fields(header.located, file.shown)
    released = _released(header.located.data)
    _say(fields)
    if released is Released.UNKNOWN:
        has_base = any(each.topic is Topic.BASE_MODEL for each in fields.stated)
        released = Released.MODEL if has_base else _released_by_name(file.path.name)
    stated = [each for each in fields.stated if each.topic is Topic.LICENSE]
    fields.stated += license_sections(printed.prose, stated)
    return fields.file(CARD, released, True, printed)


def _printed(file: DocumentFile, header: CardHeader) -> Manuscript:
    """Return the text of a card, without what its reader says of a header that was judged already."""
    read = read_document(file)
    return replace(read, problems=tuple(each for each in read.problems if not _is_in(header, each, file.shown)))


def _is_in(header: CardHeader, problem: Problem, shown: str) -> bool:
    return problem.place.file == shown and (problem.place.number or header.end + 1) <= header.end


def _released(data: object) -> Released:
    """Return what a card describes, by the keys that only cards of that kind have."""
    keys = data.keys() if isinstance(data, Mapping) else ()
    return next((released for released, own in _KINDS if own & set(keys)), Released.UNKNOWN)


def _released_by_name(name: str) -> Released:
    """Return what a card describes by its own name (`MODEL_CARD.md`); a README may be of anything."""
    lowered = name.lower()
    if "card" not in lowered:
        return Released.UNKNOWN
    return Released.MODEL if "model" in lowered else Released.DATA if "data" in lowered else Released.UNKNOWN


def _say(fields: Fields) -> None:
    for key in ("pretty_name", "model_name", "title"):
        fields.say(Topic.TITLE, (key,))
    _say_license(fields)
    _say_misspelled(fields)
    for place, part in (each for key in _PARTS for each in fields.items(key)):
        if isinstance(part, Mapping) and part.get("license"):
            fields.say_license(*place, "license")
    _say_tags(fields)
    for key in ("extra_gated_prompt", "extra_gated_description", "license_details"):
        fields.say(Topic.TERMS, (key,))
    _say_agreed(fields)
    fields.say_each(Topic.MADE_FROM, "datasets")
    _say_sources(fields)
    _say_bases(fields)
    _say_tested(fields)


def _say_license(fields: Fields) -> None:
    """Note `license`; for `other`, the name and the address that stand beside it."""
    name, link = fields.text("license_name"), fields.text("license_link")
    stated = fields.get("license")
    if isinstance(stated, Mapping) and stated:
        hint = "write one identifier, or a list of them; for a license without one, `other` and `license_name`"
        fields.unread(("license",), "is an object, which the Hub does not read", hint)
        return
    one = stated[0] if isinstance(stated, list) and len(stated) == 1 else stated
    if isinstance(one, str) and one.strip().lower() == _OTHER:
        key = "license_name" if name else "license_link" if link else "license"
        fields.say(Topic.LICENSE, (key,), link=link)
        return
    fields.say_license("license", link=link)
    if name and not fields.has("license"):
        hint = f"write `license: {_OTHER}` above it"
        fields.unread(("license_name",), "stands without `license`, so that the Hub shows none", hint)
    elif name and not (isinstance(one, str) and one.strip().lower() == name.lower()):
        fields.say(Topic.LICENSE, ("license_name",), link=link)


def _say_misspelled(fields: Fields) -> None:
    """Note a license under a key that the Hub does not read (`License`, `licence`)."""
    keys: Iterable[object] = fields.located.data if isinstance(fields.located.data, Mapping) else ()
    for key in keys:
        if isinstance(key, str) and key != "license" and key.strip().lower() in _MEANT:
            fields.unread((key,), "is a key that the Hub does not read", "write `license`")


def _say_tags(fields: Fields) -> None:
    """Note the tags that the Hub makes of licenses, data and papers, where people wrote them."""
    topics = {"license": Topic.LICENSE, "dataset": Topic.MADE_FROM, "base_model": Topic.BASE_MODEL}
    for place, text in fields.texts("tags"):
        kind, colon, value = text.partition(":")
        relation, _, name = value.partition(":")
        if kind == "base_model" and relation in _RELATIONS and name.strip():
            fields.say(Topic.BASE_MODEL, place, name.strip(), relation=relation)
        elif colon and kind in topics and value.strip():
            fields.say(topics[kind], place, value.strip())
        elif _NARROWS.fullmatch(text):
            fields.say(Topic.TERMS, place, text)
        elif colon and kind in ("arxiv", "doi") and value.strip():
            fields.say(Topic.CITATION, place, text)


def _say_agreed(fields: Fields) -> None:
    """Note the boxes that whoever asks for access has to tick: their names are sentences."""
    boxes = fields.get("extra_gated_fields")
    for name, kind in boxes.items() if isinstance(boxes, Mapping) else ():
        if isinstance(name, str) and kind == _TICKED:
            fields.say(Topic.TERMS, ("extra_gated_fields", name), name)


def _say_sources(fields: Fields) -> None:
    for place, text in fields.texts("source_datasets"):
        first, _, name = text.partition("|")
        if first not in _ORIGINAL or name not in ("", _OTHER):
            fields.say(Topic.MADE_FROM, place, name or text)


def _say_bases(fields: Fields) -> None:
    relation = fields.text("base_model_relation")
    for place, text in fields.texts("base_model"):
        fields.say(Topic.BASE_MODEL, place, text, relation=relation)


def _say_tested(fields: Fields) -> None:
    """Note the data of each result of `model-index`."""
    for model, _ in fields.items("model-index"):
        for result, _ in fields.items(*model, "results"):
            place: YamlPath = (*result, "dataset")
            name, kind = fields.text(*place, "name"), fields.text(*place, "type")
            fields.say(Topic.TESTED_ON, (*place, "name" if name else "type"), name or kind)
