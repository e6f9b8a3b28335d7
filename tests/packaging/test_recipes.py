"""The recipes for systems that this machine is not: read by a parser of their kind, and held against what they name."""

from __future__ import annotations

import plistlib
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.packaging.scripts import PACKAGING, ROOT
from voicebot import __version__
from voicebot.cli.main import _parser
from voicebot.resources import APP_ID

FLATPAK = PACKAGING / "linux" / "flatpak" / f"{APP_ID}.yml"
INSTALLER = PACKAGING / "windows" / "voicebot.iss"
MACOS = PACKAGING / "macos"


def read(file: Path) -> Any:
    return yaml.safe_load(file.read_text("utf-8"))


def test_a_flatpak_may_hear_and_speak_and_sees_no_files() -> None:
    manifest = read(FLATPAK)
    allowed = manifest["finish-args"]
    assert manifest["id"] == APP_ID
    assert "--socket=pulseaudio" in allowed
    assert not [one for one in allowed if one.startswith(("--filesystem", "--device=all", "--socket=session-bus"))]
    sources = [source for module in manifest["modules"] for source in module["sources"]]
    [archive] = [source for source in sources if source["type"] == "archive"]
    assert Path(archive["path"]).name.startswith(f"voicebot-{__version__}-")


def test_the_workflow_names_files_and_targets_that_are_there() -> None:
    jobs = read(ROOT / ".github" / "workflows" / "package.yml")["jobs"]
    assert set(jobs) == {"linux", "windows", "macos"}
    makefile = (ROOT / "Makefile").read_text()
    for step in (step for job in jobs.values() for step in job["steps"] if "run" in step):
        for target in re.findall(r"\bmake (\w+)", step["run"]):
            assert f"\n{target}:" in makefile
        for file in re.findall(r"packaging[/\\][\w./\\]+", step["run"]):
            assert (ROOT / file.replace("\\", "/")).is_file()


def sections(text: str) -> dict[str, list[str]]:
    """An Inno Setup script's lines by section, without comments."""
    found: dict[str, list[str]] = {}
    now = ""
    for line in text.splitlines():
        if re.fullmatch(r"\[\w+\]", line):
            now = line[1:-1]
        elif line.strip() and not line.lstrip().startswith((";", "#")):
            found.setdefault(now, []).append(line)
    return found


def test_the_installer_for_windows_is_whole() -> None:
    text = INSTALLER.read_text("utf-8")
    found = sections(text)
    assert set(found) == {"Setup", "Languages", "CustomMessages", "Tasks", "Files", "Icons", "Registry", "Run", "Code"}
    keys = dict(line.split("=", 1) for line in found["Setup"])
    assert keys["PrivilegesRequired"] == "lowest"
    assert (INSTALLER.parent / keys["LicenseFile"].replace("\\", "/")).is_file()
    words = {line.split(".")[0]: set() for line in found["CustomMessages"]}
    for line in found["CustomMessages"]:
        language, _, rest = line.partition(".")
        words[language].add(rest.partition("=")[0])
    assert words["en"] == words["ko"]
    used = set(re.findall(r"\{cm:(\w+)\}", text)) - {"CreateDesktopIcon"}
    assert used | set(re.findall(r"CustomMessage\('(\w+)'\)", text)) == words["en"]
    assert text.count("#ifndef") + text.count("#ifdef") == text.count("#endif")
    for line in (line for name in ("Tasks", "Files", "Icons", "Registry", "Run") for line in found[name]):
        assert line.count('"') % 2 == 0
        assert all(re.match(r"\s*\w+: ", part) for part in split(line)), line


def split(line: str) -> list[str]:
    """A line's parameters: apart by semicolons that stand in no quotes."""
    return re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", line)


def test_the_installer_s_commands_are_understood() -> None:
    text = INSTALLER.read_text("utf-8")
    for found in re.findall(r'Voicebot-window\.exe"" (.*?)"; Tasks', text):
        words = shlex.split(found.replace('""%1""', "a.wav"))
        assert _parser(words).parse_args(words).transcribe == ["a.wav"]
    [removing] = re.findall(r"voicebot\.exe'\), '([^']+)'", text)
    assert _parser(removing.split()).parse_args(removing.split()).yes


def test_macos_may_ask_for_the_microphone_and_says_why_in_both_languages() -> None:
    entitlements = plistlib.loads((MACOS / "entitlements.plist").read_bytes())
    assert entitlements["com.apple.security.device.audio-input"] is True
    said = {language: strings(MACOS / f"{language}.lproj" / "InfoPlist.strings") for language in ("en", "ko")}
    assert said["en"].keys() == said["ko"].keys() == {"NSMicrophoneUsageDescription"}
    contents = (PACKAGING / "frozen" / "contents.py").read_text("utf-8")
    joined = re.sub(r'"\n\s+"', "", contents)
    assert said["en"]["NSMicrophoneUsageDescription"] in joined
    assert re.search("[가-힣]", said["ko"]["NSMicrophoneUsageDescription"])


def strings(file: Path) -> dict[str, str]:
    """An old-style strings file, whole lines of "key" = "value";."""
    lines = [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    found = [re.fullmatch(r'"(\w+)" = "([^"]+)";', line) for line in lines]
    assert all(found)
    return {one[1]: one[2] for one in found if one}


@pytest.mark.parametrize("file", sorted(PACKAGING.rglob("*.sh")), ids=lambda file: file.name)
def test_scripts_parse(file: Path) -> None:
    shell = "bash" if "bash" in file.read_text().splitlines()[0] else "sh"
    subprocess.run([shell, "-n", str(file)], check=True, timeout=10)
