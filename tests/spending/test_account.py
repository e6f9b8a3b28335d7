"""The meter over a real ledger: what is written down, when the cap stops a request, and what a broken file does."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import sqlite3
from pathlib import Path

import pytest

from tests.spending.fake import NOVEMBER, account
from voicebot.errors import EngineError, EngineUnavailable, VoicebotError
from voicebot.spending import Account, Kind, Tally, counting

DAY = 86_400.0


async def use(meter: Account, seconds: float, model: str = "ear", service: str = "openai") -> None:
    """A request that uses what was expected; a second of "ear" costs 0.001 dollars."""
    async with meter.request(service, model, {Kind.SECONDS: seconds}) as request:
        request.used({Kind.SECONDS: seconds})


def month(meter: Account, name: str = "2026-11") -> float:
    meter.close()
    return meter.month(name).usd


async def test_what_was_used_is_on_disk_with_its_price(tmp_path: Path) -> None:
    meter = account(tmp_path / "data" / "spending.db")
    async with meter.request("openai", "m1", {Kind.INPUT_TOKENS: 100}) as request:
        request.used({Kind.INPUT_TOKENS: 1000, Kind.CACHED_TOKENS: 1000, Kind.OUTPUT_TOKENS: 100})
    meter.close()
    found = account(tmp_path / "data" / "spending.db").month()
    assert found.month == "2026-11"
    assert found.usd == pytest.approx(0.0025)
    assert not found.estimate
    assert {(line.kind, line.amount) for line in found.lines} == {
        ("input tokens", 1000.0), ("cached input tokens", 1000.0), ("output tokens", 100.0)
    }  # fmt: skip


async def test_looking_makes_no_file(tmp_path: Path) -> None:
    assert account(tmp_path / "spending.db").month().lines == ()
    assert not list(tmp_path.iterdir())


async def test_a_refused_request_counts_nothing(tmp_path: Path) -> None:
    meter = account(tmp_path / "spending.db")
    with pytest.raises(EngineError):
        async with meter.request("openai", "ear", {Kind.SECONDS: 10}):
            raise EngineError("the service refused the request")
    assert month(meter) == 0


async def test_a_cancelled_request_counts_what_it_had_used_or_else_what_was_expected(tmp_path: Path) -> None:
    meter = account(tmp_path / "spending.db")
    begun: list[asyncio.Event] = [asyncio.Event(), asyncio.Event()]

    async def ask(number: int, used: float | None) -> None:
        async with meter.request("openai", "ear", {Kind.SECONDS: 10}) as request:
            if used is not None:
                request.used({Kind.SECONDS: used})
            begun[number].set()
            await asyncio.Event().wait()

    for number, used in enumerate((3.0, None)):
        task = asyncio.create_task(ask(number, used))
        await begun[number].wait()
        task.cancel()
        await asyncio.wait([task])
    meter.close()
    [line] = meter.month().lines
    assert line.amount == 13.0
    assert line.estimate  # the second is not known exactly


async def test_a_stream_that_breaks_counts_what_it_had_used(tmp_path: Path) -> None:
    meter = account(tmp_path / "spending.db")
    with pytest.raises(EngineError):
        async with meter.request("openai", "ear", {Kind.SECONDS: 10}) as request:
            request.used({Kind.SECONDS: 4})
            raise EngineError("the service broke off")
    assert month(meter) == pytest.approx(0.004)


async def test_the_cap_stops_what_would_pass_it_with_one_plain_sentence(tmp_path: Path) -> None:
    meter = account(tmp_path / "spending.db", cap=0.05)
    await use(meter, 40)
    with pytest.raises(EngineUnavailable) as caught:
        await use(meter, 11)
    assert caught.value.what == "This month's cap of $0.05 is reached"
    assert "spending.cap" in caught.value.fix
    await use(meter, 10)
    with pytest.raises(EngineUnavailable) as caught:
        await use(meter, 1)
    assert str(caught.value) == (
        "This month's cap of $0.05 is reached. Raise spending.cap in the settings, or choose an engine on this computer"
    )
    assert month(meter) == pytest.approx(0.05)


async def test_what_is_on_its_way_counts_against_the_cap(tmp_path: Path) -> None:
    meter = account(tmp_path / "spending.db", cap=0.05)
    async with meter.request("openai", "ear", {Kind.SECONDS: 40}):
        with pytest.raises(EngineUnavailable):
            await use(meter, 20)


async def test_a_reached_cap_stops_a_model_without_a_price_too_and_no_other_service(tmp_path: Path) -> None:
    meter = account(tmp_path / "spending.db", cap=0.05)
    await use(meter, 50)
    with pytest.raises(EngineUnavailable):
        await use(meter, 1, model="unknown")
    await use(meter, 1, service="example.org")
    meter.close()
    assert [(line.service, line.priced) for line in meter.month().lines] == [("openai", True), ("example.org", False)]


async def test_a_new_month_begins_at_nothing(tmp_path: Path) -> None:
    now = [NOVEMBER]
    meter = account(tmp_path / "spending.db", cap=0.05, now=lambda: now[0])
    await use(meter, 50)
    now[0] += 15.4 * DAY  # 30 November, 21:36 UTC
    with pytest.raises(EngineUnavailable):
        await use(meter, 1)
    now[0] += 0.2 * DAY
    await use(meter, 20)
    assert month(meter, "2026-11") == pytest.approx(0.05)
    assert month(meter, "2026-12") == pytest.approx(0.02)


async def test_a_request_belongs_to_the_month_in_which_it_began(tmp_path: Path) -> None:
    now = [NOVEMBER]
    meter = account(tmp_path / "spending.db", now=lambda: now[0])
    async with meter.request("openai", "ear", {Kind.SECONDS: 10}) as request:
        now[0] += 30 * DAY
        request.used({Kind.SECONDS: 20})
    assert (month(meter, "2026-11"), month(meter, "2026-12")) == (pytest.approx(0.02), 0)


async def test_what_was_in_vain_is_told_also_when_it_is_counted_later(tmp_path: Path) -> None:
    meter = account(tmp_path / "spending.db")
    tally = Tally(7)
    with counting(tally):
        await use(meter, 10)
        async with meter.request("openai", "ear", {Kind.SECONDS: 5}) as request:
            tally.waste()
            request.used({Kind.SECONDS: 6})
    await use(meter, 4)
    meter.close()
    assert meter.month().usd == pytest.approx(0.020)
    assert meter.month().wasted == pytest.approx(0.016)
    assert [(one.amount, one.wasted) for one in tally.uses] == [(10, True), (6, True)]
    with sqlite3.connect(tmp_path / "spending.db") as database:
        assert database.execute("SELECT DISTINCT turn FROM use ORDER BY turn").fetchall() == [(None,), (7,)]


def spend(file: Path, times: int) -> None:
    """In another process: up to `times` seconds, until the cap stops it."""

    async def main() -> None:
        meter = account(file, cap=0.05)
        for _ in range(times):
            try:
                await use(meter, 1)
            except EngineUnavailable:
                break
        meter.close()

    asyncio.run(main())


def die_on_the_way(file: Path) -> None:
    """In another process: killed in the middle of a request."""

    async def main() -> None:
        meter = account(file, cap=1.0)
        async with meter.request("openai", "ear", {Kind.SECONDS: 10}):
            os.kill(os.getpid(), signal.SIGKILL)

    asyncio.run(main())


def in_processes(*works: tuple) -> list[int | None]:
    context = multiprocessing.get_context("fork")
    running = [context.Process(target=work, args=given) for work, *given in works]
    for process in running:
        process.start()
    for process in running:
        process.join(30)
    return [process.exitcode for process in running]


def test_two_programs_never_pass_the_cap_together(tmp_path: Path) -> None:
    file = tmp_path / "spending.db"
    assert in_processes((spend, file, 40), (spend, file, 40)) == [0, 0]
    assert month(account(file)) == pytest.approx(0.05)


def test_a_program_that_is_killed_has_written_down_what_it_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "spending.db"
    assert in_processes((die_on_the_way, file)) == [-signal.SIGKILL]
    found = account(file).month()
    assert (found.usd, found.estimate) == (pytest.approx(0.010), True)


async def troubles(meter: Account) -> list[VoicebotError]:
    told: list[VoicebotError] = []
    meter.tell = told.append
    await use(meter, 10)
    await use(meter, 20)
    meter_month = await asyncio.to_thread(meter.month)
    assert meter_month.usd == pytest.approx(0.030)
    await asyncio.sleep(0)
    return told


@pytest.mark.expects_warnings
async def test_a_broken_ledger_is_kept_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    file = tmp_path / "spending.db"
    file.write_bytes(b"this is no database" * 100)
    [trouble] = await troubles(account(file))
    assert trouble.what == "What paid engines cost is counted anew"
    [kept] = tmp_path.glob("spending.db.broken-*")
    assert kept.name in trouble.why
    assert kept.read_bytes().startswith(b"this is no database")


@pytest.mark.expects_warnings
def test_what_was_found_broken_while_looking_is_told_with_the_first_request(tmp_path: Path) -> None:
    file = tmp_path / "spending.db"
    file.write_bytes(b"this is no database" * 100)
    meter, told = account(file), list[VoicebotError]()
    meter.tell = told.append
    assert meter.month().lines == ()
    assert not told
    asyncio.run(use(meter, 1))
    asyncio.run(use(meter, 1))
    assert [trouble.what for trouble in told] == ["What paid engines cost is counted anew"]


@pytest.mark.expects_warnings
async def test_a_ledger_that_cannot_be_written_is_told_once_and_counted_in_memory(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    [trouble] = await troubles(account(tmp_path / "data" / "spending.db"))
    assert trouble.what == "What paid engines cost is counted only until Voicebot ends"


@pytest.mark.expects_warnings
async def test_a_ledger_that_breaks_meanwhile_keeps_the_cap(tmp_path: Path) -> None:
    file = tmp_path / "spending.db"
    meter = account(file, cap=0.05)
    await use(meter, 40)
    meter.submit(lambda ledger: ledger._database.execute("PRAGMA query_only = 1")).result()
    await use(meter, 5)
    with pytest.raises(EngineUnavailable):
        await use(meter, 6)
    assert meter.trouble is not None
