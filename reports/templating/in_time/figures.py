"""Figures over time in templates: by how much one changed, and how it stands against its target."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.diagnostics.words.progress import PROGRESS
from reports.model.formatting import choice, number, say
from reports.model.kinds.metrics import Budget, Metric
from reports.model.standing.targets import against_target as judged
from reports.model.standing.targets import number_of, target_on
from reports.model.values import Money, Quantity, Ratio, Share, Value
from reports.templating.context import Book, Place
from reports.templating.leaves import Leaf, WorkedOut
from reports.templating.views import View

#: What is printed where nothing can be worked out.
NOTHING = "–"
_FIXED = "\N{NO-BREAK SPACE}"


def change(book: Book, thing: Any) -> Leaf:
    """By how much a figure differs from the one before it, as that is known now: ↑ +51 (+12.4%). Nothing is worked out
    of bounds, unlike currencies and ratios, nor of a first figure; it then prints a dash, and is false."""
    metric = _metric(thing, "change")
    figures: list[Leaf] = [one.part("value") for one in metric.part("values")[-2:]]
    told = difference(figures[0].value, figures[1].value, book.lang) if len(figures) == 2 else None
    if told is None:
        return Leaf(book, metric.place, None, NOTHING)
    return WorkedOut(book, "change", told[0], told[1], (one.place for one in reversed(figures)))


def figure(book: Book, thing: Any) -> Leaf:
    """The figure of a metric with its unit."""
    metric = _metric(thing, "figure")
    value: Leaf = metric.part("value")
    unit = metric.part("unit")
    between = "" if book.lang.startswith("zh") else " "
    return value.reworded(f"{value.text}{between}{unit.text}") if unit and value else value


def aim(book: Book, thing: Any) -> Leaf:
    """The next target of a metric and by when it is to be reached; false where it has none."""
    metric = _metric(thing, "aim")
    assert isinstance(metric.record, Metric)
    found = target_on(metric.record, book.as_of)
    if found is None:
        return Leaf(book, metric.place, None, NOTHING)
    target = metric.part("target")[metric.record.target.index(found)]
    value: Leaf = target.part("value")
    return value.reworded(PROGRESS.say("by then", book.lang, value=value.text, by=target.part("by").text))


def against_target(book: Book, thing: Any) -> Leaf:
    """How a figure stands against its next target: on track, behind, ahead, met, missed; by how much it is off the
    straight line there. Equals the word; false where there is no target, or nobody can say."""
    metric = _metric(thing, "against_target")
    assert isinstance(metric.record, Metric)
    found = judged(metric.record, book.as_of)
    if found is None or found.state is None or found.figure is None:
        return Leaf(book, metric.place, None, NOTHING)
    off = found.off if found.state in ("ahead", "behind") else found.gap if found.state == "missed" else None
    word = choice(found.state, Metric.kind, book.lang)
    more = signed(off, found.figure, book.lang) if off else ""
    told = PROGRESS.say("off", book.lang, state=word, by=more) if more else word
    places = [
        metric.place.below(name) for name in ("values", "quantity", "share", "money", "target", "baseline")
    ]
    return WorkedOut(
        book, "target", found.state, told, [one for one in places if one.path in metric.place.node.below]
    )


def spent(book: Book, thing: Any) -> Leaf:
    """What was spent of a budget in all, as far as it is known; false where nothing is, or in several currencies."""
    if not isinstance(thing, View) or not isinstance(thing.data, Budget):
        args = {"function": "spent", "detail": "budgets() | first"}
        raise ReportError(Problem(Where(""), "template/bad-argument", args))
    paid = [one.money for one in thing.data.spent]
    if not paid or {(one.currency, one.bound) for one in paid} != {(paid[0].currency, "exact")}:
        return Leaf(book, thing.place, None, NOTHING)
    total = Money(sum((one.amount for one in paid), Decimal()), paid[0].currency)
    listed = thing.place.below("spent")
    places = [listed.below(i).below("money") for i in range(len(paid))]
    return WorkedOut(book, "sum", total, say(total, book.lang), places)


def share_of(book: Book, part: Leaf, whole: Leaf) -> Leaf:
    """How many per cent of *whole* an amount is; false where that cannot be worked out."""
    a, b = part.value, whole.value
    if not isinstance(a, Money) or not isinstance(b, Money) or a.currency != b.currency or not b.amount:
        return Leaf(book, whole.place, None, NOTHING)
    share = Share.of(a.amount, b.amount)
    places = part.places if isinstance(part, WorkedOut) else (part.place,)
    return WorkedOut(book, "share", share, say(share, book.lang), (*places, whole.place))


def difference(before: Value, after: Value, lang: str) -> tuple[Decimal, str] | None:
    """Return how much more *after* is than *before*, and how that is said; None where it cannot be worked out."""
    bounds = {getattr(one, "bound", "exact") for one in (before, after)}
    currencies = {getattr(one, "currency", "") for one in (before, after)}
    old, new = number_of(before), number_of(after)
    if (
        type(before) is not type(after)
        or isinstance(after, Ratio)
        or bounds != {"exact"}
        or len(currencies) > 1
    ):
        return None
    if old is None or new is None:
        return None
    by = new - old
    arrow = "↑" if by > 0 else "↓" if by < 0 else "→"
    if not by:
        return by, f"{arrow}{_FIXED}0"
    told = signed(by, after, lang)
    if isinstance(after, Share) or not old:
        return by, f"{arrow}{_FIXED}{told}"
    percent = f"{_sign(by)}{number(abs(round(100 * by / abs(old), 1)), lang)}%"
    told = f"{arrow}{_FIXED}{told}"
    return by, f"{told}（{percent}）" if lang.startswith("zh") else f"{told} ({percent})"


def signed(by: Decimal, like: Value, lang: str) -> str:
    """A difference with its sign, in the unit of *like*: +51, −2 percentage points, +EUR 5,000."""
    match like:
        case Share():
            word = "point" if abs(by) == 1 else "points"
            return PROGRESS.say(word, lang, by=f"{_sign(by)}{number(abs(by), lang)}")
        case Money(currency=currency):
            return f"{_sign(by)}{say(Money(abs(by), currency), lang)}"
        case _:
            return f"{_sign(by)}{say(Quantity(abs(by)), lang)}"


def _sign(by: Decimal) -> str:
    return "+" if by > 0 else "−"


def _metric(thing: Any, function: str) -> View:
    """The metric that a filter is about."""
    if isinstance(thing, View) and isinstance(thing.data, Metric):
        return thing
    found = thing.book.dataset.records.get(thing.place.record) if isinstance(thing, Leaf) else None
    if isinstance(found, Metric):
        assert isinstance(thing, Leaf)
        return View(
            thing.book, found, Place(found.id, "", thing.book.dataset.nodes[found.id], days=thing.place.days)
        )
    args = {"function": function, "detail": PROGRESS.say("no metric", "en")}
    raise ReportError(Problem(Where(""), "template/bad-argument", args))
