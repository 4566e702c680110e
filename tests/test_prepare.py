"""A fresh machine: what `run` decides, and how packaging/ finds the machine's own way to packages."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "packaging"))

import one_at_a_time  # noqa: E402
import pip_settings  # noqa: E402
import pip_wheel  # noqa: E402
import system_libraries  # noqa: E402

needs_sh = pytest.mark.skipif(os.name == "nt", reason="run is for sh; Windows has run.cmd")


# ---- run ----


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with the real `run`, whose preparation only notes that it was asked, and whose Python only repeats."""
    folder = tmp_path / "宣教 台账"
    (folder / "packaging").mkdir(parents=True)
    shutil.copy(ROOT / "run", folder)
    shutil.copy(ROOT / "uv.lock", folder)
    (folder / "packaging" / "prepare.py").write_text(
        f"import sys; sys.path.insert(0, {str(ROOT / 'packaging')!r})\n"
        "import prepare, pathlib\n"
        "root = pathlib.Path(__file__).parent.parent\n"
        "*_, key, environment, libraries = sys.argv\n"
        "(root / 'asked').open('a').write(environment + ' ' + libraries + '\\n')\n"
        "prepare.write_stamps(root / '.venv', key, environment, libraries)\n",
        encoding="utf-8",
    )
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "${0##*/} $*"\n', encoding="utf-8")
    python.chmod(0o755)
    return folder


