"""The board says who owes what: red, amber, green by rule, and nothing unknown as fresh."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reports.cli.board import page
from reports.cli.main import main
from reports.diagnostics.problems import errors
from reports.model.periods import Period
from reports.model.report_definitions import Job
from reports.model.standing.due import DueState
from reports.pipeline import build, read
from reports.pipeline.read import Folders
from reports.publishing.status.history import Touch
from reports.publishing.status.readiness import Board, Section, Seen, readiness
from tests.publishing.status.test_history import commit, git

ROOT = Path(__file__).parent.parent.parent.parent
NOW = datetime(2023, 6, 20, 9, tzinfo=UTC)

REPORTS = """\
reports:
  - id: short
    title: {zh: 短报告, en: Short report}
    template: short
    period: quarter
    programmes: [demo]
    languages: [en]
    formats: [md]
    schedule:
      since: 2023Q1
      due: {days: 5, time: "09:00", zone: Asia/Shanghai, calendar: none}
"""
RECORDS = """\
sources:
  - {id: paper, title: {zh: 文件, en: Paper}, genre: minutes}
organisations:
  - {id: institute, name: {zh: 研究所, en: Institute}, type: institute, source: [{doc: paper}]}
themes:
  - {id: exchange, title: {zh: 交流, en: Exchange}, owner: institute}
events:
  - id: fair
    title: {zh: 招聘会, en: Job fair}
    type: job fair
    date: 2023-05
    theme: exchange
    source: [{doc: paper}]
metrics:
  - id: users
    title: {zh: 用户, en: Users}
    quantity: 5
    date: 2023-05
    theme: exchange
    source: [{doc: paper}]
"""
TEMPLATE = "# Events\n\n{% for e in events() %}\n- {{ e.title }}, {{ e.place }}.\n\n{% endfor %}\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A secretariat with one report, outside any repository."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTS_LANG", "en")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "data/demo").mkdir(parents=True)
    (tmp_path / "data/reports.yaml").write_text(REPORTS, "utf-8")
    (tmp_path / "data/demo/records.yaml").write_text(RECORDS, "utf-8")
    (tmp_path / "templates/short").mkdir(parents=True)
    (tmp_path / "templates/short/report.en.md.j2").write_text(TEMPLATE, "utf-8")
    return tmp_path


def edit(house: Path, old: str, new: str, name: str = "demo/records") -> None:
    path = house / f"data/{name}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def look(house: Path, *, touched: date | None = date(2023, 6, 1), days: int | None = 30) -> Board:
    """The board of the second quarter, every record touched on that day, the deadline so many days away."""
    folders = read.Folders(house / "data", house / "templates", house / "output")
    reading = read.read(folders.data)
    assert errors(reading.problems) == ()
    job = Job(reading.reports.reports["short"], Period.parse("2023Q2"), date(2023, 6, 20))
    told = build.tell(reading, folders, job, "en").document
    touches = {record: Touch(touched) for record in reading.dataset.records}
    deadline = None if days is None else datetime.fromordinal(NOW.toordinal() + days).replace(tzinfo=UTC)
    return readiness(reading.dataset, job, Seen(touches, told=told), deadline, NOW)


def exchange(board: Board) -> Section:
    return next(section for section in board.sections if section.id == "exchange")


def owed(house: Path, **known: date | int | None) -> dict[str, tuple[str, ...]]:
    section = exchange(look(house, **known))  # type: ignore[arg-type]
    return {name: tuple(what) for name, what in section.owed().items()}


# --- what is owed -----------------------------------------------------------------------------------------


def test_a_section_in_order_is_green_and_counts_its_records(house: Path) -> None:
    edit(house, "    type: job fair\n", "    type: job fair\n    place: {zh: 会场, en: Hall}\n")
    board = look(house)
    section = exchange(board)

    assert (section.owner, section.records, section.in_period) == ("institute", 2, 2)
    assert (section.touched, dict(section.owed())) == (date(2023, 6, 1), {})
    assert board.light(section) == "green"


def test_a_field_the_report_shows_and_the_data_leaves_open_is_missing(house: Path) -> None:
    assert owed(house) == {"missing": ("fair.place",)}
    assert look(house).light(exchange(look(house))) == "amber"


def test_what_is_owed_with_the_deadline_near_is_red(house: Path) -> None:
    for days, light in ((4, "amber"), (3, "red"), (-1, "red"), (None, "amber")):
        board = look(house, days=days)
        assert board.light(exchange(board)) == light


def test_a_plan_whose_day_has_passed_is_overdue_and_red(house: Path) -> None:
    edit(house, "    type: job fair\n", "    type: job fair\n    status: planned\n")
    board = look(house)

    assert exchange(board).overdue == ("fair",)
    assert board.light(exchange(board)) == "red"


@pytest.mark.parametrize("day", ["after 2023-05", "unknown", "2023-06", "2023"])
def test_a_plan_that_may_still_come_is_not_overdue(house: Path, day: str) -> None:
    edit(
        house,
        "    type: job fair\n    date: 2023-05\n",
        f"    type: job fair\n    date: {day}\n    status: planned\n",
    )

    assert exchange(look(house)).overdue == ()


def test_a_figure_is_as_old_as_its_own_date(house: Path) -> None:
    edit(house, "    quantity: 5\n    date: 2023-05\n", "    quantity: 5\n    date: 2022-05\n")

    assert owed(house)["stale"] == ("users",)


def test_a_report_may_ask_for_fresher_records(house: Path) -> None:
    edit(house, "    languages:", "    freshness: [{kind: metrics, days: 10}]\n    languages:", "reports")

    assert owed(house)["stale"] == ("users",)


@pytest.mark.parametrize(("day", "stale"), [("2023-05", ()), ("2030-05", ("fair",))])
def test_what_happened_does_not_grow_old(house: Path, day: str, stale: tuple[str, ...]) -> None:
    edit(house, "    languages:", "    freshness: [{kind: events, days: 10}]\n    languages:", "reports")
    edit(house, "    type: job fair\n    date: 2023-05\n", f"    type: job fair\n    date: {day}\n")

    assert owed(house, touched=date(2023, 1, 1)).get("stale", ()) == (*stale,)


def test_a_kind_that_is_none_is_told_where_freshness_names_it(house: Path) -> None:
    edit(house, "    languages:", "    freshness: [{kind: metric, days: 10}]\n    languages:", "reports")
    [problem] = errors(read.read(house / "data").problems)

    assert (problem.code, problem.where.line, problem.args["near"]) == ("data/unknown-kind", 7, "metrics")


DISCUSSION = """\
discussions:
  - id: matter
    number: 1
    topic: {zh: 事项, en: Matter}
    ask: {zh: 请决定, en: Decide}
    raised: 2023-05
    theme: exchange
    source: [{doc: paper}]
