@echo off
rem Double-click: sets shotaki up in this folder, once, and asks what is to be done.
rem With a workbook dropped on it, makes the roster of that office.
chcp 65001 >nul
setlocal
cd /d "%~dp0"
set PYTHONUTF8=1

if exist .venv\ready goto run
py -3 -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul
if errorlevel 1 (
  echo Python 3.11 以上が必要です。python.org から入れて、もう一度お試しください。
  echo Python 3.11 or later is needed. Install it from python.org and try again.
  goto failed
)
echo 準備しています。数分かかります（初回のみ）。
py -3 -m venv .venv
if errorlevel 1 goto failed
.venv\Scripts\python -m pip install --quiet -c constraints.txt -e .
if errorlevel 1 goto failed
.venv\Scripts\python -c "from ortools.sat.python import cp_model" 2>nul
if errorlevel 1 (
  echo Visual C++ 再頒布可能パッケージが必要です。次から入れて、もう一度お試しください。
  echo The Visual C++ Redistributable is needed. Install it and try again:
  echo https://aka.ms/vs/17/release/vc_redist.x64.exe
  goto failed
)
echo ok> .venv\ready

:run
if "%~1"=="" (
  .venv\Scripts\python -m scheduler.cli.menu
) else (
  .venv\Scripts\shotaki roster "%~1"
)
set result=%errorlevel%
pause
exit /b %result%

:failed
pause
exit /b 1
