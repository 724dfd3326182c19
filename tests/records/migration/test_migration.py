"""Old data to new: what is done, what is left alone, and that nothing else changes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.diagnostics.problems import errors
from reports.model.cutoff import Cutoff
from reports.records.migration.merging import Surroundings
from reports.records.migration.migration import Migration, drafted, migrated
from reports.records.readings.reading import at
from reports.records.text.loader import read_folder
from reports.records.validation import validate

SOURCES = """\
sources:
  - {id: book, title: Yearbook, genre: yearbook}
  - {id: slides, title: Slides, genre: slides}

"""
EDITIONS = {
    "yearly 2022": Cutoff(date(2022, 12, 31), date(2023, 1, 15)),
    "yearly 2023": Cutoff(date(2023, 12, 31), date(2024, 1, 15)),
    "yearly 2024": Cutoff(date(2024, 12, 31), date(2025, 1, 15)),
}
FIGURES = """\
# The figures of the year.
metrics:
  - id: students-2023   # the second
    title: {zh: 学生, en: Students}
    subject: book
    quantity: "> 1,000"
    unit: {zh: 人, en: students}
    date: 2023
    source: [{doc: slides}]

  - id: students-2022
    title: {zh: 学生, en: Students}
    subject: book
    quantity: 412
    unit: {zh: 人, en: students}
    date: 2022
    source:
      - doc: book
        at: page 7

  # —— another ——
  - id: other
    title: {zh: 其他, en: Others}
    quantity: 5
    source: [{doc: book}]
"""
FIGURES_NOW = """\
# The figures of the year.
metrics:
  - id: students-2023   # the second
    formerly: [students-2022]
    title: {zh: 学生, en: Students}
    subject: book
    values:
      - {at: 2022, quantity: 412}
      - at: 2023
        quantity: "> 1,000"
        source:
          - doc: slides
    unit: {zh: 人, en: students}
    source:
      - {doc: book, at: page 7}

  # —— another ——
  - id: other
    title: {zh: 其他, en: Others}
    quantity: 5
    source: [{doc: book}]
"""
MATTERS = """\
discussions:
  - id: support-1
    number: 1
    topic: {zh: 支持, en: Support}
    ask: {zh: 请讨论, en: Please discuss}
    owner: book-club
    raised: 2022-06-08
    source: [{doc: slides}]
    note: A first time.

  - id: support-2
    number: 4
    topic: {zh: 支持, en: Support}
    ask: {zh: 请再讨论, en: Please discuss again}
    raised: 2023-06-08
    carried_over_from: support-1
    source: [{doc: book}]

  - id: support-3
    number: 4
    topic: {zh: 支持, en: Support}
    ask: {zh: 请再讨论, en: Please discuss again}
    raised: 2024-06-08
    carried_over_from: support-2
    status: decided
    decision: {zh: 同意, en: Granted}
    source: [{doc: book}]
organisations:
  - id: book-club
    name: {zh: 读书会, en: Book Club}
    type: institute
    source: [{doc: slides}]
"""


def house(folder: Path, **texts: str | bytes) -> Path:
    """A data folder with the sources and these files."""
    data = folder / "data"
    (data / "one").mkdir(parents=True)
    (data / "sources.yaml").write_text(SOURCES, "utf-8")
    for name, text in texts.items():
        raw = text if isinstance(text, bytes) else text.encode()
        (data / "one" / f"{name}.yaml").write_bytes(raw)
    return data


def migrate(data: Path, **templates: str) -> Migration:
    sources, unread = read_folder(data)
    assert (errors(unread), validate(sources)[1]) == ((), ())
    return migrated(drafted(data, sources), Surroundings(EDITIONS, templates))


def text_of(found: Migration, name: str) -> str:
    return found.after[f"data/one/{name}.yaml"].data.decode()


def said(found: Migration) -> list[str]:
    return [f"{one.code}: {one.message()}" for one in (*found.done, *found.left)]


def dataset(found: Migration, *, before: bool = False) -> Any:
    files = found.before if before else found.after
    read, wrong = validate(file.source for file in files.values())
    assert wrong == ()
    return read


# --- figures ----------------------------------------------------------------------------------------------


def test_single_figures_of_one_subject_become_values_and_no_other_letter_changes(tmp_path: Path) -> None:
    found = migrate(house(tmp_path, figures=FIGURES))

    assert text_of(found, "figures") == FIGURES_NOW
    assert found.files == ("data/one/figures.yaml",)
    assert said(found) == [
        "migrate/series: 2 figures become the values of one, students-2023: students-2023, students-2022"
    ]


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_marks_stay_what_they_are(tmp_path: Path, mark: str) -> None:
    found = migrate(house(tmp_path, figures=(mark + FIGURES.replace("\n", "\r\n")).encode()))

    assert text_of(found, "figures") == mark + FIGURES_NOW.replace("\n", "\r\n")


def test_what_is_new_stays_what_it_is(tmp_path: Path) -> None:
    data = house(tmp_path, figures=FIGURES, matters=MATTERS)
    for label, file in migrate(data).after.items():
        data.joinpath(*label.split("/")[1:]).write_bytes(file.data)

    assert migrate(data).files == ()
    assert migrate(data).done == ()


def test_links_follow_the_figure_that_stays(tmp_path: Path) -> None:
    found = migrate(house(tmp_path, figures=FIGURES, remarks=_remark("students-2022")))

    assert text_of(found, "remarks") == _remark("students-2023")


def test_a_list_that_names_several_of_them_keeps_them(tmp_path: Path) -> None:
    matters = MATTERS.replace(
        "    raised: 2022-06-08\n", "    raised: 2022-06-08\n    context: [students-2022, students-2023]\n"
    )
    found = migrate(house(tmp_path, figures=FIGURES, matters=matters))

    assert [one.code for one in found.left] == ["migrate/left-list"]
    assert text_of(found, "figures") == FIGURES


def _remark(id_: str) -> str:
    return f"""\
