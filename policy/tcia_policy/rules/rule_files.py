"""The files of rules that ship, and the policy that the rules of a file come from.

A policy is a folder. Its `policy.yaml` says which document it is and lists the topics; each topic is a file of that
name with `rules` alone, such as `creative-commons/attribution.yaml`. A policy of few rules may be one file with
`policy` and `rules`.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import Field

from tcia_policy.errors import InputError
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.files.text import read_text
from tcia_policy.lazy import dataclass, pattern
from tcia_policy.model.base import Contract
from tcia_policy.rules.rule_text import Policy

POLICY_FILE = "policy.yaml"
REFERENCE = "reference"  # the folder of data that rules look up; it has no rules
_RULES = pattern(r"""\brules["']?\s*:""")  # in a folder without a policy, which may have any other files


class PolicyFile(Contract):
    """The `policy.yaml` of a folder. `topics` are its other files, without `.yaml`, in the order of their rules."""

    policy: Policy
    topics: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True)
class FileOfRules:
    """A file with a list of `rules`, and the policy that they come from."""

    document: LocatedYaml
    policy: Policy


@dataclass(frozen=True)
class FolderOfRules:
    """The files of rules in a folder. `texts` is everything that was read, so that a version can be made of it."""

    files: tuple[FileOfRules, ...]
    texts: tuple[str, ...]


def read_folder(folder: Path) -> FolderOfRules:
    """Read the policies of a folder, in the order of their names, and the reference data beside them.

    Raises `InputError` with file and line for a `policy.yaml` that does not name exactly the files beside it, for a
    folder that has rules and no `policy.yaml`, and for a file that is not valid YAML.
    """
    files: list[FileOfRules] = []
    texts: list[str] = []
    for path in sorted(folder.glob("*")):
        if path.is_dir():
            files += _read_policy(path, texts)
        elif path.suffix == ".yaml":
            files += _read_single(path, texts)
    return FolderOfRules(tuple(files), tuple(texts))


def _read_single(path: Path, texts: list[str]) -> Iterator[FileOfRules]:
    """Yield the file with its own policy, unless it has no rules. Raise `InputError` where it has no policy."""
    texts.append(read_text(path, limits.YAML))
    document = located_yaml.parse_text(path, texts[-1])
    if not isinstance(document.data, Mapping) or "rules" not in document.data:
        return
    if "policy" not in document.data:
        hint = "a file of rules names its policy; a folder with a policy.yaml stands in the folder of rules"
        raise InputError("missing", file=path, line=document.line(()), field="policy", hint=hint)
    yield FileOfRules(document, document.parse(Policy, ("policy",)))


def _read_policy(folder: Path, texts: list[str]) -> Iterator[FileOfRules]:
    """Yield the files of a policy, one for each of its topics."""
    if not (folder / POLICY_FILE).is_file():
        _refuse_rules_without_policy(folder)
        if folder.name == REFERENCE:
            texts += [read_text(path, limits.YAML) for path in sorted(folder.glob("*.yaml"))]
        return
    texts.append(read_text(folder / POLICY_FILE, limits.YAML))
    head = located_yaml.parse_text(folder / POLICY_FILE, texts[-1])
    policy = head.parse(PolicyFile)
    check_topics(head, policy.topics, {path.stem for path in folder.glob("*.yaml")} - {Path(POLICY_FILE).stem})
    for topic in policy.topics:
        path = folder / f"{topic}.yaml"
        texts.append(read_text(path, limits.YAML))
        document = located_yaml.parse_text(path, texts[-1])
        if not isinstance(document.data, Mapping) or set(document.data) != {"rules"}:
            hint = f"{POLICY_FILE} in the same folder says which policy they come from"
            raise InputError("is not a mapping with `rules` as its only key", file=path, hint=hint)
        yield FileOfRules(document, policy.policy)


def check_topics(head: LocatedYaml, topics: tuple[str, ...], there: set[str]) -> None:
    """Raise `InputError` if a topic has no file or is listed twice, or a file is not listed. No rule may go missing.

    `there` are the files beside the head, without their ending.
    """
    line = head.line(("topics",))
    for topic in topics:
        if topic not in there or topics.count(topic) > 1:
            problem = f"there is no {topic}.yaml in this folder" if topic not in there else f"{topic!r} is listed twice"
            raise InputError(problem, file=head.path, line=line, field="topics")
    forgotten = sorted(there - set(topics))
    if forgotten:
        problem = f"{forgotten[0]}.yaml is in this folder but not in the list"
        raise InputError(problem, file=head.path, line=line, field="topics", hint=f"add {forgotten[0]!r}, or delete it")


def _refuse_rules_without_policy(folder: Path) -> None:
    for path in sorted(folder.glob("*.yaml")):
        if _RULES.search(read_text(path, limits.YAML)):
            raise InputError(f"has rules, but the folder has no {POLICY_FILE}", file=path)
