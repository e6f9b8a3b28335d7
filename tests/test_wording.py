"""Everything the core says is there in Korean, and is found whatever the values in it are.

What the command line alone says (voicebot/cli/) is left out: it speaks English.
"""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.messages import ERRORS, Collected, collect
from tests.syntax import modules
from voicebot.errors import one_line
from voicebot.resources import data_root
from voicebot.wording import LANGUAGES, Wording
from voicebot.wording.templates import PLACE, Template, is_name, plain

FILE = data_root() / "ui" / "i18n" / "messages.ko.toml"
TABLES: Mapping[str, Mapping[str, str]] = tomllib.loads(FILE.read_text("utf-8"))
KOREAN = {english: korean for table in TABLES.values() for english, korean in table.items()}

ELSEWHERE = ()
"""What an expression gives that carries a message made elsewhere, or words that are not ours to translate."""
KNOWN: Mapping[str, tuple[str, ...]] = {
    # what pip says
    "addons: errors": ELSEWHERE,
    # the system's own words; those that a person may well meet are in SYSTEM
    "os.strerror(error.errno)": ELSEWHERE,
    "error.strerror": ELSEWHERE,
    "type(error).__name__": ELSEWHERE,
    "audio.files: str(error)": ELSEWHERE,
    "audio.portaudio: OPENING.sub('', str(failure.args[0] if failure.args else failure))": ELSEWHERE,
    "audio.portaudio: str(host_error[2])": ELSEWHERE,
    "audio.spool: str(error)": ELSEWHERE,
    "catalogue: str(error)": ELSEWHERE,
    "child.process: process.failure.strerror": ELSEWHERE,
    "history.database: str(error)": ELSEWHERE,
    "logs: str(error)": ELSEWHERE,
    "llm.transformers_loading: ' '.join(str(error).split())": ELSEWHERE,
    "llm.transformers_prompt: str(error).splitlines()": ELSEWHERE,
    "rag.library.database: str(error)": ELSEWHERE,
    "secrets: ' '.join(str(error).split())": ELSEWHERE,
    "settings: str(error)": ELSEWHERE,
    "spending.account: str(error)": ELSEWHERE,
    "spending.prices: str(error)": ELSEWHERE,
    # what the TOML parser says
    "settings_file: ' '.join(str(error).split())": ELSEWHERE,
    "settings_file: found[1][:1].lower() + found[1][1:]": ELSEWHERE,
    # what a service says, cut to one line
    "services: re.split('(?<=[.!?])\\\\s', words, maxsplit=1)": ELSEWHERE,
    "services: sentence[:limit - 1].rstrip() + '…'": ELSEWHERE,
    "tts.elevenlabs: one_line(str(error))": ELSEWHERE,
    "tts.elevenlabs_errors: one_line(redact(str(detail.get('message') or detail.get('msg') or '')))": ELSEWHERE,
    "tts.pcm: self._fix": ("Check tts.openai_model and tts.base_url",),
    # names and paths
    "doctor.checks: str(home.settings_file)": ELSEWHERE,
    "rag.retrieval.plans: name": ELSEWHERE,
    "secrets: str(backend.name)": ELSEWHERE,
    "desktop.global_key.base: str(self.shortcut)": ELSEWHERE,
    "desktop.global_key.base: system_name": ELSEWHERE,
    # messages that were collected where they were made
    "desktop.entries: turn.failure": ELSEWHERE,
    "services: adds": ELSEWHERE,
    "settings: str(broken)": ELSEWHERE,
    "settings: str(conflict)": ELSEWHERE,
    "str(fault)": (
        "environment",
        "{file}: {message}",
        "{file} line {line}: {message}",
        "{file} line {line}, column {column}: {message}",
    ),
    # strings that come through a loop, a table or an attribute
    "doctor.checks: found.device": ("microphone", "speaker"),
    "doctor.checks: secret.source": ("environment", "keyring"),
    "doctor.checks: stage": ("stt", "llm", "tts"),
    "rag.neural: ' '.join(str(error).split())": ELSEWHERE,
    "rag.stores.chroma: one_line(str(error))": ELSEWHERE,
    "rag.stores.faiss: str(error)": ELSEWHERE,
    "rag.stores.langchain: one_line(str(error))": ELSEWHERE,
    "rag.stores.langchain: self._path": ELSEWHERE,
    "rag.stores.langchain_any: str(error)": ELSEWHERE,
    "rag.embedding.sentence_transformers: self._download": ("voicebot models download {name}",),
    "rag.reranking: self._download": ("voicebot models download {name}",),
    "llm.transformers: self._download": ("voicebot models download {name}",),
    "services: self.where": ("{where}", "the service"),
    "stt.sphinx: missing": ("pocketsphinx", "SpeechRecognition"),
    "turn: stage": ("assistant", "command", "history", "llm", "microphone", "speaker", "stt", "tts"),
}

