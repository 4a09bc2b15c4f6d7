"""What costs next to nothing where a module is imported, since it is made when it is first used.

`dataclass` makes frozen dataclasses whose methods are made when they are first called.
`@dataclass(frozen=True)` of the standard library writes and compiles six methods, 0.25 ms for each class, and a command
imports some two hundred classes of which it uses a few. `dataclass` of this module lets the standard library find the
fields, which takes 0.01 ms. `__init__` sets one field after another, and is compiled for a class that has many
instances. `__eq__` and `__hash__` compare the values of the fields. `__repr__` is taken from a dataclass of the
standard library. To mypy, and to whoever uses it, the class is a frozen dataclass.

`pattern` takes the place of `re.compile`: a regular expression of some length takes 0.2 ms to compile, and a command
needs few of those that it imports.

The rooms with many of them (`cli/`, `engine/`, `evidence/`, `files/`, `model/`, `registry/`, `rules/` ...) take
`dataclass` and `pattern` from here, and what else they need from `dataclasses` and `re`.
"""

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

__all__ = ["dataclass", "pattern"]

_set = object.__setattr__
MANY = 40  # instances for which compiling `__init__` takes less time than it saves

if TYPE_CHECKING:
    from dataclasses import dataclass
    from re import compile as pattern
else:

    def pattern(expression: str, flags: int = 0) -> Any:
        """Return a regular expression that is compiled when it is first used."""
        return _Pattern(expression, flags)

    def dataclass(cls: type | None = None, /, **options: bool) -> Any:
        """Return the class as a dataclass. A frozen one without other options gets its methods when they are called."""
        if cls is None:
            return lambda decorated: dataclass(decorated, **options)
        return _frozen(cls) if options == {"frozen": True} else dataclasses.dataclass(cls, **options)


class _Pattern:
    """Stands for a regular expression. Each method of it that was used once is found at once from then on."""

    def __init__(self, expression: str, flags: int) -> None:
        self._written = expression, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(re.compile(*self._written), name)  # `re` keeps it
        setattr(self, name, found)
        return found


def _frozen(cls: type) -> type:
    own = frozenset(cls.__dict__)
    dataclasses.dataclass(init=False, repr=False, eq=False)(cls)
    for field in dataclasses.fields(cls):
        if not field.init or field.kw_only:
            raise TypeError(f"{cls.__name__}.{field.name} is no plain field; take `dataclass` from `dataclasses`")
    for name, method in _AT_FIRST.items():
        if name not in own:
            setattr(cls, name, method)
    return cls


def _first_init(self: object, *args: object, **given: object) -> None:
    cls = _class_with("__init__", self)
    if cls is not None:
        cls.__init__ = _init_of(cls)  # type: ignore[misc]
    type(self).__init__(self, *args, **given)


def _init_of(cls: type) -> Callable[..., None]:
    """Return `__init__` for the first instances, which sets one field after another.

    After many instances, or where the arguments are not those of the class, a compiled one takes its place. Threads
    that count at once may compile it twice; both do the same.
    """
    fields = dataclasses.fields(cls)
    names = tuple(field.name for field in fields)
    defaults = {field.name: field.default for field in fields if field.default is not MISSING}
    makes = [(field.name, field.default_factory) for field in fields if field.default_factory is not MISSING]
    ready = hasattr(cls, "__post_init__")
    count = 0

    def init(self: object, *args: object, **given: object) -> None:
        nonlocal count
        count += 1
        values = {**defaults, **dict(zip(names, args, strict=False)), **given}
        for name, make in makes:
            if name not in values:
                values[name] = make()
        is_twice = bool(given) and not given.keys().isdisjoint(names[: len(args)])
        if count > MANY or is_twice or len(args) > len(names) or values.keys() != fitting:
            cls.__init__ = _compiled_init(cls)  # type: ignore[misc]
            cls.__init__(self, *args, **given)  # type: ignore[misc]
            return
        for name in names:
            _set(self, name, values[name])
        if ready:
            self.__post_init__()  # type: ignore[attr-defined]

    fitting = frozenset(names)
    return init


def _compiled_init(cls: type) -> Callable[..., None]:
    """Return `__init__` with a parameter for each field, as the standard library writes it for a frozen dataclass."""
    known: dict[str, object] = {"_set": object.__setattr__, "MISSING": MISSING}
    parameters, lines = ["self"], ["pass"]
    for field in dataclasses.fields(cls):
        parameters.append(field.name + _default(field, known))
        if field.default_factory is not MISSING:
            lines.append(f"if {field.name} is MISSING: {field.name} = made_{field.name}()")
        lines.append(f"_set(self, {field.name!r}, {field.name})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines), known)  # noqa: S102 - names of fields alone
    method: Any = known["__init__"]
    method.__qualname__ = f"{cls.__qualname__}.__init__"
    return method  # type: ignore[no-any-return]


def _default(field: "Field[Any]", known: dict[str, object]) -> str:
    """Return what stands behind the name of a parameter, and note its value among what the code knows."""
    if field.default_factory is not MISSING:
        known[f"made_{field.name}"] = field.default_factory
        return "=MISSING"
    if field.default is not MISSING:
        known[f"given_{field.name}"] = field.default
        return f"=given_{field.name}"
    return ""


def _on_first_call(name: str, make: Callable[[type], Callable[..., Any]]) -> Callable[..., Any]:
    """Return a method that takes the place of this one until it is called, and then makes it and calls it."""

    def method(self: object, *args: object) -> Any:
        cls = _class_with(name, self)
        if cls is not None:
            setattr(cls, name, make(cls))
        return getattr(type(self), name)(self, *args)

    return method


def _repr_of(cls: type) -> Callable[..., Any]:
    namespace = {"__doc__": cls.__doc__}
    whole = dataclasses.make_dataclass(cls.__name__, (), bases=(cls,), init=False, eq=False, namespace=namespace)
    return whole.__dict__["__repr__"]  # type: ignore[no-any-return]


def _eq_of(cls: type) -> Callable[..., Any]:
    values = _values([field.name for field in dataclasses.fields(cls) if field.compare])

    def eq(self: object, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return eq


def _hash_of(cls: type) -> Callable[..., Any]:
    counts = [field for field in dataclasses.fields(cls) if (field.compare if field.hash is None else field.hash)]
    values = _values([field.name for field in counts])
    return lambda self: hash(values(self))


def _values(names: Sequence[str]) -> Callable[[object], tuple[object, ...]]:
    """Return a function that returns the values of these fields of an instance."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda self: tuple(getattr(self, name) for name in names)


def _class_with(name: str, instance: object) -> type | None:
    """Return the class of the instance, or the base of it, that waits for this method; `None` if a thread just made it.

    A method takes the place of the one that waits in one step, so that threads may make it twice, and none misses it.
    """
    return next((each for each in type(instance).__mro__ if each.__dict__.get(name) is _AT_FIRST[name]), None)


def _refuse_set(self: object, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_delete(self: object, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


_AT_FIRST: dict[str, Callable[..., Any]] = {
    "__init__": _first_init,
    "__repr__": _on_first_call("__repr__", _repr_of),
    "__eq__": _on_first_call("__eq__", _eq_of),
    "__hash__": _on_first_call("__hash__", _hash_of),
    "__setattr__": _refuse_set,
    "__delattr__": _refuse_delete,
}
