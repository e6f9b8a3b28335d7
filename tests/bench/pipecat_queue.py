"""Pipecat's frames through six processors, for comparison: `python -P tests/bench/pipecat_queue.py`.

It prints frames per second. It imports nothing of Voicebot, so that Pipecat can live in an environment of its own.
"""

from __future__ import annotations

import asyncio
import sys
import time
from typing import Any

FRAMES = 20_000
PROCESSORS = 6


async def frames_per_second() -> float:
    from pipecat.frames.frames import Frame, TextFrame
    from pipecat.pipeline.pipeline import Pipeline
    from pipecat.pipeline.runner import PipelineRunner
    from pipecat.pipeline.task import PipelineParams, PipelineTask
    from pipecat.processors.frame_processor import FrameDirection, FrameProcessor

    done = asyncio.Event()

    class Pass(FrameProcessor):
        async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
            await super().process_frame(frame, direction)
            await self.push_frame(frame, direction)

    class Count(Pass):
        seen = 0

        async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
            await super().process_frame(frame, direction)
            if isinstance(frame, TextFrame):
                self.seen += 1
                if self.seen == FRAMES:
                    done.set()

    pipeline = Pipeline([*(Pass() for _ in range(PROCESSORS - 1)), Count()])
    task = PipelineTask(pipeline, params=PipelineParams(), enable_rtvi=False, enable_turn_tracking=False)
    runner = asyncio.create_task(PipelineRunner(handle_sigint=False).run(task))
    await asyncio.sleep(1.0)
    began = time.perf_counter()
    await task.queue_frames([TextFrame("word") for _ in range(FRAMES)])
    await done.wait()
    seconds = time.perf_counter() - began
    await task.cancel()
    await runner
    return FRAMES / seconds


def quiet() -> None:
    """Without its log, as its users run it in production."""
    loguru: Any = __import__("loguru")
    loguru.logger.remove()


if __name__ == "__main__":
    quiet()
    print(max(asyncio.run(frames_per_second()) for _ in range(3)), file=sys.stdout)
