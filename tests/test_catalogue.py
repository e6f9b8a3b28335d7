"""The model catalogue: what stands in it, how models are found, and what happens when it is wrong."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path

import pytest

from voicebot.catalogue import Catalogue, Hub, Model, ModelFile, Prompts, Words, in_units, installed_path, model_folder
from voicebot.errors import ModelError

ENTRY = """
[[model]]
id = "{id}"
engine = "whisper"
aliases = {aliases}
description = {{ en = "small", ko = "작음" }}
languages = {languages}
licence = "MIT"
memory = 1
[[model.files]]
filename = "{filename}"
size = 1
sha256 = "{sha256}"
url = "{url}"
"""


HUB = """
[[model]]
id = "base"
engine = "faster-whisper"
description = {{ en = "small", ko = "작음" }}
languages = "multilingual"
licence = "MIT"
memory = 1
[model.hub]
repository = "{repository}"
files = {files}
size = 5
revision = "{revision}"
"""


def hub_entry(**changes: str) -> str:
    fields = {"repository": "someone/a.model", "files": '["model.bin", "vocabulary.*"]', "revision": "main"}
    return HUB.format(**fields | changes)


def entry(**changes: str) -> str:
    fields = {
        "id": "base",
        "aliases": "[]",
        "languages": '"multilingual"',
        "filename": "base.pt",
        "sha256": "0" * 64,
        "url": "https://models.example/base.pt",
    }
    return ENTRY.format(**fields | changes)


def catalogue_of(root: Path, *texts: str) -> Catalogue:
    (root / "models").mkdir()
    for number, text in enumerate(texts):
        (root / "models" / f"{number}.toml").write_text(text, encoding="utf-8")
    return Catalogue.load(root)


def constant_of(library: str, name: str, file: str = "") -> dict[str, str]:
    """A constant of a library, read from its source: importing it would import torch."""
    spec = importlib.util.find_spec(library)
    assert spec is not None and spec.origin is not None
    source = Path(spec.origin).with_name(file) if file else Path(spec.origin)
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            value: dict[str, str] = ast.literal_eval(node.value)
            return value
    raise AssertionError(f"{library} lists its models elsewhere now")


def test_whisper_models_are_those_that_openai_whisper_knows() -> None:
    catalogue = Catalogue.load()
    addresses = constant_of("whisper", "_MODELS")
    for name, url in addresses.items():
        (file,) = catalogue.find(f"whisper:{name}").files
        assert file.url == url
        assert file.sha256 == url.split("/")[-2]
        assert file.filename == url.split("/")[-1]
    names = {name for model in catalogue.for_engine("whisper") for name in (model.id, *model.aliases)}
    assert names == set(addresses)


def test_every_model_says_what_a_person_must_know() -> None:
    for model in Catalogue.load().models:
        assert model.description.en and model.description.ko and model.licence
        assert model.memory > model.size / 2
        assert model.speaks("en")
        if model.engine == "whisper":
            english_only = model.id.endswith(".en")
            assert model.speaks("ko") is not english_only
            assert (model.remark is None) is english_only


def test_aliases_and_bare_names() -> None:
    catalogue = Catalogue.load()
    assert catalogue.find("whisper:large").id == "large-v3"
    assert catalogue.find("whisper:turbo").id == "large-v3-turbo"
    assert catalogue.find("faster-whisper:turbo").id == "large-v3-turbo"
    assert catalogue.find("base.en").name == "whisper:base.en"


def test_faster_whisper_models_are_where_faster_whisper_looks_for_them() -> None:
    places = constant_of("faster_whisper", "_MODELS", "utils.py")
    models = Catalogue.load().for_engine("faster-whisper")
    assert [model.id for model in models] == ["tiny", "base", "small", "medium", "large-v3", "large-v3-turbo"]
    for model in models:
        assert model.hub is not None
        for name in (model.id, *model.aliases):
            assert model.hub.repository == places[name]
        assert not model.hub.lacking(
            ("model.bin", "config.json", "tokenizer.json", "preprocessor_config.json", "vocabulary.txt")
        )


@pytest.mark.parametrize("engine", ["sentence-transformers", "cross-encoder"])
def test_models_that_search_by_meaning_hold_no_pickle(engine: str) -> None:
    models = Catalogue.load().for_engine(engine)
    assert any(model.speaks("ko") for model in models)
    for model in models:
        assert model.hub is not None and model.first_file == "config.json"
        assert {"model.safetensors", "tokenizer.json", "tokenizer_config.json"} <= set(model.hub.files)
        assert not any(model.hub.wants(name) for name in ("pytorch_model.bin", "onnx/model.onnx", "modeling.py"))
        assert model.hub.wants("1_Pooling/config.json") is (engine == "sentence-transformers")


def test_an_embedding_model_may_say_what_stands_before_texts(tmp_path: Path) -> None:
    prompts = 'prompts = { query = "query: " }\n[model.hub]'
    (model,) = catalogue_of(tmp_path, hub_entry().replace("[model.hub]", prompts)).models
    assert model.prompts == Prompts("query: ", "")
    assert Catalogue.load().find("multilingual-e5-small").prompts == Prompts("query: ", "passage: ")


def test_models_of_an_engine() -> None:
    catalogue = Catalogue.load()
    assert {model.engine for model in catalogue.for_engine("whisper")} == {"whisper"}
    assert catalogue.for_engine("sphinx") == ()


@pytest.mark.parametrize(
    ("asked", "suggested"),
    [
        ("whisper:bass", "Did you mean whisper:base?"),
        ("whisper:large3", "whisper:large-v3"),
        ("wisper:base", "whisper:base"),
        ("whisper", "whisper:tiny"),
        ("medum", "whisper:medium"),
        ("zzz", "`voicebot models list`"),
        ("", "`voicebot models list`"),
    ],
)
def test_an_unknown_name_brings_the_near_ones(asked: str, suggested: str) -> None:
    with pytest.raises(ModelError) as raised:
        Catalogue.load().find(asked)
    assert repr(asked) in str(raised.value)
    assert suggested in raised.value.fix


def test_a_bare_name_that_two_engines_have_is_not_guessed(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, entry(), entry().replace('"whisper"', '"faster-whisper"'))
    assert catalogue.find("faster-whisper:base").engine == "faster-whisper"
    with pytest.raises(ModelError, match="More than one") as raised:
        catalogue.find("base")
    assert "faster-whisper:base" in raised.value.fix and "whisper:base" in raised.value.fix


def test_where_a_model_lies() -> None:
    files = (ModelFile("ko.onnx", 1, "0" * 64, "https://x"), ModelFile("extra/ko.json", 2, "0" * 64, "https://y"))
    voice = Model("ko", "piper", Words("a voice", "목소리"), ("ko",), "MIT", 1, files)
    assert voice.size == 3
    assert model_folder(Path("m"), voice) == Path("m/piper/ko")
    assert installed_path(Path("m"), voice) == Path("m/piper/ko/ko.onnx")
    assert not voice.speaks("en")


def test_a_model_of_a_hub(tmp_path: Path) -> None:
    catalogue = catalogue_of(tmp_path, hub_entry())
    (model,) = catalogue.models
    hub = model.hub
    assert hub == Hub("someone/a.model", ("model.bin", "vocabulary.*"), 5)
    assert (model.size, model.first_file) == (5, "model.bin")
    assert installed_path(Path("m"), model) == Path("m/faster-whisper/base/model.bin")
    assert hub is not None and hub.wants("vocabulary.json") and not hub.wants("other/model.bin")
    assert hub.lacking(["vocabulary.txt", "README.md"]) == ("model.bin",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (hub_entry(repository="model"), "repository"),
        (hub_entry(repository="../../etc"), "repository"),
        (hub_entry(repository="a/b/c"), "repository"),
        (hub_entry(files="[]"), "files"),
        (hub_entry(files='["*.bin"]'), "must be a name"),
        (hub_entry(files='["../model.bin"]'), "files"),
        (hub_entry(files='["model.bin", "/*"]'), "files"),
        (hub_entry(revision="../x"), "revision"),
        (hub_entry().split("[model.hub]")[0], "either files or a hub"),
        (entry() + hub_entry().partition("memory = 1")[2], "either files or a hub"),
        ("[[model", "cannot be read"),
        ("[[model]]\nid = 'x'", "missing required field"),
        (entry() + "colour = 'red'", "unknown field"),
        (entry(sha256="F" * 64), "sha256"),
        (entry(sha256="0" * 63), "sha256"),
        (entry(url="http://models.example/base.pt"), "url"),
        (entry(url="file:///etc/passwd"), "url"),
        (entry(filename="../base.pt"), "filename"),
        (entry(filename="/base.pt"), "filename"),
        (entry(filename="a/../b.pt"), "filename"),
        (entry(filename="a\\\\b.pt"), "filename"),
        (entry(id="../base"), "id"),
        (entry(languages='"korean"'), "languages"),
        (entry().replace("size = 1", "size = 0"), "size"),
        (entry() + entry(), "stands in it twice"),
        (entry(aliases='["best"]') + entry(id="best"), "stands in it twice"),
        ("", "missing required field"),
    ],
)
def test_a_catalogue_that_is_wrong_says_where(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ModelError) as raised:
        catalogue_of(tmp_path, text)
    assert reason in str(raised.value)
    assert "\n" not in str(raised.value)


def test_no_catalogue_at_all(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model catalogue"):
        Catalogue.load(tmp_path)


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (1000, "1 kB"), (75_572_083, "75.6 MB"), (999_600_000, "1 GB"), (10**13, "10 TB")],
)
def test_sizes_for_people(count: int, text: str) -> None:
    assert in_units(count) == text
