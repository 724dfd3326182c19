"""What was worked out, then and now: which value is which, what differs, and what a reader calls it.

A value that was worked out has no record and no field to be known by. It is known by its rule, by the fields it was made
of and by its place among its like, in reading order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from msgspec.structs import replace

from reports.diagnostics.words.rules import COMPUTED, rule
from reports.model.description.forms import KIND_WORDS
from reports.model.description.shapes import FieldShape
from reports.model.formatting import join
from reports.model.kinds import KINDS
from reports.records.changes import Computed, Facts, Snapshot
from reports.records.differences import Difference, What, field_name, fields_through, name_of
from reports.records.former_ids import former_ids

#: A value of then and the one of now in its place; None where there is none.
Pair = tuple[Computed | None, Computed | None]


def computed(rule: str, shown: str, origins: Iterable[tuple[str, str]], kinds: Mapping[str, str]) -> Computed:
    """Return a value as it was *shown*; *origins* are records and field paths, *kinds* names those of records."""
    told = tuple(dict.fromkeys(origins))
    chains = [_chain(kinds.get(record, ""), path) for record, path in told]
    of = dict.fromkeys(
        ".".join((kinds[told[n][0]], *(f.key for f in chain)))
        for n, chain in enumerate(chains)
        if told[n][0] in kinds
    )
    listed = any(field.many for chain in chains for field in chain)
    own = {record for record, _ in told} if listed or rule not in _OF_SEVERAL else set()
    return Computed(rule, shown, tuple(of), told[0][0] if len(own) == 1 else "")


#: Rules that make one value of several records; of one record when there happens to be one.
_OF_SEVERAL = frozenset(("count", "sum", "share"))


def _chain(plural: str, path: str) -> tuple[FieldShape, ...]:
    """The fields that *path* leads through."""
    kind = KINDS.get(plural)
    return tuple(field for field, _ in fields_through(kind, tuple(path.split(".")))) if kind else ()


def pairs(then: Sequence[Computed], now: Sequence[Computed]) -> tuple[Pair, ...]:
    """Return what differs: in the order of *now*, then what is gone."""
    found: list[Pair] = []
    gone: list[Computed] = []
    come: list[Computed] = []
    for what, a, b, c, d in SequenceMatcher(None, then, now, autojunk=False).get_opcodes():
        if what != "equal":
            matched, less, more = _matched(then[a:b], now[c:d])
            found, gone, come = [*found, *matched], [*gone, *less], [*come, *more]
    matched, gone, come = _matched(gone, come)  # what stands elsewhere now
    differing = [(a, b) for a, b in (*found, *matched) if a and b and a.shown != b.shown]
    places = {one: n for n, one in reversed(list(enumerate(now)))}
    come = [one for one in come if one not in then]  # printed once more, or once less, it says nothing new
    gone = [one for one in gone if one not in now]
    told: list[Pair] = [*differing, *((None, one) for one in come)]
    told.sort(key=lambda pair: places[pair[1]] if pair[1] else len(places))
    return tuple(dict.fromkeys((*told, *((one, None) for one in gone))))


def _matched(
    then: Sequence[Computed], now: Sequence[Computed]
) -> tuple[list[Pair], list[Computed], list[Computed]]:
    """Values of the same kind one after the other; what is left over of *then*, and of *now*."""
    groups: dict[tuple[object, ...], tuple[list[Computed], list[Computed]]] = {}
    for side, several in enumerate((then, now)):
        for one in several:
            groups.setdefault((one.rule, one.of, one.record), ([], []))[side].append(one)
    found = [pair for group in groups.values() for pair in zip_longest(*group)]
    both: list[Pair] = [(a, b) for a, b in found if a and b]
    return both, [a for a, b in found if a and not b], [b for a, b in found if b and not a]


# --- in words ---------------------------------------------------------------------------------------------


def computed_differences(
    then: Snapshot, now: Snapshot, lang: str, letters: Callable[[str], str] = str
) -> tuple[Difference, ...]:
    """Return what differs of all that was worked out, for a reader of *lang*; nothing where one of both does not tell."""
    told = next(
        (
            one
            for one in (lang, lang[:2], *now.computed)
            if {one} <= then.computed.keys() & now.computed.keys()
        ),
        "",
    )
    former = former_ids(now.facts)
    before = [replace(one, record=former.get(one.record, one.record)) for one in then.computed.get(told, ())]
    found = pairs(before, now.computed[told]) if told else ()
    return tuple(in_words(pair, {**then.facts, **now.facts}, lang, letters) for pair in found)


def in_words(pair: Pair, facts: Facts, lang: str, letters: Callable[[str], str] = str) -> Difference:
    """Say what differs; *facts* name the records."""
    before, after = pair
    one = after or before
    assert one is not None
    what: What = "changed" if before and after else "added" if after else "removed"
    name = name_of(facts.get(one.record, {}), one.record, lang, letters) if one.record else ""
    shown = [letters(value.shown) if value else "" for value in pair]
    return Difference(one.record, name, what, called(one, lang, letters), shown[0], shown[1], computed=True)


def called(one: Computed, lang: str, letters: Callable[[str], str] = str) -> str:
    """What a reader calls it: number of meetings, sum of attendance."""
    things = join(list(dict.fromkeys(_thing(field, lang) for field in one.of)) or ["…"], lang)
    said = COMPUTED.say(one.rule, lang, things=things) if one.rule in COMPUTED else rule(one.rule, lang)
    return letters(said)


def _thing(field: str, lang: str) -> str:
    plural, _, path = field.partition(".")
    if path:
        return field_name(plural, path, lang)
    return plural.replace("_", " ") if lang == "en" else KIND_WORDS[plural][0].partition("：")[0]
