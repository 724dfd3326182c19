"""Records as templates see them: fields and nothing else, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from reports.document import Fact, LineBreak, Text
from reports.filters import by_path
from reports.kinds import KINDS
from reports.model import Part, fields, links_of
from reports.problems import ReportError
from reports.views import Book, Leaf, Several, View, view
from tests.template_kit import RECORDS, records


@pytest.fixture
def book() -> Book:
    return Book(records(), "en")


def seen(book: Book, id_: str) -> View:
    return view(book, book.dataset.records[id_])


def leaf(book: Book, id_: str, path: str) -> Leaf:
    found = by_path(seen(book, id_), path)
    assert isinstance(found, Leaf)
    return found


def test_a_leaf_is_equal_to_what_it_says(book: Book) -> None:
    place, attendance, day = (
        leaf(book, "first", "place"),
        leaf(book, "fair", "attendance"),
        leaf(book, "first", "date"),
    )

    assert place == "CERN"
    assert place != "Cern"
    assert attendance != 110  # more than 110
    assert attendance > 109
    assert day == "2019-10"
    assert day != "2019"
    assert leaf(book, "second", "title") == "第二次会议"
    assert leaf(book, "first", "status") == leaf(book, "first", "status")
    assert hash(leaf(book, "first", "status")) == hash(leaf(book, "first", "status"))


def test_a_leaf_is_false_only_where_it_is_open(book: Book) -> None:
    assert leaf(book, "first", "place")
    assert leaf(book, "undated", "date")  # "unknown" is something said
    assert not leaf(book, "second", "place")
    assert not leaf(book, "budget", "due")


def test_leaves_sort_with_the_open_ones_last(book: Book) -> None:
    days = [leaf(book, id_, "date") for id_ in ("undated", "second", "fair", "first")]

    assert [day.text for day in sorted(days)] == [
        "October 2019",
        "5 November 2022",
        "after July 2023",
        "date unknown",
    ]
    places = [leaf(book, id_, "place") for id_ in ("second", "first")]
    assert [place.text for place in sorted(places)] == ["CERN", "not stated"]


def test_a_date_is_compared_only_with_dates(book: Book) -> None:
    with pytest.raises(ReportError, match="'soon' is not a date"):
        assert leaf(book, "first", "date") < "soon"


def test_parts_of_values(book: Book) -> None:
    assert leaf(book, "share", "ratio.bound").text == "about"
    assert leaf(book, "share", "ratio.b").text == "7"
    assert leaf(book, "first", "date.year").value == 2019
    assert not leaf(book, "undated", "date.year")
    assert by_path(seen(book, "first"), "date.span") is False
    assert leaf(book, "first", "title.en").text == "First meeting"


@pytest.mark.parametrize(
    "name", ["start", "end", "value", "text", "place", "book", "inline", "_book", "__class__"]
)
def test_nothing_else_of_a_value_is_open(book: Book, name: str) -> None:
    with pytest.raises(AttributeError):
        leaf(book, "first", "date").part(name)


@pytest.mark.parametrize(
    "name", ["record", "book", "data", "named", "known", "part", "_via", "__class__", "model_dump"]
)
def test_nothing_else_of_a_record_is_open(book: Book, name: str) -> None:
    with pytest.raises(AttributeError):
        seen(book, "first").part(name)


def test_every_field_of_every_record_can_be_printed_or_says_why_not(book: Book) -> None:
    for id_ in book.dataset.records:
        one = seen(book, id_)
        for name in one.known():
            thing = one.part(name)
            if isinstance(thing, str | bool) or (name == "source" and thing):
                continue
            assert str(thing).startswith("\ue000"), (id_, name)


def test_every_open_field_of_every_kind_can_be_asked_for_what_it_would_hold(book: Book) -> None:
    for kind in KINDS.values():
        links = dict(links_of(kind))
        for name, field in fields(kind).items():
            if name in links and field.default is None:
                open_ = _open(book, kind, name)
                assert by_path(open_, f"{open_.known()[0]}.short.zh").text
                with pytest.raises(ReportError):
                    by_path(open_, "nmae")


def _open(book: Book, kind: type[Part], name: str) -> Leaf:
    empty = {field.name: None for field in fields(kind).values() if field.required or field.name == name}
    whole = View(book, kind(**empty), seen(book, "first").place)
    found = whole.part(name)
    assert isinstance(found, Leaf)
    assert not found
    return found


def test_a_record_is_equal_to_its_id_and_to_itself(book: Book) -> None:
    host, cern = by_path(seen(book, "first"), "host"), seen(book, "cern")

    assert host == cern
    assert host == "cern"
    assert cern != seen(book, "ihep")
    assert len({host, cern, seen(book, "ihep")}) == 2
    assert hash(host) == hash("cern")


def test_a_linked_record_stands_where_the_link_stands_and_its_fields_where_they_stand(book: Book) -> None:
    host = by_path(seen(book, "first"), "host")
    str(host)
    str(by_path(host, "name"))

    assert [(s.record, s.field) for s in book.sources] == [("first", "host"), ("cern", "name.en")]


def test_a_value_printed_twice_has_one_source_and_two_tokens(book: Book) -> None:
    one = leaf(book, "first", "date")

    first, second = str(one), str(one)

    assert first != second
    assert len(book.sources) == 1


def test_lines_of_a_value_stay_lines() -> None:
    text = RECORDS.replace("en: Second meeting", 'en: "Second\\nmeeting"')
    book = Book(records(text), "en")
    str(leaf(book, "second", "title"))

    assert book.inserts == [Fact(0, (Text("Second"), LineBreak(), Text("meeting")))]


def test_an_empty_list_says_that_nothing_is_stated_at_its_place(book: Book) -> None:
    empty = by_path(seen(book, "second"), "participants")
    str(empty)

    assert isinstance(empty, Several)
    assert empty == []
    assert book.sources[0].field == "participants"


@pytest.mark.parametrize(
    ("path", "step"), [("titel", "titel"), ("host.nmae", "nmae"), ("participants.nmae", "nmae")]
)
def test_a_path_says_which_step_is_wrong(book: Book, path: str, step: str) -> None:
    with pytest.raises(ReportError) as caught:
        by_path(seen(book, "first"), path)

    (problem,) = caught.value.problems
    assert problem.args["name"] == step
    assert problem.args["near"] in {"title", "name"}


def test_a_path_goes_through_lists(book: Book) -> None:
    found: Any = by_path(seen(book, "first"), "participants.name.acronym")

    assert [one.text for one in found] == ["CERN", "IHEP"]
