import os
import re
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import filelock
import msgspec
import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicebot.errors import SettingsError, StorageError
from voicebot.resources import Home
from voicebot.settings import SETTINGS, Settings, SttSettings, change, describe, find, load

HYPOTHESIS = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "config", tmp_path / "data", tmp_path / "cache", tmp_path / "log")


def write(home: Home, text: str | bytes) -> Path:
    home.config.mkdir(exist_ok=True)
    home.settings_file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return home.settings_file


def read(home: Home) -> str:
    return home.settings_file.read_bytes().decode()


def faults(home: Home, text: str | bytes, environ: dict[str, str] | None = None) -> list[str]:
    write(home, text)
    return [str(fault) for fault in load(home, environ or {}).faults]


# -- reading ---------------------------------------------------------------------------------------------------------


def test_without_a_file_everything_has_its_default_and_nothing_is_written(home, tmp_path):
    loaded = load(home, {})
    assert loaded.settings == Settings()
    assert loaded.faults == ()
    assert loaded.settings.stt.languages == ("en", "ko")
    assert list(tmp_path.iterdir()) == []


def test_what_the_file_says_counts(home):
    text = '[stt]\nengine = "whisper:base"\nlanguages = ["ko"]\n[llm]\ntemperature = 1\n[tts]\nvoice_ko = "유나"\n'
    write(home, text)
    loaded = load(home, {})
    assert loaded.faults == ()
    assert loaded.settings.stt == SttSettings(engine="whisper:base", languages=("ko",))
    assert loaded.settings.llm.temperature == 1.0
    assert loaded.settings.tts.voice_ko == "유나"
    assert loaded.settings.audio == Settings().audio


def test_dotted_keys_and_inline_tables_say_the_same(home):
    write(home, 'stt.engine = "sphinx"\nllm = { engine = "offline", top_p = 0.5 }\n"tts"."rate" = 2\n')
    loaded = load(home, {})
    assert loaded.faults == ()
    found = loaded.settings
    assert (found.stt.engine, found.llm.engine, found.llm.top_p, found.tts.rate) == ("sphinx", "offline", 0.5, 2.0)


def test_unknown_names_come_with_the_nearest_one_and_the_rest_is_kept(home):
    text = '[stt]\nengine = "sphinx"\n\n# mine\n\n\nenginee = "x"\n[lmm]\nengine = "x"\n[llm]\ntop_p = 0.5\n'
    assert faults(home, text) == [
        "settings.toml line 7: unknown key 'enginee' in [stt]; did you mean 'engine'?",
        "settings.toml line 8: unknown group 'lmm'; did you mean 'llm'?",
    ]
    loaded = load(home, {})
    assert (loaded.settings.stt.engine, loaded.settings.llm.top_p) == ("sphinx", 0.5)


def test_a_key_in_the_wrong_place_is_shown_the_right_one(home):
    text = 'barge_in = true\nstt = 5\ncolour = "red"\n[llm]\nopenai_voice = "echo"\n[[tts]]\nrate = 1\n'
    assert faults(home, text) == [
        "settings.toml line 1: 'barge_in' stands outside every group; did you mean 'barge_in' in [listening]?",
        "settings.toml line 2: 'stt' is a group of settings, not one of them",
        "settings.toml line 3: 'colour' stands outside every group",
        "settings.toml line 5: unknown key 'openai_voice' in [llm]; did you mean 'openai_voice' in [tts]?",
        "settings.toml line 6: 'tts' is a group of settings, not one of them",
    ]


