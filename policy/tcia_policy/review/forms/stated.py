"""What a form states of itself: as it stands in a document, and with its digest."""

import json
from typing import Any

from pydantic import ValidationError

from tcia_policy.errors import InputError
from tcia_policy.files.digests import digest_of_text
from tcia_policy.model.review_form import FormStated

NO_FORM = "name a form that `tcia-policy review --form` wrote, or the review-answers.json that it saved"


def digest_of(stated: dict[str, Any]) -> str:
    """Return the digest of what a form states of itself, without its digest, as JSON has it."""
    rest = {key: stated[key] for key in stated if key != "digest"}
    return digest_of_text(json.dumps(rest, ensure_ascii=True, sort_keys=True, separators=(",", ":")))


def stated_json(stated: FormStated) -> str:
    """Return what a form states of itself as JSON in ASCII without blanks, which no program that shows it changes."""
    return json.dumps(stated.model_dump(mode="json"), ensure_ascii=True, separators=(",", ":")).replace(" ", "\\u0020")


def stated_of(text: str) -> FormStated:
    """Return what a form states of itself, from its JSON. Raise `InputError` for anything else."""
    try:
        return FormStated.model_validate_json(text)
    except ValidationError:
        raise InputError("is a form whose own data cannot be read", hint="make a new form") from None
