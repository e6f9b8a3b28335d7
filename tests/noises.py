"""Sounds that are not speech, made by code: a room, machines, music, hands and throats. The same for the same seed.

`noise("fan", 10.0, -40.0, seed=1)` is ten seconds of a fan at -40 dBFS: mono float32 at 16 kHz. `KINDS` names them all.
The level is that of the loud parts (`at_level`), so that a clap of -20 dBFS is as loud as a word of -20 dBFS.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from voicebot.audio.chime import chime

RATE = 16_000
BLOCK = 512
Signal = NDArray[np.float64]
Random = np.random.Generator
Maker = Callable[[float, Random], Signal]


def noise(kind: str, seconds: float, level: float, seed: int = 0) -> NDArray[np.float32]:
    """`seconds` of one of `KINDS`, its loud parts at `level` dBFS."""
    random = np.random.default_rng([seed, *kind.encode()])
    return at_level(KINDS[kind](seconds, random), level)


def at_level(signal: Signal | NDArray[np.float32], level: float) -> NDArray[np.float32]:
    """The signal with `level` dBFS (RMS) over those blocks of 32 ms that are within 20 dB of the loudest."""
    whole = signal[: len(signal) // BLOCK * BLOCK].reshape(-1, BLOCK)
    power = (whole.astype(np.float64) ** 2).mean(axis=1)
    if not len(power) or power.max() == 0.0:
        return signal.astype(np.float32)
    loud = power[power > power.max() / 100].mean()
    return np.clip(signal * 10 ** (level / 20) / np.sqrt(loud), -1.0, 1.0).astype(np.float32)


def room(seconds: float, level: float = -60.0, seed: int = 0) -> NDArray[np.float32]:
    """The noise floor of a quiet room: between white and brown."""
    return noise("pink", seconds, level, seed)


# -- the means --------------------------------------------------------------------------------------------------------


def _times(seconds: float) -> Signal:
    return np.arange(round(seconds * RATE)) / RATE


def _white(seconds: float, random: Random) -> Signal:
    return random.standard_normal(round(seconds * RATE))


def _filtered(signal: Signal, gain: Callable[[Signal], Signal]) -> Signal:
    """The signal through a filter of zero phase; `gain` of frequencies in Hz, as amplitude."""
    size = 1 << (len(signal) - 1).bit_length() if len(signal) > 1 else 2
    spectrum = np.fft.rfft(signal, size)
    return np.fft.irfft(spectrum * gain(np.fft.rfftfreq(size, 1 / RATE)), size)[: len(signal)]


def _band(low: float, high: float, steepness: int = 2) -> Callable[[Signal], Signal]:
    """Butterworth-like: -3 dB at `low` and `high` Hz."""

    def gain(hertz: Signal) -> Signal:
        rise = (hertz / low) ** (2 * steepness) if low else np.inf
        return np.sqrt(1 / (1 + (hertz / high) ** (2 * steepness)) * (rise / (1 + rise) if low else 1.0))

    return gain


def _resonances(*peaks: tuple[float, float, float]) -> Callable[[Signal], Signal]:
    """Formants, each (Hz, width in Hz, amplitude)."""
    return lambda hertz: sum((a / np.sqrt(1 + ((hertz - f) / (w / 2)) ** 2) for f, w, a in peaks), np.zeros_like(hertz))


def _tone(pitch: Signal, amplitudes: Sequence[float]) -> Signal:
    """Harmonics of a pitch that changes with time (Hz, one a sample); none above the Nyquist frequency."""
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    total = np.zeros_like(pitch)
    for number, amplitude in enumerate(amplitudes, start=1):
        total += amplitude * np.sin(number * phase) * (number * pitch < RATE / 2)
    return total


def _wander(length: int, rate: float, random: Random) -> Signal:
    """A slow random curve with a standard deviation of about 1, which turns about `rate` times a second."""
    points = random.standard_normal(max(4, int(length / RATE * rate * 2) + 4))
    return np.interp(np.linspace(0, len(points) - 1, length), np.arange(len(points)), points)


def _decay(seconds: float, attack: float, fall: float) -> Signal:
    times = _times(seconds)
    return np.minimum(1.0, times / attack) * np.exp(-times / fall)


def _at_times(seconds: float, starts: Sequence[float] | Signal, sound: Callable[[], Signal]) -> Signal:
    """`sound()` again and again, beginning at `starts` (seconds)."""
    total = np.zeros(round(seconds * RATE))
    for start in starts:
        first = round(start * RATE)
        piece = sound()[: max(0, len(total) - first)]
        total[first : first + len(piece)] += piece
    return total


def _now_and_then(seconds: float, gap: tuple[float, float], random: Random) -> Signal:
    """Moments with random gaps between two lengths, in seconds."""
    gaps = random.uniform(*gap, int(seconds / gap[0]) + 2)
    moments = 0.2 + np.cumsum(gaps) - gaps[0]
    return moments[moments < seconds]


# -- rooms and machines -----------------------------------------------------------------------------------------------


def silence(seconds: float, random: Random) -> Signal:
    return np.zeros(round(seconds * RATE))


def hum(hertz: float) -> Maker:
    def make(seconds: float, random: Random) -> Signal:
        amplitudes = [random.uniform(0.3, 1.0) / number for number in range(1, 16)]
        pitch = hertz * (1 + 0.0005 * _wander(round(seconds * RATE), 0.3, random))
        return _tone(pitch, amplitudes)

    return make


def coloured(slope: float) -> Maker:
    """Noise whose amplitude falls with the frequency to the power of `slope`: 0 white, 0.5 pink, 1 brown."""

    def make(seconds: float, random: Random) -> Signal:
        return _filtered(_white(seconds, random), lambda hertz: np.maximum(hertz, 20.0) ** -slope)

    return make


def fan(seconds: float, random: Random) -> Signal:
    """Air through a grille, the blades' tone, and a wobble of a few turns a second."""
    length = round(seconds * RATE)
    air = _filtered(_white(seconds, random), _band(60, random.uniform(500, 1500), 1))
    blades = _tone(random.uniform(70, 160) * (1 + 0.004 * _wander(length, 0.5, random)), [1.0, 0.6, 0.3, 0.15])
    wobble = 1 + 0.3 * np.sin(2 * np.pi * random.uniform(1, 9) * _times(seconds)) + 0.1 * _wander(length, 2, random)
    return (air / air.std() + random.uniform(0.1, 0.5) * blades) * wobble