"""


def test_an_open_discussion_has_an_owner_and_does_not_grow_old(house: Path) -> None:
    edit(house, "events:\n", DISCUSSION + "events:\n")

    assert owed(house)["unowned"] == ("matter",)
    assert owed(house, touched=date(2023, 1, 1))["stale"] == ("matter",)
    edit(house, "    raised: 2023-05\n", "    raised: 2023-05\n    owner: institute\n    status: deferred\n")
    assert owed(house, touched=date(2023, 1, 1)) == {"missing": ("fair.place",)}


DUTIES = """\
actions:
  - {id: hall, title: {zh: 订会场, en: Book the hall}, owner: institute, due: 2023-06-08, source: [{doc: paper}]}
  - {id: letter, title: {zh: 发函, en: Send the letter}, due: 2023-06, source: [{doc: paper}]}
  - {id: later, title: {zh: 以后, en: Later}, due: 2023-07-05, source: [{doc: paper}]}
  - {id: done, title: {zh: 完成, en: Done}, due: 2023-06-08, done: 2023-06-09, source: [{doc: paper}]}
"""


def test_what_is_late_is_red_and_what_is_due_soon_amber(house: Path) -> None:
    """By the day of the board, each with who owes it; what is due soon does not turn red with the deadline."""
    edit(house, "    type: job fair\n", "    type: job fair\n    place: {zh: 会场, en: Hall}\n")
    edit(
        house, "events:\n", DISCUSSION.rstrip("\n") + "\n    owner: institute\n    due: 2023-07-04\nevents:\n"
    )
    edit(house, "sources:\n", DUTIES + "sources:\n")
    board = look(house)

    assert [(duty.id, duty.owner, duty.last.day, duty.state) for duty in board.duties] == [
        ("hall", "institute", 8, DueState("late", 12)),
        ("letter", "", 30, DueState("due soon", 10)),
        ("matter", "institute", 4, DueState("due soon", 14)),
    ]
    [actions] = [section for section in board.sections if section.id == "actions"]
    assert (actions.late, actions.soon, board.light(actions)) == (("hall",), ("letter",), "red")
    for days in (30, 2):
        board = look(house, days=days)
        assert (dict(exchange(board).owed()), board.light(exchange(board))) == (
            {"soon": ("matter",)},
            "amber",
        )


def test_what_must_be_fresh_and_nobody_knows_is_never_green(house: Path) -> None:
    edit(house, "    quantity: 5\n    date: 2023-05\n", "    quantity: 5\n")

    assert owed(house, touched=None)["unknown"] == ("users",)
    assert owed(house, touched=date(2022, 1, 1))["stale"] == ("users",)


def test_pictures_and_review_marks_are_owed(house: Path) -> None:
    more = """\
