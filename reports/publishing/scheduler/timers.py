"""What makes the machine's own clockwork start `run.py run-due`: units of systemd, a line for cron, a task for Windows.

All three catch up what was missed while the machine was off, and none starts a second run beside the first;
the product's own lock and ledger would keep that harmless.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PureWindowsPath
from types import MappingProxyType
from xml.sax.saxutils import escape

from msgspec import Struct

from reports.diagnostics.words.timers import TIMERS as WORDS

#: Minutes between two questions, and hours after which a run is given up.
EVERY, LONGEST = 15, 2


class Installation(Struct, frozen=True):
    """Which folder the job works in, and what starts the program there: Python with run.py, or the command alone.

    *options* are those of run-due, *output* is where it writes; *lang* is the language it speaks, "" for the machine's.
    *signed_in*: on Windows only while its user has signed in, without a password.
    """

    folder: Path
    start: tuple[str, ...]
    options: tuple[str, ...] = ()
    output: Path = Path("output")
    lang: str = ""
    signed_in: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """What is to be run."""
        return (*self.start, "run-due", *self.options)

    def say(self, key: str) -> str:
        """Words for *key* in that language."""
        return WORDS.say(key, self.lang or "en")


def systemd(here: Installation) -> str:
    """The service and the timer, each under the name of its file."""
    command = _unit_command(here.words)
    spoken = f"Environment=REPORTS_LANG={here.lang}\n" if here.lang else ""
    return f"""\
# ~/.config/systemd/user/progress-reports.service
[Unit]
Description={here.say("service")}

[Service]
Type=oneshot
TimeoutStartSec={LONGEST}h
WorkingDirectory={str(here.folder).replace("%", "%%")}
{spoken}ExecStart={command}

# ~/.config/systemd/user/progress-reports.timer
[Unit]
Description={here.say("timer")}

[Timer]
OnCalendar=*:0/{EVERY}
Persistent=true
AccuracySec=1min

[Install]
WantedBy=timers.target

# systemctl --user daemon-reload
# systemctl --user enable --now progress-reports.timer
# loginctl enable-linger
"""


def cron(here: Installation) -> str:
    """One line for `crontab -e`."""
    words = " ".join(_shell_word(word) for word in here.words)
    spoken = f"REPORTS_LANG={here.lang} " if here.lang else ""  # cron knows no language of its own
    state = here.output / ".state"
    into = f"mkdir -p {_shell_word(str(state))} && {spoken}{words} >> {_shell_word(str(state / 'cron.log'))} 2>&1"
    command = f"cd {_shell_word(str(here.folder))} && {into}"
    return f"*/{EVERY} * * * * {command}\n".replace("%", r"\%")


def windows(here: Installation) -> str:
    """A task for the Task Scheduler, as XML."""
    program, *before = here.start
    spoken = ["--lang", here.lang] if here.lang else []  # a task has no environment of its own
    words = " ".join([
        *(f'"{word}"' if re.search(r"[ /\\]", word) else word for word in before),
        "run-due",
        *spoken,
        *(f'"{word}"' if " " in word else word for word in here.options),
    ])  # fmt: skip
    logon = "\n      <LogonType>InteractiveToken</LogonType>" if here.signed_in else ""
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<!-- {here.say("signed-in" if here.signed_in else "whoever")} -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>{here.say("service")}</Description>
    <URI>\\Progress reports</URI>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Enabled>true</Enabled>
      <StartBoundary>2020-01-01T00:00:00</StartBoundary>
      <Repetition>
        <Interval>PT{EVERY}M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">{logon}
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <ExecutionTimeLimit>PT{LONGEST}H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(program)}</Command>
      <Arguments>{escape(words)}</Arguments>
      <WorkingDirectory>{escape(str(here.folder))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


TIMERS: Mapping[str, Callable[[Installation], str]] = MappingProxyType(
    {"systemd": systemd, "cron": cron, "windows": windows}
)


def as_file(kind: str, text: str) -> bytes:
    """The bytes of such settings as their clockwork reads them: of a task UTF-16 with its mark, whatever the machine's
    own encoding is, else UTF-8."""
    if kind == "windows":
        return codecs.BOM_UTF16_LE + text.replace("\n", "\r\n").encode("utf-16-le")
    return text.encode()


def without_window(start: Sequence[str], python: str) -> tuple[str, ...]:
    """The same program started by the Python that opens no window, which stands beside *python*."""
    windowless = str(PureWindowsPath(python).with_name("pythonw.exe"))
    return (windowless, *(start[1:] or ("-m", "reports")))


def unmapped(word: str) -> str:
    """A path whose folder is named as every account sees it: on Windows a share, not a letter of this session's. The
    last part stays: a Python that is a link knows its packages by where it is called from."""
    head, tail = os.path.split(word)
    return os.path.join(os.path.realpath(head), tail) if head else word  # noqa: PTH118 - words, not all of them paths


def _unit_command(words: Sequence[str]) -> str:
    """A line of ExecStart. Of the program itself systemd takes no quotation mark, no backslash, and no dollar that is
    doubled as in the others: a shell takes such a name."""
    told = " ".join(map(_unit_word, words))
    return f"""/bin/sh -c 'exec "$$0" "$$@"' {told}""" if re.search(r"""["'\\$]""", words[0]) else told


def _unit_word(word: str) -> str:
    """A word of ExecStart: quoted, with the signs that mean something to systemd doubled."""
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{quoted}"'


def _shell_word(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