@pytest.mark.parametrize(
    ("name", "written", "expected"),
    [
        ("llm.temperature", "2.1", "a number from 0 to 2"),
        ("llm.temperature", "nan", "a number from 0 to 2"),
        ("llm.temperature", '"0.5"', "a number from 0 to 2"),
        ("llm.top_p", "0", "a number above 0 and up to 1"),
        ("llm.max_tokens", "0", "a whole number from 1 to 32768"),
        ("llm.max_tokens", "1.5", "a whole number from 1 to 32768"),
        ("llm.context_tokens", "511", "a whole number from 512 to 1000000"),
        ("llm.base_url", '"localhost:11434"', "empty, or an address with http:// or https://"),
        ("downloads.mirror", '"ftp://x.org"', "empty, or an address with http:// or https://"),
        ("stt.engine", '""', "a name on one line"),
        ("stt.engine", '"a\\nb"', "a name on one line"),
        ("stt.languages", "[]", "1 to 8 two-letter language codes (ISO 639-1), such as ko"),
        ("stt.languages", '["korean"]', "1 to 8 two-letter language codes (ISO 639-1), such as ko"),
        ("stt.languages", '["ko", "xx"]', "1 to 8 two-letter language codes (ISO 639-1), such as ko"),
        ("stt.languages", '"ko"', "1 to 8 two-letter language codes (ISO 639-1), such as ko"),
        ("audio.microphone", "1979-05-27", "text"),
        ("listening.mode", '"open"', "hands-free or push-to-talk"),
        ("listening.barge_in", "1", "true or false"),
        ("listening.barge_in", '"true"', "true or false"),
        ("listening.max_utterance", "31", "a number from 5 to 30"),
        ("listening.pre_roll", "-0.1", "a number from 0 to 2"),
        ("limits.stt", "0", "a number above 0 and up to 600"),
        ("limits.stt", "inf", "a number above 0 and up to 600"),
        ("limits.stt", "true", "a number above 0 and up to 600"),
        ("privacy.keep_days", "-1", "a whole number from 0 to 36500"),
        ("tts.rate", "{ a = 1 }", "a number from 0.5 to 2"),
    ],
)
def test_a_bad_value_is_a_fault_and_the_default_counts(home, name, written, expected):
    group, key = name.split(".")
    write(home, f"\n[{group}]\n# here\n{key} = {written}\n")
    loaded = load(home, {})
    (fault,) = loaded.faults
    assert str(fault).startswith(f"settings.toml line 4: '{key}' in [{group}] cannot be ")
    assert fault.message.endswith(f"it must be {expected}")
    assert expected in fault.fix
    assert "\n" not in str(fault)
    assert loaded.settings == Settings()


def test_the_value_is_shown_as_it_was_written_and_not_at_length(home):
    text = f'[llm]\ntemperature = true\n[stt]\nengine = "{"x" * 300}\\n"\n'
    first, second = faults(home, text)
    assert "cannot be true" in first
    assert "xxx..." in second
    assert len(second) < 160


def test_two_values_that_cannot_be_together(home):
    text = "[listening]\npre_roll = 0.5\nvad_off = 0.6\nvad_on = 0.4\n"
    assert faults(home, text) == [
        "settings.toml line 4: vad_off (0.6) must not be above vad_on (0.4) in [listening]",
    ]
    found = load(home, {}).settings.listening
    assert (found.pre_roll, found.vad_on, found.vad_off) == (0.5, 0.5, 0.35)
    write(home, "[listening]\nvad_off = 0.6\n")
    loaded = load(home, {"VOICEBOT_LISTENING_VAD_ON": "0.7"})
    assert loaded.faults == ()
    assert (loaded.settings.listening.vad_on, loaded.settings.listening.vad_off) == (0.7, 0.6)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("[stt]\nengine = whisper\n", "line 2, column 10: invalid value"),
        ("[stt\nengine = 1\n", "line 1, column 5: "),
        ("[stt]\nengine = 'a'\nengine = 'b'\n", "line 3, column 13: "),
        ('[stt]\nengine = "a', "line 2, column 12: "),
        ("[stt]\nlanguages = ['en',", "line 2, column 19: "),
        (b"[stt]\n# \xed\x95\x9c\nengine = 'a\xff'\n", "line 3, column 12: this is not UTF-8 text"),
        ("[stt]\nengine = '한'\n".encode("utf-16"), "line 1, column 1: this is not UTF-8 text"),
        ("a = " + "[" * 5000, ": brackets are nested too deep"),
        ("a = " + "1" * 5000, ": "),
    ],
)
def test_a_broken_file_is_a_fault_and_is_left_as_it_is(home, text, where):
    file = write(home, text)
    before = file.read_bytes()
    loaded = load(home, {"VOICEBOT_TTS_RATE": "1.5"})
    fault = loaded.faults[0]
    assert str(fault).startswith(f"settings.toml {where}" if where[0] != ":" else f"settings.toml{where}")
    assert "\n" not in str(fault)
    assert str(file) in fault.fix
    assert loaded.settings.tts == msgspec.structs.replace(Settings().tts, rate=1.5)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (b'[tts]\nrate = 1.2\n[stt]\nengine = "whi', [4]),
        (b"[tts]\nrate = 1.2\n[stt]\nengine = sphinx\npartials = false\n", [4]),
        (b"[tts]\nrate = 1.2\n[stt]\nengine = sphinx\nlanguages = [ko]\npartials = false\n", [4, 5]),
        (b"[tts]\nrate = 1.2\n[stt]\nengine = 'a\xff'\npartials = false\n", [4]),
        (b"[tts]\nrate = 1.2\nrate = 1.3\n", [3]),
    ],
)
def test_what_can_be_understood_of_a_broken_file_counts(home, text, lines):
    write(home, text)
    loaded = load(home, {})
    assert [fault.line for fault in loaded.faults] == lines
    assert loaded.settings.tts.rate == 1.2
    assert loaded.settings.stt.engine == "auto"
    assert loaded.settings.stt.partials is (b"partials" not in text)


