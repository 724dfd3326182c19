"""Templates over records: every value keeps its place, every mistake its line, and nothing else gets out."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from reports.diagnostics.problems import ReportError, Where, format_problem
from reports.document.markdown.parser import parse
from reports.document.nodes import Fact, inlines_of, plain, walk_blocks, walk_inlines
from reports.model.dates import parse_date
from reports.records.text.loader import parse as read_yaml
from reports.templating import environment
from reports.templating.render import merge
from tests.support.templates import RECORDS, Desk, definition, records


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# --- every printed value keeps its place ----------------------------------------------------------------------

DATE = "first.date data/p/all.yaml:20:11 '2019-10' → October 2019"
SECOND = "second.date data/p/all.yaml:31:11 'after 2023-07' → after July 2023"
CERN = "European Organization for Nuclear Research"
BRIEF = "first.host data/p/all.yaml:22:11 'cern' → CERN"
HOST = f"first.host data/p/all.yaml:22:11 'cern' → {CERN}"
MACRO = "{% macro m(x) %}<{{ x }}>{% endmacro %}"

PLACES = {
    '{{ record("first").date }}': [DATE],
    '{{ record("first")["date"] }}': [DATE],
    '{{ record("first").day }}': [DATE],
    '{{ "on " ~ record("first").date ~ "." }}': [DATE],
    '{{ "on " + record("first").date }}': [DATE],
    '{{ [record("first").date] }}': [DATE],
    '{{ [record("first").date] | join }}': [DATE],
    '{{ (record("first").date, record("second").date) | join(" / ") }}': [DATE, SECOND],
    '{{ meetings(series="yearly") | each("date") | join }}': [DATE, SECOND],
    '{{ meetings(series="yearly") | in_time | each("date") }}': [DATE, SECOND],
    '{{ record("first").date | short }}': [DATE.replace("October", "Oct")],
    '{{ record("first").date | text }}': [DATE],
    '{{ "" ~ (record("first").date | text) }}': [DATE],
    '{% set d = record("first").date %}{{ d }}': [DATE],
    '{% set d %}({{ record("first").date }}){% endset %}{{ d }}': [DATE],
    f'{MACRO}{{{{ m(record("first").date) }}}}': [DATE],
    '{% macro m() %}<{{ caller() }}>{% endmacro %}{% call m() %}{{ record("first").date }}{% endcall %}': [
        DATE
    ],
    '{% for m in meetings(status="held") %}\n- {{ m.date }}\n{% endfor %}': [DATE],
    '{{ record("first").host }}': [HOST],
    '{{ record("first").host | name }}': [f"{HOST} (CERN)"],
    '{{ record("first").host | brief }}': [BRIEF],
    '{{ record("first").host | shown("●") }}': [BRIEF.replace("CERN", "●")],
    '{{ record("first").date | shown(say("planned")) }}': [DATE.replace("October 2019", "planned")],
    '{{ record("first").date | capital | small }}': [DATE.replace("O", "o")],
    '{{ record("first").host | brief | small }}': [BRIEF],
    '{{ [[record("first").date], [record("second").date]] | flat }}': [DATE, SECOND],
    '{% for same in meetings(series="yearly") | grouped("series") %}{{ same | each("date") }}{% endfor %}': [
        DATE,
        SECOND,
    ],
    '{{ record("first").host.name }}': [
        f"cern.name.en data/p/all.yaml:3:30 'European Organization for Nuclear Research' → {CERN}"
    ],
    '{{ record("first").host.name.acronym }}': ["cern.name.acronym data/p/all.yaml:3:83 'CERN' → CERN"],
    '{{ record("first").participants | brief | join }}': [
        "first.participants.0 data/p/all.yaml:23:20 'cern' → CERN",
        "first.participants.1 data/p/all.yaml:23:26 'ihep' → IHEP",
    ],
    '{{ record("first").participants }}': [
        "first.participants.0 data/p/all.yaml:23:20 'cern' → European Organization for Nuclear Research",
        "first.participants.1 data/p/all.yaml:23:26 'ihep' → Institute of High Energy Physics",
    ],
    '{{ record("second").title }}': [
        "second.title.en data/p/all.yaml:29:11 'Second meeting' → Second meeting"
    ],
    '{{ record("second").label }}': [
        "second.title.en data/p/all.yaml:29:11 'Second meeting' → Second meeting"
    ],
    '{{ record("second") }}': ["second.title.en data/p/all.yaml:29:11 'Second meeting' → Second meeting"],
    '{{ record("second").title.zh }}': ["second.title.zh data/p/all.yaml:28:11 '第二次会议' → 第二次会议"],
    '{{ record("share").value }}': ["share.ratio data/p/all.yaml:51:12 'about 3:7' → about 3:7"],
    '{{ record("share").ratio.a }}': ["share.ratio.a data/p/all.yaml:51:12 'about 3:7' → 3"],
    '{{ record("first").date.precision }}': ["first.date.precision data/p/all.yaml:20:11 '2019-10' → month"],
    '{{ record("first").date.year }}': ["first.date.year data/p/all.yaml:20:11 '2019-10' → 2019"],
    '{{ record("fair").attendance }}': ["fair.attendance data/p/all.yaml:45:17 '110余' → more than 110"],
    '{{ record("director").posts[0].title }}': [
        "director.posts.0.title.en data/p/all.yaml:58:34 'Director' → Director"
    ],
    '{{ record("director").posts }}': [
        "director.posts.0.title.en data/p/all.yaml:58:34 'Director' → Director"
    ],
    '{{ record("budget").owner }}': ["budget.owner data/p/all.yaml:62:5 '' → not assigned"],
    '{{ record("second").participants }}': ["second.participants data/p/all.yaml:26:5 '' → not stated"],
    "{{ report.title }}": ["briefing.title.en data/reports.yaml:3:27 'Progress' → Progress"],
    "{{ report }}": ["briefing.title.en data/reports.yaml:3:27 'Progress' → Progress"],
    "{{ as_of }}": ["briefing.editions.2023.as_of data/reports.yaml:8:31 '2023-06-08' → 8 June 2023"],
    "{{ period }}": ["briefing.editions.2023.period data/reports.yaml:8:18 '2023' → 2023"],
    '{{ table(meetings(status="held"), col("When", "date"), col("Where", "host")) }}': [
        DATE,
        BRIEF,
    ],
    '{{ table(meetings(status="held"), col("Who", "participants.name.acronym")) }}': [
        "cern.name.acronym data/p/all.yaml:3:83 'CERN' → CERN",
        "ihep.name.acronym data/p/all.yaml:7:72 'IHEP' → IHEP",
    ],
}


@pytest.mark.parametrize("template", PLACES)
def test_a_printed_value_is_led_back_to_its_line(desk: Desk, template: str) -> None:
    assert desk.facts(template) == PLACES[template]


def test_a_report_that_bears_the_id_of_a_record_is_told_apart(desk: Desk) -> None:
    job, node = definition("reports:\n  - {id: second, title: Progress, template: t, period: year}\n")
    desk.write("t/report.en.md.j2", '{{ report.title }}{{ record("second").title }}')

    sources = merge(records(), job, node, "en", desk.templates).sources

    assert [source.where.file for source in sources] == ["data/reports.yaml", "data/p/all.yaml"]
    assert [source.report for source in sources] == [True, False]


def test_without_an_edition_the_period_is_led_back_to_the_report(desk: Desk) -> None:
    job, node = definition("reports:\n  - {id: yearly, title: Progress, template: t, period: year}\n")
    desk.write("t/report.en.md.j2", "{{ period }} {{ as_of }}")

    manuscript = merge(records(), job, node, "en", desk.templates)

    assert [str(source.where) for source in manuscript.sources] == ["data/reports.yaml:2:5"]


def test_facts_come_out_of_parse_inside_list_items_cells_and_emphasis(desk: Desk) -> None:
    manuscript = desk.merge(
        '- {{ record("first").date }}\n\n**{{ record("first").title }}**\n\n| a |\n|---|\n| {{ record("first").host }} |\n'
    )
    document = parse(manuscript)

    inlines = [
        i for block in walk_blocks(document.blocks) for run in inlines_of(block) for i in walk_inlines(run)
    ]
    found = {document.sources[fact.source].field for fact in inlines if isinstance(fact, Fact)}

    assert found == {"date", "title.en", "host"}


# --- what is left open, lists, comparing --------------------------------------------------------------------

READS = {
    '{{ record("second").place }}': ("not stated", "未载明"),
    '{{ record("budget").owner }}': ("not assigned", "未指定"),
    '{{ record("budget").owner.name }}': ("not assigned", "未指定"),
    '{{ record("budget").owner.name.short.zh }}': ("not assigned", "未指定"),
    '{{ record("budget").due.precision }}': ("not set", "未定"),
    '{{ record("second").host.name.acronym }}': ("not stated", "未载明"),
    '{{ record("second").participants }}': ("not stated", "未载明"),
    '{{ record("second").participants | join("/") }}': ("not stated", "未载明"),
    "{{ [] }}": ("not stated", "未载明"),
    '{{ record("slides").day }}': ("not stated", "未载明"),
    '{{ record("first").tags }}': ("not stated", "未载明"),
    '{{ record("first").participants | brief }}': ("CERN and IHEP", "CERN和IHEP"),
    '{{ "by " ~ (record("first").participants | brief) }}': ("by CERN and IHEP", "by CERN和IHEP"),
    '{{ record("first").participants[:1] | brief }}': ("CERN", "CERN"),
    '{{ (meetings() + events()) | in_time | each("day") }}': (
        "October 2019, 5 November 2022, after July 2023 and date unknown",
        "2019年10月、2022年11月5日、2023年7月后、日期不详",
    ),
    '{{ meetings() | sort_by("date") | each("id") | join(",") }}': ("first,second,undated",) * 2,
    '{{ meetings() | sort_by("place") | each("id") | join(",") }}': ("first,second,undated",) * 2,
    '{{ organisations() | sort_by("name") | each("id") | join(",") }}': ("cern,ihep", "cern,ihep"),
    '{{ meetings() | reverse | each("id") | join(",") }}': ("undated,second,first",) * 2,
    '{{ meetings() | selectattr("series") | each("id") | join(",") }}': ("first,second",) * 2,
    '{{ meetings() | selectattr("status", "equalto", "held") | length }}': ("1", "1"),
    '{{ meetings() | rejectattr("status", "equalto", "held") | each("id") | join(",") }}': ("second,undated",)
    * 2,
    '{% if meetings() | selectattr("reason") %}some{% else %}none{% endif %}': ("none", "none"),
    "{{ (meetings() + meetings()) | unique | length }}": ("3", "3"),
    '{{ (meetings() | each("series") | unique) | length }}': ("2", "2"),
    '{% for row in meetings() | batch(2) %}[{{ row | each("id") | join(",") }}]{% endfor %}': (
        "[first,second][undated]",
        "[first,second][undated]",
    ),
    '{{ meetings(series=record("yearly")) | length }}': ("2", "2"),
    '{{ meetings(series="yearly") | length }}': ("2", "2"),
    "{{ meetings(series=series()) | length }}": ("2", "2"),
    "{{ meetings(host=none) | length }}": ("2", "2"),
    '{{ meetings(participants="ihep") | length }}': ("1", "1"),
    '{{ meetings(status=["held", "planned"]) | length }}': ("2", "2"),
    '{{ meetings(status=record("first").status) | length }}': ("1", "1"),
    '{{ meetings(place="CERN") | length }}': ("1", "1"),
    '{{ meetings(title="第一次会议") | length }}': ("1", "1"),
    '{{ meetings(date="2019-10") | length }}': ("1", "1"),
    '{% if record("first").status == "held" %}yes{% endif %}': ("yes", "yes"),
    '{% if record("first").status != "held" %}yes{% endif %}': ("", ""),
    '{% if record("first").place == "CERN" %}yes{% endif %}': ("yes", "yes"),
    '{% if "CERN" in record("first").place %}yes{% endif %}': ("yes", "yes"),
    '{% if record("first").host == "cern" %}yes{% endif %}': ("yes", "yes"),
    '{% if record("first").host == record("first").participants[0] %}yes{% endif %}': ("yes", "yes"),
    '{% if record("first").date < "2020" and record("first").date < as_of %}yes{% endif %}': ("yes", "yes"),
    '{% if record("first").date < record("undated").date %}unknown last{% endif %}': ("unknown last",) * 2,
    '{% if record("fair").attendance > 100 %}many{% endif %}': ("many", "many"),
    '{% if record("fair").attendance == 110 %}exact{% else %}bounded{% endif %}': ("bounded", "bounded"),
    '{% if record("second").place %}yes{% else %}open{% endif %}': ("open", "open"),
    '{% if record("second").participants %}yes{% else %}open{% endif %}': ("open", "open"),
    '{% if record("second").date.span %}yes{% else %}no{% endif %}': ("no", "no"),
    "{% set n = 1 %}{% for m in meetings() %}{% set n = n + 1 %}{% endfor %}{{ n }}": ("1", "1"),
    '{{ "yes" if record("first") }}{{ "no" if not record("first") }}': ("yes", "yes"),
    '{{ record("first").host | name }}, {{ record("first").host | name }}': (
        "European Organization for Nuclear Research (CERN), CERN",
        "欧洲核子研究中心（CERN）, CERN",
    ),
    '{{ meetings() | grouped("participants") | length }}': ("2", "2"),
    '{{ budgets() | total("years") }}': ("5 (computed)", "5（计算得出）"),
    '{{ budgets() | total("years", "a") }}': ("5 a (computed)", "5a（计算得出）"),
    '{{ record("part").money | share_of(record("whole").money) }}': ("60% (computed)", "60%（计算得出）"),
    '{{ record("whole").years | share_of(record("part").years) }}': (
        "about 66.7% (computed)",
        "约66.7%（计算得出）",
    ),
    "{{ refs() }}": ("not stated", "未载明"),
    "{{ [] | refs }}": ("not stated", "未载明"),
    '{{ record("kept-place") | picture }}': ("missing:", "missing:"),
    '{{ say("held") }} {{ lang }}': ("held en", "已举行 zh"),
    "{{ report.editions[0].period }}": ("2022", "2022年"),
    '{{ report.languages | join(",") }}': ("Chinese,English", "中文,英文"),
    '{{ {"a": 1}.get("a") }}{{ 7 // 2 }}{{ 2 ** 8 }}{{ 7 % 4 }}{{ 3 * 4 }}': ("13256312", "13256312"),
}


@pytest.mark.parametrize("template", READS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_template_reads(desk: Desk, template: str, lang: str) -> None:
    assert desk.read(template, lang) == READS[template][lang == "zh"]


RENAMED = RECORDS.replace(
    "acronym: IHEP}",
    "acronym: IHEP, former: [{zh: 原子能研究所, en: Institute of Atomic Energy, acronym: IAE, until: 2020}]}",
)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "en",
            (
                "Institute of Atomic Energy (IAE, now Institute of High Energy Physics), IAE; "
                "Institute of High Energy Physics (IHEP), IHEP; IAE"
            ),
        ),
        ("zh", "原子能研究所（IAE，今高能物理研究所）, IAE; 高能物理研究所（IHEP）, IHEP; IAE"),
    ],
)
def test_the_first_mention_of_a_former_name_says_the_present_one(desk: Desk, lang: str, said: str) -> None:
    template = (
        '{% set then = record("first").participants[1] %}{% set now = record("ihep") %}'
        "{{ then | name }}, {{ then | name }}; {{ now | name }}, {{ now | name }}; {{ then | brief }}"
    )
    assert desk.read(template, lang, records(RENAMED)) == said


def test_tables_and_charts_know_the_names_of_the_time(desk: Desk) -> None:
    table = '{{ table(meetings(status="held"), col("Who", "participants")) }}'

    assert "CERN and IAE" in desk.read(table, "en", records(RENAMED))
    (request,) = desk.merge('![]({{ chart("timeline", meetings()) }})').charts
    assert request.day == parse_date("2023-06-08")


def test_the_address_of_a_picture_is_read_as_it_is(desk: Desk) -> None:
    document = parse(desk.merge('![x]({{ record("photo") | picture }}){#fig-a}'))

    (figure,) = document.blocks
    assert figure.pictures[0].source == "media:photos/day one (1).jpg"  # type: ignore[union-attr]


def test_a_chart_gets_plain_letters_and_records(desk: Desk) -> None:
    template = """\
{% set title %}Held
{{ record("first").date }}{% endset %}
{{ chart("timeline", meetings(status="held"), title=title, unit=record("first").place, width_cm=12) }}"""
    (request,) = desk.merge(template).charts

    assert dict(request.options) == {"title": "Held\nOctober 2019", "unit": "CERN"}
    assert [record.id for record in request.records] == ["first"]
    assert request.width_cm == 12


# --- mistakes -----------------------------------------------------------------------------------------------

#: Template, then `line:column code: message`.
MISTAKES = {
    "a\n{% if %}": "2:7 template/ends-early: the tag ends before it is complete",
    "{{ 1 + }}": "1:8 template/ends-early: the tag ends before it is complete",
    "{{ as_of. }}": "1 template/ends-early: the tag ends before it is complete",
    "{% %}": "1 template/ends-early: the tag ends before it is complete",
    "{% fro m in meetings() %}": "1:4 template/unknown-tag: there is no tag 'fro'",
    "a\n{% endif %}": "2:4 template/stray-end: 'endif' ends nothing that was begun",
    "{% if 1 %}{% endfor %}{% endif %}": "1:14 template/stray-end: 'endfor' ends nothing that was begun",
    "{% for m of meetings() %}{% endfor %}": "1:10 template/wanted: 'of' stands where 'in' belongs",
    "{% if lang = 'en' %}{% endif %}": "1:12 template/compare: '=' does not compare",
    "{{ lang as_of }}": "1:9 template/unexpected: 'as_of' cannot stand here",
    "{% set x 5 %}": "1 template/unexpected-value: a text or number cannot stand here",
    "{% macro 5() %}{% endmacro %}": "1 template/unexpected-value: a text or number cannot stand here",
    "{{ 'abc }}": "1:4 template/quote: the quotation mark that begins here has no partner",
    "{{ as_of ? 1 }}": "1:10 template/sign: the sign '?' means nothing in a tag",
    "{{ (1, 2] }}": "1:9 template/bracket: ')' is missing before ']'",
    "{{ join(1, a=2, 3) }}": "1 template/order: a value without a name stands behind one with a name",
    "{% block a %}{% endblock %}{% block a %}{% endblock %}": "1 template/syntax: the template cannot be read: block 'a' defined twice",
    "a\n{% for x in [1] %}\nb": "2:1 template/unclosed: the block 'for' that begins here never ends",
    "{% for x in [1] %}\n{% if x %}{% endfor %}": "2:1 template/unclosed: the block 'if' that begins here never ends",
    "a\n  {% if 1 }\nb{{ 1 }}": "2:3 template/open-tag: the tag that begins here with '{%' does not end",
    "{{ 1 }": "1:1 template/open-tag: the tag that begins here with '{{' does not end",
    "a {{ meetings()｜length }}": "1:16 template/full-width: '｜' stands where '|' belongs",
    "｛｛ as_of }}": "1:1 template/full-width: '｛｛' stands where '{{' belongs",
    "a\n{% set x = （1) %}": "2:12 template/full-width: '（' stands where '(' belongs",
    "a\n\n{{ 1 | jion }}": "3:8 template/undefined: 'jion' is not known here",
    "{% if 1 | jion %}{% endif %}": "1:11 template/undefined: 'jion' is not known here",
    "{% if 1 is evn %}{% endif %}": "1:12 template/undefined: 'evn' is not known here",
    "a\n{{ reprot }}": "2:4 template/undefined: 'reprot' is not known here",
    "{% for x in meetigns %}{% endfor %}": "1:13 template/undefined: 'meetigns' is not known here",
    "{% if nothing %}{% endif %}": "1:7 template/undefined: 'nothing' is not known here",
    '{{ record("first").titel }}': "1:20 template/undefined: 'titel' is not known here",
    '{{ record("first").title.titel }}': "1:26 template/undefined: 'titel' is not known here",
    '{{ record("second").host.titel }}': "1:26 template/undefined: 'titel' is not known here",
    '{{ record("first").book }}': "1:20 template/undefined: 'book' is not known here",
    '{{ record("first").title.value }}': "1:26 template/undefined: 'value' is not known here",
    '{{ meetings(\n  status="held",\n  stauts="held") }}': "3:3 template/undefined: 'stauts' is not known here",
    '{{ meetings(status="hold") }}': "1:21 template/unknown-choice: no record can have 'hold' as its status",
    '{{ meetings(host="cren") }}': "1:19 template/undefined: 'cren' is not known here",
    '{{ meetings(date="October") }}': "1 value/date: 'October' is not a date",
    '{{ record("fist") }}': "1:12 template/undefined: 'fist' is not known here",
    "{{ record(1) }}": "1:11 template/undefined: '1' is not known here",
    '{% include "shared/none.j2" %}': "1:13 template/not-found: there is no template 'shared/none.j2'",
    "{{ [] | first }}": "1 template/failed: the template fails here: No first item, sequence was empty.",
    "{{ [1][1] }}": "1 template/no-item: this list has no item 2",
    "{{ meetings }}": "1 template/unprintable: 'meetings' has nothing to print",
    "{{ table }}": "1 template/unprintable: 'table' has nothing to print",
    "{{ none }}": "1 template/unprintable: 'NoneType' has nothing to print",
    "{{ true }}": "1 template/unprintable: 'bool' has nothing to print",
    "{{ self }}": "1 template/unprintable: 'TemplateReference' has nothing to print",
    '{{ record("first").source }}': "1 template/unprintable: 'source.0' has nothing to print",
    '{{ record("first").source[0] }}': "1 template/unprintable: 'source.0' has nothing to print",
    '{{ record("first") | each("title") }}': "1 template/not-a-list: 'each' needs a list of records or values",
    '{{ record("first").title | join }}': "1 template/not-a-list: 'join' needs a list of records or values",
    '{% for x in record("first") %}{% endfor %}': "1 template/not-a-list: 'for' needs a list of records or values",
    '{{ chart("timeline", record("first")) }}': "1 template/not-a-list: 'chart' needs a list of records or values",
    '{{ chart("timeline", ["first"]) }}': "1 template/not-a-list: 'chart' needs a list of records or values",
    '{{ chart("timeline", [], width_cm="wide") }}': "1 template/bad-argument: chart(): width_cm='wide'",
    "a\n{{ table(meetings()) }}": "2 template/bad-argument: table(): table(rows, col(…), …)",
    '{{ table(meetings(), "date") }}': "1 template/bad-argument: table(): table(rows, col(…), …)",
    '{{ table(record("first"), col("a", "date")) }}': "1 template/not-a-list: 'table' needs a list of records or values",
    'a\n{{ table(meetings(),\n  col("a", "dat")) }}': "3:13 template/undefined: 'dat' is not known here",
    '{{ table(meetings(), col("a", "host.nam")) }}': "1:37 template/undefined: 'nam' is not known here",
    '{{ table(meetings(), col("a", "source")) }}': "1 template/unprintable: 'source.0' has nothing to print",
    '{{ col("a", "date", align="middle") }}': "1 template/bad-argument: col(): align='middle': left, center, right",
    '{{ col("a", "date", width=-1) }}': "1 template/bad-argument: col(): width=-1",
    '{{ col("a", 3) }}': '1 template/bad-argument: col(): col(heading, "field")',
    '{{ events() | total("attendance") }}': "1 template/bad-argument: total(): more than 110",
    '{{ record("third").money | share_of(record("whole").money) }}': "1 template/bad-argument: share_of(): USD 125 million",
    '{{ record("third").years | share_of(record("whole").years) }}': "1 template/bad-argument: share_of(): not stated",
    "{{ meetings() | batch(0) }}": "1 template/bad-argument: batch(): 0",
    '{{ (record("first").date ~ "")[1:] }}': "1 template/broken-value: a value was cut or changed after it was printed",
    "a\ue000b": "1 template/reserved-character: the character U+E000–U+E004 is kept for the product's own use",
    '{{ "\\ue0000\\ue001" }}': "1 template/reserved-character: the character U+E000–U+E004 is kept for the product's own use",
    "{% macro m() %}\n{{ m() }}{% endmacro %}\n{{ m() }}": "2 template/endless: the template calls itself without end",
    '\n{% include "t/report.en.md.j2" %}': "2 template/endless: the template calls itself without end",
    "\n{{ 1 / 0 }}": "2 template/failed: the template fails here: division by zero",
}  # fmt: skip


@pytest.mark.parametrize("template", MISTAKES)
def test_a_mistake_is_told_with_its_line(desk: Desk, template: str) -> None:
    problem = desk.problem(template)

    place = ":".join(str(n) for n in (problem.where.line, problem.where.column) if n)
    assert problem.where.file == "templates/t/report.en.md.j2"
    assert f"{place} {problem.code}: {problem.message()}" == MISTAKES[template]
    assert problem.message("zh")
    assert not re.search(r"\{\w+\}", problem.hint() + problem.hint("zh"))


def test_a_mistake_in_full(desk: Desk) -> None:
    template = 'One\n{{ meetings(stauts="held") }}\n'
    problem = desk.problem(template)

    said = format_problem(problem, "en", lambda where: template.split("\n")[where.line - 1])

    assert said.startswith(
        "templates/t/report.en.md.j2:2:13: error[template/undefined]: 'stauts' is not known here\n"
        '    {{ meetings(stauts="held") }}\n'
        "                ^^^^^^\n"
        "    hint: Did you mean 'status'? Known: "
    )
    assert " status, tags, theme, title, updates." in said
    assert format_problem(problem, "zh").split("\n")[0] == (
        "templates/t/report.en.md.j2:2:13: error[template/undefined]: 此处没有“stauts”"
    )


def test_an_unknown_record_is_told_with_the_known_ones(desk: Desk) -> None:
    assert format_problem(desk.problem('{{ record("slide") }}')) == (
        "templates/t/report.en.md.j2:1:12: error[template/undefined]: 'slide' is not known here\n"
        "    hint: Did you mean 'slides'? Known: budget, cern, director, fair, first, ihep, kept-place, part, photo, second,"
        " share, slides, third, undated, whole, yearly."
    )


def test_of_many_known_names_the_nearest_are_told(desk: Desk) -> None:
    many = "themes:\n" + "".join(f"  - {{id: theme-{n}, title: T}}\n" for n in range(500))
    desk.write("t/report.en.md.j2", '{{ record("them-7") }}')
    job, node = definition()

    with pytest.raises(Exception, match="them-7") as caught:
        merge(records(many), job, node, "en", desk.templates)

    hint = caught.value.problems[0].hint()  # type: ignore[attr-defined]
    assert hint.startswith("Did you mean 'theme-7'?")
    assert len(hint) < 300


def test_a_mistake_in_a_partial_is_told_in_its_own_file_and_line(desk: Desk) -> None:
    desk.write("shared/list.md.j2", "\n\n{% macro line(m) %}\n- {{ m.titel }}\n{% endmacro %}\n")
    use = '{% from "shared/list.md.j2" import line %}\n{% for m in meetings() %}\n{{ line(m) }}\n{% endfor %}'

    assert str(desk.problem(use).where) == "templates/shared/list.md.j2:4:8"


def test_a_long_template_with_an_open_block_is_told_of_soon(desk: Desk) -> None:
    """Four thousand tags, each looked at once; prose with an apostrophe hides none of them."""
    began = time.process_time()
    problem = desk.problem("{% if 1 %}\nIt's {{ 1 }}.\n" + "{{ as_of }}\n" * 4000)
    assert str(problem.where) == "templates/t/report.en.md.j2:1:1"
    assert problem.code == "template/unclosed"
    assert desk.problem("It's " + "{{ as_of }}\n" * 4000 + "{{ 1， }}").code == "template/full-width"
    assert time.process_time() - began < 10


@pytest.mark.parametrize("tag", ["include", "import"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("\n{% if %}", "templates/shared/bad.md.j2:2:7 template/ends-early"),
        ("\n{{ x }}", "templates/shared/bad.md.j2:2:4 template/undefined"),
        ("a\n\ue000", "templates/shared/bad.md.j2:1 template/reserved-character"),
        ("汇报".encode("gb18030"), "templates/shared/bad.md.j2:1:1 template/encoding"),
    ],
)
def test_a_bad_partial_is_told_in_its_own_file(desk: Desk, tag: str, text: str | bytes, said: str) -> None:
    desk.write("shared/bad.md.j2", text)

    problem = desk.problem(f'\n\n{{% {tag} "shared/bad.md.j2" {"as bad" if tag == "import" else ""} %}}')

    assert f"{problem.where} {problem.code}" == said


def test_a_missing_template_is_told_with_those_there_are(desk: Desk) -> None:
    desk.write("t/report.fr.md.j2", "")
    (desk.templates / "t/report.en.md.j2").unlink()

    with pytest.raises(Exception, match="there is no template") as caught:
        merge(records(), *definition(), "en", desk.templates)

    assert format_problem(caught.value.problems[0]) == (  # type: ignore[attr-defined]
        "templates/t/report.en.md.j2: error[template/not-found]: there is no template 't/report.en.md.j2'\n"
        "    hint: Did you mean 't/report.fr.md.j2'? Known: t/report.fr.md.j2."
    )


@pytest.mark.parametrize("name", ["x" * 3000, "a\0b", "../../secret"])
def test_a_template_that_no_file_can_be_is_missing(desk: Desk, name: str) -> None:
    job, place = definition()
    job = replace(job, report=replace(job.report, template=name))

    with pytest.raises(ReportError) as caught:
        merge(records(), job, place, "en", desk.templates)

    assert [problem.code for problem in caught.value.problems] == ["template/not-found"]


# --- each Markdown line knows its template line -------------------------------------------------------------

#: Templates whose line `n` says `Ln`, so that each Markdown line names the template line it must be led to.
MAPPED = {
    "plain": "L1\nL2\n\nL4",
    "blocks": "{% set a = 1 %}\nL2\n{% if a %}\nL4\n{% else %}\nL6\n{% endif %}\nL8\n",
    "loop": "{% for m in meetings() %}\n- L2 {{ m.title }}\n  L3\n{% endfor %}\n\nL6\n",
    "loop in one line": "L1\n{% for m in meetings() %}L2 {% endfor %}\n\nL4\n",
    "indented blocks": "  {% if true %}\n  L2\n    {% for x in [1] %}\n      L4\n    {% endfor %}\n  {% endif %}\nL7\n",
    "whitespace control": "L1\n{% if true -%}\n\n  | L4\n{% endif %}\nL6 {{ 1 -}}\n\n",
    "multi-line expression": 'L1\n\n{{ [record("first").title,\n   record("first").date]\n   | join(", ") }} L5\n\nL7\n',
    "comments": "L1\n{## a\nb\nc ##}\nL5\n",
    "raw": "L1\n{% raw %}\n{{ L3 }}\n{% endraw %}\nL5\n",
    "macro": "{% macro m(x) %}\nL2 {{ x }}\nL3\n{% endmacro %}\n\nL6\n{{ m(1) }}\nL8\n",
    "set block": "{% set a %}\nL2\nL3\n{% endset %}\nL5\n{{ a }}\nL7\n",
    "table": 'L1\n\n{{ table(meetings(), col("A", "title")) }}\n\nL5\n',
    "lines of a string": '{{ "L1\\nL1" }}\nL2\n',
    "break and continue": "{% for x in [1, 2, 3] %}\n{% if x == 2 %}{% break %}{% endif %}\nL3\n{% endfor %}\nL5\n",
}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("template", MAPPED.values(), ids=MAPPED)
def test_a_markdown_line_is_led_to_its_template_line(desk: Desk, template: str, end: str) -> None:
    manuscript = desk.merge(template.replace("\n", end))

    lines = manuscript.text.split("\n")
    named = {(n, line) for n, text in enumerate(lines) for line in _named(text)}
    assert named
    for n, line in named:
        assert manuscript.where(n) == Where("templates/t/report.en.md.j2", line)
    assert len(manuscript.lines) == len(lines)


def _named(text: str) -> set[int]:
    return {int(word[1:]) for word in text.split() if word[0] == "L" and word[1:].isdigit()}


def test_a_line_out_of_a_partial_is_led_to_the_partial(desk: Desk) -> None:
    desk.write("shared/a.md.j2", "{% macro m() %}\nin a macro\n{% endmacro %}\n\nfive\n")
    template = (
        'one\n{% include "shared/a.md.j2" %}\nthree\n{% from "shared/a.md.j2" import m %}\n{{ m() }}\nsix\n'
    )
    manuscript = desk.merge(template)

    found = {text: str(manuscript.where(n)) for n, text in enumerate(manuscript.text.split("\n")) if text}
    assert found == {
        "one": "templates/t/report.en.md.j2:1",
        "five": "templates/shared/a.md.j2:5",
        "three": "templates/t/report.en.md.j2:3",
        "in a macro": "templates/shared/a.md.j2:2",
        "six": "templates/t/report.en.md.j2:6",
    }


def test_a_byte_order_mark_is_no_part_of_the_text(desk: Desk) -> None:
    assert desk.read(b"\xef\xbb\xbf---\ntitle: T\n---\n") == "---\ntitle: T\n---\n"


# --- what a template may not do -----------------------------------------------------------------------------

DOUBLED = "{% set a = a ~ a %}" * 60

ATTACKS = {
    "a class": '{{ "".__class__.__mro__ }}',
    "a class by subscript": '{{ ""["__class__"] }}',
    "a function's globals": "{{ meetings.__globals__ }}",
    "a filter's globals": '{{ (meetings() | each)["__globals__"] }}',
    "the context behind self": "{{ self._TemplateReference__context }}",
    "an iterator behind loop": "{% for x in [1] %}{{ loop._iterator }}{% endfor %}",
    "the function behind a macro": "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "the module behind an import": '{% import "t/other.j2" as m %}{{ m.__dict__ }}',
    "cycler": "{{ cycler.__init__.__globals__.os }}",
    "joiner": "{{ joiner.__init__.__globals__.os }}",
    "namespace": "{{ namespace.__init__.__globals__.os }}",
    "lipsum": "{{ lipsum.__globals__ }}",
    "the book behind a view": '{{ record("first").book.dataset }}',
    "the model behind a view": '{{ record("first").data.model_dump() }}',
    "the leaf behind letters": '{{ (record("first").title | text).value.book }}',
    "attr": '{{ meetings | attr("__globals__") }}',
    "map": '{{ [""] | map(attribute="__class__") }}',
    "selectattr": '{{ [""] | selectattr("__class__.__mro__") | list }}',
    "unique by attribute": '{{ ["", "a"] | unique(attribute="__class__.__mro__") }}',
    "format": '{{ "{0.__class__}".format(1) }}',
    "format with a width": '{{ "{:999999999}".format(1) }}',
    "format_map": '{{ "{a:999999999}".format_map({"a": 1}) }}',
    "format by way of a list": '{{ ["{:999999999}".format][0](1) }}',
    "per cent": '{{ "%0999999999d" % 1 }}',
    "a text times a number": '{{ "x" * 10 ** 9 }}',
    "a list times a number": "{{ [0] * 10 ** 9 }}",
    "padding": '{{ "x".ljust(10 ** 9) }}',
    "bytes of a number": "{{ (1).to_bytes(10 ** 9) }}",
    "a tower of powers": "{{ 9 ** 9 ** 9 }}",
    "a long range": "{% for i in range(10 ** 9) %}{% endfor %}",
    "a long list": "{{ range(10 ** 9) | list }}",
    "rows of a batch": '{{ [1] | batch(10 ** 9, "x") }}',
    "loops in loops, in silence": "{% for i in range(9999) %}{% for j in range(9999) %}{% endfor %}{% endfor %}",
    "loops in loops, with letters": "{% for i in range(9999) %}{% for j in range(9999) %}" + "x" * 99 + "{% endfor %}{% endfor %}",
    "loops in loops, with values": '{% set d = record("first").date %}{% for i in range(9999) %}{% for j in range(9999) %}{{ d }}{% endfor %}{% endfor %}',
    "loops in a macro": "{% macro m() %}{% for i in range(9999) %}" + "x" * 9999 + "{% endfor %}{% endmacro %}{{ m() | length }}",
    "a text doubled": '{% set a = "xxxxxxxx" %}' + DOUBLED,
    "a text doubled by +": '{% set a = "xxxxxxxx" %}' + DOUBLED.replace("~", "+"),
    "a list doubled": "{% set a = [1, 2, 3, 4] %}" + DOUBLED.replace("~", "+"),
    "a block doubled": "{% set a = 'xxxxxxxx' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60,
    "an argument doubled": "{% macro m(a) %}{{ m(a ~ a) }}{% endmacro %}{{ m('xxxxxxxx') }}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "a macro that calls itself twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "an include of itself": '{% include "t/report.en.md.j2" %}',
    "an include of itself twice": "{% set n = (n or 60) - 1 %}" + '{% include "t/report.en.md.j2" %}' * 2,
    "recursive loops": "{% for x in range(999) recursive %}{{ loop(range(999)) }}{% endfor %}",
    "a file above": '{% include "../secret" %}',
    "a file above, around": '{% include "t/../../secret" %}',
    "an absolute file": '{% include "/etc/passwd" %}',
    "a file on a drive": '{% include "C:\\\\secret" %}',
    "a link out": '{% include "t/link.j2" %}',
    "a link out, imported": '{% import "t/link.j2" as m %}',
    "a link out, extended": '{% extends "t/link.j2" %}',
    "a folder that leads out": '{% include "away/secret" %}',
    "a list changed": '{% do record("first").participants.append(1) %}',
    "a list emptied": "{% do meetings().clear() %}",
    "a mapping changed": '{% do {"a": 1}.update({"b": 2}) %}',
    "a field set": '{% set record("first").title = 1 %}',
    "a token forged": '{{ "\\ue0000\\ue001" }}',
    "a token put together": '{% set t = report.title ~ "" %}{{ t[:1] ~ "7" ~ t[2:] }}',
    "a huge token": '{% set t = report.title ~ "" %}{{ t[:1] }}' + "9" * 5000 + "{{ t[2:] }}",
    "debug": "{% debug %}",
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.posix
def test_an_attack_ends_in_a_sentence_soon(desk: Desk, tmp_path: Path, attack: str) -> None:
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    desk.write("t/other.j2", "{% macro m() %}{% endmacro %}")
    (desk.templates / "t/link.j2").symlink_to(tmp_path / "secret")
    (desk.templates / "away").symlink_to(tmp_path)
    started = time.process_time()

    problem = desk.problem(attack)

    assert problem.code.startswith("template/")
    assert problem.where.file.startswith("templates/t/")
    assert "secret" not in problem.message() or "../secret" in attack or "away" in attack or ":" in attack
    assert time.process_time() - started < 10


@pytest.mark.posix
def test_attacks_do_not_fill_the_memory(tmp_path: Path) -> None:
    program = """\
