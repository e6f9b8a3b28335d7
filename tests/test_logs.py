import asyncio
import contextlib
import gc
import json
import logging
import re
import subprocess
import sys
import threading
from pathlib import Path
from textwrap import dedent
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicebot import logs, redaction
from voicebot.errors import DeviceError
from voicebot.logs import FILE_BYTES, FILES, conceal, redact, set_up
from voicebot.resources import Home

pytestmark = pytest.mark.expects_warnings

log = logging.getLogger("test")

KEY = "sk-proj-T0p5ecretT0p5ecretT0p5ecret"
PLAIN = "9f8e7d6c5b4a39281706f5e4d3c2b1a0"
"""A key that looks like nothing in particular: it is hidden because it was registered."""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "config", tmp_path / "data", tmp_path / "cache", tmp_path / "log")


@pytest.fixture(autouse=True)
def nothing_concealed(monkeypatch):
    monkeypatch.setattr(redaction, "_values", set())
    monkeypatch.setattr(redaction, "_registered", None)


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def opened(home, told):
    opened = set_up(home, verbose=True, tell=told.append)
    yield opened
    opened.close()


def written(home: Home) -> str:
    return "".join(file.read_text(encoding="utf-8") for file in sorted(home.log.iterdir()))


# -- what reaches the file -------------------------------------------------------------------------------------------


def test_records_reach_the_file_in_their_order_and_in_every_language(home, told, capfd):
    opened = set_up(home, tell=told.append)
    log.debug("not this")
    log.info("듣고 있습니다: %s", "한국어 🙂")
    log.warning("second \udc80")
    opened.close()
    first, second = written(home).splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} INFO test: 듣고 있습니다: 한국어 🙂", first)
    assert second.endswith("WARNING test: second \\udc80")
    assert opened.file == home.log_file
    assert told == []
    assert capfd.readouterr() == ("", "")


def test_verbose_shows_everything_on_standard_error_too(home, capfd):
    opened = set_up(home, verbose=True)
    log.debug("the key is %s", KEY)
    opened.close()
    assert "DEBUG test: the key is ***\n" in written(home)
    assert "DEBUG test: the key is ***\n" in capfd.readouterr().err


def test_after_closing_everything_is_as_it_was(home):
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    level, handlers = logging.getLogger().level, list(logging.getLogger().handlers)
    threads = threading.active_count()
    opened = set_up(home, verbose=True)
    assert sys.excepthook != hooks[0]
    opened.close()
    opened.close()
    log.error("too late")
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == hooks
    assert (logging.getLogger().level, logging.getLogger().handlers) == (level, handlers)
    assert threading.active_count() == threads
    assert "too late" not in written(home)


# -- keys ------------------------------------------------------------------------------------------------------------


def fail_with(key: str) -> None:
    try:
        raise ConnectionError(f"Incorrect API key provided: {key}. You can find it at https://x.org?key={key}&a=b")
    except ConnectionError as error:
        error.add_note(f"it was tried with {key}")
        raise RuntimeError(f"asked with {{'xi-api-key': '{key}'}}") from error


