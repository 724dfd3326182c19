"""Templates over a few records, rendered as the pipeline does, for the tests of what templates may say."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

from reports.diagnostics.problems import Problem, ReportError, errors
from reports.document.manuscript import INSERT, Manuscript
from reports.document.nodes import Document, Fact, Inline, Table, plain, walk_inlines
from reports.model.records import Dataset, Node
from reports.model.report_definitions import Job, plan
from reports.records.text.loader import parse as read_yaml
from reports.records.validation import read_reports, validate
from reports.templating.render import merge

RECORDS = """\
organisations:
  - id: cern
    name: {zh: 欧洲核子研究中心, en: European Organization for Nuclear Research, acronym: CERN}
    type: intergovernmental
    source: [{doc: slides}]
  - id: ihep
    name: {zh: 高能物理研究所, en: Institute of High Energy Physics, acronym: IHEP}
    type: institute
    source: [{doc: slides}]

series:
  - id: yearly
    title: {zh: 年度会议, en: Yearly meeting}
    source: [{doc: slides}]

meetings:
  - id: first
    title: {zh: 第一次会议, en: First meeting}
    series: yearly
    date: 2019-10
    place: CERN
    host: cern
    participants: [cern, ihep]
    status: held
    source: [{doc: slides, at: {zh: 第3页, en: page 3}}]
  - id: second
    title:
      zh: 第二次会议
      en: Second meeting
    series: yearly
    date: after 2023-07
    status: planned
    source: [{doc: slides}]
  - id: undated
    title: {zh: 某次会议, en: Some meeting}
    date: unknown
    status: suspended
    source: [{doc: slides}]

events:
  - id: fair
    title: {zh: 招聘会, en: Job fair}
    type: job fair
    date: 2022-11-05
    attendance: 110余
    source: [{doc: slides}]

metrics:
  - id: share
    title: {zh: 投入比例, en: Investment}
    ratio: about 3:7
    parts: [{zh: 国际, en: abroad}, {zh: 国内, en: at home}]
    source: [{doc: slides}]

people:
  - id: director
    name: {zh: 王一, en: Wang Yi}
    posts: [{title: {zh: 所长, en: Director}, organisation: ihep}]
    source: [{doc: slides}]

discussions:
  - id: budget
    number: 1
    topic: {zh: 经费, en: Budget}
    ask: {zh: 是否增加, en: Raise it}
    raised: 2023-06-08
    context: [first]
    source: [{doc: slides}]

figures:
  - id: photo
    caption: {zh: 照片, en: A photo}
    file: photos/day one (1).jpg
    source: [{doc: slides}]
  - id: kept-place
    caption: {zh: 待补, en: To come}
    source: [{doc: slides}]

sources:
  - id: slides
    title: {zh: 幻灯片, en: Slides}
    genre: slides

budgets:
  - {id: whole, title: Budget, money: USD 125 million, basis: a year, years: 2, source: [{doc: slides}]}
  - {id: part, title: Part, money: USD 75 million, basis: a year, years: 3, part_of: whole, source: [{doc: slides}]}
  - {id: third, title: Part, money: EUR 1, basis: a year, part_of: whole, source: [{doc: slides}]}
"""

REPORTS = """\
reports:
  - id: briefing
    title: {zh: 进展汇报, en: Progress}
    template: t
    period: year
    editions:
      - {period: 2022, as_of: 2022-12-31}
      - {period: 2023, as_of: 2023-06-08}
"""


def records(text: str = RECORDS) -> Dataset:
    """The records of one data file, which must be right."""
    file, wrong = read_yaml(text, "data/p/all.yaml")
    dataset, invalid = validate([file])
    assert errors((*wrong, *invalid)) == ()
    return dataset


def definition(text: str = REPORTS) -> tuple[Job, Node]:
    """The newest edition of the only report, and the node that defines it."""
    file, _ = read_yaml(text, "data/reports.yaml")
    edited, wrong = read_reports([file])
    assert wrong == ()
    (report,) = edited.reports.values()
    return plan(report, None, date(2024, 1, 1)), edited.nodes[report.id]


class Desk:
    """A templates folder in which a test writes."""

    def __init__(self, folder: Path) -> None:
        self.templates = folder / "templates"
        self.write("t/report.en.md.j2", "")

    def write(self, name: str, text: str | bytes) -> Path:
        path = self.templates / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def merge(self, template: str | bytes, lang: str = "en", data: Dataset | None = None) -> Manuscript:
        """Render *template* as the report of *lang*."""
        self.write(f"t/report.{lang}.md.j2", template)
        return merge(data or records(), *definition(), lang, self.templates)

    def read(self, template: str | bytes, lang: str = "en", data: Dataset | None = None) -> str:
        """What a reader sees: the Markdown with the values in it."""
        manuscript = self.merge(template, lang, data)
        return INSERT.sub(lambda found: _letters(manuscript.inserts[int(found[1])]), manuscript.text)

    def facts(self, template: str, lang: str = "en") -> list[str]:
        """Every value that was printed, as `record.field file:line:column 'as written' → as shown`."""
        manuscript = self.merge(template, lang)
        printed = [int(index) for index in INSERT.findall(manuscript.text)]
        return [told(manuscript, fact) for i in printed for fact in _facts_in(manuscript.inserts[i])]

    def problem(self, template: str | bytes, lang: str = "en") -> Problem:
        """The one problem *template* gives."""
        try:
            text = self.merge(template, lang).text
        except ReportError as error:
            (problem,) = error.problems
            return problem
        raise AssertionError(f"nothing was wrong: {text!r}")


def told(manuscript: Manuscript | Document, fact: Fact) -> str:
    """A fact with where it comes from."""
    source = manuscript.sources[fact.source]
    return f"{source.record}.{source.field} {source.where} {source.value!r} → {plain(fact.content)}"


def _facts_in(insert: object) -> list[Fact]:
    if isinstance(insert, Table):
        cells = [cell.content for row in (*insert.header, *insert.rows) for cell in row]
        return [i for content in cells for i in walk_inlines(content) if isinstance(i, Fact)]
    return [insert] if isinstance(insert, Fact) else []


def _letters(insert: object) -> str:
    if isinstance(insert, Table):
        rows = (*insert.header, *insert.rows)
        return "\n".join(" | ".join(plain(cell.content) for cell in row) for row in rows)
    return plain((cast("Inline", insert),)) or repr(insert)
