@echo off
rem Double-click: a prompt in which the commands of README.ja.md run as they stand there.
call "%~dp0program\ready.bat"
if not %errorlevel%==0 goto failed
set "PATH=%CD%\program\env\Scripts;%PATH%"
cmd /k shotaki --help

:failed
pause
