"""What moves in the data files, or in the product, and says nothing new leaves every file as it is, byte for byte."""

from __future__ import annotations

import random
import re
import shutil
import zipfile
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reports
from reports.pipeline import build
from reports.pipeline.read import Folders
from reports.records.text.loader import parse
from reports.review.places import places_in
from reports.review.trace import facts_of
from tests.support.templates import RECORDS, REPORTS

ROOT = Path(__file__).parent.parent.parent
RECORDS_ALONE = RECORDS.replace("    file: photos/day one (1).jpg\n", "")
DEFINED = REPORTS.replace("    period: year\n", "    period: year\n    default: true\n")
FORMATS = ("docx", "md", "html")
TEMPLATE = """\
# Meetings

{% for m in meetings() %}
- {{ m.title }}, {{ m.date }}{% if m.host %}, {{ m.host | name }}{% endif %}

{% endfor %}

{{ meetings() | length }} meetings, {{ budgets() | total("years", "years") }}; as of {{ as_of }}.

{{ table(budgets(), col("Title", "title"), col("Money", "money")) }}
"""


def made(files: dict[str, str]) -> dict[str, bytes]:
    """All files of the report *files* tell of."""
    with TemporaryDirectory() as folder:
        house = Path(folder)
        for name, text in {
            "data/reports.yaml": DEFINED,
            "templates/t/report.en.md.j2": TEMPLATE,
            **files,
        }.items():
            (house / name).parent.mkdir(parents=True, exist_ok=True)
            (house / name).write_text(text, "utf-8")
        shutil.copytree(ROOT / "templates/word", house / "templates/word")
        folders = Folders(house / "data", house / "templates", house / "output")
        order = build.Order(languages=("en",), formats=FORMATS)
        paths = build.build(folders, order, date(2024, 1, 1))
        return {path.name: path.read_bytes() for path in paths}


@cache
def plainly() -> dict[str, bytes]:
    """As the data were at first."""
    return made({"data/p/all.yaml": RECORDS_ALONE})


def blocks() -> list[str]:
    """The lists of the data file, kind by kind."""
    return [f"{block}\n" for block in RECORDS_ALONE.split("\n\n")]


@settings(max_examples=8)
@given(
    st.lists(
        st.tuples(st.integers(0, 90), st.sampled_from(["", "# a remark", "  # 说明", "   "])), max_size=9
    )
)
def test_comments_and_blank_lines_change_no_file(noted: list[tuple[int, str]]) -> None:
    lines = RECORDS_ALONE.split("\n")
    for place, line in noted:
        lines.insert(min(place, len(lines)), line)
    assert (
        made({"data/p/all.yaml": "\n".join(lines), "data/reports.yaml": f"# ours\n\n{DEFINED}"}) == plainly()
    )


@settings(max_examples=5)
@given(st.randoms(use_true_random=False), st.integers(0, 8))
def test_records_in_other_files_change_no_file(chance: random.Random, cut: int) -> None:
    """Which file, and in which order the kinds come, says nothing."""
    parts = blocks()
    chance.shuffle(parts)
    files = {"data/p/a.yaml": "\n".join(parts[:cut]) or "# empty\n", "data/p/b.yaml": "\n".join(parts[cut:])}
    assert made(files) == plainly()


def test_a_record_that_moves_to_a_file_of_its_own_changes_no_file() -> None:
    """The last meeting, so that the order of the meetings stays."""
    begin = RECORDS_ALONE.index("  - id: undated")
    end = RECORDS_ALONE.index("events:")
    moved = f"meetings:\n{RECORDS_ALONE[begin:end]}"
    rest = RECORDS_ALONE[:begin] + RECORDS_ALONE[end:]
    assert made({"data/p/all.yaml": rest, "data/p/more.yaml": moved}) == plainly()


def test_an_edition_above_it_in_the_list_changes_no_file() -> None:
    """Editions are listed as somebody likes."""
    more = DEFINED.replace("    editions:\n", "    editions:\n      - {period: 2021, as_of: 2021-12-31}\n")
    assert made({"data/p/all.yaml": RECORDS_ALONE, "data/reports.yaml": more}) == plainly()


