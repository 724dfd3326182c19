"""`run.py trace`: from the words of a Word file to the lines they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.cli.main import main


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
