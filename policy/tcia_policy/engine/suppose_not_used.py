"""The answer that data which a manuscript names were not used: the one answer that needs no terms to be judged."""

from collections.abc import Sequence
from dataclasses import replace

from tcia_policy.engine.judge_again import World
from tcia_policy.engine.rule_hits import RuleHit
from tcia_policy.engine.suppositions import Supposition
from tcia_policy.engine.without import ManuscriptWithout

NAMED = "manuscript.dataset"


def not_used_supposed(world: World, hits: Sequence[RuleHit]) -> list[Supposition]:
    """Return the answer that none of the data was used that the rules found named in the manuscript; none if none is.

    What follows if they were used is not foreseen: they are judged once they are declared.
    """
    names = tuple(dict.fromkeys(hit.values[NAMED] for hit in hits if NAMED in hit.values))
    case = world.case
    if not names or case.manuscript is None:
        return []
    stated = (*case.project.not_used, *names)
    supposed = replace(
        case,
        project=case.project.model_copy(update={"not_used": stated}),
        manuscript=ManuscriptWithout(case.manuscript, frozenset(names)),
    )
    paste = None if case.project_file is None else f"not_used: [{', '.join(stated)}]"
    return [
        Supposition("not used", paste, replace(world, case=supposed), "if you used them, declare them under `data:`")
    ]
