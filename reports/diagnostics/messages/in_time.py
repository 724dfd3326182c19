"""Sentences about what became so when: updates, values over time, the days of an edition. The rules of `messages` hold."""

from __future__ import annotations

from collections.abc import Mapping

Rows = Mapping[str, tuple[str, ...]]

IN_TIME: Rows = {
    "value/vague-day": (
        "'{value}' leaves open when that was", "“{value}”没有写明是哪一天",
        "Write a day such as 2026-06-05, or a month or year, which count from their last day; no after, before or about.",
        "请写具体日期，例如 2026-06-05；写到月或年的，从最后一天算起。不能用 after、before、约。",
    ),
    "update/nothing": (
        "the update changes nothing", "这条更新没有改变任何字段",
        "Write beside 'on' what became of which field, for example 'status: held'.",
        "请在 on 旁写上改变了的字段，例如 status: held。",
    ),
    "update/never-id": (
        "an id never changes", "id 不能更新", "Take the field out of the update.", "请从更新中删去这个字段。",
    ),
    "update/never-formerly": (
        "a former id is not changed by an update", "曾用的 id 不用更新来改",
        "Write 'formerly' beside the id.", "请写在 id 旁的 formerly 里。",
    ),
    "update/never-name": (
        "a name does not change by an update", "名称不用更新来改",
        "Put what it was called until then under 'former' of the name, with 'until', and the new name above.",
        "请把原名写进 name 的 former（附 until），上面写现名。",
    ),
    "update/never-updates": (
        "an update holds no updates", "更新里不能再写 updates",
        "Write each as an entry of its own, with its own 'on'.", "请各写一条，各有自己的 on。",
    ),
    "update/never-figure": (
        "'{field}' does not change by an update", "“{field}”不用更新来改",
        "Add a line to 'values' ('spent' of a budget): {{at: 2026Q2, …}}; what was revised stands there once more, with 'known'.",
        "请在 values（经费为 spent）下加一行：{{at: 2026Q2, …}}；修订的数再写一行，并写上 known。",
    ),
    "update/required": (
        "'{field}' cannot be taken back: a record has it always", "“{field}”不能撤销：记录必须有这个字段",
        "Write what it is instead of '~'.", "请写出现在的值，不要写“~”。",
    ),
    "update/blank": (
        "nothing stands behind '{field}'", "“{field}”后面没有内容",
        "Write what it became; to take the field back write '{field}: ~'.", "请写出现在的值；要撤销这个字段请写“{field}: ~”。",
    ),
    "update/twice": (
        "'{field}' is changed twice on {on}; the other one: {other}", "“{field}”在 {on} 更新了两次，另一处：{other}",
        "Keep the one that holds.", "请只留一条。",
    ),
    "update/order": (
        "the update of {on} stands behind that of {before}", "{on} 的更新写在了 {before} 之后",
        "Put the oldest first; check the year.", "请按时间先后排列；也请核对年份。",
    ),
    "values/and-one": (
        "'{field}' and 'values' both say what the figure is; see {other}", "“{field}”和 values 都写了这个指标的数，见 {other}",
        "Move the figure and its date into 'values': {{at: …, {field}: …}}.", "请把它连同日期移进 values：{{at: …, {field}: …}}。",
    ),
    "values/sort": (
        "this is given as '{field}', the figure as '{other}'", "这里用的是“{field}”，这个指标用的是“{other}”",
        "Use the same field in all values, targets and the baseline.", "values、target、baseline 请用同一个字段。",
    ),
    "values/twice": (
        "there are two values for {at}; the other one: {other}", "{at} 有两个数，另一处：{other}",
        "If the later one revises the first, write 'known: DAY' beside it, the day it was learnt; else keep one.",
        "如果后一个是修订，请写上 known: 日期（得知的日子）；否则只留一个。",
    ),
    "time/year": (
        "nobody means the year of {date}", "{date} 的年份不像是真的",
        "Check its digits: four of them, as in 2026.", "请核对年份，写四位数字，例如 2026。",
    ),
    "time/due-before-raised": (
        "it is due {date}, before it was raised ({than}, {other})", "截止日期 {date} 早于提出日期 {than}（{other}）",
        "Check both days.", "请核对这两个日期。",
    ),
    "time/due-before-undertaken": (
        "it is due {date}, before the day of what it comes from ({than}, {other})",
        "截止日期 {date} 早于它所依据的决定或会议（{than}，{other}）",
        "Check both days, and that 'from' names the right record.", "请核对这两个日期，并核对 from 所指的记录。",
    ),
    "time/signed-after-agreement": (
        "a party signed {date}, after the agreement was signed ({than}, {other})",
        "一方签字日期 {date} 晚于协议签署日期 {than}（{other}）",
        "The agreement is signed on the day of the last signature; check both days.",
        "协议以最后一方签字之日为签署日期，请核对这两个日期。",
    ),
    "time/name-before-body": (
        "the name ended {date}, before the body was founded ({than}, {other})",
        "原名止于 {date}，早于机构成立日期 {than}（{other}）",
        "Check both days; a body of before is a record of its own, with 'successor'.",
        "请核对这两个日期；如果是前身机构，请另写一条记录，用 successor 指向后继机构。",
    ),
    "time/target-before-baseline": (
        "the target is for {date}, not after its baseline ({than}, {other})",
        "目标时间 {date} 不晚于基线时间 {than}（{other}）",
        "Check both: a baseline is what the figure was when the target was set.",
        "请核对两者：基线是定目标时的数。",
    ),
    "time/entry-before-record": (
        "this was known {date}, before there is anything of the record ({than}, {other})",
        "这条更新得知于 {date}，早于记录本身（{than}，{other}）",
        "Check both days; if the record was known earlier, write that day as its 'known'.",
        "请核对这两个日期；如果这条记录更早就已得知，请把那一天写进记录的 known。",
    ),
    "time/known-before-on": (
        "this was known {date}, before it became so ({than}, {other})", "得知日期 {date} 早于发生日期 {than}（{other}）",
        "'on' (of figures 'at') is when it became so, 'known' when it was learnt; write what was planned as a plan.",
        "on（指标为 at）是发生的时间，known 是得知的时间；只是计划的，请按计划写。",
    ),
    "time/after-its-source": (
        "a source of {than} ({other}) cannot tell what became so {date}", "{than} 的来源（{other}）不可能记载 {date} 才发生的事",
        "Check both days, or name the source that tells it.", "请核对这两个日期，或改写为记载此事的来源。",
    ),
    "time/before-its-source": (
        "this was known {date}, and its source is of {than} ({other})", "得知于 {date}，而来源的日期是 {than}（{other}）",
        "Write the day it was learnt, which is no earlier than its source: 'known: {than}'.",
        "请写得知的日期，它不早于来源的日期：known: {than}。",
    ),
    "time/told-before-held": (
        "it is told as of the past {than} ({other}), and its day is {date}", "{than}（{other}）就已写成完成，而日期是 {date}",
        "Say 'planned' first, and what came of it in an update of that day.",
        "请先写 planned，到那一天再用更新写明结果。",
    ),
    "time/not-yet": (
        "it is told as of the past, and {date} is still to come (today is {today})", "写的是已完成，而 {date} 还没有到（今天是 {today}）",
        "Check the date; what is still to come is 'planned' (an agreement 'being signed', an action without 'done').",
        "请核对日期；还没有发生的请写 planned（协议写 being signed，行动项不写 done）。",
    ),
    "time/future-entry": (
        "{date} is still to come (today is {today})", "{date} 还没有到（今天是 {today}）",
        "Check the year; an entry tells what became so, a 'target' what is to be.",
        "请核对年份；更新和数值写已经发生的，将来的数写进 target。",
    ),
    "edition/as-of-before-period": (
        "the facts are as of {as_of}, before {period} begins", "截止日 {as_of} 早于 {period} 的开始",
        "Check both: 'as_of' is a day of the period, as a rule its last.", "请核对两者：as_of 是本期中的一天，一般为最后一天。",
    ),
    "edition/closed-before-as-of": (
        "it was closed {closed}, before the day of its facts ({as_of}, {other})",
        "截稿日 {closed} 早于数据截止日 {as_of}（{other}）",
        "'closed' is the day after which nothing that is learnt enters it; leave it out for the day it is due.",
        "closed 之后得知的内容不再写入本期；不写则为到期日。",
    ),
    "edition/since-not-earlier": (
        "{since} is no earlier edition than {period}", "{since} 并不早于 {period}",
        "Write the edition it is compared with, such as {before}.", "请写与之比较的那一期，例如 {before}。",
    ),
    "edition/twice": (
        "{period} is listed twice; the first time at {other}", "{period} 列了两次，第一次在 {other}",
        "Keep the one whose days are right, and take the other away.", "请保留日期正确的一行，删去另一行。",
    ),
    "edition/asks-since": (
        "{before}, the one before {period}, is not among the editions: what is it compared with?",
        "{period} 的上一期 {before} 不在所列各期之中，本期与哪一期比较？",
        "Write 'since: {since}' beside {period} under 'editions', or the edition readers have in mind.",
        "请在 editions 的 {period} 旁写 since: {since}，或写读者手中的那一期。",
    ),
    "edition/asks-since-passed": (
        "{before}, the one before {period}, was not issued, or was withdrawn: what is it compared with?",
        "{period} 的上一期 {before} 没有印发，或已撤回，本期与哪一期比较？",
        "Write 'since: {since}' beside {period} under 'editions', or the edition readers have in mind.",
        "请在 editions 的 {period} 旁写 since: {since}，或写读者手中的那一期。",
    ),
    "edition/asks-since-other-kind": (
        "the issue before {period} was of another kind of period ({since}): what is it compared with?",
        "{period} 之前印发的是另一种时期（{since}），本期与哪一期比较？",
        "Write 'since: {since}' beside {period} under 'editions', or the edition readers have in mind.",
        "请在 editions 的 {period} 旁写 since: {since}，或写读者手中的那一期。",
    ),
    "edition/vanished": (
        "the matter '{id}' ({topic}) stands in {issue}, and is gone from the data",
        "{issue} 中的待议事项“{id}”（{topic}）从数据中消失了",
        "Put it back, with an update such as 'status: withdrawn'. Has it another id now? Type: run.py rename {id} NEW-ID.",
        "请恢复这条记录，并用更新写明结果，例如 status: withdrawn。如只是改了 id，请运行：run.py rename {id} NEW-ID。",
    ),
    "time/overwritten": (
        "'{field}' of {record} was {before} in the issue {issue}, and is {after} now",
        "{record} 的“{field}”在已印发的 {issue} 中是 {before}，现在是 {after}",
        "Was the issue wrong? Then correct it: run.py build {report} --period {period} --correct. Did it become so later? Then put {before} back and type: run.py update {record} {typed} {option} DAY --source ID.",
        "如果当时印错了，请更正：run.py build {report} --period {period} --correct。如果是后来变的，请先改回 {before}，再输入：run.py update {record} {typed} {option} 日期 --source 材料id。",
    ),
    "time/late-entry": (
        "the entry of {on} reaches the issue {issue}, where '{field}' of {record} was {before}; it is {after} now",
        "{on} 的更新会改变已印发的 {issue}：其中 {record} 的“{field}”是 {before}，现在是 {after}",
        "If it was learnt only later, write so beside 'on': known: {today}. If the issue was wrong, correct it: run.py build {report} --period {period} --correct.",
        "如果是后来才得知的，请在 on 旁写上 known: {today}。如果当时印错了，请更正：run.py build {report} --period {period} --correct。",
    ),
    "time/new-record": (
        "{record} was not in the data of the issue {issue}, and would be in it now", "{record} 在印发 {issue} 时还没有，现在却会进入该期",
        "If it was learnt only later, add to the record: known: {today}. If it was missed, correct the issue: run.py build {report} --period {period} --correct.",
        "如果是后来才得知的，请在这条记录里写上 known: {today}。如果是当时漏了，请更正：run.py build {report} --period {period} --correct。",
    ),
}  # fmt: skip
