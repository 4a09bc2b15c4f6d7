"""The parser of Markdown: markdown-it-py with the rules of pandoc, Quarto and MyST that it does not know."""

from collections.abc import MutableMapping
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from tcia_policy.documents.markdown.block_rules import add_block_rules
from tcia_policy.documents.markdown.inline_rules import BOUNDED_HELPERS, InlineParser, add_inline_rules
from tcia_policy.documents.markdown.page import environment, page_of
from tcia_policy.documents.markdown.unseen_rules import add_unseen_rules

Env = MutableMapping[str, Any]


def parse(text: str) -> tuple[list[Token], Env]:
    """Return the tokens of a file, and what the parser notes besides: targets of links, footnotes, its `Page`."""
    env = environment()
    return _parser().parse(text, env), env


def parse_inline(text: str, line: int, env: Env) -> list[Token]:
    """Return the tokens of a text that begins on `line` and stands in the file that `env` is of."""
    page_of(env).line = line
    parser = _parser()
    return parser.inline.parse(text, parser, env, [])


class _Parser(MarkdownIt):
    """Takes what a link leads to as it is written: nothing here follows it."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (the library's name)
        return url

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802
        return link

    def validateLink(self, url: str) -> bool:  # noqa: N802
        return True


@cache
def _parser() -> MarkdownIt:
    parser = _Parser("commonmark", {"maxNesting": 100, "store_labels": True, "strikethrough_single_tilde": True})
    parser.inline = InlineParser()
    parser.inline.ruler.disable(["linkify"])
    parser.helpers = BOUNDED_HELPERS  # type: ignore[assignment]  # the library looks its helpers up in a module
    parser.enable(["table", "strikethrough"])
    parser.use(deflist_plugin)
    parser.use(footnote_plugin, move_to_end=False)  # a note stays where it stands: its lines, and no list of references
    parser.use(dollarmath_plugin, allow_space=False, allow_digits=False, allow_blank_lines=False, double_inline=True)
    add_block_rules(parser)
    add_inline_rules(parser)
    add_unseen_rules(parser)
    return parser
