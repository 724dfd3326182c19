"""What readers left in a report that came back: what is found, where it leads, and how it is kept.

The data behind most of these tests is one programme, `a`:

    meetings:
      - id: yearly
        title: {zh: 年度会议, en: Yearly meeting}
        date: 2023-05
    discussions:
      - id: q-1
        number: 1
        ask: {zh: 谁出资, en: Who pays?}
"""

from __future__ import annotations

import json
import subprocess
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reports.cli.main import main
from reports.diagnostics.problems import ReportError, errors
from reports.model.kinds.documents import Comment
from reports.pipeline import build
from reports.pipeline.build import Order
from reports.pipeline.check import check
from reports.pipeline.read import Folders, read
from reports.publishing import drafts
from reports.publishing.status import survey
from reports.records.editing import new_records
from reports.review import matching
from reports.review.marks import Mark, ReturnedFile, cleaned
from reports.review.matching import open_inbox
from reports.review.reader import review
from tests.support import word_files as returned
from tests.support.word_files import FACTS, change, comment, extended, f, moved, on, p, r, table, word_file
from tests.support.workplace import NOW, edit, small_house

RECORDS = """\
sources:
  - {id: slides, title: Slides, genre: slides}
meetings:
  - id: yearly   # held each May
    title: {zh: 年度会议, en: Yearly meeting}
    date: 2023-05
    status: held
    source: [{doc: slides}]
discussions:
  - id: q-1
    number: 1
    topic: {zh: 经费, en: Money}
    ask: {zh: 谁出资, en: Who pays?}
    raised: 2023-06
    source: [{doc: slides}]
"""
HEADING = p(r("Meetings"), style="a1")
MEETING = p(r("Held: "), f(1, "Yearly meeting"), r(", in "), f(2, "May 2023"), r("."))
QUESTIONS = table((r("No."), r("Asked")), (f(3, "1"), f(4, "Who pays?")))