def air_conditioner(seconds: float, random: Random) -> Signal:
    """Broad noise with a duct's resonances, a compressor, and slow swells."""
    length = round(seconds * RATE)
    duct = _resonances((180, 120, 1.0), (random.uniform(350, 700), 250, 0.6), (1500, 1500, 0.25))
    air = _filtered(_white(seconds, random), duct)
    motor = hum(50.0)(seconds, random)
    return (air / air.std() + 0.5 * motor) * (1 + 0.35 * np.clip(_wander(length, 0.4, random), -2, 2))


def rain(seconds: float, random: Random) -> Signal:
    def drop() -> Signal:
        hertz = random.uniform(900, 5000)
        tone = np.sin(2 * np.pi * hertz * _times(0.03)) * _decay(0.03, 0.0005, random.uniform(0.002, 0.008))
        return random.uniform(0.2, 1.0) ** 3 * tone

    steady = _filtered(_white(seconds, random), _band(400, 6000, 1))
    starts = random.uniform(0, seconds, round(40 * seconds))
    return steady / steady.std() * 0.1 + 0.5 * _at_times(seconds, starts, drop)


def vacuum_cleaner(seconds: float, random: Random) -> Signal:
    length = round(seconds * RATE)
    air = _filtered(_white(seconds, random), _resonances((300, 200, 1), (800, 500, 0.8), (2500, 2500, 0.6)))
    motor = _tone(random.uniform(180, 320) * (1 + 0.03 * _wander(length, 0.7, random)), [1, 0.5, 0.7, 0.3, 0.3, 0.2])
    return air / air.std() + 0.6 * motor


