"""Retrieval figures of a model folder on BEIR folders: measure.py MODEL_DIR DATASET...

The program's ranking without its cutting of passages, their neighbours and candidates: every passage gets every score.
For comparing variants in seconds; what counts is the program's own `evaluate`.
"""
import argparse
import collections
import json
import math
import os
import re

import numpy as np

from exported import read_pieces, read_vectors
from folding import fold, read_simplifier


def words(text):
    """Han bigrams and other words, nearly the terms of the program's BM25."""
    for run in re.findall(r"[\u4e00-\u9fff]+|[^\W\u4e00-\u9fff]+", text):
        if "\u4e00" <= run[0] <= "\u9fff" and len(run) > 1:
            yield from (run[i:i + 2] for i in range(len(run) - 1))
        else:
            yield run


def bm25(questions, passages, k1=1.2, b=0.75):
    counts = [collections.Counter(words(p)) for p in passages]
    lengths = np.array([sum(c.values()) for c in counts], float)
    postings = collections.defaultdict(list)
    for i, terms in enumerate(counts):
        for term, count in terms.items():
            postings[term].append((i, count))
    scores = np.zeros((len(questions), len(passages)), np.float32)
    for row, question in enumerate(questions):
        for term in set(words(question)):
            found = postings.get(term, [])
            idf = math.log(1 + (len(passages) - len(found) + 0.5) / (len(found) + 0.5))
            for i, count in found:
                scores[row, i] += idf * count * (k1 + 1) / (count + k1 * (1 - b + b * lengths[i] / lengths.mean()))
    return scores


def normalized(rows):
    return rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-8)


def late_interaction(vectors, information, asked, told):
    """questions x passages; `information` of each piece, 1 where question and passages are in one language."""
    unit, length = normalized(vectors), np.linalg.norm(vectors, axis=1)
    sets = [np.unique(ids) for ids in told]
    frequency = collections.Counter(t for ids in sets for t in ids.tolist())
    vocabulary = np.unique(np.concatenate(sets))
    place = {t: i for i, t in enumerate(vocabulary.tolist())}
    columns = [np.array([place[t] for t in ids.tolist()]) for ids in sets]
    scores = np.zeros((len(asked), len(told)), np.float32)
    for row, ids in enumerate(asked):
        ids = np.unique(ids)
        if not len(ids):
            continue
        idf = np.array([math.log(1 + len(told) / (1 + frequency.get(int(t), 0))) for t in ids])
        weights = idf * information[ids] * length[ids]
        cosines = np.maximum(unit[ids] @ unit[vocabulary].T, 0)
        for i, at in enumerate(columns):
            scores[row, i] = (weights * cosines[:, at].max(1)).sum() / (weights.sum() + 1e-9)
    return scores


def figures(scores, relevant):
    own = scores[np.arange(len(relevant)), relevant]
    rank = (scores > own[:, None]).sum(1) + ((scores == own[:, None]).sum(1) - 1) / 2 + 1
    gain = np.where(rank <= 10, 1 / np.log2(rank + 1), 0)
    return [100 * float(x) for x in ((rank <= 1).mean(), (rank <= 5).mean(), gain.mean())]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("datasets", nargs="+")
    parser.add_argument("--every", type=int, default=1, help="take every n-th question")
    options = parser.parse_args()
    simplify = read_simplifier()
    vectors, pieces = read_vectors(options.model), read_pieces(options.model)
    vectors[0] = 0
    information = np.maximum(0.5, -np.array([pieces.get_score(i) for i in range(len(vectors))]) - 5)

    def pool(rows):
        return normalized(np.array([vectors[ids].sum(0) for ids in rows], np.float32))

    for folder in options.datasets:
        corpus = [json.loads(line) for line in open(f"{folder}/corpus.jsonl", encoding="utf8")]
        at = {row["_id"]: i for i, row in enumerate(corpus)}
        relevant = {cells[0]: at[cells[1]] for cells in (line.split("\t") for line in list(open(f"{folder}/qrels/test.tsv"))[1:])}
        passages = [fold(simplify(row["text"])) for row in corpus]
        told = [np.array(pieces.encode(p)) for p in passages]
        told_language = "zh" if folder.rstrip("/").endswith(("zh", "cmrc")) else "en"
        by_language = collections.defaultdict(list)
        for query in map(json.loads, open(f"{folder}/queries.jsonl", encoding="utf8")):
            if query["_id"] in relevant:
                by_language[query["lang"]].append(query)
        for language, queries in by_language.items():
            queries = queries[::options.every]
            gold = np.array([relevant[q["_id"]] for q in queries])
            questions = [fold(simplify(q["text"])) for q in queries]
            asked = [np.array(pieces.encode(q), int) for q in questions]
            cosine = pool(asked) @ pool(told).T
            weighing = np.ones_like(information) if language == told_language else information
            late = late_interaction(vectors, weighing, asked, told)
            same_script = language == "zh" if told_language == "zh" else language in ("en", "de", "es", "ro", "tr", "vi")
            fused = 0.08 * bm25(questions, passages) + cosine + 6 * late if same_script else cosine + 3 * late
            row = " | ".join(" ".join(f"{x:5.1f}" for x in figures(s, gold)) for s in (cosine, late, fused))
            print(f"{os.path.basename(folder):8s} {language:3s} {len(queries):5d}  pooled/late/fused R@1 R@5 nDCG@10: {row}", flush=True)


main()