#: What `run.py review` returns and prints on either stream.
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data told above."""
    (tmp_path / "data" / "a").mkdir(parents=True)
    (tmp_path / "data" / "a" / "records.yaml").write_text(RECORDS, "utf-8", newline="\n")
    return tmp_path / "data"


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """`run.py review` in English: its status, what it prints, what it complains of."""
    monkeypatch.setenv("REPORTS_LANG", "en")
    monkeypatch.chdir(data.parent)

    def command(*arguments: object) -> tuple[int, str, str]:
        status = main(["review", *map(str, arguments)])
        told = capsys.readouterr()
        return status, told.out, told.err

    return command


def marks(path: Path) -> tuple[Mark, ...]:
    return review(path).marks


def led(mark: Mark) -> list[str]:
    return [f"{fact.record}.{fact.field}" for fact in mark.facts]


def kept(data: Path, programme: str = "a") -> dict[str, Comment]:
    """The comments of a programme, as the data has them now; none of them is wrong."""
    dataset = new_records.open_desk(data)
    assert not [problem for problem in dataset.problems if "comments" in problem[0].file]
    found = (c for c in dataset.dataset.all("comments") if dataset.dataset.programmes[c.id] == programme)
    return {c.id: c for c in found if isinstance(c, Comment)}


# --- comments -------------------------------------------------------------------------------------------------


def test_a_comment_on_a_fact_leads_to_its_line_as_it_stands_now(data: Path, tmp_path: Path, run: Run) -> None:
    """Two lines were put in above since the report was built."""
    edit(data / "a" / "records.yaml", "meetings:\n", "# one\n# two\nmeetings:\n")
    body = p(r("Held: "), on(0, f(1, "Yearly meeting"), r(", in "), f(2, "May 2023")))
    word_file(tmp_path / "x.docx", HEADING, body, comments=comment(0, "Which\nhall?"))
    status, told, _ = run("x.docx")
    assert status == 0
    assert told.splitlines()[1:] == [
        "  Memo · memo 2023Q2",
        "1 in all: comment 1",
        "",
        "1. comment · Director 2023-06-09 10:00 · Meetings",
        "   on: “Yearly meeting, in May 2023”",
        "   says: Which",
        "     hall?",
        "   data: data/a/records.yaml:7:27 (yearly.title.en)",
        "       title: {zh: 年度会议, en: Yearly meeting}",
        "   data: data/a/records.yaml:8:11 (yearly.date)",
        "       date: 2023-05",
    ]


@pytest.mark.parametrize(
    ("body", "where", "near"),
    [
        (p(r("Held: "), f(1, "Yearly meeting"), on(0, r(", of course"))), "yearly.title.en", True),
        (p(on(0, r("Held")), r(": "), f(1, "Yearly meeting")), "yearly.title.en", True),
        (p(f(1, f"{on(0, r('Year'))}{r('ly meeting')}")), "yearly.title.en", False),
        (p(f(1, "Yearly meeting"), on(0, r(" of")), f(2, "May 2023")), "yearly.title.en", True),
        (table((f(3, "1"), f(4, "Who pays?"), on(0, r("not assigned")))), "q-1.ask.en", True),
        (table((on(0, r("–")), f(3, "1"))), "q-1.number", True),
        (p(f(1, "Yearly meeting")) + p(on(0, r("Nothing of the data."))), "", True),
        (p(f(1, "Yearly meeting"), style="mine") + p(on(0, r("Nothing of the data."))), "yearly.title.en", True),
    ],
)  # fmt: skip
def test_words_that_are_no_fact_lead_to_the_nearest_one(
    tmp_path: Path, body: str, where: str, near: bool
) -> None:
    """Before them in their paragraph or row, else behind them there, else in the heading; further off is a guess."""
    (mark,) = marks(word_file(tmp_path / "x.docx", body, comments=comment(0, "Why?")))
    assert (led(mark), mark.near) == ([where] if where else [], near)


def test_a_thread_stands_together_and_says_whether_it_is_settled(tmp_path: Path) -> None:
    """Word keeps both in a part of its own, by the last paragraph of each comment."""
    path = word_file(
        tmp_path / "x.docx", p(on(0, on(2, f(1, "Yearly meeting"))), on(1, r("."))),
        comments=comment(0, "Where?\nAnd when?", paragraph="AA") + comment(1, "Fine.") + comment(2, "In Beijing.", "Editor", paragraph="CC"),
        states=extended("AA", done=True) + extended("CC", "AA"),
    )  # fmt: skip
    assert [(mark.form, mark.text, mark.answers, mark.resolved) for mark in marks(path)] == [
        ("comment", "Where?\nAnd when?", "", True), ("reply", "In Beijing.", "0", True), ("comment", "Fine.", "", False),
    ]  # fmt: skip


def test_threads_that_answer_each_other_in_a_circle_are_all_told(tmp_path: Path) -> None:
    """No program writes this; a file may still say it."""
    path = word_file(
        tmp_path / "x.docx", p(on(0, r("x")), on(1, r("y"))), states=extended("AA", "BB") + extended("BB", "AA"),
        comments=comment(0, "One", paragraph="AA") + comment(1, "Two", paragraph="BB"),
    )  # fmt: skip
    assert {mark.text for mark in marks(path)} == {"One", "Two"}


@pytest.mark.parametrize(
    ("body", "quoted"),
    [
        ('<w:commentRangeStart w:id="0"/>' + r("to the end") + "</w:p><w:p>" + r("and no further"), "to the end"),
        (r("a point") + '<w:r><w:commentReference w:id="0"/></w:r>', ""),
        ('<w:commentRangeEnd w:id="0"/>' + r("late") + '<w:commentRangeStart w:id="0"/>', ""),
        (r("the anchor is gone"), ""),
        (on(0, change("del", "struck out")), "struck out"),
        (on(0, r("one")) + "</w:p><w:p>" + on(0, r("two")), "one"),
        (on(0, r("over ")) + "</w:p><w:p>" + r("two"), "over"),
    ],
)  # fmt: skip
def test_a_comment_is_told_whatever_became_of_its_anchor(tmp_path: Path, body: str, quoted: str) -> None:
    """Without an end, without a range, backwards, deleted, on deleted words, twice."""
    found = marks(word_file(tmp_path / "x.docx", f"<w:p>{body}</w:p>", comments=comment(0, "Why?")))
    assert [(mark.text, mark.quoted) for mark in found if mark.form == "comment"] == [("Why?", quoted)]


def test_comments_over_one_another_each_quote_their_own_words(tmp_path: Path) -> None:
    """Nested and overlapping."""
    body = f'<w:p><w:commentRangeStart w:id="0"/>{r("a")}{on(1, r("b"))}<w:commentRangeStart w:id="2"/>{r("c")}<w:commentRangeEnd w:id="0"/>{r("d")}<w:commentRangeEnd w:id="2"/></w:p>'
    path = word_file(tmp_path / "x.docx", body, comments="".join(comment(n, f"{n}") for n in range(3)))
    assert [(mark.text, mark.quoted) for mark in marks(path)] == [("0", "abc"), ("1", "b"), ("2", "cd")]


def test_comments_outside_of_the_text_are_found(tmp_path: Path) -> None:
    """In a note (which leads where its mark stands), a header, a text box that Word writes twice."""
    box = f"<w:txbxContent>{p(on(2, r('boxed')))}</w:txbxContent>"
    path = word_file(
        tmp_path / "x.docx", HEADING,
        p(f(1, "Yearly meeting"), '<w:r><w:footnoteReference w:id="7"/></w:r>'),
        p(f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"),
        notes=f'<w:footnote w:id="7">{p(on(0, r("a note")))}</w:footnote>', header=p(on(1, r("Memo"))),
        comments=comment(0, "note") + comment(1, "header") + comment(2, "box"),
    )  # fmt: skip
    assert [(m.text, m.quoted, m.section, led(m)) for m in marks(path)] == [
        ("note", "a note", "Meetings", ["yearly.title.en"]), ("box", "boxed", "Meetings", []), ("header", "Memo", "", []),
    ]  # fmt: skip


def test_a_comment_without_letters_is_told(tmp_path: Path, run: Run) -> None:
    """Drawn with a pen on a tablet, or left empty."""
    drawn = '<w:comment w:id="0" w:author="Director"><w:p><w:r><w:drawing/></w:r></w:p></w:comment>'
    word_file(
        tmp_path / "x.docx", p(on(0, f(1, "Yearly meeting")), on(1, r("."))), comments=drawn + comment(1, "")
    )
    assert [mark.text for mark in marks(tmp_path / "x.docx")] == ["▨", ""]
    assert "says: (no words)" in run("x.docx")[1]


def test_strict_files_are_read_like_the_others(tmp_path: Path) -> None:
    """The other namespace an office program may save in."""
    path = word_file(
        tmp_path / "x.docx", HEADING, p(on(0, f(1, "Yearly meeting"))), comments=comment(0, "Why?")
    )
    before = marks(path)
    assert marks(returned.in_strict(path)) == before


# --- tracked changes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(r("Held "), change("ins", "again")), ("insertion", "Held", "again")),
        (p(change("del", "Held"), r(" in May")), ("deletion", "Held", "")),
        (p(change("del", "May"), change("ins", "June")), ("replacement", "May", "June")),
        (p(change("ins", "Ju"), change("ins", r("ne") + r("!")), change("del", "May")), ("replacement", "May", "June!")),
        (p(change("ins", r("a") + change("del", "b", "Editor") + r("c"))), ("deletion", "b", "")),
        ("<w:p><w:pPr><w:rPr>" + change("ins", "<w:x/>") + "</w:rPr></w:pPr></w:p>", ("insertion", "", "¶")),
        (p(change("del", "<w:r><w:drawing/></w:r>")), ("deletion", "▨", "")),
        (f'<w:tbl><w:tr><w:trPr><w:del w:author="Director"/></w:trPr><w:tc>{p(r("a"))}</w:tc><w:tc>{p(r("b"))}</w:tc></w:tr></w:tbl>',
         ("deletion", "a\nb", "")),
        (p(moved("From", "m", "first "), r("then "), moved("To", "m", "first ")), ("move", "first", "then")),
        (p(change("moveTo", "lost half")), ("insertion", "", "lost half")),
    ],
)  # fmt: skip
def test_tracked_changes_are_told_as_what_they_are(
    tmp_path: Path, body: str, expected: tuple[str, str, str]
) -> None:
    """In one piece each, however many runs they are made of."""
    found = [(mark.form, mark.quoted, mark.text) for mark in marks(word_file(tmp_path / "x.docx", body))]
    assert expected in found
    assert len(found) == (3 if "Editor" in body else 1)


def test_changes_of_two_people_stay_apart_and_lead_to_the_fact_they_are_in(tmp_path: Path) -> None:
    """Who, when, and where."""
    fact = f(2, change("del", "May", "Director") + change("ins", "June", "Editor", "") + r(" 2023"))
    one, two = marks(word_file(tmp_path / "x.docx", HEADING, p(fact)))
    assert (one.form, one.by, one.date, led(one)) == (
        "deletion",
        "Director",
        "2023-06-09T10:00",
        ["yearly.date"],
    )
    assert (two.form, two.by, two.date, led(two)) == ("insertion", "Editor", "", ["yearly.date"])
    assert one.section == two.section == "Meetings"


def test_looks_are_no_words(tmp_path: Path) -> None:
    """A paragraph made bold, or a style changed back, says nothing to the data."""
    looks = '<w:rPr><w:b/><w:rPrChange w:author="Director"><w:rPr><w:ins w:author="x"/></w:rPr></w:rPrChange></w:rPr>'
    assert marks(word_file(tmp_path / "x.docx", p(f"<w:r>{looks}<w:t>Held</w:t></w:r>"))) == ()


# --- changes that were not tracked ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(f(1, "Yearly meeting"), r(" in "), f(2, "May 2023")), []),
        (p(f(1, "Yearly  meeting\n")), []),
        (p(f(2, "June 2023")), [("May 2023", "June 2023")]),
        (p(f(2, "<w:r/>")), [("May 2023", "")]),
        (p(f(2, change("del", "May") + change("ins", "June") + r(" 2023"))), []),
        (p(f(2, r("June") + change("del", " 2023"))), [("May 2023", "June 2023")]),
        # LibreOffice moves the end of a bookmark at the end of a cell
        (p(f(2, "May 202"), r("3")), []),
    ],
)  # fmt: skip
def test_a_fact_that_reads_otherwise_than_it_was_printed_was_edited(
    tmp_path: Path, body: str, expected: list[tuple[str, str]]
) -> None:
    """Beside what was tracked, which is told as such."""
    found = marks(word_file(tmp_path / "x.docx", body))
    assert [(mark.quoted, mark.text) for mark in found if mark.form == "edit"] == expected


def test_a_fact_whose_words_were_all_replaced_is_missed(tmp_path: Path, run: Run) -> None:
    """Word takes the bookmark away with the words; what stands between its neighbours is told."""
    body = p(f(1, "Yearly meeting"), r(", in June 2023")), QUESTIONS
    word_file(tmp_path / "x.docx", *body, facts=FACTS)
    (mark,) = marks(tmp_path / "x.docx")
    assert (mark.form, mark.quoted, led(mark)) == ("edit", "May 2023", ["yearly.date"])
    word_file(
        tmp_path / "y.docx",
        p(f(1, "Yearly meeting"), r(", moved to June, of "), f(3, "1"), f(4, "Who pays?")),
        facts=FACTS,
    )
    assert "   was: May 2023\n   now: , moved to June, of\n" in run("y.docx")[1]
    assert "   now: (no longer there)\n" in run("x.docx")[1]


def test_a_fact_that_only_lost_its_bookmark_is_not_missed(tmp_path: Path) -> None:
    """Its words stand where they stood, or in the note LibreOffice takes them to."""
    body = p(f(1, "Yearly meeting"), r(", in May 2023")), p(f(3, "1"))
    notes = f'<w:footnote w:id="1">{p(r("Who pays?"))}</w:footnote>'
    assert marks(word_file(tmp_path / "x.docx", *body, notes=notes, facts=FACTS)) == ()


# --- our own remarks ------------------------------------------------------------------------------------------

REMARK = '<fact bookmark="_f_5" record="m-1" field="request.en" file="data/a/r.yaml" line="3" column="5">Check the number</fact>'


@pytest.mark.parametrize(
    "said", ["Check the number (open)", "Check  the number(待处理)", "Check the number （done）"]
)
def test_our_own_remarks_are_no_readers(tmp_path: Path, said: str) -> None:
    """Known by what they say: Word counts ids anew, LibreOffice drops bookmarks, dates and styles."""
    path = word_file(
        tmp_path / "x.docx",
        QUESTIONS,
        MEETING,
        p(on(12, r("here"))),
        facts=FACTS + REMARK,
        comments=comment(12, said, "Reviewer", "0-00-00T00:00:00Z"),
    )
    assert marks(path) == ()


def test_what_is_said_to_our_remark_belongs_to_it(tmp_path: Path) -> None:
    """A reply in its thread, and words written into it."""
    path = word_file(
        tmp_path / "x.docx", QUESTIONS, MEETING, p(on(0, on(1, r("here"))), on(2, r("there"))), facts=FACTS + REMARK,
        comments=comment(0, "Check the number (open)", "Reviewer", paragraph="AA") + comment(1, "It is 110.", paragraph="BB")
        + comment(2, "x", "Reviewer").replace("<w:p>", "<w:p>" + f(5, "Check the number again"), 1),
        states=extended("AA") + extended("BB", "AA"),
    )  # fmt: skip
    reply, altered = marks(path)
    assert (reply.form, reply.text, reply.remark, led(reply)) == (
        "reply",
        "It is 110.",
        "m-1",
        ["m-1.request.en"],
    )
    assert (altered.form, altered.text, altered.remark) == ("comment", "Check the number againx", "m-1")


# --- the data since -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("en: Yearly meeting", "en: Annual meeting", "changed since the report was built, when it said “Yearly meeting”"),
        ("date: 2023-05", "date: 2023-06", "the record was changed since in other fields: date"),
        ("id: yearly", "id: annual", "this record is in the data no more"),
        ("status: held", "status: planned", ""),
        ("    raised: 2023-06\n", "    raised: 2023-06\n    owner: slides\n", ""),
    ],
)  # fmt: skip
def test_what_became_of_a_record_since_is_said(
    data: Path, tmp_path: Path, run: Run, old: str, new: str, said: str
) -> None:
    """As far as the report shows it."""
    edit(data / "a" / "records.yaml", old, new)
    word_file(
        tmp_path / "x.docx",
        p(on(0, f(1, "Yearly meeting"))),
        p(f(2, "May 2023")),
        QUESTIONS,
        comments=comment(0, "Why?"),
    )
    told = run("x.docx")[1]
    assert f"    ! {said}\n" in told if said else "!" not in told


def test_a_field_that_nobody_filled_in_is_said_to_be_so(tmp_path: Path, run: Run) -> None:
    """“Not assigned” has no line; the record has."""
    fact = '<fact bookmark="_f_6" record="q-1" field="owner" file="data/a/records.yaml" line="10" column="5" shown="not assigned"/>'
    word_file(
        tmp_path / "x.docx", p(on(0, f(6, "not assigned"))), facts=fact, comments=comment(0, "The office.")
    )
    assert run("x.docx")[1].endswith(
        "   data: data/a/records.yaml:10:5 (q-1.owner)\n       ! owner is not filled in\n"
    )


def test_a_comment_on_the_title_leads_to_the_list_of_reports(tmp_path: Path) -> None:
    """A report is no record, but its title has a line."""
    folders = small_house(tmp_path)
    fact = '<fact bookmark="_f_1" record="memo" field="title.en" file="data/reports.yaml" line="1" column="1">Memo</fact>'
    path = word_file(tmp_path / "x.docx", p(on(0, f(1, "Memo"))), facts=fact, comments=comment(0, "Short!"))
    (item,) = open_inbox([path], folders.data).items
    assert (item.leads[0].where.line, item.leads[0].state) == (14, "same")


WORKED_OUT = (
    '<provenance xmlns="urn:report-provenance:2" report="memo" period="2023Q2">'
    '<fact bookmark="_f_1" rule="count">2<of record="yearly" field=""></of><of record="q-1" field="number">1</of></fact>'
    '<fact bookmark="_f_2" record="yearly" field="date">2023-05</fact>'
    '<fact bookmark="_f_3" rule="count" like="_f_1">2</fact></provenance>'
)


@pytest.mark.parametrize("number", [1, 3])
def test_a_comment_on_a_worked_out_value_leads_to_all_it_comes_from(
    data: Path, tmp_path: Path, run: Run, number: int
) -> None:
    """Also where the file tells only that it is the same as one before."""
    parts: dict[str, str | bytes] = {"customXml/item1.xml": WORKED_OUT}
    shown = {1: f(1, "2"), 2: f(2, "2023-05"), 3: f(3, "2")}
    shown[number] = on(0, shown[number])
    word_file(tmp_path / "x.docx", p(*shown.values()), comments=comment(0, "Three!"), parts=parts)
    assert run("x.docx")[1].splitlines()[-4:] == [
        "   data: data/a/records.yaml:4:5 (yearly)",
        "       - id: yearly # held each May",
        "   data: data/a/records.yaml:11:13 (q-1.number)",
        "       number: 1",
    ]
    assert data.is_dir()


def test_a_comment_on_a_worked_out_value_is_about_no_single_record(
    data: Path, tmp_path: Path, run: Run
) -> None:
    """It is kept beside what was counted, and says of none of it that the comment is about it."""
    parts: dict[str, str | bytes] = {"customXml/item1.xml": WORKED_OUT}
    body = p(on(0, f(1, "2")), f(2, "2023-05"), f(3, "2"))
    word_file(tmp_path / "x.docx", body, comments=comment(0, "Three!"), parts=parts)
    assert run("x.docx", "--save")[0] == 0
    [found] = kept(data).values()
    assert (found.on, found.field) == (None, None)


def test_a_worked_out_value_that_was_changed_without_tracking_is_found(tmp_path: Path) -> None:
    parts: dict[str, str | bytes] = {"customXml/item1.xml": WORKED_OUT}
    (mark,) = review(
        word_file(tmp_path / "x.docx", p(f(1, "3"), f(2, "2023-05"), f(3, "2")), parts=parts)
    ).marks
    assert (mark.form, mark.quoted, mark.text) == ("edit", "2", "3")


def test_words_near_a_worked_out_value_lead_to_a_value_of_the_data(tmp_path: Path) -> None:
    """That stands in one line."""
    parts: dict[str, str | bytes] = {"customXml/item1.xml": WORKED_OUT}
    body = p(f(2, "2023-05"), f(3, "2"), r(" and "), f(1, "2"), on(0, r(" people")))
    (mark,) = review(word_file(tmp_path / "x.docx", body, comments=comment(0, "Who?"), parts=parts)).marks
    assert (mark.near, [fact.name for fact in mark.facts]) == (True, ["yearly.date"])


def test_a_report_and_a_record_of_one_id_are_told_apart(tmp_path: Path) -> None:
    """The file says which of them a value is of."""
    folders = small_house(tmp_path)
    (folders.data / "more.yaml").write_text(
        "sources:\n  - {id: memo, title: {zh: 备忘, en: A source}, genre: slides}\n", "utf-8"
    )
    facts = (
        '<provenance xmlns="urn:report-provenance:2" report="memo" period="2023Q2">'
        '<fact bookmark="_f_1" report="memo" field="title.en">Memo</fact>'
        '<fact bookmark="_f_2" record="memo" field="title.en">A source</fact></provenance>'
    )
    body = p(on(0, f(1, "Memo"), f(2, "A source")))
    path = word_file(
        tmp_path / "x.docx", body, comments=comment(0, "Short!"), parts={"customXml/item1.xml": facts}
    )
    (item,) = open_inbox([path], folders.data).items
    assert [Path(lead.where.file).name for lead in item.leads] == ["reports.yaml", "more.yaml"]
    assert [lead.state for lead in item.leads] == ["same", "same"]


# --- kept in the data -----------------------------------------------------------------------------------------


def test_saving_puts_each_entry_into_the_file_of_its_record(data: Path, tmp_path: Path, run: Run) -> None:
    """What is about no record goes to `shared`."""
    word_file(
        tmp_path / "x.docx", HEADING, MEETING, p(on(1, r("Well"))), p(f(3, "1"), on(0, f(4, "Who pays?"))), saved_by="Director",
        comments=comment(0, "责任人是谁？\n{{ 7*7 }} **=1+1** ]]> \u2028") + comment(1, "Good."),
    )  # fmt: skip
    status, told, said = run("x.docx", "--save")
    assert (status, said) == (0, "2 new, 0 there already\n")
    assert told.splitlines()[-2:] == ["data/shared/comments.yaml", "data/a/comments.yaml"]
    text = (data / "a" / "comments.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server")
    assert (
        text[text.index("comments:") :]
        == """\
