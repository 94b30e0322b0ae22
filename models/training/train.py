"""Contrastive training of a table of token vectors: train.py PACKED OUT.npy [--dimensions 256] [--steps 7500] ...

Two losses a step, both symmetric InfoNCE (van den Oord et al., 2018) with the other pairs of the batch as negatives:
the cosine of pooled vectors, and late interaction (Khattab and Zaharia, SIGIR 2020) on shorter stretches, which is how
the program reranks. Texts that stand twice in a batch are not each other's negatives. Adam, on the rows touched.
"""
import argparse
import glob
import os
import time

import numpy as np
import sentencepiece
import torch

from exported import read_pieces, read_vectors

POOLED_SCALE = 20.0
LATE_SCALE = 25.0
DROPOUT = 0.1
#: How often a group is drawn: kind, then language; MAIN are the languages of the measured sets.
MAIN = {"ar", "de", "el", "es", "hi", "ro", "ru", "th", "tr", "vi"}
SHARES = {
    ("lex", "zh"): 4.0, ("sent", "zh"): 6.0, ("qa", "zh"): 1.5, ("news", "zh"): 3.0, ("qa", "en"): 1.5,
    ("lex", "main"): 0.7, ("sent", "main"): 0.55, ("qa", "main"): 0.15, ("lex", "other"): 0.08, ("sent", "other"): 0.12,
    ("qa", "other"): 0.05, **{("lex", language): 1.1 for language in ("de", "es", "ru")},
    **{("sent", language): 0.9 for language in ("de", "es", "ru")},
}
#: Pieces of a question and of a passage, and pairs of a batch, in late interaction; for single words it says nothing new.
LATE = {"sent": (16, 32, 160), "qa": (16, 64, 112), "news": (16, 64, 112)}


class Side:
    """One side of a group's pairs: ragged piece ids."""

    def __init__(self, file, name):
        self.ids, self.offsets, self.keys = (torch.from_numpy(file[f"{name}_{part}"].astype(np.int64)) for part in ("ids", "offsets", "keys"))

    def bag(self, rows):
        """(ids, start of each row) with some pieces dropped, at least one of each row kept."""
        starts, lengths = self.offsets[rows], self.offsets[rows + 1] - self.offsets[rows]
        segments = torch.repeat_interleave(torch.arange(len(rows)), lengths)
        firsts = lengths.cumsum(0) - lengths
        within = torch.arange(len(segments)) - firsts[segments]
        ids = self.ids[starts[segments] + within]
        keep = torch.rand(len(ids)) > DROPOUT
        kept = torch.bincount(segments[keep], minlength=len(rows))
        keep[firsts[(kept == 0) & (lengths > 0)]] = True
        kept = torch.bincount(segments[keep], minlength=len(rows))
        return ids[keep], kept.cumsum(0) - kept

    def windows(self, rows, width):
        """rows x width ids, 0 where there is none: a random stretch of texts that are longer."""
        starts, lengths = self.offsets[rows], self.offsets[rows + 1] - self.offsets[rows]
        shift = (torch.rand(len(rows)) * (lengths - width + 1).clamp(min=1)).long()
        columns = torch.arange(width)
        inside = columns < lengths[:, None]
        at = (starts + shift)[:, None] + columns
        return torch.where(inside, self.ids[at.clamp(max=len(self.ids) - 1)], torch.zeros((), dtype=torch.long))


def load_groups(folder):
    groups, shares = {}, []
    for path in sorted(glob.glob(f"{folder}/*-*.npz")):
        kind, language = os.path.basename(path)[:-4].split("-", 1)
        share = SHARES.get((kind, language)) or SHARES.get((kind, "main" if language in MAIN else "other"), 0)
        file = np.load(path)
        group = Side(file, "a"), Side(file, "b")
        # A small group is not drawn until it is known by heart.
        share *= min(1.0, len(group[0].keys) / 20_000)
        if share > 0:
            groups[kind, language] = group
            shares.append(share)
    return groups, torch.tensor(shares)


class InfoNce(torch.autograd.Function):
    """Mean of both directions of InfoNCE over n x n logits; where `same` holds, two pairs share a text."""

    @staticmethod
    def forward(context, logits, same):
        logits = logits.masked_fill(same, -1e4)
        rows, columns = torch.softmax(logits, 1), torch.softmax(logits, 0)
        loss = -(rows.diagonal().clamp(min=1e-12).log().mean() + columns.diagonal().clamp(min=1e-12).log().mean()) / 2
        gradient = rows.add_(columns)
        gradient.diagonal().sub_(2)
        context.save_for_backward(gradient.div_(2 * len(logits)))
        return loss

    @staticmethod
    def backward(context, gradient):
        return context.saved_tensors[0] * gradient, None


def shared_texts(a, b, rows):
    ka, kb = a.keys[rows], b.keys[rows]
    same = (ka[:, None] == ka) | (kb[:, None] == kb)
    return same.fill_diagonal_(False)


def pooled_loss(local, place, a, b, same):
    def pool(side):
        ids, starts = side
        return torch.nn.functional.normalize(torch.nn.functional.embedding_bag(place[ids], local, starts, mode="mean"), dim=1)

    return InfoNce.apply(pool(a) @ pool(b).t() * POOLED_SCALE, same)


class BestMatch(torch.autograd.Function):
    """rows x passages: the largest product of a row with the vectors of a passage, (n, d) and (passages, width, d).

    Only the best vector of a passage gets a gradient, so the way back is two matrix products instead of a pass over
    every product; half the time of amax.
    """

    @staticmethod
    def forward(context, rows, passages):
        products = (rows @ passages.flatten(0, 1).t()).view(len(rows), *passages.shape[:2])
        best, at = products.max(2)
        context.save_for_backward(rows, passages, at)
        return best

    @staticmethod
    def backward(context, gradient):
        rows, passages, at = context.saved_tensors
        chosen = torch.zeros(*at.shape, passages.shape[1])
        chosen = chosen.scatter_(2, at[:, :, None], gradient[:, :, None]).flatten(1)
        return chosen @ passages.flatten(0, 1), (chosen.t() @ rows).view(passages.shape)


