"""Build progress reports; `python run.py --help` tells how.

Every Python can read this file, so that one that cannot run the program says so.
"""

import sys

if not (3, 11) <= sys.version_info[:2] < (3, 15):
    sys.exit(
        "Python 3.11 to 3.14 is needed, this is {0}.{1}: install one of those and begin again with it.\n"
        "需要 Python 3.11 至 3.14，现在用的是 {0}.{1}：请安装其中一个，改用它重新开始。".format(
            *sys.version_info
        )
    )

if __name__ == "__main__":
    try:
        from reports.__main__ import run

        run()
    except KeyboardInterrupt:  # a quick Ctrl+C
        sys.exit(130)
    except ModuleNotFoundError as error:
        if str(error.name).startswith("reports"):
            raise
        sys.exit(
            f"The package {error.name} is not installed in {sys.executable}: README.md tells under Start what to type.\n"
            f"{sys.executable} 里没有安装软件包 {error.name}：请按 README.zh-CN.md 的“开始使用”操作。"
        )
