"""Reading data files: what stands where, which files are read, and what is refused before it can do harm.

Files that are wrong as YAML are in cases/data, see test_bad_data.
"""

from __future__ import annotations

import codecs
import gc
import re
import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.diagnostics.problems import Problem, Where, format_problem
from reports.model.records import Node
from reports.records.text import scanner
from reports.records.text.loader import parse, read_file, read_folder
from reports.records.text.source_file import SourceFile
from reports.records.validation import read_reports, validate
from tests.support.mutants import mutant

CASES = Path(__file__).parent.parent / "cases"
LABEL = "data/ccicc/a.yaml"


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Place, code and message of each."""
    return [f"{p.where} {p.code}: {p.message()}" for p in problems]


def write(folder: Path, **files: str | bytes) -> Path:
    """Write files into *folder*/data; `__` in a name stands for a folder, and all end in .yaml."""
    for name, content in files.items():
        path = folder.joinpath("data", *name.split("__")).with_suffix(".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / "data"


# --- values and places --------------------------------------------------------------------------------------

TYPED = """\
metrics:
  - id: ratio
    ratio: 3:7
    country: NO
    file: 010020
    number: 1e3
    when: 2023-02-30
    title: {zh: "日内瓦 ", en: 'Geneva'}
    note: |
      first
      second
    tags: [ ~ ,~, null, "~", '']
    place:
