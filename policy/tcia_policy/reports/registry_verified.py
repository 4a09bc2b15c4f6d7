"""What a look at all facts of a registry came to, as text."""

from collections.abc import Iterator

from tcia_policy.model.error_report import Mistake
from tcia_policy.registry.verified import RegistryVerified
from tcia_policy.reports.lines import Page
from tcia_policy.text.english import count
from tcia_policy.text.sanitize import clean

MOST = 200  # mistakes that are printed; JSON has all


def render_verified(found: RegistryVerified, width: int = 80) -> str:
    """Return how many mistakes there are, each with its place and what would be right, and the remarks."""
    page = Page(width)
    lines = [clean(found.summary)]
    for mistake in found.mistakes[:MOST]:
        lines += ["", *_mistake(mistake, page)]
    if len(found.mistakes) > MOST:
        lines += ["", f"{count(len(found.mistakes) - MOST, 'more mistake')}; --format json has all"]
    for remark in found.remarks:
        lines += ["", *page.wrapped(clean(remark), "")]
    return "\n".join(lines) + "\n"


def _mistake(mistake: Mistake, page: Page) -> Iterator[str]:
    place = f"{mistake.file or ''}{'' if mistake.line is None else f':{mistake.line}'}"
    said = ": ".join(filter(None, (place, mistake.field, mistake.problem)))
    yield from page.wrapped(clean(said), "", "  ")
    if mistake.hint is not None:
        yield from page.wrapped(clean(f"right would be: {mistake.hint}"), "  ", "  ")
