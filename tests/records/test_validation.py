"""Validation: records by kind with their places, links, and what stays quiet.

Data that is wrong is in cases/data, see test_bad_data; each test here reads the YAML of its docstring.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date

import pytest

from reports.diagnostics.problems import Problem, Where, format_problem, in_order
from reports.model.kinds import KINDS
from reports.model.kinds.activities import Meeting
from reports.model.kinds.actors import Person
from reports.model.records import Dataset, fields
from reports.model.values import BilingualText
from reports.records.checks import CHECKS, CHECKS_OF_ALL, overdue
from reports.records.text.loader import parse
from reports.records.text.source_file import SourceFile
from reports.records.validation import read_reports, validate

WORLD = """\
sources:
  - {id: slides, title: Slides, genre: slides}
organisations:
  - {id: academy, name: {zh: 科学院, en: Academy}, type: academy, source: [{doc: slides}]}
"""


def file(text: str, label: str = "data/ccicc/a.yaml") -> SourceFile:
    found, problems = parse(inspect.cleandoc(text) + "\n", label)
    assert problems == ()
    return found


def read(test: Callable[..., object]) -> tuple[Dataset, list[str]]:
    """The dataset of a test's docstring beside WORLD, and place, code and message of each problem."""
    dataset, problems = validate([file(WORLD, "data/world.yaml"), file(test.__doc__ or "")])
    return dataset, told(problems)


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{p.where.line}:{p.where.column} {p.code}: {p.message()}" for p in in_order(problems)]


# --- records ------------------------------------------------------------------------------------------------


def test_a_record_is_read_by_its_kind() -> None:
    """
    meetings:
      - id: meeting
        title: {zh: 年度会议, en: Annual meeting}
        date: 2019-10
        place: CERN
        host: academy
        participants: [academy]
        status: held
        source: [{doc: slides, at: {zh: 第3页, en: p. 3}}]
    """
    dataset, problems = read(test_a_record_is_read_by_its_kind)
    assert problems == []
    (meeting,) = dataset.all("meetings")
    assert isinstance(meeting, Meeting)
    assert meeting.title == BilingualText("年度会议", "Annual meeting")
    assert str(meeting.date.end) == "2019-10-31"
    assert (meeting.host, meeting.participants, meeting.series) == ("academy", ("academy",), None)


def test_a_record_keeps_its_place_and_its_programme() -> None:
    """
    people:
      - id: director
        name: {zh: 所长, en: Director}
        source: [{doc: slides}]
    """
    dataset, _ = read(test_a_record_keeps_its_place_and_its_programme)
    assert dataset.programmes == {"slides": "", "academy": "", "director": "ccicc"}
    assert dataset.nodes["director"].at("name", "en").where == Where("data/ccicc/a.yaml", 3, 24, 32)
    assert dataset.nodes["director"].at("name", "en").text == "Director"


def test_records_come_in_the_order_of_the_files() -> None:
    one = file("people:\n- {id: z, name: {zh: 甲, en: Z}, source: [{doc: slides}]}", "data/a.yaml")
    two = file("people:\n- {id: a, name: {zh: 乙, en: A}, source: [{doc: slides}]}", "data/b.yaml")
    dataset, problems = validate([file(WORLD), one, two])
    assert ([record.id for record in dataset.all("people")], problems) == (["z", "a"], ())


def test_an_empty_field_is_as_good_as_none() -> None:
    """
    organisations:
      - id: institute
        name: {zh: 研究所, en: Institute, acronym: , zh-Hant: ~}
        type: institute
        country:
        parent: null
        source:
          - doc: slides
            at:
        tags: []
    """
    dataset, problems = read(test_an_empty_field_is_as_good_as_none)
    assert problems == []
    assert dataset.records["institute"].source[0].at is None


def test_empty_files_and_kinds_are_right() -> None:
    dataset, problems = validate([file(""), file("people:\nvisits: []"), file("# nothing yet")])
    assert (dict(dataset.records), problems) == ({}, ())


# --- what is said of a wrong one ----------------------------------------------------------------------------


