"""Records added by `run.py new`: what is asked, what is written, and that nothing else of a file changes."""

from __future__ import annotations

import codecs
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.cli.main import main
from reports.diagnostics.problems import Lang, ReportError, Where
from reports.model.description.forms import KIND_WORDS
from reports.model.description.shapes import fields_of, parts_below
from reports.model.kinds import KINDS
from reports.model.records import Part
from reports.records.converter import read
from reports.records.editing import new_records
from reports.records.editing.new_records import DataFolder, RecordPlace
from reports.records.editing.prompts import ask_for
from reports.records.editing.sheets.columns import SheetColumn, TypedCell, column, columns_of, gather, spread
from reports.records.ids import Ids
from reports.records.text.emitter import compose
from reports.records.text.loader import parse, read_folder

ROOT = Path(__file__).parent.parent.parent.parent
SOURCE = "sources:\n  - {id: slides, title: Slides, genre: slides}\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small data folder: one programme and one source."""
    folder = tmp_path / "data"
    (folder / "ccicc").mkdir(parents=True)
    (folder / "ccicc" / "sources.yaml").write_text(SOURCE, encoding="utf-8", newline="\n")
    return folder


@pytest.fixture
def new(data: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """`run.py new` with settings, in English."""
    monkeypatch.setenv("REPORTS_LANG", "en")

    def run(kind: str, *settings: str, programme: str = "ccicc") -> int:
        given = [part for setting in settings for part in ("--set", setting)]
        return main(["new", kind, "--data", str(data), "--programme", programme, *given])

    return run


GOAL = ("text.zh=目标", "text.en=Goal", "of=slides-office", "source.doc=slides")
THEME = ("title.zh=主题", "title.en=Theme")
LANGS: tuple[Lang, ...] = ("zh", "en")
ADDED = "  - id: theme\n    title: {zh: 主题, en: Theme}\n"


# --- where it goes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("themes:\n  - id: a\n    title: A\n", "themes:\n  - id: a\n    title: A\n\n" + ADDED),
        ("themes:\n  - id: a\n    title: A", "themes:\n  - id: a\n    title: A\n\n" + ADDED),
        (
            "themes:\n  - {id: a, title: A}\n  - {id: b, title: B}  # the last\n",
            "themes:\n  - {id: a, title: A}\n  - {id: b, title: B}  # the last\n" + ADDED,
        ),
        (
            "themes:\n- id: a\n  title: A\n\n- id: b\n  title: B\n",
            "themes:\n- id: a\n  title: A\n\n- id: b\n  title: B\n\n- id: theme\n  title: {zh: 主题, en: Theme}\n",
        ),
        (
            "# note\nthemes:\n  - id: a # first\n    title: A\n\n# the people\npeople:\n",
            "# note\nthemes:\n  - id: a # first\n    title: A\n\n" + ADDED + "\n# the people\npeople:\n",
        ),
        (
            "themes:\n  - id: a\n    title: A\n    text:\n      en: |\n        One\n        # no comment\n      zh: 一\n",
            "themes:\n  - id: a\n    title: A\n    text:\n      en: |\n        One\n        # no comment\n      zh: 一\n\n" + ADDED,
        ),
        (
            "themes:\n  - id: a\n    title: A\n    text:\n      zh: 一\n      en: |\n        One\n        # no comment\n",
            "themes:\n  - id: a\n    title: A\n    text:\n      zh: 一\n      en: |\n        One\n        # no comment\n\n" + ADDED,
        ),
        ("themes:\n", "themes:\n" + ADDED),
        ("themes: [] # none yet\n", "themes: # none yet\n" + ADDED),
        ("themes: ~\npeople:\n", "themes:\n" + ADDED + "people:\n"),
        ("people:\n", "people:\n\nthemes:\n" + ADDED),
        ("# only a note\n", "# only a note\n\nthemes:\n" + ADDED),
        ("---\nthemes:\n  - id: a\n    title: A\n...\n", "---\nthemes:\n  - id: a\n    title: A\n\n" + ADDED + "...\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_record_is_put_behind_the_others_and_nothing_else_changes(
    data: Path, new: Callable[..., int], before: str, after: str, end: str, encoding: str
) -> None:
    path = data / "ccicc" / "themes.yaml"
    mark = (
        codecs.BOM_UTF16_LE if encoding == "utf-16" else codecs.BOM_UTF8 if encoding == "utf-8-sig" else b""
    )
    plain = "utf-16-le" if encoding == "utf-16" else "utf-8"
    path.write_bytes(mark + before.replace("\n", end).encode(plain))

    assert new("themes", *THEME) == 0
    assert path.read_bytes() == mark + after.replace("\n", end).encode(plain)


def test_a_new_file_says_what_it_is_and_leads_editors_to_the_schema(
    data: Path, new: Callable[..., int]
) -> None:
    assert new("themes", *THEME) == 0
    assert (data / "ccicc" / "themes.yaml").read_text(encoding="utf-8") == (
        "# yaml-language-server: $schema=../../schema/data.schema.json\n"
        "# 主题：报告的小节。新增：照样加一条，或运行 run.py new themes。\n"
        "# Themes under which reports gather records. To add one, copy a record, or: run.py new themes\n"
        "\nthemes:\n" + ADDED
    )


def test_a_kind_that_stands_in_another_file_goes_there(data: Path, new: Callable[..., int]) -> None:
    """One file may hold any kinds of records."""
    path = data / "ccicc" / "all.yaml"
    path.write_text("themes:\n  - {id: a, title: A}\nvisits:\n", encoding="utf-8")

    assert new("theme", *THEME) == 0
    assert path.read_text(encoding="utf-8") == "themes:\n  - {id: a, title: A}\n\n" + ADDED + "visits:\n"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("themes: [{id: a, title: A}]\n", "entry/brackets"),
        ("themes: [\n  {id: a, title: A}]\n", "entry/brackets"),
        ("themes:\n  - id: a\n title: A\n", "entry/unreadable"),
    ],
)
def test_a_file_that_cannot_take_a_record_is_left_alone(
    data: Path, capsys: pytest.CaptureFixture[str], new: Callable[..., int], text: str, code: str
) -> None:
    path = data / "ccicc" / "themes.yaml"
    path.write_text(text, encoding="utf-8")

    assert new("themes", *THEME) == 1
    assert f"error[{code}]" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == text