SYSTEM = {
    "Permission denied", "Operation not permitted", "No such file or directory", "No space left on device",
    "Disk quota exceeded", "Read-only file system", "Is a directory", "Not a directory", "File name too long",
    "Input/output error", "Too many open files", "Cannot allocate memory",
    "Aborted", "Illegal instruction", "Killed", "Segmentation fault", "Terminated",
    "database is locked", "unable to open database file", "attempt to write a readonly database",
    "database or disk is full", "disk I/O error", "database disk image is malformed",
    "Device unavailable", "Name or service not known", "Temporary failure in name resolution", "Connection refused",
    "Network is unreachable", "No route to host",
    "Invalid statement", "Invalid value", "Unclosed array", "Unterminated string", "Cannot overwrite a value",
    "Expected newline or end of document after a statement", "Expected '=' after a key in a key/value pair",
    "Expected ']' at the end of a table declaration", "Illegal character {char}", "Cannot declare {key} twice",
    *(HTTPStatus(status).phrase for status in (400, 401, 403, 404, 407, 410, 501)),
}  # fmt: skip
"""What Linux, SQLite, PortAudio, the TOML parser and servers say, which stands in our messages as the reason."""

PACKAGED = {"voicebot addons install piper"}
"""What a packaged program says in the place of `pip install` (voicebot.frozen.way_to_add)."""

SAME = {
    "Silero", "PocketSphinx", "Piper", "ElevenLabs", "Chroma", "X11 {value}",
    "OPENAI_API_KEY", "ELEVENLABS_API_KEY", "PINECONE_API_KEY", "MONGODB_URI",
    "Voicebot {version}, Python {value}, {platform}", "{name}, {st_size} MB",
    "{name}, {folder} MB", "{name} + {name2}, {folder} MB",
}  # fmt: skip
"""Names, which are the same in Korean."""

JOINED = re.compile(r"(\{\w+\})+: (\{\w+\})")
"""Two values and a colon: put together in code, from two messages or from a name and a message."""

EXACT = {plain(english) for english in KOREAN if "{" not in english}
TEMPLATES = sorted(
    (Template(english, other) for english, other in KOREAN.items() if "{" in english),
    key=lambda template: -len(template.literal),
)

korean = Wording("ko")


@pytest.fixture(scope="module")
def collected() -> Collected:
    return collect(KNOWN)


def told(collected: Collected) -> dict[str, str]:
    """The messages that must be in the file, without those that code puts together, and where they are made."""
    return {
        text: place for text, place in collected.messages.items() if text not in SAME and not JOINED.fullmatch(text)
    }


def covering(text: str) -> list[Template]:
    """The templates that give exactly this message, the values in it being names, numbers or messages themselves.

    The most particular one comes first, which is the one that is taken.
    """
    return [
        template
        for template in TEMPLATES
        if (values := template.match(text)) is not None and all(map(is_value, values.values()))
    ]


def is_value(value: str) -> bool:
    return re.fullmatch(r"(\{\w+\})+", value) is not None or is_name(value) or korean.text(value) != value


def used_by(text: str) -> Iterator[str]:
    """What of the file a message needs: a template, and what is said of its values."""
    if plain(text) in EXACT:
        yield plain(text)
        return
    for template in covering(text)[:1]:
        yield plain(template.english)
        for value in (template.match(text) or {}).values():
            yield from used_by(value)


