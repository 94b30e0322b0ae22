"""Sets newspaper pages with reportlab and keeps what was set, so that a reading can be compared with it."""

import json
import os
import re

from reportlab.pdfbase import cidfonts, pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfdoc import PDFString
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, "..", "pdf")
CLOSING = "，。、：；？！”’）》〉】…—·％,.!?)%"
OPENING = "“‘（《〈【("

SUNG = "/usr/share/fonts/truetype/arphic/uming.ttc"
HEI = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"


class GbFont(cidfonts.CIDFont):
    """A font that is not embedded and whose text is in the bytes of GBK or EUC-CN."""

    _dynamicFont = 0

    def __init__(self, encoding):
        cidfonts.CIDFont.__init__(self, "STSong-Light", encoding)
        self.name = self.fontName = encoding

    def formatForPdf(self, text):
        return cidfonts.escapePDF(text.encode("gbk").decode("latin-1"))

    def stringWidth(self, text, size, encoding=None):
        return len(text) * size  # the widths reportlab writes are those of full-width letters


def use_fonts():
    pdfmetrics.registerFont(TTFont("sung", SUNG))
    pdfmetrics.registerFont(TTFont("hei", HEI))
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    for encoding in ("GBK-EUC-H", "GB-EUC-H"):
        pdfmetrics.registerFont(GbFont(encoding))


def read_articles(path):
    """# title, ^ kicker, ~ subtitle, @ authors, then a paragraph a line."""
    articles = []
    for line in open(os.path.join(HERE, path), encoding="utf-8"):
        line = line.strip()
        if line.startswith("# "):
            articles.append({"title": line[2:], "authors": [], "paragraphs": []})
        elif line.startswith("^ "):
            articles[-1]["kicker"] = line[2:]
        elif line.startswith("~ "):
            articles[-1]["subtitle"] = line[2:]
        elif line.startswith("@ "):
            articles[-1]["authors"] = re.split("[、 ]+", line[2:])
        elif line:
            articles[-1]["paragraphs"].append(line)
    return articles


def width_of(text, font, size):
    return pdfmetrics.stringWidth(text, font, size)


def units(text):
    """What cannot be broken: a Han character or mark, a Latin word, a number."""
    return re.findall(r"[A-Za-z0-9.%:/+-]+|.", text)


def break_lines(text, font, size, width, indent):
    """Lines of at most `width` points, no mark that closes at a line's start, none that opens at its end."""
    lines, line, room = [], "", width - indent
    for unit in units(text):
        if line and width_of(line + unit, font, size) > room + 0.01:
            if unit in CLOSING and width_of(line + unit, font, size) <= room + size * 1.01:
                line += unit
                continue
            carried = ""
            while line[-1:] and line[-1] in OPENING:
                carried, line = line[-1] + carried, line[:-1]
            if unit in CLOSING:
                carried, line = line[-1] + carried, line[:-1]
            lines.append(line)
            line, room = carried + unit, width
        else:
            line += unit
    lines.append(line)
    return lines


def place(columns, texts, font, size, leading, indent, headings, after):
    """Lines with their places, or None where the columns are too small."""
    placed = []
    column, y = 0, columns[0][1]
    for text in texts:
        is_heading = text in headings
        set_in = 0 if is_heading else indent * size
        rest = text
        while rest:
            x, _, width, bottom = columns[column]
            if y + leading > bottom + 0.01:
                column += 1
                if column >= len(columns):
                    return None
                y = columns[column][1]
                continue
            line = break_lines(rest, font, size, width, set_in)[0]
            rest = rest[len(line):]
            kind = "heading" if is_heading else "full" if rest else "last"
            placed.append((x + set_in, y, width - set_in, line, kind))
            set_in = 0
            y += leading
        y += after
    return placed


