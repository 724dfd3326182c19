"""The schema for editors and the reference: current, complete, and in agreement with what the product accepts."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from reports.cli.main import main
from reports.model.dates import parse_date, parse_day, parse_moment
from reports.model.description.field_help import field_words
from reports.model.description.forms import FORMS, KIND_WORDS, example_record
from reports.model.description.shapes import fields_of, parts_below
from reports.model.formatting import say
from reports.model.kinds import KINDS
from reports.model.records import Part, can_change
from reports.model.report_definitions import ReportDefinition
from reports.model.values import Value, parse_money, parse_quantity, parse_ratio, parse_share, parse_text
from reports.records.converter import read
from reports.records.editing.json_schema import data_schema, reports_schema, written
from reports.records.editing.reference import reference
from reports.records.text.emitter import compose
from reports.records.text.loader import parse

ROOT = Path(__file__).parent.parent.parent.parent
CASES = ROOT / "tests" / "cases"
REFERENCES = {"en": "docs/data-reference.md", "zh": "docs/data-reference.zh-CN.md"}
EVERYTHING: tuple[type[Part], ...] = (*KINDS.values(), ReportDefinition)
PARTS = sorted(
    {part for whole in EVERYTHING for part in parts_below(whole)},
    key=lambda part: part.__name__,
)


class AsEditorsRead(yaml.SafeLoader):
    """YAML 1.2 as VS Code reads it: 2023 is a number, true a truth, NO and 3:7 are texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - the class it is made from has it so


for tag, pattern in (
    ("null", r"~|null|Null|NULL|"),
    ("bool", r"true|True|TRUE|false|False|FALSE"),
    ("int", r"[-+]?[0-9]+"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"),
):
    AsEditorsRead.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"^(?:{pattern})$"), None)


def complaints(text: str, schema: dict[str, Any]) -> list[str]:
    """What an editor would underline in a file."""
    errors = Draft7Validator(schema).iter_errors(yaml.load(text, AsEditorsRead))  # noqa: S506 - a SafeLoader
    return [f"{list(error.absolute_path)}: {error.message[:100]}" for error in errors]


# --- fields -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__)
def test_every_field_says_what_it_is_for_in_both_languages(part: Any) -> None:
    for field in fields_of(part):
        zh, en = field_words(part, field.key)
        assert re.search("[㐀-鿿]", zh), field.key
        assert en.isascii(), field.key
        assert en, field.key


def test_every_kind_says_what_it_is() -> None:
    assert set(KIND_WORDS) == {*KINDS, "reports"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.plural)
def test_the_example_of_a_kind_is_right(kind: Any) -> None:
    """The example in the reference can be typed into a file as it stands, and read."""
    example = example_record(kind)
    text = "\n".join([f"{kind.plural}:", *compose(example), ""])
    file, problems = parse(text, "data/a/a.yaml")

    assert problems == ()
    assert file.plain == {kind.plural: [example]}
    read(kind, example)
    assert complaints(text, data_schema()) == []


# --- the schema -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "schema"), [("data", data_schema()), ("reports", reports_schema())], ids=["data", "reports"]
)
def test_the_committed_schema_is_current(name: str, schema: dict[str, Any], update_golden: bool) -> None:
    """After a change of the model: run.py schema, or make golden."""
    path = ROOT / "schema" / f"{name}.schema.json"
    if update_golden:
        path.write_text(written(schema), encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == written(schema)
    Draft7Validator.check_schema(schema)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data").rglob("*.yaml")), ids=lambda path: "/".join(path.parts[-2:])
)
def test_shipped_data_are_accepted(path: Path) -> None:
    schema = reports_schema() if path.name == "reports.yaml" else data_schema()

    assert complaints(path.read_text(encoding="utf-8"), schema) == []


