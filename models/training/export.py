"""Token vectors and pieces -> a model folder: export.py VECTORS.npy PIECES.model OUT_DIR

Pieces are sorted. Rows are kept with 4 bits a number and a float scale a row. The graph has two outputs:
last_hidden_state (batch x sequence x dimensions, the token vectors) and sentence_embedding (batch x dimensions, their
masked sum, of length 1).
"""
import json
import os
import sys

import numpy as np
import onnx
import onnx.numpy_helper
import sentencepiece
from onnx import TensorProto, helper

from folding import REPLACEMENTS, read_simplifier

LONGEST_INPUT = 2048
SEED = 7
#: Surprise (-ln of the share) from which on many characters were hardly trained.
RARE = 13
#: [PAD] and [UNK] keep the first places.
SPECIAL = 2
#: Shares of a row's largest number that the largest step is tried at; the one with the smallest error is kept.
CLIPPINGS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
STEPS = 16
#: What is taken from a step. Nothing stands for zero: a row of zeros has the scale 0.
MIDDLE = 7.75


def quantize(vectors):
    """(bytes, scales): what build_graph makes vectors of again, (n, dimensions / 2) and (n, 1).

    Byte d of a row holds number d in its lower 4 bits and number d + dimensions / 2 in its upper ones. The latter is
    read as the whole byte, a sixteenth of it, and so chosen after the former: its steps are shifted, not coarser.
    """
    codes, scales = np.zeros((len(vectors), vectors.shape[1] // 2), np.uint8), np.zeros((len(vectors), 1), np.float32)
    smallest = np.full(len(vectors), np.inf)
    lower, upper = np.split(vectors, 2, axis=1)
    for clipping in CLIPPINGS:
        scale = np.maximum(np.abs(vectors).max(1, keepdims=True) * clipping / (STEPS / 2 - 0.5), 1e-9)
        low = np.clip(np.round(lower / scale + MIDDLE), 0, STEPS - 1)
        high = np.clip(np.round(upper / scale + MIDDLE - low / STEPS), 0, STEPS - 1)
        error = (((low - MIDDLE) * scale - lower) ** 2 + ((high + low / STEPS - MIDDLE) * scale - upper) ** 2).sum(1)
        better = error < smallest
        codes[better], scales[better], smallest[better] = (high * STEPS + low)[better], scale[better], error[better]
    scales[~vectors.any(1)] = 0
    return codes, scales


def build_graph(vectors):
    table, scale = quantize(vectors)
    dimensions = vectors.shape[1]
    constants = {"table": table, "scale": scale, "four": np.array(4, np.uint8), "step": np.array(1 / STEPS, np.float32),
                 "middle": np.array(MIDDLE * STEPS, np.uint8), "sequence_axis": np.array([1]),
                 "smallest": np.array(1e-9, np.float32)}
    node = helper.make_node
    nodes = [
        node("Gather", ["table", "input_ids"], ["upper"], axis=0),
        node("BitShift", ["upper", "four"], ["lower"], direction="LEFT"),
        node("Concat", ["lower", "upper"], ["codes"], axis=-1),
        node("DequantizeLinear", ["codes", "step", "middle"], ["steps"]),
        node("Gather", ["scale", "input_ids"], ["scales"], axis=0),
        node("Mul", ["steps", "scales"], ["last_hidden_state"]),
        node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["mask", "sequence_axis"], ["row_mask"]),
        node("MatMul", ["row_mask", "last_hidden_state"], ["sum_row"]),
        node("Squeeze", ["sum_row", "sequence_axis"], ["sum"]),
        node("ReduceL2", ["sum"], ["length"], axes=[1], keepdims=1),
        node("Max", ["length", "smallest"], ["divisor"]),
        node("Div", ["sum", "divisor"], ["sentence_embedding"]),
    ]
    tokens, number = ["batch", "sequence"], helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, "static-embedding",
        [number("input_ids", TensorProto.INT64, tokens), number("attention_mask", TensorProto.INT64, tokens)],
        [number("last_hidden_state", TensorProto.FLOAT, [*tokens, dimensions]),
         number("sentence_embedding", TensorProto.FLOAT, ["batch", dimensions])],
        [onnx.numpy_helper.from_array(value, name) for name, value in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 7
    onnx.checker.check_model(model)
    return model


def describe_tokenizer(vocabulary):
    """The unigram model in the form of a tokenizer.json; it folds as folding.py does."""
    special = [{"id": i, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                "special": True} for i, content in enumerate(["[PAD]", "[UNK]"])]
    replacements = [{"type": "Replace", "pattern": {"Regex": pattern}, "content": content} for pattern, content in REPLACEMENTS]
    space = {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True, "prepend_scheme": "always", "split": True}
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}, *replacements]},
            "pre_tokenizer": space, "post_processor": None, "decoder": space,
            "model": {"type": "Unigram", "unk_id": 1, "vocab": vocabulary}}


