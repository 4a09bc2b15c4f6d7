"""XML from outside: no entity is expanded, nothing is fetched, size and depth are bounded."""

from lxml import etree

from tcia_policy.errors import InputError
from tcia_policy.files import limits

_LONGEST_REASON = 120


def parse_xml(content: bytes) -> etree._Element:
    """Return the root of an XML document, without comments and processing instructions.

    Raise `InputError` where it is not well-formed, is empty, is nested too deep, has too many tags, or has a document
    type, in which entities are declared.
    """
    if content.count(b"<") > limits.XML_TAGS:
        raise InputError(f"has more than {limits.XML_TAGS:,} tags")
    has_type = InputError("has a document type or entities (<!DOCTYPE ...>), which are not read")
    if b"<!ENTITY" in content:  # before it is parsed: those in attributes would be expanded
        raise has_type
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"is not well-formed XML: {str(error)[:_LONGEST_REASON]}") from None
    if root is None:
        raise InputError("is empty")
    if root.getroottree().docinfo.doctype:
        raise has_type
    return root
