"""The commands as a person types them: what they print, make and return."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reports.cli.main import main

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def secretariat(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the shipped data and templates, as a person has them, with English messages."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTS_LANG", "en")
    return tmp_path


def edit(file: Path, old: str, new: str) -> None:
    """Make one typical mistake in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


# --- build ------------------------------------------------------------------------------------------------


def test_build_without_names_makes_the_default_report_and_names_the_files(
    secretariat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`run.py build` makes every language and format, pictures beside, and ends by naming the files."""
    assert main(["build"]) == 0
    folder = secretariat / "output" / "ccicc-briefing" / "2023"
    made = sorted(path.name for path in folder.iterdir())
    assert made == sorted(Path(line).name for line in capsys.readouterr().out.splitlines())
    assert {f"ccicc-briefing-2023.{lang}.{kind}" for lang in ("zh", "en") for kind in ("docx", "md")} <= set(
        made
    )
    assert "ccicc-briefing-2023.zh.fig-timeline.png" in made


def test_language_and_format_narrow_the_build(secretariat: Path) -> None:
    """`--lang en --format md` makes the English Markdown and its pictures only."""
    assert main(["build", "ccicc-briefing", "--period", "2023", "--lang", "en", "--format", "md"]) == 0
    names = [path.name for path in (secretariat / "output" / "ccicc-briefing" / "2023").iterdir()]
    assert {name.split(".", 1)[1].split(".")[0] for name in names} == {"en"}
    assert not [name for name in names if name.endswith(".docx")]


def test_an_html_file_holds_its_pictures(secretariat: Path) -> None:
    """`--format html` makes one file a language and nothing beside it."""
    assert main(["build", "ccicc-briefing", "--format", "html"]) == 0
    made = sorted(path.name for path in (secretariat / "output" / "ccicc-briefing" / "2023").iterdir())
    assert made == ["ccicc-briefing-2023.en.html", "ccicc-briefing-2023.zh.html"]


def test_a_second_build_of_the_same_data_writes_nothing(secretariat: Path) -> None:
    """A file that would not change keeps its time, so that nobody is told of news that are none."""
    main(["build", "--format", "md", "--lang", "zh"])
    file = secretariat / "output" / "ccicc-briefing" / "2023" / "ccicc-briefing-2023.zh.md"
    os.utime(file, (1, 1))
    main(["build", "--format", "md", "--lang", "zh"])
    assert file.stat().st_mtime == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "ccicc-briefng"], "there is no report 'ccicc-briefng'"),
        (["build", "--period", "2023Q2"], "'2023Q2' is not a year period"),
        (["build", "--lang", "fr"], "the report 'ccicc-briefing' is not made in 'fr'"),
    ],
)
@pytest.mark.usefixtures("secretariat")
def test_what_cannot_be_built_is_a_problem(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    """A wrong name ends with status 1 and a sentence, not with a traceback."""
    assert main(arguments) == 1
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["build", "--period", "2023Q5"], ["build", "--format", "odt"], ["bild"], []]
)
@pytest.mark.usefixtures("secretariat")
def test_wrong_usage_ends_with_status_2(arguments: list[str]) -> None:
    """What the command line itself cannot take is wrong usage."""
    try:
        status: object = main(arguments)
    except SystemExit as stop:
        status = stop.code
    assert status == 2


def test_one_mistake_anywhere_builds_nothing_and_harms_nothing(
    secretariat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All problems of all files in one run; the output of yesterday stays as it was."""
    main(["build", "--format", "md", "--lang", "zh"])
    file = secretariat / "output" / "ccicc-briefing" / "2023" / "ccicc-briefing-2023.zh.md"
    before = file.read_bytes()
    edit(secretariat / "data/ccicc/events.yaml", "date: 2022-12", "date: 2022-13")
    edit(secretariat / "data/ccicc/meetings.yaml", "status: held", "stauts: held")
    edit(secretariat / "data/shared/people.yaml", "organisation: ustc", "organisation: utsc")
    capsys.readouterr()
    assert main(["build", "--format", "md"]) == 1
    said = capsys.readouterr().err
    assert "data/ccicc/events.yaml:" in said
    assert "there is no day 2022-13 in the calendar" in said
    assert "Did you mean 'status'?" in said
    assert "Did you mean 'ustc'?" in said
    assert file.read_bytes() == before


# --- check ------------------------------------------------------------------------------------------------


def test_the_shipped_data_and_templates_are_clean(capsys: pytest.CaptureFixture[str]) -> None:
    """What we ship passes its own check, without a warning."""
    assert main(["check", "--data", str(ROOT / "data"), "--templates", str(ROOT / "templates")]) == 0
    assert capsys.readouterr().err == ""


def test_a_problem_shows_its_place_its_line_and_a_hint(
    secretariat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`path:line:column: error[code]: message`, the line, a caret under the guilty text, a hint."""
    edit(secretariat / "data/ccicc/metrics.yaml", "ratio: about 3:7", "ratio: about 3;7")
    assert main(["check"]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith("error[value/ratio]: 'about 3;7' is not a ratio")
    assert lines[0].startswith("data/ccicc/metrics.yaml:")
    assert lines[1].endswith("ratio: about 3;7")
    assert lines[2].strip() == "^" * len("about 3;7")
    assert lines[2].index("^") == lines[1].index("about")
    assert lines[3] == "    hint: Write for example: 3:7, about 3:7, far below 1:9."
    assert lines[-1] == "1 error, 0 warnings"


def test_messages_are_chinese_on_a_chinese_machine(
    secretariat: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine's language decides, unless REPORTS_LANG does."""
    monkeypatch.delenv("REPORTS_LANG")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    edit(secretariat / "data/ccicc/metrics.yaml", "ratio: about 3:7", "ratio: about 3;7")
    main(["check"])
    assert "“about 3;7”不是比例" in capsys.readouterr().err


def test_check_as_json_is_for_machines(secretariat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format json` prints the same problems as a list."""
    edit(secretariat / "data/ccicc/goals.yaml", "of: ccicc", "of: ccic")
    assert main(["check", "--format", "json"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert found["code"] == "data/unknown-reference"
    assert found["file"] == "data/ccicc/goals.yaml"
    assert (found["line"], found["column"]) != (0, 0)


def test_an_unknown_name_in_a_template_is_shown_with_near_names(
    secretariat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Template file and line, the name, near names."""
    template = secretariat / "templates/ccicc-briefing/report.zh.md.j2"
    edit(template, "{{ office.founded }}", "{{ office.fonded }}")
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert "templates/ccicc-briefing/report.zh.md.j2:" in said
    assert "'fonded' is not known here" in said
    assert "Did you mean 'founded'?" in said


# --- list, trace, version ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("secretariat")
def test_list_shows_reports_with_periods_languages_and_formats(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a report; a star marks those built by default."""
    assert main(["list"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "* ccicc-briefing  2023  zh,en  docx,md"


def test_trace_leads_a_fact_back_to_its_line(secretariat: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`trace FILE 110` names the file and line where 110余 stands, and the line really holds it."""
    main(["build", "--format", "docx", "--lang", "zh"])
    capsys.readouterr()
    assert main(["trace", "output/ccicc-briefing/2023/ccicc-briefing-2023.zh.docx", "110余"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == "110余"
    file, line, _ = out[1].split()[0].split(":")
    assert "110余" in (secretariat / file).read_text("utf-8").splitlines()[int(line) - 1]


@pytest.mark.usefixtures("secretariat")
def test_trace_says_that_it_found_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A text no fact shows ends with status 1 and a sentence, not in silence."""
    main(["build", "--format", "docx", "--lang", "zh"])
    capsys.readouterr()
    assert main(["trace", "output/ccicc-briefing/2023/ccicc-briefing-2023.zh.docx", "没有的话"]) == 1
    assert "no fact of this Word file shows '没有的话'" in capsys.readouterr().err


def test_version_and_help(capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` and `--help` answer and end well."""
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as stop:
            main([option])
        assert stop.value.code == 0
    assert "progress-reports" in capsys.readouterr().out


# --- imports that wait ------------------------------------------------------------------------------------


def modules_after(arguments: list[str]) -> set[str]:
    """The modules a fresh process has loaded when the command ends."""
    code = (
        "import sys\nfrom reports.cli.main import main\n"
        f"try: main({arguments!r})\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(run.stderr.splitlines()[-1].split())


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (
            ["--help"],
            {"yaml", "jinja2", "markdown_it", "docx", "lxml", "matplotlib", "rich", "PIL"},
        ),
        (["check"], {"docx", "lxml", "matplotlib", "numpy", "rich", "PIL"}),
    ],
)
def test_heavy_imports_wait(arguments: list[str], unneeded: set[str]) -> None:
    """A command pays for what it uses only."""
    assert not modules_after(arguments) & unneeded


# --- what nobody foresaw ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("secretariat")
def test_an_inner_fault_is_a_sentence_not_a_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should the product itself fail, the person is told where, in one line."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("reports.publishing.issues.build", fail)
    assert main(["build"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("internal error, please tell the maintainers: ZeroDivisionError")
    assert "Traceback" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_who_has_had_enough_ends_a_command_in_silence() -> None:
    """`run.py list | head -0`: neither a fault of the product nor a complaint of the interpreter."""
    command = [sys.executable, str(ROOT / "run.py"), "list"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 128 + 13


def test_output_that_cannot_be_written_says_what_to_do(
    secretariat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where the output folder should be: named, with advice."""
    (secretariat / "taken").write_text("")
    assert main(["build", "--format", "md", "--lang", "zh", "--output", "taken"]) == 1
    assert "cannot write here" in capsys.readouterr().err
