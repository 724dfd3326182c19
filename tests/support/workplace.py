"""A small house for the tests of what is remembered: two reports with a schedule, made in a moment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from reports.pipeline.read import Folders
from reports.publishing.ledger import Ledger
from reports.publishing.memory import issue_record

ROOT = Path(__file__).parent.parent.parent
#: When both reports have just come due; Shanghai.
NOW = datetime.fromisoformat("2023-07-11T09:00+08:00")

REPORTS = """\
reports:
  - id: letter
    title: {zh: 通讯, en: Letter}
    template: letter
    period: quarter
    languages: [zh, en]
    formats: [md]
    default: true
    schedule:
      since: 2023Q2
      due: {days: 10, time: "09:00", zone: Asia/Shanghai}
      remind: [7]
  - id: memo
    title: {zh: 备忘, en: Memo}
    template: letter
    period: quarter
    languages: [zh]
    formats: [docx, md]
    approval: true
    issues_before: 17
    schedule:
      since: 2023Q2
      due: {days: 10, time: "09:00", zone: Asia/Shanghai}
"""
RECORDS = """\
sources:
  - {id: slides, title: Slides, genre: slides}
meetings:
  - id: yearly
    title: {zh: 年度会议, en: Yearly meeting}
    date: 2023-05
    status: held
    source: [{doc: slides}]
  - id: board
    title: {zh: 理事会, en: Board}
    date: 2023-06-01
    status: held
    source: [{doc: slides}]
"""
TEMPLATE = """\
---
title: {{ report.title }} {{ period }}
---

# One {#one}

{% for meeting in meetings() %}
- {{ meeting.title }}, {{ meeting.date }}
{% endfor %}
"""


def small_house(folder: Path) -> Folders:
    """Data, templates and no output yet."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "reports.yaml").write_text(REPORTS, "utf-8")
    (folder / "data" / "records.yaml").write_text(RECORDS, "utf-8")
    (folder / "templates" / "letter").mkdir(parents=True)
    for lang in ("zh", "en"):
        (folder / "templates" / "letter" / f"report.{lang}.md.j2").write_text(TEMPLATE, "utf-8")
    shutil.copytree(ROOT / "templates" / "word", folder / "templates" / "word")
    return Folders(folder / "data", folder / "templates", folder / "output")


def edit(file: Path, old: str, new: str) -> None:
    """Change a text in a file."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def ledger_of(folders: Folders) -> Ledger:
    """The ledger, to look at."""
    return Ledger.look(folders.output / ".state")


def start(folders: Folders, *arguments: str, code: str = "", **environment: str) -> subprocess.Popen[str]:
    """Start the product in a process of its own; *code* runs before it."""
    script = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}\nfrom reports.cli.main import main\nraise SystemExit(main())"
    settings = {**os.environ, "REPORTS_LANG": "en", **environment}
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=folders.data.parent, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def visible(folders: Folders) -> dict[str, bytes]:
    """What leaders see: every file of the output but what the product remembers, the records beside issues among it."""
    hidden = {".state", ".cache", issue_record.NAME}
    found = (path for path in folders.output.rglob("*") if path.is_file() and not hidden & {*path.parts})
    return {path.relative_to(folders.output).as_posix(): path.read_bytes() for path in found}