@pytest.mark.parametrize("path", sorted((CASES / "good").glob("[!t]*.yaml")), ids=lambda path: path.stem)
def test_odd_but_right_files_are_accepted(path: Path) -> None:
    """But tabs.yaml, whose tabs only the reader of the product forgives."""
    assert complaints(path.read_text(encoding="utf-8-sig"), data_schema()) == []


_READERS: Mapping[str, Callable[[object], Value]] = {
    "date": parse_date, "day": parse_day, "moment": parse_moment, "quantity": parse_quantity, "ratio": parse_ratio, "share": parse_share,
    "money": parse_money, "text": parse_text,
}  # fmt: skip


@pytest.mark.parametrize(
    ("form", "written_as"),
    [
        *((form, example) for form in _READERS for example in FORMS[form].examples if ">" not in example),  # type: ignore[index]
        ("date", "约2030"), ("date", "约 2030/2035"), ("date", "before 199X"), ("date", "illegible"),
        ("ratio", '"3 : 7"'), ("date", "{date: 2019, certainty: illegible, raw: 45th}"), ("date", "{raw: '?'}"),
        ("share", "60％"), ("share", "约60%"), ("share", "60%+"), ("ratio", "≪ 1:9"),
        ("quantity", "1,000"), ("quantity", "'> 1000'"), ("quantity", "3.5"), ("money", "USD125 million"),
        ("day", "2026"), ("day", "199X"), ("day", "2026-01/2026-03"), ("day", "{date: 2026-06, raw: 6月}"),
        ("moment", "2026-W53"), ("moment", "2026H2"), ("moment", "2025/2026"), ("moment", "199X"),
        ("text", "NO"), ("text", "1992"), ("text", "true"),
    ],
)  # fmt: skip
def test_the_schema_refuses_nothing_that_the_product_accepts(form: str, written_as: str) -> None:
    """Each form of value, as typed; the reader of the product is the measure."""
    file, problems = parse(f"value: {written_as}\n", "data/a.yaml")
    assert problems == ()
    assert isinstance(file.plain, dict)
    assert say(_READERS[form](file.plain["value"]), "zh")
    value = {
        "text": f"title: {written_as}",
        "day": f"title: T\n    known: {written_as}",
        "moment": f"title: T\n    values: [{{at: {written_as}, quantity: 1}}]\n    target: [{{by: {written_as}, quantity: 1}}]",
    }.get(form, f"title: T\n    {form}: {written_as}")
    text = f"metrics:\n  - id: a\n    {value}\n    source: [{{doc: b}}]\n"

    assert complaints(text, data_schema()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        "meetings: [{id: a, titel: T}]", "meeting: []", "meetings: {id: a}",
        "people: [{id: a, name: {zh: 某}, source: [{doc: b}]}]",
        "events: [{id: a, title: 会议, type: ceremony, date: 2023, source: [{doc: b}]}]",
        "events: [{id: a, title: T, type: party, date: 2023, source: [{doc: b}]}]",
        "events: [{id: a, title: T, type: ceremony, date: 2023-2-1, source: [{doc: b}]}]",
        "events: [{id: A, title: T, type: ceremony, date: 2023, source: [{doc: b}]}]",
        "metrics: [{id: a, title: T, share: x, source: [{doc: b}]}]",
        "metrics: [{id: a, title: T, share: 65%, source: []}]",
        "meetings: [{id: a, title: T, date: 2023, source: [{doc: b}], updates: [{on: after 2026, tags: [c], source: [{doc: b}]}]}]",
        "meetings: [{id: a, title: T, date: 2023, source: [{doc: b}], updates: [{on: 2026, tags: [c]}]}]",
        "meetings: [{id: a, title: T, date: 2023, source: [{doc: b}], updates: [{on: 2026, name: N, source: [{doc: b}]}]}]",
        "meetings: [{id: a, title: T, date: 2023, source: [{doc: b}], updates: [{on: 2026, status: hold, source: [{doc: b}]}]}]",
        "metrics: [{id: a, title: T, source: [{doc: b}], values: [{at: 2026Q5, quantity: 3}]}]",
        "organisations: [{id: a, name: {zh: 某, en: A}, type: union, country: China, source: [{doc: b}]}]",
    ],
)  # fmt: skip
def test_the_schema_underlines_the_usual_mistakes(wrong: str) -> None:
    assert complaints(wrong, data_schema())


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.plural)
def test_updates_of_every_kind_are_accepted(kind: Any) -> None:
    """Each field that may change, one in an entry; those that may be taken back are."""
    if getattr(kind, "timeless", False):
        assert all(field.key != "updates" for field in fields_of(kind))
        return
    example, source = example_record(kind), [{"doc": "b"}]
    told = [(field, example.get(field.key)) for field in fields_of(kind) if can_change(kind, field.key)]
    own = {"source", "known", "note"}
    changes = [{field.key: value} for field, value in told if value is not None or not field.required]
    entries: list[Any] = [
        {"on": f"2026-{n % 12 + 1:02}", "known": "2027", **change, "source": source}
        for n, change in enumerate(changes)
        if not own & change.keys()
    ]
    record = {**example, "updates": entries}

    plain: Any = parse("\n".join(["a:", *compose(record), ""]), "a.yaml")[0].plain
    read(kind, plain["a"][0])
    assert entries
    assert complaints("\n".join([f"{kind.plural}:", *compose(record), ""]), data_schema()) == []


