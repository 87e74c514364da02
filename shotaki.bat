@echo off
rem Double-click: sets shotaki up in this folder, once, and makes the sample roster.
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
echo ok> .venv\ready

:run
if "%~1"=="" (
  .venv\Scripts\shotaki roster inputs\sakura-2027-01.xlsx
) else (
  .venv\Scripts\shotaki roster "%~1"
)
set result=%errorlevel%
pause
exit /b %result%

:failed
pause
exit /b 1
