"""`run.py list`: the reports in two lines each."""

from __future__ import annotations

import json

import pytest

from reports.cli.main import main


@pytest.mark.usefixtures("secretariat")
def test_list_shows_reports_with_periods_languages_and_formats(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a report; a star marks those built by default."""
    assert main(["list"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "* ccicc-briefing  2023  zh,en  docx,md"


@pytest.mark.usefixtures("secretariat")
def test_programs_get_the_same_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    main(["list", "--json"])

    first = json.loads(capsys.readouterr().out)[0]
    assert (first["id"], first["editions"], first["formats"]) == ("ccicc-briefing", ["2023"], ["docx", "md"])
    assert first["default"]
