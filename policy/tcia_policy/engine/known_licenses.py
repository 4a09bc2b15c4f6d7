"""A project with every license by its identifier."""

from collections.abc import Callable

from tcia_policy.engine.described_licenses import by_id_alone, check_described
from tcia_policy.engine.study import Study
from tcia_policy.errors import InputError, Mistakes
from tcia_policy.model import (
    DataItem,
    Project,
)
from tcia_policy.registry import Registry
from tcia_policy.registry.license_spellings import LicenseSpellings


def with_known_licenses(study: Study, registry: Registry, mistakes: Mistakes) -> Project:
    """Return the project with every license by its identifier, however the file spells it.

    A license that the project describes, and that has the name of another one, is noted in `mistakes`.
    """
    project = study.project
    try:
        check_described(project, registry)
    except InputError as error:
        mistakes.note(study.locate(error))
    spellings = LicenseSpellings({**registry.licenses, **by_id_alone(project)})

    def known(license_: str | None) -> str | None:
        return None if license_ is None else spellings.recognize(license_)

    outputs = project.use.outputs
    if outputs is not None:
        outputs = tuple(item.model_copy(update={"license": known(item.license)}) for item in outputs)
    data = tuple(_with_license(item, known) for item in project.data)
    return project.model_copy(update={"use": project.use.model_copy(update={"outputs": outputs}), "data": data})


def _with_license(item: DataItem, known: Callable[[str | None], str | None]) -> DataItem:
    """Return the item with the license of its copy, or of its other data, by its identifier."""
    if item.other is None:
        return item.model_copy(update={"license": known(item.license)})
    return item.model_copy(update={"other": item.other.model_copy(update={"license": known(item.other.license)})})