import resource, sys
from pathlib import Path
from tests.support.templates import Desk
from tests.templating.test_render import ATTACKS
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
for name, attack in ATTACKS.items():
    if "link" not in name and "leads out" not in name and "letters" not in name:
        Desk(Path(sys.argv[1])).problem(attack) if "import" not in name else None
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
    root = Path(__file__).parent.parent.parent
    ran = subprocess.run(
        [sys.executable, "-c", program, tmp_path],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    assert int(ran.stdout) < 500


def test_a_large_honest_report_stays_within_the_bounds(desk: Desk) -> None:
    many = "themes:\n" + "".join(f"  - {{id: theme-{n}, title: Theme {n}}}\n" for n in range(5000))
    template = "{% macro line(t) %}- {{ t.title }}: {{ t.id }} {{ t.owner }}{% endmacro %}"
    template += "{% for t in themes() %}\n{{ line(t) }}\n\n" + "word " * 100 + "\n{% endfor %}"

    text = desk.merge(template, data=records(many)).text

    assert len(text) * 6 < environment.MAX_CHARACTERS
    assert environment.MAX_STEPS > 5000 * 6 * 10


# --- data is text, never template or markup -----------------------------------------------------------------

NASTY = ["{{ 7*7 }}", "{% raw %}", "{## x ##}", "**x**", "_x_", "<script>alert(1)</script>", "| a |", "# h", "@fig-x",
         "[^1]", "^[note]", "![a](b)", "[a](http://b)", "::: note", ": caption {#tbl-x}", "{#fig-a}", "```", "- a", "1. a",
         "> a", "---", "&amp;", "\\*", "$x$", "\\newpage", "%s", "{0}", "\u200b", "\u202e", "a  b", "<!-- -->", "~~x~~"]  # fmt: skip

letters = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from([*NASTY, " ", "字", "a", "\n"]), min_size=1, max_size=4).map("".join),
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co", "Zl", "Zp")),
        min_size=1,
        max_size=30,
    ),
).filter(lambda text: text.strip() == text and text != "")