def test_every_expression_that_gives_a_message_is_understood(collected: Collected) -> None:
    assert not collected.unread, "say in KNOWN which strings these can give"
    assert collected.known_met == set(KNOWN), "these are not in the source any more"


def test_every_message_has_a_korean_template(collected: Collected) -> None:
    missing = [f"{place}: {text}" for text, place in told(collected).items() if not any(used_by(text))]
    assert not missing


def test_it_is_never_a_toss_up_which_template_is_taken(collected: Collected) -> None:
    for text in told(collected):
        lengths = [len(template.literal) for template in covering(text)]
        assert plain(text) in EXACT or lengths.count(max(lengths, default=0)) <= 1, text


def test_no_template_is_stale(collected: Collected) -> None:
    used = {english for text in (*told(collected), *SYSTEM, *PACKAGED) for english in used_by(text)}
    assert not [english for english in KOREAN if plain(english) not in used]


def test_the_same_names_are_still_said(collected: Collected) -> None:
    assert set(collected.messages) >= SAME


def test_no_error_is_defined_where_it_would_be_overlooked() -> None:
    elsewhere = [
        f"{module.name}: {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and module.name != "errors"
        if ERRORS & {ast.unparse(base) for base in node.bases}
    ]
    assert not elsewhere


def test_nothing_stands_twice_in_the_file() -> None:
    counted = Counter(plain(english) for table in TABLES.values() for english in table)
    assert not [english for english, count in counted.items() if count > 1]


def test_a_korean_template_has_the_places_of_the_english_one() -> None:
    for english, other in KOREAN.items():
        assert sorted(name for name, _, _ in places(other)) == sorted(PLACE.findall(english)), english


def test_a_korean_template_is_korean() -> None:
    for english, other in KOREAN.items():
        assert other != english
        assert re.search("[가-힣]", PLACE.sub("", other)), english
        assert not other.endswith("."), "a full stop is put where lines are joined"


def test_a_particle_is_written_with_both_its_forms() -> None:
    for other in KOREAN.values():
        for _, particle, raw in places(other):
            assert not particle or re.fullmatch("[가-힣]+/[가-힣]+", particle), other
            assert raw in (None, "r"), other


def places(other: str) -> list[tuple[str, str | None, str | None]]:
    return [(name, particle, raw) for _, name, particle, raw in string.Formatter().parse(other) if name is not None]


def test_a_message_is_found_whatever_its_values(collected: Collected) -> None:
    for text in told(collected):
        template = next(iter(covering(text)), None)
        words = ("/home/a b/c.wav", "'x y'") if template is not None and not template.is_vague else ()
        for value in ("whisper:base", "3", *words):
            filled = PLACE.sub(value, text)
            if template is not None and plain(text) not in EXACT:
                assert korean.text(filled) == template.fill(template.match(filled) or {}, korean.text) != filled


