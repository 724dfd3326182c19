"""A record gets another id: links follow, every other byte stays, and what was issued is still known to be of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.cli.main import main
from reports.cli.output import local
from reports.pipeline.check import check
from reports.pipeline.read import Folders, read
from reports.publishing.acts import acts
from reports.publishing.continuity import vanished
from reports.publishing.ledger import read_ledger
from reports.publishing.overwritten import overwritten
from tests.support.second_thoughts import LATER, states, typed
from tests.support.workplace import NOW, edit, ledger_of, small_house, visible

RECORDS = """\
# who is who
organisations:
  - id: cern   # the laboratory
    name: {zh: 欧核中心, en: CERN laboratory, acronym: cern}
    type: laboratory
    source: [{doc: slides}]
  - {id: desy, name: {zh: 德国电子, en: DESY laboratory}, type: laboratory, source: [{doc: "slides"}], tags: [cern]}
sources:
  - {id: slides, title: Slides, genre: slides}
discussions:
  - id: roof
    number: 1
    topic: {zh: 屋顶, en: Roof}
    ask: {zh: 修吗, en: Mend it}
    raised: 2023-05-01
    owner: cern
    source: [{doc: slides}]
    updates:
      - {on: 2023-08-01, owner: 'cern', source: [{doc: slides}]}
"""
MEETINGS = """\
meetings:
  - id: yearly
    title: {zh: 年度会议, en: Yearly meeting}
    date: 2023-05
    status: held
    participants: [ cern, desy ]
    source: [{doc: slides}]