class Paper:
    def __init__(self, name, size, body_font="sung", head_font="hei", compress=1):
        self.name = name
        self.width, self.height = size
        self.body_font, self.head_font = body_font, head_font
        self.canvas = canvas.Canvas(
            os.path.join(OUT, name + ".pdf"), pagesize=size, invariant=1, pageCompression=compress
        )
        self.articles = []
        self.page = 1

    def text(self, x, y, text, font, size, space=0.0):
        """Draws with the baseline `y` points below the top edge."""
        t = self.canvas.beginText(x, self.height - y)
        t.setFont(font, size)
        if space:
            t.setCharSpace(space)
        t.textOut(text)
        if space:
            t.setCharSpace(0)
        self.canvas.drawText(t)

    def box(self, x, y, w, h, fill=None):
        if fill is not None:
            self.canvas.setFillGray(fill)
        self.canvas.rect(x, self.height - y - h, w, h, stroke=1, fill=0 if fill is None else 1)
        self.canvas.setFillGray(0)

    def rule(self, x0, y0, x1, y1):
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def photo(self, x, y, w, h, caption=None, size=7):
        self.box(x, y, w, h, fill=0.8)
        if caption:
            for index, line in enumerate(break_lines(caption, self.body_font, size, w, 0)):
                self.text(x, y + h + size * (1.2 + 1.3 * index), line, self.body_font, size)

    def headline(self, lines, x, y, w, size, align="center", font=None, gap=1.25, space=0.0):
        """Sets lines below each other from the top `y`; returns the bottom."""
        font = font or self.head_font
        for line in lines:
            wide = width_of(line, font, size) + space * (len(line) - 1)
            left = x + (w - wide) / 2 if align == "center" else x
            self.text(left, y + size * 0.9, line, font, size, space)
            y += size * gap
        return y

    def body(self, paragraphs, columns, size=9.0, leading=13.5, indent=2.0, byline=None, font=None,
             justify=True, headings=(), after=0.0, balance=True):
        """Flows paragraphs through columns (x, top, width, bottom); returns the bottom of what was set.

        Columns that end at the same height are balanced: filled no further than is needed.
        """
        font = font or self.body_font
        texts = list(paragraphs)
        if byline:
            texts[-1] = texts[-1] + byline
        flow = (texts, font, size, leading, indent, headings, after)
        lowest = max(bottom for _, _, _, bottom in columns)
        fitted = place(columns, *flow)
        if fitted is None:
            raise ValueError(f"{self.name}: no room for {texts[0][:20]}")
        cut = lowest
        while balance and len(columns) > 1:
            cut -= leading
            tried = place([(x, t, w, cut if b == lowest else b) for x, t, w, b in columns], *flow)
            if tried is None:
                break
            fitted = tried
        for x, y, width, line, kind in fitted:
            face = self.head_font if kind == "heading" else font
            wide = width_of(line, face, size)
            left = x + (width - wide) / 2 if kind == "heading" else x
            stretched = (justify and kind == "full") or wide > width
            space = (width - wide) / max(1, len(line) - 1) if stretched and kind != "heading" else 0
            self.text(left, y + size, line, face, size, space)
        return max(y for _, y, _, _, _ in fitted) + leading

    def know(self, article, page=None, date=None, title=None, paragraphs=None, authors=None, above=()):
        """What should come back; `above` is what was set in smaller type above and below the headline."""
        known = {
            "title": title or article["title"],
            "authors": article["authors"] if authors is None else authors,
            "page": page or self.page,
            "paragraphs": [*above, *(paragraphs or article["paragraphs"])],
        }
        if date:
            known["publishedAt"] = date
        self.articles.append(known)

    def next_page(self):
        self.canvas.showPage()
        self.page += 1

    def save(self):
        self.canvas.save()
        write_truth(self.name, self.articles)


def write_truth(name, articles):
    with open(os.path.join(OUT, name + ".json"), "w", encoding="utf-8") as file:
        json.dump({"articles": articles}, file, ensure_ascii=False, indent=1)
        file.write("\n")