def start(checkout: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    kept.pop("QT_QPA_PLATFORM", None)
    return subprocess.run(
        [checkout / "run", *arguments], env={**kept, **environment}, capture_output=True, text=True, check=False
    )


def list_preparations(checkout: Path) -> list[str]:
    asked = checkout / "asked"
    return asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []


@needs_sh
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be without a display")
def test_without_a_display_the_clerk_is_told_what_works_instead(checkout: Path) -> None:
    for arguments in ([], ["--ledger", "我的台账"], ["--ledger=demo"]):
        answer = start(checkout, *arguments)
        assert answer.returncode == 2
        assert "没有图形桌面" in answer.stderr
        assert "./run demo 文件夹" in answer.stderr
    assert list_preparations(checkout) == []  # nothing was downloaded for a window that cannot open


@needs_sh
def test_the_second_start_prepares_nothing(checkout: Path) -> None:
    for _ in range(2):
        answer = start(checkout, "export", "表2", "一季度.pdf")
        assert answer.stdout.split()[-4:] == [f"{checkout}/main.py".split()[-1], "export", "表2", "一季度.pdf"]
    assert list_preparations(checkout) == ["program offscreen"]


@needs_sh
def test_a_new_lock_file_is_prepared_again(checkout: Path) -> None:
    start(checkout, "check")
    (checkout / "uv.lock").write_text("version = 1\n", encoding="utf-8")
    start(checkout, "check")
    assert list_preparations(checkout) == ["program offscreen"] * 2


@needs_sh
def test_the_test_environment_serves_the_program_but_not_the_other_way_round(checkout: Path) -> None:
    start(checkout, "check")
    assert "-m pytest -k 报送" in start(checkout, "test", "-k", "报送").stdout
    start(checkout, "check")
    assert list_preparations(checkout) == ["program offscreen", "test offscreen"]


@needs_sh
def test_a_window_asks_for_the_libraries_of_its_kind_of_desktop(checkout: Path) -> None:
    start(checkout, "--ledger", "demo", DISPLAY=":0")
    start(checkout, WAYLAND_DISPLAY="wayland-0")
    start(checkout, "--ledger", "样例", "check", DISPLAY=":0")
    if sys.platform.startswith("linux"):
        assert list_preparations(checkout) == ["program window", "program wayland"]


@needs_sh
def test_it_may_be_started_from_any_folder(checkout: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "别处"
    elsewhere.mkdir()
    answer = subprocess.run(
        [f"{checkout}/run", "check", "台账"], cwd=elsewhere, capture_output=True, text=True, check=False
    )
    assert answer.stdout.strip().endswith("main.py check 台账")


def test_a_second_start_waits_for_the_first(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("a") as second:
        with one_at_a_time.hold(tmp_path / "lock", when_waiting=lambda: pytest.fail("nobody else is there")):
            assert not one_at_a_time.try_lock(second)
        assert one_at_a_time.try_lock(second)


# ---- the machine's own settings ----


def write_pip_settings(home: Path, text: str) -> dict[str, str]:
    file = home / "pip.conf"
    file.write_text(text, encoding="utf-8")
    return {"HOME": str(home), "XDG_CONFIG_DIRS": str(home), "PIP_CONFIG_FILE": str(file)}


def test_a_company_index_told_to_pip_is_told_to_uv(home: Path) -> None:
    environment = write_pip_settings(
        home,
        "[global]\nindex-url = https://index.example/simple\n"
        "extra-index-url = https://one.example/simple\n  https://two.example/simple\n"
        "cert = /company/root.pem\nproxy = http://proxy.example:3128\ntrusted-host = index.example\n",
    )
    told = pip_settings.build_uv_environment(environment)
    assert told["UV_DEFAULT_INDEX"] == "https://index.example/simple"
    assert told["UV_INDEX"] == "https://one.example/simple https://two.example/simple"
    assert told["SSL_CERT_FILE"] == "/company/root.pem"
    assert told["HTTPS_PROXY"] == "http://proxy.example:3128"
    assert told["UV_INSECURE_HOST"] == "index.example"


def test_the_stronger_setting_wins(home: Path) -> None:
    environment = write_pip_settings(
        home, "[global]\nindex-url = https://file.example\n[install]\nindex-url = https://section.example\n"
    )
    assert pip_settings.build_uv_environment(environment)["UV_DEFAULT_INDEX"] == "https://section.example"
    environment["PIP_INDEX_URL"] = "https://variable.example"
    assert pip_settings.build_uv_environment(environment)["UV_DEFAULT_INDEX"] == "https://variable.example"
    environment["UV_DEFAULT_INDEX"] = "https://uv.example"
    assert pip_settings.build_uv_environment(environment)["UV_DEFAULT_INDEX"] == "https://uv.example"


def test_a_machine_without_settings_leaves_uv_as_it_is(home: Path) -> None:
    told = pip_settings.build_uv_environment({"HOME": str(home), "PIP_CONFIG_FILE": os.devnull})
    assert {name for name in told if name.startswith("UV_")} <= {"UV_SYSTEM_CERTS"}


def test_a_machine_that_may_only_use_folders_of_wheels(home: Path) -> None:
    environment = write_pip_settings(home, "[global]\nno-index = true\nfind-links = /media/usb/wheels /srv/wheels\n")
    assert pip_settings.build_uv_environment(environment)["UV_FIND_LINKS"] == "/media/usb/wheels,/srv/wheels"
    assert pip_settings.forbids_index(environment)
    assert not pip_settings.forbids_index({**environment, "PIP_NO_INDEX": "0"})


# ---- pip's wheel ----


def test_the_newest_wheel_that_this_python_can_run_is_chosen() -> None:
    page = """
      <a href="../f/pip-9.0.3-py2.py3-none-any.whl">old</a>
      <a href="../f/pip-24.0-py3-none-any.whl#sha256=aa" data-requires-python="&gt;=3.7">pip</a>
      <a href="../f/pip-25.3-py3-none-any.whl#sha256=bb" data-requires-python="&gt;=3.9">pip</a>
      <a href="../f/pip-25.10-py3-none-any.whl" data-yanked="broken">taken back</a>
      <a href="../f/pip-26.0b1-py3-none-any.whl">not finished</a>
      <a href="../f/pip-99.0-py3-none-any.whl" data-requires-python="&gt;=3.99">for later</a>
      <a href="../f/pip-98.0.tar.gz">not a wheel</a>
    """
    chosen = pip_wheel.choose(page, "https://index.example/simple/pip/")
    assert chosen == "https://index.example/simple/f/pip-25.3-py3-none-any.whl#sha256=bb"
    with pytest.raises(ValueError, match="没有可用的版本"):
        pip_wheel.choose("<p>空</p>", "https://index.example/simple/pip/")


WHEEL_CONTENT = b"a wheel"
PASSWORD = "clerk:p@ss"


class Index(BaseHTTPRequestHandler):
    """A company's index behind a password, with one good and one damaged project."""

    digests = {"/good": hashlib.sha256(WHEEL_CONTENT).hexdigest(), "/damaged": "0" * 64}  # noqa: RUF012

    def do_GET(self) -> None:
        if self.headers["Authorization"] != "Basic " + b64encode(PASSWORD.encode()).decode():
            self.send_error(401)
            return
        digest = self.digests["/" + self.path.split("/")[1]]
        page = f'<a href="pip-25.3-py3-none-any.whl#sha256={digest}">pip</a>'.encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(WHEEL_CONTENT if self.path.endswith(".whl") else page)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def index() -> Iterator[str]:
    """Address of the index, on this machine only."""
    server = HTTPServer(("127.0.0.1", 0), Index)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://clerk:p%40ss@127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_pip_is_fetched_from_an_index_behind_a_password(index: str, tmp_path: Path) -> None:
    wheel = pip_wheel.download(f"{index}/good/simple", tmp_path, {})
    assert wheel.name == "pip-25.3-py3-none-any.whl"
    assert wheel.read_bytes() == WHEEL_CONTENT


def test_a_damaged_wheel_is_not_kept(index: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="校验值不一致"):
        pip_wheel.download(f"{index}/damaged/simple", tmp_path, {})
    assert list(tmp_path.iterdir()) == []


def test_a_refused_password_is_an_answer_not_a_crash(index: str, tmp_path: Path) -> None:
    without, _ = pip_wheel.split_password(index)
    with pytest.raises(OSError, match="401"):
        pip_wheel.download(f"{without}/good/simple", tmp_path, {})


def test_a_folder_of_wheels_needs_no_network(tmp_path: Path) -> None:
    for name in ("pip-24.0-py3-none-any.whl", "pip-25.10-py3-none-any.whl", "pip-25.9-py3-none-any.whl"):
        (tmp_path / name).touch()
    found = pip_wheel.find_local({"PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": str(tmp_path)})
    assert found == tmp_path / "pip-25.10-py3-none-any.whl"


# ---- system libraries ----


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings all it needs")
def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        system_libraries.NEEDED, "offscreen", {"libc.so.6": "libc6", "libno-such-thing.so.9": "libno-such-thing9"}
    )
    assert system_libraries.list_missing("offscreen") == {"libno-such-thing.so.9": "libno-such-thing9"}
    command = " ".join(system_libraries.build_install_command(["libegl1", "libgl1"]))
    assert command == "apt-get install -y --no-install-recommends libegl1 libgl1"