"""


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    monkeypatch.setenv("REPORTS_LANG", "en")
    house = small_house(tmp_path)
    (house.data / "records.yaml").write_text(RECORDS, "utf-8")
    (house.data / "meetings.yaml").write_bytes(MEETINGS.replace("\n", "\r\n").encode("utf-8-sig"))
    for lang in ("zh", "en"):
        template = house.templates / "letter" / f"report.{lang}.md.j2"
        text = (
            template.read_text("utf-8")
            + "\n{% for one in discussions() %}\n- {{ one.topic }}: {{ one.owner }}\n{% endfor %}\n"
        )
        template.write_text(text, "utf-8")
    assert not [problem for problem in read(house.data).problems if problem.severity == "error"]
    return house


def data_of(house: Folders) -> dict[str, str]:
    return {path.name: path.read_bytes().decode() for path in house.data.glob("[!.]*")}


def issued(house: Folders) -> None:
    typed(house, "build", "memo", "--period", "2023Q2", "--correct", at=NOW.isoformat())
    assert typed(house, "approve", "memo", "2023Q2", "--by", "W", at=NOW.isoformat()) == 0


# --- in the files -------------------------------------------------------------------------------------------


def test_the_record_and_every_link_to_it_change_and_no_other_byte(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    before = data_of(house)

    assert typed(house, "rename", "cern", "cern-lab", "--by", "W", "--why", "there are two") == 0

    after = data_of(house)
    assert after["records.yaml"] == (
        before["records.yaml"]
        .replace(
            "  - id: cern   # the laboratory\n", "  - id: cern-lab   # the laboratory\n    formerly: [cern]\n"
        )
        .replace("owner: cern\n", "owner: cern-lab\n")
        .replace("owner: 'cern'", "owner: 'cern-lab'")
    )
    assert after["meetings.yaml"] == before["meetings.yaml"].replace("[ cern,", "[ cern-lab,")
    assert capsys.readouterr().out.splitlines() == [
        "record cern → cern-lab",
        f"    {house.data}/records.yaml:3  - id: cern   # the laboratory",
        f"    {house.data}/records.yaml:16  owner: cern",
        f"    {house.data}/records.yaml:19  - {{on: 2023-08-01, owner: 'cern', source: [{{doc: slides}}]}}",
        f"    {house.data}/meetings.yaml:6  participants: [ cern, desy ]",
        "Renamed. Run check, and commit the changes.",
    ]
    [act] = acts(read_ledger(house))
    assert (act.what, act.by, act.why, dict(act.details)) == (
        "rename", "W", "there are two", {"before": "cern", "after": "cern-lab"},
    )  # fmt: skip


def test_history_tells_of_it(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    typed(house, "rename", "cern", "cern-lab", "--by", "W")
    capsys.readouterr()
    typed(house, "history", at="")
    assert capsys.readouterr().out == f"cern → cern-lab  renamed  {local(LATER)}  W\n"


def test_in_braces_the_former_id_stands_behind_the_id(house: Folders) -> None:
    typed(house, "rename", "desy", "desy-lab")
    assert "  - {id: desy-lab, formerly: [desy], name: {zh: 德国电子" in data_of(house)["records.yaml"]


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("formerly: [conseil]", "formerly: [cern, conseil]"),
        ("formerly: []", "formerly: [cern]"),
        ("formerly:\n      - conseil", "formerly:\n      - cern\n      - conseil"),
    ],
)
def test_it_may_have_had_other_ids_before(house: Folders, said: str, then: str) -> None:
    edit(house.data / "records.yaml", "acronym: cern}\n", f"acronym: cern}}\n    {said}\n")
    assert typed(house, "rename", "cern", "cern-lab") == 0
    assert f"    {then}\n" in data_of(house)["records.yaml"]


def test_it_gets_an_id_back_that_it_once_had(house: Folders) -> None:
    before = data_of(house)
    typed(house, "rename", "cern", "cern-lab")
    assert typed(house, "rename", "cern-lab", "cern") == 0
    after = data_of(house)
    formerly = after["records.yaml"].replace("    formerly: [cern-lab]\n", "")
    assert {**after, "records.yaml": formerly} == before
    assert "    formerly: [cern-lab]\n" in after["records.yaml"]


def test_a_rehearsal_writes_nothing(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    before = data_of(house)
    assert typed(house, "rename", "cern", "cern-lab", "--dry-run") == 0
    assert data_of(house) == before
    assert acts(read_ledger(house)) == ()
    told = capsys.readouterr().out
    assert "meetings.yaml:6" in told
    assert told.endswith("Nothing was written. Without --dry-run it would be.\n")


def test_templates_that_name_it_are_told_of(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    template = house.templates / "letter" / "report.zh.md.j2"
    template.write_text(
        template.read_text("utf-8") + 'cern {{ record("cern").name }} {{ "desy-cern" }}\n', "utf-8"
    )
    lines = template.read_text("utf-8").count("\n")
    assert typed(house, "rename", "cern", "cern-lab") == 0
    told = capsys.readouterr().err
    assert f"report.zh.md.j2:{lines}:17: warning[rename/in-template]: this template names 'cern'" in told
    assert "0 errors, 1 warning" in told


# --- what was issued is of it still -------------------------------------------------------------------------


def test_nothing_was_changed_for_readers(house: Folders) -> None:
    issued(house)
    before = visible(house)

    typed(house, "rename", "cern", "cern-lab")
    typed(house, "rename", "roof", "roof-of-the-hall")
    typed(house, "rename", "slides", "slides-2023")

    assert not list(vanished(read_ledger(house), read(house.data)))
    assert not list(overwritten(read_ledger(house), read(house.data), NOW.date()))
    text = (house.output / "memo/2023Q2/memo-2023Q2.zh.md").read_bytes()
    typed(house, "build", "memo", "--period", "2023Q2", "--correct", "--format", "md")
    assert states(house) == {"memo/2023Q2": "issued"}
    assert (house.output / "memo/2023Q2/memo-2023Q2.zh.md").read_bytes() == text
    assert visible(house) == before


def test_a_correction_tells_what_differs_and_not_the_id(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    issued(house)
    typed(house, "rename", "roof", "roof-of-the-hall")
    edit(house.data / "records.yaml", "zh: 屋顶, en: Roof", "zh: 大厅屋顶, en: Roof of the hall")
    typed(house, "build", "memo", "--period", "2023Q2", "--correct")
    typed(house, "approve", "memo", "2023Q2")
    capsys.readouterr()

    typed(house, "show", "memo/2023Q2/2", at="")

    told = capsys.readouterr().out.partition("differs from the revision before:\n")[2].splitlines()
    assert [line.strip() for line in told] == [
        "changed Roof of the hall (roof-of-the-hall) topic: Roof → Roof of the hall"
    ]


def test_a_word_like_the_old_id_is_no_link(house: Folders) -> None:
    """The acronym and the tag of the records are `cern`, too, and stay so; an issue has shown them."""
    issued(house)
    typed(house, "rename", "cern", "cern-lab")
    assert "acronym: cern}" in data_of(house)["records.yaml"]
    assert "tags: [cern]" in data_of(house)["records.yaml"]
    assert not list(overwritten(read_ledger(house), read(house.data), NOW.date()))


def test_verify_and_trace_find_it_under_its_new_id(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    issued(house)
    file = house.output / "memo/2023Q2/memo-2023Q2.zh.docx"
    typed(house, "rename", "roof", "roof-of-the-hall")
    capsys.readouterr()

    assert typed(house, "verify", str(file)) == 0
    assert "Every fact reads the same now." in capsys.readouterr().out

    assert main(["trace", str(file), "屋顶", "--data", str(house.data)]) == 0
    assert f"{house.data}/records.yaml:14:17  roof  topic.zh" in capsys.readouterr().out


# --- an id changed by hand ----------------------------------------------------------------------------------


def test_what_was_renamed_by_hand_gets_its_former_id_and_its_links(house: Folders) -> None:
    issued(house)
    edit(house.data / "records.yaml", "id: desy", "id: desy-lab")
    assert typed(house, "check") == 1

    assert typed(house, "rename", "desy", "desy-lab") == 0

    assert "{id: desy-lab, formerly: [desy]," in data_of(house)["records.yaml"]
    assert "[ cern, desy-lab ]" in data_of(house)["meetings.yaml"]
    assert typed(house, "check") == 0
    assert not list(overwritten(read_ledger(house), read(house.data), NOW.date()))


def test_a_matter_that_vanished_may_have_another_id(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    issued(house)
    edit(house.data / "records.yaml", "id: roof", "id: the-roof")
    assert typed(house, "check") == 1
    assert "Has it another id now? Type: run.py rename roof NEW-ID." in capsys.readouterr().err

    assert typed(house, "rename", "roof", "the-roof") == 0
    assert typed(house, "check") == 0


# --- what is refused ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("cern", "desy", "another record bears the id 'desy'"),
        ("cern", "Cern Lab", "'Cern Lab' is no good as an id"),
        ("crn", "cern-lab", "Did you mean 'cern'?"),
        ("crn", "cern", "no report and no record bears the id 'crn'"),
        ("report:cern", "cern-lab", "no report and no record bears the id 'cern'"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    house: Folders, capsys: pytest.CaptureFixture[str], old: str, new: str, told: str
) -> None:
    before = data_of(house)
    assert typed(house, "rename", old, new) == 1
    assert told in capsys.readouterr().err
    assert data_of(house) == before


def test_what_is_done_is_told_to_be_done(house: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    typed(house, "rename", "cern", "cern-lab")
    assert typed(house, "rename", "cern", "cern-lab") == 0
    assert "'cern' is called 'cern-lab' already" in capsys.readouterr().err
    assert typed(house, "rename", "cern-lab", "cern-lab") == 0
    assert "'cern-lab' is its id already" in capsys.readouterr().err


def test_a_link_that_a_program_cannot_change_stops_all(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(house.data / "records.yaml", "owner: cern\n", "owner: &lab cern\n")
    edit(house.data / "records.yaml", "owner: 'cern'", "owner: *lab")
    before = data_of(house)
    if typed(house, "check") == 0:  # as long as anchors are read
        assert typed(house, "rename", "cern", "cern-lab") == 1
        assert "Write it plainly" in capsys.readouterr().err
        assert data_of(house) == before


def test_a_report_and_a_record_of_one_id_are_told_apart(
    house: Folders, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(house.data / "records.yaml", "id: desy", "id: memo")
    edit(house.data / "meetings.yaml", "desy", "memo")
    assert typed(house, "rename", "memo", "note") == 1
    assert "Say which: run.py rename report:memo note, or record:memo." in capsys.readouterr().err
    assert typed(house, "rename", "record:memo", "note") == 0
    assert "participants: [ cern, note ]" in data_of(house)["meetings.yaml"]
    assert "memo" in read(house.data).reports.reports


def test_all_is_right_after_it(house: Folders) -> None:
    typed(house, "rename", "cern", "cern-lab")
    assert not [p for p in check(house, NOW.date()) if p.severity == "error"]
    assert ledger_of(house).issues() == ()