remarks:
  - id: remark-1
    number: 1
    target: {{zh: 第一段, en: First paragraph}}
    on: "{id_}"  # which figure
    request: {{zh: 请核对, en: Please check}}
    type: check
    source: [{{doc: book}}]
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    date: 2022\n", "    date: about 2022\n", "left-vague"),
        ("    date: 2022\n", "", "left-undated"),
        ("    date: 2022\n", "    date: 2023\n", "left-twice"),
        ("    date: 2022\n", "    date: 2022\n    theme: growth\n", "left-differs"),
        ("    date: 2022\n", "    date: 2022  # a guess\n", "left-comment"),
        ("    quantity: 412\n", "    # counted twice\n    quantity: 412\n", "left-comment"),
        ("# The figures", "# students-2022: see below. The figures", "left-named"),
        ("    date: 2022\n", "    date: 2022\n    known: 2024-03-01\n", "left-edition"),
    ],
)
def test_what_cannot_be_done_safely_is_left_alone_and_told(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    themes = "themes:\n  - {id: growth, title: Growth, source: [{doc: book}]}\n"
    assert old in FIGURES
    changed = FIGURES.replace(old, new, 1)
    found = migrate(house(tmp_path, figures=changed, themes=themes))

    assert text_of(found, "figures") == changed
    assert [one.code for one in found.left] == [f"migrate/{code}"]
    for lang in ("en", "zh"):
        assert "students-2022" in found.left[0].message(lang)
        assert found.left[0].hint(lang)


@pytest.mark.parametrize("id_", ["students-2022", "students-2023"])
def test_a_template_that_names_a_figure_keeps_it(tmp_path: Path, id_: str) -> None:
    found = migrate(house(tmp_path, figures=FIGURES), letter=f'\n{{{{ record("{id_}").quantity }}}}')

    assert [one.code for one in found.left] == ["migrate/left-named"]
    assert found.files == ()


def test_records_in_brackets_are_written_anew_or_left_alone(tmp_path: Path) -> None:
    lines = """\
metrics:
  - {id: a-2022, title: A, quantity: 1, date: 2022, source: [{doc: book}]}
  - {id: a-2023, title: A, quantity: 2, date: 2023, source: [{doc: book}]}
"""
    found = migrate(house(tmp_path, figures=lines))
    assert (
        text_of(found, "figures")
        == """\
metrics:
  - id: a-2023
    title: A
    source:
      - doc: book
    formerly: [a-2022]
    values:
      - {at: 2022, quantity: 1}
      - {at: 2023, quantity: 2}
"""
    )
    whole = "metrics: [" + ", ".join(line[4:] for line in lines.splitlines()[1:]) + "]\n"
    assert [one.code for one in migrate(house(tmp_path / "b", figures=whole)).left] == ["migrate/left-unsafe"]


def test_remarks_of_figures_go_with_them_and_are_read_as_before(tmp_path: Path) -> None:
    text = FIGURES.replace("    date: 2022\n", "    date: 2022\n    note: Without guests.\n")
    found = migrate(house(tmp_path, figures=text))

    notes = [at(dataset(found), cutoff).records["students-2023"].note for cutoff in EDITIONS.values()]
    assert [note and note.en for note in notes] == ["Without guests.", None, None]


YEARS = st.lists(
    st.sampled_from(["2020", "2021-06", "2022", "2022-12-31", "2023-03", "2024", "2025"]), unique=True
)


def metrics(then: Any) -> Any:
    """The figures as of a day, of whatever sort."""
    return then.all("metrics")


@settings(max_examples=30)
@given(YEARS, st.booleans(), st.sampled_from(["\n", "\r\n"]))
def test_every_edition_says_the_figures_it_said(
    tmp_path_factory: pytest.TempPathFactory, years: list[str], noted: bool, end: str
) -> None:
    records = [
        f"  - id: a-{n}\n    title: A\n    quantity: {n + 1}\n    date: {year}\n    source: [{{doc: book}}]\n"
        + (f"    note: Remark {n}\n" if noted and n % 2 else "")
        for n, year in enumerate(years)
    ]
    text = ("metrics:\n" + "\n".join(records)).replace("\n", end)
    found = migrate(house(tmp_path_factory.mktemp("house"), figures=text.encode()))

    for cutoff in EDITIONS.values():
        old, new = (metrics(at(dataset(found, before=before), cutoff)) for before in (True, False))
        was = {(m.quantity, m.date) for m in old if m.date.end <= cutoff.as_of}
        single = {(m.quantity, m.date) for m in new if m.date.end <= cutoff.as_of}
        now = {(value.quantity, value.at) for m in new for value in m.values}
        assert now | single == was


# --- matters for discussion -------------------------------------------------------------------------------


def test_matters_carried_over_become_updates_of_the_first(tmp_path: Path) -> None:
    found = migrate(house(tmp_path, matters=MATTERS))

    assert (
        text_of(found, "matters")
        == """\
discussions:
  - id: support-1
    formerly: [support-2, support-3]
    number: 1
    topic: {zh: 支持, en: Support}
    ask: {zh: 请讨论, en: Please discuss}
    owner: book-club
    raised: 2022-06-08
    source: [{doc: slides}]
    note: A first time.
    updates:
      - on: 2023-06-08
        number: 4
        ask: {zh: 请再讨论, en: Please discuss again}
        owner: ~
        source:
          - doc: book
      - on: 2024-06-08
        status: decided
        decision: {zh: 同意, en: Granted}
        source:
          - doc: book
organisations:
"""
        + MATTERS.partition("organisations:\n")[2]
    )
    read = dataset(found)
    told: list[Any] = [at(read, cutoff).records["support-1"] for cutoff in EDITIONS.values()]
    assert [(one.number, one.ask.en, one.owner, one.status) for one in told] == [
        (1, "Please discuss", "book-club", "open"),
        (4, "Please discuss again", None, "open"),
        (4, "Please discuss again", None, "decided"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("carried_over_from: support-2", "carried_over_from: support-1", "left-parts"),
        ("raised: 2023-06-08", "raised: after 2023-06", "left-vague"),
        ("raised: 2023-06-08", "raised: 2022-06-08", "left-order"),
        ("raised: 2023-06-08", "raised: 2023", None),
        ("raised: 2023-06-08", "raised: 2023-06-08\n    known: 2024-02-01", None),
        ("raised: 2023-06-08", "raised: 2023-06-08\n    known: 2022-12-01", "left-edition"),
    ],
)
def test_a_chain_that_is_not_plain_is_left_alone(
    tmp_path: Path, old: str, new: str, code: str | None
) -> None:
    changed = MATTERS.replace(old, new)
    found = migrate(house(tmp_path, matters=changed))

    assert [one.code for one in found.left] == ([f"migrate/{code}"] if code else [])
    assert (text_of(found, "matters") == changed) == bool(code)


# --- the rest ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("  - id: p\n    title: P\n    response: not stated\n    source: [{doc: book}]\n",
         "  - id: p\n    title: P\n    source: [{doc: book}]\n"),
        ("  - {id: p, title: P, response: not stated, source: [{doc: book}]}\n",
         "  - {id: p, title: P, source: [{doc: book}]}\n"),
        ("  - {response: not stated, id: p, title: P, source: [{doc: book}]}\n",
         "  - {id: p, title: P, source: [{doc: book}]}\n"),
    ],
)  # fmt: skip
def test_words_for_an_empty_field_are_taken_out(tmp_path: Path, typed: str, becomes: str) -> None:
    found = migrate(house(tmp_path, plans="proposals:\n" + typed))

    assert text_of(found, "plans") == "proposals:\n" + becomes
    assert [one.code for one in found.done] == ["migrate/not-stated"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# list\n\nreports: []\n", "# list\n\nformat: 2\n\nreports: []\n"),
        ("format: 1  # old\nreports: []\n", "format: 2  # old\nreports: []\n"),
        ("format: 2\nreports: []\n", "format: 2\nreports: []\n"),
        ("\ufeffreports: []\r\n", "\ufeffformat: 2\r\n\r\nreports: []\r\n"),
        ("", ""),
    ],
)
def test_the_list_of_reports_gets_the_number_of_the_format(tmp_path: Path, before: str, after: str) -> None:
    data = house(tmp_path)
    (data / "reports.yaml").write_bytes(before.encode())

    assert migrate(data).after["data/reports.yaml"].data.decode() == after


def test_no_day_is_made_up_for_a_state_of_the_past(tmp_path: Path) -> None:
    text = "memberships:\n  - {id: m, alliance: club, member: book-club, rank: member, status: in force, source: [{doc: book}]}\n"
    text += "alliances:\n  - {id: club, name: {zh: 联盟, en: Club}, type: alliance, source: [{doc: book}]}\n"
    found = migrate(house(tmp_path, matters=MATTERS.replace("carried", "# carried"), more=text))

    assert found.files == ()
    assert "1 records say a state and no day" in said(found)[0]