def test_the_mark_that_some_editors_put_first_is_no_fault(home):
    write(home, b"\xef\xbb\xbf[stt]\r\nengine = 'sphinx'\r\n")
    loaded = load(home, {})
    assert loaded.faults == ()
    assert loaded.settings.stt.engine == "sphinx"


def test_a_file_that_cannot_be_read_is_a_fault(home):
    home.settings_file.mkdir(parents=True)
    loaded = load(home, {})
    (fault,) = loaded.faults
    assert str(fault).startswith("settings.toml: it cannot be read: ")
    assert loaded.settings == Settings()


# -- the environment -------------------------------------------------------------------------------------------------


def test_the_environment_stands_above_the_file(home):
    write(home, '[stt]\nengine = "sphinx"\nbase_url = "http://a"\n')
    loaded = load(home, {"VOICEBOT_STT_ENGINE": "whisper:base", "VOICEBOT_STT_LANGUAGES": "ko, en ,", "PATH": "x"})
    assert loaded.faults == ()
    assert loaded.settings.stt == SttSettings(engine="whisper:base", languages=("ko", "en"), base_url="http://a")
    assert loaded.overridden == {"stt.engine", "stt.languages"}


@pytest.mark.parametrize(("text", "value"), [("true", True), ("1", True), ("ON", True), ("false", False), ("0", False)])
def test_switches_in_the_environment(home, text, value):
    assert load(home, {"VOICEBOT_LISTENING_BARGE_IN": text}).settings.listening.barge_in is value
    assert load(home, {"VOICEBOT_HISTORY_ENABLED": text}).settings.history.enabled is value
    assert load(home, {"VOICEBOT_LISTENING_ARMED": text}).faults == ()


def test_numbers_and_names_in_the_environment(home):
    environ = {"VOICEBOT_LLM_TEMPERATURE": " 0 ", "VOICEBOT_LLM_MAX_TOKENS": "64", "VOICEBOT_TTS_VOICE": "12"}
    loaded = load(home, environ)
    assert loaded.faults == ()
    found = loaded.settings
    assert (found.llm.temperature, found.llm.max_tokens, found.tts.voice) == (0.0, 64, "12")


def test_what_is_wrong_in_the_environment_is_a_fault_and_the_file_counts(home):
    write(home, "[llm]\ntop_p = 0.5\n")
    environ = {
        "VOICEBOT_HOME": "/somewhere",
        "VOICEBOT_STT_ENGINEE": "x",
        "VOICEBOT_LLM_TOP_P": "7",
        "VOICEBOT_TTS_RATE": "nan",
        "VOICEBOT_HISTORY_ENABLED": "perhaps",
        "VOICEBOT_STT_LANGUAGES": "",
        "VOICEBOT_TTS_VOICE": "\udcff",
        "VOICEBOT_API_KEY": "a value that stays out of sight",
    }
    loaded = load(home, environ)
    assert [str(fault) for fault in loaded.faults] == [
        "environment: unknown variable 'VOICEBOT_API_KEY'",
        "environment: VOICEBOT_HISTORY_ENABLED cannot be 'perhaps': it must be true or false",
        "environment: VOICEBOT_LLM_TOP_P cannot be '7': it must be a number above 0 and up to 1",
        "environment: unknown variable 'VOICEBOT_STT_ENGINEE'; did you mean VOICEBOT_STT_ENGINE?",
        "environment: VOICEBOT_STT_LANGUAGES cannot be '': "
        "it must be 1 to 8 two-letter language codes (ISO 639-1), such as ko",
        "environment: VOICEBOT_TTS_RATE cannot be 'nan': it must be a number from 0.5 to 2",
        "environment: VOICEBOT_TTS_VOICE cannot be '\\udcff': it must be text",
    ]
    assert loaded.settings.llm.top_p == 0.5
    assert loaded.overridden == frozenset()


