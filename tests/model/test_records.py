"""Records: what they are called, when they are, what they lead to, and where they stand."""

from __future__ import annotations

from datetime import date as day
from typing import Annotated

import pytest
from msgspec.structs import replace

from reports.diagnostics.problems import Where
from reports.model.dates import parse_date
from reports.model.kinds import KINDS
from reports.model.kinds.activities import Agreement, Contribution, Meeting, Visit, has_happened
from reports.model.kinds.actors import Organisation, Person, Post
from reports.model.kinds.plans import Discussion
from reports.model.records import ORGANISATIONS, Dataset, LinkTo, Name, Node, Part, Record, fields, links_of
from reports.model.values import BilingualText
from reports.records.converter import read

SOURCE = [{"doc": "slides"}]


def agreement(**dates: str) -> Agreement:
    return read(
        Agreement, {"id": "a", "title": "A", "type": "charter", "status": "signed", "source": SOURCE, **dates}
    )


# --- what a record is called --------------------------------------------------------------------------------


def test_a_record_is_called_by_its_name_title_or_topic() -> None:
    name = {"zh": "欧洲核子研究中心", "en": "European Organization for Nuclear Research", "acronym": "CERN"}
    organisation = read(Organisation, {"id": "cern", "name": name, "type": "laboratory", "source": SOURCE})
    assert organisation.label == read(Name, name)
    assert agreement().label == BilingualText("A", "A")
    topic = {"topic": "T", "ask": "A", "number": "3", "raised": "2023", "id": "d", "source": SOURCE}
    assert read(Discussion, topic).label == BilingualText("T", "T")


def test_a_record_without_a_name_is_called_by_its_id() -> None:
    assert read(Record, {"id": "a", "source": SOURCE}).label == BilingualText("a", "a")


def test_a_name_has_a_form_for_every_language() -> None:
    name = read(Name, {"zh": "学术论坛", "en": "Academic Forum", "zh-Hant": "學術論壇"})
    assert [name.get(lang) for lang in ("zh", "en", "zh-Hant")] == ["学术论坛", "Academic Forum", "學術論壇"]
    assert Name(zh="论坛", en="Forum").get("zh-Hant") == "论坛"


COMMISSION = read(Name,
    {
        "zh": "科学部", "en": "Ministry", "acronym": "MS",
        "former": [
            {"zh": "科学局", "en": "Bureau", "until": "1958"},
            {"zh": "科学组", "en": "Group"},
            {"zh": "科委", "en": "Commission", "acronym": "SC", "since": "1970-06", "until": "1998-03"},
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "en"),
    [
        ("1957-12-31", "Bureau"),
        ("195X", "Ministry"),  # in 1958 it changed
        ("1958", "Ministry"),
        ("1960", "Group"),  # between the two
        ("1970-06", "Ministry"),
        ("before 1958", "Bureau"),
        ("1970-07", "Commission"),
        ("1997", "Commission"),
        ("1998-02-28", "Commission"),
        ("1998-03", "Ministry"),
        ("1998", "Ministry"),
        ("1996/1998", "Ministry"),
        ("about 1980", "Ministry"),
        ("after 1980", "Ministry"),
        ("unknown", "Ministry"),
        ("1998-04", "Ministry"),
        ("2023", "Ministry"),
    ],
)
def test_a_name_is_the_one_that_surely_held_on_the_day(day: str, en: str) -> None:
    assert COMMISSION.at(parse_date(day)).get("en") == en


def test_the_day_of_the_change_has_the_new_name() -> None:
    name = read(Name, {"zh": "新", "en": "new", "former": [{"zh": "旧", "en": "old", "until": "1998-03-10"}]})
    assert [name.at(parse_date(f"1998-03-{day}")).en for day in ("09", "10")] == ["old", "new"]


def test_a_former_name_whose_end_is_not_stated_is_never_told() -> None:
    name = read(Name, {"zh": "新", "en": "new", "former": [{"zh": "旧", "en": "old"}]})
    assert [name.at(parse_date(day)).en for day in ("1900", "2023")] == ["new", "new"]


def test_in_doubt_the_next_day_decides() -> None:
    """The day of the report, where the record does not say enough; a change may be known before it comes."""
    name = read(Name, {"zh": "新", "en": "new", "former": [{"zh": "旧", "en": "old", "until": "2030-01"}]})
    assert name.at(None, parse_date("2029")).en == "old"
    assert name.at(parse_date("2030-01"), parse_date("2029")).en == "old"
    assert name.at(parse_date("2030-02"), parse_date("2029")).en == "new"


def test_a_former_name_has_its_own_short_forms() -> None:
    held = COMMISSION.at(parse_date("1980"))
    assert (held.brief("en"), held.brief("zh")) == ("SC", "SC")
    assert COMMISSION.at(parse_date("1950")).brief("en") == "Bureau"


# --- when it is ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ({"signed": "2010", "effective": "2011"}, "2010"),
        ({"effective": "2011", "requested": "2012"}, "2011"),
        ({"requested": "2012"}, "2012"),
        ({}, None),
    ],
)
def test_an_agreement_has_the_day_of_its_first_known_date(dates: dict[str, str], day: str | None) -> None:
    assert agreement(**dates).day == (parse_date(day) if day else None)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_fields_that_date_a_kind_exist(kind: type[Record]) -> None:
    """A kind without a date field says so by `dated = ()`, or inherits "date" for nothing."""
    assert set(kind.dated) <= set(kind.__struct_fields__) | {"date"}