# -- music ------------------------------------------------------------------------------------------------------------

PROGRESSIONS = ((0, 5, 7, 0), (0, 9, 5, 7), (9, 5, 0, 7), (2, 7, 0, 9))
SCALE = (0, 2, 4, 5, 7, 9, 11)


def _hertz(note: float) -> float:
    return 440.0 * 2 ** ((note - 69) / 12)


def _chord(root: int) -> tuple[int, int, int]:
    return (root, root + (3 if root % 12 in (2, 4, 9) else 4), root + 7)


def _saw(count: int) -> list[float]:
    return [1 / number for number in range(1, count + 1)]


def pad(seconds: float, random: Random) -> Signal:
    """Slow chords of three detuned strings."""
    bar = random.uniform(1.6, 3.0)
    roots = cycle(PROGRESSIONS[random.integers(len(PROGRESSIONS))])

    def chord() -> Signal:
        times = _times(bar * 1.1)
        swell = np.minimum(1, times / 0.3) * np.minimum(1, (bar * 1.1 - times) / 0.3)
        notes = [note + detune for note in _chord(48 + next(roots)) for detune in (-0.06, 0.05)]
        return swell * sum(_tone(np.full(len(times), _hertz(note)), _saw(12)) for note in notes)

    return _filtered(_at_times(seconds, np.arange(0, seconds, bar), chord), _band(80, 3000, 1))


def arpeggio(seconds: float, random: Random) -> Signal:
    """Plucked strings, note after note."""
    step = random.uniform(0.12, 0.3)
    progression = PROGRESSIONS[random.integers(len(PROGRESSIONS))]
    notes = cycle([60 + root + offset for root in progression for offset in (0, 4, 7, 12, 7, 4, 7, 12)])

    def pluck() -> Signal:
        hertz = _hertz(next(notes))
        times = _times(0.9)
        parts = range(1, 9)
        return sum(np.sin(2 * np.pi * hertz * k * times) * np.exp(-times * (2 + 1.5 * k)) / k for k in parts)  # type: ignore[return-value]

    return _at_times(seconds, np.arange(0, seconds, step), pluck)


def piano(seconds: float, random: Random) -> Signal:
    """A tune over chords: hammered strings whose overtones are a little sharp."""
    beat = random.uniform(0.3, 0.55)
    walk = 67 + np.cumsum(random.integers(-2, 3, int(seconds / beat) + 1)) % 17
    tune = iter(walk)
    roots = cycle(PROGRESSIONS[random.integers(len(PROGRESSIONS))])

    def struck(note: float, length: float = 1.4) -> Signal:
        times, hertz = _times(length), _hertz(note)
        total = np.zeros(len(times))
        for k in range(1, 11):
            sharp = hertz * k * np.sqrt(1 + 0.0004 * k * k)
            if sharp < RATE / 2:
                total += np.sin(2 * np.pi * sharp * times) * np.exp(-times * (1.5 + 0.7 * k)) / k**1.3
        return total * np.minimum(1, times / 0.003)

    melody = _at_times(seconds, np.arange(0, seconds, beat), lambda: struck(next(tune)))
    chords = _at_times(
        seconds, np.arange(0, seconds, 4 * beat), lambda: sum(struck(n, 2.5) for n in _chord(48 + next(roots)))
    )
    return melody + 0.5 * chords