@pytest.mark.parametrize("key", [KEY, PLAIN])
def test_a_key_reaches_no_file_by_any_way(home, opened, told, key):
    conceal(PLAIN)
    headers = {"Authorization": f"Bearer {key}", "xi-api-key": key, "accept": "audio/mpeg"}
    log.info("message with %s in it", key)
    log.info(f"formatted {key} before")
    log.info("%(key)s by name", {"key": key})
    log.debug("request headers %s %r", headers, [(b"x-api-key", key.encode())])
    log.debug("options %s", json.dumps({"extra_headers": headers}), stack_info=True)
    try:
        fail_with(key)
    except RuntimeError as error:
        log.exception("the request failed")
        sys.excepthook(type(error), error, error.__traceback__)
        with contextlib.closing(asyncio.new_event_loop()) as loop:
            opened.handle_loop_exception(loop, {"message": f"late {key}", "exception": error})
    opened.close()
    text = written(home)
    assert key not in text
    assert key[:12] not in text
    assert not any(key in line for line in told)
    kept = [
        "message with *** in it", "formatted *** before", "*** by name", "'accept': 'audio/mpeg'",
        "Traceback (most recent call last)", "in fail_with", "ConnectionError: Incorrect API key provided: ***",
        "it was tried with ***", "key=***&a=b", "RuntimeError: asked with", "Stack (most recent call last)", "late ***",
    ]  # fmt: skip
    assert [words for words in kept if words not in text] == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Incorrect API key provided: sk-abcd****wxyz. You", "Incorrect API key provided: ***. You"),
        ("pcsk_4kQ9x_AbCdEf and sk_0a1b2c3d", "*** and ***"),
        ("authorization: Bearer abc.def-ghi\r\n", "authorization: ***\r\n"),
        ("'Authorization': 'Basic dXNlcjpw', 'x': 1", "'Authorization': '***', 'x': 1"),
        ("curl -H 'X-API-Key: abc' -d x", "curl -H 'X-API-Key: ***' -d x"),
        ("[(b'xi-api-key', b'abc'), (b'te', b'x')]", "[(b'xi-api-key', b'***'), (b'te', b'x')]"),
        ('{"api_key": "abc", "model": "m"}', '{"api_key": "***", "model": "m"}'),
        ("OPENAI_API_KEY=abc voicebot", "OPENAI_API_KEY=*** voicebot"),
        ("GET https://x.org/?key=abc&y=1&session_token=d#e", "GET https://x.org/?key=***&y=1&session_token=***"),
        ("http://me:word@localhost:11434/v1", "http://***@localhost:11434/v1"),
        ("Set OPENAI_API_KEY, or store a key", "Set OPENAI_API_KEY, or store a key"),
        ("task-oriented, risk-averse, a key: C major", "task-oriented, risk-averse, a key: C major"),
        ("POST https://x.org/v1/audio?model=a&language=ko", "POST https://x.org/v1/audio?model=a&language=ko"),
    ],
)  # fmt: skip
def test_what_looks_like_a_key_is_hidden_and_nothing_else(text, wanted):
    assert redact(text) == wanted


def test_a_value_too_short_to_be_a_key_is_not_registered():
    conceal("ab")
    conceal("   ")
    assert redact("a table of abbreviations") == "a table of abbreviations"


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(codec="ascii", min_codepoint=33), min_size=4, max_size=40))
def test_a_registered_value_is_hidden_in_all_its_forms(value):
    redaction._values.clear()
    conceal(value)
    for form in (value, quote(value, safe=""), json.dumps(value)[1:-1], repr(value)[1:-1]):
        assert redact(f"열쇠{form}열쇠") == "열쇠***열쇠"


@settings(deadline=None)
@given(st.text(st.sampled_from("sk-_ api_key=:'\",?&bearerauthorization://@*1"), max_size=60))
def test_hiding_twice_is_hiding_once(text):
    assert redact(redact(text)) == redact(text)


# -- bounds ----------------------------------------------------------------------------------------------------------


def test_the_files_stay_within_their_bounds(home):
    opened = set_up(home, tell=print)
    sizes = []
    for round in range(120):
        log.info("%d %s", round, "한" * 15_000)
        log.info("x" * 3_000_000 if round % 40 == 0 else "\udc80" * 15_000)
    opened.close()
    sizes = [file.stat().st_size for file in home.log.iterdir()]
    assert len(sizes) == FILES
    assert max(sizes) <= FILE_BYTES
    assert sum(sizes) > 1.5 * FILE_BYTES
    assert "119 한" in written(home)
    assert opened.dropped == 0


