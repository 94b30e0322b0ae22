"""Turns the texts of a data folder into a tokenizer and packed pairs: prepare.py DATA OUT [--pieces MODEL] [--skip SOURCE,...]

DATA holds pairs.tsv.xz (source, language, text, English text), questions_zh.tsv.xz (question, passage), news_zh.txt.xz
(an article a line) and any *.tsv that collect.py wrote: `qa-*` (source, language, question, passage), the others like
pairs. OUT gets pieces.model and a .npz a group, that is a kind of pair and a language.
"""
import argparse
import collections
import glob
import lzma
import os
import random
import re
import subprocess
import zlib

import numpy as np
import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from folding import fold, read_simplifier

SEED = 0
MAX_PIECES = 128
#: Sources of sentences; what is not named here or in a file called sent-* is words, names and phrases.
SENTENCES = {"wmt", "pydoc", "tatoeba", "pud", "tico"}
#: Rows kept of one source in one language, and of the languages that nothing is measured in.
CAPS = {"main": 150_000, "other": 20_000}
MAIN = ["zh", "ar", "de", "el", "es", "hi", "ro", "ru", "th", "tr", "vi"]
#: Pieces by script. Trained together, the languages with most text leave the others little more than letters.
PIECES = {"han": 49_000, "latin": 45_000, "cyrillic": 9_500, "arabic": 8_500, "greek": 8_500, "devanagari": 5_500,
          "thai": 5_500, "hangul": 3_500}
SCRIPTS = {"zh": "han", "ru": "cyrillic", "uk": "cyrillic", "ar": "arabic", "el": "greek", "hi": "devanagari", "th": "thai",
           "ja": "han", "ko": "hangul"}
#: Texts of one side of a group that the tokenizer is trained on, and how much of each.
SAMPLE = {"zh": 90_000, "main": 60_000, "other": 12_000}
SAMPLE_CHARS = 200


