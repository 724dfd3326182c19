"""A new report builds at once and moves nothing in the list; a new secretariat is one in which every command works."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.cli.scaffold import Wish, init, new_report
from reports.diagnostics.problems import ReportError
from reports.model.kinds import KINDS
from reports.pipeline.check import check
from reports.pipeline.read import Folders, read
from tests.conftest import need
from tests.publishing.status.test_history import git

ROOT = Path(__file__).parent.parent.parent
ENTRY = """\
  - id: monthly
    title: {zh: 月报, en: Monthly report}
    template: monthly
    profile: news
    period: month
    languages: [zh, en]
    formats: [docx, md]
    programmes: [ccicc]
"""
WISH = Wish("monthly", "月报", "Monthly report", "month", "news", ("ccicc",))


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped data and templates, with English messages."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTS_LANG", "en")
    return tmp_path


def folders(house: Path) -> Folders:
    return Folders(house / "data", house / "templates", house / "output")


# --- new report -------------------------------------------------------------------------------------------


def test_a_new_report_builds_at_once_in_both_languages(
    house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "report", "half-year", "--every", "half", "--title-en", "Half a year"]) == 0
    made = capsys.readouterr()
    assert "templates/half-year/report.zh.md.j2" in made.out
    assert "Build it: run.py build half-year" in made.err

    assert main(["build", "half-year", "--format", "md", "--now", "2023-07-10"]) == 0
    for lang, title in (("zh", "half-year"), ("en", "Half a year")):
        text = (house / f"output/half-year/2023H1/half-year-2023H1.{lang}.md").read_text("utf-8")
        assert f"# {title}\n" in text
    assert [p for p in check(folders(house), date(2023, 7, 10)) if "half-year" in p.where.file] == []


def test_the_list_keeps_every_letter_and_gets_one_entry(house: Path) -> None:
    before = (house / "data/reports.yaml").read_text("utf-8")
    new_report(folders(house), WISH)

    assert (house / "data/reports.yaml").read_text("utf-8") == before + "\n" + ENTRY


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("reports:\n", "reports:\n" + ENTRY),
        ("reports: []\n", "reports:\n" + ENTRY),
        ("# 清单\nreports:  # all\n", "# 清单\nreports:  # all\n" + ENTRY),
        (
            "reports:\n  - id: a  # one\n    x: 1\n\n# end\n",
            "reports:\n  - id: a  # one\n    x: 1\n\n" + ENTRY + "\n# end\n",
        ),
        ("reports:\n- id: a\n", "reports:\n- id: a\n\n" + ENTRY.replace("\n  ", "\n")[2:]),
        ("reports:\n  - id: a\nother: 1\n", "reports:\n  - id: a\n\n" + ENTRY + "other: 1\n"),
        (
            "\ufeffreports:\r\n  - id: a\r\n",
            "\ufeffreports:\r\n  - id: a\r\n\r\n" + ENTRY.replace("\n", "\r\n"),
        ),
        ("reports:\n  - id: a", "reports:\n  - id: a\n\n" + ENTRY),
    ],
)
def test_the_entry_stands_behind_the_last_one_in_the_lists_own_form(
    house: Path, before: str, after: str
) -> None:
    path = house / "data/reports.yaml"
    path.write_bytes(before.encode())
    new_report(folders(house), WISH)

    assert path.read_bytes().decode() == after


def test_where_there_is_no_list_one_is_begun(house: Path) -> None:
    (house / "data/reports.yaml").unlink()
    shutil.rmtree(house / "templates/shared")
    new_report(folders(house), WISH)

    assert (house / "data/reports.yaml").read_text("utf-8") == "reports:\n" + ENTRY
    assert (house / "templates/shared/zh.md.j2").is_file()


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("Monthly", None, "data/bad-id"),
        ("../out", None, "data/bad-id"),
        ("quarterly-progress", None, "scaffold/taken"),
        ("shared", None, "scaffold/taken"),
        ("monthly", "reports: [{id: a}]\n", "scaffold/no-list"),
        ("monthly", "report:\n  - id: a\n", "scaffold/no-list"),
        ("monthly", "reports:\n  - id: a\n    x: |\n      text\nbroken: [\n", "scaffold/no-list"),
    ],
)
def test_what_cannot_be_added_is_refused_and_nothing_written(
    house: Path, name: str, text: str | None, code: str
) -> None:
    path = house / "data/reports.yaml"
    if text is not None:
        path.write_text(text, "utf-8")
    before = path.read_bytes(), sorted((house / "templates").rglob("*"))
    with pytest.raises(ReportError) as error:
        new_report(folders(house), Wish(name))

    assert [problem.code for problem in error.value.problems] == [code]
    assert (path.read_bytes(), sorted((house / "templates").rglob("*"))) == before


def test_a_dry_run_writes_nothing(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (house / "data/reports.yaml").read_bytes()
    assert main(["new", "report", "monthly", "--dry-run"]) == 0

    assert "templates/monthly/report.en.md.j2" in capsys.readouterr().out
    assert (house / "data/reports.yaml").read_bytes() == before
    assert not (house / "templates/monthly").exists()


@pytest.mark.usefixtures("house")
def test_a_report_without_a_name_is_asked_for_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "report"]) == 1
    assert "Write: run.py new report NAME." in capsys.readouterr().err


# --- init -------------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A secretariat just made, as a person stands in it."""
    folder = tmp_path / "新 office"
    monkeypatch.setenv("REPORTS_LANG", "en")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    assert main(["init", str(folder), "--now", "2026-02-03"]) == 0
    monkeypatch.chdir(folder)
    return folder


