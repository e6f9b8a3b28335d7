"""How long a download may wait for what, and how often it tries again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Times in seconds, amounts in bytes."""

    connect: float = 10.0
    silence: float = 20.0
    """Without a byte, after which the line counts as broken."""
    crawl: float = 30.0
    """Slower than `crawl_speed` for this long is given up."""
    crawl_speed: float = 1000.0
    """Bytes per second."""
    listing: float = 60.0
    """For a hub to tell of a model's files."""
    tries: int = 6
    """In a row, none of which brought as much as `worthwhile`."""
    worthwhile: int = 1 << 20
    first_pause: float = 1.0
    """Before the second try; doubled for each one after it, up to `longest_pause`."""
    longest_pause: float = 30.0
    retry_after: float = 120.0
    """The longest wait that a server may ask for."""
    other_process: float = 7200.0
    """To wait while another process fetches the same model, looking every `poll`."""
    poll: float = 0.25
    margin: int = 256 << 20
    """Left free on the disk."""
    excess: int = 1 << 20
    """More than the expected size by this much is certainly the wrong file."""
    block: int = 1 << 20
    """Written to disk at a time, or less, every `report`."""
    report: float = 0.2


LIMITS = Limits()


class Retries:
    """Counts tries that brought little; bytes that were fetched before, and lost, do not count twice."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._furthest = 0
        self.failures = 0

    def pause(self, done: int, asked: float | None) -> float | None:
        """Seconds to wait, as the server `asked` if it did, with `done` bytes here; None when enough was tried."""
        if done - self._furthest >= self._limits.worthwhile:
            self.failures = 0
        self._furthest = max(self._furthest, done)
        self.failures += 1
        if self.failures >= self._limits.tries:
            return None
        pause = self._limits.first_pause * 2.0 ** (self.failures - 1)
        return min(pause, self._limits.longest_pause) if asked is None else asked


class Crawl:
    """Notices a server that sends, but next to nothing."""

    def __init__(self, limits: Limits, now: float) -> None:
        self._limits = limits
        self._since = now
        self._count = 0

    def sees(self, count: int, now: float) -> bool:
        """True when, with these `count` bytes, the last stretch of time brought too little."""
        self._count += count
        elapsed = now - self._since
        if elapsed < self._limits.crawl:
            return False
        slow = self._count < self._limits.crawl_speed * elapsed
        self._since, self._count = now, 0
        return slow
