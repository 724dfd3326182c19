"""What became of things between two editions, a sentence each: in reports, in letters."""

from __future__ import annotations

from reports.diagnostics.words.table import Words

#: `{name}` is what the record is called, other places are values of it; Chinese, English.
PROGRESS = Words(
    {
        "point": ("{by}个百分点", "{by} percentage point"),
        "points": ("{by}个百分点", "{by} percentage points"),
        "off": ("{state}（{by}）", "{state} ({by})"),
        "by then": ("{value}（{by}）", "{value} ({by})"),
        "no metric": ("这里应为指标", "a metric belongs here"),
        "by": ("{days}天", "{days} days"),
        "new": ("新增：{name}", "New: {name}"),
        "new dated": ("新增：{name}（{date}）", "New: {name} ({date})"),
        "new so": ("新增：{name}（{state}）", "New: {name} ({state})"),
        "new plan": ("新计划：{name}（{date}）", "New plan: {name} ({date})"),
        "new state": ("新增：{name}（{date}，{state}）", "New: {name} ({date}, {state})"),
        "new discussion": ("新提出：{name}", "New matter: {name}"),
        "new action": ("新行动：{name}（{due}）", "New action: {name} ({due})"),
        "due": ("期限{day}", "due {day}"),
        "no due": ("期限未定", "no date set"),
        "decided": ("{name}：{on}决定：{decision}", "{name}: decided on {on}: {decision}"),
        "decided by": (
            "{name}：{on}由{by}决定：{decision}",
            "{name}: decided by {by} on {on}: {decision}",
        ),
        "closed": ("{name}：{on}{state}", "{name}: {state} on {on}"),
        "closed with": ("{name}：{on}{state}（{why}）", "{name}: {state} on {on} ({why})"),
        "done": ("{name}：{on}{state}", "{name}: {state} on {on}"),
        "done with": ("{name}：{on}{state}（{why}）", "{name}: {state} on {on} ({why})"),
        "happened": ("{name}：{date}", "{name}: {date}"),
        "learnt": ("（{known}得知）", " (learnt on {known})"),
        "moved": ("{name}：由{before}改至{after}", "{name}: moved from {before} to {after}"),
        "late": ("{name}：逾期{days}天（{due}）", "{name}: {days} days late ({due})"),
        "figure": ("{name}：{value}，{change}", "{name}: {value}, {change}"),
        "figure first": ("{name}：{value}", "{name}: {value}"),
        "revised": ("；{at}修订为{value}", "; {at} revised to {value}"),
        "spent": (
            "{name}：{at}支出{money}，累计{total}（{share}）",
            "{name}: {money} spent ({at}), {total} in all ({share})",
        ),
        "changed": ("{name}：{fields}", "{name}: {fields}"),
        "field": ("{field}由{before}改为{after}", "{field} changed from {before} to {after}"),
        "field added": ("补充{field}：{after}", "{field} added: {after}"),
        "field removed": ("不再有{field}（原为{before}）", "{field} taken back (was {before})"),
        "reworded": ("{field}改写", "{field} reworded"),
        "and": ("；", "; "),
        "gone": ("{name}：不再列入", "{name}: no longer listed"),
        "none yet": ("尚无上一期", "no edition before"),
    }
)