def rows_of(path):
    opener = lzma.open if path.endswith(".xz") else open
    with opener(path, "rt", encoding="utf8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def cloze_pairs(article):
    """A sentence against its surroundings, and a clause against the rest of its sentence (inverse cloze)."""
    sentences = [s for s in re.split(r"(?<=[。！？；])", fold(article.strip())) if len(s) > 6]
    if len(sentences) < 4:
        return
    for _ in range(4):
        i = random.randrange(len(sentences))
        around = sentences[max(0, i - 3):i] + sentences[i + 1:i + 4]
        if random.random() < 0.1:
            around = sentences[max(0, i - 3):i + 4]
        yield sentences[i], "".join(around)
    clauses = [c for c in re.split("[，、：]", random.choice(sentences)) if len(c) > 5]
    if len(clauses) > 2:
        k = random.randrange(len(clauses))
        yield clauses[k], "，".join(clauses[:k] + clauses[k + 1:])


def read_groups(data, skip):
    """{(kind, language): ([text], [its counterpart])}; kinds are lex, sent, qa and news."""
    groups = collections.defaultdict(lambda: ([], []))
    simplify = read_simplifier()
    seen = collections.Counter()

    def add(kind, language, a, b):
        if a.strip() and b.strip():
            groups[kind, language][0].append(fold(a))
            groups[kind, language][1].append(fold(b))

    def add_pair(kind, source, language, text, english):
        seen[source, language] += 1
        cap = CAPS["main" if language in MAIN else "other"]
        if source not in skip and (language == "zh" or seen[source, language] <= cap):
            add(kind, language, simplify(text) if language == "zh" else text, english)

    for source, language, text, english in rows_of(f"{data}/pairs.tsv.xz"):
        add_pair("sent" if source in SENTENCES else "lex", source, language, text, english)
    for path in sorted(glob.glob(f"{data}/*.tsv")):
        name = os.path.basename(path)
        for cells in rows_of(path):
            if len(cells) != 4:
                continue
            if name.startswith("qa-"):
                source, language, question, passage = cells
                if source not in skip:
                    add("qa", language, simplify(question), simplify(passage))
            else:
                add_pair("lex" if name.startswith("lex-") else "sent", *cells)
    if "questions_zh" not in skip:
        for question, passage in rows_of(f"{data}/questions_zh.tsv.xz"):
            add("qa", "zh", simplify(question), simplify(passage))
    if "news_zh" not in skip:
        for cells in rows_of(f"{data}/news_zh.txt.xz"):
            for a, b in cloze_pairs(" ".join(cells)):
                add("news", "zh", a, b)
    return dict(sorted(groups.items()))


def sample_by_script(groups):
    """{script: [text]}; English stands on the other side of every language but Chinese passages."""
    sample = collections.defaultdict(list)
    for (kind, language), (a, b) in groups.items():
        wanted = SAMPLE.get(language, SAMPLE["main" if language in MAIN else "other"])
        own = SCRIPTS.get(language, "latin")
        other = own if kind in ("qa", "news") else "latin"
        sample[own] += [a[i][:SAMPLE_CHARS] for i in random.sample(range(len(a)), min(len(a), wanted))]
        sample[other] += [b[i][:SAMPLE_CHARS] for i in random.sample(range(len(b)), min(len(b), wanted // 3))]
    return sample


def train_pieces(groups, out):
    """A unigram tokenizer (Kudo, ACL 2018) a script, joined into one: scripts hardly ever compete for a text.

    A score is thus the logarithm of a piece's share in its own script's text, and tells how much the piece says there.
    """
    joined, scores = None, {}
    for script, texts in sample_by_script(groups).items():
        prefix = f"{out}/{script}"
        with open(f"{prefix}.txt", "w", encoding="utf8") as file:
            file.write("\n".join(texts))
        subprocess.run([
            "spm_train", f"--input={prefix}.txt", f"--model_prefix={prefix}", f"--vocab_size={PIECES[script]}", "--model_type=unigram",
            "--character_coverage=0.9998", "--normalization_rule_name=identity", "--num_threads=2", "--max_sentencepiece_length=14",
            "--hard_vocab_limit=false", "--unk_id=1", "--bos_id=-1", "--eos_id=-1", "--pad_id=0", "--pad_piece=[PAD]", "--unk_piece=[UNK]",
        ], check=True, stderr=subprocess.DEVNULL)
        model = sentencepiece_model_pb2.ModelProto()
        with open(f"{prefix}.model", "rb") as file:
            model.ParseFromString(file.read())
        joined = joined or model
        for piece in model.pieces[2:]:
            scores[piece.piece] = max(piece.score, scores.get(piece.piece, -1e9))
    del joined.pieces[2:]
    for piece, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        joined.pieces.add(piece=piece, score=score)
    with open(f"{out}/pieces.model", "wb") as file:
        file.write(joined.SerializeToString())


def pack(pieces, texts):
    """(ids, offsets, a hash a text): text i is ids[offsets[i]:offsets[i + 1]]."""
    sequences = [s[:MAX_PIECES] for s in pieces.encode(texts, num_threads=2)]
    offsets = np.zeros(len(sequences) + 1, np.int64)
    offsets[1:] = np.cumsum([len(s) for s in sequences])
    ids = np.fromiter((t for s in sequences for t in s), np.int32, count=offsets[-1])
    return ids, offsets, np.array([zlib.crc32(t.encode()) for t in texts], np.int64)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data")
    parser.add_argument("out")
    parser.add_argument("--pieces", help="a tokenizer to use instead of training one")
    parser.add_argument("--skip", default="", help="sources to leave out")
    options = parser.parse_args()
    random.seed(SEED)
    os.makedirs(options.out, exist_ok=True)
    groups = read_groups(options.data, set(options.skip.split(",")))
    model = f"{options.out}/pieces.model"
    if options.pieces:
        with open(options.pieces, "rb") as source, open(model, "wb") as target:
            target.write(source.read())
    elif not os.path.exists(model):
        train_pieces(groups, options.out)
    pieces = sentencepiece.SentencePieceProcessor(model_file=model)
    for (kind, language), (a, b) in groups.items():
        packed = {f"{side}_{name}": array for side, texts in (("a", a), ("b", b))
                  for name, array in zip(("ids", "offsets", "keys"), pack(pieces, texts))}
        np.savez(f"{options.out}/{kind}-{language}.npz", **packed)
        print(kind, language, len(a), packed["a_offsets"][-1] // len(a), packed["b_offsets"][-1] // len(a), flush=True)


main()