figures:
  - {id: photo, caption: {zh: 照片, en: Photo}, theme: exchange, source: [{doc: paper}]}
remarks:
  - id: mark
    number: 1
    target: {zh: 段落, en: Passage}
    request: {zh: 核实, en: Check}
    type: check
    theme: exchange
    source: [{doc: paper}]
"""
    edit(house, "events:\n", more + "events:\n")

    assert owed(house) == {"missing": ("fair.place",), "pictures": ("photo",), "remarks": ("mark",)}


def test_a_theme_without_owner_or_news_says_so(house: Path) -> None:
    edit(house, ", owner: institute", "")
    edit(house, "date: 2023-05", "date: 2022-12")

    assert {"no owner", "no news"} <= owed(house).keys()


def test_a_report_that_cannot_be_told_is_green_nowhere(house: Path) -> None:
    board = Board("r", exchange(look(house)).title, "2023", NOW.date(), None, None, told=False, sections=())

    assert board.light(Section("x", board.title, theme=False)) == "amber"


# --- the command ------------------------------------------------------------------------------------------


def test_status_shows_one_line_a_section_with_sign_and_word(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(house, "init", "-q")
    commit(house, "2023-06-01")
    assert main(["status", "short", "--period", "2023Q2", "--now", "2023-06-20"]) == 0
    said = capsys.readouterr().out.splitlines()

    assert (
        said[0] == "Short report (short 2023Q2), as of 2023-06-20, deadline 2023-07-05 09:00 (15 days left)"
    )
    [line] = [line for line in said if "Exchange" in line]
    assert line.split() == [
        "▲", "amber", "Exchange", "Institute", "2", "2", "2023-06-01", "fields", "open", "1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "en",
            [
                "■ Book the hall (hall), Institute, overdue by 12 days",
                "▲ Send the letter (letter), nobody, due in June 2023",
            ],
        ),
        ("zh", ["■ 订会场（hall），研究所，逾期12天", "▲ 发函（letter），无，2023年6月内到期"]),
    ],
)
def test_what_is_late_or_due_soon_is_named_with_who_owes_it_and_the_day(
    house: Path, capsys: pytest.CaptureFixture[str], lang: str, lines: list[str]
) -> None:
    edit(house, "sources:\n", DUTIES + "sources:\n")
    edit(house, "since: 2023Q1", "since: 2023Q2", "reports")
    asked = ["status", "--period", "2023Q2", "--now", "2023-06-20", "--lang", lang]
    for form in ("text", "md"):
        assert main([*asked, "--format", form]) == 0
        said = capsys.readouterr().out.splitlines()
        assert [line for line in said if line in lines] == lines

    folders = Folders(house / "data", house / "templates", house / "output")
    html = page(folders, NOW, "en" if lang == "en" else "zh")
    assert [line in html for line in lines] == [True, True]

    assert main([*asked, "--format", "json"]) == 0
    [board] = json.loads(capsys.readouterr().out)
    assert [(duty["id"], duty["due"], duty["state"], duty["days"]) for duty in board["duties"]] == [
        ("hall", "2023-06-08", "late", 12),
        ("letter", "2023-06-30", "due soon", 10),
    ]


@pytest.mark.usefixtures("house")
def test_without_history_every_section_that_needs_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--period", "2023Q2", "--now", "2023-06-20", "--format", "json"]) == 0
    [board] = json.loads(capsys.readouterr().out)

    assert [section["light"] for section in board["sections"] if section["records"]] == ["amber"]
    assert board["sections"][0]["touched"] is None
    assert board["sections"][0]["unknown"] == ["fair", "users"]
    assert (board["days"], board["deadline"]) == (15, "2023-07-05T09:00:00+08:00")


@pytest.mark.usefixtures("house")
def test_the_board_speaks_the_language_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(["status", "--period", "2023Q2", "--lang", "zh", "--format", "md", "--now", "2023-06-20"]) == 0
    )
    assert "| 部分 | 负责人 |" in capsys.readouterr().out


@pytest.mark.usefixtures("house")
def test_without_a_period_the_next_that_is_due_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--now", "2023-06-20", "--format", "md"]) == 0

    assert capsys.readouterr().out.startswith("## Short report (short 2023Q1)")


def test_a_report_without_schedule_has_no_deadline(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (house / "data/reports.yaml").read_text("utf-8")
    (house / "data/reports.yaml").write_text(text[: text.index("    schedule:")], "utf-8")
    assert main(["status", "--now", "2023-06-20", "--format", "md"]) == 0

    assert "no deadline set" in capsys.readouterr().out


def test_a_report_that_cannot_be_made_is_on_the_board_with_a_word_of_it(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (house / "templates/short/report.en.md.j2").write_text("{{ nothing }}", "utf-8")
    assert main(["status", "--period", "2023Q2", "--now", "2023-06-20"]) == 0

    assert (
        "the report cannot be made now, so what it lacks is not known: run check" in capsys.readouterr().out
    )


@pytest.mark.usefixtures("house")
def test_an_unknown_report_is_refused_with_the_near_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "shrt"]) == 1

    assert "Did you mean 'short'?" in capsys.readouterr().err


def test_the_shipped_reports_have_boards_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.setenv("REPORTS_LANG", "zh")
    assert main(["status", "ccicc-briefing", "--period", "2023", "--format", "md"]) == 0
    said = capsys.readouterr().out

    assert "| ▲ 黄 | 合作协议与协调机制 | 无 | 13 | 1 | ? |" in said
    assert "缺图片 9" in said


# --- the page in the preview ------------------------------------------------------------------------------


def test_the_board_is_a_page_with_every_letter_escaped(tmp_path: Path) -> None:
    """The shipped data's board as HTML: a table a report; a name that looks like markup stays letters."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    themes = tmp_path / "data/ccicc/themes.yaml"
    themes.write_text(themes.read_text("utf-8").replace("zh: 计算与网格", 'zh: "<b>计算"', 1), "utf-8")
    folders = Folders(tmp_path / "data", tmp_path / "templates", tmp_path / "output")
    html = page(folders, datetime(2026, 11, 22, tzinfo=UTC), "zh")
    assert html.count("<table>") == 6
    assert '<tr class="amber"><td data-of="">▲ 黄</td>' in html
    assert "&lt;b&gt;计算" in html
    assert "<b>" not in html


