"""YAML → Word by python-docx, as its tutorial shows it: a paragraph, a row, a cell at a time.

python -m benchmarks.peers.python_docx DATA PICTURES TEMPLATE OUT
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.shared import Cm

from benchmarks.peers.records import PICTURES, picture, report


def main(data: Path, pictures: Path, template: Path, out: Path) -> None:
    told = report(data)
    document = docx.Document(str(template))
    document.element.body.clear_content()
    document.add_paragraph(told["title"], "Title")
    document.add_paragraph(f"{told['speaker']}　{told['date']}", "Byline")
    document.add_paragraph("进展要点", "Body Text")
    for c in told["highlights"]:
        document.add_paragraph(f"{c['title']}（{c['status']}）。", "List Bullet")
    document.add_paragraph("概况", "Heading 1")
    document.add_paragraph("投入之比见图1，占比见图2，大事见图3。", "Body Text")
    for n, (name, caption) in enumerate(
        zip(PICTURES, ("国际与国内投入之比", "经费占比", "大事记"), strict=True), 1
    ):
        document.add_paragraph(style="Figure").add_run().add_picture(
            str(picture(pictures, name)), width=Cm(15)
        )
        document.add_paragraph(f"图{n}　{caption}", "Caption")
    document.add_paragraph("进展", "Heading 1")
    for n, theme in enumerate(told["themes"], 1):
        _theme(document, n, theme)
    last = len(told["themes"])
    document.add_paragraph("供讨论事项", "Heading 1")
    rows = ([d["number"], d["topic"], d["ask"], d["due"]] for d in told["discussions"])
    _table(document, f"表{last + 1}　供讨论事项", ("序号", "事项", "请讨论", "期限"), rows)
    if told["values"]:
        document.add_paragraph("数值", "Heading 1")
        rows = ([v["n"], v["title"], v["quantity"], v["unit"], v["date"]] for v in told["values"])
        _table(document, f"表{last + 2}　数值", ("序号", "指标", "数值", "单位", "日期"), rows)
    document.save(str(out))


def _theme(document: Document, n: int, theme: dict[str, Any]) -> None:
    document.add_paragraph(theme["title"], "Heading 2")
    for m in theme["meetings"]:
        document.add_paragraph(m["title"], "Heading 3")
        line = f"{m['date']}，{m['place']}，{m['status']}。主办单位：{m['host']}；参加单位：{m['participants']}。"
        document.add_paragraph(line, "Body Text")
        document.add_paragraph(m["note"], "Body Text")
    for c in theme["contributions"]:
        line = f"{c['title']}（{c['status']}，{c['date']}）：{c['note']}"
        document.add_paragraph(line, "List Bullet")
    rows = ([v["date"], v["title"], v["hosts"], v["purpose"]] for v in theme["visits"])
    _table(document, f"表{n}　访问：{theme['title']}", ("日期", "事项", "接待单位", "目的"), rows)


def _table(document: Document, caption: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    document.add_paragraph(caption, "Table Caption")
    table = document.add_table(1, len(heads), "Report Table")
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = str(text)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