def test_every_shipped_file_takes_a_record(tmp_path: Path) -> None:
    """Of each file its own last record, under another id: the file grows by lines at its end or in its middle."""
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    desk = new_records.open_desk(data)
    for file in desk.sources:
        for plural, listed in file.plain.items() if isinstance(file.plain, dict) else ():
            if plural not in KINDS or not listed:
                continue
            path = data.joinpath(*file.label.split("/")[1:])
            old = path.read_bytes()
            assert isinstance(listed, list)
            last = listed[-1]
            assert isinstance(last, dict)
            records = [{**last, "id": "added"}]
            new = new_records._with(old, file, plural, records, path, quoted=False)
            assert new is not None, path
            rest = [line for line in new.splitlines() if line not in old.splitlines()]
            assert b"  - id: added" in rest
            assert len(new) > len(old)


# --- what is written --------------------------------------------------------------------------------------


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(
    data: Path, capsys: pytest.CaptureFixture[str], new: Callable[..., int]
) -> None:
    assert new("meetings", "title=会议", "date=2023-13", "status=hold", "source.doc=slides") == 1
    said = capsys.readouterr().err

    assert "title: error[value/one-language]" in said
    assert "date: error[value/impossible-date]" in said
    assert "status: error[data/choice]" in said
    assert "Did you mean 'held'?" in said
    assert [path.name for path in (data / "ccicc").iterdir()] == ["sources.yaml"]


