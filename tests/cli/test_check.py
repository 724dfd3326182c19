"""What `run.py check` says: pictures that records name, its language, and its formats for automation."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from PIL import Image

from reports.cli.main import main
from reports.diagnostics.annotations import github, gitlab
from reports.diagnostics.problems import Problem, Where
from reports.pipeline.read import Folders
from reports.writers.word.ooxml import pack, unpack
from tests.cli.conftest import ROOT, edit
from tests.support.workplace import small_house


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Data with one picture, no reports."""
    media = tmp_path / "data" / "ccicc" / "media"
    media.mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    Image.new("RGB", (4, 4)).save(media / "Charter.png")
    (media / "text.png").write_bytes(b"no picture")
    (tmp_path / "outside.png").write_bytes((media / "Charter.png").read_bytes())
    (tmp_path / "data" / "ccicc" / "sources.yaml").write_text(
        "sources:\n  - {id: slides, title: Slides, genre: slides}\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def name_picture(house: Path, file: str) -> None:
    (house / "data" / "ccicc" / "figures.yaml").write_text(
        f"figures:\n  - id: charter\n    caption: C\n    file: '{file}'\n    source: [{{doc: slides}}]\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("file", "code", "near"),
    [
        ("ccicc/media/gone.png", "data/missing-picture", ""),
        ("Charter.png", "data/missing-picture", "ccicc/media/Charter.png"),
        ("C:\\Users\\Li\\charter.png", "data/missing-picture", "ccicc/media/Charter.png"),
        ("ccicc/media/Chartr.png", "data/missing-picture", "ccicc/media/Charter.png"),
        ("ccicc/media", "data/missing-picture", ""),
        ("../outside.png", "data/outside", ""),
        ("ccicc/media/charter.PNG", "data/picture-case", "ccicc/media/Charter.png"),
        ("CCICC/media/Charter.png", "data/picture-case", "ccicc/media/Charter.png"),
        ("ccicc\\media\\Charter.png", "data/picture-case", "ccicc/media/Charter.png"),
        ("ccicc/media/text.png", "picture/unknown-form", ""),
        ("ccicc/sources.yaml", "picture/unknown-form", ""),
    ],
)  # fmt: skip
def test_a_picture_that_is_none_is_told_at_its_line(
    house: Path, capsys: pytest.CaptureFixture[str], file: str, code: str, near: str, lang: str
) -> None:
    """Whether a report shows it or not."""
    name_picture(house, file)

    assert main(["check", "--lang", lang]) == 1
    said = capsys.readouterr().err
    assert f"data/ccicc/figures.yaml:4:11: error[{code}]" in said
    assert near in said
    assert bool(re.search("[\u3400-\u9fff]", said)) == (lang == "zh")


def test_a_picture_that_is_there_is_right(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name_picture(house, "ccicc/media/Charter.png")

    assert main(["check", "--lang", "en"]) == 0
    assert capsys.readouterr().err == ""


# --- for people -----------------------------------------------------------------------------------------


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


# --- for automation ---------------------------------------------------------------------------------------

PROBLEM = Problem(
    Where("data/a,b.yaml", 3, 5, 9), "data/choice", {"value": "50%\nx", "expected": "a, b", "near": "a"}
)
WARNING = Problem(Where("data/c.yaml"), "yaml/line-ends", {}, "warning")


def test_nothing_waits_for_the_data_to_be_right(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pictures, punctuation, overdue plans, templates: told in the same run as a date that is none."""
    name_picture(house, "ccicc/media/gone.png")
    (house / "templates" / "progress").mkdir()
    (house / "templates" / "progress" / "report.zh.md.j2").write_text(
        "# A\n\n{{ as_of｜short }}\n{% include 'part.j2' %}", "utf-8"
    )
    (house / "templates" / "part.j2").write_text("｛｛ as_of ｝｝", "utf-8")
    (house / "data" / "reports.yaml").write_text(
        "reports:\n  - id: progress\n    title: {zh: 进展, en: Progress}\n    template: progress\n    profile: brief\n"
        "    period: year\n    editions: [{period: 2023, as_of: 2023-12-31}]\n    languages: [zh]\n    formats: [md]\n"
        "  - id: other\n    title: {zh: 另一份, en: Other}\n    template: progress\n    profile: briefing\n"
        "    period: year\n    editions: [{period: 2023, as_of: 2023-12-31}]\n    languages: [zh]\n    formats: [md]\n"
        "  - {id: third, programmes: [cicc]}\n",
        "utf-8",
    )
    (house / "data" / "ccicc" / "meetings.yaml").write_text(
        "meetings:\n  - {id: a, title: {zh: '甲,乙', en: A}, date: 2023-02-30, status: held, source: [{doc: slides}]}\n"
        "  - {id: b, title: {zh: '甲,乙', en: A}, date: 2023-02, status: planned, source: [{doc: slides}]}\n",
        "utf-8",
    )
    assert main(["check", "--lang", "en"]) == 1
    said = capsys.readouterr().err
    for told in (
        "figures.yaml:4:11: error[data/missing-picture]",
        "meetings.yaml:2:46: error[value/impossible-date]",
        "meetings.yaml:3:25: warning[typography/half-width]",
        "meetings.yaml:3:46: warning[data/planned-in-past]",
        "reports.yaml:5:14: error[job/no-profile]",
        "reports.yaml:18:30: error[data/unknown-programme]",
        "report.zh.md.j2:3:9: error[template/full-width]",
    ):
        assert told in said
    (house / "templates" / "progress" / "report.zh.md.j2").write_text(
        "# A\n\n{% include 'part.j2' %}", "utf-8"
    )
    assert main(["check", "--lang", "en"]) == 1
    assert "part.j2:1:1: error[template/full-width]" in capsys.readouterr().err


def test_a_chart_that_cannot_be_is_told_at_its_line(house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "templates" / "progress").mkdir()
    text = "# A\n\n![B](\n{{- chart('pie', sources()) }}){#fig-b}\n\n@fig-b\n"
    (house / "templates" / "progress" / "report.zh.md.j2").write_text(text, "utf-8")
    (house / "data" / "reports.yaml").write_text(
        "reports:\n  - id: progress\n    title: {zh: 进展, en: Progress}\n    template: progress\n    profile: briefing\n"
        "    period: year\n    editions: [{period: 2023, as_of: 2023-12-31}]\n    languages: [zh]\n    formats: [md]\n",
        "utf-8",
    )
    assert main(["check", "--lang", "en"]) == 1
    assert "report.zh.md.j2:4: error[chart/unknown-kind]" in capsys.readouterr().err


def test_annotations_for_github() -> None:
    """What would end a command early is written by its number."""
    assert github([PROBLEM, WARNING], "en", str).split("\n") == [
        (
            "::error file=data/a%2Cb.yaml,line=3,col=5,endColumn=8,title=data/choice::"
            "'50%25%0Ax' is not one of the choices. Did you mean 'a'? Write one of: a, b."
        ),
        (
            "::warning file=data/c.yaml,title=yaml/line-ends::some lines of this file end as on Windows, "
            "others do not. Choose one of them in the editor: LF, or CRLF."
        ),
    ]


def test_a_report_for_gitlab() -> None:
    first, second = json.loads(gitlab([PROBLEM, WARNING], "zh", str))

    assert first["location"] == {"path": "data/a,b.yaml", "lines": {"begin": 3}}
    assert (first["severity"], second["severity"]) == ("major", "minor")
    assert first["check_name"] == "data/choice"
    assert second["location"]["lines"] == {"begin": 1}
    assert "不在可选范围内" in first["description"]
    moved = Problem(Where("data/a,b.yaml", 30, 5, 9), PROBLEM.code, PROBLEM.args)
    assert json.loads(gitlab([moved], "en", str))[0]["fingerprint"] == first["fingerprint"]
    assert first["fingerprint"] != second["fingerprint"]


@pytest.mark.parametrize("form", ["github", "gitlab", "json"])
def test_the_command_prints_them(house: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    name_picture(house, "ccicc/media/gone.png")

    assert main(["check", "--format", form, "--lang", "en"]) == 1
    out, err = capsys.readouterr()
    assert "data/missing-picture" in out
    assert "data/ccicc/figures.yaml" in out
    assert err == ""


def test_pre_commit_finds_its_hook() -> None:
    """The hook is a command there is."""
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert {"id", "name", "entry", "language"} <= set(hook)
    assert hook["entry"] == "python run.py check"
    assert re.search(hook["files"], "data/ccicc/meetings.yaml")
    assert not re.search(hook["files"], "reports/cli.py")


# --- what only a build would have met ---------------------------------------------------------------------

BEFORE_DUE = "2023-06-20T09:00+08:00"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """Two reports with a schedule from the second quarter on."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("REPORTS_LANG", "en")
    return small_house(tmp_path)


def told(capsys: pytest.CaptureFixture[str], *options: str) -> list[tuple[str, str]]:
    """Severity and code of all that `check` finds."""
    capsys.readouterr()
    main(["check", "--format", "json", *options])
    return [(one["severity"], one["code"]) for one in json.loads(capsys.readouterr().out)]


@pytest.mark.parametrize(
    ("lang", "line"),
    [("en", "All is well: 3 records, 2 reports.\n"), ("zh", "一切正常：3 条记录，2 份报告。\n")],
)
@pytest.mark.usefixtures("small")
def test_that_all_is_well_is_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, line: str
) -> None:
    monkeypatch.setenv("REPORTS_LANG", lang)

    assert main(["check", "--now", BEFORE_DUE]) == 0

    assert capsys.readouterr().out == line


def test_an_edition_that_comes_is_tried_before_it_is_due(
    small: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is wrong with the quarter that is over; of the one that comes nothing is there yet."""
    for path in small.templates.rglob("*.j2"):
        edit(path, "{% for", "{{ (meetings() | in_period)[0].title }}\n\n{% for")
    now = "2023-07-20T09:00+08:00"
    main(["build", "--now", now])
    main(["approve", "memo", "2023Q2", "--by", "W", "--now", now])
    main(["run-due", "--now", now])

    found = told(capsys, "--now", now)

    assert found.count(("warning", "job/next-turn")) == 2
    assert {severity for severity, _ in found} == {"warning"}


def test_a_pdf_that_nothing_can_lay_out_is_told(
    small: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(small.data / "reports.yaml", "formats: [md]", "formats: [md, pdf]")
    monkeypatch.setattr("reports.writers.pdf.find_office", lambda: "")

    assert told(capsys, "--now", BEFORE_DUE) == [("error", "layout/no-office")]


def test_a_word_template_that_lost_a_part_is_told(small: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    [template] = own_templates(small)
    parts = unpack(template.read_bytes())
    del parts["word/footnotes.xml"]
    template.write_bytes(pack(parts))

    assert told(capsys, "--now", BEFORE_DUE) == [("error", "word/template")]


def test_a_style_that_a_word_template_lost_is_told_before_a_report_asks_for_it(
    small: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    [template] = own_templates(small)
    parts = unpack(template.read_bytes())
    parts["word/styles.xml"] = parts["word/styles.xml"].replace(b'"Figure Note"', b'"Note of mine"')
    template.write_bytes(pack(parts))

    assert told(capsys, "--now", BEFORE_DUE) == [("warning", "word/missing-style")]


def own_templates(small: Folders) -> list[Path]:
    """The Word templates that the memo is made from."""
    return [small.templates / "word" / "briefing.zh.docx"]