def test_a_record_that_is_too_long_is_cut_and_no_half_key_is_left(home, opened):
    conceal(PLAIN)
    log.info("%s%s", "y" * (logs.LONGEST - 20), PLAIN * 2)
    opened.close()
    assert f"… ({logs.LONGEST - 20 + 2 * len(PLAIN)} characters in all)" in written(home)
    assert PLAIN[:6] not in written(home)


@pytest.fixture
def stuck_disk(monkeypatch):
    """A disk that does not answer until the event is set."""
    answers = threading.Event()
    emit = logs.RotatingFileHandler.emit

    def wait_and_emit(handler, record):
        answers.wait()
        emit(handler, record)

    monkeypatch.setattr(logs._File, "emit", wait_and_emit)
    yield answers
    answers.set()


async def test_logging_never_waits_for_the_disk(home, stuck_disk, monkeypatch):
    monkeypatch.setattr(logs, "QUEUED", 50)
    opened = set_up(home, tell=print)
    for number in range(200):
        log.info("record %d", number)
    assert 149 <= opened.dropped <= 150
    stuck_disk.set()
    while not opened._queue.empty():
        await asyncio.sleep(0)
    log.info("and on")
    opened.close()
    lines = [line.partition(": ")[2] for line in written(home).splitlines()]
    reports = [line for line in lines if line.endswith("records were dropped: the disk was too slow for them")]
    assert (lines[0], lines[-1]) == ("record 0", "and on")
    assert sum(int(report.split()[0]) for report in reports) == opened.dropped
    assert len(lines) - len(reports) + opened.dropped == 201


def test_closing_does_not_wait_for_ever(home, stuck_disk, monkeypatch):
    monkeypatch.setattr(logs, "PATIENCE", 0.01)
    opened = set_up(home, tell=print)
    log.info("stuck")
    opened.close()
    stuck_disk.set()
    opened._listener._thread.join()
    for handler in opened._handlers:
        handler.close()
    assert "stuck" in written(home)


def record(message: str, *args: object) -> logging.LogRecord:
    """A record that is handed to the log alone: pytest's own handlers would format it as well."""
    return logging.LogRecord("test", logging.INFO, __file__, 7, message, args, None)


def test_a_message_may_log_while_it_is_formatted(home, opened):
    class Talkative:
        def __str__(self) -> str:
            log.info("inner")
            return "outer"

    opened._entrance.handle(record("%s", Talkative()))
    opened.close()
    assert [line[-5:] for line in written(home).splitlines()] == ["inner", "outer"]


def test_a_message_that_does_not_fit_its_arguments_costs_one_record(home, opened, capfd):
    opened._entrance.handle(record("%d apples", "three"))
    opened.close()
    assert "a message cannot be formatted (%d format: a real number is required, not str), at " in written(home)
    assert "test_logs.py:7\n" in written(home)
    assert "Traceback" not in capfd.readouterr().err


# -- the disk --------------------------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_written_costs_one_line_and_the_program_goes_on(home, told, capfd):
    home.log.write_text("a file where the folder should be")
    opened = set_up(home, tell=told.append)
    log.error("nobody reads this")
    sys.excepthook(ValueError, ValueError("x"), None)
    opened.close()
    assert opened.file is None
    assert told[0].startswith(f"Nothing is logged: {home.log_file} cannot be written (")
    assert told[1] == "Something went wrong in the program itself (ValueError: x)"
    assert capfd.readouterr() == ("", "")


def test_a_disk_that_fills_up_costs_one_line(home, told, opened, monkeypatch, capfd):
    class Full:
        def write(self, _: str) -> None:
            raise OSError(28, "No space left on device")

        def flush(self) -> None: ...
        def close(self) -> None: ...
        def tell(self) -> int:
            return 0

        def seek(self, *_: int) -> None: ...

    (file,) = [handler for handler in opened._handlers if isinstance(handler, logs._File)]
    file.setStream(Full()).close()
    for _ in range(5):
        log.error("lost")
    opened.close()
    assert told == [f"The log cannot be written: {home.log_file} ([Errno 28] No space left on device)"]
    assert "Traceback" not in capfd.readouterr().err


