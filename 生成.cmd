@echo off
rem Double-click: builds the reports and opens their folder.
chcp 65001 >nul
pushd "%~dp0"
if exist .venv\Scripts\python.exe (
    .venv\Scripts\python.exe run.py build %* && start "" output
) else (
    echo 请先双击“安装.cmd”。 Double-click 安装.cmd first.
)
popd
pause
