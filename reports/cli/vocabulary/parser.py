"""What argparse says itself of what people typed, in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ARGPARSE: Mapping[str, str] = MappingProxyType(
    {
        "usage: ": "用法：",
        "positional arguments": "参数",
        "options": "选项",
        "show this help message and exit": "显示本帮助后退出",
        "%(prog)s: error: %(message)s\n": "%(prog)s：错误：%(message)s\n",
        "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s：%(message)s",
        "the following arguments are required: %s": "缺少参数：%s",
        "unrecognized arguments: %s": "无法识别的参数：%s",
        "expected one argument": "需要一个值",
        "expected at least one argument": "至少需要一个值",
        "ignored explicit argument %r": "不带值，却写了 %r",
        "ambiguous option: %(option)s could match %(matches)s": "选项 %(option)s 不明确，可能是：%(matches)s",
        "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r 这一项，可选：%(choices)s",
        "invalid %(type)s value: %(value)r": "不能是 %(value)r",
    }
)
