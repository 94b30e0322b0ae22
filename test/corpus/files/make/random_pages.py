"""Pages whose layout is dealt out by a seed: `random_pages.py FOLDER FIRST LAST` sets one for each seed."""

import os
import random
import sys

import paper
from newspapers import ARTICLES, LONG, columns
from paper import Paper, place, use_fonts, width_of

FONT = "STSong-Light"
DATES = [
    ("{y}年{m}月{d}日 星期三", "plain"),
    ("{y}-{m:02}-{d:02} 星期六", "plain"),
    ("{y}.{m:02}.{d:02} 周刊 第12版", "plain"),
    ("责任编辑：文心 {y}年{m}月{d}日 第5版", "plain"),
]
# Nobody sets columns of fewer lines.
MIN_LINES = 4


def break_title(deal, title, width, size):
    """Decks where the title has a space, else halves where it is too wide or the dice say so."""
    if width_of(title, FONT, size) <= width and deal.random() < 0.7:
        return [title]
    for sign in ("：", "，", " "):
        if sign in title:
            left, right = title.split(sign, 1)
            parts = [left + sign.strip(), right]
            break
    else:
        middle = (len(title) + 1) // 2
        parts = [title[:middle], title[middle:]]
    return [piece for part in parts for piece in fit(part, width, size)]


def fit(text, width, size):
    if width_of(text, FONT, size) <= width:
        return [text]
    middle = (len(text) + 1) // 2
    return fit(text[:middle], width, size) + fit(text[middle:], width, size)


def set_article(p, deal, style, article, x, y, count, date):
    """Sets an article over `count` columns from the top `y`; returns its bottom, or None where it does not fit."""
    each, gutter = style["column"], style["gutter"]
    if sum(map(len, article["paragraphs"])) * style["size"] < MIN_LINES * count * each:
        return None
    width = count * each + (count - 1) * gutter
    size, leading = style["size"], style["leading"]
    head = size * deal.choice([1.5, 1.7, 2.0]) * (1 if count == 1 else 1.25 if count == 2 else 1.5)
    lines = break_title(deal, article["title"], width, head)
    if max(width_of(line, FONT, head) for line in lines) > width:
        return None
    align = style["align"]
    kicker = article.get("kicker") if deal.random() < 0.6 else None
    subtitle = article.get("subtitle") if deal.random() < 0.6 else None
    byline_style = style["byline"] if article["authors"] else "none"
    top = y
    y += (size * 1.5 if kicker else 0) + head * 1.25 * len(lines) + (size * 1.6 if subtitle else 0)
    y += (leading if byline_style == "line" else 0) + size * 0.6
    sign = deal.choice(["、", " "])
    names = sign.join(article["authors"])
    byline = {"bracket": f"（{names}）", "reporter": f"（本报记者 {names}）"}.get(byline_style)
    cols = columns(x, width, count, gutter, y, style["bottom"])
    photo = None
    if count > 1 and deal.random() < 0.4:
        at = deal.randrange(count)
        height = each * 0.6
        caption = f"图为{article['title'][:6]}现场。 {deal.choice(['资料图', '田野 摄'])}"
        photo = (cols[at][0], y, each, height, caption)
        cols[at] = (cols[at][0], y + height + size * 2.8, each, style["bottom"])
    texts = list(article["paragraphs"])
    if place(cols, texts[:-1] + [texts[-1] + (byline or "")], FONT, size, leading, style["indent"], (), 0) is None:
        return None
    y = top
    if kicker:
        y = p.headline([kicker], x, y, width, size * 1.2, align=align)
    y = p.headline(lines, x, y, width, head, align=align)
    if subtitle:
        y = p.headline([subtitle], x, y, width, size * 1.25, align=align)
    if byline_style == "line":
        p.headline([f"本报记者 {' '.join(article['authors'])}"], x, y, width, size, align=align)
    if photo:
        p.photo(*photo, size=size * 0.8)
    bottom = p.body(texts, cols, size, leading, style["indent"], byline)
    above = [text for text in (kicker, subtitle) if text]
    p.know(article, date=date, above=above, authors=article["authors"])
    return max(bottom, photo[1] + photo[3] + size * 2.8) if photo else bottom


def try_stock(p, deal, style, stock, x, y, count, date):
    """Sets the first article of the stock that fits; returns its bottom, or None."""
    for _ in range(len(stock)):
        article = stock.pop()
        bottom = set_article(p, deal, style, article, x, y, count, date)
        if bottom is not None:
            return bottom
        stock.insert(0, article)
    return None


def fill(p, deal, style, stock, x, y, count, date):
    """Fills a strip of columns from the top: articles across it, narrower ones side by side, or two strips."""
    step = style["column"] + style["gutter"]
    width = count * step - style["gutter"]
    while stock and y < style["bottom"]:
        left = deal.randrange(1, count) if count > 1 else 0
        dice = deal.random()
        bottoms = []
        if count == 1 or dice < 0.5:
            bottoms = [try_stock(p, deal, style, stock, x, y, count, date)]
        elif dice < 0.75:
            bottoms = [
                try_stock(p, deal, style, stock, x, y, left, date),
                try_stock(p, deal, style, stock, x + left * step, y, count - left, date),
            ]
        bottoms = [bottom for bottom in bottoms if bottom is not None]
        if not bottoms:
            if count > 1:
                fill(p, deal, style, stock, x, y, left, date)
                fill(p, deal, style, stock, x + left * step, y, count - left, date)
            return
        y = max(bottoms) + style["between"]
        if deal.random() < 0.3:
            p.rule(x, y - style["between"] / 2, x + width, y - style["between"] / 2)


def set_page(name, seed):
    deal = random.Random(seed)
    size = deal.choice([8, 8.5, 9, 9.5, 10, 10.5])
    chars = deal.choice([13, 15, 17, 19, 22])
    count = deal.choice([3, 4, 5])
    gutter = size * deal.choice([1.2, 1.5, 2.0])
    margin = deal.choice([24, 36, 50])
    column = chars * size
    width = 2 * margin + count * column + (count - 1) * gutter
    height = width * deal.choice([1.0, 1.2, 1.35])
    p = Paper(name, (width, height), FONT, FONT)
    style = {
        "size": size, "leading": size * deal.choice([1.35, 1.5, 1.65]), "column": column, "gutter": gutter,
        "indent": deal.choice([2, 2, 2, 0]), "align": deal.choice(["center", "center", "left"]),
        "byline": deal.choice(["bracket", "bracket", "reporter", "line"]), "bottom": height - margin - 16,
        "between": size * deal.choice([1.6, 2.2, 3]),
    }
    year, month, day = deal.randrange(2015, 2026), deal.randrange(1, 13), deal.randrange(1, 29)
    text = deal.choice(DATES)[0].format(y=year, m=month, d=day)
    at_foot = deal.random() < 0.3
    p.text(margin, height - margin * 0.5 if at_foot else margin * 0.7, text, FONT, 8)
    date = f"{year}-{month:02}-{day:02}"
    # Everyone needs a common name: what the dice leave out here is tested elsewhere.
    stock = deal.sample(ARTICLES, 24) + deal.sample(LONG, 3)
    deal.shuffle(stock)
    top = margin + 8
    fill(p, deal, style, stock, margin, top, count, date)
    p.save()


if __name__ == "__main__":
    use_fonts()
    folder, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    paper.OUT = os.path.abspath(folder)
    for seed in range(first, last + 1):
        set_page(f"random-{seed:03}", seed)
