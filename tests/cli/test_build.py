"""`run.py build`: what it makes, prints, refuses and leaves alone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from reports.cli.main import main
from tests.cli.conftest import edit


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


def test_output_that_cannot_be_written_says_what_to_do(
    secretariat: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file where the output folder should be: named, with advice."""
    (secretariat / "taken").write_text("")
    assert main(["build", "--format", "md", "--lang", "zh", "--output", "taken"]) == 1
    assert "cannot write here" in capsys.readouterr().err


@pytest.mark.parametrize("period", ["0001Q1", "9999Q4", "0000"])
def test_a_period_of_another_age_is_refused_in_words(
    secretariat: Path, capsys: pytest.CaptureFixture[str], period: str
) -> None:
    with pytest.raises(SystemExit):
        main(["build", "quarterly-progress", "--period", period])

    assert "internal error" not in capsys.readouterr().err
    assert not (secretariat / "output").exists()
