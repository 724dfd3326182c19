"""What makes the machine's own clockwork start `run.py run-due`: units of systemd, a line for cron, a task for Windows.

All three catch up what was missed while the machine was off, and none starts a second run beside the first;
the product's own lock and ledger would keep that harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

from msgspec import Struct

#: Minutes between two questions.
EVERY = 15


class Installation(Struct, frozen=True):
    """Which folder the job works in, and what starts the program there: Python with run.py, or the command alone.

    *options* are those of run-due, *output* is where it writes; *lang* is the language it speaks, "" for the machine's.
    """

    folder: Path
    start: tuple[str, ...]
    options: tuple[str, ...] = ()
    output: Path = Path("output")
    lang: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What is to be run."""
        return (*self.start, "run-due", *self.options)


def systemd(here: Installation) -> str:
    """The service and the timer, each under the name of its file."""
    command = " ".join(_unit_word(word) for word in here.words)
    spoken = f"Environment=REPORTS_LANG={here.lang}\n" if here.lang else ""
    return f"""\
# ~/.config/systemd/user/progress-reports.service
[Unit]
Description=Progress reports: make what is due

[Service]
Type=oneshot
WorkingDirectory={str(here.folder).replace("%", "%%")}
{spoken}ExecStart={command}

# ~/.config/systemd/user/progress-reports.timer
[Unit]
Description=Progress reports: ask what is due

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
    words = " ".join([
        *(f'"{word}"' for word in before),
        "run-due",
        *(f'"{word}"' if " " in word else word for word in here.options),
    ])  # fmt: skip
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<!-- Save as task.xml in Unicode (UTF-16), then:
     schtasks /Create /TN "Progress reports" /XML task.xml /RU YOUR-ACCOUNT /RP *
     It asks for the password of that account, and runs whether somebody has signed in or not. -->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Progress reports: make what is due</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT{EVERY}M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2020-01-01T00:00:00</StartBoundary>
      <Enabled>true</Enabled>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT2H</ExecutionTimeLimit>
    <Enabled>true</Enabled>
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


def _unit_word(word: str) -> str:
    """A word of ExecStart: quoted, with the signs that mean something to systemd doubled."""
    quoted = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{quoted}"'


def _shell_word(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"