def test_a_link_gets_near_match_help(capsys: pytest.CaptureFixture[str], new: Callable[..., int]) -> None:
    assert new("themes", *THEME, "source.doc=slide") == 1
    assert "source.1.doc: error[data/unknown-reference]" in (said := capsys.readouterr().err)
    assert "Did you mean 'slides'?" in said


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["new", "themess", "--set", "a=b"], "data/unknown-kind"),
        (["new", "themes", "--programme", "ccic", "--set", "title.en=b"], "data/unknown-programme"),
        (["new", "themes", "--set", "title.en=b"], "entry/programme"),
        (["new", "themes", "--programme", "ccicc", "--set", "titel.en=b"], "entry/unknown-field"),
        (["new", "themes", "--programme", "ccicc", "--set", "title"], "entry/setting"),
    ],
)
def test_what_cannot_be_meant_is_a_problem(
    data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    assert main([*arguments, "--data", str(data), "--lang", "en"]) == 1
    assert f"error[{code}]" in capsys.readouterr().err


def test_messages_come_in_the_language_asked_for(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["new", "themes", "--data", str(data), "--programme", "ccicc", "--set", "title.zh=题"]

    assert main([*arguments, "--lang", "zh"]) == 1
    assert "缺少" in capsys.readouterr().err


def test_a_dry_run_shows_and_writes_nothing(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings_ = [part for setting in THEME for part in ("--set", setting)]

    assert main(["new", "themes", "--data", str(data), "--programme", "ccicc", "--dry-run", *settings_]) == 0
    assert capsys.readouterr().out.endswith("ccicc/themes.yaml\n" + ADDED)
    assert not (data / "ccicc" / "themes.yaml").exists()


def test_a_file_that_was_changed_in_the_meantime_is_left_alone(data: Path) -> None:
    path = data / "ccicc" / "themes.yaml"
    path.write_text("themes:\n  - {id: a, title: A}\n", encoding="utf-8")
    desk = new_records.open_desk(data)
    path.write_text("themes:\n  - {id: a, title: B}\n", encoding="utf-8")
    place = RecordPlace(KINDS["themes"], "ccicc")
    row = row_of("themes", **{"title.en": "T", "title.zh": "题"})
    entry = new_records.entry_of(place, row, Where(""), new_records.Taken(desk, place))

    with pytest.raises(ReportError) as error:
        new_records.add(desk, place, [entry])
    assert [problem.code for problem in error.value.problems] == ["entry/changed"]
    assert path.read_text(encoding="utf-8") == "themes:\n  - {id: a, title: B}\n"


# --- ids --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("there", "plain", "expected"),
    [
        (["remark-1", "remark-12", "remark-2"], {"title": {"en": "Anything"}}, "remark-13"),
        (
            ["mou-2019", "mou-2021"],
            {"title": {"en": "The MoU of Sofia"}, "date": "2023-06"},
            "mou-sofia-2023",
        ),
        ([], {"title": {"zh": "会议", "en": "Annual meeting 2023"}, "date": "2023"}, "annual-meeting-2023"),
        (["annual-meeting"], {"title": "Annual Meeting"}, "annual-meeting-2"),
        (["annual-meeting", "annual-meeting-2"], {"title": "Annual Meeting"}, "annual-meeting-3"),
        ([], {"name": {"zh": "某", "en": "European Organization", "acronym": "CERN"}}, "cern"),
        ([], {"title": {"zh": "会议"}}, "theme-1"),
        ([], {}, "theme-1"),
    ],
)
def test_the_next_id(there: list[str], plain: dict[str, Any], expected: str) -> None:
    """The next of a numbered series; else the English title and the year; always one that is free."""
    assert Ids(there, there).following(plain, "theme") == expected


def test_ids_of_other_kinds_are_taken_too_but_no_part_of_the_series() -> None:
    ids = Ids(["visit-7", "theme-3", "ring"], ["theme-3"])
    assert ids.following({"title": "Ring"}, "theme") == "theme-4"
    ids.add("theme-4")
    assert ids.following({}, "theme") == "theme-5"
    assert Ids(["visit-7", "ring"], []).following({"title": "Ring"}, "theme") == "ring-2"


def test_a_source_is_named_by_its_id_alone(new: Callable[..., int]) -> None:
    assert new("discussions", "topic=T", "ask=A", "raised=2023", "source=slides") == 0


def test_the_next_number_of_a_discussion(data: Path, new: Callable[..., int]) -> None:
    path = data / "ccicc" / "discussions.yaml"
    path.write_text(
        "discussions:\n  - {id: d, number: 4, topic: T, ask: A, raised: 2023, source: [{doc: slides}]}\n",
        encoding="utf-8",
    )
    assert new("discussions", "topic=T", "ask=A", "raised=2023", "source.doc=slides") == 0
    assert "number: 5\n" in path.read_text(encoding="utf-8")


# --- rows -------------------------------------------------------------------------------------------------


def row_of(kind: str, **cells: str) -> dict[SheetColumn, TypedCell]:
    found = {column(KINDS[kind], name): TypedCell(text, Where(name)) for name, text in cells.items()}
    assert None not in found
    return {key: cell for key, cell in found.items() if key is not None}


def records() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in read_folder(ROOT / "data")[0]:
        for plural, listed in file.plain.items() if isinstance(file.plain, dict) else ():
            for plain in listed if plural in KINDS and isinstance(listed, list) else ():
                assert isinstance(plain, dict)
                yield plural, plain


def test_every_shipped_record_survives_being_a_row() -> None:
    """What a record says is the same behind `spread` and `gather`."""
    for plural, plain in records():
        kind = KINDS[plural]
        row = {
            column(kind, SheetColumn(path, fields_of(kind)[0]).name): text
            for path, text in spread(kind, plain).items()
        }
        assert None not in row, plain["id"]
        back, _ = gather(kind, {c: TypedCell(text, Where(c.name)) for c, text in row.items() if c}, Where(""))
        assert read(kind, back) == read(kind, intake_given(plain)), plain["id"]


def intake_given(plain: Any) -> Any:
    """Without the fields that are there but empty."""
    if isinstance(plain, dict):
        return {key: intake_given(value) for key, value in plain.items() if value is not None}
    return [intake_given(value) for value in plain] if isinstance(plain, list) else plain


def test_every_shipped_record_survives_being_written() -> None:
    """What `compose` writes is read as what it was given, with and without quotation marks."""
    for plural, plain in records():
        for quoted in (False, True):
            text = "\n".join([f"{plural}:", *compose(plain, quoted=quoted), ""])
            file, problems = parse(text, "data/a.yaml")
            assert problems == (), text
            assert file.plain == {plural: [plain]}, text


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Co", "Zl", "Zp"], exclude_characters="\ufeff"),
        min_size=1,
    )
)
@settings(deadline=None)
def test_any_text_survives_being_written_in_quotation_marks(text: str) -> None:
    record = {"id": "a", "note": {"zh": text, "en": text}, "tags": [text, text], "source": [{"doc": text}]}
    file, problems = parse("\n".join(["people:", *compose(record, quoted=True), ""]), "data/a.yaml")

    assert problems == ()
    assert file.plain == {"people": [record]}


