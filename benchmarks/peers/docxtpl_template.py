"""Make the template of the docxtpl peer out of the product's own Word template. Not timed."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document


def write(template: Path, out: Path) -> None:
    """Write the report with tags instead of records."""
    document = docx.Document(str(template))
    document.element.body.clear_content()
    for style, text in _OPENING:
        document.add_paragraph(text, style)
    for n, caption in enumerate(("国际与国内投入之比", "经费占比", "大事记")):
        document.add_paragraph(f"{{{{ pictures[{n}] }}}}", "Figure")
        document.add_paragraph(f"图{n + 1}　{caption}", "Caption")
    for style, text in _THEME:
        document.add_paragraph(text, style)
    _table(document, "表{{ loop.index }}　访问：{{ theme.title }}", "v in theme.visits", _VISITS)
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("供讨论事项", "Heading 1")
    _table(document, "表{{ themes|length + 1 }}　供讨论事项", "d in discussions", _DISCUSSIONS)
    document.add_paragraph("{%p if values %}")
    document.add_paragraph("数值", "Heading 1")
    _table(document, "表{{ themes|length + 2 }}　数值", "v in values", _VALUES)
    document.add_paragraph("{%p endif %}")
    document.save(str(out))


_OPENING = (
    ("Title", "{{ title }}"),
    ("Byline", "{{ speaker }}　{{ date }}"),
    ("Body Text", "进展要点"),
    ("Body Text", "{%p for c in highlights %}"),
    ("List Bullet", "{{ c.title }}（{{ c.status }}）。"),
    ("Body Text", "{%p endfor %}"),
    ("Heading 1", "概况"),
    ("Body Text", "投入之比见图1，占比见图2，大事见图3。"),
)
_THEME = (
    ("Heading 1", "进展"),
    ("Body Text", "{%p for theme in themes %}"),
    ("Heading 2", "{{ theme.title }}"),
    ("Body Text", "{%p for m in theme.meetings %}"),
    ("Heading 3", "{{ m.title }}"),
    (
        "Body Text",
        "{{ m.date }}，{{ m.place }}，{{ m.status }}。主办单位：{{ m.host }}；参加单位：{{ m.participants }}。",
    ),
    ("Body Text", "{{ m.note }}"),
    ("Body Text", "{%p endfor %}"),
    ("Body Text", "{%p for c in theme.contributions %}"),
    ("List Bullet", "{{ c.title }}（{{ c.status }}，{{ c.date }}）：{{ c.note }}"),
    ("Body Text", "{%p endfor %}"),
)
_VISITS = (
    ("日期", "{{ v.date }}"),
    ("事项", "{{ v.title }}"),
    ("接待单位", "{{ v.hosts }}"),
    ("目的", "{{ v.purpose }}"),
)
_DISCUSSIONS = (
    ("序号", "{{ d.number }}"),
    ("事项", "{{ d.topic }}"),
    ("请讨论", "{{ d.ask }}"),
    ("期限", "{{ d.due }}"),
)
_VALUES = (
    ("序号", "{{ v.n }}"),
    ("指标", "{{ v.title }}"),
    ("数值", "{{ v.quantity }}"),
    ("单位", "{{ v.unit }}"),
    ("日期", "{{ v.date }}"),
)


def _table(document: Document, caption: str, loop: str, columns: Sequence[tuple[str, str]]) -> None:
    document.add_paragraph(caption, "Table Caption")
    table = document.add_table(4, len(columns), "Report Table")
    table.rows[1].cells[0].text = f"{{%tr for {loop} %}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for n, (head, tag) in enumerate(columns):
        table.rows[0].cells[n].text = head
        table.rows[2].cells[n].text = tag


if __name__ == "__main__":
    write(*map(Path, sys.argv[1:3]))
