"""Reads a model folder that export.py wrote, this one or an earlier one with 8 bits a number."""
import json

import numpy as np
import onnx.numpy_helper
import sentencepiece
from sentencepiece import sentencepiece_model_pb2


def read_vectors(folder):
    """The token vectors, rows x dimensions."""
    graph = onnx.load(f"{folder}/onnx/model_quantized.onnx").graph
    arrays = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in graph.initializer}
    table, scale = arrays["table"], arrays["scale"]
    if table.dtype == np.int8:
        return table.astype(np.float32) * scale
    codes = np.concatenate([table << 4, table], 1).astype(np.float32)
    return (codes - arrays["middle"]) * arrays["step"] * scale


def read_pieces(folder):
    """The tokenizer of whole words and parts; a piece that begins a word begins with ▁, and no ▁ is added."""
    with open(f"{folder}/tokenizer.json", encoding="utf8") as file:
        vocabulary = json.load(file)["model"]["vocab"]
    model = sentencepiece_model_pb2.ModelProto()
    kinds = model.SentencePiece.Type
    for (piece, score), kind in zip(vocabulary, [kinds.CONTROL, kinds.UNKNOWN, *[kinds.NORMAL] * len(vocabulary)]):
        model.pieces.add(piece=piece, score=score, type=kind)
    model.trainer_spec.model_type = model.trainer_spec.ModelType.UNIGRAM
    model.trainer_spec.unk_id, model.trainer_spec.pad_id, model.trainer_spec.bos_id, model.trainer_spec.eos_id = 1, 0, -1, -1
    model.trainer_spec.unk_piece, model.trainer_spec.pad_piece = "[UNK]", "[PAD]"
    model.normalizer_spec.name, model.normalizer_spec.add_dummy_prefix = "identity", False
    return sentencepiece.SentencePieceProcessor(model_proto=model.SerializeToString())