@given(st.text(st.sampled_from("ab中：，:,# -?[]{}&*!|>'\"%@`~=<.0"), min_size=1).map(str.strip).filter(bool))
@settings(deadline=None)
def test_a_text_without_quotation_marks_is_that_text_or_refused(text: str) -> None:
    """What `_says_the_same` relies on: the plain writing is read as the same or told to be wrong."""
    record = {"id": "a", "note": {"zh": text, "en": text}, "tags": [text]}
    file, problems = parse("\n".join(["people:", *compose(record), ""]), "data/a.yaml")

    assert problems or file.plain == {"people": [record]}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.plural)
def test_every_field_has_its_column(kind: Any) -> None:
    names = [found.name for found in columns_of(kind)]

    assert len(names) == len(set(names))
    assert {name.split(".")[0] for name in names} == (
        {field.key for field in fields_of(kind)} - {"updates", "formerly"}
    )
    assert all(column(kind, name) is not None for name in names)
    assert all(issubclass(part, Part) for part in parts_below(kind))


@pytest.mark.parametrize("name", ["", ".", "titel", "title.fr", "date.zh", "source", "source.0.doc", "source.51.doc", "source.1", "host.1", "status.zh", "source.x.doc"])  # fmt: skip
def test_what_is_no_column(name: str) -> None:
    assert column(KINDS["meetings"], name) is None


