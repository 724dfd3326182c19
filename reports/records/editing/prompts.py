"""The questions of `run.py new`: one for each field, in the person's language, each answer looked at when it is given.

Reading and writing lines are arguments, so that a test can be the person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from reports.diagnostics.problems import Lang, Problem, ReportError, Where, errors
from reports.diagnostics.words.records import DIALOGUE
from reports.model.description.forms import FORMS, choice_words, examples_of, linked_kinds
from reports.model.kinds import KINDS
from reports.model.names import is_part_of_a_name
from reports.model.records import Record
from reports.records.editing.new_records import DataFolder, RecordPlace, Taken, entry_of, problems_of
from reports.records.editing.settings import unknown
from reports.records.editing.sheets.columns import MOST_ENTRIES, SheetColumn, TypedCell, column, columns_of

Ask = Callable[[str], str]
Say = Callable[[str], None]
Row = dict[SheetColumn, TypedCell]

#: What an answer is not blamed for while others are still to come.
_LATER = frozenset(("data/missing-field", "data/empty-field", "value/missing-language", "value/one-language"))
_SHOWN = 12


class _EndError(Exception):
    """The person has said enough."""


def ask_for(desk: DataFolder, place: RecordPlace, ask: Ask, say: Say, lang: Lang) -> Row:
    """Ask for a record; return its row when it is right. Raises ReportError when the person gives up."""
    talk = _Talk(desk, place, ask, say, lang)
    needed = [
        found for found in columns_of(place.kind) if found.required and found.name not in {"id", "number"}
    ]
    talk.say_words("intro")
    for found in needed:
        talk.question(found, needed=True)
    talk.say_words("optional")
    with suppress(_EndError):
        talk.optional([found for found in columns_of(place.kind) if found not in needed])
    talk.correct()
    return talk.row


class _Talk:
    """One conversation: what was answered so far, and how to go on."""

    def __init__(self, desk: DataFolder, place: RecordPlace, ask: Ask, say: Say, lang: Lang) -> None:
        self.desk, self.place, self.ask, self.say, self.lang = desk, place, ask, say, lang
        self.row: Row = {}

    def say_words(self, key: str) -> None:
        self.say(self.words(key))

    def words(self, key: str) -> str:
        return DIALOGUE.say(key, self.lang)

    # --- questions ------------------------------------------------------------------------------------------

    def optional(self, columns: Sequence[SheetColumn]) -> None:
        """Ask for the rest. Of a group nobody begins, nothing more is asked; one that was filled may be followed
        by another."""
        skipped: tuple[str | int, ...] = ("",)
        for found in columns:
            group = _group(found)
            if group and group == skipped:
                continue
            if not self.question(found) and group and not self._has(group):
                skipped = group
            if group and _is_last(found, columns) and self._has(group):
                self._more(group)

    def _more(self, group: tuple[str | int, ...]) -> None:
        """The next entries of a list of groups, until one stays empty."""
        *above, number = group
        for n in range(int(number) + 1, MOST_ENTRIES):
            following = (*above, n)
            columns = [self._column((*following, *c.path[len(group) :])) for c in self._of(group)]
            if not self.question(columns[0]):
                return
            for found in columns[1:]:
                self.question(found)

    def _of(self, group: tuple[str | int, ...]) -> list[SheetColumn]:
        return [found for found in columns_of(self.place.kind) if found.path[: len(group)] == group]

    def _column(self, path: tuple[str | int, ...]) -> SheetColumn:
        found = column(self.place.kind, SheetColumn(path, self._of(path[:1])[0].field).name)
        assert found is not None
        return found

    def _has(self, group: tuple[str | int, ...]) -> bool:
        return any(found.path[: len(group)] == group for found in self.row)

    def question(self, found: SheetColumn, *, needed: bool = False) -> bool:
        """Ask until the answer is right, or empty where it may be; whether there is one."""
        while True:
            text = self.ask(self.prompt(found)).strip()
            if text == "." and not needed:
                raise _EndError
            if text == "?" or text.startswith("?"):
                self.list_choices(found, text[1:].strip())
            elif text and self.take(found, text):
                return True
            elif not text and not needed:
                return False

    def prompt(self, found: SheetColumn) -> str:
        """`date – when it was held (date, for example 2023-06-08): `"""
        zh = self.lang == "zh"
        field, several = found.field, found.field.many and found.field.shape.form != "part"
        told = field.words[0 if zh else 1] + (self.words(found.lang) if found.lang in DIALOGUE else "")
        told += self.words("several") if several else ""
        examples = [] if found.lang else list(examples_of(field)[:2])
        shown = " / ".join(field.shape.choices) or FORMS[field.shape.form].name[0 if zh else 1]
        if examples:
            shown += f"{'，' if zh else ', '}{self.words('example')} {examples[0]}"
        return f"{found.name} – {told}（{shown}）：" if zh else f"{found.name} – {told} ({shown}): "

    def list_choices(self, found: SheetColumn, part: str) -> None:
        """What may be given: the choices with their meaning, the records a link may lead to."""
        for line in list(self._choices(found, part))[:_SHOWN]:
            self.say(f"    {line}")

    def _choices(self, found: SheetColumn, part: str) -> Iterator[str]:
        shape = found.field.shape
        for number, word in enumerate(shape.choices, 1):
            yield f"{number}  {word}  {choice_words(found.field, word)[0 if self.lang == 'zh' else 1]}"
        if shape.form == "link":
            yield from self._records(linked_kinds(shape), part)
        else:
            yield FORMS[shape.form].write[0 if self.lang == "zh" else 1]

    def _records(self, kinds: Iterable[str], part: str) -> Iterator[str]:
        """The records with *part* in their id or in anything they are or were called."""
        for plural in kinds or KINDS:
            for record in self.desk.dataset.all(plural):
                if part in record.id or is_part_of_a_name(part, record):
                    yield f"{record.id}  {_label(record, self.lang)}"

    # --- answers --------------------------------------------------------------------------------------------

    def take(self, found: SheetColumn, text: str) -> bool:
        """Keep an answer, or say what is wrong with it."""
        choices = found.field.shape.choices
        if text.isdecimal() and 0 < int(text) <= len(choices):
            text = choices[int(text) - 1]
        before = self.row.pop(found, None)
        self.row[found] = TypedCell(text, Where(found.name))
        wrong = [p for p in self.problems() if p.where.file == found.name and p.code not in _LATER]
        if not wrong:
            return True
        self.row.pop(found)
        if before:
            self.row[found] = before
        self.tell(wrong)
        return False

    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong so far."""
        entry = entry_of(self.place, self.row, Where(self.place.kind.plural), Taken(self.desk, self.place))
        return errors(problems_of(self.desk, self.place, [entry]))

    def tell(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            self.say(f"    {problem.where}: {problem.message(self.lang)}")
            hint = problem.hint(self.lang)
            if hint:
                self.say(f"    {self.words('hint')}{hint}")

    def correct(self) -> None:
        """What only the whole record shows to be wrong is mended field by field; no answer is lost."""
        while wrong := self.problems():
            self.tell(wrong)
            text = self.ask(self.words("correct")).strip()
            if not text:
                raise ReportError(*wrong, Problem(Where(self.place.kind.plural), "entry/given-up"))
            name, _, value = text.partition("=")
            found = column(self.place.kind, name)
            if found is None:
                self.tell([unknown(self.place.kind, name.strip())])
            elif value.strip():
                self.take(found, value.strip())
            else:
                self.row.pop(found, None)


def _label(record: Record, lang: Lang) -> str:
    return " ".join(record.label.get(lang).split())[:60]


def _group(found: SheetColumn) -> tuple[str | int, ...]:
    """The entry of a list that a column belongs to, () for none."""
    for i, step in enumerate(found.path):
        if isinstance(step, int):
            return found.path[: i + 1]
    return ()


def _is_last(found: SheetColumn, columns: Sequence[SheetColumn]) -> bool:
    group = _group(found)
    return [other for other in columns if _group(other) == group][-1] == found
