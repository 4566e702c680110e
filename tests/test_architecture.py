"""The shape of the program, held by machine: who may import whom, where SQL lives, what the start must not load."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LAYERS = ("models", "exporters", "importers", "ui")

# Folder → our own folders that its modules may import. main.py may import all of them.
MAY_IMPORT = {
    "models": {"models", "resources"},
    "exporters": {"exporters", "models", "resources"},
    "importers": {"importers", "models", "resources"},
    "ui": {"ui", "exporters", "importers", "models", "resources"},
}
OUR_OWN = {*LAYERS, "resources", "main", "tests", "benchmarks", "packaging"}

# Library → the folders that may import it.
ONLY_IN = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "sqlite3": {"models"},
    "sqlite_utils": {"models"},
    "reportlab": {"exporters"},
    "openpyxl": {"exporters", "importers"},
    "icalendar": {"exporters", "importers"},
    "PIL": {"models", "exporters", "importers"},
}

SQL_HOMES = re.compile(
    r"models/(.*/)?(\w*_(repository|query)|migrations|ledger|search|history|drafts|settings|backup|schema)\.py"
)
SQL = re.compile(r"\b(SELECT\b.*\bFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\S+\s+SET|DELETE\s+FROM)\b", re.DOTALL)

# What may only be loaded once somebody asks for it: each costs more than the first window does.
NOT_AT_START = (
    "reportlab",
    "openpyxl",
    "pypinyin",
    "PySide6.QtPdf",
    "PySide6.QtPdfWidgets",
    "PySide6.QtPrintSupport",
    "PIL",
    "pillow_heif",
    "keyring",
    "pyzipper",
    "docx",
    "lxml",
    "lxml",
    "chinese_calendar",
    "lunar_python",
    "icalendar",
    "dateutil",
    "models.checks",
    "models.reports",
    "models.photos",
    "models.file_store",
)


def list_modules(*folders: str) -> list[Path]:
    files = [ROOT / "main.py"] if "main.py" in folders else []
    for folder in folders:
        files += sorted((ROOT / folder).rglob("*.py"))
    return files


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def list_imports(path: Path, tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and full name of every module imported anywhere in the tree, relative imports resolved."""
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield node.lineno, module
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)


def list_top_level_imports(path: Path) -> Iterator[tuple[int, str]]:
    """Imports that run when the module is loaded: not those inside functions or for the type checker."""
    tree = parse(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or is_type_checking(node):
            node.body = []  # pyright: ignore[reportAttributeAccessIssue] - cut off what does not run at load
    yield from list_imports(path, tree)


def show(path: Path, line: int, what: str) -> str:
    return f"{path.relative_to(ROOT)}:{line} {what}"


def test_imports_go_one_way() -> None:
    """models knows nobody; exporters and importers know models; ui knows them all; nobody knows main."""
    against = [
        show(path, line, f"imports {name}")
        for folder in LAYERS
        for path in list_modules(folder)
        for line, name in list_imports(path, parse(path))
        if name.split(".")[0] in OUR_OWN and name.split(".")[0] not in MAY_IMPORT[folder]
    ]
    assert against == []


@pytest.mark.parametrize("library", ONLY_IN)
def test_a_library_is_imported_only_where_it_belongs(library: str) -> None:
    against = [
        show(path, line, f"imports {name}")
        for folder in LAYERS
        if folder not in ONLY_IN[library]
        for path in list_modules(folder)
        for line, name in list_imports(path, parse(path))
        if name.split(".")[0] == library
    ]
    assert against == []


def list_strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every text constant except docstrings; an f-string counts as one text with its gaps left out."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (part.value if isinstance(part, ast.Constant) else "x" for part in node.values)
            yield node.lineno, "".join(str(part) for part in parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def test_sql_lives_in_the_storage_modules_only() -> None:
    against = [
        show(path, line, "holds SQL")
        for path in list_modules("main.py", *LAYERS)
        if path.exists() and not SQL_HOMES.fullmatch(path.relative_to(ROOT).as_posix())
        for line, text in list_strings(parse(path))
        if SQL.search(text)
    ]
    assert against == []


def test_the_sql_pattern_knows_sql_from_prose() -> None:
    for statement in ("SELECT uid FROM activity", "INSERT OR IGNORE INTO tag", "UPDATE unit SET", "DELETE FROM draft"):
        assert SQL.search(statement)
    assert not SQL.search("Select a record from the list, then update it.")


def test_nothing_heavy_is_imported_at_the_top_of_main() -> None:
    heavy = {name.split(".")[0] for name in NOT_AT_START}
    against = [
        show(ROOT / "main.py", line, f"imports {name}")
        for line, name in list_top_level_imports(ROOT / "main.py")
        if name.split(".")[0] in heavy - {"PySide6", "models"} or name in NOT_AT_START
    ]
    assert against == []


@pytest.mark.parametrize("module", ["main", "ui.main_window"])
def test_the_start_loads_nothing_heavy(module: str) -> None:
    """A fresh process that loads what the window needs has not loaded what only reports and exports need."""
    script = f"import sys, {module}; print(*[name for name in {NOT_AT_START!r} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == []


def test_the_start_keeps_pyside_from_reading_our_sources() -> None:
    """As main.py loads the window: without that, PySide6 reads the source of each module and keeps it in memory."""
    script = (
        "import linecache; from ui.quick_imports import read_no_sources; read_no_sources(); import ui.app;"
        f" print(*[name for name in linecache.cache if name.startswith({str(ROOT / 'models')!r})])"
    )
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stderr
    assert loaded.stdout.split() == []


def inside(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def test_no_import_cycle_between_our_modules() -> None:
    """At load time each module needs only modules that are loaded before it."""
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in list_modules(*LAYERS)
    }
    needs = {
        # A package is always loaded before its modules, so a module naming its own package adds no need.
        name: {target for _, target in list_top_level_imports(path) if target in names and not inside(name, target)}
        for name, path in names.items()
    }
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, "cycle: " + " → ".join([*trail[trail.index(name) :], name])
        if name not in done:
            for target in sorted(needs[name]):
                visit(target, (*trail, name))
            done.add(name)

    for name in sorted(names):
        visit(name, ())