def test_every_key_is_explained_in_both_languages() -> None:
    """What hovering over a key shows: Chinese first, English below."""
    for schema in (data_schema(), reports_schema()):
        for name, part in schema["definitions"].items():
            for key, told in part.get("properties", {}).items():
                zh, _, en = told["description"].partition("\n\n")
                assert re.search("[㐀-鿿]", zh), (name, key)
                assert re.search("[a-z]", en), (name, key)


def test_the_editor_s_settings_name_schemas_that_are_there() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))

    for schema, globs in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert any(path for glob in globs for path in ROOT.glob(glob)), globs


# --- the reference ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", REFERENCES)
def test_the_reference_is_current(lang: str, update_golden: bool) -> None:
    """After a change of the model: run.py schema --reference, or make golden."""
    path = ROOT / REFERENCES[lang]
    if update_golden:
        path.write_text(reference(lang), encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == reference(lang)


@pytest.mark.parametrize("lang", REFERENCES)
def test_the_reference_tells_of_every_field_and_its_links_lead_somewhere(lang: str) -> None:
    page = reference(lang)
    headings = {
        line.lstrip("# ").lower().replace(" ", "-") for line in page.splitlines() if line.startswith("#")
    }

    assert set(re.findall(r"\]\(#([^)]+)\)", page)) <= headings
    for part in PARTS:
        assert [f.key for f in fields_of(part) if f"`{f.key}`" not in page] == []


@pytest.mark.parametrize("lang", REFERENCES)
def test_the_examples_of_the_reference_can_be_typed_as_they_stand(lang: str) -> None:
    for number, block in enumerate(re.findall(r"```yaml\n(.*?)```", reference(lang), re.DOTALL)):
        file, problems = parse(block, "data/a/a.yaml")
        assert problems == ()
        plain: Any = file.plain
        for plural, records in plain.items():
            read(KINDS[plural], records[0])
        assert complaints(block, data_schema()) == [], number


# --- the command ------------------------------------------------------------------------------------------


def test_the_command_writes_both_schemas_and_names_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", "--output", str(tmp_path / "new")]) == 0
    names = [Path(line).name for line in capsys.readouterr().out.splitlines()]

    assert names == sorted(path.name for path in (tmp_path / "new").iterdir())
    assert names == ["data.schema.json", "reports.schema.json"]


def test_the_command_writes_the_reference(tmp_path: Path) -> None:
    assert main(["schema", "--reference", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "data-reference.md",
        "data-reference.zh-CN.md",
    ]
