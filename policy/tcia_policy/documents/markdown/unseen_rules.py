r"""Rules for what is not printed in a paragraph: CriticMarkup, templates, conditions of LaTeX, comments of dialects.

Formats: https://fletcher.github.io/MultiMarkdown-6/syntax/critic.html, https://shopify.github.io/liquid/tags/template/,
https://gohugo.io/shortcodes/comment/. A rule has the signature that `inline_rules.py` explains.
"""

import re

from markdown_it import MarkdownIt

from tcia_policy.documents.html.sight import HIDDEN, SEEN, Sight
from tcia_policy.documents.markdown.inline_rules import InlineState, as_rule
from tcia_policy.documents.markdown.seen import Mark

# Commands that pandoc hands on to LaTeX, which does not print what they hold, or strikes it out.
LATEX_UNSEEN = re.compile(
    r"\\(?:sout|xout|st|phantom|hphantom|vphantom|comment|hide|todo|index|typeout|message|note|pdfcomment|pdfbookmark)"
    r"(?:\[[^\[\]\n]{0,200}\])?\{[^{}]{0,2000}\}"
)
_LATEX_IF = re.compile(
    r"\\(?P<name>if(?!f\b|thenelse)[a-zA-Z@]*)(?:[ ]*(?P<zero>[01])(?![0-9]))?|\\(?P<other>else|fi)(?![a-zA-Z@])"
)
_LIQUID = re.compile(
    r"\{%-?\s*(?P<ends>end)?(?P<name>comment|if|unless|capture|case|ifversion|ifchanged)\b[^%\n]{0,500}%\}"
)
_LIQUID_ELSE = re.compile(r"\{%-?\s*els(?:e|if)\b[^%\n]{0,500}%\}")
_JINJA_COMMENT = re.compile(r"\{#(?=\s)[^{}#]{0,2000}#\}")
_HUGO_COMMENT = re.compile(r"\{\{[<%]\s*(?P<ends>/\s*)?(?P<name>comment|hidden|hide)\s*[>%]\}\}")
_DIALECT_LINE = re.compile(r"(?:%[ \t]|\*\[[^\[\]\n]{1,100}\]:)[^\n]*")
TITLE_LINES = 3
# https://fletcher.github.io/MultiMarkdown-6/syntax/critic.html
_CRITIC = {"{--": "--}", "{>>": "<<}", "{~~": "~~}", "{++": "++}", "{==": "==}"}


def add_unseen_rules(parser: MarkdownIt) -> None:
    """Give a parser that has the rules of `inline_rules.py` these, too."""
    for rule in (_critic, _dialect_line, _template, _latex_unseen):
        parser.inline.ruler.before("escape", rule.__name__, as_rule(rule))


def _critic(state: InlineState, silent: bool) -> bool:
    """Read CriticMarkup: what is taken out and what is remarked is not printed, what is put in is."""
    if state.pos in state.critic_ends:
        state.pos += 3
        return True
    begin = state.src[state.pos : state.pos + 3] if state.src[state.pos] == "{" else ""
    close = _CRITIC.get(begin)
    if close is None or close in state.unclosed_tags:
        return False
    end = state.src.find(close, state.pos + 3, state.posMax)
    if end < 0:
        state.unclosed_tags.add(close)
        return False
    if begin in ("{--", "{>>"):
        state.pos = end + 3
        return True
    arrow = state.src.find("~>", state.pos, end) if begin == "{~~" else state.pos + 1
    if arrow < 0:
        return False
    state.pos = arrow + 2
    state.critic_ends.add(end)
    return True


def _dialect_line(state: InlineState, silent: bool) -> bool:
    """Read a line that is a comment in MyST, or the meaning of an abbreviation in Markdown Extra, and is else printed.

    A file of pandoc may begin with `%` and its title.
    """
    at = state.pos
    if state.src[at] not in "%*" or (at and state.src[at - 1] != "\n") or state.line(at) <= TITLE_LINES:
        return False
    match = _DIALECT_LINE.match(state.src, at, state.posMax)
    if match is None:
        return False
    if not silent:
        what = "% begins no comment, as it does in MyST" if match.group()[0] == "%" else "abbreviations are not read"
        state.push_text("text", match.group()).meta["doubt"] = f"only where {what}"
    state.pos = match.end()
    return True


def _template(state: InlineState, silent: bool) -> bool:
    """Read what Liquid, Jinja and Hugo leave out, or print on a condition."""
    if state.src[state.pos] != "{":
        return False
    at = state.pos
    if match := _HUGO_COMMENT.match(state.src, at):
        mark = Mark(f"{{{{< {match['name']}", bool(match["ends"]), HIDDEN, is_block=True)
    elif match := _LIQUID.match(state.src, at):
        sight = HIDDEN if match["name"] == "comment" else Sight(doubt=f"only if {match.group()[:60]} holds")
        mark = Mark(f"{{% {match['name']}", bool(match["ends"]), sight, is_block=True)
    elif match := _JINJA_COMMENT.match(state.src, at) or _LIQUID_ELSE.match(state.src, at):
        mark = None
    else:
        return False
    return _push_mark(state, match.end(), mark, silent)


def _push_mark(state: InlineState, end: int, mark: Mark | None, silent: bool) -> bool:
    if mark is not None and not silent:
        state.push_text("mark", "").meta["mark"] = mark
    state.pos = end
    return True


def _latex_unseen(state: InlineState, silent: bool) -> bool:
    """Read what LaTeX does not print, and its conditions."""
    if state.src[state.pos] != "\\":
        return False
    if unseen := LATEX_UNSEEN.match(state.src, state.pos):
        return _push_mark(state, unseen.end(), None, silent)
    match = _LATEX_IF.match(state.src, state.pos)
    if match is None:
        return False
    return _push_mark(state, match.end(), _condition(match), silent)


def _condition(match: re.Match[str]) -> Mark:
    """Return what `\\iffalse`, `\\if0`, another `\\if`, `\\else` or `\\fi` begins or ends."""
    if match["other"]:
        return Mark("\\if", match["other"] == "fi", turns=match["other"] == "else", is_block=True)
    if match["name"] == "iftrue":
        sight = SEEN
    elif match["name"] == "iffalse" or (match["name"] == "if" and match["zero"] == "0"):
        sight = HIDDEN
    else:
        sight = Sight(doubt=f"only if \\{match['name'][:40]} is true")
    return Mark("\\if", sight=sight, is_block=True)
