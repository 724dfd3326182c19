"""What is said beside the settings that make the machine's own clockwork start the program."""

from __future__ import annotations

from reports.diagnostics.words.table import Words

TIMERS = Words(
    {
        "service": ("进展报告：做到期的事", "Progress reports: make what is due"),
        "timer": ("进展报告：问有什么到期", "Progress reports: ask what is due"),
        "whoever": (
            (
                "本文件存为 task.xml（UTF-16），然后执行：\n"
                '     schtasks /Create /TN "Progress reports" /XML task.xml /RU 账户 /RP *\n'
                "     按提示输入该账户的密码；无论是否有人登录，都会运行。"
            ),
            (
                "With this file as task.xml (in UTF-16):\n"
                '     schtasks /Create /TN "Progress reports" /XML task.xml /RU YOUR-ACCOUNT /RP *\n'
                "     It asks for the password of that account, and runs whether somebody has signed in or not."
            ),
        ),
        "signed-in": (
            (
                "本文件存为 task.xml（UTF-16），然后执行：\n"
                '     schtasks /Create /TN "Progress reports" /XML task.xml\n'
                "     只在您登录时运行，不问密码，也不弹出窗口。"
            ),
            (
                "With this file as task.xml (in UTF-16):\n"
                '     schtasks /Create /TN "Progress reports" /XML task.xml\n'
                "     It runs while you have signed in, asks for no password and shows no window."
            ),
        ),
    }
)