def is_han(piece):
    return len(piece) == 1 and ("\u3400" <= piece <= "\u4dbf" or "\u4e00" <= piece <= "\u9fff")


def with_rare_characters(vocabulary, vectors):
    """Han characters that training hardly or never met: vectors as long as those of others, or they would weigh nothing.

    They stand in names, and all that the rerank needs of them is that one is not another. A character that is folded to
    another never meets the tokenizer.
    """
    known, simplify = {piece for piece, _ in vocabulary}, read_simplifier()
    met = len(vocabulary)
    characters = [chr(code) for code in range(0x3400, 0xA000)]
    missing = [c for c in characters if is_han(c) and c not in known and simplify(c) == c]
    rarest = min(score for _, score in vocabulary)
    random = np.random.default_rng(SEED).standard_normal((len(missing), vectors.shape[1])).astype(np.float32)
    vocabulary, vectors = vocabulary + [[c, rarest] for c in missing], np.concatenate([vectors, random])
    han, surprise = np.array([is_han(piece) for piece, _ in vocabulary]), -np.array([score for _, score in vocabulary])
    length = np.linalg.norm(vectors, axis=1)
    usual = np.median(length[han & (surprise < RARE)])
    hardly = han & (surprise >= RARE) & (length < usual / 3)
    hardly[met:] = True
    print(f"{hardly.sum()} Han characters, {len(missing)} of them new, get the length {usual:.2f}.")
    vectors[hardly] *= usual / np.maximum(length[hardly, None], 1e-9)
    return vocabulary, vectors


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    vectors, model, out = np.load(sys.argv[1]).astype(np.float32), sys.argv[2], sys.argv[3]
    pieces = sentencepiece.SentencePieceProcessor(model_file=model)
    size, dimensions = vectors.shape
    if size != pieces.get_piece_size():
        sys.exit(f"{sys.argv[1]} has {size} rows, {model} has {pieces.get_piece_size()} pieces.")
    vocabulary = [[pieces.id_to_piece(i), round(pieces.get_score(i), 3)] for i in range(size)]
    vocabulary, vectors = with_rare_characters(vocabulary, vectors)
    # The library's trie is built and searched faster where neighbours in it are neighbours in memory.
    order = [*range(SPECIAL), *sorted(range(SPECIAL, len(vocabulary)), key=lambda i: vocabulary[i][0])]
    os.makedirs(f"{out}/onnx", exist_ok=True)
    onnx.save(build_graph(vectors[order]), f"{out}/onnx/model_quantized.onnx")
    files = {
        "tokenizer.json": describe_tokenizer([vocabulary[i] for i in order]),
        "tokenizer_config.json": {"tokenizer_class": "XLMRobertaTokenizer", "pad_token": "[PAD]", "unk_token": "[UNK]",
                                  "model_max_length": LONGEST_INPUT},
        "config.json": {"model_type": "bert", "architectures": ["BertModel"], "hidden_size": dimensions, "vocab_size": len(vocabulary)},
    }
    for name, content in files.items():
        with open(f"{out}/{name}", "w", encoding="utf8") as file:
            json.dump(content, file, ensure_ascii=False)


main()