def _melody(seconds: float, random: Random, low: int, high: int, vibrato: float) -> tuple[Signal, Signal]:
    """A sung line: its pitch in Hz and its loudness, one a sample; notes slide into each other."""
    length = round(seconds * RATE)
    pitch, loud = np.empty(length), np.zeros(length)
    at, note = 0, random.integers(low, high)
    while at < length:
        size = min(length - at, round(random.choice([0.25, 0.4, 0.5, 0.8, 1.2]) * RATE))
        octave, step = divmod(int(random.integers(0, 7 * ((high - low) // 12 + 1))), 7)
        note = min(high, max(low, low + 12 * octave + SCALE[step]))
        pitch[at : at + size] = note
        shape = np.minimum(1, np.arange(size) / (0.05 * RATE)) * np.minimum(1, (size - np.arange(size)) / (0.08 * RATE))
        loud[at : at + size] = shape * random.uniform(0.6, 1.0) * (random.random() > 0.1)
        at += size
    glide = np.ones(round(0.04 * RATE)) / round(0.04 * RATE)
    smooth = np.convolve(np.pad(pitch, len(glide) // 2, mode="edge"), glide, mode="same")
    smooth = smooth[len(glide) // 2 : len(glide) // 2 + length]
    wave = vibrato * np.sin(2 * np.pi * random.uniform(4.8, 6.2) * _times(seconds))
    return 440.0 * 2 ** ((smooth + wave - 69) / 12), loud


def violin(seconds: float, random: Random) -> Signal:
    pitch, loud = _melody(seconds, random, 57, 81, 0.35)
    body = _resonances((280, 80, 1.0), (460, 120, 1.0), (1000, 400, 0.7), (2500, 900, 0.8))
    return _filtered(_tone(pitch, _saw(20)), body) * loud


def cello(seconds: float, random: Random) -> Signal:
    """In the range of a man's voice, with resonances where his formants are."""
    pitch, loud = _melody(seconds, random, 38, 60, 0.3)
    body = _resonances((110, 40, 0.8), (220, 70, 1.0), (400, 120, 0.8), (1500, 600, 0.4))
    return _filtered(_tone(pitch, _saw(30)), body) * loud


def flute(seconds: float, random: Random) -> Signal:
    pitch, loud = _melody(seconds, random, 62, 91, 0.15)
    breath = _filtered(_white(seconds, random), _band(800, 5000, 1))
    tremble = 1 + 0.15 * np.sin(2 * np.pi * 5.3 * _times(seconds))
    return (_tone(pitch, [1.0, 0.4, 0.15, 0.05]) * tremble + 0.08 * breath) * loud


def whistling(seconds: float, random: Random) -> Signal:
    pitch, loud = _melody(seconds, random, 79, 96, 0.4)
    return (_tone(pitch, [1.0, 0.03]) + 0.03 * _filtered(_white(seconds, random), _band(1500, 6000))) * loud


def brass(seconds: float, random: Random) -> Signal:
    """Brighter when louder, as a trombone is."""
    pitch, loud = _melody(seconds, random, 46, 70, 0.12)
    soft, bright = _tone(pitch, [1, 0.5, 0.25, 0.12]), _tone(pitch, [0.7, 1, 0.9, 0.8, 0.7, 0.5, 0.4, 0.3, 0.2])
    return loud * (soft + bright * loud)


def bass(seconds: float, random: Random) -> Signal:
    step = random.uniform(0.2, 0.4)
    roots = cycle([36 + root for root in PROGRESSIONS[random.integers(4)] for _ in range(4)])

    def pluck() -> Signal:
        return _tone(np.full(round(0.5 * RATE), _hertz(next(roots))), _saw(8)) * _decay(0.5, 0.004, 0.2)

    return _filtered(_at_times(seconds, np.arange(0, seconds, step), pluck), _band(30, 900, 1))


def drums(seconds: float, random: Random) -> Signal:
    beat = 60 / random.uniform(85, 150)

    def kick() -> Signal:
        return _tone(45 + 110 * np.exp(-_times(0.25) / 0.03), [1.0]) * _decay(0.25, 0.001, 0.09)

    def snare() -> Signal:
        rattle = _filtered(_white(0.2, random), _band(800, 7000, 1))
        skin = _tone(np.full(3200, 190.0), [1.0])
        return 0.5 * rattle * _decay(0.2, 0.001, 0.05) + 0.5 * skin * _decay(0.2, 0.001, 0.04)

    def hat() -> Signal:
        return 0.25 * _filtered(_white(0.08, random), _band(5000, 7900, 3)) * _decay(0.08, 0.0005, 0.02)

    return (
        _at_times(seconds, np.arange(0, seconds, 2 * beat), kick)
        + _at_times(seconds, np.arange(beat, seconds, 2 * beat), snare)
        + _at_times(seconds, np.arange(0, seconds, beat / 2), hat)
    )


def band(seconds: float, random: Random) -> Signal:
    """Drums, bass, chords and a tune, all together."""
    lead = (violin, flute, brass, piano)[random.integers(4)]
    parts = [part(seconds, random) for part in (drums, bass, pad, lead)]
    return sum(part / part.std() for part in parts)  # type: ignore[return-value]


# -- bells and beeps --------------------------------------------------------------------------------------------------


def own_chime(seconds: float, random: Random) -> Signal:
    return _at_times(seconds, _now_and_then(seconds, (2.0, 4.0), random), lambda: chime(RATE).astype(np.float64))


def phone_ring(seconds: float, random: Random) -> Signal:
    """440 and 480 Hz together (two seconds of six in America; here more often), or an electronic warble."""
    times = _times(1.2)
    if random.random() < 0.5:
        sound = np.sin(2 * np.pi * 440 * times) + np.sin(2 * np.pi * 480 * times)
    else:
        base = random.uniform(600, 1400)
        sound = _tone(np.where((times * 20).astype(int) % 2, base, base * 1.25), [1, 0, 0.4, 0, 0.2])
    return _at_times(seconds, np.arange(0.3, seconds, 2.5), lambda: sound)


def notifications(seconds: float, random: Random) -> Signal:
    """Bells of two to four notes, beeps, and bubbles that rise."""

    def one() -> Signal:
        style = random.integers(3)
        if style == 0:
            notes = [_hertz(72 + random.choice((0, 4, 7, 9, 12))) for _ in range(random.integers(2, 5))]
            times = _times(0.5)
            bells = [np.sin(2 * np.pi * f * times) + 0.4 * np.sin(2 * np.pi * 2.76 * f * times) for f in notes]
            bells = [bell * _decay(0.5, 0.002, 0.15) for bell in bells]
            return _at_times(0.15 * len(bells) + 0.5, 0.15 * np.arange(len(bells)), lambda: bells.pop(0))
        if style == 1:
            beep = _tone(np.full(1600, random.uniform(700, 2500)), [1, 0, 0.33, 0, 0.2])
            return np.concatenate([beep, np.zeros(1000), beep])
        times = _times(0.18)
        return _tone(random.uniform(300, 600) * 2 ** (times / 0.15), [1, 0.2]) * _decay(0.18, 0.01, 0.08)

    return _at_times(seconds, _now_and_then(seconds, (1.2, 2.5), random), one)


# -- hands, feet and things -------------------------------------------------------------------------------------------


def _knock(random: Random, length: float, low: tuple[float, float], brightness: float) -> Signal:
    """A blow: a few damped resonances and a burst of noise."""
    modes = random.uniform(*low) * np.array([1.0, random.uniform(1.4, 2.1), random.uniform(2.3, 4.0)])
    times = _times(length)
    ring = sum(np.sin(2 * np.pi * f * times) * np.exp(-times * 25 * (1 + n)) for n, f in enumerate(modes))
    burst = _filtered(_white(length, random), _band(200, 5000, 1)) * np.exp(-times * 120)
    return (ring + brightness * burst) * np.minimum(1, times / 0.001)


def clicks(seconds: float, random: Random) -> Signal:
    def click() -> Signal:
        pulse = np.zeros(80)
        pulse[: random.integers(1, 8)] = random.choice((-1, 1)) * random.uniform(0.3, 1)
        return pulse

    return _at_times(seconds, _now_and_then(seconds, (0.05, 1.0), random), click)


def keyboard(seconds: float, random: Random) -> Signal:
    """Keys going down and up in bursts of words, now and then a space bar."""

    def key() -> Signal:
        space = random.random() < 0.15
        down = _knock(random, 0.06, (180, 320) if space else (500, 1600), 2.5)
        up = 0.4 * _knock(random, 0.04, (900, 2200), 2.5)
        pause = np.zeros(round(random.uniform(0.03, 0.09) * RATE))
        return random.uniform(0.5, 1.0) * np.concatenate([down, pause, up])

    starts, at = [], 0.2
    while at < seconds:
        starts.append(at)
        at += random.gamma(4, 0.035) + (random.random() < 0.15) * random.uniform(0.1, 0.8)
    return _at_times(seconds, starts, key)


def clapping(seconds: float, random: Random) -> Signal:
    def clap() -> Signal:
        length = 0.12
        tail = _filtered(_white(length, random), _resonances((random.uniform(900, 1800), 900, 1.0), (3000, 2500, 0.4)))
        return random.uniform(0.6, 1) * tail * _decay(length, 0.001, 0.02)

    return _at_times(seconds, _now_and_then(seconds, (0.18, 0.4), random), clap)


def footsteps(seconds: float, random: Random) -> Signal:
    def step() -> Signal:
        heel, sole = _knock(random, 0.15, (70, 160), 0.6), 0.5 * _knock(random, 0.12, (120, 300), 1.0)
        return np.concatenate([heel[:1600], sole])

    return _at_times(seconds, _now_and_then(seconds, (0.45, 0.7), random), step)


def door_slams(seconds: float, random: Random) -> Signal:
    def slam() -> Signal:
        latch = 0.3 * _knock(random, 0.08, (700, 1500), 2.0)
        bang = _knock(random, 0.6, (45, 110), 1.5)
        echo = _filtered(_white(0.8, random), _band(50, 1500, 1)) * _decay(0.8, 0.005, 0.15) * 0.5
        return np.concatenate([latch, np.pad(bang, (0, len(echo) - len(bang))) + echo])

    return _at_times(seconds, _now_and_then(seconds, (1.5, 3.0), random), slam)


def squeaks(seconds: float, random: Random) -> Signal:
    """A chair: sticking and slipping, a tone with many overtones that bends up and down."""

    def squeak() -> Signal:
        length = round(random.uniform(0.15, 0.7) * RATE)
        base = random.uniform(250, 1300)
        bend = np.interp(np.arange(length), np.linspace(0, length, 5), random.uniform(0.8, 1.3, 5))
        pitch = base * bend * (1 + 0.03 * _wander(length, 40, random))
        rough = np.clip(1 + 0.5 * _wander(length, 30, random), 0, None)
        body = _resonances((700, 400, 1.0), (1900, 700, 0.8), (3300, 900, 0.6))
        return _filtered(_tone(pitch, _saw(12)) * rough, body) * np.sin(np.linspace(0, np.pi, length)) ** 0.5

    return _at_times(seconds, _now_and_then(seconds, (0.8, 2.0), random), squeak)


def bumps(seconds: float, random: Random) -> Signal:
    """The microphone is touched: thuds and rubbing."""

    def bump() -> Signal:
        length = random.uniform(0.1, 0.5)
        return _filtered(_white(length, random), _band(15, random.uniform(80, 400), 2)) * _decay(length, 0.005, 0.08)

    return _at_times(seconds, _now_and_then(seconds, (0.4, 1.5), random), bump)


# -- throats ----------------------------------------------------------------------------------------------------------


def _throat(random: Random) -> Callable[[Signal], Signal]:
    """An open mouth that says nothing."""
    first, second = random.uniform(450, 800), random.uniform(1100, 1700)
    return _resonances((first, 250, 1.0), (second, 350, 0.8), (2700, 500, 0.5), (4200, 900, 0.3))


def coughs(seconds: float, random: Random) -> Signal:
    """One to three bursts: air set free, then turbulence in an open throat, at times with voice towards the end."""

    def burst() -> Signal:
        length = random.uniform(0.2, 0.4)
        throat = _throat(random)
        air = _filtered(_white(length, random), throat)
        count = len(air)
        voice = _filtered(_tone(np.linspace(random.uniform(180, 350), 120, count), _saw(25)), throat)
        shape = np.maximum(_decay(length, 0.004, 0.05), 0.45 * np.sin(np.linspace(0, np.pi, count)))
        end = np.clip((np.linspace(0, 1, count) - 0.5) * 4, 0, 1) * random.choice((0.0, 0.3, 0.8, 1.5))
        return (air / air.std() + end * voice / voice.std()) * shape

    def cough() -> Signal:
        pieces = []
        for number in range(random.integers(1, 4)):
            pieces += [burst() * 0.85**number, np.zeros(round(random.uniform(0.05, 0.2) * RATE))]
        return np.concatenate(pieces)

    return _at_times(seconds, _now_and_then(seconds, (1.8, 3.5), random), cough)


def throat_clearing(seconds: float, random: Random) -> Signal:
    """A growl of irregular pulses with much air, once or twice, the mouth half closed."""

    def growl() -> Signal:
        length = round(random.uniform(0.2, 0.5) * RATE)
        pitch = random.uniform(55, 110) * np.clip(1 + 0.25 * _wander(length, 60, random), 0.4, None)
        first, second = random.uniform(250, 450), random.uniform(900, 1400)
        mouth = _resonances((first, 200, 1.0), (second, 350, 0.5), (2400, 600, 0.3))
        pulses = _filtered(_tone(pitch, _saw(40)), mouth)
        air = _filtered(_white(length / RATE, random), mouth)[:length]
        rough = np.clip(1 + 0.6 * _wander(length, 25, random), 0, None)
        return (pulses / pulses.std() * rough + 0.8 * air / air.std()) * np.sin(np.linspace(0, np.pi, length)) ** 0.5

    def once() -> Signal:
        return np.concatenate([growl(), np.zeros(1500), growl()]) if random.random() < 0.5 else growl()

    return _at_times(seconds, _now_and_then(seconds, (1.8, 3.5), random), once)


def sneezes(seconds: float, random: Random) -> Signal:
    def sneeze() -> Signal:
        breath = _filtered(_white(0.5, random), _resonances((600, 400, 0.5), (1800, 800, 1.0)))
        blast = _filtered(_white(0.35, random), _resonances((1500, 1200, 0.5), (4500, 2500, 1.0)))
        breath *= np.linspace(0, 0.15, len(breath))
        return np.concatenate([breath, np.zeros(1600), 2 * blast * _decay(0.35, 0.01, 0.1)])

    return _at_times(seconds, _now_and_then(seconds, (2.5, 4.0), random), sneeze)


def breathing(seconds: float, random: Random) -> Signal:
    """Into the microphone: in, a little higher; out, lower and with the rumble of moving air."""

    def breath() -> Signal:
        inward, outward = random.uniform(0.7, 1.2), random.uniform(0.9, 1.6)
        first = _filtered(_white(inward, random), _resonances((900, 600, 0.5), (2200, 1200, 1.0)))
        second = _filtered(_white(outward, random), _resonances((80, 120, 2.5), (500, 400, 1.0), (1400, 700, 0.5)))
        halves = [s * np.sin(np.linspace(0, np.pi, len(s))) ** 1.5 for s in (first, second)]
        return np.concatenate([0.6 * halves[0], np.zeros(2400), halves[1]])

    return _at_times(seconds, _now_and_then(seconds, (3.0, 4.5), random), breath)


KINDS: dict[str, Maker] = {
    "silence": silence, "hum 50": hum(50.0), "hum 60": hum(60.0),
    "white": coloured(0.0), "pink": coloured(0.5), "brown": coloured(1.0),
    "fan": fan, "air conditioner": air_conditioner, "rain": rain, "vacuum cleaner": vacuum_cleaner,
    "pad": pad, "arpeggio": arpeggio, "piano": piano, "violin": violin, "cello": cello, "flute": flute,
    "whistling": whistling, "brass": brass, "bass": bass, "drums": drums, "band": band,
    "own chime": own_chime, "phone ring": phone_ring, "notifications": notifications,
    "clicks": clicks, "keyboard": keyboard, "clapping": clapping, "footsteps": footsteps, "door slams": door_slams,
    "squeaks": squeaks, "bumps": bumps, "coughs": coughs, "throat clearing": throat_clearing,
    "sneezes": sneezes, "breathing": breathing,
}  # fmt: skip