def test_all_that_is_wrong_is_said_at_once() -> None:
    """
    meetings:
      - id: Meeting_1
        titel: {zh: 会议, en: Meeting}
        date: 2023-02-30
        status: hold
        participants: academy
        source: [{doc: slides}]
    """
    assert read(test_all_that_is_wrong_is_said_at_once)[1] == [
        "2:9 data/bad-id: 'Meeting_1' is no good as an id",
        "3:5 data/unknown-field: there is no field 'titel' here",
        "4:11 value/impossible-date: there is no day 2023-02-30 in the calendar",
        "5:13 data/choice: 'hold' is not one of the choices",
        "6:19 data/list: a list is expected here, not 'academy'",
    ]


def test_a_wrong_choice_is_shown_with_the_right_ones() -> None:
    """
    visits:
      - id: visit
        title: Visit
        date: 2012
        visitors: [academy]
        hosts: [academy]
        status: planed
        source: [{doc: slides}]
    """
    read_file = file(test_a_wrong_choice_is_shown_with_the_right_ones.__doc__ or "")
    _, (problem,) = validate([file(WORLD, "data/world.yaml"), read_file])
    assert format_problem(problem, "en", lambda where: read_file.line(where.line)) == (
        "data/ccicc/a.yaml:7:13: error[data/choice]: 'planed' is not one of the choices\n"
        "        status: planed\n"
        "                ^^^^^^\n"
        "    hint: Did you mean 'planned'? Write one of: held, suspended, planned, postponed, cancelled."
    )


def test_an_unknown_field_is_shown_with_the_known_ones_of_its_group() -> None:
    """
    people:
      - id: director
        name: {zh: 所长, en: Director, hans: 所长}
        source: [{doc: slides, page: 3}]
    """
    _, problems = validate(
        [file(WORLD), file(test_an_unknown_field_is_shown_with_the_known_ones_of_its_group.__doc__ or "")]
    )
    assert [(p.where.column, p.args["field"]) for p in problems] == [(34, "hans"), (28, "page")]
    assert "zh-Hant" in problems[0].hint()
    assert problems[1].hint("zh") == "可用字段：doc, at, note。"


def test_a_long_value_is_not_repeated_whole() -> None:
    text = f"people:\n- {{id: {'x' * 500}, name: {{zh: 甲, en: A}}, source: [{{doc: slides}}]}}"
    _, (problem,) = validate([file(WORLD), file(text)])
    assert problem.message() == f"'{'x' * 59}…' is no good as an id"


@pytest.mark.parametrize("plural", KINDS)
@pytest.mark.parametrize("value", ['"?!"', "[]", "{}", '["?!"]', "[[]]", "{x: y}", "[{x: y}]", '""', "[~]"])
def test_every_field_of_every_kind_answers_nonsense_in_plain_words(plural: str, value: str) -> None:
    """data/wrong-type is for what nobody has thought of yet: give such an error a code of its own."""
    for name, info in fields(KINDS[plural]).items():
        _, problems = validate([file(f"{plural}:\n- {info.encode_name}: {value}")])
        assert {p.code for p in problems} & {"data/wrong-type"} == set(), name
        assert all(p.message(lang) and p.where.line for p in problems for lang in ("en", "zh"))


# --- links --------------------------------------------------------------------------------------------------


def test_a_link_to_nothing_offers_the_nearest_of_a_fitting_kind() -> None:
    """
    people:
      - id: acadamy-person
        name: {zh: 某人, en: Somebody}
        posts: [{title: Director, organisation: acadamy}]
        source: [{doc: slides}]
    """
    text = file(test_a_link_to_nothing_offers_the_nearest_of_a_fitting_kind.__doc__ or "")
    _, (problem,) = validate([file(WORLD), text])
    assert told((problem,)) == [
        "4:45 data/unknown-reference: there is no organisation/alliance/office with the id 'acadamy'"
    ]
    assert problem.args["near"] == "academy"


NAMES = """
organisations:
  - id: academy
    name:
      zh: 中国科学院
      en: Chinese Academy of Sciences
      acronym: CAS
      aliases: [学部, Hall]
      former: [{zh: 前科学院, en: Academia Sinica, acronym: PAS, until: 1949-11}]
    type: academy
    source: [{doc: slides}]
  - id: theatre
    name: {zh: 礼堂, en: Theatre, short: {zh: 厅, en: Hall}}
    type: centre
    source: [{doc: slides}]
sources:
  - {id: slides, title: {zh: 幻灯片, en: Slides}, genre: slides}
"""