def late_scores(local, place, questions, passages):
    """questions x passages: mean best cosine of a question's pieces, each weighing as much as its vector is long."""
    vectors = torch.nn.functional.embedding(place[questions], local)
    weights = vectors.norm(dim=2) * (questions != 0)
    flat = torch.nn.functional.normalize(vectors, dim=2).flatten(0, 1)
    # The row of piece 0, padding, is zero: it is nobody's best match.
    told = torch.nn.functional.normalize(torch.nn.functional.embedding(place[passages], local), dim=2)
    best = BestMatch.apply(flat, told).view(*questions.shape, len(passages)).clamp(min=0)
    return (best * weights[:, :, None]).sum(1) / weights.sum(1, keepdim=True).clamp(min=1e-6)


def start_vectors(start, pieces):
    """Vectors to go on from; of a model folder, a piece begins with the sum of the vectors that its letters have there."""
    if start.endswith(".npy"):
        return torch.from_numpy(np.load(start))
    vectors, former = torch.from_numpy(read_vectors(start)), read_pieces(start)
    vectors[[former.unk_id(), former.pad_id()]] = 0
    ids = former.encode([pieces.id_to_piece(i) for i in range(pieces.get_piece_size())])
    starts = torch.tensor([0, *(len(row) for row in ids[:-1])]).cumsum(0)
    return torch.nn.functional.embedding_bag(torch.tensor([i for row in ids for i in row]), vectors, starts, mode="sum")


class Adam:
    """Adam (Kingma and Ba, 2015) for the rows that a step touches; each row counts its own steps."""

    def __init__(self, table):
        self.table, self.mean, self.square = table, torch.zeros_like(table), torch.zeros_like(table)
        self.steps = torch.zeros(len(table))

    def step(self, rows, gradient, rate):
        self.steps[rows] += 1
        count = self.steps[rows, None].clamp(max=5000)
        mean = self.mean[rows].mul_(0.9).add_(gradient, alpha=0.1)
        square = self.square[rows].mul_(0.99).addcmul_(gradient, gradient, value=0.01)
        self.mean[rows], self.square[rows] = mean, square
        update = (mean / (1 - 0.9 ** count)).div_((square / (1 - 0.99 ** count)).sqrt_().add_(1e-8))
        self.table[rows] -= rate * update


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packed")
    parser.add_argument("out")
    parser.add_argument("--dimensions", type=int, default=256)
    parser.add_argument("--steps", type=int, default=7500)
    parser.add_argument("--batch", type=int, default=2048)
    parser.add_argument("--rate", type=float, default=0.008)
    parser.add_argument("--late", type=float, default=1.0, help="weight of the late interaction; 0 leaves it out")
    parser.add_argument("--start", help="vectors to go on from, as a training left them, or a model folder")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    torch.set_num_threads(os.cpu_count())
    torch.manual_seed(options.seed)
    np.random.seed(options.seed)
    groups, shares = load_groups(options.packed)
    names = list(groups)
    pieces = sentencepiece.SentencePieceProcessor(model_file=f"{options.packed}/pieces.model")
    size = pieces.get_piece_size()
    table = start_vectors(options.start, pieces) if options.start else torch.randn(size, options.dimensions) * 0.05
    # Padding, what is unknown and the mark of a word's start say nothing; no packed text holds them.
    table[[0, pieces.unk_id(), pieces.piece_to_id("\u2581")]] = 0
    adam = Adam(table)
    place = torch.zeros(size, dtype=torch.long)
    started, losses = time.time(), {}
    for step in range(options.steps):
        kind, language = names[int(torch.multinomial(shares, 1))]
        a, b = groups[kind, language]
        rows = torch.randint(len(a.keys), (options.batch,))
        bag_a, bag_b = a.bag(rows), b.bag(rows)
        used = [bag_a[0], bag_b[0]]
        judged = options.late > 0 and kind in LATE
        if judged:
            question_width, passage_width, few = LATE[kind]
            asker, told = (a, b) if kind in ("qa", "news") or torch.rand(()) < 0.5 else (b, a)
            questions, passages = asker.windows(rows[:few], question_width), told.windows(rows[:few], passage_width)
            used += [questions.flatten(), passages.flatten()]
        touched = torch.unique(torch.cat(used))
        place[touched] = torch.arange(len(touched))
        local = table[touched].requires_grad_()
        same = shared_texts(a, b, rows)
        loss = pooled_loss(local, place, bag_a, bag_b, same)
        parts = [float(loss)]
        if judged:
            late = InfoNce.apply(late_scores(local, place, questions, passages) * LATE_SCALE, same[:few, :few])
            parts.append(float(late))
            loss = loss + options.late * late
        loss.backward()
        rate = options.rate * min(1, step / 100) * (1 - 0.98 * step / options.steps)
        with torch.no_grad():
            adam.step(touched, local.grad, rate)
            table[0] = 0
        losses.setdefault(f"{kind}-{language}", []).append(parts)
        if step % 250 == 249:
            seconds = round(time.time() - started)
            print(step + 1, f"{seconds} s", {k: [round(float(x), 2) for x in np.mean(v, 0)] for k, v in sorted(losses.items())}, flush=True)
            np.save(options.out, table.numpy())
            losses = {}
    np.save(options.out, table.numpy())


main()