"""


def test_scalars_stay_the_text_they_were_typed_as() -> None:
    """YAML would read 187, False, 4112 and raise ValueError."""
    file, problems = parse(TYPED, LABEL)
    assert problems == ()
    assert file.plain == {
        "metrics": [
            {
                "id": "ratio",
                "ratio": "3:7",
                "country": "NO",
                "file": "010020",
                "number": "1e3",
                "when": "2023-02-30",
                "title": {"zh": "日内瓦 ", "en": "Geneva"},
                "note": "first\nsecond\n",
                "tags": [None, None, None, "~", ""],
                "place": None,
            }
        ]
    }


@pytest.mark.parametrize(
    ("path", "line", "column", "end", "text"),
    [
        (("metrics",), 2, 3, 4, ""),
        (("metrics", 0), 2, 5, 0, ""),
        (("metrics", 0, "ratio"), 3, 12, 15, "3:7"),
        (("metrics", 0, "title"), 8, 12, 13, ""),
        (("metrics", 0, "title", "zh"), 8, 17, 23, "日内瓦 "),
        (("metrics", 0, "title", "en"), 8, 29, 37, "Geneva"),
        (("metrics", 0, "note"), 9, 11, 0, "first\nsecond\n"),
        (("metrics", 0, "tags", 3), 12, 25, 28, "~"),
    ],
)
def test_every_value_knows_its_place(
    path: tuple[str | int, ...], line: int, column: int, end: int, text: str
) -> None:
    """Columns count characters, from 1; quotation marks belong to the value."""
    node = parse(TYPED, LABEL)[0].node.at(*path)
    assert (node.where.line, node.where.column, node.text) == (line, column, text)
    assert node.where.end in {end, column, 0}
    assert node.where.file == LABEL


def test_a_field_knows_the_place_of_its_name() -> None:
    node = parse(TYPED, LABEL)[0].node.at("metrics", 0, "title", "en")
    assert node.key == Where(LABEL, 8, 25, 27)


def test_a_place_that_is_not_there_is_the_nearest_above_it() -> None:
    node = parse(TYPED, LABEL)[0].node
    assert node.at("metrics", 0, "host", "name") == node.at("metrics", 0)
    assert list(node.at("metrics", 0, "title").below) == ["zh", "en"]


def test_what_is_repeated_stands_where_it_is_repeated() -> None:
    text = "a: &a {zh: 中, en: x}\nb: *a\nc: &c text\nd: *c\n"
    file, problems = parse(text, LABEL)
    assert problems == ()
    assert file.plain == {
        "a": {"zh": "中", "en": "x"},
        "b": {"zh": "中", "en": "x"},
        "c": "text",
        "d": "text",
    }
    assert file.node.at("b").where == Where(LABEL, 2, 4, 6)
    assert file.node.at("b", "en").where.line == 1
    assert (file.node.at("d").text, file.node.at("d").key) == ("text", Where(LABEL, 4, 1, 2))


def test_a_file_knows_its_programme() -> None:
    assert parse("", "data/ccicc/a.yaml")[0].programme == "ccicc"
    assert parse("", "data/ccicc/deeper/a.yaml")[0].programme == "ccicc"
    assert parse("", "data/reports.yaml")[0].programme == ""


def test_a_file_gives_its_lines() -> None:
    file, _ = parse("a: 1\nb: 2", LABEL)
    assert [file.line(n) for n in range(4)] == ["", "a: 1", "b: 2", ""]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_of_every_system_count_the_same(end: bytes, tmp_path: Path) -> None:
    data = write(tmp_path, a=TYPED.encode().replace(b"\n", end))
    file, problems = read_file(data / "a.yaml", LABEL)
    assert problems == ()
    assert file == parse(TYPED, LABEL)[0]


@pytest.mark.parametrize(
    ("encoding", "codes"), [("utf-8", []), ("utf-8-sig", []), ("utf-16", ["yaml/encoding"])]
)
def test_unicode_is_read_by_its_mark(encoding: str, codes: list[str], tmp_path: Path) -> None:
    """Of UTF-16 a warning says that other programs may not."""
    data = write(tmp_path, a="title: 会议".encode(encoding))
    file, problems = read_file(data / "a.yaml", LABEL)
    assert file.plain == {"title": "会议"}
    assert [(p.code, p.severity) for p in problems] == [(code, "warning") for code in codes]


# --- folders ------------------------------------------------------------------------------------------------


def test_all_data_files_are_read_in_order(tmp_path: Path) -> None:
    data = write(tmp_path, b__z="a: 1", b__a="a: 1", a="a: 1", c__d__e="a: 1")
    (data / "b" / "a.yml").write_text("a: 1", encoding="utf-8")
    (data / "b" / "photo.jpg").write_bytes(b"\xff")
    files, problems = read_folder(data)
    assert problems == ()
    assert [file.label for file in files] == [
        "data/a.yaml", "data/b/a.yaml", "data/b/a.yml", "data/b/z.yaml", "data/c/d/e.yaml",
    ]  # fmt: skip


def test_hidden_files_and_folders_are_left_alone(tmp_path: Path) -> None:
    data = write(tmp_path, a="a: 1")
    write(tmp_path / "data", a="{")
    (data / "data").rename(data / ".git")
    (data / ".draft.yaml").write_text("{", encoding="utf-8")
    files, problems = read_folder(data)
    assert ([file.label for file in files], problems) == (["data/a.yaml"], ())


@pytest.mark.posix
def test_a_link_that_leads_out_is_refused(tmp_path: Path) -> None:
    data = write(tmp_path, a="a: 1")
    (tmp_path / "secret.yaml").write_text("a: 1", encoding="utf-8")
    (data / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    (data / "folder").symlink_to(tmp_path)
    files, problems = read_folder(data)
    assert [file.label for file in files] == ["data/a.yaml"]
    assert told(problems) == [
        "data/folder data/outside: 'folder' leads out of the data folder",
        "data/link.yaml data/outside: 'link.yaml' leads out of the data folder",
    ]


@pytest.mark.posix
def test_a_link_that_stays_inside_is_not_read_twice(tmp_path: Path) -> None:
    data = write(tmp_path, b__a="a: 1")
    (data / "again.yaml").symlink_to(data / "b" / "a.yaml")
    (data / "b" / "circle").symlink_to(data)
    files, problems = read_folder(data)
    assert ([file.label for file in files], problems) == (["data/b/a.yaml"], ())


def test_no_data_folder_is_a_problem(tmp_path: Path) -> None:
    files, problems = read_folder(tmp_path / "data")
    assert files == ()
    assert [p.code for p in problems] == ["file/missing"]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    file, problems = read_file(tmp_path / "a.yaml", LABEL)
    assert told(problems) == [f"{LABEL} file/unreadable: this file cannot be read: No such file or directory"]
    assert (file.plain, file.text) == (None, "")


def test_the_label_begins_with_the_folder_wherever_it_is_named_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(write(tmp_path, a="a: 1"))
    assert [file.label for file in read_folder(Path())[0]] == ["data/a.yaml"]


# --- encodings and signs ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("gb18030", "title: 中国科学院的年度会议", "GB18030 (GBK)"),
        ("big5", "title: 中國科學院的年度會議", "Big5"),
        ("cp1252", "title: Müller", "Windows-1252"),
    ],
)
def test_another_encoding_is_named_with_the_place_of_its_first_letter(
    encoding: str, text: str, name: str, tmp_path: Path
) -> None:
    data = write(tmp_path, a=f"# one\n{text}\n".encode(encoding))
    file, problems = read_file(data / "a.yaml", LABEL)
    column = text.index(next(sign for sign in text if ord(sign) > 127)) + 1
    assert told(problems) == [
        f"{LABEL}:2:{column} yaml/encoding: this file is not UTF-8; it looks like {name}"
    ]
    assert file.line(2) == text


def test_bytes_of_no_encoding_are_refused(tmp_path: Path) -> None:
    data = write(tmp_path, a=b"a: \x81\x8d\xff\xff")
    assert [p.code for p in read_file(data / "a.yaml", LABEL)[1]] == ["yaml/no-text"]


def test_a_full_width_colon_is_shown_with_what_to_type() -> None:
    """The parser would complain of the next line, and of a 'simple key'."""
    text = "people:\n  - id: a\n    name：{zh: 甲, en: A}\n    note: ~\n"
    file, problems = parse(text, LABEL)
    (problem,) = problems
    assert format_problem(problem, "zh", lambda where: file.line(where.line)) == (
        f"{LABEL}:3:9: error[yaml/full-width]: 此处的“：”应为“:”\n"
        "        name：{zh: 甲, en: A}\n"
        "            ^^\n"
        "    提示：请输入半角“:”（切换到英文输入法）。"
    )


def test_what_stands_behind_a_wrong_sign_is_read() -> None:
    file, _ = parse("people:\n  - id：a\n    name：{zh：甲，en：A}\n", LABEL)
    assert file.plain == {"people": [{"id": "a", "name": {"zh": "甲", "en": "A"}}]}


def test_an_open_quotation_mark_is_shown_where_it_begins() -> None:
    """The parser notices at the end of the file."""
    _, problems = parse('a: 1\nb: "never closed\nc: 2\nd: 3\n', LABEL)
    assert told(problems) == [
        f"{LABEL}:2:4 yaml/quote-open: the text in quotation marks that begins here never ends"
    ]


def test_a_duplicate_key_names_the_line_of_the_first() -> None:
    file, problems = parse("a: 1\nb: 2\na: 3\n", LABEL)
    assert told(problems) == [f"{LABEL}:3:1 yaml/duplicate-key: 'a' is given twice; first at line 1"]
    assert file.plain == {"a": "1", "b": "2"}


# --- limits -------------------------------------------------------------------------------------------------

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 11)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 500, "yaml/too-deep"),
        ("- " * 100_000, "yaml/too-deep"),
        ("\n".join(" " * n + "a:" for n in range(200)), "yaml/too-deep"),
        (f"a: &a {'[' * 40}x{']' * 40}\nb: {'[' * 20}*a{']' * 20}", "yaml/too-deep"),
        (BOMB, "yaml/too-many-values"),
        (f"a: &a x\nb: [{', '.join(['*a'] * 101)}]", "yaml/too-many-aliases"),
        ("a: &a [*a]", "yaml/needs-quotes"),
        ("a: &a x\n*a : b", "yaml/unsupported"),
        ("\v" * 100_000, "yaml/control-character"),
        ("\t" * 1_000_000 + "x", "yaml/tab"),
        ("a: { " + '"\\"' * 300_000, "yaml/bracket"),
        ("-" * 1_000_000, None),
    ],
    ids=["brackets", "dashes", "block", "repeated depth", "bomb", "aliases", "itself", "as key", "controls", "tabs", "quotes", "line"],
)  # fmt: skip
def test_what_would_grow_without_end_is_refused_fast(text: str, code: str | None) -> None:
    before = time.process_time()
    _, problems = parse(text, LABEL)
    assert time.process_time() - before < 2
    assert {p.code for p in problems} == ({code} if code else set())


def test_a_file_over_five_megabytes_is_not_read(tmp_path: Path) -> None:
    data = write(tmp_path, a=b"a: " + b"x" * 5_000_000)
    file, problems = read_file(data / "a.yaml", LABEL)
    assert told(problems) == [f"{LABEL} yaml/too-large: the file is over the limit: 5 MB"]
    assert file.text == ""


def test_two_megabytes_are_read_and_validated_in_seconds() -> None:
    """A tenth of that on a quiet machine; in pure Python it would be half a minute."""
    person = "- id: p-{0}\n  name: {{zh: 王{0}, en: Wang {0}}}\n  source: [{{doc: slides, at: {{zh: 第一页, en: p. 1}}}}]\n"
    text = "sources:\n- {id: slides, title: Slides, genre: slides}\npeople:\n"
    text += "".join(person.format(n) for n in range(20_000))
    assert len(text.encode()) > 2_000_000
    before = time.process_time()
    dataset, problems = validate([parse(text, LABEL)[0]])
    assert time.process_time() - before < 10
    assert problems == ()
    assert len(dataset.records) == 20_001


def test_the_collector_is_left_as_it_was() -> None:
    assert gc.isenabled()
    parse("a: [", LABEL)
    assert gc.isenabled()


# --- whatever is typed --------------------------------------------------------------------------------------

GOOD = [path.read_bytes() for path in sorted(CASES.rglob("*.yaml"))]
SIGNS = [
    "：",
    "，",
    "　",
    ": ",
    "- ",
    "\n",
    "  ",
    "\t",
    '"',
    "'",
    "{",
    "}",
    "[",
    "]",
    "*a",
    "&a ",
    "!x ",
    "<<: ",
    "? ",
]
SIGNS += [
    "|\n",
    ">",
    "%",
    "@",
    "`",
    "\0",
    "---\n",
    "...\n",
    "\x85",
    "\u2028",
    "\\",
    "#",
    "~",
    "\r",
    "\ufeff",
    "\ue000",
]
pieces = st.one_of(st.sampled_from([sign.encode() for sign in SIGNS]), st.binary(max_size=3))


@st.composite
def spoilt(draw: st.DrawFn) -> bytes:
    """A file with a few places cut out and other things put there."""
    data = draw(st.sampled_from(GOOD))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        data = data[:start] + draw(pieces) + data[start + draw(st.integers(0, 8)) :]
    return data


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("spoilt") / "a.yaml"


@example(data=b"{", label=LABEL)
@example(data=codecs.BOM_UTF16_LE + b"a\n" * 20 + b"\x00\xd8a\x00", label=LABEL)
@given(data=spoilt(), label=st.sampled_from(["data/reports.yaml", LABEL]))
def test_a_spoilt_file_is_read_or_refused_by_a_message_at_a_place_in_it(
    path: Path, data: bytes, label: str
) -> None:
    path.write_bytes(data)
    file, problems = read_file(path, label)
    found = [*problems, *validate([file])[1], *read_reports([file])[1]]
    assert all(has_a_place(file, problem.where) for problem in found)
    assert all(format_problem(problem, "zh", lambda where: file.line(where.line)) for problem in found)


@pytest.mark.parametrize(
    ("text", "column"),
    [("{", 1), ("[", 1), ("a: {", 4), ("a: {\n\n", 4), ("a: [b,", 4), ("a: {b: c, d:\n", 4)],
)
def test_a_bracket_that_ends_the_file_is_told_where_it_opens(text: str, column: int) -> None:
    _, [problem] = parse(text, LABEL)
    assert (problem.code, problem.where) == ("yaml/bracket", Where(LABEL, 1, column))


def has_a_place(file: SourceFile, where: Where) -> bool:
    """Whether the line is in the file; a value that begins behind a mended sign may be a column further."""
    return where.line <= len(file.text.split("\n")) and where.column <= len(file.line(where.line)) + 4


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    file, problems = parse(text, LABEL)
    assert file.text == text
    assert all(format_problem(problem) for problem in problems)


@given(st.recursive(st.text("ab中：,", min_size=1), lambda inner: st.lists(inner, max_size=3), max_leaves=8))
def test_plain_values_and_places_have_the_same_shape(value: object) -> None:
    file, problems = parse(f"a: {typed(value)}\n", LABEL)
    assert problems == ()
    assert file.plain == {"a": value}
    assert shape(file.node.at("a")) == value


def typed(value: object) -> str:
    """*value* as YAML in brackets."""
    return f"[{', '.join(map(typed, value))}]" if isinstance(value, list) else f"'{value}'"


def shape(node: Node) -> object:
    return node.text or [shape(node.below[step]) for step in node.below]


# --- the quick look -----------------------------------------------------------------------------------------


def test_the_quick_look_passes_over_nothing_that_a_slow_one_would_find(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Lines are read one by one only in files that hold something suspect; that saves time, not findings."""
    files = [*CASES.rglob("*.yaml"), *(CASES.parent.parent / "data").rglob("*.yaml")]
    good, rng = [path.read_bytes() for path in sorted(files)], Random(1)  # noqa: S311 - the same each time
    spoilt = [mutant(rng, rng.choice(good), rng.choice(good)) for _ in range(300)]
    texts = [data.decode("utf-8", "replace")[:60_000] for data in (*good, *spoilt)]
    quick = [scanner.findings(text) for text in texts]
    monkeypatch.setattr(scanner, "_SUSPECT", (re.compile(""),))
    for text, found in zip(texts, quick, strict=True):
        assert found == scanner.findings(text), text


def test_most_files_are_right_at_the_first_look() -> None:
    """Else the first look only costs time: sentences hold the same signs as lists do."""
    texts = [path.read_text("utf-8") for path in (CASES.parent.parent / "data").rglob("*.yaml")]
    suspect = [text for text in texts if any(sign.search(f"\n{text}") for sign in scanner._SUSPECT)]
    assert len(suspect) < len(texts) / 5