def typed(organisation: str) -> tuple[Dataset, tuple[Problem, ...]]:
    """A person with two posts, the second at what *organisation* is called."""
    link = f"""
    people:
      - id: somebody
        name: {{zh: 某人, en: Somebody}}
        posts: [{{title: Adviser, organisation: theatre}}, {{title: Director, organisation: {organisation}}}]
        source: [{{doc: slides}}]
    """
    return validate([file(NAMES), file(link)])


@pytest.mark.parametrize(
    "name",
    ["CAS", "cas", "ＣＡＳ", "中国科学院", "chinese academy of  sciences", "学部", "Academia Sinica", "PAS"],
)
def test_a_name_leads_to_the_one_record_that_bears_it(name: str) -> None:
    """Its acronym, its full names, an alias, what it was called formerly; whatever the capitals and spaces."""
    dataset, problems = typed(name)
    assert problems == ()
    somebody = dataset.records["somebody"]
    assert isinstance(somebody, Person)
    assert [post.organisation for post in somebody.posts] == ["theatre", "academy"]
    assert dataset.nodes["somebody"].at("posts", 1, "organisation").text == name
    assert dataset.all("people") == (somebody,)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Hall", "data/name-of-several: 'Hall' is a name, and several records bear it: academy, theatre"),
        ("Slides", "data/unknown-reference: there is no organisation/alliance/office with the id 'Slides'"),
    ],
    ids=["of two", "of another kind"],
)
def test_a_name_that_does_not_say_which_record_is_no_link(name: str, said: str) -> None:
    assert told(typed(name)[1]) == [f"4:86 {said}"]


def test_a_misspelt_name_offers_the_id_of_the_nearest() -> None:
    """
    people:
      - id: somebody
        name: {zh: 某人, en: Somebody}
        posts: [{title: Director, organisation: 科学学院}]
        source: [{doc: slides}]
    """
    text = file(test_a_misspelt_name_offers_the_id_of_the_nearest.__doc__ or "")
    _, (problem,) = validate([file(WORLD), text])
    assert (problem.code, problem.args["near"]) == ("data/unknown-reference", "academy")


def test_a_link_to_another_kind_says_which() -> None:
    """
    people:
      - id: somebody
        name: {zh: 某人, en: Somebody}
        source: [{doc: academy}]
    """
    assert read(test_a_link_to_another_kind_says_which)[1] == [
        "4:20 data/wrong-kind: 'academy' is of the kind organisation; expected here: source"
    ]


def test_a_link_whose_field_has_another_name_in_python_is_found_too() -> None:
    """
    contributions:
      - id: contribution
        title: Contribution
        status: done
        with: [academy, nobody]
        source: [{doc: slides}]
    """
    assert [
        line.split(":")[:2]
        for line in read(test_a_link_whose_field_has_another_name_in_python_is_found_too)[1]
    ] == [["5", "21 data/unknown-reference"]]


LINKED = "people:\n- {id: somebody, name: {zh: 某人, en: Somebody}, source: [{doc: lost}]}"


@pytest.mark.parametrize(
    "other",
    [
        "sources:\n- {id: lost, title: Lost}",  # a field is missing
        "sources:\n- {id: lost, title: 'open",  # YAML cannot be read
        "sources:\n  - id：lost\n\ttitle: x",
        "source:\n- {id: lost}",  # the kind is misspelt
    ],
)
def test_a_link_to_a_record_that_is_wrong_itself_is_right(other: str) -> None:
    broken, _ = parse(other, "data/b.yaml")
    _, problems = validate([file(LINKED), broken])
    assert "data/unknown-reference" not in {p.code for p in problems}


# --- rules --------------------------------------------------------------------------------------------------


def test_every_check_tells_its_rule() -> None:
    checks = (*CHECKS, *CHECKS_OF_ALL)
    assert all(check.__doc__ and check.__doc__.endswith(".") for check in checks)
    assert len(set(checks)) == len(checks)