def test_a_file_that_cannot_be_renamed_is_emptied_and_stays_bounded(home, told, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "in use by another program")

    monkeypatch.setattr(logs.RotatingFileHandler, "rotate", refuse)
    opened = set_up(home, tell=told.append)
    for number in range(150):
        log.info("%d %s", number, "x" * 15_000)
    opened.close()
    assert [file.name for file in home.log.iterdir()] == [home.log_file.name]
    assert home.log_file.stat().st_size <= FILE_BYTES
    assert "149 x" in written(home)
    assert told == []


# -- what goes wrong unseen ------------------------------------------------------------------------------------------


def test_an_exception_in_a_thread(home, opened, told):
    thread = threading.Thread(target=fail_with, args=(KEY,), name="worker")
    thread.start()
    thread.join()
    quiet = threading.Thread(target=sys.exit)
    quiet.start()
    quiet.join()
    opened.close()
    assert "ERROR voicebot.logs: thread worker ended\nTraceback" in written(home)
    assert told == [
        "Something went wrong in the program itself (RuntimeError: asked with {'xi-api-key': '***'})"
        f". The log says more: {home.log_file}"
    ]


async def test_an_exception_in_a_callback_and_in_a_lost_task(home, opened, told):
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(opened.handle_loop_exception)

    async def lost() -> None:
        raise DeviceError("The microphone is gone", fix="Plug it in")

    loop.call_soon(int, "x")
    task = asyncio.create_task(lost(), name="lost")
    await asyncio.wait([task])
    del task
    gc.collect()
    loop.call_exception_handler({"message": "only a message"})
    opened.close()
    text = written(home)
    assert "Exception in callback int('x')" in text
    assert "ValueError: invalid literal" in text
    assert "Task exception was never retrieved, future: <Task finished name='lost'" in text
    assert "only a message" in text
    assert told[0].startswith("Something went wrong in the program itself (ValueError: invalid literal")
    assert told[1:] == ["The microphone is gone. Plug it in"]


def test_an_exception_in_a_finaliser_is_told_once(home, opened, told):
    class Broken:
        def __del__(self) -> None:
            raise OSError("too late")

    for _ in range(3):
        Broken()
    gc.collect()
    opened.close()
    assert written(home).count("__del__") >= 3
    assert written(home).count("OSError: too late") == 3
    assert len(told) == 1
    assert "OSError: too late" in told[0]


def test_the_first_cause_in_a_group_is_what_the_person_sees(home, opened, told):
    error = ExceptionGroup("unhandled errors in a TaskGroup", [ExceptionGroup("", [DeviceError("No speaker")])])
    sys.excepthook(type(error), error, None)
    opened.close()
    assert told == ["No speaker"]
    assert "unhandled errors in a TaskGroup" in written(home)


def test_interrupting_from_the_keyboard_is_no_failure(home, opened, told):
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    opened.close()
    assert told == []
    assert "Traceback" not in written(home)


def test_a_program_that_fails_shows_one_line_and_logs_the_rest(home):
    program = dedent(f"""
        import warnings, sys
        from pathlib import Path
        from voicebot.logs import set_up
        from voicebot.resources import Home
        root = Path(sys.argv[1])
        logs = set_up(Home(root / "config", root / "data", root / "cache", root / "log"))
        warnings.warn("old fashioned")
        def inner(text):
            raise LookupError(text)
        inner("no {KEY} here")
    """)
    command = [sys.executable, "-W", "always", "-c", program, str(home.log.parent)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        "Something went wrong in the program itself (LookupError: no *** here)"
        f". The log says more: {home.log_file}\n"
    )
    text = written(home)
    assert "UserWarning: old fashioned" in text
    assert "in inner" in text
    assert "LookupError: no *** here" in text
