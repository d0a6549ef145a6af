"""What every single rule brings: `python -m tests.score --ablate [NAME ...]`.

A rule is what has a name in `timex`, `mentions` or `events`: a pattern, a function that finds,
tells or changes one thing, a row of the grammar, a source of years, months or titles, a family of
features. Each is switched off alone, and the annotated documents in which it does anything are
read again. One that three documents need is needed, and no further documents are asked, unless
it is asked for by name (or the beginning of it). What only `events` has shows in no figure: of it
the documents are counted whose events change.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial, wraps
from types import FunctionType, ModuleType
from typing import Any, NamedTuple, get_args
from unittest.mock import patch

import calendarize
from calendarize.events.assemble import assemble
from calendarize.events.checks import problems
from calendarize.mentions import decide, suspicions, titles, years
from calendarize.timex import grammar
from calendarize.timex import patterns as p
from calendarize.timex.partial import Form, Unit
from tests.annotated import Annotated, reading
from tests.score import Figures, found, judged

_FLOORS = ("timex", "mentions", "events")
_NEEDED = 3
"""A rule that so many documents need is needed."""
_ENOUGH = 80
"""So many documents are read without a rule that acts everywhere, and needed by none."""
_NEVER = re.compile(r"(?!)")
_DATA = (decide._models, decide.weights_for, decide.crossed)
"""What is remembered whatever the rules are."""

Fire = Callable[[str], None]
"""Tells that the rule of a name did something."""


class Rule(NamedTuple):
    """A rule under its name, and what reads without it while it is entered."""

    name: str
    off: Callable[[], AbstractContextManager[Any]]


@dataclass(frozen=True, slots=True)
class Brought:
    """What a rule brings: the documents in which it acts, those that were read without it, how
    many of them change, get worse and better, and what it adds to the figures of these."""

    name: str
    acts: int
    read: int
    changed: int
    needed: int
    better_without: int
    resolved: int
    role: int
    entry: int
    silent: int

    def __str__(self) -> str:
        figures = (
            f"{self.resolved:+5d} {self.role:+5d} {self.entry:+5d} {self.silent:+5d}"
            if self.needed or self.better_without
            else f"{'':23}"
        )
        counts = (self.acts, self.read, self.changed, self.needed, self.better_without)
        return "".join(f"{n:6d}" for n in counts) + f"  {figures}  {self.name}"


HEAD = "  acts  read chang  need worse   res  role entry silen  rule"


# What is a rule, and how it is switched off


def _modules() -> list[ModuleType]:
    return [
        importlib.import_module(name)
        for floor in _FLOORS
        for _, name, _ in pkgutil.walk_packages(
            importlib.import_module(f"calendarize.{floor}").__path__, f"calendarize.{floor}."
        )
        if ".conversation" not in name
    ]


def _short(owner: Any, attribute: str) -> str:
    path = f"{owner.__module__}.{owner.__qualname__}" if inspect.isclass(owner) else owner.__name__
    return f"{path.removeprefix(calendarize.__name__ + '.')}.{attribute}"


def _named() -> Iterator[tuple[str, Any, list[tuple[Any, str]]]]:
    """Yield every pattern and function with its name and all the places that hold it."""
    held: defaultdict[int, list[tuple[Any, str]]] = defaultdict(list)
    homes: dict[int, tuple[str, Any]] = {}
    modules = _modules()
    for module in modules:
        classes = [c for c in vars(module).values() if inspect.isclass(c)]
        own = [c for c in classes if c.__module__ == module.__name__]
        for owner in (module, *own):
            for attribute, what in list(vars(owner).items()):
                plain = inspect.unwrap(what) if callable(what) else what
                if isinstance(what, staticmethod | classmethod):
                    continue
                if not isinstance(plain, FunctionType | re.Pattern):
                    continue
                held[id(what)].append((owner, attribute))
                is_home = isinstance(plain, re.Pattern) or plain.__module__ == module.__name__
                if is_home and not attribute.startswith("__"):
                    homes.setdefault(id(what), (_short(owner, attribute), what))
    for key, (name, what) in homes.items():
        yield name, what, held[key]


def _idle(function: Callable[..., Any]) -> Callable[..., Any] | None:
    """Return what stands for a function that does nothing; `None` where that has no meaning."""
    given = inspect.unwrap(function).__annotations__
    notes = {name: note if isinstance(note, str) else inspect.formatannotation(note)
             for name, note in given.items()}  # fmt: skip
    told = notes.get("return", "")
    first = next((note for name, note in notes.items() if name != "return"), None)
    if told == "bool":
        return lambda *_, **__: False
    if told.endswith("| None"):
        return lambda *_, **__: None
    if told.startswith("Iterator["):
        return lambda *_, **__: iter(())
    if told == first:
        takes_self = next(iter(inspect.signature(function).parameters)) == "self"
        return lambda *given, **__: given[takes_self]
    if told in ("str", "list[str]"):
        return lambda *_, **__: "" if told == "str" else []
    return None


def _replaced(what: Any, places: Sequence[tuple[Any, str]]) -> AbstractContextManager[Any]:
    stack = ExitStack()
    for owner, attribute in places:
        stack.enter_context(patch.object(owner, attribute, what))
    return stack


def _without_row(number: int) -> AbstractContextManager[Any]:
    """Leave a shape out of the grammar: its group stays and matches nothing."""

    def cut(pattern: re.Pattern[str]) -> re.Pattern[str]:
        return re.compile(pattern.pattern.replace(f"(?P<_{number}>", f"(?P<_{number}>(?!)"))

    scans = tuple((cut(scan), names) for scan, names in grammar._SCANS)
    return _replaced_all((p, "POINT", cut(p.POINT)), (grammar, "_SCANS", scans))


def _replaced_all(*changes: tuple[Any, str, Any]) -> AbstractContextManager[Any]:
    stack = ExitStack()
    for owner, attribute, what in changes:
        stack.enter_context(patch.object(owner, attribute, what))
    return stack


@contextmanager
def _without_features(decision: str, family: str) -> Iterator[None]:
    models = dict(decide._models())
    kept = {n: w for n, w in models[decision].items() if _family(n) != family}
    decide.use(models | {decision: kept})
    try:
        yield
    finally:
        decide.use(models)


def _family(feature: str) -> str:
    """Return to which family a feature belongs: its first word that is no unit and no answer."""
    words = re.findall(r"[a-z_]+", feature.split("|")[-1])
    return next((word for word in words if word not in _UNITS), "alone")


_UNITS = frozenset((*get_args(Unit), *get_args(Form)))


def _source(name: str) -> str:
    """Return a source of titles without its numbers: `after0:3` → `after`."""
    return " ".join(re.sub(r"[-+]?\d+:?", "", re.sub(r"^under .*", "under", name)).split())


def _but(name: str, proposed: Callable[..., Any]) -> Callable[..., Any]:
    """Return what proposes everything but what comes from a source."""

    @wraps(proposed)
    def propose(*given: Any) -> Any:
        told = proposed(*given)
        if isinstance(told, dict):
            return {source: each for source, each in told.items() if source != name}
        return (each for each in told if _source(each[0]) != name)

    return propose


PROPOSERS = (
    ("title from", titles, "_texts"),
    ("year from", years.Evidence, "years"),
    ("month from", years.Evidence, "months"),
)
"""What proposes candidates, each from a source with a name."""


def rules(sources: Mapping[str, set[str]]) -> Iterator[Rule]:
    """Yield all rules; `sources` are those that the proposers were seen to know."""
    for name, what, places in _named():
        idle = _NEVER if isinstance(what, re.Pattern) else _idle(what)
        if idle is not None:
            yield Rule(name, partial(_replaced, idle, places))
    for number, (shape, _) in enumerate((*p.SHAPES, *p.WORD_SHAPES)):
        yield Rule(f"grammar row {number} {shape}", partial(_without_row, number))
    for kind, owner, attribute in PROPOSERS:
        proposed = getattr(owner, attribute)
        for source in sorted(sources[kind]):
            off = partial(_replaced, _but(source, proposed), [(owner, attribute)])
            yield Rule(f"{kind} {source}", off)
    for number, each in enumerate(suspicions.SUSPICIONS):
        others = tuple(s for k, s in enumerate(suspicions.SUSPICIONS) if k != number)
        off = partial(_replaced, others, [(suspicions, "SUSPICIONS")])
        yield Rule(f"suspicion {each.other.__name__}", off)
    for decision, weights in decide._models().items():
        for family in sorted({_family(name) for name in weights}):
            yield Rule(f"features of {decision}: {family}",
                       partial(_without_features, decision, family))  # fmt: skip


# In which documents a rule acts


class _Watched:
    """A pattern that tells when it matches."""

    def __init__(self, pattern: re.Pattern[str], fire: Callable[[], None]) -> None:
        self._pattern, self._fire = pattern, fire

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._pattern, name)
        if not callable(method):
            return method

        def asked(*given: Any, **named: Any) -> Any:
            told = method(*given, **named)
            if name == "finditer":
                told = list(told)
            changed = (
                told != given[-1] if name == "sub" else len(told) > 1 if name == "split" else told
            )
            if changed:
                self._fire()
            return iter(told) if name == "finditer" else told

        return asked


def _watched(
    function: Callable[..., Any], idle: Callable[..., Any], fire: Callable[[], None]
) -> Any:
    @wraps(function)
    def asked(*given: Any, **named: Any) -> Any:
        told = function(*given, **named)
        if inspect.isgenerator(told) or told != idle(*given, **named):
            fire()
        return told

    return asked


def _telling(kind: str, proposed: Callable[..., Any], fire: Fire) -> Callable[..., Any]:
    @wraps(proposed)
    def propose(*given: Any) -> Any:
        told = proposed(*given)
        told = told if isinstance(told, dict) else list(told)
        for each in told:
            fire(f"{kind} {each if isinstance(told, dict) else _source(each[0])}")
        return told

    return propose


def _acting(known: Sequence[Annotated]) -> dict[str, list[Annotated]]:
    """Return the documents in which every rule does something, by its name."""
    acting: defaultdict[str, dict[str, Annotated]] = defaultdict(dict)
    rows = [re.compile(pattern) for _, pattern in (*p.SHAPES, *p.WORD_SHAPES)]
    names = [f"grammar row {n} {shape}" for n, (shape, _) in enumerate((*p.SHAPES, *p.WORD_SHAPES))]
    now: list[Annotated] = []

    def fire(name: str) -> None:
        acting[name][now[-1].name] = now[-1]

    _forget()
    with ExitStack() as stack:
        for name, what, places in _named():
            tell = partial(fire, name)
            idle = None if isinstance(what, re.Pattern) else _idle(what)
            if isinstance(what, re.Pattern):
                stack.enter_context(_replaced(_Watched(what, tell), places))
            elif idle is not None:
                stack.enter_context(_replaced(_watched(what, idle, tell), places))
        for kind, owner, attribute in PROPOSERS:
            spy = _telling(kind, getattr(owner, attribute), fire)
            stack.enter_context(patch.object(owner, attribute, spy))
        for document in known:
            now.append(document)
            _forget()
            _events(document)
            view = document.report().view
            for name, row in zip(names, rows, strict=True):
                if row.search(view):
                    fire(name)
    _forget()
    return {name: list(each.values()) for name, each in acting.items()}


@cache
def _memories() -> list[Any]:
    """Return what remembers what it once found."""
    held = (what for module in _modules() for what in vars(module).values())
    return [what for what in held if hasattr(what, "cache_clear") and what not in _DATA]


def _forget(readings: bool = True) -> None:
    """Forget all that was found with other rules; what only events have leaves `readings`."""
    if readings:
        reading.cache_clear()
    for memory in _memories():
        memory.cache_clear()


# What it brings


class _State(NamedTuple):
    """What a document comes to: its figures, its mentions, its events with their problems."""

    figures: Figures
    mentions: Any
    events: Any


def _state(document: Annotated) -> _State:
    return _State(judged(document), found(document), _events(document))


def _events(document: Annotated) -> tuple[Any, Any]:
    """Return the events of a document, and what is wrong with them."""
    told = reading(document.path, document.give_date)
    events = assemble(told)
    return events, problems(told, events)


def brought(
    rule: Rule, documents: Sequence[Annotated], base: dict[str, _State], all_: bool
) -> Brought:
    """Read documents without a rule and return what it brings."""
    read = changed = needed = better = 0
    total = [0] * 4
    of_readings = not rule.name.startswith("events.")
    with rule.off():
        _forget(of_readings)
        for document in documents if all_ else documents[:: 1 + len(documents) // _ENOUGH]:
            read += 1
            before = base[document.name]
            try:
                state = _state(document)
            except Exception:  # without it nothing goes: it is needed
                changed, needed = changed + 1, needed + 1
            else:
                changed += state != before
                gains = [_points(before.figures)[k] - _points(state.figures)[k] for k in range(4)]
                total = [a + b for a, b in zip(total, gains, strict=True)]
                net = sum(gains[:3]) - gains[3]
                needed += net > 0
                better += net < 0
            if needed - better >= _NEEDED and not all_:
                break
    _forget(of_readings)
    return Brought(rule.name, len(documents), read, changed, needed, better, *total)


def _points(figures: Figures) -> tuple[int, int, int, int]:
    """Return what counts: times right, roles right, entries right, wrong days without a warning.

    What is found beyond what is annotated costs as much as what is right brings.
    """
    extra = figures.found - figures.met
    extra_events = figures.found_events - figures.events
    return (
        figures.right - extra,
        figures.roles,
        figures.entries - max(extra_events, 0),
        figures.silent,
    )


def ablated(known: Sequence[Annotated], names: Sequence[str] = ()) -> Iterator[Brought]:
    """Yield what every rule brings, or those whose names begin so, as they are found."""
    acting = _acting(known)
    base = {document.name: _state(document) for document in known}
    sources: dict[str, set[str]] = {
        kind: {name.removeprefix(f"{kind} ") for name in acting if name.startswith(f"{kind} ")}
        for kind, _, _ in PROPOSERS
    }
    for rule in rules(sources):
        if not names or rule.name.startswith(tuple(names)):
            everywhere = rule.name.startswith(("features", "suspicion"))
            yield brought(
                rule, known if everywhere else acting.get(rule.name, []), base, bool(names)
            )
