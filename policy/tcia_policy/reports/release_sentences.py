"""What the files of a release say, in words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tcia_policy.reports.labels import in_a_row
from tcia_policy.text.name_keys import compare_key

if TYPE_CHECKING:
    from tcia_policy.model.release import ReleaseName, ReleaseRead, ReleaseStatement

_TOPICS: Mapping[str, str] = {
    "title": "is called",
    "license": "license",
    "data-license": "license of the data",
    "made-from": "made from",
    "tested-on": "tested on",
    "base-model": "base model",
    "citation": "to be cited",
    "terms": "to be agreed to",
}
LONGEST = 100


def sentence(said: "ReleaseStatement") -> str:
    """Return `license: apache-2.0, which is Apache-2.0`, with what was not understood."""
    text = " ".join(said.text.split())
    shown = text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."
    about = f" of the {said.released}" if said.topic == "license" and said.released in ("model", "data", "code") else ""
    return f"{_TOPICS[said.topic]}{about}: {shown}{_meaning(said, text)}"


def name_told(name: "ReleaseName") -> str:
    """Return `its text names LIDC-IDRI (as “LIDC”)`."""
    written = "" if compare_key(name.written) == compare_key(name.dataset) else f" (as “{name.written}”)"
    return f"the text names {name.dataset}{written}"


def not_looked_at(read: "ReleaseRead") -> str:
    """Return the sentence on what of a release nobody looked at."""
    folders = in_a_row(read.paths)
    passed = f" Documents that were not read: {in_a_row(read.passed_over)}." if read.passed_over else ""
    return (
        f"Weights and images in {folders} were not opened, and of programs only the license lines at their head were "
        f"read. So nothing shows whether they are what the files say.{passed}"
    )


def _meaning(said: "ReleaseStatement", text: str) -> str:
    if said.topic in ("license", "data-license"):
        if said.license is None:
            return ", which was not understood"
        return "" if said.license == text else f", which is {said.license}"
    if said.topic in ("made-from", "tested-on"):
        names = " and ".join(said.datasets)
        if not names:
            return ", which the registry does not have"
        return "" if names == text else f", which is {names}"
    return ""
