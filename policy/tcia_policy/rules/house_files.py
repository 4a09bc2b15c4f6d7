"""The rule files of an institution: every YAML file of a folder and of the folders in it counts, or is an error.

A file has its own `policy` and a list of `rules`. A folder with a `policy.yaml` that lists `topics` is one policy in
several files, as the shipped ones are. Nothing that is YAML is passed over: a prohibition must not go missing for how a
file or a key in it is called. Files that are no YAML, such as a README, may stand beside.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from tcia_policy.errors import InputError, Mistakes, unreadable
from tcia_policy.files import limits, located_yaml
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.files.text import read_text
from tcia_policy.rules.rule_files import POLICY_FILE, FileOfRules, FolderOfRules, PolicyFile, check_topics
from tcia_policy.rules.rule_text import Policy
from tcia_policy.text.suggest import did_you_mean, nearest

ENDINGS = (".yaml", ".yml")
HINT = "every YAML file in a folder of rules has `policy` and a list of `rules`"
MOST_FILES = 10_000


def read_house(folder: Path) -> FolderOfRules:
    """Read every YAML file in `folder` and below it, in the order of their names.

    Raises `InputError` with file and line for a file that is no rule file, has a key that is not known or no rules, or
    cannot be read; for a `policy.yaml` that does not name exactly the files beside it; and if there is no YAML file.
    """
    files: list[FileOfRules] = []
    texts: list[str] = []
    paths = sorted(_yaml_files(folder))
    mistakes = Mistakes()
    for place in sorted({path.parent for path in paths}):
        with mistakes.noted():
            files += _read_place(place, [path for path in paths if path.parent == place], texts)
    mistakes.tell()
    if not files:
        raise InputError("has no rule files (*.yaml, *.yml)", file=folder)
    return FolderOfRules(tuple(files), tuple(texts))


def _yaml_files(folder: Path) -> Iterator[Path]:
    """Yield the YAML files in a folder and below; links are followed, and no folder is entered twice."""
    waiting, seen, found = [folder], set[tuple[int, int]](), 0
    while waiting:
        place = waiting.pop()
        try:
            stat = place.stat()
            entries = sorted(os.scandir(place), key=lambda entry: entry.name)
        except OSError as error:
            raise unreadable(error, place) from None
        if (stat.st_dev, stat.st_ino) in seen:
            continue
        seen.add((stat.st_dev, stat.st_ino))
        for entry in entries:
            path = place / entry.name
            if os.path.isdir(path):  # noqa: PTH112 - Path's raises for a loop of links
                waiting.append(path)
            elif path.suffix.lower() in ENDINGS:
                found += 1
                if found > MOST_FILES:
                    raise InputError(f"has more than {MOST_FILES:,} YAML files", file=folder)
                yield path


def _read_place(place: Path, paths: list[Path], texts: list[str]) -> Iterator[FileOfRules]:
    """Yield the rule files of one folder: those of the policy that it is, or each with its own."""
    documents: list[LocatedYaml] = []
    mistakes = Mistakes()
    for path in paths:
        with mistakes.noted():
            documents.append(_read(path, texts))
    mistakes.tell()
    heads = [each for each in documents if each.path.stem.lower() == Path(POLICY_FILE).stem and not _has_rules(each)]
    if not heads:
        yield from (_single(document) for document in documents)
        return
    head = heads[0]
    policy = head.parse(PolicyFile)
    topics = {each.path.stem: each for each in documents if each is not head}
    if len(topics) < len(documents) - 1:
        raise InputError("has several files of the same name", file=place)
    check_topics(head, policy.topics, set(topics))
    for topic in policy.topics:
        document = topics[topic]
        _check_keys(document, ("rules",))
        yield FileOfRules(_checked(document), policy.policy)


def _read(path: Path, texts: list[str]) -> LocatedYaml:
    texts.append(read_text(path, limits.YAML))
    return located_yaml.parse_text(path, texts[-1])


def _has_rules(document: LocatedYaml) -> bool:
    return isinstance(document.data, Mapping) and "rules" in document.data


def _single(document: LocatedYaml) -> FileOfRules:
    """Return the file with its own policy. Raises `InputError` for any other file."""
    _check_keys(document, ("policy", "rules"))
    return FileOfRules(_checked(document), document.parse(Policy, ("policy",)))


def _check_keys(document: LocatedYaml, keys: tuple[str, ...]) -> None:
    """Raise `InputError` unless the file has exactly these keys, with all that are others or missing."""
    if document.data is None:
        raise InputError("is empty", file=document.path, line=1, hint=HINT)
    if not isinstance(document.data, Mapping):
        raise InputError("needs keys with values", file=document.path, line=document.line(()), hint=HINT)
    mistakes = Mistakes()
    for key in document.data:
        if key not in keys:
            mistakes.note(document.mistake((key,), "unknown key", did_you_mean(nearest(key, keys)) or HINT))
    meant = {near for key in document.data if key not in keys for near in nearest(key, keys)}
    for key in keys:
        if key not in document.data and key not in meant:
            mistakes.note(document.mistake((key,), "missing", HINT))
    mistakes.tell()


def _checked(document: LocatedYaml) -> LocatedYaml:
    """Return the document. Raises `InputError` unless it has a rule."""
    rules = document.data["rules"] if isinstance(document.data, Mapping) else None
    line = document.line(("rules",))
    if rules is None or rules == []:
        raise InputError("has no rule", file=document.path, line=line, field="rules")
    if not isinstance(rules, list):
        raise InputError("is not a list", file=document.path, line=line, field="rules", hint=HINT)
    return document
