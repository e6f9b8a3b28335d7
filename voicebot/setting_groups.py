"""The groups of settings: each key with its type, its range, its default and what it does.

`SETTINGS` is the same as a table, for what reads, writes and shows them. `voicebot.settings` reads and writes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from voicebot.errors import SettingsError

PREFIX = "VOICEBOT_"

ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)
"""The two-letter language codes."""

Text = Annotated[str, Meta(extra={"expected": "text"})]
Name = Annotated[str, Meta(pattern=r"\A\S(.*\S)?\Z", extra={"expected": "a name on one line"})]
Address = Annotated[
    str,
    Meta(pattern=r"\A(https?://[^\s/]\S*)?\Z", extra={"expected": "empty, or an address with http:// or https://"}),
]
Language = Annotated[str, Meta(pattern=rf"\A({ISO_639_1.replace(' ', '|')})\Z")]
Languages = Annotated[
    tuple[Language, ...],
    Meta(min_length=1, max_length=8, extra={"expected": "1 to 8 two-letter language codes (ISO 639-1), such as ko"}),
]
Steps = Annotated[
    tuple[Name, ...], Meta(min_length=1, max_length=20, extra={"expected": "1 to 20 names of steps"})
]
Share = Annotated[float, Meta(ge=0, le=1)]
Limit = Annotated[float, Meta(gt=0, le=600)]


class SttSettings(Struct, frozen=True, kw_only=True):
    """Recognising speech."""

    engine: Annotated[Name, Meta(description="The recogniser; auto takes the best local one that is ready")] = "auto"
    languages: Annotated[Languages, Meta(description="The languages you speak, likeliest first")] = ("en", "ko")
    base_url: Annotated[Address, Meta(description="A server that speaks OpenAI's protocol, instead of OpenAI's")] = ""
    openai_model: Annotated[Name, Meta(description="The model for the engine openai")] = "gpt-transcribe"
    partials: Annotated[
        bool, Meta(description="Show your words while you speak, where the recogniser is on this machine")
    ] = True


class LlmSettings(Struct, frozen=True, kw_only=True):
    """Thinking of an answer."""

    engine: Annotated[Name, Meta(description="The model; auto takes the best local one that is ready")] = "auto"
    openai_model: Annotated[Name, Meta(description="The model for the engine openai")] = "gpt-5.4-mini"
    base_url: Annotated[Address, Meta(description="A server that speaks OpenAI's protocol, instead of OpenAI's")] = ""
    system_prompt: Annotated[Text, Meta(description="Who the assistant is; empty for the built-in persona")] = ""
    temperature: Annotated[float, Meta(ge=0, le=2, description="How freely it chooses words; 0 is the plainest")] = 0.7
    top_p: Annotated[float, Meta(gt=0, le=1, description="The share of likely words it chooses from")] = 1.0
    max_tokens: Annotated[int, Meta(ge=1, le=32_768, description="The longest answer, in tokens")] = 800
    context_tokens: Annotated[
        int, Meta(ge=512, le=1_000_000, description="What the model can keep in mind, in tokens")
    ] = 8192
    adapter: Annotated[
        Text, Meta(description="The folder of a LoRA adapter for the engine transformers; empty for none")
    ] = ""
    device: Annotated[
        Literal["auto", "cpu"], Meta(description="What the engine transformers computes on: auto, or the processor")
    ] = "auto"


class TtsSettings(Struct, frozen=True, kw_only=True):
    """Speaking the answer."""

    engine: Annotated[Name, Meta(description="The voice engine; auto takes the best local one that is ready")] = "auto"
    voice: Annotated[Text, Meta(description="The voice; empty for the engine's best in the language")] = ""
    voice_ko: Annotated[Text, Meta(description="The voice for Korean; empty for the engine's best")] = ""
    rate: Annotated[float, Meta(ge=0.5, le=2, description="How fast it speaks; 1.0 is the voice's own pace")] = 1.0
    openai_model: Annotated[Name, Meta(description="The model for the engine openai")] = "gpt-4o-mini-tts"
    openai_voice: Annotated[Name, Meta(description="The voice for the engine openai")] = "alloy"
    elevenlabs_model: Annotated[Name, Meta(description="The model for the engine elevenlabs")] = "eleven_flash_v2_5"
    elevenlabs_voice: Annotated[Name, Meta(description="The voice for the engine elevenlabs, by its id")] = (
        "JBFqnCBsd6RMkjVDRZzb"  # George, the voice of the SDK's own examples
    )
    base_url: Annotated[Address, Meta(description="A server that speaks OpenAI's protocol, instead of OpenAI's")] = ""


class AudioSettings(Struct, frozen=True, kw_only=True):
    """The microphone and the speaker, by the names that the system shows."""

    microphone: Annotated[Text, Meta(description="The microphone; empty for the system's default")] = ""
    speaker: Annotated[Text, Meta(description="The speaker; empty for the system's default")] = ""


class ListeningSettings(Struct, frozen=True, kw_only=True):
    """When the microphone listens, and what counts as speech; times in seconds."""

    mode: Annotated[
        Literal["push-to-talk", "hands-free"], Meta(description="Hold or tap a key to talk, or just speak")
    ] = "push-to-talk"
    attention: Annotated[
        Literal["always", "wake word"],
        Meta(description="Hands-free, answer whatever is said, or only after a wake word"),
    ] = "always"
    wake_word: Annotated[
        Literal["okay_nabu", "hey_jarvis", "hey_mycroft", "alexa"], Meta(description="What wakes it, said in English")
    ] = "okay_nabu"
    follow_up: Annotated[
        float, Meta(ge=0, le=60, description="Seconds after an answer in which no wake word is needed; 0 for none")
    ] = 8.0
    armed: Annotated[
        bool, Meta(description="Keep the microphone open between turns of push-to-talk, for the moment before the key")
    ] = True
    pre_roll: Annotated[float, Meta(ge=0, le=2, description="Seconds kept from before you spoke or pressed")] = 0.8
    vad_on: Annotated[Share, Meta(description="Probability of speech at which it begins")] = 0.5
    vad_off: Annotated[Share, Meta(description="Probability of speech below which it ends")] = 0.35
    min_speech: Annotated[float, Meta(ge=0, le=2, description="Seconds of sound that make it speech")] = 0.05
    min_silence: Annotated[
        float, Meta(ge=0.1, le=5, description="Seconds of silence that end what you say, while its words are not known")
    ] = 0.55
    shortest_pause: Annotated[
        float, Meta(ge=0.2, le=1, description="Seconds of silence that end words that sound finished")
    ] = 0.45
    longest_pause: Annotated[
        float, Meta(ge=1, le=3, description="Seconds of silence that end words that sound unfinished")
    ] = 2.0
    max_utterance: Annotated[float, Meta(ge=5, le=30, description="Seconds after which what you say is cut")] = 30.0
    speculate: Annotated[
        Literal["local", "always", "never"],
        Meta(description="Begin the answer before you have surely finished: with engines on this computer, or any"),
    ] = "local"
    barge_in: Annotated[
        bool,
        Meta(description="Your speech interrupts the answer, also where the echo is not cancelled: for headphones"),
    ] = False
    echo: Annotated[
        Literal["auto", "off"],
        Meta(description="Cancel the speaker's echo, to talk over the answer without headphones: with the extra echo"),
    ] = "auto"

    def __post_init__(self) -> None:
        if self.vad_off > self.vad_on:
            raise ValueError(f"vad_off ({self.vad_off:g}) must not be above vad_on ({self.vad_on:g})")


class SpeakingSettings(Struct, frozen=True, kw_only=True):
    """How the answer is played."""

    buffer: Annotated[float, Meta(ge=0.02, le=1, description="Seconds of sound kept ahead of the speaker")] = 0.1


class LimitSettings(Struct, frozen=True, kw_only=True):
    """How long each stage may take, in seconds, before the turn fails with a reason."""

    stt: Annotated[Limit, Meta(description="Recogniser without a sign of life")] = 5.0
    llm_first: Annotated[Limit, Meta(description="Until the answer's first word")] = 30.0
    llm_gap: Annotated[Limit, Meta(description="Between two words of the answer")] = 20.0
    tts_first: Annotated[Limit, Meta(description="Until a sentence's first sound")] = 10.0
    first_sound: Annotated[Limit, Meta(description="From the first sound made to the first one played")] = 5.0


class PrivacySettings(Struct, frozen=True, kw_only=True):
    """What is kept of what you say."""

    recordings: Annotated[bool, Meta(description="Keep what you say as sound, to replay and to try again")] = True
    keep_days: Annotated[int, Meta(ge=0, le=36_500, description="Days to keep recordings; 0 for ever")] = 30


class DownloadSettings(Struct, frozen=True, kw_only=True):
    """Where models come from."""

    mirror: Annotated[Address, Meta(description="Where else to download models from")] = ""


class HistorySettings(Struct, frozen=True, kw_only=True):
    """What is kept of your conversations."""

    enabled: Annotated[bool, Meta(description="Keep conversations")] = True


class SpendingSettings(Struct, frozen=True, kw_only=True):
    """What paid services may cost."""

    cap: Annotated[
        float, Meta(ge=0, le=10_000, description="What a month may cost at paid services, in US dollars; 0 for no cap")
    ] = 0.0


class DocumentSettings(Struct, frozen=True, kw_only=True):
    """Your documents in the conversation."""

    collection: Annotated[Text, Meta(description="The collection that is searched for answers; empty for none")] = ""
    only: Annotated[bool, Meta(description="Answer from your documents alone, or say that nothing was found")] = False
    retrieval: Annotated[
        Literal["naive", "advanced", "modular"],
        Meta(description="How passages are found: one search, the full course, or the steps named under steps"),
    ] = "advanced"
    steps: Annotated[
        Steps, Meta(description="The steps of modular retrieval, in their order; see docs/documents.md")
    ] = ("rewrite", "words", "meaning", "fuse", "rerank", "merge", "fit")
    passages: Annotated[int, Meta(ge=1, le=50, description="The most passages that the model is shown")] = 6
    tokens: Annotated[int, Meta(ge=100, le=100_000, description="The most that passages may take, in tokens")] = 2000
    embeddings: Annotated[
        Name, Meta(description="Searching by meaning; auto takes a local model where one is there, off does without")
    ] = "auto"
    openai_model: Annotated[Name, Meta(description="The embedding model for openai")] = "text-embedding-3-small"
    base_url: Annotated[Address, Meta(description="A server that speaks OpenAI's protocol, instead of OpenAI's")] = ""
    store: Annotated[
        Name, Meta(description="Where vectors are kept: faiss, chroma, or langchain:MODULE.CLASS for LangChain's")
    ] = "faiss"
    chroma_address: Annotated[Address, Meta(description="A Chroma server; empty keeps Chroma's files here")] = ""
    store_options: Annotated[
        Text, Meta(description="What a LangChain store is made with, as JSON; $NAME stands for a key of that name")
    ] = ""
    watch: Annotated[bool, Meta(description="Follow changes of your files")] = True


class DesktopSettings(Struct, frozen=True, kw_only=True):
    """The window."""

    theme: Annotated[Literal["system", "light", "dark"], Meta(description="Its colours")] = "system"
    language: Annotated[Literal["system", "en", "ko"], Meta(description="The language of the screen")] = "system"
    reduced_motion: Annotated[bool, Meta(description="Nothing moves when it changes")] = False
    text_size: Annotated[float, Meta(ge=0.8, le=2, description="The size of the text; 1.0 is usual")] = 1.0
    global_key: Annotated[
        Text, Meta(description="The talk key while another program has the focus, such as F9; empty for none")
    ] = ""
    tray: Annotated[bool, Meta(description="Closing the window leaves Voicebot in the tray")] = True
    first_minute: Annotated[
        int, Meta(ge=0, le=3, description="How many steps of the first minute were taken or skipped")
    ] = 0
    bar: Annotated[bool, Meta(description="A small bar stays on top while the window is hidden")] = True
    autostart: Annotated[bool, Meta(description="Start with the computer, quietly in the tray")] = False


class Settings(Struct, frozen=True, kw_only=True):
    """Every setting, in its group."""

    stt: SttSettings = SttSettings()
    llm: LlmSettings = LlmSettings()
    tts: TtsSettings = TtsSettings()
    audio: AudioSettings = AudioSettings()
    listening: ListeningSettings = ListeningSettings()
    speaking: SpeakingSettings = SpeakingSettings()
    limits: LimitSettings = LimitSettings()
    privacy: PrivacySettings = PrivacySettings()
    downloads: DownloadSettings = DownloadSettings()
    history: HistorySettings = HistorySettings()
    spending: SpendingSettings = SpendingSettings()
    documents: DocumentSettings = DocumentSettings()
    desktop: DesktopSettings = DesktopSettings()


@dataclass(frozen=True, slots=True)
class Setting:
    """One key: what a settings screen and `--help` show of it."""

    group: str
    key: str
    kind: Any
    """Its type as msgspec understands it, with its range."""
    default: Any
    description: str
    expected: str
    """What it can be, such as "a number from 0 to 2"."""

    @property
    def name(self) -> str:
        return f"{self.group}.{self.key}"

    @property
    def variable(self) -> str:
        return f"{PREFIX}{self.group}_{self.key}".upper()


def find(name: str) -> Setting:
    """The setting "group.key"; raises SettingsError, naming the nearest one, when there is none."""
    if name not in SETTINGS:
        near = nearest(name, SETTINGS)
        raise SettingsError(f"There is no setting {name!r}", fix=f"Did you mean {near}?" if near else "")
    return SETTINGS[name]


def describe(name: str) -> str:
    """What the setting "group.key" does, in one phrase; raises SettingsError when there is none."""
    return find(name).description


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that was probably meant, if any."""
    return next(iter(get_close_matches(name, list(names), n=1)), None)


