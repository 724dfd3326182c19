"""Traditional Chinese editions: letters change, names and what the data states do not."""

from __future__ import annotations

import inspect

from msgspec.structs import replace

from reports.diagnostics.problems import Where
from reports.document.nodes import (
    CommentMark,
    Document,
    Fact,
    FactSource,
    Paragraph,
    Ref,
    Styled,
    Text,
    plain,
)
from reports.document.traditional import names_of, to_traditional, traditional_letters
from reports.model.records import Dataset
from reports.records.text.loader import parse as read_yaml
from reports.records.validation import validate

NOBODY: dict[str, str] = {}


def test_letters_change_one_by_one_and_words_stay() -> None:
    """Taiwan's letters, not Taiwan's words: 软件 becomes 軟件, not 軟體; 台湾 is 臺灣."""
    assert traditional_letters("软件在台湾发展，之后", NOBODY) == "軟件在臺灣發展，之後"


def test_no_word_is_read_across_two() -> None:
    """断发 is cut hair, 不断发展 is not."""
    assert traditional_letters("仍在持续并不断发展", {}) == "仍在持續並不斷發展"


def test_quotation_marks_are_those_of_traditional_texts() -> None:
    """“ ” and ‘ ’ become corner brackets."""
    assert traditional_letters("他说“好，‘真好’”", NOBODY) == "他說「好，『真好』」"


def test_names_the_data_states_are_kept_as_stated() -> None:
    """A name's own Traditional form wins over the letters' usual ones, wherever it stands in a text."""
    assert traditional_letters("后羿与发小", {"后羿": "后羿"}) == "后羿與發小"


def test_names_are_found_in_the_data_at_any_depth() -> None:
    """Every text that carries zh-Hant, in names and in fields.

    people:
      - id: hou
        name: {zh: 侯建国, en: Hou Jianguo, zh-Hant: 侯建國}
        posts: [{title: {zh: 院长, en: President, zh-Hant: 院長}, organisation: cas}]
    """
    dataset = dataset_of(test_names_are_found_in_the_data_at_any_depth.__doc__ or "")
    assert names_of(dataset) == {"侯建国": "侯建國", "院长": "院長"}


def dataset_of(docstring: str) -> Dataset:
    """The records a docstring shows, with the source and organisation they need."""
    shown = inspect.cleandoc(docstring).partition("\n\n")[2]
    file, _ = read_yaml(
        shown.replace("    name:", "    source: [{doc: web}]\n    name:")
        + "\nsources: [{id: web, title: Page, genre: web page}]\n"
        + "organisations: [{id: cas, type: academy, source: [{doc: web}], name: {zh: 中科院, en: CAS}}]\n",
        "data/a.yaml",
    )
    return validate([file])[0]


def test_facts_the_data_states_in_traditional_letters_stay() -> None:
    """A fact whose place is a zh-Hant line is shown as it stands there; other facts are respelt."""
    sources = (fact_source("name.zh-Hant"), fact_source("name.zh"))
    document = Document(
        "zh",
        blocks=(Paragraph((Fact(0, (Text("台"),)), Fact(1, (Text("台湾"),)))),),
        sources=sources,
    )
    told = to_traditional(document, NOBODY)
    assert told.lang == "zh-Hant"
    assert plain(told.blocks[0].content) == "台臺灣"  # type: ignore[union-attr]


def fact_source(field: str) -> FactSource:
    return FactSource("cas", field, Where("data/a.yaml", 1, 1), "")


def test_everything_a_reader_sees_is_respelt_and_the_first_tree_stays() -> None:
    """Title, styled text, labels of references, reviewers' marks."""
    marked = CommentMark((Text("体"),), (Text("请核实"),), "", "", "待处理")
    document = Document(
        "zh",
        (("title", (Text("发展"),)),),
        (Paragraph((Styled("strong", (Text("国"),)), Ref("fig-a", "图1", "fig-a"), marked)),),
    )
    before = replace(document)
    told = to_traditional(document, NOBODY)
    assert plain(told.title("title")) == "發展"
    assert plain(told.blocks[0].content) == "國圖1體"  # type: ignore[union-attr]
    assert document == before
