@echo off
rem Double-click: puts the packages the reports need into .venv, as the readme types it in PowerShell.
chcp 65001 >nul
pushd "%~dp0"
set "PYTHON="
for %%v in (3.13 3.14 3.12 3.11) do if not defined PYTHON py -%%v -c "import run" >nul 2>nul && set "PYTHON=py -%%v"
if not defined PYTHON python -c "import run" >nul 2>nul && set "PYTHON=python"
if defined PYTHON (
    %PYTHON% -m venv .venv && .venv\Scripts\python.exe -m pip install --require-hashes -r requirements\run.lock && (
        echo 安装完成。以后双击“生成.cmd”即可生成报告。 Done: double-click 生成.cmd to build the reports.
    ) || (
        echo 安装没有完成，原因见上。 Not installed; the lines above say why. docs\windows.zh-CN.md, docs\windows.md
    )
) else (
    echo 需要 Python 3.11 至 3.14：请从 www.python.org 安装 3.13，再双击本文件。 Python 3.13 is needed: www.python.org
)
popd
pause