# -- what it gives ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("whisper:base gave no sign of life for 10 seconds", "whisper:base가 10초 동안 응답하지 않았어요"),
        ("PocketSphinx gave no sign of life for 5 seconds", "PocketSphinx가 5초 동안 응답하지 않았어요"),
        ("the system's voice made no sound", "시스템 음성이 소리를 내지 않았어요"),
        ("the system's voice made no sound for 10 seconds", "시스템 음성이 10초 동안 소리를 내지 않았어요"),
        ("The system's voice cannot run", "시스템 음성을 쓸 수 없어요"),
        ("the microphone stopped working", "마이크가 작동을 멈췄어요"),
        ("Built-in Audio Analog Stereo stopped working", "Built-in Audio Analog Stereo가 작동을 멈췄어요"),
        ("/home/김 철수/말.wav is empty", "/home/김 철수/말.wav가 비어 있어요"),
        ("llm.temperature cannot be 'hot'", "llm.temperature는 'hot'이 될 수 없어요"),
        ("it must be a number from 0 to 2", "0에서 2까지의 수여야 해요"),
        ("Check stt.base_url, which usually ends in /v1", "stt.base_url을 확인해 주세요. 보통 /v1로 끝나요"),
        ("something went wrong inside Voicebot (stt)", "Voicebot 안에서 문제가 생겼어요 (음성 인식)"),
        ("stt sphinx", "음성 인식 sphinx"),
        ("gpt-5.4-mini at OpenAI", "OpenAI의 gpt-5.4-mini"),
        (
            "pip install pyttsx3; adds a voice, with no network",
            "pip install pyttsx3을 실행해 주세요 (추가되는 기능: 네트워크 없이 쓰는 음성)",
        ),
        ("localhost:8000 answered 404 Not Found", "localhost:8000에서 404로 응답했어요 (찾을 수 없음)"),
        ("OpenAI answered 503; trying again in 4 s", "OpenAI에서 503으로 응답했어요. 4초 뒤에 다시 시도해요"),
        (
            "'temperature' in [llm] cannot be 'hot': it must be a number from 0 to 2",
            "[llm]의 'temperature'는 'hot'이 될 수 없어요. 0에서 2까지의 수여야 해요",
        ),
        ("it cannot be read: Permission denied", "읽을 수 없어요: 권한이 없어요"),
    ],
)
def test_text(english: str, expected: str) -> None:
    assert korean.text(english) == expected


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("settings.toml line 3: brackets are nested too deep", "settings.toml 3행: 괄호가 너무 깊이 겹쳐 있어요"),
        ("environment: unknown variable 'VOICEBOT_X'", "환경 변수: 'VOICEBOT_X'는 모르는 환경 변수예요"),
        ("there is no speaker: the system offers none", "스피커가 없어요. 시스템에서 찾을 수 없어요"),
        ("the speaker cannot be opened: Host error -9999 [12]", "스피커를 열 수 없어요: Host error -9999 [12]"),
        ("the system keyring is locked: Prompt dismissed", "시스템 키링이 잠겨 있어요: Prompt dismissed"),
        (
            "OpenAI cannot be reached: nothing answers there. Check the network connection",
            "OpenAI에 연결할 수 없어요. 그 주소에서 응답하는 서버가 없어요. 네트워크 연결을 확인해 주세요",
        ),
    ],
)
def test_text_of_what_was_joined(english: str, expected: str) -> None:
    assert korean.text(english) == expected


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "Incorrect API key provided: sk-…",
        "There are meetings at noon",
        "ModuleNotFoundError: No module named 'torch'",
        "The plan failed",
        "Billing details; adds VAT",
        "어떤 말",
        "x" * 5000 + " is empty",
    ],
)
def test_what_is_not_ours_stays(foreign: str) -> None:
    assert korean.text(foreign) == foreign


def test_english_stays_english() -> None:
    assert Wording("en").text("the question is empty") == "the question is empty"
    assert Wording("en").line("no key", "a", "b") == one_line("no key", "a", "b")


def test_a_language_without_a_file_is_english(tmp_path: Path) -> None:
    assert Wording("ko", tmp_path).text("no key") == "no key"
    assert Wording("fr").line("no key") == "No key"


def test_there_is_a_file_for_every_language_but_english() -> None:
    assert {file.name for file in FILE.parent.glob("messages.*.toml")} == {
        f"messages.{language}.toml" for language in LANGUAGES if language != "en"
    }


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("there is no microphone", "", "type instead"), "마이크가 없어요. 대신 글로 입력해 주세요"),
        (
            ("OpenAI failed", "Overloaded", "Try again in a moment"),
            "OpenAI에서 오류가 났어요: Overloaded. 잠시 뒤에 다시 시도해 주세요",
        ),
        (
            ("No timer was set", "50 are running", "Cancel one first"),
            "타이머를 맞추지 못했어요. 이미 50개가 돌아가고 있어요. 먼저 하나를 취소해 주세요",
        ),
        (
            ("there is no voice called 'espek'", "", "did you mean espeak?"),
            "'espek'이라는 음성이 없어요. 혹시 espeak를 찾으셨나요?",
        ),
        (("there is no speaker", "", ""), "스피커가 없어요"),
    ],
)
def test_line(parts: tuple[str, str, str], expected: str) -> None:
    assert korean.line(*parts) == expected
