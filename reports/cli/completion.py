"""`run.py completion`: the script with which bash or zsh completes the commands, and what is known of the data.

The script asks no Python: what it completes besides our own words it reads off the list of reports and the names of
folders. In a checkout it also makes `run.py` a command, which is how all our documents write it: else there would be
nothing to complete.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import shtab

from reports import invocation
from reports.cli.options import FORMATS
from reports.cli.words import say
from reports.diagnostics.problems import Lang
from reports.model.kinds import KINDS

SHELLS = ("bash", "zsh")


def add_options(parser: argparse.ArgumentParser, lang: Lang) -> None:
    """For which shell."""
    parser.epilog = say("completion.how", lang, program=invocation.command(), name=_name())
    parser.add_argument("shell", choices=SHELLS, help=say("completion.shell", lang))


def run(options: argparse.Namespace, _lang: Lang) -> int:
    """Print the script; the front door hands over what makes the parser of all commands."""
    make_parser: Callable[[], argparse.ArgumentParser] = options.make_parser
    print(script(make_parser(), options.shell))
    return 0


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """Return the script for a shell."""
    for command, action in _actions(parser):
        name = str(action.metavar or action.dest)
        known = None if action.choices else _COMPLETES.get(f"{command} {name}", _COMPLETES.get(name))
        if isinstance(known, dict):
            action.complete = known  # type: ignore[attr-defined] # shtab looks for it there
        elif known:
            action.choices = known
    parser.prog = _name()
    text: str = shtab.complete(parser, shell, preamble=f"{_defined()}{_LOOK[shell]}")
    return text


def _name() -> str:
    """The command to complete."""
    return invocation.here().typed if " " not in invocation.here().typed else invocation.COMMAND


def _defined() -> str:
    """What makes it a command, where the shell does not find it by itself."""
    if invocation.command() == invocation.COMMAND:
        return ""
    program = invocation.command_line(invocation.here().words, windows=False)
    return f'{_name()}() {{ {program} "$@"; }}\n'


def _actions(parser: argparse.ArgumentParser, command: str = "") -> Iterator[tuple[str, argparse.Action]]:
    """Everything that may be typed, and behind which command."""
    for action in parser._actions:  # noqa: SLF001 - argparse tells of them nowhere else
        if isinstance(action.choices, dict):  # the commands
            for word, of_command in action.choices.items():
                yield from _actions(of_command, word)
        else:
            yield command, action


def _function(name: str) -> dict[str, str]:
    return dict.fromkeys(SHELLS, f"_reports_{name}")


#: What completes an argument, by its name in the help: words, or a function of the shell.
_COMPLETES: Mapping[str, Sequence[str] | dict[Any, Any]] = MappingProxyType(
    {
        "REPORT": _function("ids"),
        "PERIOD": _function("periods"),
        "period": _function("periods"),
        "ISSUE": _function("issues"),
        "P": _function("programmes"),
        "KIND": tuple(KINDS),
        "new KIND": (*KINDS, "report"),
        "FILE.docx": shtab.glob("*.docx"),
        "FILE": shtab.glob("*.xlsx", "*.csv"),
        "DIR": shtab.DIRECTORY,
        "data": shtab.DIRECTORY,
        "templates": shtab.DIRECTORY,
        "output": shtab.DIRECTORY,
        "format": FORMATS,
        "lang": ("zh", "en", "zh-Hant"),
    }
)
#: How a shell finds what is known: the folder typed behind an option or else the usual one, and what to read there.
_READ = r"""
_reports_say_ids() {
  local data=$(_reports_folder data)
  sed -n 's/^[- {]*id: *\([a-z0-9-]*\).*/\1/p' "$data/reports.yaml" "$data/reports.yml" 2>/dev/null
}
_reports_say_periods() {
  local data=$(_reports_folder data)
  sed -n 's/.*period: *["'\'']\{0,1\}\([0-9][0-9A-Z.-]*\).*/\1/p' "$data/reports.yaml" "$data/reports.yml" 2>/dev/null
  _reports_say_issues | sed 's/.*\///'
}
_reports_say_issues() {
  find "$(_reports_folder output)" -mindepth 2 -maxdepth 2 -type d -path '*/[!.]*/[0-9]*' 2>/dev/null |
    sed 's/.*\/\([^/]*\/[^/]*\)$/\1/'
}
_reports_say_programmes() {
  find "$(_reports_folder data)" -mindepth 1 -maxdepth 1 -type d 2>/dev/null | sed 's/.*\///'
}
"""
_LOOK: Mapping[str, str] = MappingProxyType(
    {
        "bash": _READ
        + r"""
_reports_folder() {
  local n word
  for ((n = 1; n < COMP_CWORD; n++)); do
    if [[ ${COMP_WORDS[n]} == "--$1" ]]; then
      word=${COMP_WORDS[n + 1]}
      [[ $word == = ]] && word=${COMP_WORDS[n + 2]}
      echo "${word/#\~/$HOME}"
      return
    fi
  done
  echo "$1"
}
"""
        + "\n".join(
            f'_reports_{name}() {{ compgen -W "$(_reports_say_{name} | sort -u)" -- "$1"; }}'
            for name in ("ids", "periods", "issues", "programmes")
        ),
        "zsh": _READ
        + r"""
_reports_folder() {
  local word
  word=${words[(r)--$1=*]#*=}
  [[ -z $word && ${words[(I)--$1]} -gt 0 ]] && word=${words[${words[(I)--$1]} + 1]}
  print -r -- ${${word/#\~/$HOME}:-$1}
}
"""
        + "\n".join(
            f'_reports_{name}() {{ compadd -- ${{(fu)"$(_reports_say_{name})"}}; }}'
            for name in ("ids", "periods", "issues", "programmes")
        ),
    }
)