@pytest.mark.parametrize("plural", KINDS)
def test_a_kind_knows_its_names(plural: str) -> None:
    assert KINDS[plural].plural == plural
    assert KINDS[plural].kind
    assert KINDS[plural].__doc__


# --- what it leads to ---------------------------------------------------------------------------------------


def test_links_are_found_alone_optional_and_in_lists() -> None:
    links = dict(links_of(Visit))
    assert links["visitors"].kinds == (*ORGANISATIONS, "person")
    assert links["theme"].kinds == ("theme",)
    assert dict(links_of(Meeting))["series"].kinds == ("series",)
    assert dict(links_of(Discussion))["context"].kinds == ()


def test_links_inside_a_part_are_those_of_the_part() -> None:
    assert "organisation" not in dict(links_of(Person))
    assert dict(links_of(Post))["organisation"].kinds == ORGANISATIONS


def test_a_field_is_a_link_once() -> None:
    class Both(Part):
        """A link in an optional list."""

        many: tuple[Annotated[str, LinkTo(("theme",))], ...] | None = None
        plain: str = ""

    assert links_of(Both) == (("many", LinkTo(("theme",))),)
    for kind in KINDS.values():
        names = [name for name, _ in links_of(kind)]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_links_lead_to_kinds_that_exist(kind: type[Record]) -> None:
    known = {known.kind for known in KINDS.values()}
    assert all(set(link.kinds) <= known for _, link in links_of(kind))


# --- where it stands ----------------------------------------------------------------------------------------


def test_a_node_is_found_by_its_path_or_the_nearest_above() -> None:
    leaf = Node(Where("a", 2), "Geneva")
    root = Node(Where("a", 1), below={"places": Node(Where("a", 2), below={0: leaf})})
    assert root.at("places", 0) is leaf
    assert root.at("places", 1) is root.below["places"]
    assert root.at("place") is root
    assert root.at() is root


def test_a_dataset_lists_the_records_of_a_kind_in_order() -> None:
    first, second = agreement(), replace(agreement(), id="b")
    dataset = Dataset.of({"a": first, "b": second}, {}, {})
    assert dataset.all("agreements") == (first, second)
    assert dataset.all("meetings") == ()


def test_a_record_does_not_change() -> None:
    with pytest.raises(AttributeError, match="immutable"):
        agreement().status = "ended"  # type: ignore[misc]  # what mypy says, the model says, too


# --- how things stand ---------------------------------------------------------------------------------------

#: What stays open until somebody settles it.
LIVING = {"discussions", "remarks", "comments"}


@pytest.mark.parametrize("plural", sorted(KINDS))
def test_no_kind_makes_up_a_state(plural: str) -> None:
    standing = {name: fields(KINDS[plural]).get(name) for name in ("status", "founding", "response")}
    defaults = {name: info.default for name, info in standing.items() if info is not None}

    assert set(defaults.values()) <= ({"open"} if plural in LIVING else {None})


@pytest.mark.parametrize(
    ("date", "status", "happened"),
    [
        ("2023-06-30", None, True),
        ("2023-06", None, True),
        ("2023", None, True),
        ("2023-07-01", None, False),
        ("after 2023-06", None, False),
        ("before 2030", None, False),
        ("before 2020", None, True),
        ("about 2030", None, False),
        ("unknown", None, False),
        ("2023-06-30", "held", True),
        ("2023-06-30", "planned", False),
        ("2023-06-30", "postponed", False),
        ("2023-06-30", "cancelled", False),
        ("2023-06-30", "suspended", False),
    ],
)
def test_what_is_dated_by_the_day_happened_unless_it_says_otherwise(
    date: str, status: str | None, happened: bool
) -> None:
    meeting = read(Meeting, {"id": "m", "title": "M", "date": date, "status": status, "source": SOURCE})

    assert has_happened(meeting, day(2023, 6, 30)) is happened


def test_what_has_no_date_is_not_known_to_have_happened() -> None:
    assert not has_happened(read(Contribution, {"id": "c", "title": "C", "source": SOURCE}), day(2023, 6, 30))
