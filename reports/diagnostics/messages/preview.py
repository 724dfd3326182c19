"""The sentences about the preview. A row is sentence, 句子, hint, 提示."""

from __future__ import annotations

from collections.abc import Mapping

PREVIEW: Mapping[str, tuple[str, ...]] = {
    "preview/not-installed": (
        "the preview needs the package '{name}', which is not installed", "预览所需的软件包“{name}”没有安装",
        "{command} installs it.", "运行 {command} 即可安装。",
    ),
    "preview/no-folder": (
        "there is no such folder", "没有这个文件夹",
        "Run it in the folder that holds data and templates, or name them with --data and --templates.",
        "请在 data 和 templates 所在的文件夹里运行，或用 --data、--templates 指明。",
    ),
    "preview/port": (
        "the preview cannot listen at {place}: {detail}", "预览无法使用 {place}：{detail}",
        "Another program may use this port; leave out --port, or give another.", "端口可能被占用；请去掉 --port，或换一个。",
    ),
    "preview/open": (
        "everybody in the network who can reach this machine can read the preview",
        "网络上能连到本机的人都能看到预览",
        "Leave out --host to keep it to this machine.", "只供本机使用时请去掉 --host。",
    ),
}  # fmt: skip
