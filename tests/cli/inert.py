"""What acts in a file, as the programs that read it see it. Each judge returns what acts; nothing is fine."""

import re
import zipfile
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

# Controls but the line end, marks of direction and without width, tags, and what is no character. U+200C and U+200D
# join letters in the spelling of some languages.
_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufdd0-\ufdef"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
_COMMAND = re.compile(r"^\s*::.*|##[A-Za-z]*\[.*", re.MULTILINE)
_OF_THE_WEB = re.compile(r"https?://|#|mailto:", re.IGNORECASE)
_FIELDS = {"PAGE", "NUMPAGES"}
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LOADS = ("iframe", "object", "embed", "base", "link", "svg//a", "form[@action]", "frame", "applet")


def unseen(text: str) -> list[str]:
    """Return the characters that a terminal acts on or that no reader sees."""
    return [
        f"{found.group()!a} after {text[max(found.start() - 40, 0) : found.start()]!a}"
        for found in _UNSEEN.finditer(text)
    ]


def acts_in_a_log(text: str) -> list[str]:
    """Return what the runners of GitHub Actions and Azure act on in the log of a step."""
    return [found.group() for found in _COMMAND.finditer(text)]


def acts_in_a_page(page: HtmlElement, scripts: int) -> list[str]:
    """Return scripts beyond ours, handlers, what loads something, and addresses that are none of the web."""
    found = [etree.tostring(each, encoding="unicode")[:80] for each in page.xpath("//script")[scripts:]]
    found += [f"on*: {value}" for value in page.xpath("//@*[starts-with(name(), 'on')]")]
    found += [f"<{name}>" for name in _LOADS if page.xpath(f"//{name}")]
    found += [value for value in page.xpath("//@href | //@src | //@action") if not _OF_THE_WEB.match(value)]
    found += [value for value in page.xpath("//meta[@http-equiv]/@http-equiv") if value != "Content-Security-Policy"]
    return found


def acts_in_word(parts: zipfile.ZipFile) -> list[str]:
    """Return fields but the number of a page, macros, and relations that are not of the document or the web."""
    found = [name for name in parts.namelist() if re.search(r"vba|embeddings|activeX|\.bin$", name)]
    for name in parts.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(parts.read(name), etree.XMLParser(resolve_entities=False))
        for relation in root.iter("{*}Relationship"):
            if relation.get("TargetMode") == "External" and not re.match("https?://", relation.get("Target", "")):
                found.append(f"{name}: {relation.get('Target')}")
        simple = (str(each.get(f"{_W}instr")) for each in root.iter(f"{_W}fldSimple"))
        found += [each for each in simple if each not in _FIELDS]
        fields = ("".join(each.itertext()).strip() for each in root.iter(f"{_W}instrText"))
        found += [f"field {each}" for each in fields if each not in _FIELDS]
    return found


def acts_on_paper(reader: Any) -> list[str]:
    """Return actions of a PDF that are no jump within it and no address of the web, and what is attached."""
    root = reader.trailer["/Root"]
    found = [key for key in ("/OpenAction", "/AA", "/AcroForm") if key in root]
    names = root.get("/Names", {})
    found += [key for key in ("/JavaScript", "/EmbeddedFiles") if key in names]
    for page in reader.pages:
        for reference in page.get("/Annots", ()):
            action = reference.get_object().get("/A", {})
            uri = str(action.get("/URI", "https://"))
            if action.get("/S", "/GoTo") not in ("/GoTo", "/URI") or not re.match("https?://", uri):
                found.append(f"{action}")
    return found
