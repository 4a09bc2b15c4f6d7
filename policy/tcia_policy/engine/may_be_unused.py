"""Parts that may not have been used at all: a patient or a study is named, and what the index does not have counts too.

Who names a patient of TCGA-GBM may have used the slides alone. So what the MRI prohibits is no more than undetermined:
the answer to which parts were used decides.
"""

from collections.abc import Sequence

from tcia_policy.engine.evaluate import Judgment
from tcia_policy.engine.license_readings import PartReading
from tcia_policy.engine.missing_facts import PARTS
from tcia_policy.engine.outcome import Outcome, consequence
from tcia_policy.model import MissingFact, Verdict
from tcia_policy.rules.rulebook import Rule
from tcia_policy.text.english import one_of


def unless_unused(rule: Rule, judgment: Judgment, readings: Sequence[PartReading]) -> Judgment:
    """Return what a rule says of parts that may not have been used: it prohibits nothing until that is known.

    Duties and notes, and what leaves a use undetermined, stay as they are.
    """
    if judgment.outcome is not Outcome.SPEAKS or rule.verdict is not Verdict.PROHIBITED:
        return judgment
    titles = dict.fromkeys(each.distribution.title for each in readings if each.distribution is not None)
    used = one_of(list(titles)) if titles else "any part"
    silent, speaks = consequence(rule, Outcome.SILENT), consequence(rule, Outcome.SPEAKS)
    missing = MissingFact(
        name=PARTS, fact="which parts of it were used", consequence=f"{silent} if none of these; {speaks} for {used}"
    )
    return Judgment(Outcome.UNKNOWN, (missing,), judgment.readings)
