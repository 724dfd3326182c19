"""What became so later, put into records by `run.py update`: where it goes, what is refused, what stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.cli.main import main
from reports.diagnostics.problems import ReportError
from reports.model.description.forms import example_record
from reports.model.description.shapes import fields_of
from reports.model.kinds import KINDS
from reports.model.records import can_change
from reports.records.editing.drafts import Attestation
from reports.records.editing.new_records import DataFolder
from reports.records.editing.updates import Editions, UpdateWish, update
from reports.records.text.emitter import compose, in_brackets
from reports.records.text.loader import parse
from reports.records.text.splicer import ListPlace, spliced
from reports.records.validation import validate
from reports.text_files import decode

WORLD = """\
sources:
  - {id: slides, title: Slides, genre: slides}
  - {id: minutes, title: {zh: 会议纪要, en: Minutes}, genre: minutes, date: 2026-09-15}
"""
REPORTS = """\
reports:
  - id: quarterly
    title: Quarterly
    template: quarterly
    period: quarter
    editions: [{period: 2026Q2, as_of: 2026-06-30, closed: 2026-07-10}]
"""
MEETING = "meetings:\n  - id: council\n    title: Council\n    date: 2026-06-20\n    status: planned\n    source: [{doc: slides}]\n"
VISITORS = """\
metrics:
  - id: visitors
    title: Visitors
    source: [{doc: slides}]
    values:
      - {at: 2026Q1, quantity: 412}
      # the second quarter
      - {at: 2026Q2, quantity: 463}
