"""The registry with what a source says now: one function a source."""

from collections.abc import Callable, Mapping

from tcia_policy.errors import InputError
from tcia_policy.importers.content import Content
from tcia_policy.importers.license_names import LicenseNames
from tcia_policy.importers.online import answers as sources
from tcia_policy.importers.online.answers import Answers
from tcia_policy.importers.refresh import by_datacite, by_idc, by_nbia, by_tcia
from tcia_policy.importers.refresh.result import Refreshed
from tcia_policy.registry.licenses import load_licenses

BY_SOURCE: Mapping[str, Callable[[Content, Answers, LicenseNames], Refreshed]] = {
    sources.TCIA: by_tcia.refreshed,
    sources.DATACITE: by_datacite.refreshed,
    sources.NBIA: by_nbia.refreshed,
    sources.IDC: by_idc.refreshed,
}


def refreshed(content: Content, answers: Answers) -> Refreshed:
    """Return the registry with what one source answered in it.

    The same answers twice change nothing, and answers older than the last of that source change nothing. Raise
    `InputError` where the source is not known, or has more than a fifth less than the registry has of it.
    """
    if answers.source not in BY_SOURCE:
        raise InputError(f"{answers.source!r} is no source of the registry", hint=f"one of {', '.join(BY_SOURCE)}")
    return BY_SOURCE[answers.source](content, answers, LicenseNames(load_licenses()))
