@echo off
rem Double-click: opens the page in the browser.  This window is the program; closing it
rem ends the page, and a search that works goes on.
if not exist "%~dp0program\ready.bat" goto packed
call "%~dp0program\ready.bat"
if not %errorlevel%==0 goto failed
type program\say\open.txt
%python% -m scheduler.cli open .
if not %errorlevel%==0 goto failed
exit /b 0

:failed
pause
exit /b 1

rem Whoever double-clicks inside the zip has this file alone.
:packed
chcp 65001 >nul
echo zip ファイルを右クリックして「すべて展開」し、できたフォルダーの中の「勤務表.bat」を開いてください。
pause
exit /b 1
