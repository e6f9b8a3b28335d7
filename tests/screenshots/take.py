"""Takes the pictures of every screen with the real program on a virtual screen, in both themes and both languages."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.checkpoint import CHECKPOINT
from tests.desktop.app import App, Node, Screen
from tests.screenshots.papers import SOUGHT, papers
from tests.screenshots.recordings import clips, recordings
from tests.screenshots.said import CONVERSATIONS, REPLIES, fill
from voicebot.desktop.translation import read, source_file

SECTIONS = {
    "sound": "Microphone and speaker", "hearing": "Hearing", "thinking": "Thinking", "speaking": "Speaking",
    "models": "Models", "looks": "Looks", "privacy": "Privacy", "keys": "Keys", "talking": "Talking",
}  # fmt: skip
"""Of the settings, by the names of their pictures."""
STEPS = {"1": "Your microphone", "2": "Its voice", "3": "Its brain"}
"""Of the first minute."""
SCREENS = (
    *("conversation", *(f"settings-{section}" for section in SECTIONS), "key-test", "mic-doctor", "editing", "search"),
    *("failed", "narrow", "transcribe", "lab", "documents", "empty"),
    *(*(f"first-minute-{step}" for step in STEPS), "speaking", "bar"),
)
THEMES, LANGUAGES = ("light", "dark"), ("en", "ko")
WIDTH, HEIGHT = 1040, 720
NARROW = 360
SEARCHED = {"en": "busan", "ko": "부산"}
FAILED = {"en": "Which trains", "ko": "여덟 시"}


def picture(folder: Path, screen: str, theme: str, language: str) -> Path:
    return folder / f"window-{screen}-{theme}-{language}.png"


class Tour:
    """One start of the program, from screen to screen; each step is called like its picture."""

    def __init__(self, app: App, language: str, papers: Path) -> None:
        self.app = app
        self._papers = papers
        self._language = language
        words = {} if language == "en" else read(source_file(language))
        self._words = {source: text for (place, source), text in words.items() if place != "SettingsPage"}
        self._sections = {source: text for (place, source), text in words.items() if place == "SettingsPage"}

    def go(self, screen: str) -> None:
        before, _, last = screen.rpartition("-")
        if before == "settings":
            self._settings(last)
        elif before == "first-minute":
            self._first_minute(last)
        else:
            getattr(self, f"_{screen.replace('-', '_')}")()

    def word(self, english: str) -> str:
        return self._words.get(english, english)

    def _conversation(self) -> None:
        self.app.wait_for(self.word("Talk"), "Button")
        self.app.activate()
        self.app.wait_for(self.word("The microphone is armed: nothing is kept until you talk"))
        self.app.screen.xdotool("mousemove", 1270, 790)
        self._resized(WIDTH)
        self.app.wait_until(lambda: self._starting("", "ListItem"), "a conversation")

    def _settings(self, section: str) -> None:
        if self.app.find(self._sections.get("Back to the conversation", "Back to the conversation")) is None:
            self.app.click(self.word("Settings"), "Button")
        self.app.click(self._sections.get(SECTIONS[section], SECTIONS[section]), "Button")
        time.sleep(1)  # engines, devices, voices and servers are asked for

    def _first_minute(self, step: str) -> None:
        self.app.click(self.word("Set up in a minute" if step == "1" else "Next"), "Button")
        self.app.wait_for(self.word(STEPS[step]))
        time.sleep(1)

    def _mic_doctor(self) -> None:
        self.app.screen.xdotool("key", "Escape")
        self.app.wait_gone(self.word("What arrived"))
        self._settings("sound")
        self.app.click(self.word("Mic Doctor"), "Button")
        self.app.wait_for(self.word("Copy the report"), "Button")
        self.app.wait_gone(self.word("Looking…"))

    def _key_test(self) -> None:
        self.app.click(self.word("Choose and test"), "Button")
        self.app.wait_for(self.word("What arrived"))
        for _ in range(2):
            self.app.screen.xdotool("key", "space")
        self.app.wait_until(lambda: "↑" in self.app.wait_for(self.word("What arrived"))["description"], "a key")

    def _editing(self) -> None:
        for gone in (self.word("Copy the report"), self.word("Sections")):
            self.app.screen.xdotool("key", "Escape")
            self.app.wait_gone(gone)
        self._press(self._last(self.word("Edit and send again")))
        self.app.wait_until(self._edited, "the field")

    def _search(self) -> None:
        self.app.screen.xdotool("key", "Escape")
        self.app.wait_until(lambda: not self._edited(), "the end of editing")
        self.app.screen.xdotool("key", "ctrl+f")
        before = len(self._rows())
        self.app.do("commit", text=SEARCHED[self._language])
        self.app.wait_until(lambda: 0 < len(self._rows()) < before, "what was searched for")

    def _failed(self) -> None:
        self._press(self.app.wait_until(lambda: self._starting(FAILED[self._language], "ListItem"), "its row")[0])
        self.app.wait_until(lambda: self._starting(self.word("Try again"), "Button"), "the failure")

    def _narrow(self) -> None:
        self.app.click(self.word("Clear %1").replace("%1", self.word("Search everything said")), "Button")
        every = CONVERSATIONS[self._language]
        self.app.wait_until(lambda: len(self._rows()) == len(every), "all conversations")
        title = every[-1].title
        self._press(self.app.wait_until(lambda: self._starting(title, "ListItem"), "its row")[0])
        self.app.wait_until(lambda: [one for one in self.app.names() if "fahrenheit" in one], "its last answer")
        self._resized(NARROW)

    def _transcribe(self) -> None:
        self._resized(WIDTH)
        self.app.screen.xdotool("key", "ctrl+t")
        with tempfile.TemporaryDirectory(prefix="voicebot-recordings-") as folder:
            files = recordings(Path(folder), self._language)
            self.app.do("drop", paths=[str(file) for file in files])
            self._press(self._last(self.word("Transcribe %1 recordings").replace("%1", str(len(files)))))
            self.app.wait_until(lambda: self._done() == len(files), "the texts")

    def _done(self) -> int:
        begins = self.word("Done: %1 of sound").partition("%1")
        return sum(name.startswith(begins[0]) and name.endswith(begins[2]) for name in self.app.names())

    def _lab(self) -> None:
        self.app.screen.xdotool("key", "Escape")
        self._resized(WIDTH)
        self.app.screen.xdotool("key", "ctrl+b")
        with tempfile.TemporaryDirectory(prefix="voicebot-clips-") as folder:
            self.app.click(self.word("Folder or list of clips"), "EditableText")
            self.app.do("commit", text=str(clips(Path(folder), self._language)))
            if self._language == "ko":
                self.app.click(self.word("Language"), "ComboBox")
                self.app.click(self.word("Korean"), "ListItem")
            for engine in ("PocketSphinx", f"Whisper · {CHECKPOINT}"):
                named = self.word("%1: %2").replace("%1", self.word("Recognisers to compare")).replace("%2", engine)
                self.app.click(named, "CheckBox")
            self.app.click(self.word("Run"), "Button")
            self.app.wait_until(lambda: self._beginning(self.word("WER (words)")), "the result")

    def _beginning(self, name: str) -> list[str]:
        return [one for one in self.app.names() if one.startswith(f"{name}: ")]

    def _documents(self) -> None:
        self.app.screen.xdotool("key", "Escape")
        self._resized(WIDTH)
        self.app.screen.xdotool("key", "ctrl+d")
        self._papers.mkdir()
        files = papers(self._papers, self._language)
        self.app.do("drop", paths=[str(file) for file in files])
        self.app.wait_until(lambda: self._passages() >= len(files), "what was read")
        name = self.word("Search in %1").replace("%1", self.word("My documents"))
        self.app.click(name, "EditableText")
        self.app.do("commit", text=SOUGHT[self._language])
        self.app.wait_until(self._results, "what was searched for")
        self.app.click(self.word("Close the message"), "Button")

    def _passages(self) -> int:
        before, _, after = self.word("%1 passages").partition("%1")
        return sum(before in name and after in name and "·" in name for name in self.app.names()) - 1

    def _results(self) -> list[Node]:
        of = self.word("Open %1, result %2").replace("%2", "1").split("%1")
        return [one for one in self.app.nodes() if one["role"] == "Button" and all(part in one["name"] for part in of)]

    def _empty(self) -> None:
        for _ in range(2):  # out of the field, and off the page
            self.app.screen.xdotool("key", "Escape")
        self.app.wait_gone(self.word("Collections"))
        self._resized(WIDTH)
        self.app.click(self.word("New conversation"), "Button")
        self.app.wait_for(self.word("What can you do?"), "Button")

    def _speaking(self) -> None:
        self.app.click(self.word("Done"), "Button")
        self.app.click(self.word("What can you do?"), "Button")
        self.app.wait_for(self.word("Speaking"))
        end = REPLIES[self._language].split()[-1]
        self.app.wait_until(lambda: [one for one in self.app.names() if one.endswith(end)], "the whole answer")

    def _bar(self) -> None:
        self.app.do("hide_in_tray")
        self.app.wait_for(self.word("Show the window"), "Button")

    def _edited(self) -> list[Node]:
        return self._starting(self.word("Your question, edited"), "EditableText")

    def _rows(self) -> list[Node]:
        narrower = 400
        return [one for one in self.app.nodes() if one["role"] == "ListItem" and one["w"] < narrower]

    def _starting(self, name: str, role: str) -> list[Node]:
        return [one for one in self.app.nodes() if one["role"] == role and one["name"].startswith(name)]

    def _last(self, name: str) -> Node:
        return self._starting(name, "Button")[-1]

    def _press(self, node: Node) -> None:
        self.app.screen.xdotool("mousemove", node["x"], node["y"], "click", 1)

    def _resized(self, width: int) -> None:
        self.app.do("resize", width=width, height=HEIGHT)
        self.app.wait_until(lambda: self.app.do("windows")[0]["w"] == width, "its size")


@contextmanager
def tour(screen: Screen, theme: str, language: str, **environment: str) -> Iterator[Tour]:
    """The program with conversations of the language behind it, until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="voicebot-pictures-") as home:
        asyncio.run(fill(Path(home, "data", "history.db"), language, CONVERSATIONS[language]))
        replies = Path(home, "replies.md")
        replies.write_text(REPLIES[language], encoding="utf-8")
        engines = ("--stt", "scripted", "--llm", f"scripted:{replies}", "--tts", "scripted")
        looks = {"THEME": theme, "LANGUAGE": language, "REDUCED_MOTION": "true"}
        environment = {"VOICEBOT_STT_ENGINE": f"whisper:{CHECKPOINT}", **environment}  # what recordings are heard with
        running = App(
            screen, "window", *engines,
            VOICEBOT_HOME=home, **{f"VOICEBOT_DESKTOP_{name}": value for name, value in looks.items()}, **environment,
        )  # fmt: skip
        try:
            yield Tour(running, language, Path(home, "papers"))
        except BaseException:
            running.close()
            print(running.complaints)
            raise
        status = running.close()
        assert (status, running.complaints) == (0, ""), running.complaints


def take(
    screen: Screen, folder: Path, theme: str, language: str, *, until: str = SCREENS[-1], **environment: str
) -> list[Path]:
    """Take the pictures of one theme and language, up to the screen `until`; the files."""
    taken = []
    with tour(screen, theme, language, **environment) as walk:
        for name in SCREENS[: SCREENS.index(until) + 1]:
            walk.go(name)
            screen.xdotool("mousemove", 1270, 790)
            taken.append(picture(folder, name, theme, language))
            walk.app.grab(taken[-1])
    return taken


def all_pictures(folder: Path) -> None:
    """Take every picture. A virtual sound card is used, for the answers are spoken."""
    from tests.sound.server import SoundServer

    sound = SoundServer()
    sound.start()
    screen = Screen()
    os.environ.update(sound.environment)
    try:
        for theme in THEMES:
            for language in LANGUAGES:
                for file in take(screen, folder, theme, language):
                    print(file.name)
    finally:
        screen.close()
        sound.remove()
