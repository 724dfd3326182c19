"""What lies in the data folder and is not read: told where somebody may believe that it is, else left alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reports.diagnostics.problems import Problem
from reports.records.text.loader import read_folder
from reports.records.validation import validate

EVENTS = """\
meetings:
  - {id: opening, title: {zh: 开幕, en: Opening}, date: 2023-05, status: held, source: [{doc: slides}]}
  - {id: closing, title: {zh: 闭幕, en: Closing}, date: 2023-06, status: held, source: [{doc: slides}]}
"""
OTHERS = "meetings:\n  - {id: lecture, title: {zh: 讲座, en: Lecture}, date: 2023-07, status: held, source: [{doc: slides}]}\n"
SOURCES = "sources:\n  - {id: slides, title: {zh: 幻灯片, en: Slides}, genre: slides}\n"


def folder(root: Path, **files: str) -> Path:
    """A data folder with the events, their source, and *files* by their paths below it."""
    for name, text in {"ccicc/sources.yaml": SOURCES, "ccicc/events.yaml": EVENTS, **files}.items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root / "data"


def told(data: Path) -> list[str]:
    """Place, severity and code of all that is said, of the folder and of the records."""
    files, problems = read_folder(data)
    return [f"{p.where} {p.severity} {p.code}" for p in (*problems, *validate(files)[1])]


def only(data: Path) -> Problem:
    (problem,) = read_folder(data)[1]
    return problem


# --- what looks like data -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code", "hint"),
    [
        ("more.yaml.txt", "data/unread-ending", "Rename it to more.yaml"),
        ("more.yml.bak", "data/unread-ending", "Rename it to more.yml"),
        ("events.yaml.txt", "data/unread-beside", "put it into events.yaml"),
        ("events.yaml (2)", "data/unread-beside", "put it into events.yaml"),
        ("meetings", "data/unread-ending", "Rename it to meetings.yaml"),
        ("Meetings.txt", "data/unread-ending", "Rename it to meetings.yaml"),
        ("events.xlsx", "data/unread-sheet", "run.py import"),
        ("成员.CSV", "data/unread-sheet", "run.py import"),
        ("more.json", "data/unread-form", "Type what it says"),
        ("纪要.doc", "data/unread-form", "Type what it says"),
    ],
)
def test_what_looks_like_data_and_is_not_read_is_told(
    name: str, code: str, hint: str, tmp_path: Path
) -> None:
    data = folder(tmp_path, **{f"ccicc/{name}": OTHERS})
    problem = only(data)
    assert (problem.where.file, problem.code, problem.severity) == (f"data/ccicc/{name}", code, "warning")
    assert hint in problem.hint()


@pytest.mark.parametrize(
    "name",
    [
        "~$events.yaml",
        "~$events.xlsx",
        ".events.yaml",
        ".events.yaml.swp",
        "events.yaml~",
        "#events.yaml#",
        ".~lock.events.xlsx#",
        "README.md",
        "notes.txt",
        "minutes.pdf",
        "photo.jpg",
    ],
)
def test_what_editors_and_people_leave_there_is_passed_over_without_a_word(name: str, tmp_path: Path) -> None:
    data = folder(tmp_path, **{f"ccicc/{name}": OTHERS})
    assert told(data) == []
    assert len(read_folder(data)[0]) == 2


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    data = folder(tmp_path, **{"ccicc/OTHERS.YAML": OTHERS})
    assert told(data) == []
    assert "lecture" in validate(read_folder(data)[0])[0].records


@pytest.mark.parametrize("text", ["", "\n\n", "\ufeff"])
def test_an_empty_file_is_told(text: str, tmp_path: Path) -> None:
    data = folder(tmp_path, **{"ccicc/lost.yaml": text})
    assert told(data) == ["data/ccicc/lost.yaml warning data/empty-file"]


def test_a_file_that_says_only_what_it_is_for_is_right(tmp_path: Path) -> None:
    assert told(folder(tmp_path, **{"ccicc/later.yaml": "# meetings go here\n"})) == []


@pytest.mark.posix
def test_links_that_bring_nothing_are_told(tmp_path: Path) -> None:
    data = folder(tmp_path, **{"ccicc/notes.txt": OTHERS})
    (data / "ccicc" / "gone.yaml").symlink_to("nowhere.yaml")
    (data / "gone").symlink_to("nowhere")
    (data / "ccicc" / "notes.yaml").symlink_to("notes.txt")
    assert told(data) == [
        "data/ccicc/gone.yaml warning data/broken-link",
        "data/ccicc/notes.yaml warning data/link-to-other",
        "data/gone warning data/broken-link",
    ]


@pytest.mark.skipif(sys.platform != "win32", reason="junctions are of Windows")
def test_a_junction_is_a_link(tmp_path: Path) -> None:
    data = folder(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    for name, target in (("out", tmp_path / "elsewhere"), ("up", data)):
        subprocess.run(["cmd", "/c", "mklink", "/J", str(data / name), str(target)], check=True)
    assert told(data) == ["data/out error data/outside"]


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a folder in itself")
def test_a_folder_that_holds_itself_is_entered_once(tmp_path: Path) -> None:
    data = folder(tmp_path, **{"ccicc/loop/more.yaml": OTHERS})
    program = "from reports.records.text.loader import read_folder; from pathlib import Path; import sys;"
    program += "files, wrong = read_folder(Path(sys.argv[1])); print([f.label for f in files], wrong)"
    mounted = 'mount --bind "$1" "$1/ccicc/loop" && exec "$2" -c "$3" "$1"'
    ended = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mounted, "sh", str(data), sys.executable, program],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if "mount" in ended.stderr or "unshare" in ended.stderr:
        pytest.skip("nothing may be mounted here")
    assert ended.stdout == "['data/ccicc/events.yaml', 'data/ccicc/sources.yaml'] ()\n", ended.stderr


# --- copies -------------------------------------------------------------------------------------------------

COPIES = [
    "events - 副本.yaml",
    "events - 副本 (2).yaml",
    "events的副本.yaml",
    "复件 events.yaml",
    "Copy of events.yaml",
    "events - Copy.yaml",
    "events - Copy (2).yml",
    "events copy 2.yaml",
    "events (1).yaml",
    "events（2）.yaml",
    "events 2.yaml",
    "events-DESKTOP-AB12.yaml",
    "events-wang-laptop.yaml",
    "events_冲突文件_王_20230608101112.yaml",
    "events(冲突副本-王-2023-06-08).yaml",
    "events (Wang's conflicted copy 2023-06-08).yaml",
    "events (王的冲突副本 2023-06-08).yaml",
    "events.sync-conflict-20230608-101112-ABCDEFG.yaml",
    "events (SFConflict wang@example.org 2023-06-08-10-11-12).yaml",
    "events_20230608.yaml",
    "events_backup.YAML",
]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_told_once_where_it_lies_and_the_original_is_not_accused(name: str, tmp_path: Path) -> None:
    data = folder(tmp_path, **{f"ccicc/{name}": EVENTS.replace("Opening", "Opening day")})
    assert told(data) == [f"data/ccicc/{name} error data/copy-differs"]
    problem = only(data)
    assert problem.message() == "this is a copy of events.yaml, and is not read; it differs in 1: opening"
    dataset, _ = validate(read_folder(data)[0])
    assert dataset.records["opening"].label.get("en") == "Opening"


def test_a_copy_that_says_the_same_hinders_nobody(tmp_path: Path) -> None:
    data = folder(tmp_path, **{"ccicc/events - 副本.yaml": f"# mine\n{EVENTS}"})
    assert told(data) == ["data/ccicc/events - 副本.yaml warning data/copy"]


def test_a_copy_that_cannot_be_read_is_told_as_one_and_no_more(tmp_path: Path) -> None:
    data = folder(tmp_path, **{"ccicc/events (1).yaml": f"{EVENTS}  - id: [\n"})
    assert told(data) == ["data/ccicc/events (1).yaml error data/copy-unreadable"]


def test_records_that_only_one_of_the_two_has_are_counted(tmp_path: Path) -> None:
    data = folder(tmp_path, **{"ccicc/events - Copy.yaml": EVENTS + OTHERS.removeprefix("meetings:\n")})
    assert only(data).args == {"other": "events.yaml", "found": 1, "names": "lecture"}


@pytest.mark.parametrize(
    "name", ["events - Copy.yaml", "events (1).yaml", "events-2023.yaml", "events2.yaml"]
)
def test_a_name_alone_makes_no_copy(name: str, tmp_path: Path) -> None:
    """A copy that was given other records is a file like others."""
    data = folder(tmp_path, **{f"ccicc/{name}": OTHERS})
    assert told(data) == []
    assert "lecture" in validate(read_folder(data)[0])[0].records


def test_one_id_used_twice_is_no_copy(tmp_path: Path) -> None:
    text = OTHERS + "".join(
        line.replace("lecture", id_)
        for id_ in ("walk", "opening")
        for line in OTHERS.splitlines(keepends=True)[1:]
    )
    data = folder(tmp_path, **{"ccicc/events-Q3.yaml": text})
    assert [line.split()[2] for line in told(data)] == ["data/duplicate-id"]


def test_copied_settings_say_nothing_of_what_is_in_them(tmp_path: Path) -> None:
    data = folder(
        tmp_path,
        **{
            "delivery.yaml": "mail: {password: a}\n",
            "delivery - 副本.yaml": "mail: {password: b}\nhunter2: c\n",
        },
    )
    problem = only(data)
    assert problem.code == "data/copy-differs"
    assert problem.args == {"other": "delivery.yaml", "found": 2, "names": "…"}


def test_a_copied_folder_is_told_once(tmp_path: Path) -> None:
    same = {
        f"ccicc - 副本/{name}": text for name, text in (("events.yaml", EVENTS), ("sources.yaml", SOURCES))
    }
    assert told(folder(tmp_path / "same", **same)) == ["data/ccicc - 副本 warning data/copy"]
    data = folder(tmp_path / "other", **same, **{"ccicc - 副本/more.yaml": OTHERS})
    assert told(data) == ["data/ccicc - 副本 error data/copy-folder"]
    assert only(data).args == {"other": "ccicc", "found": 1, "names": "more.yaml"}
