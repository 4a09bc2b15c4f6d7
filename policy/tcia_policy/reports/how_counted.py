"""How the series of a data item came to be counted as its own, in words."""

from collections.abc import Iterator

from tcia_policy.model import Holding, WordOf
from tcia_policy.text.english import count


def counted_in_words(holding: Holding) -> Iterator[str]:
    """Yield what is to be known of it: whole patients and studies, and series that count by somebody's word."""
    if holding.whole_patients:
        yield f"all that IDC has of it from the {count(holding.whole_patients, 'patient')} named"
    if holding.whole_studies:
        yield f"all that IDC has of it from the {count(holding.whole_studies, 'study', 'studies')} named"
    if holding.on_word_of in (WordOf.PATIENTS, WordOf.STUDIES):
        yield f"its {holding.on_word_of} are named, and IDC's index does not have these parts"
    elif holding.on_word_of is not None:
        whose = "their rows name it" if holding.on_word_of is WordOf.ROWS else "the file is named after it"
        yield f"not in IDC's index; they count as {holding.dataset} because {whose}"
    if holding.rows_name:
        yield f"their rows name {' and '.join(holding.rows_name)}"