def test_another_release_changes_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "__version__", "99.0.1")
    assert made({"data/p/all.yaml": RECORDS_ALONE}) == plainly()


def test_no_file_names_a_data_file_or_the_release() -> None:
    for name, data in plainly().items():
        texts = [data]
        if name.endswith(".docx"):
            with zipfile.ZipFile(BytesIO(data)) as package:
                texts = [package.read(part) for part in package.namelist()]
        for text in texts:
            assert not re.search(rb"\.yaml|progress-reports [0-9]", text), name


def test_what_is_said_otherwise_does_change_it() -> None:
    """The tests above would hold of a product that writes nothing."""
    other = RECORDS_ALONE.replace("years: 2", "years: 7")
    now = made({"data/p/all.yaml": other})
    assert {name for name in now if now[name] != plainly()[name]} == set(now)
    assert len(now) == len(FORMATS)


OVER_TIME = """\
sources:
  - {id: plan, title: Plan, genre: slides, date: 2023-01-02}
  - {id: minutes, title: Minutes, genre: slides, date: 2023-05-02}
meetings:
  - id: council
    title: {zh: 理事会, en: Council}
    date: 2023-04-20
    status: planned
    source: [{doc: plan, at: page 3}]
    updates:
      - {on: 2023-03-05, date: 2023-05-01, source: [{doc: plan, at: page 9}]}
      - {on: 2023-05-01, status: held, place: {zh: 北京, en: Beijing}, source: [{doc: minutes, at: page 1}]}
      - {on: 2023-12-01, status: cancelled, source: [{doc: minutes}]}
metrics:
  - id: visitors
    title: {zh: 访客, en: Visitors}
    unit: {zh: 人, en: people}
    source: [{doc: plan}]
    values:
      - {at: 2023Q1, quantity: 412, known: 2023-04-02}
      - {at: 2022, quantity: 380}
"""
OF_TIME = """\
{% set m = record("council") %}{% set v = record("visitors") %}
{{ m.title }} {{ m.date }} {{ m.status }} {{ m.place }} {% for s in m.source %}{{ s.at }} {% endfor %}

{{ v.quantity }} {{ v.date }} {% for one in v["values"] %}{{ one.at }} {{ one.quantity }} {% endfor %}

{{ m.source | length }} {{ [v] | total("quantity", "people") }}
"""


def test_a_value_of_an_entry_is_led_back_to_the_entry(tmp_path: Path) -> None:
    """The file says of which day it is; an entry that came after the edition stays out of it."""
    files = {"data/p/all.yaml": OVER_TIME, "templates/t/report.en.md.j2": OF_TIME}
    (word,) = (data for name, data in made(files).items() if name.endswith(".docx"))
    (tmp_path / "x.docx").write_bytes(word)
    places = places_in([parse(OVER_TIME, "data/p/all.yaml")[0]])

    shown = {(fact.field, fact.on): fact for fact in facts_of(tmp_path / "x.docx")}

    assert [(name, day) for name, day in shown if day] == [
        ("date", "2023-03-05"), ("status", "2023-05-01"), ("place.en", "2023-05-01"),
        ("quantity", "2023Q1 known 2023-04-02"), ("date", "2023Q1 known 2023-04-02"),
    ]  # fmt: skip
    for fact in (one for told in shown.values() for one in told.origins()):
        found = places.find(fact)
        assert found, fact
        assert (found.node.text, found.whole) == (fact.value, True), fact


def test_an_entry_that_comes_after_the_edition_changes_no_file() -> None:
    """Learnt later, or of a later day."""
    files = {"data/p/all.yaml": OVER_TIME, "templates/t/report.en.md.j2": OF_TIME}
    later = OVER_TIME.replace(
        "      - {at: 2022, q", "      - {at: 2023Q2, quantity: 9}\n      - {at: 2022, q"
    )
    late = "      - {on: 2023-02-01, known: 2024-01-01, date: 2023-07-01, source: [{doc: minutes}]}\n"
    later = later.replace("    updates:\n", f"    updates:\n{late}")
    assert made({**files, "data/p/all.yaml": later}) == made(files)
