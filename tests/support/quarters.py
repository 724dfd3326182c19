"""A house with a quarterly report over the invented year of the starter, for the tests of what time does to reports."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import Folders
from reports.publishing import approval, drafts
from tests.support.workplace import ROOT, edit

#: When the second, the third and the fourth quarter have just come due.
Q2, Q3, Q4 = (
    datetime.fromisoformat(f"{day}T09:00+08:00") for day in ("2025-07-11", "2025-10-11", "2026-01-11")
)

REPORTS = """\
format: 2
reports:
  - id: quarterly
    title: {zh: 季度进展, en: Quarterly progress}
    template: quarterly
    period: quarter
    languages: [zh, en, zh-Hant]
    formats: [docx, md, html]
    programmes: [liaison]
    default: true
    approval: true
    schedule:
      since: 2025Q1
      due: {days: 10, time: "09:00", zone: Asia/Shanghai}
    recipients:
      leadership: [{name: {zh: 王, en: Wang}, address: wang@example.org, lang: zh}]
"""
TEMPLATE = """\
---
title: {{ report.title }}, {{ period }}
---

# Progress {#one}

{% for one in changes() %}
- {{ one }}
{% endfor %}

# Figures {#two}

{% for metric in metrics() %}
- {{ metric.title }}: {{ metric.value }}, {{ metric | change }}, {{ metric | against_target }}
{% endfor %}
{% for budget in budgets() %}
- {{ budget.title }}: {{ budget | spent }}, {{ (budget | spent) | share_of(budget.money) }}
{% endfor %}

There were {{ meetings(status="held") | length }} meetings and {{ events() | total("attendance") }} guests.

# Matters {#three}

{% for matter in discussions(state=["open", "late", "due soon"]) %}
- {{ matter.topic }}: {{ matter.state }}, {{ matter | times_put }}
{% endfor %}
{% for action in actions() %}
- {{ action.title }}: {{ action.state }}
{% endfor %}
"""


def quarters(folder: Path) -> Folders:
    """Data, templates and no output yet."""
    data = folder / "data"
    for name in ("liaison", "example", "shared"):
        for file in (ROOT / "reports/starter/data" / name).glob("*.yaml"):
            text = file.read_text("utf-8").replace("%LAST%", "2025").replace("%THIS%", "2026")
            (data / name).mkdir(parents=True, exist_ok=True)
            (data / name / file.name).write_text(text.replace("%NEXT%", "2027"), "utf-8")
    edit(data / "liaison/happenings.yaml", "attendance: 110余", "attendance: 110")
    (data / "reports.yaml").write_text(REPORTS, "utf-8")
    (folder / "templates/quarterly").mkdir(parents=True)
    for lang in ("zh", "en"):
        (folder / f"templates/quarterly/report.{lang}.md.j2").write_text(TEMPLATE, "utf-8")
    shutil.copytree(ROOT / "templates/word", folder / "templates/word")
    return Folders(data, folder / "templates", folder / "output")


def issue(house: Folders, period: str, at: datetime) -> None:
    """Build and approve a quarter."""
    drafts.build(house, Order(("quarterly",), Period.parse(period)), at)
    approval.approve(house, "quarterly", period, "王", at, tell=lambda problem: None)
