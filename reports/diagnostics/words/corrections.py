"""The words of the note on corrections, in a report that corrects an earlier issue."""

from __future__ import annotations

from reports.diagnostics.words.table import Words

CORRECTIONS = Words(
    {
        "title": ("更正说明", "Corrections"),
        "facts": (
            "与第{before}版相比，本版更正如下：",
            "Since revision {before}, the following was corrected:",
        ),
        "none": (
            "与第{before}版相比，所载事实没有变化，改动的是文字或版式。",
            "No fact differs from revision {before}; wording or layout was changed.",
        ),
        "as typed": (
            "上一版制作时尚未记录各事项的时间，只比较了当时填写的内容。",
            " The earlier revision did not record when things became so; compared is what was entered then.",
        ),
        "more": ("另有{count}处。", "and {count} more"),
        "record added": ("新增“{record}”", "“{record}” was added"),
        "record removed": ("删去“{record}”", "“{record}” was taken out"),
        "added": ("{record}：补充{field}{after}", "{record}: {field} added, {after}"),
        "removed": ("{record}：删去{field}{before}", "{record}: {field} taken out, {before}"),
        "changed": (
            "{record}：{field}由{before}改为{after}",
            "{record}: {field} changed from {before} to {after}",
        ),
        "computed added": ("补充{field}{after}", "{field} added, {after}"),
        "computed removed": ("删去{field}{before}", "{field} taken out, {before}"),
        "computed changed": (
            "{field}由{before}改为{after}",
            "{field} changed from {before} to {after}",
        ),
        "as of": (
            "数据截至日由{before}改为{after}",
            "facts are as of {after}, no longer as of {before}",
        ),
        "reworded": ("{record}：{field}改写", "{record}: {field} reworded"),
    }
)
