"""What every field of data/reports.yaml is for, in a few words of Chinese and English: rows as in `fields`."""

from __future__ import annotations

from collections.abc import Mapping

#: What stands above the list.
FORMAT_WORDS = (
    "数据的写法：第几种格式；不写则为 1",
    "how the data are written: the number of the format; left out: 1",
)

REPORTS: Mapping[str, tuple[str, str]] = {
    "ReportDefinition.id": (
        "报告的编号，也是输出文件夹的名称",
        "the report's name in commands and output folders",
    ),
    "ReportDefinition.title": ("报告标题", "title of the report"),
    "ReportDefinition.template": ("templates 下的文件夹", "its folder in templates/"),
    "ReportDefinition.profile": ("版式", "its looks"),
    "ReportDefinition.period": ("报告期的种类", "what sort of period it is about"),
    "ReportDefinition.editions": ("各期", "the periods it is made for"),
    "ReportDefinition.languages": ("出哪些语言", "the languages it is made in"),
    "ReportDefinition.formats": ("出哪些格式", "the formats it is made in"),
    "ReportDefinition.programmes": (
        "用哪些项目的数据；不写则用全部",
        "the data folders it draws from; none named: all",
    ),
    "ReportDefinition.default": ("不指定报告时是否生成", "whether it is built when no report is named"),
    "ReportDefinition.schedule": ("何时自动生成", "when it is made by itself"),
    "ReportDefinition.recipients": ("发给谁", "who gets it by e-mail"),
    "ReportDefinition.approval": (
        "印发前是否须经批准",
        "whether a person has to approve it before it is issued",
    ),
    "ReportDefinition.freshness": (
        "本报告对各类记录新旧的要求（不写则按各类的通常要求）",
        "how fresh this report wants its records, where other than usual",
    ),
    "Freshness.kind": ("哪一类记录，例如 metrics", "the kind of records, for example metrics"),
    "Freshness.days": ("超过多少天算过时", "after how many days they are too old"),
    "ReportDefinition.issues_before": ("使用本系统之前已出了多少期", "how many issues there were before"),
    "Edition.period": ("报告期", "the period"),
    "Edition.as_of": ("数据截止日", "the day its facts are as of"),
    "Schedule.since": ("从哪一期起自动生成", "the first period to be made"),
    "Schedule.due": ("何时到期", "when it is due"),
    "Schedule.remind": ("到期前几天提醒编辑", "days before the due date on which editors are reminded"),
    "Schedule.missed": ("错过的各期如何处理", "what becomes of periods that were missed"),
    "Schedule.grace": ("迟几天以内仍补做", "how many days late is still made"),
    "Due.days": ("报告期结束后第几天", "days after the last day of the period"),
    "Due.time": ("几点", "at what time"),
    "Due.zone": ("时区", "in which time zone"),
    "Due.calendar": ("按哪国的工作日", "whose working days"),
    "Recipients.leadership": ("领导：收报告", "leadership: gets the report"),
    "Recipients.editors": ("编辑：收提醒", "editors: are reminded"),
    "Recipients.secretariat": ("秘书处：收出错通知", "secretariat: is told what went wrong"),
    "Recipient.name": ("姓名、职务或单位", "the recipient's name"),
    "Recipient.address": ("电子邮件地址", "the e-mail address"),
    "Recipient.lang": ("用哪种语言", "in which language"),
    "Recipient.salutation": (
        "信的称呼，例如“尊敬的王部长：”；不写则按投递设置",
        "how letters begin, for example 'Dear Minister,'; left out: as the settings of delivery say",
    ),
}