def test_the_real_environment_is_the_default(home, monkeypatch):
    monkeypatch.setenv("VOICEBOT_STT_ENGINE", "sphinx")
    assert load(home).settings.stt.engine == "sphinx"


# -- describing ------------------------------------------------------------------------------------------------------


def test_every_setting_says_what_it_does_and_what_it_can_be():
    for name, setting in SETTINGS.items():
        assert setting.name == name
        assert 5 < len(describe(name)) < 100
        assert not describe(name).endswith(".")
        assert setting.expected
        assert msgspec.convert(msgspec.to_builtins(setting.default), setting.kind) == setting.default
    barge_in = "Your speech interrupts the answer, also where the echo is not cancelled: for headphones"
    assert describe("listening.barge_in") == barge_in
    assert find("stt.openai_model").variable == "VOICEBOT_STT_OPENAI_MODEL"
    assert len({setting.variable for setting in SETTINGS.values()}) == len(SETTINGS)


@pytest.mark.parametrize("name", ["stt.enginee", "stt", "", "engine", "stt.engine.x"])
def test_an_unknown_setting_is_an_error(home, name):
    with pytest.raises(SettingsError, match="There is no setting"):
        describe(name)
    with pytest.raises(SettingsError):
        change(home, name, "x")
    assert not home.config.exists()


def test_an_unknown_setting_comes_with_the_nearest_one():
    with pytest.raises(SettingsError, match=r"^There is no setting 'stt\.enginee'\. Did you mean stt\.engine\?$"):
        find("stt.enginee")


# -- writing ---------------------------------------------------------------------------------------------------------

MINE = """\
# My settings. 내 설정.

[stt]  # hearing
  engine = "sphinx"   # for now
languages = ["en"]

# How it talks.
[tts]
rate = 1.2

"""


def test_a_change_keeps_comments_and_order(home):
    write(home, MINE)
    change(home, "stt.engine", "whisper:base")
    assert read(home) == MINE.replace('"sphinx"', '"whisper:base"')
    change(home, "stt.base_url", "http://localhost:1")
    wanted = MINE.replace('"sphinx"', '"whisper:base"').replace('["en"]\n', '["en"]\nbase_url = "http://localhost:1"\n')
    assert read(home) == wanted
    change(home, "llm.top_p", 0.5)
    assert read(home) == wanted + "[llm]\ntop_p = 0.5\n"
    assert load(home, {}).faults == ()


def test_the_first_change_makes_the_file(home):
    change(home, "stt.languages", ("ko", "en"))
    assert read(home) == '[stt]\nlanguages = ["ko", "en"]\n'
    assert load(home, {}).settings.stt.languages == ("ko", "en")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('stt.engine = "a" # x\nllm.top_p = 1\n', 'stt.engine = "b" # x\nllm.top_p = 1\n'),
        ('stt = { engine = "a" } # x\n', 'stt = { engine = "b" } # x\n'),
        ("[stt]\n# nothing yet\n\n[tts]\n", '[stt]\nengine = "b"\n# nothing yet\n\n[tts]\n'),
        ("[stt.more]\nx = 1\n", '[stt]\nengine = "b"\n\n[stt.more]\nx = 1\n'),
        ('["stt"]\n"engine" = 5', '["stt"]\n"engine" = "b"'),
        ("# only this", '# only this\n[stt]\nengine = "b"\n'),
        ("[tts]\r\nrate = 1\r\n", '[tts]\r\nrate = 1\r\n[stt]\r\nengine = "b"\r\n'),
        ("[unknown]\nx = nan\ny = 1979-05-27\n[stt]\n", '[unknown]\nx = nan\ny = 1979-05-27\n[stt]\nengine = "b"\n'),
    ],
)
def test_a_change_in_files_of_all_shapes(home, before, after):
    write(home, before)
    change(home, "stt.engine", "b")
    assert read(home).split() == after.split()
    assert set(re.findall("\r?\n", read(home))) == set(re.findall("\r?\n", after))
    assert load(home, {}).settings.stt.engine == "b"


