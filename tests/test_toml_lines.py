import tomllib
from textwrap import dedent

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from voicebot.toml_lines import key_lines


def lines(text: str) -> dict[str, int]:
    text = dedent(text).lstrip("\n")
    tomllib.loads(text)
    return {".".join(path): line for path, line in key_lines(text).items()}


def test_tables_and_keys():
    assert lines("""
        # a comment = 1
        [stt]   # another [one]
        engine = "auto"

          base_url = ""
        [ llm ]
        top_p = 1.0
    """) == {"stt": 2, "stt.engine": 3, "stt.base_url": 5, "llm": 6, "llm.top_p": 7}


def test_quoted_names_with_marks_and_escapes():
    assert lines("""
        ["stt"]
        "engine" = 1
        'a = [b] # c' = 2
        "\\ud55c\\uad6d" = 3
    """) == {"stt": 1, "stt.engine": 2, "stt.a = [b] # c": 3, "stt.한국": 4}


def test_dotted_names():
    assert lines("""
        stt.engine = 1
        stt . "base_url" = 2
        llm.deep.er = 3

        [tts.more]
        x = 1
        [tts]
        y.z = 1
    """) == {
        "stt": 1, "stt.engine": 1, "stt.base_url": 2, "llm": 3, "llm.deep": 3, "tts": 5, "tts.more": 5, "tts.y": 8,
    }  # fmt: skip


def test_inline_tables_and_what_is_in_them():
    assert lines("""
        stt = { engine = "a, } b", languages = ["en", "ko"], x = { y = [ { z = 1 } ] }, w.v = 1 }
        llm = {}
        tts.engine = { voice = 1 }
        [audio]
        microphone = { a = 1 }
        speaker = 1
    """) == {
        "stt": 1, "stt.engine": 1, "stt.languages": 1, "stt.x": 1, "stt.w": 1, "llm": 2, "tts": 3, "tts.engine": 3,
        "audio": 4, "audio.microphone": 5, "audio.speaker": 6,
    }  # fmt: skip


def test_values_over_several_lines():
    text = '''
        [llm]
        system_prompt = """
        [tts]
        not = "a key" \\""" neither = 1
        """""
        languages = [   # [
          "en", # x = 1
          [ "ko", { a = 1 } ],
        ]
        persona = \'\'\'
        [stt]\'\' x = 1
        \'\'\'
        when = 1979-05-27 07:32:00
        last = -1.5e3
    '''
    assert lines(text) == {
        "llm": 1, "llm.system_prompt": 2, "llm.languages": 6, "llm.persona": 10, "llm.when": 13, "llm.last": 14,
    }  # fmt: skip


def test_quotes_before_the_closing_ones_belong_to_the_text():
    assert lines("""
        stt = { a = \"\"\"x\"\"\"\", b = "c", d = '''x'''', e = 'f' }
    """) == {"stt": 1, "stt.a": 1, "stt.b": 1, "stt.d": 1, "stt.e": 1}


def test_several_tables_of_one_name_stand_where_the_first_does():
    assert lines("""
        [[stt]]
        a = 1
        [[stt]]
        a = 2
    """) == {"stt": 1, "stt.a": 2}


def test_line_ends_of_windows_and_none_at_the_end():
    assert key_lines("[a]\r\nb = 1\r\n\r\nc = 2") == {("a",): 1, ("a", "b"): 2, ("a", "c"): 4}
    assert key_lines("") == {}
    assert key_lines("# only a comment") == {}


names = st.text(min_size=1, max_size=5)
texts = st.text(st.characters(codec="utf-8"), max_size=8)
scalars = texts | st.integers(-9, 9) | st.booleans() | st.floats(allow_nan=False)
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2))


@settings(deadline=None)
@given(st.dictionaries(names, scalars | st.dictionaries(names, values, max_size=3), max_size=4))
def test_finds_every_key_of_any_document(data):
    text = tomlkit.dumps(data)
    wanted = {(name,) for name in data}
    wanted |= {(name, key) for name, table in data.items() if isinstance(table, dict) for key in table}
    found = key_lines(text)
    assert set(found) == wanted
    assert all(1 <= line <= text.count("\n") + 1 for line in found.values())


@settings(deadline=None)
@given(st.lists(texts, max_size=6), st.booleans())
def test_a_key_is_on_its_line_whatever_comes_before(contents, several_lines):
    text = "".join(f"k{i} = {tomlkit.string(c, multiline=several_lines).as_string()}\n" for i, c in enumerate(contents))
    line = text.count("\n") + 1
    assert key_lines(f"{text}[last]\nkey = 1")[("last", "key")] == line + 1
