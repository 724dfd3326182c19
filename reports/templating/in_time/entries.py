"""The day on which a field became what it is, and the day that was learnt."""

from __future__ import annotations

from reports.model.dates import parse_day
from reports.model.formatting import say, say_open
from reports.model.records import Node
from reports.templating.context import Place
from reports.templating.leaves import Leaf
from reports.templating.views import View


def became(view: View, field: str) -> Leaf:
    """The day from which *field* of a record says what it does; open where it said so at first."""
    return _day(view, field, "on")


def learnt(view: View, field: str) -> Leaf:
    """The day on which that was learnt, open where nothing but the day itself is stated."""
    return _day(view, field, "known")


def _day(view: View, field: str, name: str) -> Leaf:
    entry = _entry(view, field)
    if entry is None or name not in entry.below:
        return Leaf(view.book, view.place, None, say_open(name, view.book.lang))
    node, day = entry.below[name], entry.at("on").text
    return Leaf(view.book, Place(view.id, name, node, days={name: day}), *_read(node, view.book.lang))


def _read(node: Node, lang: str) -> tuple[object, str]:
    day = parse_day(node.text)
    return day, say(day, lang)


def _entry(view: View, field: str) -> Node | None:
    """The update that a field comes from."""
    day = (view.place.days or {}).get(field)
    typed = view.book.dataset.typed
    if day is None or typed is None or view.id not in typed.nodes:
        return None
    updates = typed.nodes[view.id].below.get("updates")
    entries = updates.below.values() if updates else ()
    return next((one for one in entries if one.at("on").text == day and field in one.below), None)
