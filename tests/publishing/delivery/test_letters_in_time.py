"""The letter to a leader: greeted, told what changed since the edition before, a sentence each, and signed."""

from __future__ import annotations

import shutil
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from reports.cli.main import main
from reports.diagnostics.problems import Problem
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import Folders, read
from reports.publishing import approval, drafts, output_folder, store
from reports.publishing.delivery import intents
from reports.publishing.delivery.send import deliver
from tests.support.smtp_server import PASSWORD, VARIABLE, Server, serving, settings_of, switch_on
from tests.support.workplace import edit

ROOT = Path(__file__).parent.parent.parent.parent
GOLDEN = ROOT / "tests" / "golden" / "letters"
NOW = datetime.fromisoformat("2025-10-11T09:00+08:00")
REPORTS = """\
format: 2
reports:
  - id: liaison
    title: {zh: 联络处季度进展, en: Quarterly progress of the liaison office}
    template: liaison
    period: quarter
    editions:
      - {period: 2025Q2, as_of: 2025-06-30, closed: 2025-07-10}
      - {period: 2025Q3, as_of: 2025-09-30, closed: 2025-10-10}
    languages: [zh, en, zh-Hant]
    formats: [md]
    programmes: [liaison]
    approval: true
    recipients:
      leadership:
        - {name: {zh: 王主任, en: Director Wang}, address: zh@example.org}
        - {name: {zh: 李主任, en: Director Li}, address: en@example.org, lang: en}
        - {name: {zh: 陈主任, en: Director Chen}, address: zh-Hant@example.org, lang: zh-Hant}
"""
TEMPLATE = """\
---
title: {{ report.title }}
period: {{ period }}
---

::: summary
- {{ discussions(state="open") | join }}
:::

# Meetings

{% for meeting in meetings() %}
- {{ meeting }}
{% endfor %}
"""
BOX = """
::: changes
# What changed

{% for change in changes(kind="meetings") %}
- {{ change }}
{% else %}
No meeting to tell of.
{% endfor %}
:::
"""
LANGUAGES = ("zh", "en", "zh-Hant")


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """The liaison office that `init` brings, with a quarterly report of it for three leaders."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert main(["init", str(tmp_path / "house"), "--now", "2026-11-30"]) == 0
    house = Folders(*(tmp_path / "house" / name for name in ("data", "templates", "output")))
    (house.data / "reports.yaml").write_text(REPORTS, "utf-8")
    template(house, TEMPLATE)
    return house


def template(house: Folders, text: str) -> None:
    folder = house.templates / "liaison"
    folder.mkdir(exist_ok=True)
    for lang in ("zh", "en"):
        (folder / f"report.{lang}.md.j2").write_text(text, "utf-8")


def issue(house: Folders, period: str) -> None:
    drafts.build(house, Order(("liaison",), Period.parse(period)), NOW, correct=True)
    approval.approve(house, "liaison", period, "W", NOW, tell=fail, post=intents.intents)


def fail(problem: Problem) -> None:
    pytest.fail(problem.message())


def mailed(house: Folders, *periods: str, settings: str = "") -> dict[str, EmailMessage]:
    """The letters about the last of *periods*, as a mail server took them, by the leader's language."""
    with serving(Server()) as server:
        switch_on(house, server)
        edit(settings_of(house), "  timeout: 2\n", f"{settings}  timeout: 2\n")
        for period in periods:
            issue(house, period)
        assert {entry.state for entry in deliver(house, NOW, tell=fail)} == {"sent"}
    return {to.partition("@")[0]: message for to, message in server.taken[-3:]}


def part(message: EmailMessage, kind: str = "plain") -> str:
    found = message.get_body((kind,))
    assert found
    return str(found.get_content()).replace("\r\n", "\n")


def test_what_changed_is_told_a_sentence_each_in_the_readers_language(
    house: Folders, update_golden: bool
) -> None:
    """Every kind of change there is, out of records to which lines were added; the report itself does not tell it."""
    assert_golden("liaison", letters_of_the_third_quarter(house), update_golden)


def test_the_quarterly_report_tells_its_letter_what_changed(house: Folders, update_golden: bool) -> None:
    """By its own section, group by group."""
    for name in ("quarterly-progress", "shared"):
        shutil.copytree(ROOT / "templates" / name, house.templates / name, dirs_exist_ok=True)
    edit(house.data / "reports.yaml", "template: liaison", "template: quarterly-progress")
    assert_golden("quarterly", letters_of_the_third_quarter(house), update_golden)


