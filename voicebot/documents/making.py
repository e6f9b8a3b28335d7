"""What searches documents by meaning, made by the settings: the embedding model, the vector store, the reranker.

Each is None where it is not wanted or not there: the words are always searched. Nothing that sends text off this
machine is made unless the person named it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicebot.catalogue import Catalogue, Model, model_folder
from voicebot.errors import UsageError
from voicebot.rag.embedding.base import EmbeddingModel
from voicebot.rag.reranking import Reranker
from voicebot.rag.stores.base import VectorStore
from voicebot.readiness import Ready
from voicebot.resources import Home
from voicebot.settings import DocumentSettings
from voicebot.spending import Account

BEST_EMBEDDINGS = ("multilingual-e5-small", "bge-m3", "all-minilm-l6-v2")
"""The order in which installed models are taken without being asked: that know Korean, the quicker first."""
BEST_RERANKERS = ("bge-reranker-v2-m3", "mmarco-minilm")
LANGCHAIN = "langchain:"


@dataclass(frozen=True, slots=True)
class Making:
    """What engines of documents are made of. `key` finds a secret by its name; `installed` an engine's models."""

    home: Home
    settings: DocumentSettings
    catalogue: Catalogue
    installed: Callable[[str], Sequence[Model]]
    key: Callable[[str], Callable[[], str | None]]
    meter: Account

    def embedding(self) -> EmbeddingModel | None:
        """The embedding model of the settings; raises UsageError or ModelError where there is none of that name."""
        engine, _, model = self.settings.embeddings.partition(":")
        match engine:
            case "off":
                return None
            case "auto":
                best = self._best("sentence-transformers", BEST_EMBEDDINGS)
                made = self._local(best) if best is not None else None
                return made if made is not None and isinstance(made.ready(), Ready) else None
            case "sentence-transformers":
                return self._named(model)
            case "openai":
                from voicebot.rag.embedding.openai import OpenAiEmbeddings

                model = model or self.settings.openai_model
                return OpenAiEmbeddings(self.key("openai"), self.settings.base_url or None, model, self.meter)
            case "scripted":
                from voicebot.rag.embedding.scripted import ScriptedEmbeddings

                return ScriptedEmbeddings()
        raise UsageError(
            f"there is no embedding model called {engine!r}", fix="there are: auto, off, sentence-transformers, openai"
        )

    def store(self, space: str) -> VectorStore:
        """Where the vectors of `space`, an embedding model's name, are kept; raises UsageError for an unknown name."""
        name = self.settings.store
        folder = self.home.documents / "vectors" / _folder_name(f"{name} {space}")
        if name == "faiss":
            from voicebot.rag.stores.faiss import FaissStore

            return FaissStore(folder)
        if name == "chroma":
            from voicebot.rag.stores.chroma import ChromaStore

            return ChromaStore(folder, self.settings.chroma_address, _folder_name(space))
        if name.startswith(LANGCHAIN):
            from voicebot.rag.stores.langchain import LangChainStore

            path = name.removeprefix(LANGCHAIN)
            options, space = self.settings.store_options, _folder_name(space)
            return LangChainStore(path, options, lambda key: self.key(key)(), space, folder)
        raise UsageError(
            f"there is no vector store called {name!r}", fix="there are: faiss, chroma, langchain:MODULE.CLASS"
        )

    def reranker(self) -> Reranker | None:
        """The best cross-encoder that lies on this machine."""
        from voicebot.rag.reranking import CrossEncoder

        best = self._best("cross-encoder", BEST_RERANKERS)
        if best is None:
            return None
        folder = model_folder(self.home.models, best)
        made = CrossEncoder(folder, best.name, _download(best), languages=_languages(best))
        return made if isinstance(made.ready(), Ready) else None

    def _best(self, engine: str, order: Sequence[str]) -> Model | None:
        there = {model.id: model for model in self.installed(engine)}
        return next((there[id_] for id_ in order if id_ in there), next(iter(there.values()), None))

    def _named(self, model: str) -> EmbeddingModel:
        from voicebot.rag.embedding.sentence_transformers import SentenceTransformers

        if "/" in model or "\\" in model:
            folder = Path(model).expanduser()
            return SentenceTransformers(folder, f"sentence-transformers:{folder.name}", "")
        best = self._best("sentence-transformers", BEST_EMBEDDINGS)
        if not model and best is not None:
            return self._local(best)
        return self._local(self.catalogue.find(f"sentence-transformers:{model or BEST_EMBEDDINGS[0]}"))

    def _local(self, model: Model) -> EmbeddingModel:
        from voicebot.rag.embedding.sentence_transformers import SentenceTransformers

        folder = model_folder(self.home.models, model)
        return SentenceTransformers(folder, model.name, _download(model), languages=_languages(model))


def _download(model: Model) -> str:
    return f"voicebot models download {model.name}"


def _languages(model: Model) -> tuple[str, ...]:
    return () if model.languages == "multilingual" else model.languages


def _folder_name(text: str) -> str:
    """A name that every file system and database takes, different for different texts."""
    plain = "".join(one if one.isascii() and one.isalnum() else "-" for one in text)[:40].strip("-")
    return f"{plain}-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