def _setting(group: str, field: msgspec.structs.FieldInfo) -> Setting:
    kind = msgspec.inspect.type_info(field.type)
    assert isinstance(kind, msgspec.inspect.Metadata)  # for every key has a description
    description = (kind.extra_json_schema or {})["description"]
    expected = (kind.extra or {}).get("expected") or _expected(kind.type)
    return Setting(group, field.name, field.type, field.default, description, expected)


def _expected(kind: msgspec.inspect.Type) -> str:
    match kind:
        case msgspec.inspect.BoolType():
            return "true or false"
        case msgspec.inspect.LiteralType(values=values):
            return " or ".join(str(value) for value in values)
        case msgspec.inspect.IntType(ge=low, le=high):
            return f"a whole number from {low} to {high}"
        case msgspec.inspect.FloatType(gt=None, ge=low, le=high):
            return f"a number from {low:g} to {high:g}"
        case msgspec.inspect.FloatType(gt=low, le=high):
            return f"a number above {low:g} and up to {high:g}"
    raise TypeError(f"no words for {kind}")


GROUPS: dict[str, type[Struct]] = {group.name: group.type for group in msgspec.structs.fields(Settings)}
SETTINGS: dict[str, Setting] = {
    f"{group}.{field.name}": _setting(group, field)
    for group, kind in GROUPS.items()
    for field in msgspec.structs.fields(kind)
}
