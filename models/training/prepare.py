"""Turns the texts of a data folder into a tokenizer and packed pairs: prepare.py DATA OUT [--pieces MODEL] [--skip SOURCE,...]

DATA holds pairs.tsv.xz (source, language, text, English text), questions_zh.tsv.xz (question, passage), news_zh.txt.xz
(an article a line) and any *.tsv that collect.py wrote: `qa-*` (source, language, question, passage), the others like
pairs. OUT gets pieces.model and a .npz a group, that is a kind of pair and a language.
"""
import argparse
import collections
import glob
import lzma
import math
import multiprocessing
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
#: Sources that are drawn more often than their rows would be: few, and what no other source holds.
REPEATED = {"titles": 4, "regions": 2, "naturalearth": 2}
MAIN = ["zh", "ar", "de", "el", "es", "hi", "ro", "ru", "th", "tr", "vi"]
#: Whole words and parts of words by script. Trained together, the languages with most text leave the others little more
#: than letters; without whole words, a tokenizer makes "newcastle" of "new" and "castle".
PIECES = {"latin": (82_000, 32_000), "han": (0, 54_000), "cyrillic": (15_000, 10_000), "arabic": (8_000, 6_500), "greek": (8_000, 6_500),
          "thai": (0, 11_000), "devanagari": (5_500, 4_500), "hangul": (0, 3_000)}
#: The first letter of a word tells its script; digits and signs count as Latin.
SCRIPTS = {"han": "\u3005\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff", "thai": "\u0e01-\u0e7f", "cyrillic": "\u0400-\u052f",
           "arabic": "\u0600-\u06ff", "greek": "\u0370-\u03ff\u1f00-\u1fff", "devanagari": "\u0900-\u097f",
           "hangul": "\u1100-\u11ff\uac00-\ud7af"}
#: What each language counts for when the pieces of its script are chosen, in words, however much text it has.
MASS = {"zh": 12e6, "en": 20e6, "de": 5e6, "es": 5e6, "ro": 4e6, "tr": 4e6, "vi": 2e6, "other": 0.3e6, "main": 4e6}
#: Parts are chosen for the words that are no pieces themselves, each counting with this power of its count: parts that
#: frequent words are made of leave rare ones little more than letters.
FLATTENING = 0.5
#: A word of a dictionary counts for more than one of a text.
DICTIONARY_WEIGHT = 3
LONGEST_PIECE = 16
#: Rarer words of a script are left out; their pieces stand in others.
WORDS = 1_000_000
UNSPACED_SCRIPTS = {"han", "thai"}
#: What stands before a word. Alone it says nothing: it is left before Han and Thai, and before a word without a piece.
WORD_START, LOWEST_SCORE = "\u2581", -15.0

def rows_of(path):
    opener = lzma.open if path.endswith(".xz") else open
    with opener(path, "rt", encoding="utf8", newline="\n") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")


def cloze_pairs(article):
    """A sentence against its surroundings, and a clause against the rest of its sentence (inverse cloze)."""
    sentences = [s for s in re.split(r"(?<=[。！？；])", article.strip()) if len(s) > 6]
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
    """{(kind, language): ([text], [its counterpart])}, folded; kinds are lex, sent, qa and news."""
    groups = collections.defaultdict(lambda: ([], []))
    seen = collections.Counter()

    def add(kind, language, a, b):
        if a.strip() and b.strip():
            groups[kind, language][0].append(a)
            groups[kind, language][1].append(b)

    def add_pair(kind, source, language, text, english):
        seen[source, language] += 1
        cap = CAPS["main" if language in MAIN else "other"]
        if source not in skip and (language == "zh" or seen[source, language] <= cap):
            for _ in range(REPEATED.get(source, 1)):
                add(kind, language, text, english)

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
                    add("qa", language, question, passage)
            else:
                add_pair("lex" if name.startswith("lex-") else "sent", *cells)
    if "questions_zh" not in skip:
        for question, passage in rows_of(f"{data}/questions_zh.tsv.xz"):
            add("qa", "zh", question, passage)
    if "news_zh" not in skip:
        for cells in rows_of(f"{data}/news_zh.txt.xz"):
            for a, b in cloze_pairs(" ".join(cells)):
                add("news", "zh", a, b)
    with multiprocessing.Pool(initializer=load_simplifier) as pool:
        return {group: tuple(pool.map(simplify_and_fold, side, chunksize=5_000) for side in groups[group]) for group in sorted(groups)}


