"""Plain values become records; every mistake is told with its path, none hides another."""

from __future__ import annotations

from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, field

from reports.diagnostics.messages.catalogue import MESSAGES
from reports.model.dates import parse_date
from reports.model.kinds import KINDS
from reports.model.records import Part
from reports.model.values import DateField, Share, ShareField, TextField
from reports.records.converter import MisreadError, read

Shape = Literal["round", "square"]


class Leg(Part):
    """A part inside a part."""

    length: ShareField
    name: str = ""


class Table(Part):
    """One field of every type."""

    material: Annotated[str, Meta(min_length=2)]
    legs: Annotated[tuple[Leg, ...], Meta(min_length=1)] = ()
    seats: Annotated[int, Meta(ge=1, le=12)] | None = None
    round: bool = False
    shape: Shape | Literal["none"] = "none"
    words: tuple[TextField, ...] = ()
    made: DateField | None = None
    from_: str = field(default="", name="from")
    code: Annotated[str, Meta(pattern="^[A-Z]{2}$", extra={"wrong": "data/country"})] | None = None


def wrong(**plain: object) -> list[str]:
    """What is wrong with a table that says *plain*: path and code."""
    with pytest.raises(MisreadError) as caught:
        read(Table, {"material": "oak", **plain})
    return [f"{'.'.join(map(str, one.path))} {one.code}" for one in caught.value.found]


def test_each_field_is_read_by_its_type() -> None:
    plain = {
        "material": "oak", "legs": [{"length": "50%"}], "seats": " 4 ", "round": "Yes", "shape": "none",
        "words": ["a", {"zh": "桌", "en": "table"}], "made": "199X", "from": "here", "code": "CN",
    }  # fmt: skip
    table = read(Table, plain)
    assert table.legs == (Leg(length=Share(percent=table.legs[0].length.percent)),)
    assert (table.seats, table.round, table.shape, table.from_) == (4, True, "none", "here")
    assert [word.zh for word in table.words] == ["a", "桌"]
    assert table.made == parse_date("199X")


def test_what_is_read_already_is_taken_as_it_is() -> None:
    table = read(Table, {"material": "oak", "seats": 4, "round": True, "made": parse_date("2023")})
    assert read(Table, {"material": "oak", "legs": (Leg(length=Share(percent=table.seats or 0)),)}).legs  # type: ignore[arg-type]  # any number
    assert (table.seats, table.round) == (4, True)


def test_a_field_without_a_value_says_the_same_as_none() -> None:
    assert read(Table, {"material": "oak", "seats": None, "nothing": None}) == Table(material="oak")
    text = read(Table, {"material": "oak", "words": [{"zh": "桌", "en": "table", "zh-Hant": None}]})
    assert text.words[0].hant == ""
    assert wrong(material=None) == ["material data/missing-field"]


@pytest.mark.parametrize(
    ("plain", "told"),
    [
        ({"material": "x"}, "material data/too-short"),
        ({"material": ["oak"]}, "material data/text"),
        ({"legs": "four"}, "legs data/list"),
        ({"legs": []}, "legs data/empty-list"),
        ({"legs": [None]}, "legs.0 data/empty-item"),
        ({"legs": ["four"]}, "legs.0 data/not-a-mapping"),
        ({"legs": [{"length": "1%"}, {"length": "long"}]}, "legs.1.length value/share"),
        ({"legs": [{}]}, "legs.0.length data/missing-field"),
        ({"seats": "four"}, "seats data/whole-number"),
        ({"seats": "4_0"}, "seats data/whole-number"),
        ({"seats": "4" * 5000}, "seats data/whole-number"),
        ({"seats": True}, "seats data/whole-number"),
        ({"seats": "0"}, "seats data/too-small"),
        ({"seats": "13"}, "seats data/too-large"),
        ({"round": "oval"}, "round data/yes-no"),
        ({"shape": "oval"}, "shape data/choice"),
        ({"shape": ["round"]}, "shape data/choice"),
        ({"words": [{"zh": "桌"}]}, "words.0 value/missing-language"),
        ({"code": "CN\n"}, "code data/country"),
        ({"from_": "the name in Python"}, "from_ data/unknown-field"),
    ],
)
def test_each_mistake_has_its_path_and_its_message(plain: dict[str, object], told: str) -> None:
    assert wrong(**plain) == [told]
    assert told.split()[1] in MESSAGES


def test_all_mistakes_are_told_at_once() -> None:
    assert wrong(
        material=None, legs=[{"length": "x", "nmae": "a"}, {"length": "y"}], seats="0", shape="oval"
    ) == [
        "legs.0.length value/share",
        "legs.0.nmae data/unknown-field",
        "legs.1.length value/share",
        "seats data/too-small",
        "shape data/choice",
        "material data/missing-field",
    ]


def test_the_choices_of_a_union_are_one_list() -> None:
    with pytest.raises(MisreadError) as caught:
        read(Table, {"material": "oak", "shape": "rund"})
    assert caught.value.found[0].args == {"expected": "round, square, none", "near": "round"}


plain_values = st.recursive(
    st.none() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)  # fmt: skip


@given(st.sampled_from(sorted(KINDS)), st.data())
def test_whatever_stands_in_a_record_is_read_or_refused_with_messages(
    plural: str, data: st.DataObject
) -> None:
    keys = st.sampled_from(KINDS[plural].__struct_encode_fields__) | st.text(max_size=5)
    try:
        read(KINDS[plural], data.draw(st.dictionaries(keys, plain_values, max_size=8)))
    except MisreadError as error:
        assert {one.code for one in error.found} <= MESSAGES.keys()  # noqa: PT017 - there need be no error


def test_a_choice_not_stated_as_old_data_say_it_is_left_open() -> None:
    agreement = {"id": "a", "title": "A", "type": "charter", "source": [{"doc": "slides"}]}

    assert read(KINDS["agreements"], {**agreement, "status": "not stated"}) == read(
        KINDS["agreements"], agreement
    )
    with pytest.raises(MisreadError):
        read(KINDS["agreements"], {**agreement, "type": "not stated"})
