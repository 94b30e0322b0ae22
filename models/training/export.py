"""Token vectors and pieces -> a model folder: export.py VECTORS.npy PIECES.model OUT_DIR

Rows are kept as int8 with a float scale each. The graph has two outputs: last_hidden_state (batch x sequence x
dimensions, the token vectors) and sentence_embedding (batch x dimensions, their masked sum, of length 1).
"""
import json
import os
import sys

import numpy as np
import onnx
import onnx.numpy_helper
import sentencepiece
from onnx import TensorProto, helper

from folding import ARABIC_ALEFS, MARKS, WHITE_SPACE

LONGEST_INPUT = 2048


def quantize(vectors):
    """int8 rows and their scales, (n, 1)."""
    scale = np.abs(vectors).max(1, keepdims=True) / 127
    scale[scale == 0] = 1e-8
    return np.clip(np.round(vectors / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def build_graph(vectors):
    table, scale = quantize(vectors)
    dimensions = vectors.shape[1]
    constants = {"table": table, "scale": scale, "last_axis": np.array([-1]), "sequence_axis": np.array([1]),
                 "smallest": np.array(1e-9, np.float32)}
    node = helper.make_node
    nodes = [
        node("Gather", ["table", "input_ids"], ["rows"], axis=0),
        node("Cast", ["rows"], ["whole"], to=TensorProto.FLOAT),
        node("Gather", ["scale", "input_ids"], ["scales"], axis=0),
        node("Mul", ["whole", "scales"], ["last_hidden_state"]),
        node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        node("Unsqueeze", ["mask", "last_axis"], ["mask3"]),
        node("Mul", ["last_hidden_state", "mask3"], ["masked"]),
        node("ReduceSum", ["masked", "sequence_axis"], ["sum"], keepdims=0),
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


def describe_tokenizer(pieces):
    """The unigram model in the form of a tokenizer.json; it folds as folding.py does."""
    vocabulary = [[pieces.id_to_piece(i), round(pieces.get_score(i), 4)] for i in range(pieces.get_piece_size())]
    special = [{"id": i, "content": content, "single_word": False, "lstrip": False, "rstrip": False, "normalized": False,
                "special": True} for i, content in enumerate(["[PAD]", "[UNK]"])]
    replacements = [{"type": "Replace", "pattern": {"Regex": pattern}, "content": content}
                    for pattern, content in ((MARKS, ""), (ARABIC_ALEFS, "\u0627"), (WHITE_SPACE, " "))]
    space = {"type": "Metaspace", "replacement": "▁", "add_prefix_space": True, "prepend_scheme": "always", "split": True}
    return {"version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
            "normalizer": {"type": "Sequence", "normalizers": [{"type": "NFKC"}, {"type": "Lowercase"}, *replacements]},
            "pre_tokenizer": space, "post_processor": None, "decoder": space,
            "model": {"type": "Unigram", "unk_id": 1, "vocab": vocabulary}}


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    vectors, model, out = np.load(sys.argv[1]).astype(np.float32), sys.argv[2], sys.argv[3]
    pieces = sentencepiece.SentencePieceProcessor(model_file=model)
    size, dimensions = vectors.shape
    if size != pieces.get_piece_size():
        sys.exit(f"{sys.argv[1]} has {size} rows, {model} has {pieces.get_piece_size()} pieces.")
    vectors[0] = 0
    os.makedirs(f"{out}/onnx", exist_ok=True)
    onnx.save(build_graph(vectors), f"{out}/onnx/model_quantized.onnx")
    files = {
        "tokenizer.json": describe_tokenizer(pieces),
        "tokenizer_config.json": {"tokenizer_class": "XLMRobertaTokenizer", "pad_token": "[PAD]", "unk_token": "[UNK]",
                                  "model_max_length": LONGEST_INPUT},
        "config.json": {"model_type": "bert", "architectures": ["BertModel"], "hidden_size": dimensions, "vocab_size": size},
    }
    for name, content in files.items():
        with open(f"{out}/{name}", "w", encoding="utf8") as file:
            json.dump(content, file, ensure_ascii=False)


main()