def test_a_circle_is_told_once_with_its_way() -> None:
    """
    agreements:
      - {id: a, title: A, type: agreement, status: ended, predecessor: b, source: [{doc: slides}]}
      - {id: b, title: B, type: agreement, status: ended, predecessor: c, source: [{doc: slides}]}
      - {id: c, title: C, type: agreement, status: ended, predecessor: b, source: [{doc: slides}]}
    """
    assert read(test_a_circle_is_told_once_with_its_way)[1] == [
        "3:68 data/circular: these records lead back to themselves: b → c → b"
    ]


COUNTED = """
metrics:
  - id: members
    title: Members
    quantity: 2
    counts: {kind: memberships, of: academy}
    source: [{doc: slides}]
memberships:
  - {id: one, alliance: academy, member: academy, rank: member, status: in force, source: [{doc: slides}]}
  - {id: two, alliance: academy, member: academy, rank: %s, status: in force, source: [{doc: slides}]}
"""


def test_a_figure_and_the_records_it_counts_are_both_named() -> None:
    """A record is counted once, by however many fields it leads there."""
    assert validate([file(WORLD), file(COUNTED % "member")])[1] == ()
    more = "memberships:\n- {id: three, alliance: academy, member: academy, rank: member, status: ended, source: [{doc: slides}]}"
    _, problems = validate([file(WORLD), file(COUNTED % "member"), file(more)])
    assert told(problems) == ["4:15 data/miscounted: 2 is stated, but 3 records of 'memberships' fit"]


def test_nothing_is_counted_where_a_record_is_wrong_itself() -> None:
    assert [p.code for p in validate([file(WORLD), file(COUNTED % "mebmer")])[1]] == ["data/choice"]


def test_numbers_of_remarks_run_on_in_their_programme_only() -> None:
    text = "remarks:\n- {id: %s, number: %s, target: T, request: R, type: check, source: [{doc: slides}]}"
    files = [file(WORLD), file(text % ("a", 1), "data/one/a.yaml"), file(text % ("b", 1), "data/two/a.yaml")]
    assert validate(files)[1] == ()
    (problem,) = validate([*files, file(text % ("c", 3), "data/two/b.yaml")])[1]
    assert (problem.message(), problem.severity) == ("the numbers of remarks go from 1 to 3", "warning")


PLANNED = """
meetings:
  - {id: june, title: June, date: 2023-06, status: planned, source: [{doc: slides}]}
  - {id: held, title: Held, date: 2022, status: held, source: [{doc: slides}]}
  - {id: after, title: After, date: after 2023-06, status: planned, source: [{doc: slides}]}
  - {id: open, title: Open, date: unknown, status: planned, source: [{doc: slides}]}
  - {id: year, title: Year, date: {date: 2022, certainty: inferred}, status: planned, source: [{doc: slides}]}
"""


@pytest.mark.parametrize(
    ("as_of", "late"),
    [
        ("2022-12-31", []),
        ("2023-01-01", ["2022"]),
        ("2023-06-30", ["2022"]),
        ("2023-07-01", ["2023-06", "2022"]),
    ],
)
def test_what_is_planned_for_a_day_gone_by_is_warned_of(as_of: str, late: list[str]) -> None:
    """Not what may still come: "after June", or no date at all."""
    dataset, problems = validate([file(WORLD), file(PLANNED)])
    assert problems == ()
    found = list(overdue(dataset, date.fromisoformat(as_of)))
    assert [problem.args["date"] for problem in found] == late
    assert {problem.severity for problem in found} <= {"warning"}


def test_only_the_programmes_of_a_report_are_warned_of() -> None:
    dataset, _ = validate([file(WORLD), file(PLANNED, "data/ccicc/a.yaml")])
    day = date(2030, 1, 1)
    assert len(list(overdue(dataset, day, ("ccicc",)))) == 2
    assert list(overdue(dataset, day, ("other",))) == []


def test_numbers_of_discussions_are_unique_in_their_programme_only() -> None:
    text = "discussions:\n- {id: %s, number: 1, topic: T, ask: A, raised: 2023, source: [{doc: slides}]}"
    files = [file(WORLD), file(text % "a", "data/one/a.yaml"), file(text % "b", "data/two/a.yaml")]
    assert validate(files)[1] == ()
    assert [p.code for p in validate([*files, file(text % "c", "data/two/b.yaml")])[1]] == [
        "data/duplicate-number"
    ]


# --- report definitions -------------------------------------------------------------------------------------


