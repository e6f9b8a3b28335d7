"""What the QML screens are given: the models they show and the commands they may give. The core's events end here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QStandardPaths, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from voicebot import __version__, autostart
from voicebot.desktop.about import About
from voicebot.desktop.appearance import Appearance
from voicebot.desktop.brain import Brain
from voicebot.desktop.conversation import Conversation
from voicebot.desktop.conversations import Conversations
from voicebot.desktop.core import Core
from voicebot.desktop.devices import Devices
from voicebot.desktop.documents import Documents
from voicebot.desktop.dropped import sorted_out
from voicebot.desktop.engines import Engines
from voicebot.desktop.entries import Role
from voicebot.desktop.keys import Keys
from voicebot.desktop.lab import Lab
from voicebot.desktop.marks import plain
from voicebot.desktop.mic_doctor import MicDoctor
from voicebot.desktop.models import Models
from voicebot.desktop.notices import Notices
from voicebot.desktop.preferences import Preferences
from voicebot.desktop.privacy import Privacy
from voicebot.desktop.spending import Spending
from voicebot.desktop.talk import Talk
from voicebot.desktop.transcriptions import Transcriptions
from voicebot.desktop.vault import Vault
from voicebot.desktop.voices import Voices
from voicebot.desktop.words import Words
from voicebot.engines import Names
from voicebot.events import NO_TURN, Event, Failed, TurnEnded, TurnId
from voicebot.session import Session

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.history import TurnOnPath

PAGE = 60
"""Turns that are read at once: more than a tall window shows."""


@dataclass(frozen=True, slots=True)
class Page:
    """Turns of a conversation: its last ones, or those before the turn `before`.

    `again` when it is the conversation that is shown, as it stands now; else it was gone to after the turn `after`.
    """

    number: int
    turns: list[TurnOnPath]
    before: TurnId | None = None
    again: bool = False
    after: TurnId | None = None


class Root(QObject):
    """`events` and `pages` are emitted on the core's thread; Qt brings them here."""

    events = Signal(object)
    pages = Signal(object)
    copied = Signal()
    trayChanged = Signal()
    barChanged = Signal()
    currentIs = Signal(int)
    filesGiven = Signal()

    def __init__(self, core: Core, opened: Session, names: Names, parent: QObject | None = None) -> None:
        super().__init__(parent)
        settings = opened.settings
        self._core = core
        self._opened = opened
        self._forked: set[TurnId] = set()
        self._first = NO_TURN
        """The first turn of the pages that were read."""
        self._older_before = NO_TURN
        """The turn before which was asked for last."""
        self._has_tray = False
        self.appearance = Appearance(settings.desktop, self.keep, self)
        self.words = Words(self.appearance.language_now, self)
        self.preferences = Preferences(core, opened, names, self.words, self)
        self.conversation = Conversation(self.words, self)
        self.conversations = Conversations(core, self.words, self)
        self.notices = Notices(self.words, self)
        self.talk = Talk(core, self.keep, settings.listening.mode == "hands-free", settings.listening.armed)
        self.keys = Keys(self.talk, self.keep, self.words, settings.desktop.global_key, self)
        self.engines = Engines(core, opened.workshop, self.preferences, self.words, self)
        self.devices = Devices(core, self)
        self.vault = Vault(core, opened.workshop.secrets, self.words, self)
        self.models = Models(
            core, opened.home.models, lambda: self.preferences.settings.downloads.mirror, self.words,
            opened.workshop.catalogue, self,
        )  # fmt: skip
        catalogue = opened.workshop.catalogue
        self.voices = Voices(core, self.preferences, self.models, catalogue, self.words, self)
        self.brain = Brain(core, self.preferences, self.models, catalogue, self.words, self)
        self.models.installedChanged.connect(self._model_changed)
        self.engines.usedChanged.connect(lambda: self.voices.follow_engine(self.engines.used_for("tts")))
        self.mic_doctor = MicDoctor(core, self.preferences, self.words, self)
        self.mic_doctor.copied.connect(self.copied)
        self.transcriptions = Transcriptions(core, opened.workshop, self.preferences, self.words, self)
        self.lab = Lab(core, opened, self.words, self)
        self.documents = Documents(core, self.preferences, self.models, catalogue, self.words, self)
        self.privacy = Privacy(core, opened.home, self)
        self.about_it = About(core, self)
        self.spending = Spending(core, opened.workshop.meter, self.preferences, self)
        self.appearance.languageChanged.connect(lambda: self.words.use(self.appearance.language_now))
        self.events.connect(self.apply)
        self.pages.connect(self._show_page)
        self.preferences.changed.connect(self._follow)
        self.vault.kept.connect(self._key_changed)
        self.currentIs.connect(self.conversations.set_current)
        self.conversations.left.connect(self.newConversation)

    def begin(self) -> None:
        """Read what was said last, and open the microphone."""
        self._core.ask(_last_page, self.pages.emit)
        self.engines.look_at_used()
        self.talk.open()
        self.conversations.refresh()
        self.documents.refresh()

    def apply(self, event: Event) -> None:
        self.conversation.apply(event)
        self.talk.apply(event)
        self.notices.apply(event)
        self.devices.apply(event)
        self.mic_doctor.apply(event)
        self.spending.apply(event)
        self.engines.apply(event)
        self.documents.apply(event)
        if isinstance(event, Failed) and event.turn != NO_TURN and not self.conversation.shows(event.turn):
            self.notices.tell(event)
        if isinstance(event, TurnEnded) and event.turn != NO_TURN:
            self.conversations.refresh()
            if event.turn in self._forked:
                self._forked.discard(event.turn)
                self._reload()
            elif not self.conversations.current:
                self._core.ask(lambda assistant: assistant.history.current or 0, self.currentIs.emit)

    def keep(self, name: str, value: object) -> None:
        """Change a setting, and write it; a failure is told."""
        self.preferences.set(name, value)
        if fault := self.preferences.property("faults").get(name):
            self.notices.said.emit(fault, "failure")

    def _model_changed(self, name: str) -> None:
        """A model came or went: the best engine on this machine may be another one now."""
        self.engines.refresh()
        engine = name.partition(":")[0]
        for stage in self.engines.stages_of(engine):
            wanted = self.preferences.engine(stage)
            if wanted in ("auto", engine, name) and not self.preferences.will_carry(f"{stage}.engine"):
                self.use(stage, wanted)

    def _key_changed(self, name: str) -> None:
        """A key was entered or removed: an engine that lacked it is taken up."""
        self.engines.refresh()
        for stage in self.engines.stages_of(name):
            wanted = self.preferences.engine(stage)
            if wanted.partition(":")[0] == name:
                self.use(stage, wanted)

    def _follow(self, name: str) -> None:
        """A setting of the window's own was changed."""
        if name.startswith("listening."):
            listening = self.preferences.settings.listening
            self.talk.listen(hands_free=listening.mode == "hands-free", armed=listening.armed)
        elif name == "desktop.bar":
            self.barChanged.emit()
        elif name == "desktop.autostart":
            self.start_at_login()

    def start_at_login(self, *, again: bool = False) -> None:
        """Do as `desktop.autostart` says. `again`: a program that has been moved since sees to its entry."""
        wanted = self.preferences.settings.desktop.autostart
        if not autostart.is_possible() or (again and not wanted):
            return
        self._core.work(lambda: None if wanted and autostart.is_on() else autostart.switch(wanted))

    def transcribe(self, files: list[str]) -> None:
        """Put files that the program was given on the page that transcribes them."""
        if self.transcriptions.add([QUrl.fromLocalFile(file) for file in files]):
            self.filesGiven.emit()

    # -- what the screen may ask for ---------------------------------------------------------------------------------

    @Slot(str)
    def ask(self, text: str) -> None:
        if text.strip():
            self._core.do(lambda assistant: assistant.ask(text))

    @Slot(int, str)
    def editAndSend(self, turn: int, text: str) -> None:
        """Ask something else in the place of a question; what followed it stays as another version."""
        if text.strip():
            self._fork(turn, lambda assistant: assistant.ask(text, instead_of=turn))

    @Slot(int)
    def regenerate(self, turn: int) -> None:
        """Have the same question answered again; what was said unasked is said again."""
        said = self.conversation.entry(turn, Role.USER)
        if said is not None and said.text:
            text = said.text
            self._fork(turn, lambda assistant: assistant.ask(text, instead_of=turn))
        else:
            self.replay(turn, Role.ASSISTANT)

    @Slot(int, str, str)
    def retry(self, turn: int, stage: str, engine: str) -> None:
        """Try a turn again, from its recording if it has one; with `engine` for `stage` ("" for the same)."""
        said = self.conversation.entry(turn, Role.USER)
        if said is None or not (said.recorded or said.text):
            if engine:
                self.use(stage, engine)
            self.regenerate(turn)
            return
        recorded, text = said.recorded, said.text
        change_engine = self._engine_change(stage, engine) if engine else None

        async def again(assistant: Assistant) -> TurnId:
            if change_engine is not None:
                await change_engine(assistant)
            if recorded:
                return await assistant.retry(turn, instead_of=turn)
            return assistant.ask(text, instead_of=turn)

        self._fork(turn, again)

    @Slot(str, str)
    def use(self, stage: str, engine: str) -> None:
        """Use another engine ("" for the settings') once it is ready; until then the one before goes on."""
        self._core.do(self._engine_change(stage, engine, once_ready=True))

    def _engine_change(
        self, stage: str, engine: str, *, once_ready: bool = False
    ) -> Callable[[Assistant], Coroutine[Any, Any, None]]:
        workshop = self._opened.workshop

        async def change_engine(assistant: Assistant) -> None:
            made = await asyncio.to_thread(getattr(workshop, stage), engine)
            voices = {"voices": workshop.voices()} if stage == "tts" else {}
            getattr(assistant, f"use_{stage}")(made, once_ready=once_ready, **voices)

        return change_engine

    @Slot(int, str)
    def replay(self, turn: int, role: str) -> None:
        """Play what the person said, or say the answer again."""
        if role == Role.USER:
            self._core.do(lambda assistant: assistant.replay(turn))
            return
        answer = self.conversation.entry(turn, Role.ASSISTANT)
        if answer is not None:
            text = answer.text
            self._core.do(lambda assistant: assistant.read_aloud(text))

    @Slot(int, str)
    def copy(self, turn: int, role: str) -> None:
        entry = self.conversation.entry(turn, Role(role))
        if entry is not None:
            self.copyText(plain(entry.text))

    @Slot(str)
    def copyText(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit()

    @Slot(str)
    def openLink(self, address: str) -> None:
        """Open a link that was clicked, when it is one for a browser."""
        url = QUrl(address)
        if url.scheme() in ("http", "https"):
            QDesktopServices.openUrl(url)

    @Slot("QVariantList", str, result=str)
    def take(self, addresses: list[QUrl | str], collection: str) -> str:
        """Take what was dropped: documents into `collection` ("" for the one that is on), all else to be transcribed.

        Returns the page on which there is something to be done about it, or "".
        """
        documents, others = sorted_out(addresses)
        if documents:
            self.documents.add(collection, documents)
        recordings = bool(others) and self.transcriptions.add(others)
        return "transcribe" if recordings else "documents" if documents else ""

    @Slot(int)
    def showVersion(self, turn: int) -> None:
        self._core.ask(lambda assistant: _version_page(assistant, turn), self.pages.emit)

    @Slot()
    def newConversation(self) -> None:
        self._core.ask(_new_page, self.pages.emit)

    @Slot(int)
    def openConversation(self, number: int) -> None:
        self._core.ask(lambda assistant: _opened_page(assistant, number), self.pages.emit)

    @Slot()
    def loadOlder(self) -> None:
        """Read the turns before the first that is shown."""
        number, first = self.conversations.property("current"), self._first
        if number and first != self._older_before:
            self._older_before = first
            self._core.ask(lambda assistant: _page(assistant, number, first), self.pages.emit)

    @Slot(int, str)
    def exportConversation(self, number: int, kind: str) -> None:
        """Write a conversation as "markdown", "json" or "folder" to the person's documents."""
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        self.conversations.export(number, kind, documents or str(Path.home()))

    def _set_has_tray(self, there: bool) -> None:
        self._has_tray = there
        self.trayChanged.emit()

    hasTray = Property(bool, lambda self: self._has_tray, _set_has_tray, notify=trayChanged)
    hasBar = Property(bool, lambda self: self.preferences.settings.desktop.bar, notify=barChanged)
    conversationModel = Property(QObject, lambda self: self.conversation, constant=True)
    conversationList = Property(QObject, lambda self: self.conversations, constant=True)
    talkState = Property(QObject, lambda self: self.talk, constant=True)
    look = Property(QObject, lambda self: self.appearance, constant=True)
    notes = Property(QObject, lambda self: self.notices, constant=True)
    keyTest = Property(QObject, lambda self: self.keys, constant=True)
    settings = Property(QObject, lambda self: self.preferences, constant=True)
    engineList = Property(QObject, lambda self: self.engines, constant=True)
    voiceList = Property(QObject, lambda self: self.voices, constant=True)
    deviceList = Property(QObject, lambda self: self.devices, constant=True)
    thinking = Property(QObject, lambda self: self.brain, constant=True)
    keyring = Property(QObject, lambda self: self.vault, constant=True)
    micDoctor = Property(QObject, lambda self: self.mic_doctor, constant=True)
    modelList = Property(QObject, lambda self: self.models, constant=True)
    transcriptionList = Property(QObject, lambda self: self.transcriptions, constant=True)
    labBench = Property(QObject, lambda self: self.lab, constant=True)
    documentList = Property(QObject, lambda self: self.documents, constant=True)
    kept = Property(QObject, lambda self: self.privacy, constant=True)
    spent = Property(QObject, lambda self: self.spending, constant=True)
    version = Property(str, lambda _: __version__, constant=True)
    about = Property(QObject, lambda self: self.about_it, constant=True)
    canStartAtLogin = Property(bool, lambda _: autostart.is_possible(), constant=True)

    # -- behind them -------------------------------------------------------------------------------------------------

    def _fork(self, turn: TurnId, command: Callable[[Assistant], Awaitable[TurnId] | TurnId]) -> None:
        """Have a turn take the place of another; when that cannot be done, the other is shown again."""

        async def forked(assistant: Assistant) -> TurnId:
            try:
                result = command(assistant)
                return await result if isinstance(result, Awaitable) else result
            except Exception:
                self.pages.emit(await _current_page(assistant))
                raise

        self.conversation.cut_from(turn)
        self._core.ask(forked, self._forked.add)

    def _reload(self) -> None:
        self._core.ask(_current_page, self.pages.emit)

    def _show_page(self, page: Page) -> None:
        first = page.turns[0].turn if page.turns else NO_TURN
        if page.before is not None:
            if page.number == self.conversations.property("current") and page.before == self._first and page.turns:
                self._first = first
                self.conversation.prepend(page.turns)
            return
        self._first, self._older_before = first, NO_TURN
        if page.again:
            self.conversation.show_again(page.turns)
        else:
            self.conversation.show(page.turns, page.after)
        self.conversations.set_current(page.number)


async def _last_page(assistant: Assistant) -> Page:
    """The conversation that was held last, to be gone on with."""
    last = assistant.turns.last
    found = await assistant.history.conversations(limit=500)
    latest = max(found, key=lambda one: one.changed, default=None)
    return await _opened_page(assistant, latest.id) if latest is not None else Page(0, [], after=last)


async def _opened_page(assistant: Assistant, number: int) -> Page:
    after = await _left(assistant)
    await assistant.history.open_conversation(number)
    return replace(await _page(assistant, number), after=after)


async def _new_page(assistant: Assistant) -> Page:
    after = await _left(assistant)
    await assistant.history.begin_conversation()
    return Page(0, [], after=after)


async def _version_page(assistant: Assistant, turn: TurnId) -> Page:
    after = await _left(assistant)
    await assistant.history.show_version(turn)
    return replace(await _page(assistant, assistant.history.current or 0), after=after)


async def _left(assistant: Assistant) -> TurnId:
    """End what goes on in a conversation that is left, and return the last turn that was in it."""
    assistant.interrupt("new question")
    last = assistant.turns.last
    await assistant.turns.settled()
    return last


async def _current_page(assistant: Assistant) -> Page:
    return replace(await _page(assistant, assistant.history.current or 0), again=True)


async def _page(assistant: Assistant, number: int, before: TurnId | None = None) -> Page:
    turns = await assistant.history.path(number, before, PAGE) if number else []
    return Page(number, turns, before)