_simplify = None


def load_simplifier():
    global _simplify
    _simplify = read_simplifier()


def simplify_and_fold(text):
    return fold(_simplify(text))


def count_words(groups):
    """{script: {word: count}}; English stands on the other side of every language but those of questions."""
    by_language = collections.defaultdict(collections.Counter)
    for (kind, language), sides in groups.items():
        own = kind in ("qa", "news")
        for code, texts in ((language, sides[0]), (language if own else "en", sides[1])):
            weight = DICTIONARY_WEIGHT if kind == "lex" else 1
            for text in texts:
                for word in text.split():
                    by_language[code][word] += weight
    of_word = re.compile("|".join(f"(?P<{script}>[{letters}])" for script, letters in SCRIPTS.items()))
    by_script = collections.defaultdict(collections.Counter)
    for language, counts in by_language.items():
        mass = MASS.get(language, MASS["main" if language in MAIN else "other"]) / counts.total()
        for word, count in counts.items():
            match = of_word.match(word)
            by_script[match.lastgroup if match else "latin"][word] += count * mass
    return by_script


def train_pieces(groups, out):
    """A unigram tokenizer (Kudo, ACL 2018) a script, joined into one: no word holds letters of two scripts.

    A score is thus the logarithm of a piece's share in its own script's text, and tells how much the piece says there.
    """
    joined, scores = None, {}
    for script, counts in count_words(groups).items():
        prefix, (whole, parts) = f"{out}/{script}", PIECES[script]
        ranked, total = counts.most_common(whole + WORDS), counts.total()
        for word, count in ranked[:whole]:
            scores[WORD_START + word] = math.log(count / total)
        flattening = FLATTENING if whole else 1
        with open(f"{prefix}.tsv", "w", encoding="utf8") as file:
            file.writelines(f"{word}\t{math.ceil(count ** flattening)}\n" for word, count in ranked[whole:])
        subprocess.run([
            "spm_train", f"--input={prefix}.tsv", "--input_format=tsv", f"--model_prefix={prefix}", f"--vocab_size={parts}",
            "--model_type=unigram", f"--add_dummy_prefix={'false' if script in UNSPACED_SCRIPTS else 'true'}",
            "--character_coverage=0.9998", "--normalization_rule_name=identity", "--num_threads=2",
            f"--max_sentencepiece_length={LONGEST_PIECE}", "--hard_vocab_limit=false", "--unk_id=1", "--bos_id=-1", "--eos_id=-1",
            "--pad_id=0", "--pad_piece=[PAD]", "--unk_piece=[UNK]",
        ], check=True, stderr=subprocess.DEVNULL)
        model = sentencepiece_model_pb2.ModelProto()
        with open(f"{prefix}.model", "rb") as file:
            model.ParseFromString(file.read())
        joined = joined or model
        rest = math.log(sum(count for _, count in ranked[whole:]) / total)
        for piece in model.pieces[2:]:
            scores[piece.piece] = max(piece.score + rest, scores.get(piece.piece, -1e9))
    del joined.pieces[2:]
    scores[WORD_START] = LOWEST_SCORE
    for piece, score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        joined.pieces.add(piece=piece, score=score)
    joined.trainer_spec.ClearField("vocab_size")
    joined.normalizer_spec.add_dummy_prefix = True
    with open(f"{out}/pieces.model", "wb") as file:
        file.write(joined.SerializeToString())


def pack(pieces, texts):
    """(ids, offsets, a hash a text): text i is ids[offsets[i]:offsets[i + 1]]."""
    silent = {pieces.unk_id(), pieces.piece_to_id(WORD_START)}
    sequences = [[t for t in s if t not in silent][:MAX_PIECES] for s in pieces.encode(texts, num_threads=2)]
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
    read_simplifier()  # what it lacks is said here: a pool starts workers that fail at once over and over
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