def letters_of_the_third_quarter(house: Folders) -> dict[str, EmailMessage]:
    edit(house.data / "reports.yaml", "    approval: true\n", "    approval: true\n    issues_before: 1\n")
    return mailed(house, "2025Q2", "2025Q3")


def assert_golden(name: str, letters: dict[str, EmailMessage], update_golden: bool) -> None:
    for lang in LANGUAGES:
        said = f"{letters[lang]['Subject']}\n\n{part(letters[lang])}\n{part(letters[lang], 'html')}"
        file = GOLDEN / f"{name}-2025Q3.{lang}.txt"
        if update_golden:
            file.parent.mkdir(exist_ok=True)
            file.write_text(said, "utf-8")
        assert said == file.read_text("utf-8")


def test_the_same_issue_gives_the_same_letters(house: Folders, tmp_path: Path) -> None:
    for period in ("2025Q2", "2025Q3"):
        issue(house, period)
    told = frozen(house)
    house.output.rename(tmp_path / "before")
    with (house.data / "liaison" / "happenings.yaml").open("a", encoding="utf-8") as file:
        file.write("\n# a remark that is no fact\n")
    for period in ("2025Q2", "2025Q3"):
        issue(house, period)
    assert len(told) == len(LANGUAGES)
    assert frozen(house) == told


def frozen(house: Folders) -> dict[str, bytes | None]:
    """The words of the letters about the third quarter, as they are kept with the issue."""
    with output_folder.opened(house, "test", NOW, tell=fail) as office:
        [found] = office.ledger.issues("liaison", "2025Q3")
        names = [name for name in found.files if name.endswith(".mail.json")]
        return {name: store.stored(house, found.files[name].final) for name in names}


def test_the_reports_own_section_of_changes_is_what_is_told(house: Folders) -> None:
    """Its heading stays in the report: the letter has one of its own."""
    template(house, TEMPLATE + BOX)
    text = part(mailed(house, "2025Q2", "2025Q3")["en"])
    assert (
        "Since the last issue (second quarter of 2025):\n"
        "- Training for users: cancelled on 15 August 2025 (too few registered)\n"
        "- Second coordination meeting: held on 15 September 2025\n\n"
        "Attached"
    ) in text
    assert "What changed" not in text


def test_a_long_section_is_cut_and_the_rest_counted(house: Folders) -> None:
    template(house, TEMPLATE + BOX.replace('kind="meetings"', ""))
    letters = mailed(house, "2025Q2", "2025Q3")
    assert "\n\n另有5项变化，见报告。\n\n" in part(letters["zh"])
    assert "\n\n另有5項變化，見報告。\n\n" in part(letters["zh-Hant"])
    assert "<p>And 5 more in the report.</p>" in part(letters["en"], "html")
    report = (house.output / "liaison/2025Q3/liaison-2025Q3.zh.md").read_text("utf-8")
    listed = report.partition("What changed")[2].strip().split("\n")
    assert len([line for line in listed if line.startswith("- ")]) == 15


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "本报告首次印发。"),
        ("en", "This is the first issue."),
        ("zh-Hant", "本報告首次印發。"),
    ],
)
def test_the_first_issue_says_so(house: Folders, lang: str, said: str) -> None:
    assert f"\n\n{said}\n\n" in part(mailed(house, "2025Q2")[lang])


def test_an_issue_that_is_counted_after_others_is_not_called_the_first(house: Folders) -> None:
    edit(house.data / "reports.yaml", "    approval: true\n", "    approval: true\n    issues_before: 17\n")
    text = part(mailed(house, "2025Q2")["zh"])
    assert "总第18期" in text
    assert "首次" not in text


def test_where_nothing_changed_that_is_said(house: Folders) -> None:
    edit(
        house.data / "reports.yaml",
        "2025Q3, as_of: 2025-09-30, closed: 2025-10-10",
        "2025Q3, as_of: 2025-07-01, closed: 2025-07-10",
    )
    letters = mailed(house, "2025Q2", "2025Q3")
    assert "\n\n与上期（2025年第二季度）相比没有变化。\n\n" in part(letters["zh"])
    assert "<p>Nothing has changed since the last issue (second quarter of 2025).</p>" in part(
        letters["en"], "html"
    )


