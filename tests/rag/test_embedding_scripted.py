from __future__ import annotations

import numpy as np
import pytest

from voicebot.rag.embedding.scripted import ScriptedEmbeddings, hashed


async def test_texts_that_share_words_point_the_same_way() -> None:
    model = ScriptedEmbeddings(256)
    passages = await model.passages(["The pump stops at 90 degrees.", "Invoices are due on Monday.", ""])
    assert passages.shape == (3, 256) and passages.dtype == np.float32
    assert np.linalg.norm(passages, axis=1) == pytest.approx([1, 1, 1])
    near, far, _ = passages @ await model.question("When does the pump stop? At 90 degrees?")
    assert near > 0.4 > far
    assert (model.embedded, len(model.asked)) == (3, 1)


async def test_korean_words_are_found_behind_their_particles() -> None:
    model = ScriptedEmbeddings(256)
    near, far = await model.passages(["냉각펌프는 90도에서 멈춥니다", "청구서는 월요일까지입니다"]) @ hashed(
        "냉각펌프가 언제 멈추나요", 256
    )
    assert near > far + 0.2


async def test_the_same_text_gives_the_same_vector_everywhere() -> None:
    places = np.flatnonzero(hashed("pump", 8))
    assert places.tolist() == np.flatnonzero(hashed("PUMP!", 8)).tolist()
    assert len(places) == 1
    assert (await ScriptedEmbeddings(8).passages([])).shape == (0, 8)
