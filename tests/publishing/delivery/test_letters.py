"""Letters in the words of who reads them: Traditional letters, names as the data states them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from reports.diagnostics.problems import Problem
from reports.model.delivery_settings import Mail
from reports.model.periods import Period
from reports.pipeline.build import Order
from reports.pipeline.read import Folders, Reading, read
from reports.publishing import approval, drafts, output_folder
from reports.publishing.delivery.letters import Room, letter
from reports.publishing.delivery.message import Letter
from reports.publishing.outbox import Entry, Intent
from reports.publishing.output_folder import OpenOutput
from tests.support.smtp_server import settings_of
from tests.support.workplace import NOW, edit, small_house

PEOPLE = """\
people:
  - id: chen
    name: {zh: 陈台, en: Chen Tai, zh-Hant: 陳台}
    source: [{doc: slides}]
"""
DELIVERY = """\
on: true
mail:
  server: smtp.example.org
  security: starttls
  from: {name: {zh: 秘书处, en: Secretariat}, address: reports@example.org}
"""
LEADERS = """\
    issues_before: 17
    recipients:
      leadership: [{name: {zh: 陈主任, en: Director Chen}, address: chen@example.org, lang: zh-Hant}]
"""


@pytest.fixture
def house(tmp_path: Path) -> Folders:
    """Two quarters of a report for leaders, both issued; between them facts changed."""
    house = small_house(tmp_path)
    edit(house.data / "reports.yaml", "    issues_before: 17\n", LEADERS)
    settings_of(house).write_text(DELIVERY, "utf-8")
    with (house.data / "records.yaml").open("a", encoding="utf-8") as records:
        records.write(PEOPLE)
    issue(house, "2023Q2", 0)
    edit(
        house.data / "records.yaml",
        "date: 2023-06-01\n",
        "date: 2023-06\n    head: chen\n    agenda: [{zh: 总结, en: Review}]\n",
    )
    edit(house.data / "records.yaml", "people:\n", "events:\n  - {id: fair, title: {zh: 招聘会, en: Job fair}, "
         "type: job fair, date: 2023-09, status: held, source: [{doc: slides}]}\npeople:\n")  # fmt: skip
    issue(house, "2023Q3", 100)
    return house


def issue(house: Folders, period: str, days: int) -> None:
    now = NOW + timedelta(days=days)
    drafts.build(house, Order(("memo",), Period.parse(period)), now, correct=True)
    approval.approve(house, "memo", period, "王", now, tell=fail)


def fail(problem: Problem) -> None:
    pytest.fail(problem.message())


@pytest.fixture
def room(house: Folders) -> Iterator[Room]:
    reading = read(house.data)
    with output_folder.opened(house, "test", NOW, tell=fail) as office:
        yield room_in(office, reading)


def room_in(office: OpenOutput, reading: Reading) -> Room:
    return Room(office, reading, lambda report, period, lang: [])


def written(room: Room, lang: str, kind: str = "issue", period: str = "2023Q3", **payload: object) -> Letter:
    mail = room.reading.delivery.mail
    assert isinstance(mail, Mail)
    intent = Intent("<a@b>", kind, "email", "chen@example.org", lang, "memo", period, 1, payload)
    return letter(room, mail, Entry(intent, "pending", 0, NOW, NOW))


def test_a_reader_of_traditional_letters_gets_no_others(room: Room) -> None:
    """The edition itself is in Simplified letters here: subject, body and names of files are respelt."""
    told = written(room, "zh-Hant")
    assert told.subject == "備忘 2023年第三季度"
    assert told.sender.name == "秘書處"
    assert "2023年第3期 總第19期" in told.text
    assert told.files[0][0] == "備忘 2023年第三季度.docx"
    assert not set("会议与总备务书") & set(told.text + told.html + told.subject)


def test_other_letters_are_respelt_too(room: Room) -> None:
    assert written(room, "zh-Hant", "draft").subject == "草稿待批准：備忘　2023年第三季度"
    alert = written(room, "zh-Hant", "alert", problems={"zh": ["历法中没有这一天"], "en": ["no such day"]})
    assert "曆法中沒有這一天" in alert.text
    assert "历" not in alert.text


# --- which edition, which words -------------------------------------------------------------------------------


@pytest.fixture
def bilingual(tmp_path: Path) -> Iterator[Room]:
    """A room with the memo in Chinese and English; its title tells the period in a sentence's capitals."""
    house = small_house(tmp_path)
    edit(house.data / "reports.yaml", "    issues_before: 17\n", LEADERS)
    edit(
        house.data / "reports.yaml",
        "languages: [zh]\n    formats: [docx, md]",
        "languages: [zh, en]\n    formats: [docx, md]",
    )
    edit(house.templates / "letter/report.en.md.j2", "{{ period }}", "– {{ period | capital }}")
    settings_of(house).write_text(DELIVERY, "utf-8")
    issue(house, "2023Q3", 100)
    with output_folder.opened(house, "test", NOW, tell=fail) as office:
        yield room_in(office, read(house.data))