def test_the_board_page_tells_what_is_wrong_with_the_data(tmp_path: Path) -> None:
    """Half of the data would look like all: the problems stand there instead, with their places."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/themes.yaml").write_text("themes:\n  - {id: a}\n", "utf-8")
    folders = Folders(tmp_path / "data", tmp_path, tmp_path / "output")
    html = page(folders, datetime(2026, 11, 22, tzinfo=UTC), "en")
    assert html == "<p>data/themes.yaml:2:5: the field &#x27;title&#x27; is missing</p>"


# --- the deadline -----------------------------------------------------------------------------------------


def heads(capsys: pytest.CaptureFixture[str], now: str, period: str = "2023Q2") -> str:
    """The first line of the board at *now*."""
    assert main(["status", "short", "--period", period, "--now", now]) == 0
    return capsys.readouterr().out.splitlines()[0]


@pytest.mark.usefixtures("house")
def test_an_issued_period_is_judged_by_the_day_it_was_issued(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "short", "--period", "2023Q2", "--now", "2023-07-04T09:00+08:00"]) == 0
    capsys.readouterr()
    assert "(4 days late)" in heads(capsys, "2023-07-09T09:00+08:00")
    assert main(["approve", "short", "2023Q2", "--by", "W", "--now", "2023-07-05T08:00+08:00"]) == 0
    capsys.readouterr()
    said = heads(capsys, "2023-07-09T09:00+08:00")
    assert "deadline 2023-07-05 09:00 (issued on 2023-07-05, in time)" in said
    assert (
        main(["status", "short", "--period", "2023Q2", "--now", "2023-07-09T09:00+08:00", "--lang", "zh"])
        == 0
    )
    said = capsys.readouterr().out
    assert "已于2023-07-05印发, 按期" in said
    assert "■" not in said  # nobody has to hurry


@pytest.mark.usefixtures("house")
def test_an_issue_that_came_late_says_by_how_much(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "short", "--period", "2023Q2", "--now", "2023-07-08T09:00+08:00"]) == 0
    assert main(["approve", "short", "2023Q2", "--by", "W", "--now", "2023-07-08T09:00+08:00"]) == 0
    capsys.readouterr()
    assert "(issued on 2023-07-08, 3 days after it was due)" in heads(capsys, "2023-09-01T09:00+08:00")


def test_a_deadline_of_a_year_nobody_has_announced_is_provisional(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(house, "calendar: none", "calendar: CN", "reports")
    assert "provisional" not in heads(capsys, "2023-06-20")
    assert "09:00 (provisional) (" in heads(capsys, "2023-06-20", "2098Q2")