def test_what_a_row_makes() -> None:
    row = row_of(
        "meetings",
        **{
            "title.zh": "会议", "title.en": "Meeting", "place.zh": "CERN", "place.en": "CERN", "date": "2019",
            "date.certainty": "illegible", "participants": "cas, cern；ihep", "agenda.zh": "一\n二", "agenda.en": "One\nTwo",
            "source.doc": "slides", "source.3.doc": "more", "source.3.at.en": "p. 3", "tags": "a b; c", "reason.zh": "",
        },
    )  # fmt: skip
    assert gather(KINDS["meetings"], row, Where(""))[0] == {
        "title": {"zh": "会议", "en": "Meeting"},
        "date": {"date": "2019", "certainty": "illegible"},
        "place": "CERN",
        "participants": ["cas", "cern", "ihep"],
        "agenda": [{"zh": "一", "en": "One"}, {"zh": "二", "en": "Two"}],
        "tags": ["a b", "c"],
        "source": [{"doc": "slides"}, {"doc": "more", "at": {"en": "p. 3"}}],
    }


# --- the questions ----------------------------------------------------------------------------------------


@pytest.fixture
def desk(data: Path) -> DataFolder:
    return new_records.open_desk(data)


def talk(
    desk: DataFolder, kind: str, answers: list[str], lang: Any = "en"
) -> tuple[dict[str, str], list[str]]:
    """What was answered in the end, and all that was said and asked."""
    waiting, said = iter(answers), list[str]()

    def ask(prompt: str) -> str:
        said.append(prompt)
        return next(waiting)

    row = ask_for(desk, RecordPlace(KINDS[kind], "ccicc"), ask, said.append, lang)
    assert list(waiting) == []
    return {column.name: cell.text for column, cell in row.items()}, said


def test_required_fields_come_first_and_a_dot_ends(desk: DataFolder) -> None:
    row, said = talk(desk, "events", ["春节活动", "Spring festival", "1", "2023", "slides", "."])

    assert row == {
        "title.zh": "春节活动",
        "title.en": "Spring festival",
        "type": "festival",
        "date": "2023",
        "source.1.doc": "slides",
    }
    assert said[1] == "title.zh – what the event is called, in Chinese (text in both languages): "
    assert said[3].startswith("type – what sort of event it is (festival / job fair / ")


def test_questions_are_asked_in_chinese(desk: DataFolder) -> None:
    _, said = talk(desk, "meetings", ["会议", "Meeting", "2023", "slides", "."], "zh")

    assert said[3] == "date – 开会日期（日期，例如 2023-06-08）："
    assert said[5] == "以下可不填：按回车跳过，输入 . 结束。"


def test_a_wrong_answer_is_told_at_once_and_asked_again(desk: DataFolder) -> None:
    row, said = talk(
        desk,
        "events",
        ["", "年会", "Conference", "festivel", "7", "2023-13", "2023", "slide", "?", "slides", "."],
    )

    assert row["date"] == "2023"
    assert any("there is no day 2023-13" in line for line in said)
    assert any("Did you mean 'festival'?" in line for line in said)
    assert any("Did you mean 'slides'?" in line for line in said)
    assert "    slides  Slides" in said


