"""Records as templates see them: fields and nothing else, each with its place."""

from __future__ import annotations

from typing import Any

import pytest

from reports.diagnostics.problems import ReportError
from reports.document.nodes import Fact, LineBreak, Text
from reports.model.dates import parse_date
from reports.model.kinds import KINDS
from reports.model.records import Part, fields, links_of
from reports.templating.context import Book
from reports.templating.filters import by_path
from reports.templating.leaves import Leaf, Several
from reports.templating.views import View, view
from tests.support.templates import RECORDS, records


@pytest.fixture
def book() -> Book:
    return Book(records(), "en", parse_date("2024"))


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
    "name", ["record", "book", "data", "named", "part", "_via", "__class__", "model_dump"]
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


# --- names and posts of the time ------------------------------------------------------------------------------

CHAIR = """\
people:
  - id: chair
    name: {zh: 李二, en: Li Er}
    posts:
      - {title: Secretary, organisation: union}
      - {title: Member, organisation: union, at: 2019}
      - {title: Chair, organisation: union, at: 2022-07/2022-09}
    source: [{doc: slides}]
"""
CHANGED = f"""\
{RECORDS.replace("people:", CHAIR.rstrip())}
alliances:
  - id: union
    name:
      zh: 科学联合会
      en: Union of Science
      acronym: US
      former:
        - {{zh: 科学联盟, en: League of Science, short: {{zh: 科盟, en: LS}}, until: 2021-03}}
        - {{zh: 科学协会, en: Association of Science, until: 2023-01}}
    type: alliance
    parent: all-unions
    source: [{{doc: slides}}]
  - id: all-unions
    name: {{zh: 总会, en: All Unions, former: [{{zh: 旧总会, en: All Leagues, until: 2021-03}}]}}
    type: alliance
    founded: 1990
    source: [{{doc: slides}}]
agreements:
  - id: pact
    title: Pact
    type: agreement
    parties: [union, cern]
    signatories: [{{party: union, signed: 2020}}, {{party: union}}, {{party: union, signed: unknown}}]
    signed: 2022-02
    status: in force
    source: [{{doc: slides}}]
memberships:
  - {{id: seat, alliance: union, member: union, rank: member, date: 2019, status: in force, source: [{{doc: slides}}]}}
statements:
  - {{id: said-there, text: Said, speaker: union, occasion: first, source: [{{doc: slides}}]}}
  - {{id: said, text: Said, speaker: union, source: [{{doc: slides}}]}}
milestones:
  - {{id: in-doubt, title: Step, date: 2021-03, of: union, source: [{{doc: slides}}]}}
visits:
  - {{id: trip, title: Trip, date: 2022-07-10, visitors: [chair], hosts: [union], source: [{{doc: slides}}]}}
  - {{id: trip-2020, title: Trip, date: 2020, visitors: [chair], hosts: [union], source: [{{doc: slides}}]}}
  - {{id: some-trip, title: Trip, date: unknown, visitors: [chair], hosts: [union], source: [{{doc: slides}}]}}
"""


@pytest.fixture
def changed() -> Book:
    """What is told in 2024, after every change."""
    return Book(records(CHANGED), "en", parse_date("2024"))


@pytest.mark.parametrize(
    ("id_", "path", "name"),
    [
        ("pact", "parties.0", "Association of Science"),
        ("pact", "signatories.0.party", "League of Science"),  # the part has a date of its own
        ("pact", "signatories.1.party", "Association of Science"),
        ("pact", "signatories.2.party", "Association of Science"),
        ("pact", "signatories.0.party.parent", "All Leagues"),
        ("pact", "parties.0.parent.name", "All Unions"),
        ("said-there", "speaker", "League of Science"),  # on the day of its occasion
        ("said", "speaker", "Union of Science"),
        ("in-doubt", "of", "Union of Science"),  # it changed in that month
        ("seat", "member", "Union of Science"),  # what lasts is told as it is now
        ("union", "parent", "All Unions"),
        ("trip", "visitors.0.posts.0.organisation", "Association of Science"),
        ("union", "name.former.0", "League of Science"),
    ],
)
def test_a_body_is_called_as_it_was_on_the_day_told_of(changed: Book, id_: str, path: str, name: str) -> None:
    assert at(changed, id_, path).name_text() == name


def at(book: Book, id_: str, path: str) -> View:
    """What stands at *path*, where numbers count the entries of lists."""
    found: Any = seen(book, id_)
    for step in path.split("."):
        found = found[int(step)] if step.isdecimal() else found.part(step)
    assert isinstance(found, View)
    return found


def test_what_has_no_date_is_called_as_on_the_day_of_the_report() -> None:
    """A report of 2022 that is corrected later keeps the name of its time."""
    for day, name in (("2022-12-31", "Association of Science"), ("2023-06-08", "Union of Science")):
        assert seen(Book(records(CHANGED), "en", parse_date(day)), "union").name_text() == name


def test_the_short_forms_are_those_of_the_name_that_held(changed: Book) -> None:
    then, later = at(changed, "pact", "signatories.0.party"), at(changed, "pact", "parties.0")

    assert (then.brief_text(), later.brief_text()) == ("LS", "Association of Science")
    assert not by_path(later, "name.acronym")
    assert by_path(then, "name.short.zh").text == "科盟"
    assert by_path(then, "name.aliases") == []
    assert seen(changed, "union").brief_text() == "US"


def test_a_former_name_stands_where_it_is_written(changed: Book) -> None:
    then = at(changed, "pact", "signatories.0.party")
    str(then)
    str(by_path(then, "name"))
    str(by_path(then, "name.zh"))

    fields = [(source.record, source.field) for source in changed.sources]
    assert fields == [
        ("pact", "signatories.0.party"),
        ("union", "name.former.0.en"),
        ("union", "name.former.0.zh"),
    ]


@pytest.mark.parametrize(
    ("id_", "titles"),
    [
        ("trip", ["Chair"]),
        ("trip-2020", []),
        ("some-trip", ["Secretary", "Member", "Chair"]),  # no day, no choice
    ],
)
def test_a_person_has_the_posts_of_the_day_told_of(changed: Book, id_: str, titles: list[str]) -> None:
    posts = by_path(at(changed, id_, "visitors.0"), "posts")

    assert [one.text for one in by_path(posts, "title")] == titles


def test_alone_a_person_has_all_posts(changed: Book) -> None:
    assert len(by_path(seen(changed, "chair"), "posts")) == 3
