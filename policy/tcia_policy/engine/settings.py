"""`--set KEY=VALUE`: what a project file would say if it stated something else."""

from dataclasses import replace
from pathlib import Path

from tcia_policy.errors import InputError, as_one
from tcia_policy.files import located_yaml
from tcia_policy.files.located_yaml import LocatedYaml
from tcia_policy.files.model_shape import fields_of, model_of
from tcia_policy.model import Project
from tcia_policy.rules.vocabulary import may_be_supposed, supposable_sections
from tcia_policy.text.english import one_of
from tcia_policy.text.suggest import did_you_mean, nearest

OPTION = "--set"
SETTING_DEPTH = 2


def supposing(source: LocatedYaml, setting: str) -> LocatedYaml:
    """Return the file as if it stated `KEY=VALUE`, the value as YAML. Raise `InputError` for data and evidence."""
    key, equals, value = setting.partition("=")
    key = key.strip()
    steps = key.split(".")
    if not equals or len(steps) != SETTING_DEPTH or not may_be_supposed(key):
        raise _cannot_be_set(setting, key)
    assert isinstance(source.data, dict)
    section = source.data.get(steps[0]) or {}
    if not isinstance(section, dict):
        return source
    try:
        stated = located_yaml.parse_text(Path(OPTION), value).data
    except InputError as error:
        raise as_one(
            InputError(each.problem, field=f"{OPTION} {key}", hint=each.hint) for each in error.mistakes
        ) from None
    data = {**source.data, steps[0]: {**section, steps[1]: stated}}
    return replace(source, data=data).overridden((steps[0], steps[1]), OPTION)


def settable() -> list[str]:
    """Return every key that may be set, such as `use.purpose`, in the order of the project file."""
    sections = fields_of(Project)
    found = []
    for section in supposable_sections():
        model = model_of(sections[section].annotation)
        found += [] if model is None else [f"{section}.{key}" for key in fields_of(model)]
    return [key for key in found if may_be_supposed(key)]


def _cannot_be_set(setting: str, key: str) -> InputError:
    keys = settable()
    by_last_step = [each for each in keys if each.partition(".")[2] == key]
    meant = did_you_mean(by_last_step or nearest(key, keys, as_a_whole=True))
    hint = f"write KEY=VALUE, such as use.purpose=commercial; KEY is {one_of(keys)}"
    return InputError(f"{setting!r} cannot be set", field=OPTION, hint=f"{meant} {hint}".strip())
