"""`run.py init`: a new secretariat is one in which every command works."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.cli.scaffold import init
from reports.diagnostics.problems import ReportError
from reports.model.kinds import KINDS
from reports.pipeline.check import check
from reports.pipeline.read import Folders, read
from tests.cli.conftest import ROOT
from tests.conftest import need
from tests.publishing.status.test_history import git


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
    assert [
        problem.message()
        for problem in check(Folders(fresh / "data", fresh / "templates", fresh / "output"), date(2026, 2, 3))
    ] == []


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
        "new events --programme example --set title.zh=会 --set title.en=Fair --set type=festival --set date=2026 --set source.doc=example-minutes",
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
    assert main(["status", "progress", "--period", "2025", "--now", "2026-02-03", "--format", "md"]) == 0

    assert "| Sharing facilities | Example Laboratory | 8 | 6 | 2026-02-03 |  |" in capsys.readouterr().out


def test_init_leaves_a_folder_that_holds_anything_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ReportError) as error:
        init(tmp_path, date(2026, 2, 3))

    assert [problem.code for problem in error.value.problems] == ["scaffold/not-empty"]
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_git_leaves_passwords_out_and_lines_as_they_are(fresh: Path) -> None:
    """Also where git is set to give text the line ends of Windows."""
    for name in ("smtp.password", "mail.secret", ".env", "~$briefing.docx"):
        (fresh / name).write_text("Zq9xK", "utf-8")
    text = (fresh / "data" / "reports.yaml").read_bytes()
    git(fresh, "init", "-q")
    git(fresh, "config", "core.autocrlf", "true")
    git(fresh, "add", ".")
    git(fresh, "commit", "-q", "-m", "Begin")
    held = subprocess.run(
        [need("git"), "ls-files"], cwd=fresh, check=True, capture_output=True, text=True
    ).stdout
    (fresh / "data" / "reports.yaml").unlink()
    git(fresh, "checkout", "-q", ".")

    assert "data/reports.yaml" in held.split()
    assert not [name for name in held.split() if name.endswith((".password", ".secret", ".env", '.docx"'))]
    assert (fresh / "data" / "reports.yaml").read_bytes() == text