@pytest.mark.parametrize("typed", ["academy-a", "科学", "academy of SCI", "AoS", "学部", "旧院"])
def test_records_to_link_to_are_found_by_anything_they_are_called(data: Path, typed: str) -> None:
    name = (
        "{zh: 科学院, en: Academy of Sciences, acronym: AoS, aliases: [学部], former: [{zh: 旧院, en: Old}]}"
    )
    (data / "ccicc" / "organisations.yaml").write_text(
        f"organisations:\n  - {{id: academy-a, name: {name}, type: academy, source: [{{doc: slides}}]}}\n"
        "  - {id: other, name: {zh: 大学, en: University}, type: university, source: [{doc: slides}]}\n",
        encoding="utf-8",
    )
    _, said = talk(
        new_records.open_desk(data), "goals", ["目标", "Goal", f"?{typed}", "academy-a", "slides", "."]
    )

    assert [line for line in said if line.startswith("    ")] == ["    academy-a  Academy of Sciences"]


def test_former_names_are_columns_too() -> None:
    names = [column.name for column in columns_of(KINDS["organisations"])]

    assert {"name.former.1.zh", "name.former.1.en", "name.former.1.until"} <= set(names)
    row = {"name": {"zh": "新", "en": "new", "former": [{"zh": "旧", "en": "old", "until": "1998-03"}]}}
    assert spread(KINDS["organisations"], row)["name", "former", 0, "until"] == "1998-03"


def test_optional_groups_are_skipped_whole_or_asked_again(desk: DataFolder) -> None:
    """Nobody held a post: one question. A second source: its own questions, and then the next."""
    answers = {
        "name.zh": "某人", "name.en": "Somebody", "source.1.doc": "slides", "source.1.at.zh": "第2页",
        "source.1.at.en": "p. 2", "source.2.doc": "slides", "source.2.at.zh": "第3页", "source.2.at.en": "p. 3",
    }  # fmt: skip
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt.split(" ", maxsplit=1)[0])
        return answers.get(asked[-1], "")

    row = ask_for(desk, RecordPlace(KINDS["people"], "ccicc"), ask, lambda line: None, "en")

    assert {column.name: cell.text for column, cell in row.items()} == answers
    assert [name for name in asked if name.startswith("posts")] == ["posts.1.title.zh"]
    assert [name for name in asked if name.startswith("source.3")] == ["source.3.doc"]


def test_what_only_the_whole_shows_is_corrected_without_losing_an_answer(desk: DataFolder) -> None:
    """A metric needs one figure; none was given."""
    row, said = talk(
        desk, "metrics", ["数", "Number", "slides", ".", "quantty=3", "quantity=many", "quantity=3"]
    )

    assert row["quantity"] == "3"
    assert any("exactly one of these fields is needed" in line for line in said)
    assert any("Did you mean 'quantity'?" in line for line in said)


def test_giving_up_writes_nothing(desk: DataFolder) -> None:
    with pytest.raises(ReportError) as error:
        talk(desk, "metrics", ["数", "Number", "slides", ".", ""])
    assert [problem.code for problem in error.value.problems] == ["data/one-of", "entry/given-up"]


def test_the_end_of_input_gives_up(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)

    assert main(["new", "themes", "--data", str(data), "--programme", "ccicc", "--lang", "en"]) == 1
    assert "nothing was written" in capsys.readouterr().err


def test_every_kind_can_be_asked_for(desk: DataFolder) -> None:
    """Each question of each kind can be put in both languages."""
    from reports.records.editing.prompts import _Talk  # noqa: PLC0415

    for kind in KINDS.values():
        for lang in LANGS:
            asked = _Talk(desk, RecordPlace(kind, "ccicc"), input, print, lang)
            assert all(asked.prompt(found) for found in columns_of(kind))
    assert set(KIND_WORDS) > set(KINDS)
