"""Types of fields whose module is loaded when pydantic asks."""

import sys
from typing import Annotated, Any

from pydantic import BaseModel

from tcia_policy.files.model_shape import expected_at, model_of
from tcia_policy.files.type_later import TypeLater
from tcia_policy.model.assessment import Assessment

Later = Annotated[Any, TypeLater("tcia_policy.model.signature", "Signature")]


class Study(BaseModel, defer_build=True):
    """A study that may be signed."""

    name: str
    signature: Later | None = None


def test_a_field_has_the_schema_of_its_type() -> None:
    from tcia_policy.model.signature import Signature  # noqa: PLC0415 - it is loaded later

    class Named(BaseModel):
        """A study that may be signed."""

        name: str
        signature: Signature | None = None

    expected = Named.model_json_schema()
    assert Study.model_json_schema() == {**expected, "title": "Study"}


def test_what_a_field_expects_is_told_of_its_type() -> None:
    found = model_of(expected_at(Assessment, ("review",)))
    assert found is not None
    assert found is sys.modules["tcia_policy.model.decision"].ReviewRead
