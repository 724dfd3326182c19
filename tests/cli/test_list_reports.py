"""`run.py list`: the reports in two lines each."""

from __future__ import annotations

import pytest

from reports.cli.main import main


@pytest.mark.usefixtures("secretariat")
def test_list_shows_reports_with_periods_languages_and_formats(capsys: pytest.CaptureFixture[str]) -> None:
    """One line a report; a star marks those built by default."""
    assert main(["list"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first == "* ccicc-briefing  2023  zh,en  docx,md"