def test_reports_are_read_from_reports_yaml_alone() -> None:
    """
    reports:
      - id: briefing
        title: {zh: 简报, en: Briefing}
        template: briefing
        period: half
        editions: [{period: 2023H1, as_of: 2023-06-08}]
        programmes: [ccicc]
        languages: [zh]
        default: true
    """
    reports = file(test_reports_are_read_from_reports_yaml_alone.__doc__ or "", "data/reports.yaml")
    edited, problems = read_reports([file(WORLD), reports])
    assert problems == ()
    assert list(edited.reports) == ["briefing"]
    report = edited.reports["briefing"]
    assert (report.default, report.languages, report.formats) == (True, ("zh",), ("docx", "md"))
    assert str(report.editions[0].period) == "2023H1"
    assert edited.nodes["briefing"].at("template").where.line == 4
    assert validate([reports])[1] == ()


@pytest.mark.parametrize("name", ["id", "template"])
def test_no_report_or_template_is_called_like_a_device_of_windows(name: str) -> None:
    named = {"id": "briefing", "template": "briefing", name: "aux"}
    text = f"reports:\n  - {{id: {named['id']}, template: {named['template']}, title: A, period: year}}\n"
    _, problems = read_reports([file(text, "data/reports.yaml")])
    assert [(p.where.line, p.code) for p in problems] == [(2, "data/device-name")]


@pytest.mark.parametrize(
    ("address", "codes"), [("用户@例子.公司", ["schedule/address-letters"]), ("office@例子.公司", [])]
)
def test_an_address_that_could_not_be_sent_to_is_told_when_it_is_read(address: str, codes: list[str]) -> None:
    text = (
        "reports:\n  - {id: a, template: a, title: A, period: year,"
        f" recipients: {{leadership: [{{name: B, address: {address}}}]}}}}\n"
    )
    _, problems = read_reports([file(text, "data/reports.yaml")])
    assert [p.code for p in problems if p.code.startswith("schedule/address")] == codes


def test_reports_in_a_programme_are_no_kind_of_record() -> None:
    """Nor would anybody look for them there."""
    _, problems = validate([file("reports: []", "data/ccicc/reports.yaml")])
    assert [p.code for p in problems] == ["data/misplaced"]


def test_without_reports_yaml_there_are_no_reports() -> None:
    edited, problems = read_reports([file(WORLD)])
    assert (dict(edited.reports), problems) == ({}, ())


# --- former ids, the number of the format -----------------------------------------------------------------


def _facts(more: str) -> tuple[SourceFile, ...]:
    text = f"sources:\n  - {{id: a, title: A, genre: slides{more}}}\nthemes:\n  - {{id: t, title: T, source: [{{doc: old}}]}}\n"
    return (parse(text, "data/p/a.yaml")[0],)


def test_a_link_to_a_former_id_leads_to_the_record() -> None:
    dataset, problems = validate(_facts(", formerly: [old]"))
    assert problems == ()
    assert dataset.records["t"].source[0].doc == "a"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (", formerly: [old, t]", "data/formerly-there"),
        (", formerly: [old]}\n  - {id: b, title: B, genre: slides, formerly: [old]", "data/formerly-twice"),
        (", formerly: [Old Id]", "data/bad-id"),
    ],
)
def test_a_former_id_is_nobodys_and_claimed_once(more: str, code: str) -> None:
    assert code in {problem.code for problem in validate(_facts(more))[1]}


@pytest.mark.parametrize(
    ("typed", "number", "code"),
    [
        ("", 1, ""), ("format: 1\n", 1, ""), ("format: 2\n", 2, ""), ("format:\n", 1, ""),
        ("format: 3\n", 3, "data/format-newer"), ("format: two\n", 1, "data/format"), ("format: 0\n", 1, "data/format"),
        ("format: [2]\n", 1, "data/format"),
    ],
)  # fmt: skip
def test_the_number_of_the_format_stands_above_the_reports(typed: str, number: int, code: str) -> None:
    found, problems = read_reports([parse(f"{typed}reports: []\n", "data/reports.yaml")[0]])
    assert found.format == number
    assert [problem.code for problem in problems] == ([code] if code else [])
    for lang in ("en", "zh"):
        assert all("2" in problem.message(lang) + problem.hint(lang) for problem in problems)
