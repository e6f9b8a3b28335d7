"""Which language model is taken: by name, by folder, or the best that is on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicebot.catalogue import Catalogue, Model, model_folder
from voicebot.engines import BEST_BRAIN, LLM, Workshop
from voicebot.errors import ModelError
from voicebot.llm.offline import Offline
from voicebot.llm.skilled import Skilled
from voicebot.llm.transformers import Transformers
from voicebot.readiness import NotReady
from voicebot.resources import find_home
from voicebot.secrets import Secrets
from voicebot.settings import Settings, replaced


@pytest.fixture
def workshop(monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """With a catalogue whose models are installed where their folder is there."""
    made = Workshop(Settings(), find_home(), Secrets())

    def is_there(model: Model, models: Path) -> bool:
        return model_folder(models, model).is_dir()

    monkeypatch.setattr("voicebot.downloads.installed", is_there)
    return made


def put(workshop: Workshop, id_: str) -> Path:
    folder = workshop.home.models / "transformers" / id_
    folder.mkdir(parents=True)
    return folder


def brain(workshop: Workshop, name: str) -> Transformers:
    engine = workshop.llm(name)
    assert isinstance(engine, Skilled)
    assert isinstance(engine._model, Transformers)
    return engine._model


def test_left_to_itself_it_takes_the_best_that_is_installed(workshop: Workshop) -> None:
    assert isinstance(workshop.llm(), Offline)
    for id_ in reversed(BEST_BRAIN):
        put(workshop, id_)
        assert workshop.llm().name == f"transformers:{id_}"


def test_without_the_library_it_keeps_to_its_skills(workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    put(workshop, BEST_BRAIN[0])
    monkeypatch.setattr("voicebot.llm.transformers.find_spec", lambda name: None)
    assert isinstance(workshop.llm(), Offline)
    readiness = workshop.llm("transformers").ready()
    assert isinstance(readiness, NotReady)
    assert readiness.fix == "pip install 'voicebot[transformers]'"


def test_a_model_has_a_name_or_a_folder(workshop: Workshop, tmp_path: Path) -> None:
    assert brain(workshop, "transformers").name == f"transformers:{BEST_BRAIN[-1]}", "the smallest, to be fetched"
    named = brain(workshop, "transformers:kanana")
    assert (named.name, named.folder) == (
        "transformers:kanana-1.5-2.1b", workshop.home.models / "transformers" / "kanana-1.5-2.1b"
    )  # fmt: skip
    readiness = named.ready()
    assert isinstance(readiness, NotReady)
    assert readiness.fix == "voicebot models download transformers:kanana-1.5-2.1b"
    own = brain(workshop, f"transformers:{tmp_path / 'mine'}")
    assert (own.name, own.folder) == ("transformers:mine", tmp_path / "mine")
    with pytest.raises(ModelError, match=r"Did you mean transformers:kanana-1\.5-2\.1b"):
        workshop.llm("transformers:kanana-2.1b")


def test_the_settings_reach_it(workshop: Workshop) -> None:
    for name, value in {
        "llm.temperature": 0.0, "llm.top_p": 0.5, "llm.max_tokens": 9, "llm.context_tokens": 600,
        "llm.adapter": "~/adapter", "llm.device": "cpu", "llm.system_prompt": "You are a cat.",
    }.items():  # fmt: skip
        workshop.settings = replaced(workshop.settings, name, value)
    made = brain(workshop, "transformers")
    manner = made._manner
    assert (manner.temperature, manner.top_p, manner.max_tokens, manner.context_tokens) == (0.0, 0.5, 9, 600)
    assert (made._source.adapter, made._source.device) == (str(Path("~/adapter").expanduser()), "cpu")
    assert made._system_prompt == "You are a cat."


def test_every_model_of_the_catalogue_has_its_place_in_the_order() -> None:
    models = {model.id: model for model in Catalogue.load().for_engine("transformers")}
    assert set(models) == set(BEST_BRAIN)
    assert any(model.languages != "multilingual" and "ko" in model.languages for model in models.values())
    for model in models.values():
        assert model.licence == "Apache-2.0"
        assert model.hub is not None
        assert {"config.json", "tokenizer_config.json", "*.safetensors"} <= set(model.hub.files)
    assert "transformers" in LLM