comments:
  - id: comment-e6bb2459
    report: memo
    period: 2023Q2
    by: Director
    date: 2023-06-09
    form: comment
    section: Meetings
    quoted: Who pays?
    text: "责任人是谁？\\n{{ 7*7 }} **=1+1** ]]>"
    on: q-1
    field: ask.en
    status: open
"""
    )
    (one,) = kept(data, "shared").values()
    assert (one.text, one.on, one.quoted) == ("Good.", None, "Well")


def test_reading_again_adds_nothing_and_a_newer_save_adds_what_is_new(
    data: Path, tmp_path: Path, run: Run
) -> None:
    """Other ids, other order of parts, words around them changed; and what people wrote into the file stays."""
    body = p(on(0, f(1, "Yearly meeting")), on(1, r(".")))
    first = comment(0, "Where?", paragraph="AA") + comment(1, "同意", by="Deputy")
    word_file(tmp_path / "x.docx", body, QUESTIONS, comments=first)
    run("x.docx", "--save")
    path = data / "a" / "comments.yaml"
    edit(path, "text: Where?", "text: Where was it?   # asked on the telephone")
    edit(path, "by: Deputy", "by: 'Deputy'")
    before = path.read_bytes()
    assert run("x.docx", "--save")[2] == "0 new, 2 there already\n"
    newer = p(
        r("Held: "), on(7, on(9, f(1, "Yearly meeting"), r(" in Beijing"))), on(8, r(".")), f(2, "May 2023")
    )
    again = (
        comment(8, "同意 ", by="Deputy")
        + comment(7, "Where?", paragraph="BB")
        + comment(9, "In Beijing.", "Editor", paragraph="CC")
    )
    word_file(
        tmp_path / "y.docx", newer, QUESTIONS, comments=again, states=extended("BB") + extended("CC", "BB")
    )
    status, told, said = run("y.docx", "--save")
    assert (status, said) == (0, "1 new, 2 there already\n")
    assert "in the data already" in told
    assert path.read_bytes().startswith(before)
    *_, reply = kept(data).values()
    assert (reply.form, reply.text, kept(data)[reply.thread or ""].text) == (
        "reply",
        "In Beijing.",
        "Where was it?",
    )


def test_the_same_words_twice_are_two_comments(data: Path, tmp_path: Path, run: Run) -> None:
    """A reader in a hurry writes the same below two questions within a minute."""
    word_file(
        tmp_path / "x.docx",
        p(on(0, f(1, "Yearly meeting"))),
        p(on(1, f(4, "Who pays?"))),
        comments=comment(0, "同意") + comment(1, "同意"),
    )
    run("x.docx", "--save")
    assert [(c.text, c.on) for c in kept(data).values() if c.form == "comment"] == [
        ("同意", "yearly"),
        ("同意", "q-1"),
    ]
    assert run("x.docx", "--save")[2].startswith("0 new")


def test_what_the_file_settled_since_is_told_and_not_written(data: Path, tmp_path: Path, run: Run) -> None:
    """A thread that was settled when it first came in is done; later, a person says so."""
    said = comment(0, "Where?", paragraph="AA")
    word_file(tmp_path / "open.docx", p(on(0, f(1, "Yearly meeting"))), MEETING, QUESTIONS, comments=said)
    word_file(
        tmp_path / "done.docx",
        p(on(0, f(1, "Yearly meeting"))),
        MEETING,
        QUESTIONS,
        comments=said,
        states=extended("AA", done=True),
    )
    run("open.docx", "--save")
    status, _, told = run("done.docx", "--save")
    assert status == 0
    assert "data/a/comments.yaml:16:13: warning[review/settled-in-file]" in told
    assert [c.status for c in kept(data).values()] == ["open"]
    (data / "a" / "comments.yaml").unlink()
    run("done.docx", "--save")
    assert [c.status for c in kept(data).values()] == ["done"]


def test_a_comment_on_a_record_that_is_gone_is_kept(data: Path, tmp_path: Path, run: Run) -> None:
    """With its words and its section, for that is all there is."""
    edit(data / "a" / "records.yaml", "id: yearly", "id: annual")
    word_file(
        tmp_path / "x.docx",
        HEADING,
        p(on(0, f(1, "Yearly meeting"))),
        comments=comment(0, "Why?"),
    )
    run("x.docx", "--save")
    (one,) = kept(data, "shared").values()
    assert (one.section, one.quoted, one.on) == ("Meetings", "Yearly meeting", None)


def test_a_record_that_is_wrong_or_hidden_has_not_gone(data: Path, tmp_path: Path, run: Run) -> None:
    """A mistake in a record leaves it where it is; a file nobody can read is to be mended first."""
    word_file(tmp_path / "x.docx", p(on(0, f(1, "Yearly meeting"))), comments=comment(0, "Why?"))
    edit(data / "a" / "records.yaml", "status: held", "status: hold")
    assert "records.yaml:5:27 (yearly.title.en)\n       title:" in run("x.docx")[1]
    edit(data / "a" / "records.yaml", "meetings:\n", "meetings: [\n")
    status, _, told = run("x.docx", "--save")
    assert (status, "data/a/records.yaml: error[entry/unreadable]" in told) == (1, True)
    edit(data / "a" / "records.yaml", "meetings: [\n", "meetings:\n")
    assert run("x.docx", "--save")[2].startswith("1 new")
    edit(data / "a" / "comments.yaml", "status: open", "status: opne")
    assert run("x.docx", "--save")[2].startswith("0 new")


def test_without_data_there_is_nothing_to_look_in(tmp_path: Path, run: Run) -> None:
    """Rather than all records gone."""
    word_file(tmp_path / "x.docx", p(f(1, "Yearly meeting")))
    status, told, said = run("x.docx", "--data", "nowhere")
    assert (status, told) == (1, "")
    assert "there is no file or folder 'nowhere'" in said


def test_comments_are_printed_as_they_are(tmp_path: Path) -> None:
    """Templates may print them; their letters are no markup, no template, no formula."""
    folders = small_house(tmp_path)
    path = word_file(
        tmp_path / "x.docx", p(on(0, r("x"))), facts=None, comments=comment(0, "{{ 7*7 }} **=1+1** <b>")
    )
    matching.save(open_inbox([path], folders.data))
    for lang in ("zh", "en"):
        template = folders.templates / "letter" / f"report.{lang}.md.j2"
        edit(
            template,
            "{% for meeting",
            "{% for c in comments() %}Said: {{ c.text }}\n{% endfor %}\n{% for meeting",
        )
    made = build.build(folders, Order(("memo",)), NOW.date())
    (word,) = (name for name in made if name.suffix == ".docx")
    assert "Said: {{ 7*7 }} **=1+1** <b>" in [one.text for one in docx.Document(str(word)).paragraphs]


def test_more_than_a_data_file_holds_is_refused_whole(data: Path, tmp_path: Path, run: Run) -> None:
    """Better nothing than a file nobody can read again."""
    many = "".join(comment(n, f"{n} " + "x" * 90_000) for n in range(60))
    word_file(
        tmp_path / "x.docx", p(f(1, "Yearly meeting"), *(on(n, r(".")) for n in range(60))), comments=many
    )
    status, _, told = run("x.docx", "--save")
    assert (status, (data / "a" / "comments.yaml").exists()) == (1, False)
    assert "yaml/too-large" in told


def test_open_comments_are_owed_by_the_section_of_their_record_and_check_is_silent(tmp_path: Path) -> None:
    """Settled ones are not; what is about no record has a line of its own."""
    folders = small_house(tmp_path)
    (folders.data / "shared").mkdir()
    (folders.data / "shared" / "comments.yaml").write_text(
        """\