"""
HELD = ("status=held", "--on", "2026-09-15", "--source", "minutes")
Run = Callable[..., int]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "p").mkdir(parents=True)
    (folder / "reports.yaml").write_text(REPORTS, encoding="utf-8", newline="\n")
    (folder / "p" / "sources.yaml").write_text(WORLD, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def typed(data: Path) -> Run:
    """`run.py update`, in English, on the first of October."""

    def run(*words: str, now: str = "2026-10-01", lang: str = "en") -> int:
        return main(["update", *words, "--data", str(data), "--now", now, "--lang", lang])

    return run


def put(data: Path, text: str) -> Path:
    path = data / "p" / "a.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return path


def behind(path: Path, before: str) -> str:
    """What stands in the file behind what stood there."""
    text = path.read_bytes().decode()
    assert text.startswith(before)
    return text.removeprefix(before)


# --- what is written --------------------------------------------------------------------------------------


def test_an_entry_is_written_and_shown_with_its_line(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(data, MEETING)

    assert typed("council", *HELD, "--at", "第1页", "--at", "p. 1") == 0
    entry = "      - {on: 2026-09-15, status: held, source: [{doc: minutes, at: {zh: 第1页, en: p. 1}}]}\n"
    assert behind(path, MEETING) == f"    updates:\n{entry}"
    assert capsys.readouterr().out == f"{path.as_posix()}:8\n{entry}"


def test_the_same_a_second_time_is_there_already(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(data, MEETING)
    assert typed("council", *HELD) == 0
    once = path.read_bytes()

    assert typed("council", *HELD) == 0
    assert path.read_bytes() == once
    assert capsys.readouterr().err == "council says so already; nothing was written\n"


def test_a_dry_run_shows_the_entry_and_writes_nothing(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    path = put(data, MEETING)

    assert typed("council", *HELD, "--dry-run") == 0
    assert "- {on: 2026-09-15, status: held, source: [{doc: minutes}]}" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8") == MEETING


def test_records_and_sources_may_be_called_by_a_name_that_one_alone_bears(data: Path, typed: Run) -> None:
    path = put(data, MEETING)

    assert typed("Council", "place=Geneva", "--on", "2026-09-15", "--source", "会议纪要") == 0
    assert "{on: 2026-09-15, place: Geneva, source: [{doc: minutes}]}" in behind(path, MEETING)


def test_an_older_entry_stands_before_a_newer_one(data: Path, typed: Run) -> None:
    path = put(data, MEETING)

    assert typed("council", *HELD) == 0
    assert typed("council", "date=2026-09-15", "--on", "2026-07-20", "--source", "slides") == 0
    days = re.findall(r"on: (\S+),", behind(path, MEETING))
    assert days == ["2026-07-20", "2026-09-15"]


def test_lists_texts_and_what_is_taken_back(data: Path, typed: Run) -> None:
    text = MEETING.replace("status: planned", "place: Geneva")
    path = put(data, text)

    words = ("title.zh=大会", "title.en=Assembly", "tags=a; b", "place=~")
    assert typed("council", *words, "--on", "2026-09-15", "--source", "slides", "--source", "minutes") == 0
    assert behind(path, text) == (
        "    updates:\n      - on: 2026-09-15\n        title: {zh: 大会, en: Assembly}\n        tags: [a, b]\n"
        "        place: ~\n        source:\n          - doc: slides\n          - doc: minutes\n"
    )


def test_of_groups_of_fields_what_is_not_typed_stays(data: Path, typed: Run) -> None:
    text = (
        "outlooks:\n  - id: view\n    title: View\n    measures: [{text: One, points: [a, b]}, {text: Two}]\n"
        "    source: [{doc: slides}]\n"
    )
    path = put(data, text)

    words = ("measures.2.text.zh=三", "measures.2.text.en=Three", "--on", "2026-09-15", "--source", "slides")
    assert typed("view", *words) == 0
    found, problems = parse(path.read_text(encoding="utf-8"), "data/p/a.yaml")
    assert problems == ()
    plain: Any = found.plain
    assert plain["outlooks"][0]["updates"][0]["measures"] == [
        {"text": "One", "points": ["a", "b"]},
        {"text": {"zh": "三", "en": "Three"}},
    ]


# --- editions that are closed -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "now", "known"),
    [
        ("2026-06-29", "2026-07-20", "known: 2026-07-20, "),
        ("2026-06-29", "2026-07-10", ""),  # it is closed when that day is over
        ("2026-07-01", "2026-10-01", ""),  # the second quarter does not cover it
    ],
)
def test_what_comes_behind_a_closed_edition_is_known_today(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str], day: str, now: str, known: str
) -> None:
    path = put(data, MEETING)

    assert typed("council", "status=held", "--on", day, "--source", "slides", now=now) == 0
    assert f"{{on: {day}, {known}status: held" in behind(path, MEETING)
    assert ("quarterly 2026Q2 was closed on 2026-07-10" in capsys.readouterr().err) == bool(known)


def test_scheduled_editions_are_closed_too(data: Path, typed: Run) -> None:
    plan = "schedule: {since: 2026Q1, due: {days: 10, time: '09:00', zone: Asia/Shanghai}}"
    (data / "reports.yaml").write_text(re.sub("editions: .*", plan, REPORTS), encoding="utf-8", newline="\n")
    path = put(data, MEETING)

    assert typed("council", *HELD, now="2026-10-11") == 0
    assert "{on: 2026-09-15, known: 2026-10-11, status: held" in behind(path, MEETING)


def test_a_day_that_is_said_is_taken(data: Path, typed: Run) -> None:
    path = put(data, MEETING)

    words = ("status=held", "--on", "2026-06-29", "--known", "2026-07-01", "--source", "slides")
    assert typed("council", *words, now="2026-07-20") == 0
    assert "known: 2026-07-01" in behind(path, MEETING)


# --- figures ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("2026Q3=480",), "{at: 2026Q3, quantity: 480}"),
        (("at=2026Q3", "quantity=480"), "{at: 2026Q3, quantity: 480}"),
        (("quantity=480", "--on", "2026-09-30"), "{at: 2026-09-30, quantity: 480}"),
        (("2026Q2=460",), "{at: 2026Q2, quantity: 460, known: 2026-10-01}"),
        (("2026Q3=480", "--source", "minutes"), "{at: 2026Q3, quantity: 480, source: [{doc: minutes}]}"),
    ],
)
def test_a_figure_gets_a_line_of_its_own(data: Path, typed: Run, words: tuple[str, ...], line: str) -> None:
    path = put(data, VISITORS)

    assert typed("visitors", *words) == 0
    assert behind(path, VISITORS) == f"      - {line}\n"


def test_what_was_forgotten_stands_between(data: Path, typed: Run) -> None:
    path = put(data, VISITORS)

    assert typed("visitors", "2025Q4=400") == 0
    assert "values:\n      - {at: 2025Q4, quantity: 400" in path.read_text(encoding="utf-8")


def test_targets_and_what_was_spent(data: Path, typed: Run) -> None:
    text = (
        VISITORS
        + "budgets:\n  - {id: sum, title: S, money: EUR 5 million, basis: in all, source: [{doc: slides}]}\n"
    )
    path = put(data, text)

    assert typed("visitors", "by=2027Q4", "quantity=600") == 0
    assert typed("sum", "2026Q3=EUR 1 million") == 0
    after = path.read_text(encoding="utf-8")
    assert "    target:\n      - {by: 2027Q4, quantity: 600}\nbudgets:\n" in after
    assert after.endswith("source: [{doc: slides}],\n     spent: [{at: 2026Q3, money: EUR 1 million}]}\n")


def test_a_single_figure_says_how_it_becomes_several(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put(data, "metrics:\n  - {id: m, title: M, quantity: 5, date: 2026, source: [{doc: slides}]}\n")

    assert typed("m", "2027=7") == 1
    said = capsys.readouterr().err
    assert said.count("error[") == 1
    assert "values: [{at: 2026, quantity: 5}]" in said


# --- what is refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_all_mistakes_are_told_at_once(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    path = put(data, MEETING)

    assert typed("council", "satus=held", "status=hold", "host=nobody", "id=x", "oops", lang=lang) == 1
    said = capsys.readouterr().err
    codes = re.findall(r"error\[([a-z/-]+)\]", said)
    assert sorted(codes) == sorted(
        ["entry/unknown-field", "data/choice", "data/unknown-reference", "update/never-id", "entry/setting",
         "update/no-on", "update/no-source"]
    )  # fmt: skip
    assert "'status'" in said or "“status”" in said
    assert path.read_text(encoding="utf-8") == MEETING


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("counsil", *HELD), "update/unknown-id"),
        (("council", "--on", "2026-09-15", "--source", "slides"), "update/nothing"),
        (("council", "place=", *HELD[1:]), "update/blank"),
        (("council", "date=~", *HELD[1:]), "update/required"),
        (("council", "title.zh=~", *HELD[1:]), "update/part-back"),
        (("council", "title.zh=会议", *HELD[1:]), "value/missing-language"),
        (("council", "status=held", "--on", "after 2026", "--source", "slides"), "value/vague-day"),
        (("council", "status=held", "--on", "2026-09-15", "--source", "nobody"), "data/unknown-reference"),
        (("council", *HELD, "--at", "第一页"), "update/one-language"),
        (("visitors", "2026Q3=480", "--on", "2026-09-30"), "update/on-and-at"),
        (("visitors", "2026Q3=many"), "value/quantity"),
        (("remark-1", "status=open", *HELD[1:]), "update/timeless"),
    ],
)
def test_what_is_no_update(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: str
) -> None:
    remark = {"id": "remark-1", **{k: v for k, v in example_record(KINDS["remarks"]).items() if k != "id"}}
    remark["source"] = [{"doc": "slides"}]
    path = put(data, MEETING + VISITORS + "\n".join(["remarks:", *compose(remark), ""]))
    before = path.read_bytes()

    assert typed(*words) == 1
    assert code in re.findall(r"error\[([a-z/-]+)\]", capsys.readouterr().err)
    assert path.read_bytes() == before


def test_a_field_that_changes_twice_on_a_day_is_refused(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put(data, MEETING)
    assert typed("council", *HELD) == 0

    assert typed("council", "status=cancelled", *HELD[1:]) == 1
    assert "error[update/twice]" in capsys.readouterr().err


def test_a_rule_that_the_entry_breaks_is_told(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    put(
        data,
        "agreements:\n  - {id: a, title: A, type: agreement, status: signed, signed: 2026-03-01, source: [{doc: slides}]}\n",
    )

    assert typed("a", "effective=2026-02-01", *HELD[1:]) == 1
    assert "error[data/signed-after-effective]" in capsys.readouterr().err


# --- every other byte -------------------------------------------------------------------------------------

ENTRY = {
    "on": "2026-09-15",
    "note": {"zh": "一，二", "en": "x: y # z"},
    "place": None,
    "source": [{"doc": "a"}],
}


@pytest.mark.parametrize(
    ("record", "after"),
    [
        ("  - {id: a}\n", "  - {id: a, updates: [E]}\n"),
        ("  - {id: a, }\n", "  - {id: a, updates: [E], }\n"),
        ("  - id: a\n", "  - id: a\n    updates:\n      - E\n"),
        ("  - id: a", "  - id: a\n    updates:\n      - E"),
        ("- id: a\n  source:\n  - doc: a # x\n\n# end\n", "- id: a\n  source:\n  - doc: a # x\n  updates:\n  - E\n\n# end\n"),
        (
            "  - id: a\n    source:\n        - doc: a\n",
            "  - id: a\n    source:\n        - doc: a\n    updates:\n        - E\n",
        ),
        ("  - id: a\n    updates: # none\n    title: T\n", "  - id: a\n    updates: # none\n      - E\n    title: T\n"),
        ("  - id: a\n    updates: ~ # none\n", "  - id: a\n    updates: # none\n      - E\n"),
        ("  - id: a\n    updates: [] # none\n", "  - id: a\n    updates: [E] # none\n"),
        ("  - {id: a, updates: , title: T}\n", "  - {id: a, updates: [E], title: T}\n"),
        ("  - id: a\n    updates: [{on: b}] # c\n", "  - id: a\n    updates: [{on: b}, E] # c\n"),
        (
            "  - id: a\n    updates: [\n      {on: b}, # c\n    ]\n",
            "  - id: a\n    updates: [\n      {on: b}, # c\n      E,\n    ]\n",
        ),
        (
            "  - id: a\n    updates: [\n      {on: b} # c\n    ]\n",
            "  - id: a\n    updates: [\n      {on: b}, # c\n      E\n    ]\n",
        ),
        (
            "  - id: a\n    updates:\n    - {on: b}   # c\n    # d\n    tags: [x]\n",
            "  - id: a\n    updates:\n    - {on: b}   # c\n    - E\n    # d\n    tags: [x]\n",
        ),
        (
            "  - id: a\n    text: |\n      one\n      # two\n\n  - id: b\n",
            "  - id: a\n    text: |\n      one\n      # two\n    updates:\n      - E\n\n  - id: b\n",
        ),
        (
            "  - id: a\n    text: |+\n      one\n\n  - id: b\n",
            "  - id: a\n    text: |+\n      one\n\n    updates:\n      - E\n  - id: b\n",
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_entry_is_put_into_the_style_that_stands_there(
    record: str, after: str, end: str, encoding: str
) -> None:
    entry = {"on": "c", "s": "d"}
    text = f"meetings:\n{record}"
    number = 1 if "{on: b}" in record else 0

    made = spliced(text.replace("\n", end).encode(encoding), [(ListPlace("meetings", 0, "updates", number), entry)], quoted=False)  # fmt: skip
    assert made is not None
    wanted = f"meetings:\n{after}".replace("E", in_brackets(entry)).replace("\n", end)
    assert made == wanted.encode(encoding)


def test_behind_entries_in_several_lines_comes_one_in_several_lines() -> None:
    text = "meetings:\n- id: a\n  updates:\n  - on: b\n    source:\n    - doc: c\n"

    made = spliced(text.encode(), [(ListPlace("meetings", 0, "updates", 1), ENTRY)], quoted=False)
    assert made is not None
    assert made.decode().removeprefix(text) == (
        "  - on: 2026-09-15\n    note: {zh: 一，二, en: 'x: y # z'}\n    place: ~\n    source:\n    - doc: a\n"
    ).replace("'x: y # z'", '"x: y # z"')


@pytest.mark.parametrize(
    "text",
    ["meetings:\n  - &a {id: a}\n  - *a\n", "meetings:\n  - {id: b}\n  - id: a\n    updates: held\n", "meetings: *x\n"],
)  # fmt: skip
def test_what_takes_no_entry(text: str) -> None:
    made = spliced(text.encode(), [(ListPlace("meetings", 1, "updates", 0), ENTRY)], quoted=False)
    found = parse(made.decode(), "data/a.yaml")[0].plain if made else None

    assert made is None or found != {"meetings": [{"id": "b"}, {"id": "a", "updates": [ENTRY]}]}


# --- any record in any style ------------------------------------------------------------------------------

_COMMENTS = st.sampled_from(["", "  # a note", " # 说明：: [x", "   #"])
_GAPS = st.sampled_from(["", "\n", "# between\n", "\n    # far in\n"])


class Style:
    """Writes records as somebody might, and each time otherwise."""

    def __init__(self, draw: Any) -> None:
        self.draw = draw
        self.step = draw(st.sampled_from([0, 2, 4]))

    def lines(self, value: Any, indent: int) -> str:
        """A mapping line by line, its first one behind a dash that is there."""
        out = ""
        for n, (key, inner) in enumerate(value.items()):
            lead = "" if n == 0 else " " * indent
            out += lead + self.field(key, inner, indent)
        return out

    def field(self, key: str, inner: Any, indent: int) -> str:
        comment = self.draw(_COMMENTS)
        if isinstance(inner, list) and inner and self.draw(st.booleans()):
            dash = " " * (indent + self.step)
            items = "".join(f"{dash}- {self.item(one, len(dash) + 2)}" for one in inner)
            return f"{key}:{comment}\n{items}"
        if isinstance(inner, str) and self.draw(st.booleans()) and "\n" not in inner:
            return f"{key}: {self.draw(st.sampled_from(['>-', '|-']))}\n{' ' * (indent + 2)}{inner}\n"
        return f"{key}: {in_brackets(inner, quoted=self.draw(st.booleans()))}{comment}\n"

    def item(self, one: Any, indent: int) -> str:
        if isinstance(one, dict) and self.draw(st.booleans()):
            return self.lines(one, indent)
        return f"{in_brackets(one)}{self.draw(_COMMENTS)}\n"


def _change_of(kind: Any) -> dict[str, Any] | None:
    """A field of *kind* that an update may change, with an example."""
    whole = example_record(kind)
    tags = {"tags": ["later", "b: c"]}
    return tags if can_change(kind, "tags") and any(f.key == "tags" for f in fields_of(kind)) else whole


@st.composite
def files(draw: Any) -> tuple[str, str, int, int]:
    """A file of records of one kind in any style: its text, the kind, which record is meant, how many entries it has."""
    plural = draw(
        st.sampled_from(sorted(name for name, kind in KINDS.items() if not getattr(kind, "timeless", False)))
    )
    style, dash = Style(draw), draw(st.sampled_from([0, 2, 4]))
    count, meant = draw(st.integers(1, 3)), 0
    entries = draw(st.integers(0, 2))
    text = draw(st.sampled_from(["", "# 说明\n", "---\n"])) + f"{plural}:{draw(_COMMENTS)}\n"
    meant = draw(st.integers(0, count - 1))
    for n in range(count):
        record = {**example_record(KINDS[plural]), "id": f"r-{n}"}
        if "source" in record:
            record["source"] = [{"doc": "slides"}]
        if n == meant and entries:
            record["updates"] = [
                {"on": f"2026-0{i + 1}-01", "tags": [f"t{i}"], "source": [{"doc": "slides"}]}
                for i in range(entries)
            ]
        whole = draw(st.booleans())
        body = f"{in_brackets(record)}{draw(_COMMENTS)}\n" if whole else style.lines(record, dash + 2)
        text += f"{' ' * dash}- {body}{draw(_GAPS)}"
    return text.rstrip("\n") + draw(st.sampled_from(["", "\n", "\n\n# end\n"])), plural, meant, entries


@given(
    files(),
    st.sampled_from(["\n", "\r\n"]),
    st.text("a中：,:# -\"'{[|", min_size=1, max_size=8),
    st.booleans(),
)
@settings(deadline=None, max_examples=300)
def test_any_record_keeps_every_other_byte_and_says_the_entry_beside(
    file: tuple[str, str, int, int], end: str, words: str, fits: bool
) -> None:
    text, plural, meant, entries = file
    before, problems = parse(text, "data/p/a.yaml")
    assert problems == ()
    said = {"zh": f"中{words}中" * (1 if fits else 12), "en": f"x{words}x"}
    entry = {"on": "2026-09-15", "tags": ["later"], "note": said, "source": [{"doc": "slides"}]}
    old = text.replace("\n", end).encode()

    for number in range(entries + 1):
        made = [
            spliced(old, [(ListPlace(plural, meant, "updates", number), entry)], quoted=q)
            for q in (False, True)
        ]
        good = []
        for new in made:
            assert new is not None
            after, wrong = parse(decode(new)[0], "data/p/a.yaml")
            wanted: Any = {**before.plain} if isinstance(before.plain, dict) else {}
            wanted[plural] = [dict(one) for one in wanted[plural]]
            held = wanted[plural][meant].get("updates", [])
            wanted[plural][meant]["updates"] = [*held[:number], entry, *held[number:]]
            if wrong == () and after.plain == wanted:
                good.append(new)
            assert _left_of(new, old), text
            assert end == "\n" or b"\n" not in new.replace(b"\r\n", b"")
        assert good, text
        assert made[1] in good


def _left_of(new: bytes, old: bytes) -> bool:
    """Whether *new* is *old* with something put in: every byte of *old*, in its order."""
    rest = iter(new)
    return all(byte in rest for byte in old)


@given(files(), st.booleans())
@settings(deadline=None, max_examples=60)
def test_the_reading_is_the_same_but_for_the_record_that_is_meant(
    file: tuple[str, str, int, int], later: bool
) -> None:
    """The command's own way, from what is typed to the entry; nothing is read otherwise than before."""
    text, plural, meant, _ = file
    world, _ = parse(WORLD, "data/p/sources.yaml")
    records, _ = parse(text, "data/p/a.yaml")
    dataset, problems = validate((world, records))
    if any(problem.severity == "error" for problem in problems):
        return  # examples link to records that are not there
    desk = DataFolder(Path("data"), (world, records), dataset, frozenset())
    wish = UpdateWish(
        f"r-{meant}", ("tags=later",), Attestation("2026-09-15" if later else "2025-01-01", ("slides",))
    )

    outcome = update(desk, wish, Editions((), date(2026, 10, 1)))
    assert outcome.addition is not None
    made = spliced(text.encode(), [(ListPlace(plural, meant, "updates", outcome.addition.after), outcome.addition.plain)], quoted=True)  # fmt: skip
    assert made is not None
    after, _ = validate((world, parse(decode(made)[0], "data/p/a.yaml")[0]))
    for id_, record in dataset.records.items():
        if id_ != f"r-{meant}":
            assert after.records[id_] == record
    assert len(after.records[f"r-{meant}"].updates) == len(dataset.records[f"r-{meant}"].updates) + 1