EVERYWHERE = """\
---
title: {{ record("nasty").title }}
---

# {{ record("nasty").title }} {#sec-a}

{{ record("nasty").title }}

a{{ record("nasty").title }}b **{{ record("nasty").title }}**^[{{ record("nasty").title }}]

- {{ record("nasty").title }}

> {{ record("nasty").title }}

| {{ record("nasty").title }} |
|---|
| {{ record("nasty").title }} |

: {{ record("nasty").title }} {#tbl-a}

{{ table(meetings(), col(record("nasty").title, "title"), col("b", "place")) }}

![{{ record("nasty").title }}](missing:){#fig-a}

{{ record("nasty").title | text }} {{ record("nasty") | name }} {{ record("nasty").place | brief }}
"""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=letters)
def test_whatever_the_data_says_is_read_literally_everywhere(desk: Desk, text: str) -> None:
    both = f"{{zh: {_quoted(text)}, en: {_quoted(text)}}}"
    data = records(
        f"sources:\n  - {{id: slides, title: Slides, genre: slides}}\nmeetings:\n  - id: nasty\n    title: {both}\n"
        f"    place: {both}\n    date: 2019\n    status: held\n    source: [{{doc: slides}}]\n"
    )
    manuscript = desk.merge(EVERYWHERE, data=data)

    document = parse(manuscript)

    assert {plain(f.content) for f in _all_facts(document)} == {text}
    assert len(_all_facts(document)) == 18
    assert plain(document.title("title")) == text
    assert [type(block).__name__ for block in document.blocks] == SHAPE


SHAPE = ["Heading", "Paragraph", "Paragraph", "Listing", "Box", "Table", "Table", "FigureBlock", "Paragraph"]


def _all_facts(document: object) -> list[Fact]:
    if isinstance(document, Fact):
        return [document]
    if isinstance(document, tuple):
        return [fact for one in document for fact in _all_facts(one)]
    if isinstance(document, Struct):
        return [fact for name in document.__struct_fields__ for fact in _all_facts(getattr(document, name))]
    return []


@pytest.mark.parametrize("code", range(0xE000, 0xE005))
def test_the_products_own_letters_are_refused_in_data(code: int) -> None:
    _, wrong = read_yaml(
        f'sources:\n  - {{id: slides, title: "a{chr(code)}0b", genre: slides}}\n', "data/a.yaml"
    )

    assert [problem.code for problem in wrong] == ["template/reserved-character"]