# --- salutation and signature ---------------------------------------------------------------------------------

SETTINGS = """\
  salutation: {zh: "{name}：\\n您好！现报上本期进展，请审阅。", en: "Dear {name}:"}
  signature: {zh: "此致\\n敬礼\\n联络处", en: "With kind regards\\nLiaison office"}
"""


@pytest.mark.parametrize(
    ("lang", "begins", "ends"),
    [
        ("zh", "王主任：\n您好！现报上本期进展，请审阅。\n\n联络处季度进展", "\n\n此致\n敬礼\n联络处\n"),
        ("en", "Dear Director Li:\n\nQuarterly", "\n\nWith kind regards\nLiaison office\n"),
        ("zh-Hant", "陳主任：\n您好！現報上本期進展，請審閱。\n\n聯絡處", "\n\n此致\n敬禮\n聯絡處\n"),
    ],
)
def test_letters_begin_and_end_as_the_settings_say(house: Folders, lang: str, begins: str, ends: str) -> None:
    text = part(mailed(house, "2025Q2", settings=SETTINGS)[lang])
    assert text.startswith(begins)
    assert text.endswith(ends)


def test_a_recipients_own_salutation_stands_before_that_of_the_settings(house: Folders) -> None:
    edit(house.data / "reports.yaml", "address: zh@", "salutation: 尊敬的王部长：, address: zh@")
    edit(house.data / "reports.yaml", "address: zh-Hant@", "salutation: '敬爱的{name}：', address: zh-Hant@")
    letters = mailed(house, "2025Q2", settings=SETTINGS)
    assert part(letters["zh"]).startswith("尊敬的王部长：\n\n联络处季度进展")
    assert part(letters["zh-Hant"]).startswith("敬愛的陳主任：\n\n聯絡處")
    assert "<body>\n<p>尊敬的王部长：</p>\n<h1>" in part(letters["zh"], "html")


def test_the_issuing_body_signs_in_the_readers_language(house: Folders) -> None:
    for lang, issuer in (("zh", "国际合作局"), ("en", "Bureau of International Cooperation")):
        file = house.templates / "liaison" / f"report.{lang}.md.j2"
        file.write_text(TEMPLATE.replace("---\ntitle", f"---\nissuer: {issuer}\ntitle", 1), "utf-8")
    letters = mailed(house, "2025Q2")
    assert part(letters["zh"]).endswith("\n\n国际合作局\n")
    assert part(letters["zh-Hant"]).endswith("\n\n國際合作局\n")
    assert part(letters["en"]).endswith("\n\nYours sincerely,\nBureau of International Cooperation\n")


def test_no_program_speaks_in_a_letter_to_a_leader(house: Folders) -> None:
    for message in mailed(house, "2025Q2").values():
        for kind in ("plain", "html"):
            assert not {"自动", "自動", "program"} & set(part(message, kind).split())
            assert "程序" not in part(message, kind)
            assert "程式" not in part(message, kind)


@pytest.mark.parametrize(
    "salutation", ["'尊敬的{姓名}：'", "'Dear {name'", "{name}", "''", "[王部长]", "'尊敬的｛name｝：'"]
)
def test_a_salutation_that_would_go_out_as_typed_is_refused(house: Folders, salutation: str) -> None:
    edit(house.data / "reports.yaml", "address: zh@", f"salutation: {salutation}, address: zh@")
    problem = next(one for one in read(house.data).problems if one.code == "schedule/salutation")
    assert problem.where.file == "data/reports.yaml"
    assert "{name}" in problem.hint()


def test_a_wrong_salutation_of_the_settings_is_refused_without_being_repeated(house: Folders) -> None:
    settings_of(house).write_text(
        "mail:\n  server: smtp.example.org\n  from: {name: A, address: a@example.org}\n"
        "  salutation: {zh: '尊敬的{zq9xk}：', en: 'Dear {name},'}\n",
        "utf-8",
    )
    [problem] = [one for one in read(house.data).problems if one.code == "schedule/salutation"]
    assert problem.where.line == 4
    assert "zq9xk" not in problem.message() + problem.hint() + str(problem.args)