def test_a_reader_of_traditional_letters_gets_the_chinese_edition_not_the_english_one(
    bilingual: Room,
) -> None:
    told = written(bilingual, "zh-Hant", name="陈主任")
    assert told.subject == "備忘 2023年第三季度"
    assert told.to.name == "陳主任"
    assert "年度會議" in told.text
    assert told.files == (("備忘 2023年第三季度.docx", word_file(bilingual, "zh")),)


def test_a_period_that_the_title_tells_is_not_told_again(bilingual: Room) -> None:
    told = written(bilingual, "en")
    assert told.subject == "Memo – Third quarter of 2023"
    assert told.files == (("Memo, third quarter of 2023.docx", word_file(bilingual, "en")),)


def word_file(room: Room, lang: str) -> bytes:
    output = room.office.folders.output
    return (output / f"memo/2023Q3/memo-2023Q3.{lang}.docx").read_bytes()


@pytest.mark.parametrize(
    ("lang", "subject"),
    [
        ("zh", "请补充：备忘　2023年第三季度（2023年10月10日09:00到期）"),
        ("zh-Hant", "請補充：備忘　2023年第三季度（2023年10月10日09:00到期）"),
        ("en", "Please complete: Memo, third quarter of 2023 (due 10 October 2023, 09:00)"),
    ],
)
def test_a_reminder_names_the_date_whenever_it_arrives(room: Room, lang: str, subject: str) -> None:
    assert written(room, lang, "reminder", days=7).subject == subject


@pytest.mark.parametrize(
    ("lang", "due"),
    [
        ("zh", "（暂定2098年10月10日09:00到期）"),
        ("zh-Hant", "（暫定2098年10月10日09:00到期）"),
        ("en", " (due 10 October 2098, 09:00, provisional)"),
    ],
)
def test_a_reminder_says_that_a_date_may_still_move(room: Room, lang: str, due: str) -> None:
    """No one has announced the days off of that year."""
    assert written(room, lang, "reminder", "2098Q3", days=7).subject.endswith(due)


def test_without_a_schedule_a_reminder_names_no_date(room: Room) -> None:
    report = replace(room.reading.reports.reports["memo"], schedule=None)
    reports = replace(room.reading.reports, reports={"memo": report})
    told = written(room_in(room.office, replace(room.reading, reports=reports)), "en", "reminder")
    assert told.subject == "Please complete: Memo, third quarter of 2023"


def test_a_reminder_is_greeted_and_signed_and_says_that_a_program_sent_it(room: Room) -> None:
    told = written(room, "zh", "reminder", days=7, name="编辑部")
    assert told.text == "尊敬的编辑部：\n\n没有待办事项，谢谢。\n\n秘书处\n\n-- \n本邮件由程序自动发送。\n"
    assert "<body>\n<p>尊敬的编辑部：</p>\n<h1>请补充：备忘" in told.html


@pytest.mark.parametrize("kind", ["draft", "alert", "skipped"])
def test_what_a_program_says_to_those_who_look_after_it_is_no_letter_of_theirs(room: Room, kind: str) -> None:
    text = written(room, "en", kind, name="Office").text
    assert "Dear" not in text
    assert text.endswith("\n\n-- \nThis message was sent by a program.\n")


def test_nobody_is_greeted_without_a_name(room: Room) -> None:
    assert written(room, "en", "reminder").text.startswith("Nothing is open.")


def test_what_is_owed_is_a_list_in_html(house: Folders) -> None:
    with output_folder.opened(house, "test", NOW, tell=fail) as office:
        room = Room(office, read(house.data), lambda report, period, lang: ["a < b", "c"])
        html = written(room, "en", "reminder").html
    assert "<p>Still to be done:</p><ul><li>a &lt; b</li><li>c</li></ul>" in html
