"""What a call takes, measured in a process of its own: nothing that ran before counts, and nothing can be filled up."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_CHILD = """
import importlib, json, pathlib, re, sys, time
module, function, path = sys.argv[1:]
call = getattr(importlib.import_module(module), function)
begin = time.process_time()
try:
    call(pathlib.Path(path))
except Exception as error:
    if type(error).__name__ != "ReportError":
        raise
seconds = time.process_time() - begin
told = pathlib.Path("/proc/self/status")
most = re.search(r"VmHWM:\\s+(\\d+)", told.read_text()) if told.exists() else None
print(json.dumps([seconds, int(most[1]) / 1024 if most else 0]))
"""


def peak_of(module: str, function: str, path: Path) -> tuple[float, float]:
    """Seconds of processor time and megabytes that `module.function(path)` takes until it returns or is refused.

    Where the system does not tell of memory (it does on Linux), it is 0.
    """
    command = [sys.executable, "-c", _CHILD, module, function, str(path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert ran.returncode == 0, ran.stderr
    seconds, megabytes = json.loads(ran.stdout)
    return seconds, megabytes
