"""The type of a field that few have: its module is loaded where JSON of the field is read or written."""

from importlib import import_module
from typing import Any

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema

from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class TypeLater:
    """Stands in `Annotated[Any, TypeLater("package.module", "Name")]` for a type, which pydantic gets when it asks."""

    module: str
    name: str

    @property
    def type(self) -> Any:
        """Return the type. Load its module, if it is not loaded."""
        return getattr(import_module(self.module), self.name)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the type."""
        return handler.generate_schema(self.type)