comments:
  - {id: c-1, report: memo, text: Where, on: board}
  - {id: c-2, report: memo, text: When, on: board, status: done}
  - {id: c-3, report: memo, text: Good}
  - {id: c-4, report: letter, text: Bad}
""", "utf-8")  # fmt: skip
    reading = read(folders.data)
    assert not errors(check(folders, NOW.date()))
    (board,) = survey.boards(folders, reading, Order(("memo",)), NOW)
    assert {s.id: s.comments for s in board.sections if s.comments} == {
        "meetings": ("c-1",),
        "comments": ("c-3",),
    }


# --- several files --------------------------------------------------------------------------------------------


def test_copies_of_several_readers_make_one_list_in_the_order_of_the_report(tmp_path: Path, run: Run) -> None:
    """What two of them have in common is told once; an edit without tracking with both names."""
    edited = p(f(1, "Annual meeting"), on(0, f(2, "May 2023")))
    word_file(tmp_path / "a.docx", edited, QUESTIONS, comments=comment(0, "When?"), saved_by="Director")
    word_file(
        tmp_path / "b.docx",
        edited,
        table((f(3, "1"), on(1, f(4, "Who pays?")))),
        comments=comment(0, "When?") + comment(1, "We do.", "Deputy"),
        saved_by="Deputy",
    )
    _, told, _ = run("b.docx", "a.docx", "--format", "json")
    assert [(e["form"], e["by"], e["text"], e["files"]) for e in json.loads(told)["entries"]] == [
        ("edit", "Deputy, Director", "Annual meeting", ["b.docx", "a.docx"]),
        ("comment", "Director", "When?", ["b.docx", "a.docx"]),
        ("comment", "Deputy", "We do.", ["b.docx"]),
    ]  # fmt: skip


def test_one_file_that_cannot_be_read_does_not_hold_up_the_others(
    data: Path, tmp_path: Path, run: Run
) -> None:
    """It is named, and the status says so."""
    (tmp_path / "bad.docx").write_bytes(b"no zip")
    word_file(tmp_path / "x.docx", MEETING, QUESTIONS, p(on(0, r("x"))), comments=comment(0, "Why?"))
    status, told, said = run("bad.docx", "x.docx", "--save")
    assert (status, "says: Why?" in told) == (1, True)
    assert "bad.docx: error[package/unreadable]" in said
    assert kept(data, "shared")


# --- files that are not as they should be ---------------------------------------------------------------------


def test_nothing_found_is_said_in_a_line(tmp_path: Path, run: Run) -> None:
    """In either language."""
    word_file(tmp_path / "x.docx", MEETING, QUESTIONS)
    assert run("x.docx") == (
        0,
        "x.docx\n  Memo · memo 2023Q2\nReaders left no comments and no changes.\n",
        "",
    )
    assert run("x.docx", "--lang", "zh")[1].endswith("读者没有留下批注或改动。\n")


@pytest.mark.parametrize(("bookmarks", "code"), [(True, "review/no-places"), (False, "review/not-ours")])
def test_a_file_without_our_part_still_tells_its_comments(
    tmp_path: Path, run: Run, bookmarks: bool, code: str
) -> None:
    """With words and section; the status says that places are unknown."""
    words = f(1, "Yearly meeting") if bookmarks else r("Yearly meeting")
    word_file(tmp_path / "x.docx", HEADING, p(on(0, words)), comments=comment(0, "Why?"), facts=None)
    status, told, said = run("x.docx")
    assert status == 1
    assert "   on: “Yearly meeting”\n   says: Why?\n   data: no place\n" in told
    assert code in said


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "package/unreadable"),
        (b"PK\x05\x06" + b"\0" * 18, "package/no-types"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "package/old-format"),
    ],
)  # fmt: skip
def test_what_is_no_word_file_is_refused_with_what_to_do(
    tmp_path: Path, run: Run, content: bytes, code: str
) -> None:
    """Empty, an empty archive, a file with a password or of old Word."""
    (tmp_path / "x.docx").write_bytes(content)
    status, told, said = run("x.docx")
    assert (status, told) == (1, "")
    assert code in said
    assert "hint: Open it" in said


def test_wrong_usage_is_status_two(run: Run) -> None:
    """No file named."""
    with pytest.raises(SystemExit, match="2"):
        run()


HOSTILE: dict[str, dict[str, str | bytes]] = {
    "no main part": {"word/document.xml": "", "_rels/.rels": "<Relationships/>"},
    "broken main part": {"word/document.xml": f'<w:document xmlns:w="{returned.W}"><w:body><w:p>'},
    "entities": {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'},
    "an outside entity": {"word/document.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'},
    "not text": {"word/document.xml": b"\xff\xfe\x00\xd8"},
    "a bomb": {"word/document.xml": b"\0" * (201 * 2**20)},
    "a big part": {"word/document.xml": b"<a>" + b" " * (51 * 2**20) + b"</a>"},
    "many members": {f"x{n}": "" for n in range(5001)},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_in_time(tmp_path: Path, name: str) -> None:
    """A sentence, and no more than seconds."""
    path = word_file(tmp_path / "x.docx", MEETING, parts=HOSTILE[name])
    begin = time.monotonic()
    with pytest.raises(ReportError, match=r"this file|no .docx file"):
        review(path)
    assert time.monotonic() - begin < 5


def test_what_lies_deep_is_read_all_the_same(tmp_path: Path) -> None:
    """No tree is built, so no depth is too much."""
    body = "<w:sdt>" * 3000 + p(on(0, f(1, "Yearly meeting"))) + "</w:sdt>" * 3000
    assert [
        mark.text for mark in marks(word_file(tmp_path / "x.docx", body, comments=comment(0, "Why?")))
    ] == ["Why?"]


@pytest.mark.parametrize(
    "parts",
    [
        {"word/comments.xml": "<w:comments"},
        {"word/footnotes.xml": b"\0", "word/header.xml": "<!DOCTYPE x []><x/>"},
    ],
)  # fmt: skip
def test_a_broken_part_beside_the_text_is_named_and_the_rest_told(
    tmp_path: Path, parts: dict[str, str | bytes]
) -> None:
    """What stood in it is lost, and nobody is to think that there was nothing."""
    path = word_file(
        tmp_path / "x.docx",
        p(f(2, "June 2023"), change("ins", "!")),
        notes="x",
        header="x",
        parts=parts,
    )
    found = review(path)
    assert [mark.form for mark in found.marks] == ["edit", "insertion"]
    assert {problem.args.get("part") for problem in found.problems} == set(parts)


@pytest.mark.parametrize(
    "part", ["word/styles.xml", "word/comments.xml", "customXml/item1.xml", "docProps/core.xml"]
)
def test_a_part_that_is_missing_is_no_obstacle(tmp_path: Path, part: str) -> None:
    """A relationship may lead nowhere."""
    path = word_file(tmp_path / "x.docx", p(change("ins", "!")))
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist() if name != part}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    assert [mark.form for mark in marks(path) if mark.form != "edit"] == ["insertion"]


HIDDEN = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>pay nobody</w:t></w:r>"


@pytest.mark.parametrize(
    ("run", "told"),
    [
        (HIDDEN.format(""), [("review/hidden-text", "pay nobody")]),
        (HIDDEN.format(' w:val="0"'), []),
        (r("the sum is \u202e001 \u202ceuros"), [("review/turns-text", "ay 2023. the sum is 001 eurosseen")]),
    ],
)  # fmt: skip
def test_what_a_reader_does_not_see_is_told(tmp_path: Path, run: str, told: list[tuple[str, str]]) -> None:
    """Hidden words are none of ours; nobody can tell from the page what turned text says."""
    found = review(word_file(tmp_path / "x.docx", MEETING, p(run, r("seen"))))
    assert [(p.code, p.args["text"]) for p in found.problems] == told
    assert {p.severity for p in found.problems} <= {"warning"}


def test_ten_thousand_comments_over_one_another_are_read_in_seconds(data: Path, tmp_path: Path) -> None:
    """None of them ends, all of them hold everything."""
    count = 10_000
    starts = "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(count))
    body = f"<w:p>{starts}{f(1, 'Yearly meeting')}{'<w:bookmarkStart w:id=' + chr(34) + '5' + chr(34) + ' w:name=' + chr(34) + '_f_9' + chr(34) + '/>'}{r('x ' * 20_000)}</w:p>"
    path = word_file(
        tmp_path / "x.docx", body, comments="".join(comment(n, f"No. {n}") for n in range(count))
    )
    begin = time.monotonic()
    found = open_inbox([path], data)
    assert time.monotonic() - begin < 20
    assert len([item for item in found.items if item.mark.form == "comment"]) == count


_PIECES = st.sampled_from(
    [f(1, "Yearly meeting"), f(2, "June"), f(4, "<w:r/>"), on(0, r("a")), '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>',
     '<w:bookmarkStart w:id="9" w:name="_f_3"/>', '<w:bookmarkEnd w:id="9"/>', change("ins", "new"), change("del", "old"), change("moveTo", "m"),
     change("ins", change("del", "both")), "</w:p><w:p>", "</w:p>" + HEADING + "<w:p>", r("words"), '<w:r><w:footnoteReference w:id="1"/></w:r>',
     f"</w:p><w:tbl><w:tr><w:tc>{p(r('c'), f(3, '1'))}</w:tc></w:tr></w:tbl><w:p>", '<w:moveToRangeStart w:name="m"/>'],
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_PIECES, max_size=12))
def test_marks_in_any_order_are_read(tmp_path: Path, pieces: list[str]) -> None:
    """Whatever overlaps, ends nowhere or comes twice: both comments are told, in order, and nothing fails."""
    found = marks(
        word_file(
            tmp_path / "x.docx",
            f"<w:p>{''.join(pieces)}</w:p>",
            comments=comment(0, "A") + comment(1, "B"),
            notes=f'<w:footnote w:id="1">{p(on(1, r("n")))}</w:footnote>',
        )
    )
    assert sorted(mark.text for mark in found if mark.form == "comment") == ["A", "B"]
    assert [mark.order for mark in found] == sorted(mark.order for mark in found)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.integers(0, 2000))
def test_a_file_damaged_anywhere_never_fails_otherwise_than_in_words(
    tmp_path: Path, damage: bytes, at: int
) -> None:
    """Bytes put over those of a good file."""
    path = word_file(tmp_path / "x.docx", MEETING, comments=comment(0, "Why?"))
    good = path.read_bytes()
    path.write_bytes(good[:at] + damage + good[at + len(damage) :])
    with suppress(ReportError):
        assert review(path).file == str(path)


_XML = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
    | st.sampled_from("\n\t\x85\u2028\ue000:#'\"{[&*!|>-%@`"),
    max_size=60,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    _XML.filter(lambda text: "\ufffe" not in text and "\uffff" not in text),
    _XML.filter(lambda text: "\ufffe" not in text and "\uffff" not in text),
)
@example("\ue000 marks a value, \ufffd a lost letter", "锟斤拷")
def test_whatever_a_reader_types_is_kept_as_data(data: Path, tmp_path: Path, said: str, by: str) -> None:
    """Markup, signs of YAML, other alphabets: it comes out of the data as it was typed."""
    path = word_file(
        tmp_path / "x.docx",
        p(on(0, f(1, "Yearly meeting"))),
        QUESTIONS,
        MEETING,
        comments=comment(0, said, by.replace("<", "").replace('"', "").replace("&", "")),
    )
    (data / "a" / "comments.yaml").unlink(missing_ok=True)
    found = open_inbox([path], data)
    matching.save(found)
    (one,) = kept(data).values()
    assert (one.text or "") == found.items[0].mark.text == cleaned(said)
    assert matching.save(open_inbox([path], data)) == ((), 0)


# --- files that programs saved --------------------------------------------------------------------------------

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The shipped paper on alliances in Chinese, which prints reviewers' remarks as comments."""
    folders = Folders(ROOT / "data", ROOT / "templates", tmp_path_factory.mktemp("output"))
    drafts.build(folders, Order(("alliance-paper",), languages=("zh",), formats=("docx",)), NOW)
    return folders


