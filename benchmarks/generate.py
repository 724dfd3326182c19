"""Write a briefing of any size: valid records in Chinese and English, the templates that tell them.

    python -m benchmarks.generate FOLDER S|M|L

The same size gives the same files, byte for byte.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

HERE = Path(__file__).parent
WORD_TEMPLATES = HERE.parent / "templates" / "word"


@dataclass(frozen=True, slots=True)
class Size:
    """*records* are told one by one in text, lists and tables; *rows* are records in one long table."""

    records: int
    rows: int = 0


SIZES: Mapping[str, Size] = MappingProxyType({"S": Size(36), "M": Size(400), "L": Size(2000, 5000)})


def generate(folder: Path, size: Size) -> None:
    """Write data/ and templates/ into *folder*."""
    data = folder / "data" / "bench"
    data.mkdir(parents=True, exist_ok=True)
    for name, text in _files(size):
        (data.parent / name).write_text(text, "utf-8", newline="\n")
    templates = folder / "templates"
    shutil.copytree(HERE / "templates", templates, dirs_exist_ok=True)
    shutil.copytree(WORD_TEMPLATES, templates / "word", dirs_exist_ok=True)


# --- files --------------------------------------------------------------------------------------------------


def _files(size: Size) -> Iterator[tuple[str, str]]:
    """Every data file's name and text; a kind is told by as many records as its share of *size*."""
    dice = random.Random(20230608)  # noqa: S311 - the same letters on every machine, nothing secret
    themes = [f"theme-{n}" for n in range(1, 3 if size.records < 100 else 9)]
    meetings, contributions, visits, discussions = (size.records * share // 100 for share in (35, 35, 20, 10))
    yield "reports.yaml", _REPORTS
    yield "bench/sources.yaml", _SOURCES
    yield "bench/people.yaml", _PEOPLE
    yield "bench/themes.yaml", _listed("themes", map(_theme, themes))
    yield "bench/organisations.yaml", _listed("organisations", map(_organisation, _ORGANISATIONS))
    yield "bench/figures.yaml", _listed("metrics", (*map(_ratio, range(1, 4)), *map(_share, range(1, 6))))
    yield "bench/meetings.yaml", _listed("meetings", (_meeting(dice, n, themes) for n in range(meetings)))
    told = (_contribution(dice, n, themes) for n in range(contributions))
    yield "bench/contributions.yaml", _listed("contributions", told)
    yield "bench/visits.yaml", _listed("visits", (_visit(dice, n, themes) for n in range(visits)))
    asked = (_discussion(dice, n) for n in range(1, discussions + 1))
    yield "bench/discussions.yaml", _listed("discussions", asked)
    yield "bench/values.yaml", _listed("metrics", (_value(dice, n) for n in range(1, size.rows + 1)))


_REPORTS = """\
reports:
  - id: bench
    title: {zh: 年度进展汇报, en: Annual progress report}
    template: bench
    profile: briefing
    period: year
    editions:
      - {period: 2023, as_of: 2023-12-31}
    languages: [zh, en]
    formats: [docx, md]
    default: true
"""
_SOURCES = """\
sources:
  - id: minutes-2023
    title: {zh: 年度会议纪要, en: Minutes of the annual meetings}
    genre: minutes
    author: li-ming
    date: 2023-12-31
    place: {zh: 北京, en: Beijing}
    language: zh
"""
_PEOPLE = """\
people:
  - id: li-ming
    name: {zh: 李明, en: Li Ming}
    source:
      - doc: minutes-2023
"""
_ORGANISATIONS = (
    ("cas", "中国科学院", "Chinese Academy of Sciences", "CAS"),
    ("ihep", "高能物理研究所", "Institute of High Energy Physics", "IHEP"),
    ("ustc", "中国科学技术大学", "University of Science and Technology of China", "USTC"),
    ("sdu", "山东大学", "Shandong University", "SDU"),
    ("sjtu", "上海交通大学", "Shanghai Jiao Tong University", "SJTU"),
    ("cern", "欧洲核子研究中心", "European Organization for Nuclear Research", "CERN"),
)
_SUBJECTS = (
    ("探测器升级", "Detector upgrade"),
    ("数据网格运行", "Operation of the data grid"),
    ("超导磁体研制", "Superconducting magnets"),
    ("联合培养研究生", "Joint training of students"),
    ("束流测试与标定", "Beam tests and calibration"),
    ("电子学读出系统", "Readout electronics"),
    ("软件与模拟", "Software and simulation"),
    ("开放数据与科普", "Open data and outreach"),
)
_SENTENCES = (
    ("双方交流了前一阶段的工作情况，并确认了下一阶段的任务分工。", "Both sides reported on their work so far and agreed on who does what in the next stage."),
    ("样机通过验收，主要指标达到设计要求。", "The prototype was accepted; its main figures meet the design."),
    ("各单位将在年底前提交书面报告，由协调组汇总。", "Each institution submits a written report by the end of the year, and the coordination group collects them."),
    ("人员往来和设备运输的安排仍需进一步落实。", "Travel and the transport of equipment still have to be settled."),
    ("参加单位建议建立定期沟通机制，及时解决实施中出现的问题。", "The participants propose regular exchanges so that problems are solved as they come up."),
    ("有关经费来源和使用计划已列入下一年度预算。", "Sources and use of the funds are part of next year's budget."),
)  # fmt: skip
_PLACES = (
    ("北京", "Beijing"),
    ("日内瓦", "Geneva"),
    ("合肥", "Hefei"),
    ("上海", "Shanghai"),
    ("济南", "Jinan"),
)


def _listed(key: str, records: Iterator[str] | tuple[str, ...]) -> str:
    text = "\n".join(records)
    return f"{key}:\n{text}" if text else f"{key}: []\n"


# --- records ------------------------------------------------------------------------------------------------


def _both(zh: str, en: str) -> str:
    """A text in both languages; quotation marks keep commas and colons of the English one from meaning anything."""
    return f"{{zh: {json.dumps(zh, ensure_ascii=False)}, en: {json.dumps(en)}}}"


def _source(zh: str = "", en: str = "") -> str:
    where = f"\n        at: {_both(zh, en)}" if zh else ""
    return f"    source:\n      - doc: minutes-2023{where}\n"


def _day(dice: random.Random) -> str:
    return f"{dice.randint(2019, 2023)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"


def _note(dice: random.Random) -> str:
    """Two or three sentences."""
    chosen = dice.sample(_SENTENCES, dice.randint(2, 3))
    zh, en = "".join(zh for zh, _ in chosen), " ".join(en for _, en in chosen)
    return f"    note:\n      zh: {json.dumps(zh, ensure_ascii=False)}\n      en: {json.dumps(en)}\n"


def _several(dice: random.Random) -> str:
    return ", ".join(id_ for id_, *_ in dice.sample(_ORGANISATIONS, dice.randint(2, 4)))


def _theme(id_: str) -> str:
    zh, en = _SUBJECTS[int(id_.removeprefix("theme-")) - 1]
    return f"  - id: {id_}\n    title: {_both(zh, en)}\n"


def _organisation(row: tuple[str, str, str, str]) -> str:
    id_, zh, en, acronym = row
    name = f"    name:\n      zh: {zh}\n      en: {en}\n      acronym: {acronym}\n"
    return f"  - id: {id_}\n{name}    type: institute\n{_source()}"


def _ratio(n: int) -> str:
    title = _both(f"投入比例（第{n}期）", f"Ratio of investment, stage {n}")
    parts = f"    parts:\n      - {_both('国际', 'abroad')}\n      - {_both('国内', 'at home')}\n"
    figure = f"    ratio: about {n + 1}:7\n{parts}    group: investment\n"
    return f"  - id: ratio-{n}\n    title: {title}\n{figure}{_source()}"


def _share(n: int) -> str:
    zh, en = _SUBJECTS[n - 1]
    parts = f"    parts:\n      - {_both(zh, en)}\n      - {_both('其他', 'other')}\n"
    figure = f"    share: {10 * n + 3}.5%\n{parts}    group: shares\n"
    return f"  - id: share-{n}\n    title: {_both(zh, en)}\n{figure}{_source()}"


def _meeting(dice: random.Random, n: int, themes: list[str]) -> str:
    (zh, en), place = dice.choice(_SUBJECTS), dice.choice(_PLACES)
    tags = "    tags: [milestone]\n" if n < 8 else ""
    return (
        f"  - id: meeting-{n}\n    title: {_both(f'{zh}第{n + 1}次会议', f'{en}: meeting {n + 1}')}\n"
        f"    date: {_day(dice)}\n    place: {_both(*place)}\n    host: {dice.choice(_ORGANISATIONS)[0]}\n"
        f"    participants: [{_several(dice)}]\n    status: held\n    theme: {themes[n % len(themes)]}\n{tags}"
        f"{_source('会议纪要', 'Minutes')}{_note(dice)}"
    )


def _contribution(dice: random.Random, n: int, themes: list[str]) -> str:
    zh, en = dice.choice(_SUBJECTS)
    tags = "    tags: [highlight]\n" if n < 5 else ""
    return (
        f"  - id: contribution-{n}\n    title: {_both(f'{zh}第{n + 1}项成果', f'{en}: result {n + 1}')}\n"
        f"    by: [{_several(dice)}]\n    to: [cern]\n    date: {_day(dice)}\n"
        f"    status: {dice.choice(('done', 'ongoing'))}\n    theme: {themes[n % len(themes)]}\n{tags}"
        f"{_source('工作进展', 'Progress')}{_note(dice)}"
    )


def _visit(dice: random.Random, n: int, themes: list[str]) -> str:
    (zh, en), (purpose_zh, purpose_en) = dice.choice(_SUBJECTS), dice.choice(_SENTENCES)
    return (
        f"  - id: visit-{n}\n    title: {_both(f'{zh}访问团（{n + 1}）', f'{en}: visit {n + 1}')}\n"
        f"    date: {_day(dice)}\n    visitors: [li-ming]\n    hosts: [{_several(dice)}]\n"
        f"    purpose: {_both(purpose_zh, purpose_en)}\n    status: held\n    theme: {themes[n % len(themes)]}\n"
        f"{_source('人员往来', 'Visits')}"
    )


def _discussion(dice: random.Random, n: int) -> str:
    (zh, en), (ask_zh, ask_en) = dice.choice(_SUBJECTS), dice.choice(_SENTENCES)
    return (
        f"  - id: discussion-{n}\n    number: {n}\n    topic: {_both(f'{zh}的下一步', f'{en}: next steps')}\n"
        f"    ask: {_both(ask_zh, ask_en)}\n    raised: {_day(dice)}\n    due: 2024-06-30\n    status: open\n"
        f"{_source('供讨论', 'For discussion')}"
    )


def _value(dice: random.Random, n: int) -> str:
    zh, en = dice.choice(_SUBJECTS)
    figure = (
        f"    quantity: {dice.randint(1, 9999)}\n    unit: {{zh: 小时, en: hours}}\n    date: {_day(dice)}\n"
    )
    return f"  - id: value-{n}\n    title: {_both(zh, en)}\n{figure}    group: series\n{_source()}"


if __name__ == "__main__":
    generate(Path(sys.argv[1]), SIZES[sys.argv[2]])
