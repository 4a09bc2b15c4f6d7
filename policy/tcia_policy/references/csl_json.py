"""References as CSL-JSON (schema 1.0.2), which Zotero, pandoc, citeproc and Word's add-ins read.

- Particles in front of a family name stand in `non-dropping-particle`: "van Ginneken" keeps its "van" in the text, and
  each style decides where it is sorted. citeproc-js and pandoc would find them in `family` too, citeproc-py would not.
- CSL has no word for "et al.". Where the source cut the creators off, those that it names are written and nothing
  else: a last creator "others" would be printed as a person. Most styles shorten such long lists by themselves.
"""

import json
from collections.abc import Sequence
from typing import TypeAlias

from tcia_policy.model import Citation, Creator
from tcia_policy.references.bib_keys import citation_key
from tcia_policy.references.citation_parts import ARTICLE, doi_url, shown, split_particle
from tcia_policy.references.dedupe import unique_by_doi
from tcia_policy.references.formats import NO_OPTIONS, WriteOptions
from tcia_policy.text.sanitize import clean

CslValue: TypeAlias = str | list[dict[str, str]] | dict[str, list[list[int]]]
CslItem: TypeAlias = dict[str, CslValue]


def write_csl_json(citations: Sequence[Citation], options: WriteOptions = NO_OPTIONS) -> str:
    """Return a JSON list of items, sorted by `id`, which is our citation key."""
    items = [csl_item(citation) for citation in unique_by_doi(citations)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n" if items else ""


def csl_item(citation: Citation) -> CslItem:
    """Return one item: `dataset` for data, `article-journal` for papers."""
    is_article = citation.resource_type == ARTICLE
    names = [name for name in map(csl_name, citation.creators) if name]
    values: CslItem = {
        "id": citation_key(citation),
        "type": "article-journal" if is_article else "dataset",
        "author": names,
        "issued": {"date-parts": [[citation.year]]},
        "title": clean(citation.title),
        "container-title": shown(citation.container),
        "volume": shown(citation.volume),
        "issue": shown(citation.issue),
        "page": shown(citation.pages),
        "version": shown(citation.version),
        "publisher": shown(citation.publisher),
        "DOI": clean(citation.doi),
        "URL": doi_url(citation.doi),
    }
    return {name: value for name, value in values.items() if value}


def csl_name(creator: Creator) -> dict[str, str]:
    """Return a name in CSL's parts; empty where nothing of it can be shown."""
    if creator.literal is not None:
        literal = clean(creator.literal)
        return {"literal": literal} if literal else {}
    particle, family = split_particle(shown(creator.family))
    parts = {
        "family": family,
        "given": shown(creator.given),
        "non-dropping-particle": particle,
        "suffix": shown(creator.suffix),
    }
    return {name: part for name, part in parts.items() if part}