def test_a_record_that_cannot_take_it_is_left_alone(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two records share one list: what is put into it would be said of both."""
    shared = "    updates: &later\n      - {on: 2026-07-01, tags: [a], source: [{doc: slides}]}\n"
    other = MEETING.removeprefix("meetings:\n").replace("id: council", "id: other") + "    updates: *later\n"
    path = put(data, MEETING + shared + other)
    before = path.read_bytes()

    assert typed("council", *HELD) == 1
    assert "error[entry/no-room]" in capsys.readouterr().err
    assert typed("other", *HELD) == 1
    assert path.read_bytes() == before


def test_no_record_no_entry(data: Path) -> None:
    world, _ = parse(WORLD, "data/p/sources.yaml")
    dataset, _ = validate((world,))
    desk = DataFolder(data, (world,), dataset, frozenset())

    with pytest.raises(ReportError) as error:
        update(desk, UpdateWish("nobody", (), Attestation()), Editions((), date(2026, 10, 1)))
    assert [p.code for p in error.value.problems] == ["update/no-on", "update/no-source", "update/unknown-id"]


def test_a_tilde_that_the_shell_made_the_home_folder_of_takes_a_field_back(
    data: Path, typed: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / "p" / "meetings.yaml").write_text(MEETING, "utf-8")

    assert typed("council", f"status={Path.home()}", "--on", "2026-09-15", "--source", "minutes") == 0

    assert "status: ~" in capsys.readouterr().out
    assert "status: ~" in (data / "p" / "meetings.yaml").read_text("utf-8")