def test_a_string_is_taken_as_the_environment_gives_it(home):
    change(home, "listening.barge_in", "on")
    change(home, "llm.max_tokens", "64")
    change(home, "stt.languages", "ko,en")
    found = load(home, {}).settings
    assert (found.listening.barge_in, found.llm.max_tokens, found.stt.languages) == (True, 64, ("ko", "en"))
    assert "barge_in = true\n" in read(home)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("llm.temperature", 3),
        ("llm.temperature", "warm"),
        ("llm.max_tokens", True),
        ("stt.languages", ["english"]),
        ("stt.engine", None),
        ("tts.voice", "\ud800"),
        ("listening.vad_on", 0.2),
    ],
)
def test_a_bad_value_is_refused_before_anything_is_written(home, name, value):
    write(home, MINE)
    with pytest.raises(SettingsError, match=rf"^{name} cannot be "):
        change(home, name, value)
    assert read(home) == MINE


@pytest.mark.expects_warnings
def test_a_broken_file_is_kept_aside_and_the_rest_goes_on(home):
    broken = "# mine\n[stt]\nengine = whisper\n[tts]\nrate = 1.2\n"
    file = write(home, broken)
    change(home, "stt.engine", "sphinx")
    change(home, "tts.voice", "anna")
    (aside,) = file.parent.glob("settings.toml.broken-*")
    assert aside.read_text("utf-8") == broken
    loaded = load(home, {})
    assert loaded.faults == ()
    assert (loaded.settings.stt.engine, loaded.settings.tts.rate, loaded.settings.tts.voice) == ("sphinx", 1.2, "anna")
    assert read(home).startswith("# mine\n")


@pytest.mark.parametrize("text", ["stt = 5\n", "[[stt]]\nengine = 'a'\n", "stt = []\n"])
def test_what_is_no_group_is_not_written_over(home, text):
    write(home, text)
    with pytest.raises(SettingsError, match=r"left as it is: 'stt' in it is not a group of settings"):
        change(home, "stt.engine", "sphinx")
    assert read(home) == text


def test_a_file_that_the_editor_would_harm_is_left_alone(home):
    text = '  [ "stt" ]  # mine\nstt.x.y = 1'
    write(home, text)
    with pytest.raises(SettingsError, match=r"left as it is: \[stt\] in it is unusual\. Change it by hand"):
        change(home, "stt.engine", "sphinx")
    assert read(home) == text


def test_a_link_stays_a_link_and_permissions_stay(home, tmp_path):
    real = tmp_path / "dotfiles.toml"
    real.write_text(MINE)
    real.chmod(0o640)
    home.config.mkdir()
    home.settings_file.symlink_to(real)
    change(home, "tts.rate", 1.5)
    assert home.settings_file.is_symlink()
    assert real.read_text() == MINE.replace("1.2", "1.5")
    assert real.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config", "dotfiles.toml", "dotfiles.toml.lock"]


def test_a_disk_that_refuses_leaves_the_old_file_and_no_other(home, monkeypatch):
    write(home, MINE)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match=r"^settings\.toml cannot be written: No space left on device\. Check "):
        change(home, "tts.rate", 1.5)
    assert read(home) == MINE
    assert [path.name for path in home.config.iterdir() if path.suffix != ".lock"] == ["settings.toml"]


def test_a_folder_that_cannot_be_made_is_an_error(home):
    home.config.write_text("a file")
    with pytest.raises(StorageError, match="cannot be written"):
        change(home, "tts.rate", 1.5)


def test_a_change_waits_for_another_and_gives_up_in_the_end(home, monkeypatch):
    monkeypatch.setattr("voicebot.settings.PATIENCE", 0.01)
    write(home, MINE)
    with filelock.FileLock(f"{home.settings_file}.lock"), pytest.raises(SettingsError, match="another program"):
        change(home, "tts.rate", 1.5)
    change(home, "tts.rate", 1.5)
    assert load(home, {}).settings.tts.rate == 1.5


