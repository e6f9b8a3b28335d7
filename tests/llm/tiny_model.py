"""A chat model that recites, in Hugging Face's layout: a few hundred kilobytes, made in a second, nothing learnt.

Each token is followed by the same other one, whatever came before: its embedding has a one at its own place, every
layer adds nothing, and the head has a one where the follower is. So what it says is known, and is made of tokens of
one byte each: a Hangul syllable comes in three.
"""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

SPECIALS = ["<|im_start|>", "<|im_end|>", "<think>", "</think>"]
SENTENCE = "한글 fun."
"""No byte of it comes twice, so that each token has one follower."""
TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
WINDOW = 131_072


def make_tokenizer(template: str | None = TEMPLATE, size: int = 0) -> Any:
    """One token for each byte (as GPT-2 writes bytes), the marks of the chat format, and words up to `size` tokens."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = [f"word{number}" for number in range(size - len(alphabet) - len(SPECIALS))]
    tokenizer = Tokenizer(models.BPE({token: number for number, token in enumerate(alphabet + words)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(mark, special=True) for mark in SPECIALS[:2]])
    tokenizer.add_tokens([AddedToken(mark, special=False) for mark in SPECIALS[2:]])
    made = PreTrainedTokenizerFast(tokenizer_object=tokenizer, eos_token="<|im_end|>", pad_token="<|im_end|>")
    made.chat_template = template
    return made


def make_model(folder: Path, after: str = "", template: str | None = TEMPLATE, hidden: int = 304) -> Path:
    """Save a model that says SENTENCE and ends; or for ever, with `after` as the end's follower.

    What begins with "<think>" in `after` is said before the sentence instead.
    """
    import torch
    from transformers import Qwen2Config, Qwen2ForCausalLM

    tokenizer = make_tokenizer(template)
    config = Qwen2Config(
        vocab_size=len(tokenizer), hidden_size=hidden, intermediate_size=16, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, max_position_embeddings=WINDOW, tie_word_embeddings=False,
        bos_token_id=None, eos_token_id=tokenizer.eos_token_id, pad_token_id=tokenizer.eos_token_id,
    )  # fmt: skip
    model = Qwen2ForCausalLM(config)
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if "norm" not in name:
                weights.zero_()
        places = torch.arange(len(tokenizer))
        model.model.embed_tokens.weight[places, places] = 1.0
        for token, follower in _chain(tokenizer, after):
            model.lm_head.weight[follower, token] = 1.0
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def make_adapter(folder: Path, base: Path, hidden: int = 304) -> Path:
    """Save a LoRA adapter under which the model says "f" and nothing else; `hidden` of another model does not fit."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(base)
    letter = make_tokenizer().convert_tokens_to_ids("f")
    adapted = get_peft_model(model, LoraConfig(r=1, lora_alpha=1, target_modules=["lm_head"], task_type="CAUSAL_LM"))
    with torch.no_grad():
        for name, weights in adapted.named_parameters():
            if "lora_A" in name:
                weights.fill_(1.0)
            elif "lora_B" in name:
                weights.zero_()[letter] = 9.0
    adapted.save_pretrained(folder, save_embedding_layers=False)  # it would ask the hub how many there were
    return folder


def without(folder: Path, key: str) -> None:
    """Take a key out of a model's configuration."""
    file = folder / "config.json"
    config = json.loads(file.read_text())
    del config[key]
    file.write_text(json.dumps(config))


def _chain(tokenizer: Any, after: str) -> list[tuple[int, int]]:
    start = tokenizer.encode("\n", add_special_tokens=False)
    said = tokenizer.encode(SENTENCE, add_special_tokens=False)
    if after.startswith("<think>"):
        said = tokenizer.encode(after, add_special_tokens=False) + said
    pairs = list(pairwise(start + said))
    return [*pairs, (said[-1], said[0] if after == "again" else tokenizer.eos_token_id)]