def test_init_says_what_to_type(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "my office"), "--now", "2026-02-03"]) == 0
    said = capsys.readouterr().out

    assert f'cd "{tmp_path / "my office"}"' in said
    assert f"{ROOT / 'run.py'} check" in said


def test_a_fresh_secretariat_has_an_example_of_each_kind_and_no_problem(fresh: Path) -> None:
    reading = read(fresh / "data")

    assert [kind for kind in KINDS if not reading.dataset.all(kind)] == []
    assert all(record.startswith("example-") for record in reading.dataset.records)
    assert [problem.message() for problem in check(folders(fresh), date(2026, 2, 3))] == []


def test_it_holds_what_a_secretariat_needs(fresh: Path) -> None:
    for name in (
        "README.md", "README.zh-CN.md", ".gitignore", ".vscode/settings.json", "schema/data.schema.json",
        "data/reports.yaml", "data/shared/people.yaml", "templates/shared/zh.md.j2", "templates/word/briefing.zh.docx",
        "templates/progress/report.zh.md.j2", "templates/progress/report.en.md.j2",
    ):  # fmt: skip
        assert (fresh / name).is_file(), name


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize(
    "command",
    [
        "list", "check", "build", "build progress --format html", "status", "history", "run-due --dry-run",
        "schedule --list", "schedule install --print cron", "schema", "new report monthly",
        "new events --set title.zh=会 --set title.en=Fair --set type=festival --set date=2026 --set source.doc=example-minutes",
    ],
)  # fmt: skip
def test_every_command_works_in_it(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command.split()) == 0, capsys.readouterr().err


def test_the_clockwork_starts_the_program_where_it_is(
    fresh: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["schedule", "install", "--print", "systemd"])
    said = capsys.readouterr().out

    assert str(ROOT / "run.py") in said
    assert f"WorkingDirectory={fresh}" in said

    main(["schedule", "install", "--print", "systemd", "--output", "elsewhere"])
    assert f'"run-due" "--output={fresh / "elsewhere"}"' in capsys.readouterr().out


def test_a_draft_is_approved_and_shown_in_it(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["build", "--now", "2026-02-03"])
    assert main(["approve", "progress", "2025", "--by", "Director", "--now", "2026-02-03"]) == 0
    capsys.readouterr()

    assert main(["show", "progress/2025"]) == 0
    assert "Director" in capsys.readouterr().out
    assert (fresh / "output/progress/2025/progress-2025.zh.docx").is_file()


def test_status_knows_the_first_commit_of_it(fresh: Path, capsys: pytest.CaptureFixture[str]) -> None:
    need("git")
    git(fresh, "init", "-q")
    git(fresh, "add", ".")
    day = "2026-02-03T12:00:00+00:00"
    git(fresh, "commit", "-q", "-m", "Begin", GIT_COMMITTER_DATE=day, GIT_AUTHOR_DATE=day)
    assert main(["status", "--period", "2025", "--now", "2026-02-03", "--format", "md"]) == 0

    assert "| Sharing facilities | Example Laboratory | 8 | 6 | 2026-02-03 |  |" in capsys.readouterr().out


def test_init_leaves_a_folder_that_holds_anything_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ReportError) as error:
        init(tmp_path, date(2026, 2, 3))

    assert [problem.code for problem in error.value.problems] == ["scaffold/not-empty"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