def test_changes_from_several_threads_are_all_kept(home):
    wanted = {"stt.engine": "a", "llm.engine": "b", "tts.engine": "c", "audio.speaker": "d", "privacy.keep_days": 1}
    threads = [threading.Thread(target=change, args=(home, name, value)) for name, value in wanted.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = tomllib.loads(read(home))
    assert {f"{group}.{key}": value for group, keys in found.items() for key, value in keys.items()} == wanted


# -- whatever it is --------------------------------------------------------------------------------------------------

text = st.text(st.characters(codec="utf-8"), max_size=20)
name = text.map(str.strip).filter(lambda name: name and "\n" not in name)
address = st.sampled_from(["", "http://localhost:11434/v1", "https://예.example/?a=1#b"])
codes = st.lists(st.sampled_from(["en", "ko", "ja", "zh", "de"]), min_size=1, max_size=8)


def values(setting) -> st.SearchStrategy:
    kind = msgspec.inspect.type_info(setting.kind).type
    match kind:
        case msgspec.inspect.BoolType():
            return st.booleans()
        case msgspec.inspect.IntType(ge=low, le=high):
            return st.integers(low, high)
        case msgspec.inspect.FloatType(ge=low, gt=above, le=high):
            return st.floats(above if low is None else low, high, exclude_min=low is None)
        case msgspec.inspect.LiteralType(values=choices):
            return st.sampled_from(choices)
        case msgspec.inspect.VarTupleType():
            return codes.map(tuple)
        case _ if "http" in setting.expected:
            return address
    return name if "name" in setting.expected else text


def possible(chosen: dict[str, object]) -> bool:
    return chosen.get("listening.vad_off", 0.35) <= chosen.get("listening.vad_on", 0.5)


some = st.fixed_dictionaries({}, optional={n: values(s) for n, s in SETTINGS.items()}).filter(possible)


def as_settings(chosen: dict[str, object]) -> Settings:
    groups: dict[str, dict[str, object]] = {}
    for name, value in chosen.items():
        group, key = name.split(".")
        groups.setdefault(group, {})[key] = value
    return msgspec.convert(groups, Settings)


@HYPOTHESIS
@given(some)
def test_any_settings_survive_the_file(home, chosen):
    wanted = as_settings(chosen)
    write(home, tomlkit.dumps(msgspec.to_builtins(wanted)))
    loaded = load(home, {})
    assert loaded.faults == ()
    assert loaded.settings == wanted


@settings(HYPOTHESIS, max_examples=40)
@given(some.map(lambda chosen: dict(list(chosen.items())[:4])).filter(possible))
def test_any_changes_survive_and_the_rest_stays(home, chosen):
    write(home, MINE)
    kept = {"stt.engine": "sphinx", "stt.languages": ("en",), "tts.rate": 1.2}
    if "listening.vad_on" in chosen and "listening.vad_off" in chosen:
        del chosen["listening.vad_on"], chosen["listening.vad_off"]  # one at a time, they would be refused
    for name, value in chosen.items():
        change(home, name, value)
    assert load(home, {}).settings == as_settings(kept | chosen)
    assert all(comment in read(home) for comment in ("# My settings. 내 설정.", "# hearing", "# How it talks."))


@HYPOTHESIS
@given(st.binary(max_size=60) | st.text(st.sampled_from('[]{}=.,"\'\n#\\ast0-'), max_size=40).map(str.encode))
def test_no_file_whatever_makes_reading_fail(home, content):
    file = write(home, content)
    loaded = load(home, {})
    assert file.read_bytes() == content
    assert all("\n" not in str(fault) for fault in loaded.faults)


@HYPOTHESIS
@given(st.dictionaries(st.sampled_from([s.variable for s in SETTINGS.values()]), st.text(max_size=8), max_size=5))
def test_no_environment_whatever_makes_reading_fail(home, environ):
    loaded = load(home, environ)
    assert len(loaded.faults) + len(loaded.overridden) >= len(environ) - 1  # two that conflict are one fault


def test_importing_loads_neither_the_writer_nor_the_lock():
    program = "import sys, voicebot.settings; print({'tomlkit', 'filelock'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "set()"
