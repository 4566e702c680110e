@echo off
rem The same as the script "run" beside this file, for Windows:
rem   run                 open the window
rem   run test [...]      run the tests; what follows goes to pytest
rem   run lint            ruff and pyright, for developers
rem   run demo FOLDER     everything the program makes, without a screen
rem   run ...             anything else goes to main.py as it stands
rem The first start installs what is missing (packaging\prepare.py); later starts only read a stamp.
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
set "VENV_PYTHON=%HERE%.venv\Scripts\python.exe"
set "ENVIRONMENT=program"
if "%~1"=="test" set "ENVIRONMENT=test"
if "%~1"=="lint" set "ENVIRONMENT=dev"

rem The stamp holds the size and time of the lock file that the environment was made from.
for %%F in ("%HERE%uv.lock") do set "KEY=%%~zF %%~tF %COMPUTERNAME%"
set "STAMP="
if exist "%HERE%.venv\.ready-%ENVIRONMENT%" set /p STAMP=<"%HERE%.venv\.ready-%ENVIRONMENT%"
if exist "%VENV_PYTHON%" if "%STAMP%"=="%KEY%" goto start

set "PYTHON="
py -3 -c "import sys; sys.exit(sys.version_info < (3, 8))" >nul 2>nul && set "PYTHON=py -3"
if not defined PYTHON python -c "import sys; sys.exit(sys.version_info < (3, 8))" >nul 2>nul && set "PYTHON=python"
if not defined PYTHON uv --version >nul 2>nul && set "PYTHON=uv run --no-project --python 3.13 python"
if not defined PYTHON (
    echo 没有找到 Python。请先安装 Python 3.11 到 3.15，安装时勾选“Add python.exe to PATH”。
    exit /b 3
)
%PYTHON% "%HERE%packaging\prepare.py" --key "%KEY%" %ENVIRONMENT% offscreen
if errorlevel 1 exit /b 3

:start
if "%~1"=="test" goto test
if "%~1"=="lint" goto lint
"%VENV_PYTHON%" "%HERE%main.py" %*
exit /b %ERRORLEVEL%

:test
set "REST="
:next
shift
if not "%~1"=="" (
    set REST=%REST% %1
    goto next
)
cd /d "%HERE%"
if not defined QT_QPA_PLATFORM set "QT_QPA_PLATFORM=offscreen"
"%VENV_PYTHON%" -m pytest %REST%
exit /b %ERRORLEVEL%

:lint
cd /d "%HERE%"
set "CODE=0"
"%VENV_PYTHON%" -m ruff check || set "CODE=1"
"%VENV_PYTHON%" -m pyright --pythonpath "%VENV_PYTHON%" || set "CODE=1"
exit /b %CODE%
