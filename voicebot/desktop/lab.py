"""The Lab in the window: what is to be compared, how far a run is, the runs that are kept, and what one came to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Property, QObject, QStandardPaths, QUrl, Signal, Slot

from voicebot.desktop.core import Core
from voicebot.desktop.lab_choices import Candidates, Choices, candidates, planned
from voicebot.desktop.lab_listening import BlindTest
from voicebot.desktop.lab_results import Shown, shown
from voicebot.desktop.lab_running import Listed, Step, begun, carried_out, exported, listed, played
from voicebot.desktop.words import Words
from voicebot.errors import VoicebotError
from voicebot.session import Session

if TYPE_CHECKING:
    from voicebot.assistant import Assistant
    from voicebot.lab.manifests import Entry


class Lab(QObject):
    """Everything is read and done on the core's side; signals bring it here."""

    changed = Signal()
    """What can be chosen, how far a run is, or which there are."""
    shownChanged = Signal()
    exported = Signal(str)
    _took = Signal(object, object)
    """From the core's thread: what takes something here, and that."""

    def __init__(self, core: Core, opened: Session, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._core, self._home, self._workshop, self._words = core, opened.home, opened.workshop, words
        self._candidates = Candidates()
        self._runs: list[Listed] = []
        self._shown: Shown | None = None
        self._wanted = ("", "")
        """The run to be shown, and the one to compare it with."""
        self._standing = ""
        self._step = Step()
        self._fault: VoicebotError | None = None
        self._cancel: Callable[[], None] | None = None
        self.listening = BlindTest(core, words, self)
        self.listening.ended.connect(self._show_again)
        self._took.connect(lambda take, what: take(what))
        words.changed.connect(self.changed)
        words.changed.connect(self.shownChanged)

    # -- what the screen may ask for ---------------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Look for engines, voices and runs."""
        workshop = self._workshop

        async def look() -> None:
            self._took.emit(self._take_candidates, await candidates(workshop))

        self._core.run(look)
        self._list_runs()

    @Slot("QVariantMap")
    def begin(self, chosen: dict[str, Any]) -> None:
        """Begin a run: {kind, source, language, recognisers, voices, stresses}, see `Choices`."""
        lists = {name: tuple(chosen.get(name) or ()) for name in ("recognisers", "voices", "stresses")}
        choices = Choices(chosen["kind"], chosen.get("source", "").strip(), chosen["language"], **lists)
        if choices.kind == "stt" and not choices.source:
            take: Callable[[Any], None] = partial(self._took.emit, partial(self._begin, choices))
            self._core.ask(_recordings, take)
        else:
            self._begin(choices)

    @Slot()
    def stop(self) -> None:
        """Stop the run at work; what is done is kept, and it can be gone on with."""
        if self._cancel is not None:
            self._cancel()

    @Slot(str, bool)
    def goOn(self, number: str, again: bool) -> None:
        """Go on with a run; with `again` its trials that failed are tried once more."""
        if (found := self._find(number)) is not None:
            self._carry_out(lambda: found.run, again=again)

    @Slot(str, str)
    def show(self, number: str, other: str) -> None:
        """Show what a run came to, beside another one where one is named."""
        one, beside = self._find(number), self._find(other)
        self._wanted = (number, other if beside is not None else "")
        if one is not None:
            read = partial(shown, one.run, beside.run if beside is not None else None)
            self._work(read, self._take_shown)

    @Slot(str)
    def remove(self, number: str) -> None:
        """Delete a run and all that came of it."""
        if (found := self._find(number)) is not None:
            self._work(found.run.remove, lambda _: self._list_runs())
            if self._shown is not None and self._shown.run.id == number:
                self._take_shown(None)

    @Slot(str)
    def export(self, form: str) -> None:
        """Write the run that is shown as "html", "csv" or "json" among the documents; `exported` says where."""
        if self._shown is not None:
            numbers = (self._shown.run.id, self._shown.other)
            runs = [found.run for number in numbers if (found := self._find(number)) is not None]
            folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
            language = self._words.language
            self._work(lambda: exported(runs, Path(folder or Path.home()), form, language), self.exported.emit)

    @Slot(str)
    def play(self, file: str) -> None:
        """Play a clip, or what a voice said; Stop ends it, as it ends an answer."""
        self._core.do(lambda assistant: played(assistant, Path(file)), stage="speaker")

    @Slot(str, str)
    def listen(self, first: str, second: str) -> None:
        """Begin, or go on with, the blind test of two voices of the run that is shown."""
        if self._shown is not None:
            self.listening.begin(self._shown.run, first, second)

    @Slot(QUrl, result=str)
    def local(self, address: QUrl) -> str:
        """The path of a file or folder that was chosen in a dialog."""
        return address.toLocalFile()

    # -- a run at work -----------------------------------------------------------------------------------------------

    def _begin(self, choices: Choices, entries: Any = ()) -> None:
        self._carry_out(lambda: begun(self._home, lambda: planned(choices, entries)))

    def _carry_out(self, make: Callable[[], Any], *, again: bool = False) -> None:
        if self._standing:
            return
        self._standing, self._fault, self._step = "preparing", None, Step()
        self.changed.emit()
        tell = partial(self._took.emit, self._take_step)
        self._cancel = self._core.run(lambda: carried_out(self._workshop, make, tell, again=again))

    def _take_step(self, step: Step) -> None:
        self._standing = "" if step.last else "running"
        self._fault = step.fault
        if step.last:
            self._cancel = None
            self._list_runs(step.run.id if step.run is not None else "")
        if step.progress is not None or step.last:
            self._step = step
        self.changed.emit()

    # -- what was read -----------------------------------------------------------------------------------------------

    def _work(self, job: Callable[[], Any], take: Callable[[Any], None]) -> None:
        self._core.work(job, lambda found: self._took.emit(take, found))

    def _list_runs(self, show: str = "") -> None:
        def take(found: list[Listed]) -> None:
            self._runs = found
            self.changed.emit()
            if show:
                self.show(show, "")

        self._work(lambda: listed(self._home, self._workshop), take)

    def _show_again(self) -> None:
        self.show(*self._wanted)

    def _take_candidates(self, found: Candidates) -> None:
        self._candidates = found
        self.changed.emit()

    def _take_shown(self, found: Shown | None) -> None:
        if found is None or (found.run.id, found.other) == self._wanted:
            self._shown = found
            self.shownChanged.emit()

    def _find(self, number: str) -> Listed | None:
        return next((one for one in self._runs if one.run.id == number), None)

    # -- as the screen sees it ---------------------------------------------------------------------------------------

    def _as_rows(self) -> list[dict[str, Any]]:
        return [
            {
                "id": one.run.id,
                "kind": one.run.plan.kind,
                "name": one.run.plan.name,
                "created": one.run.plan.created[:16].replace("T", " "),
                "done": one.done,
                "total": one.run.plan.trials,
                "failed": one.failed,
                "sends": one.sends,
            }
            for one in self._runs
        ]

    def _as_progress(self) -> dict[str, Any]:
        from voicebot.transcription.formats import clock

        now = self._step.progress
        if now is None:
            return {}
        left = "" if now.seconds_left is None else clock(now.seconds_left)
        failure = self._words.text(now.failure)
        return {"done": now.done, "total": now.total, "left": left, "failed": now.failed, "failure": failure}

    def _as_result(self) -> dict[str, Any]:
        found = self._shown
        if found is None:
            return {}
        return {
            "id": found.run.id,
            "kind": found.run.plan.kind,
            "name": found.run.plan.name,
            "other": found.other,
            "done": found.results,
            "total": found.run.plan.trials,
            "skipped": list(found.skipped),
            "voices": list(found.voices),
            "rows": [self._row(row, found.before) for row in found.rows],
            "preferences": [preference(one) for one in found.preferences],
        }

    def _row(self, row: Any, before: dict[tuple[str, ...], dict[str, str]]) -> dict[str, Any]:
        then = before.get(row.key, {})
        figures = [{"name": name, "value": value, "before": then.get(name, "")} for name, value in row.figures]
        kept = {"trials": row.trials, "failed": row.failed, "failure": self._words.text(row.failure)}
        return {"voice": "", "engine": "", "stress": "", **row.names, "figures": figures, **kept}

    def _as_trials(self) -> list[dict[str, Any]]:
        found = self._shown.trials if self._shown is not None else ()
        return [{**one, "failure": self._words.text(one["failure"])} for one in found]

    def _as_fault(self) -> str:
        fault = self._fault
        return "" if fault is None else self._words.line(fault.what, fault.why, fault.fix)

    recognisers = Property("QVariantList", lambda self: list(map(asdict, self._candidates.recognisers)), notify=changed)  # type: ignore[arg-type]
    voices = Property("QVariantList", lambda self: list(map(asdict, self._candidates.voices)), notify=changed)  # type: ignore[arg-type]
    languages = Property("QVariantList", lambda self: list(self._workshop.settings.stt.languages), notify=changed)  # type: ignore[arg-type]
    runs = Property("QVariantList", _as_rows, notify=changed)  # type: ignore[arg-type]
    standing = Property(str, lambda self: self._standing, notify=changed)
    """"" for none, "preparing", or "running"."""
    progress = Property("QVariantMap", _as_progress, notify=changed)  # type: ignore[arg-type]
    fault = Property(str, _as_fault, notify=changed)
    result = Property("QVariantMap", _as_result, notify=shownChanged)  # type: ignore[arg-type]
    trials = Property("QVariantList", _as_trials, notify=shownChanged)  # type: ignore[arg-type]
    blind = Property(QObject, lambda self: self.listening, constant=True)


async def _recordings(assistant: Assistant) -> list[Entry]:
    from voicebot.lab.clips import recorded

    return await recorded(assistant.history)


def preference(one: Any) -> dict[str, Any]:
    """A listening test's result for the screen."""
    sure = one.share is not None
    return {
        "first": one.first,
        "second": one.second,
        "firstPreferred": one.first_preferred,
        "secondPreferred": one.second_preferred,
        "same": one.same,
        "share": f"{one.share:.0%}" if sure else "",
        "interval": f"{one.low:.0%}–{one.high:.0%}" if sure else "",
        "p": f"{one.p:.3f}" if sure else "",
    }
