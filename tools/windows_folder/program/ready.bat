@echo off
rem Called by the batch files of the folder above.  Leaves in `python` the Python that
rem has the program; sets it up where that is not so yet: at the first start, after the
rem folder was moved, and after a new one was unpacked over it.  Needs no administrator
rem and, but for the first start, no net; what is written stays in this folder.
rem (`if errorlevel 1` would miss a crash, whose code is negative.)
chcp 65001 >nul
pushd "%~dp0.."
set PYTHONUTF8=1
set env=program\env
set python=%env%\Scripts\python.exe
fc /b program\requirements.txt %env%\requirements.txt >nul 2>nul
if not %errorlevel%==0 goto setup
rem It knows the folder that it was made in.
%python% -c "" 2>nul
if not %errorlevel%==0 goto setup
exit /b 0

:setup
type program\say\setting-up.txt
set uv=program\uv.exe --quiet --no-config --no-cache
set asked=cpython-3.12-windows-x86_64-none
set "UV_PYTHON_INSTALL_DIR=%CD%\program\python"
set UV_LINK_MODE=copy
rem Offices look into what is downloaded; their certificate is known to Windows alone.
set UV_SYSTEM_CERTS=1
%uv% python install --no-bin --no-registry %asked%
rem Without the net, a Python 3.12 that the computer has (the one that `py -3.12` runs).
%uv% venv --clear --no-python-downloads --python %asked% %env%
if not %errorlevel%==0 goto no_python
%uv% pip install --offline --no-index --find-links program\wheels --require-hashes --compile-bytecode --python %env% -r program\requirements.txt
if not %errorlevel%==0 goto incomplete
rem The runtime of Visual C++ lies there, and Windows looks for it beside its base alone.
echo import os, sys; os.add_dll_directory(sys.prefix)> %env%\Lib\site-packages\runtime.pth
%python% -c "from ortools.sat.python import cp_model"
if not %errorlevel%==0 goto no_runtime
copy /b program\requirements.txt %env%\requirements.txt >nul
exit /b 0

:no_python
type program\say\no-python.txt
exit /b 1

:incomplete
type program\say\incomplete.txt
exit /b 1

:no_runtime
type program\say\no-runtime.txt
exit /b 1
