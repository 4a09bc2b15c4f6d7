"""The license of a data item in few words: `CC BY 3.0, one part controlled`."""

from collections.abc import Sequence

from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model import Access, HoldingKind, HoldingTerms
from tcia_policy.reports.answer.decisions import concluded_in_words
from tcia_policy.reports.item_names import Names

OWN = "own data"
NOT_KNOWN = "license not known"
_WITH_VERSION = pattern(r"(?P<name>.+) (?P<version>\d+(?:\.\d+)+)")


@dataclass(frozen=True)
class LicenseLabel:
    """The licenses stated for a data item, without their versions, each with its versions.

    `controlled` says how much is under controlled access; it is empty where nothing or everything is. `concluded` says
    that a reviewer concluded it.
    """

    licenses: tuple[tuple[str, tuple[str, ...]], ...]
    controlled: str = ""
    concluded: str = ""

    @property
    def kind(self) -> tuple[object, ...]:
        """Return what licenses that differ in their versions alone have in common."""
        return (tuple(name for name, _ in self.licenses), self.controlled, self.concluded)


def license_label(terms: HoldingTerms, names: Names) -> LicenseLabel:
    """Return the label of one data item. Licenses of open parts stand before those of controlled ones."""
    holding = names.holdings.get(terms.holding)
    if holding is not None and holding.kind is HoldingKind.OWN:
        return LicenseLabel(((OWN, ()),))
    closed = [part for part in terms.parts if part.access is Access.CONTROLLED]
    stated = [part for part in terms.parts if part.access is not Access.CONTROLLED] or closed
    licenses = dict.fromkeys(names.license(item.license) for part in stated for item in part.stated)
    found: dict[str, list[str]] = {}
    for license_ in licenses:
        match = _WITH_VERSION.fullmatch(license_)
        versions = found.setdefault(license_ if match is None else match["name"], [])
        versions += [] if match is None else [match["version"]]
    some = closed if stated is not closed else []
    return LicenseLabel(
        tuple((name, tuple(sorted(versions))) for name, versions in found.items()) or ((NOT_KNOWN, ()),),
        f"{'one part' if len(some) == 1 else f'{len(some)} parts'} controlled" if some else "",
        "; ".join(dict.fromkeys(concluded_in_words(part.concluded) for part in terms.parts if part.concluded)),
    )


def in_words(labels: Sequence[LicenseLabel]) -> str:
    """Return what labels of one `kind` say; a version only where all have the same."""
    first = labels[0]
    same = all(label.licenses == first.licenses for label in labels)
    licenses = [f"{name} {', '.join(versions)}" if same and versions else name for name, versions in first.licenses]
    return ", ".join(filter(None, (*licenses, first.controlled, first.concluded)))