def commented(paper: Folders, path: Path) -> Path:
    """The paper with a comment on its first long paragraph and one in its first table, by python-docx."""
    (built,) = paper.output.rglob("*.docx")
    document = docx.Document(str(built))
    words = next(paragraph for paragraph in document.paragraphs if len(paragraph.text) > 100)
    document.add_comment(words.runs[1:3], text="请压缩。", author="院领导")
    cell = document.tables[0].rows[1].cells[0].paragraphs[0]
    document.add_comment(cell.runs, text="同意。\n请补日期。", author="院领导")
    document.save(str(path))
    return path


def told(found: ReturnedFile) -> list[tuple[str, str, str, list[str]]]:
    return [(mark.form, mark.by, mark.text, led(mark)) for mark in found.marks]


def test_what_was_built_and_not_touched_has_nothing_in_it(paper: Folders) -> None:
    """Our own remarks, all notes and all facts are as they were printed; and it is known which issue it is."""
    (built,) = paper.output.rglob("*.docx")
    found = review(built)
    assert (found.marks, found.problems, found.report, found.period) == ((), (), "alliance-paper", "2019")
    assert [(issue.revision, issue.state) for issue in matching.issues_of(found, paper)] == [(1, "draft")]


def test_comments_by_python_docx_are_read_with_their_places(paper: Folders, tmp_path: Path) -> None:
    """A program that knows nothing of us opened and saved the file."""
    found = review(commented(paper, tmp_path / "x.docx"))
    assert [(form, by, text) for form, by, text, _ in told(found)] == [
        ("comment", "院领导", "请压缩。"), ("comment", "院领导", "同意。\n请补日期。"),
    ]  # fmt: skip
    assert all(facts for *_, facts in told(found))
    assert matching.issues_of(found, paper)


def test_comments_and_places_survive_a_save_by_libreoffice(
    paper: Folders, tmp_path: Path, soffice: str
) -> None:
    """It writes ids, dates, styles and bookmarks anew; our own remarks are still ours. What it loses of notes in
    tables is told as gone, for it is."""
    path = commented(paper, tmp_path / "x.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(tmp_path / "lo"),
    ]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=300)
    before, after = review(path), review(tmp_path / "lo" / "x.docx")
    assert [mark for mark in told(after) if mark[0] != "edit"] == told(before)
    assert {field for *_, facts in told(after) for field in facts if field.endswith("note.zh")} >= {
        field for form, *_, facts in told(after) if form == "edit" for field in facts
    }
    assert after.fingerprint == before.fingerprint
