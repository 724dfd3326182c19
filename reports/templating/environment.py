"""The Jinja environment templates run in: strict, sandboxed, bounded, and aware of its own lines.

Templates are code, so that only trusted people may edit them; this is the second line. A template reaches its
names, filters and the named fields of records, and nothing of Python behind them; what it may do in steps and
letters is counted, so that a mistake (or an attack) ends in a sentence and not in a full memory.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any, NoReturn

import jinja2
import jinja2.meta
from jinja2 import nodes
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer

from reports.diagnostics.problems import Problem, ReportError, Where
from reports.document.manuscript import RESERVED, line_token
from reports.templating.context import MAX_STEPS, RenderBudget
from reports.templating.filters import Letters
from reports.templating.in_time.changes import ChangedField, Progressed
from reports.templating.leaves import Leaf
from reports.templating.selections import items
from reports.templating.tag_errors import wrong_braces
from reports.templating.views import View
from reports.templating.worked_out import Distinct
from reports.text_files import decode

#: Things of a list that a filter goes through in the time of one step.
_A_STEP = 16
#: What shows a template its fields, and none of the Python that makes it work.
Seen = View | Leaf | Progressed | ChangedField
#: Every template seen so far, in that order: line tokens name a template by its number here.
template_names: list[str] = []
#: What was compiled so far, by text, name and file. `check` renders a template for many editions.
_compiled: dict[tuple[str, str | None, str | None], CodeType] = {}
_MOST_COMPILED = 200


class Unknown(Exception):  # noqa: N818 - said of a name
    """A template named something that is not there; *known* is what could be named, None for the top level."""

    def __init__(self, name: str, known: Sequence[str] | None) -> None:
        super().__init__(name)
        self.name, self.known = name, known


class _Undefined(jinja2.StrictUndefined):
    """Any use of an unknown name stops the report; the name and its neighbours are kept for the message."""

    __slots__ = ()

    def _fail_with_undefined_error(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        name, owner = self._undefined_name, self._undefined_obj
        if self._undefined_exception is SecurityError:
            raise ReportError(Problem(Where(""), "template/forbidden", {"name": name}))
        if self._undefined_hint:
            raise ReportError(Problem(Where(""), "template/failed", {"detail": self._undefined_hint}))
        if isinstance(name, int):
            raise ReportError(Problem(Where(""), "template/no-item", {"number": name + 1}))
        raise Unknown(
            str(name), None if owner is missing else owner.known() if isinstance(owner, Seen) else []
        )

    __str__ = __iter__ = __len__ = __bool__ = __call__ = __eq__ = __ne__ = __hash__ = (
        _fail_with_undefined_error
    )
    __getattr__ = __getitem__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = _fail_with_undefined_error


# --- the environment --------------------------------------------------------------------------------------

#: The methods a template may call on plain values.
_METHODS: Mapping[type, Collection[str]] = MappingProxyType(
    {
        str: (
            "startswith",
            "endswith",
            "upper",
            "lower",
            "strip",
            "lstrip",
            "rstrip",
            "removeprefix",
            "removesuffix",
        ),
        Letters: ("startswith", "endswith"),
        dict: ("keys", "values", "items", "get"),
    }
)


class Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, narrowed: no Python but what is listed here, and a count of what is used up."""

    intercepted_binops = frozenset(["+", "*", "**", "%"])
    budget: RenderBudget
    show: Callable[[Any], str]

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Fields of records, listed methods, and what Jinja itself offers behind a dot."""
        if isinstance(obj, LoopContext | TemplateModule | BlockReference):
            return super().is_safe_attribute(obj, attr, value)
        return attr in _METHODS.get(type(obj), ())

    def wrap_str_format(self, value: Any) -> None:  # noqa: ARG002
        """str.format is no more open than any other method: '{:999999999}' would fill the memory."""
        return

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A view shows its fields, and none of the Python that makes it work."""
        if not isinstance(obj, Seen):
            return super().getattr(obj, attribute)
        try:
            return obj.part(attribute)
        except AttributeError:
            return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`record["title"]` is `record.title`."""
        return self.getattr(obj, str(argument)) if isinstance(obj, Seen) else super().getitem(obj, argument)

    def call(self, context: Any, obj: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Every call is a step; what a macro gathers of its arguments, and the letters it gives, are counted too."""
        self.budget.step()
        if isinstance(obj, Macro) and (obj.catch_varargs or obj.catch_kwargs):
            self.gathered([args, kwargs])
        found = super().call(context, obj, *args, **kwargs)
        return self.budget.text(found) if type(found) is str else found

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers of a sensible size; + also puts lists and texts together, within the budget."""
        if operator == "+" and isinstance(left, list) and isinstance(right, list):
            return self.gathered([*left, *right])
        if operator == "+" and (isinstance(left, str) or isinstance(right, str)):
            return self.concatenate(left, right)
        limit = 64 if operator == "**" else 10**9
        if not all(isinstance(side, int | float) and abs(side) <= limit for side in (left, right)):
            detail = f"'{operator}' works on numbers only here, up to {limit:,}"
            raise ReportError(Problem(Where(""), "template/failed", {"detail": detail}))
        return super().call_binop(context, operator, left, right)

    # The next five are called from compiled templates (see `_Counted`) and by Jinja itself.

    def printed(self, thing: Any) -> str:
        """A printed value: a step, and its letters. `{{ a if b }}` without an else is nothing."""
        self.budget.step()
        return "" if type(thing) is jinja2.Undefined else self.budget.text(self.show(thing))

    def charged(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter that costs as it goes: the longer the list it takes, the more steps."""

        @wraps(function)
        def filtered(*args: Any, **kwargs: Any) -> Any:
            lengths = (len(one) for one in args if isinstance(one, list | tuple | range))
            self.budget.step(1 + sum(lengths) // _A_STEP)
            return function(*args, **kwargs)

        return filtered

    def rounds(self, things: Any) -> Any:
        """What a loop goes through, counted."""
        found = things if hasattr(things, "__len__") and not isinstance(things, str) else items(things, "for")
        self.budget.step(len(found))
        return found

    def gathered(self, things: Any) -> Any:
        """A list, or what is one, that a template put together: a step for each thing in it and in its lists."""
        self.budget.gather(things)
        return things

    def concatenate(self, *parts: Any) -> str:
        """`a ~ b`: each part as it is printed."""
        return self.concat([self.printed(part) for part in parts])

    def concat(self, parts: Iterable[str]) -> str:
        """What a macro or a block gives, and what was put together with ~."""
        found = list(parts)
        self.budget.room(sum(map(len, found)))
        return self.budget.text("".join(found))

    def _load_template(self, name: str, globals: Any) -> jinja2.Template:  # noqa: A002 - Jinja's name
        self.budget.step()
        return super()._load_template(name, globals)

    def compile(  # type: ignore[override]  # Jinja's own forms of it give sources, which nobody asks for here
        self, source: str, name: str | None = None, filename: str | None = None
    ) -> CodeType:
        """Compile a template once for all editions, languages and periods.

        This is sound because nothing is worked out while compiling (no optimizer, no printing of constants), and
        every environment made here knows filters of the same names.
        """
        key = (source, name, filename)
        if key not in _compiled:
            if len(_compiled) >= _MOST_COMPILED:
                _compiled.clear()
            _compiled[key] = super().compile(source, name, filename)
        return _compiled[key]

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        return super()._generate(_Counted(name, filename).visit(source), name, filename, defer_init)


@jinja2.pass_context
def _finalize(context: Context, thing: Any) -> str:
    """`{{ thing }}`. Asking for the context keeps Jinja from printing constants while it compiles."""
    environment = context.environment
    assert isinstance(environment, Environment)
    return environment.printed(thing)


class _Counted(NodeTransformer):
    """Sends loops and ~ through the environment's own functions."""

    def __init__(self, name: str | None, filename: str | None) -> None:
        self.name, self.filename = name, filename

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802 - Jinja's name
        if node.recursive:
            detail = "a loop cannot be recursive here; write a macro"
            raise jinja2.TemplateSyntaxError(detail, node.lineno, self.name, self.filename)
        self.generic_visit(node)
        node.iter = _called("rounds", [node.iter], node)
        return node

    def visit_List(self, node: nodes.List) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _called("gathered", [node], node) if getattr(node, "ctx", "load") == "load" else node

    visit_Tuple = visit_Dict = visit_List  # noqa: N815 - Jinja's names

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - Jinja's name
        self.generic_visit(node)
        return _called("concatenate", node.nodes, node)


def _called(function: str, args: list[Any], node: nodes.Node) -> nodes.Node:
    call = nodes.Call(nodes.EnvironmentAttribute(function), args, [], None, None)
    assert node.environment
    return call.set_lineno(node.lineno, override=True).set_environment(node.environment)


class _Loader(jinja2.FileSystemLoader):
    """Templates under one folder; a link that leads out of it is not followed."""

    def get_source(self, environment: jinja2.Environment, template: str) -> Any:
        try:
            source, filename, uptodate = super().get_source(environment, template)
        except UnicodeDecodeError:
            raise ReportError(self._undecodable(template)) from None
        if wrong := tuple(wrong_braces(source, template)):
            raise ReportError(*wrong)
        root = Path(self.searchpath[0]).resolve()
        if not Path(filename).resolve().is_relative_to(root):
            raise jinja2.TemplateNotFound(template)
        return source, filename, uptodate

    def _undecodable(self, template: str) -> Problem:
        """Name the encoding, so that a person can mend it; UTF-16 that says so is one, too."""
        _, found = decode(Path(self.searchpath[0], template).read_bytes())
        if found and not found.encoding:
            return found.problem(template)
        where = Where(template, found.line, found.column) if found else Where(template)
        return Problem(where, "template/encoding", {"encoding": found.encoding if found else "UTF-16"})


class _LineTokens(Extension):
    """Puts a line token at the end of each template line, so that Markdown lines know where they came from."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        if stream.name not in template_names:
            template_names.append(stream.name or "")
        index = template_names.index(stream.name or "")
        before = 1
        for token in stream:
            if token.type in {"data", "string"} and RESERVED.search(token.value):
                where = Where(stream.name or "", token.lineno)
                raise ReportError(Problem(where, "template/reserved-character", {"code": "U+E000–U+E005"}))
            if token.type == "data":
                yield _with_line_tokens(token, index, before)
            else:
                yield token
            before = token.lineno + (token.value.count("\n") if token.type == "data" else 0)
        yield Token(before, "data", line_token(index, before))  # for a last line without an end


def _with_line_tokens(token: Token, index: int, before: int) -> Token:
    """*before* is the line of the token before: where a tag's own line end was trimmed, an empty line below ends
    what the tag printed."""
    first, *rest = token.value.split("\n")
    parts = [first]
    for line, text in enumerate(rest, token.lineno):
        parts += [line_token(index, before if line == token.lineno and not first else line), "\n", text]
    return Token(token.lineno, token.type, "".join(parts))


#: Filters of Jinja's own that are kept; those that give a generator give a list here, which `if` can ask.
_KEPT = ("first", "last", "list")
_KEPT_AS_LISTS = ("reverse", "unique", "selectattr", "rejectattr")


def make_environment(
    templates: Path, show: Callable[[Any], str], filters: Mapping[str, Callable[..., Any]]
) -> Environment:
    """Return an environment for one rendering; *show* says what printing a thing gives."""
    environment = Environment(
        loader=_Loader(templates, encoding="utf-8-sig"),
        undefined=_Undefined,
        extensions=[_LineTokens, "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        # Pandoc's attributes begin with {#, so comments are written {## … ##}.
        comment_start_string="{##",
        comment_end_string="##}",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # values are tokens, never text: there is nothing to escape
        optimized=False,
        finalize=_finalize,
    )
    environment.budget = RenderBudget()
    environment.show = show
    kept = {name: environment.filters[name] for name in _KEPT}
    listed = {name: _listed(environment.filters[name]) for name in _KEPT_AS_LISTS}
    listed["unique"] = _distinct(environment.filters["unique"])
    environment.filters.clear()
    all_filters = {**kept, **listed, **filters}
    environment.filters.update({name: environment.charged(one) for name, one in all_filters.items()})
    environment.globals.clear()
    environment.globals["range"] = _range
    return environment


def brought_in(environment: Environment, name: str) -> list[str]:
    """Read the template *name*; return those it includes or imports by name."""
    environment.get_template(name)
    assert environment.loader
    source, filename, _ = environment.loader.get_source(environment, name)
    found = jinja2.meta.find_referenced_templates(environment.parse(source, name, filename))
    return [one for one in found if one]


def line_here(folder: str) -> Where | None:
    """The template line that is being told, of a template in *folder*; asked for by functions a template calls."""
    frame = inspect.currentframe()
    while frame and "__jinja_template__" not in frame.f_globals:
        frame = frame.f_back
    if frame is None:
        return None
    template: jinja2.Template = frame.f_globals["__jinja_template__"]
    return Where(f"{folder}/{template.name}", template.get_corresponding_lineno(frame.f_lineno))


def _listed(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def listed(*args: Any, **kwargs: Any) -> Any:
        found = function(*args, **kwargs)
        return found if isinstance(found, str) else list(found)

    return listed


def _distinct(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def distinct(environment: Environment, things: Any, *args: Any, **kwargs: Any) -> Any:
        return Distinct(function(environment, things, *args, **kwargs), things)

    return distinct


def _range(*args: int) -> range:
    """Python's range, no longer than a template may count."""
    found = range(*args)
    if len(found) > MAX_STEPS:
        raise ReportError(Problem(Where(""), "template/too-long", {"limit": f"{MAX_STEPS:,}"}))
    return found
