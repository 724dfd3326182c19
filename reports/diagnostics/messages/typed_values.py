"""Sentences about values that people type in their own way, in English and Chinese, by code; see `records.suggestions`.

A row is sentence, 句子, hint, 提示; the hints may be left out. The rules of `messages` hold.
"""

from __future__ import annotations

from collections.abc import Mapping

Rows = Mapping[str, tuple[str, ...]]

TYPED: Rows = {
    "value/quotes": (
        "the quotation marks of {value} are part of the value here", "{value} 的引号成了内容的一部分",
        'Delete them, or type " with the input method switched to English.', '请删去，或切换到英文输入法输入 "。',
    ),
    "value/invisible": (
        "an invisible character stands in '{value}'", "“{value}”中有看不见的字符",
        "Delete the value and type it anew; such characters come along when text is copied.",
        "请删去后重新输入；复制网页、微信文字时会带入此类字符。",
    ),
    "value/hash": (
        "the full-width '＃' and what follows became part of the value", "全角“＃”及其后的文字成了内容的一部分",
        "A comment begins with a space and the half-width '#'.", "注释以空格加半角“#”开头。",
    ),
    "value/brackets": (
        "'{value}' is a text, and a list belongs here", "“{value}”是文字，这里应为列表",
        "Type [ ] and commas with the input method switched to English.", "请切换到英文输入法输入 [ ] 和逗号。",
    ),
    "value/date-words": (
        "the date '{value}' is written in words", "日期“{value}”写成了文字",
        "Write digits and hyphens; reports put it into words themselves.", "请写数字和连字符；报告会自动写成“2023年6月”。",
    ),
    "value/date-vague": (
        "the date '{value}' names a part of a year or a month", "日期“{value}”只指年或月中的一段",
        "Write the year or month as the date, and keep the words of the source as 'raw'.",
        "date 写年份或月份，raw 保留原文用语。",
    ),
    "value/date-zeros": (
        "the date '{value}' lacks its zeros", "日期“{value}”缺少前面的零",
        "Month and day have two digits.", "月和日各写两位数字。",
    ),
    "value/date-signs": (
        "the parts of the date '{value}' are not joined as they should be", "日期“{value}”的分隔符不对",
        "Write 2023-06-08 with hyphens, a range with a slash: 2011/2012.",
        "年月日用连字符：2023-06-08；起止用斜线：2011/2012。",
    ),
    "value/date-year": (
        "the year of '{value}' has two digits", "“{value}”的年份只有两位", "Write all four digits.", "请写四位年份。",
    ),
    "value/date-no-year": (
        "'{value}' names no year", "“{value}”没有年份",
        "Write the year first, for example 2023-06 or 2023-06-08.", "请先写年份，例如 2023-06 或 2023-06-08。",
    ),
    "value/date-serial": (
        "'{value}' is not a date, but the number of a day in a spreadsheet", "“{value}”不是日期，像是表格程序的日期序号",
        "Write year, month and day.", "请写年月日。",
    ),
    "value/date-period": (
        "'{value}' is a period, and a date belongs here", "“{value}”是报告期，这里应为日期",
        "Write a day, a month or a year, or a range.", "请写年、月、日或起止时间。",
    ),
    "value/no-such-quarter": (
        "there is no period '{value}'; a year has four quarters and two halves", "没有“{value}”：一年只有四个季度、两个半年",
        "Write Q1 to Q4, or H1, H2.", "请写 Q1 至 Q4，或 H1、H2。",
    ),
    "value/share-sign": (
        "'{value}' lacks the per cent sign", "“{value}”缺少百分号", "Write it behind the number.", "请写在数字后面。",
    ),
    "value/share-fraction": (
        "'{value}' may be a share of one or of a hundred", "“{value}”看不出是小数还是百分数",
        "Write 30% for three tenths, 0.3% for three thousandths.", "十分之三写 30%，千分之三写 0.3%。",
    ),
    "value/share-over": (
        "'{value}' is more than a whole", "“{value}”超过百分之百",
        "A share is at most 100%; growth and the like are a quantity.", "占比不超过 100%；增长率等请写在 quantity。",
    ),
    "value/money-code": (
        "the currency of '{value}' is not where it belongs", "“{value}”的币种写法不对",
        "Write the currency code first, for example USD 125 million.", "请先写币种代码，例如 USD 125 million。",
    ),
    "value/money-currency": (
        "'{value}' names no currency", "“{value}”没有写明币种",
        "Write its code first, for example CNY, EUR, USD, CHF, RUB.", "请先写币种代码：CNY、EUR、USD、CHF、RUB 等。",
    ),
    "value/money-unknown": (
        "'{value}' does not begin with a currency code", "“{value}”开头的币种代码不存在",
        "Write its code of ISO 4217, for example CNY, EUR, USD, CHF, RUB.", "请写 ISO 4217 的币种代码：CNY、EUR、USD、CHF、RUB 等。",
    ),
    "value/money-negative": (
        "'{value}' is less than nothing", "“{value}”是负数", "Write the amount without the sign.", "请写不带负号的金额。",
    ),
    "value/money-mixed": (
        "'{value}' names several currencies", "“{value}”写了几种货币",
        "Make a record for each currency.", "每种货币各写一条记录。",
    ),
}  # fmt: skip
