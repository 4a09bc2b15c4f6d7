"""Commands whose definition stands under a condition that the source does not decide."""

from dataclasses import replace
from functools import partial

from tcia_policy.documents.latex.alternatives import Alternative, walk_alternatives
from tcia_policy.documents.latex.doubt import Condition
from tcia_policy.documents.latex.interpreter import Interpreter
from tcia_policy.documents.latex.stack import Frame, Macro
from tcia_policy.files import limits
from tcia_policy.lazy import dataclass


@dataclass(frozen=True)
class Variant:
    """One meaning of a command: a macro, or another command (`alias`), or as it was where it is neither."""

    condition: Condition | None
    macro: Macro | None = None
    alias: str | None = None


@dataclass(frozen=True)
class Variants:
    """All that a command may mean; the first is what it meant before the conditions."""

    variants: tuple[Variant, ...]

    def __call__(self, interpreter: Interpreter, frame: Frame, index: int) -> int:
        """Walk every meaning in doubt, and go on behind the one that takes most."""
        after = [index + 1]
        if not interpreter.may_spend(limits.LATEX_VARIANTS_COST, frame.place(index)):
            return index + 1

        def walk(variant: Variant) -> None:
            after.append(interpreter.command_as(frame, index, variant.macro, variant.alias))

        conditions = [variant.condition for variant in self.variants if variant.condition is not None]
        before = self.variants[0]
        tests = {condition.test for condition in conditions}
        are_both = len(tests) == 1 and {"true", "false"} <= {condition.value for condition in conditions}
        others = [variant for variant in self.variants if variant.condition is not None]
        ways = [Alternative(variant.condition, partial(walk, variant)) for variant in others if variant.condition]
        if not are_both:
            opposite = {"true": "false", "false": "true"}.get(conditions[0].value, f"not {conditions[0].value}")
            ways.append(Alternative(replace(conditions[0], value=opposite), partial(walk, before)))
        walk_alternatives(interpreter, ways, are_all=True)
        return max(after)


def settle(interpreter: Interpreter, name: str, macro: Macro | None, alias: str | None) -> None:
    """Give a command a meaning: for good, or beside the one it has where that stands under a condition."""
    if not interpreter.conditions:
        interpreter.unsettled.pop(name, None)
        interpreter.aliases.pop(name, None)
        interpreter.macros.pop(name, None)
        if macro is not None:
            interpreter.macros[name] = macro
        elif alias is not None:
            interpreter.aliases[name] = alias
        return
    known = interpreter.unsettled.get(name)
    before = (Variant(None, interpreter.macros.get(name), interpreter.aliases.get(name)),)
    variants = known.variants if isinstance(known, Variants) else before
    if len(variants) <= limits.LATEX_VARIANTS:
        added = Variant(interpreter.conditions[-1], macro, alias)
        interpreter.unsettled[name] = Variants((*variants, added))
