"""What a check of a bundle found."""

from tcia_policy.model.result import Result
from tcia_policy.model.signature import SignatureChecked


class BundleVerified(Result):
    """What `bundle verify` found: everything that is wrong (`problems`), and what it could not check (`unchecked`).

    `verdict` is the first line of the assessment in the bundle, where that can be read. `signatures` are those that
    were checked against keys.
    """

    file: str
    verdict: str | None = None
    problems: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    signatures: tuple[SignatureChecked, ...] = ()
