"""Newspaper pages: each function sets one file below ../pdf. Run with Debian's python3 and python3-reportlab."""

from paper import Paper, read_articles, use_fonts

ARTICLES = read_articles("../../clean-articles.txt")
LONG = read_articles("long-articles.txt")


def by_title(start):
    return next(a for a in ARTICLES + LONG if a["title"].startswith(start))


def bracketed(article, sign="、"):
    return "（" + sign.join(article["authors"]) + "）" if article["authors"] else ""


def columns(x, width, count, gutter, top, bottom):
    each = (width - gutter * (count - 1)) / count
    return [(x + index * (each + gutter), top, each, bottom) for index in range(count)]


def embedded():
    """Three columns, embedded subset fonts, headlines over one to three columns, bylines at the end."""
    p = Paper("three-columns", (540, 760), "hei", "hei")
    date = "2025-10-30"
    p.text(36, 30, "2025年10月30日 星期四", "hei", 9)
    p.text(250, 30, "第2版 综合新闻", "hei", 11)
    p.text(400, 30, "责任编辑：高原 校对：江一帆", "hei", 8)
    p.rule(36, 36, 504, 36)
    a = by_title("老城区")
    y = p.headline([a["kicker"]], 36, 46, 468, 13)
    y = p.headline(["老城区换上新管网 三万户居民告别“水压低”"], 36, y + 2, 468, 21)
    y = p.headline([a["subtitle"]], 36, y, 468, 11)
    a_cols = columns(36, 468, 3, 18, y + 6, 370)
    p.body(a["paragraphs"], a_cols, 9, 13, byline=bracketed(a))
    p.know(a, date=date, above=[a["kicker"], a["subtitle"]])
    p.rule(36, 376, 504, 376)
    b = by_title("水库管理站")
    y = p.headline(["水库管理站四代人的坚守"], 36, 384, 306, 18)
    p.body(b["paragraphs"], columns(36, 306, 2, 18, y + 4, 560), 9, 13, byline=bracketed(b))
    p.know(b, date=date)
    c = by_title("爷爷的修表铺")
    y = p.headline([c["title"]], 360, 384, 144, 16)
    p.body(c["paragraphs"], [(360, y + 4, 144, 740)], 9, 13, byline=bracketed(c))
    p.know(c, date=date)
    d = by_title("古镇夜游")
    y = p.headline([d["title"]], 36, 562, 306, 18, align="left")
    p.body(d["paragraphs"], columns(36, 306, 2, 18, y + 4, 740), 9, 13, byline=bracketed(d))
    p.know(d, date=date)
    p.save()


def not_embedded():
    """Four columns of a font that is not embedded; a photo with its caption; bylines of their own above the text."""
    p = Paper("four-columns-cid", (780, 1000), "STSong-Light", "STSong-Light")
    date = "2024-03-08"
    p.text(40, 32, "城乡日报", "STSong-Light", 14)
    p.text(520, 32, "二〇二四年三月八日 星期五 3版", "STSong-Light", 10)
    a = by_title("从一颗螺丝")
    y = p.headline([a["kicker"]], 40, 50, 520, 14, align="left")
    y = p.headline(["从一颗螺丝到一座工厂：", "县域制造的突围之路"], 40, y, 520, 30, align="left")
    y = p.headline(["□ 本报记者 孟青山"], 40, y + 2, 520, 10, align="left")
    cols = columns(40, 520, 3, 20, y + 8, 560)
    cols[2] = (cols[2][0], y + 138, cols[2][2], 560)
    p.photo(cols[2][0], y + 8, cols[2][2], 100, "图为螺丝车间里的冷镦机正在工作。 本报记者 孟青山 摄", 8)
    p.body(a["paragraphs"], cols, 10.5, 16)
    p.know(a, date=date, above=[a["kicker"]])
    x, w = 580, 160
    for start, top, bottom in (("急救员教你", 50, 330), ("窑洞宾馆", 345, 600), ("一段跨越山海", 612, 960)):
        b = by_title(start)
        title = b["title"]
        lines = title.split("：") if "：" in title else [title[: len(title) // 2 + 1], title[len(title) // 2 + 1 :]]
        if "：" in title:
            lines[0] += "："
        y = p.headline(lines, x, top, w, 17)
        p.body(b["paragraphs"], [(x, y + 6, w, bottom)], 10.5, 15.5, byline=bracketed(b))
        p.know(b, date=date)
    c = by_title("种下一片林")
    y = p.headline(["种下一片林 守住一条河"], 40, 580, 520, 26)
    y = p.headline(["——" + c["subtitle"]], 40, y, 520, 13)
    y = p.headline(["水清 柏杨"], 40, y, 520, 10.5)
    p.body(c["paragraphs"], columns(40, 520, 3, 20, y + 6, 970), 10.5, 16)
    p.know(c, date=date, above=["——" + c["subtitle"]])
    p.save()


def gbk(name, encoding):
    """A tabloid page in bytes of GBK, paragraphs flush but for the first line of two characters."""
    p = Paper(name, (500, 700), encoding, encoding)
    date = "2023-12-01"
    p.text(30, 28, "2023-12-01 A05 社会", encoding, 9)
    a = by_title("铁路工务段")
    y = p.headline(["铁路工务段：雨夜里的一小时"], 30, 42, 440, 22)
    p.body(a["paragraphs"], columns(30, 440, 2, 16, y + 4, 240), 10, 15, byline=bracketed(a))
    p.know(a, date=date)
    b = by_title("黄河岸边")
    y = p.headline(["黄河岸边的摇曳芦苇"], 30, 250, 212, 16)
    p.body(b["paragraphs"], [(30, y + 4, 212, 460)], 10, 15, byline=bracketed(b))
    p.know(b, date=date)
    c = by_title("第十五届")
    y = p.headline([c["title"]], 258, 250, 212, 16)
    p.body(c["paragraphs"], [(258, y + 4, 212, 460)], 10, 15, byline=bracketed(c))
    p.know(c, date=date)
    d = by_title("夜班公交")
    y = p.headline([d["title"]], 30, 468, 440, 20, align="left")
    p.body(d["paragraphs"], columns(30, 440, 3, 14, y + 4, 690), 9, 13, byline=bracketed(d))
    p.know(d, date=date)
    p.save()


def boxed():
    """An article in a box amid the columns of another, which goes on beside and below it."""
    font = "STSong-Light"
    p = Paper("boxed-article", (600, 800), font, font)
    date = "2025-06-05"
    p.text(40, 30, "2025年6月5日 第7版 副刊", font, 9)
    a = by_title("种下一片林")
    y = p.headline(["种下一片林 守住一条河"], 40, 44, 520, 26)
    top = y + 6
    cols = columns(40, 520, 3, 20, top, 500)
    left, mid, right = cols
    box = (mid[0], top + 60, mid[2], 250)
    p.body(
        a["paragraphs"],
        [left, (mid[0], top, mid[2], top + 50), (mid[0], top + 320, mid[2], 500), right],
        12, 19, byline="（水清 柏杨）",
    )
    p.know(a, date=date)
    b = by_title("渊博的人")
    p.box(mid[0] - 4, top + 54, mid[2] + 8, 258)
    y = p.headline([b["title"]], *box[:1], box[1], box[2], 15)
    p.body(b["paragraphs"], [(mid[0] + 4, y + 4, mid[2] - 8, top + 312)], 10, 14, byline=bracketed(b))
    p.know(b, date=date)
    c = by_title("钢城")
    y = p.headline(["钢城“电工夜校”", "开班百期"], 40, 512, 160, 18)
    p.body(c["paragraphs"], [(40, y + 4, 160, 790)], 10.5, 15.5, byline=bracketed(c))
    p.know(c, date=date)
    d = by_title("员工食堂")
    y = p.headline([d["title"]], 220, 512, 340, 22)
    p.body(d["paragraphs"], columns(220, 340, 2, 20, y + 4, 690), 10.5, 15.5, byline=bracketed(d))
    p.know(d, date=date)
    p.save()


def wrapped_around():
    """An article that runs into the next column above another article's headline, and flush paragraphs."""
    font = "STSong-Light"
    p = Paper("next-column", (520, 720), font, font)
    date = "2025-01-15"
    p.text(30, 706, "编辑 石泉 美编 田野 2025年1月15日 星期三", font, 8)
    cols = columns(30, 460, 3, 17, 0, 0)
    x = [c[0] for c in cols]
    w = cols[0][2]
    a = by_title("夜班公交")
    y = p.headline(["夜班公交里的", "城市温度"], x[0], 30, w, 20)
    first = (x[0], y + 6, w, 690)
    second = (x[1], 30, w, 170)
    p.body(a["paragraphs"], [(first[0], first[1], w, 400), second], 10, 15, byline=bracketed(a))
    p.know(a, date=date)
    b = by_title("渔民转产记")
    y = p.headline(["渔民转产记：", "从捕鱼人到护鱼人"], x[1], 182, w, 16)
    p.body(b["paragraphs"], [(x[1], y + 4, w, 460)], 10, 15, byline=bracketed(b))
    p.know(b, date=date)
    c = by_title("盲人按摩师")
    y = p.headline(["盲人按摩师", "跑完全程马拉松"], x[2], 30, w, 16)
    p.body(c["paragraphs"], [(x[2], y + 4, w, 300)], 10, 15, byline=bracketed(c))
    p.know(c, date=date)
    d = by_title("遥感卫星")
    y = p.headline([d["title"]], x[2], 310, w, 16)
    p.body(d["paragraphs"], [(x[2], y + 4, w, 690)], 10, 15, byline=bracketed(d))
    p.know(d, date=date)
    e = by_title("倾听怨言")
    y = p.headline(["倾听怨言背后的心声：", "物业公司的一次“自我体检”"], x[0], 470, 2 * w + 17, 18)
    p.body(e["paragraphs"], columns(30, 2 * w + 17, 2, 17, y + 6, 690), 10, 15, byline=bracketed(e))
    p.know(e, date=date)
    p.save()


def two_pages():
    """Two pages with articles of their own; the first page's last article goes on atop the second."""
    font = "STSong-Light"
    p = Paper("two-pages", (520, 720), font, font)
    date = "2022-08-09"

    def header(number):
        p.text(30, 26, "2022年8月9日 星期二", font, 9)
        p.text(440, 26, f"第{number}版", font, 9)

    header(1)
    a = by_title("青年工人")
    y = p.headline([a["title"]], 30, 40, 220, 18)
    p.body(a["paragraphs"], [(30, y + 4, 220, 300)], 10, 15, byline=bracketed(a))
    p.know(a, date=date)
    b = by_title("小小科技馆")
    y = p.headline(["小小科技馆，", "“圆”了山里娃的梦"], 270, 40, 220, 18)
    p.body(b["paragraphs"], [(270, y + 4, 220, 300)], 10, 15, byline=bracketed(b))
    p.know(b, date=date)
    c = by_title("从一颗螺丝")
    y = p.headline(["从一颗螺丝到一座工厂：县域制造的突围之路"], 30, 312, 460, 20)
    cols = columns(30, 460, 3, 17, y + 6, 440)
    head_page = p.page

    d = by_title("考古人员")
    y2 = p.headline([d["title"]], 30, 470, 460, 20)
    p.body(d["paragraphs"], columns(30, 460, 3, 17, y2 + 4, 640), 10, 15, byline=bracketed(d))

    # The article is set first on this page, then on the next one.
    half = c["paragraphs"][:3]
    p.body(half, cols, 10, 15)
    p.know(c, date=date, page=head_page)
    p.know(d, date=date)
    p.next_page()
    header(2)
    p.body(c["paragraphs"][3:], columns(30, 460, 3, 17, 42, 150), 10, 15, byline=bracketed(c))
    e = by_title("城市公园")
    y = p.headline(["城市公园24小时开放惹人爱", "园林部门多措并举保安全"], 30, 200, 300, 19)
    p.body(e["paragraphs"], columns(30, 300, 2, 16, y + 4, 420), 10, 15, byline=bracketed(e))
    p.know(e, date=date)
    f = by_title("动物园的")
    y = p.headline(["动物园的", "猿猴馆换新颜"], 346, 200, 144, 17)
    p.body(f["paragraphs"], [(346, y + 4, 144, 640)], 10, 15, byline=bracketed(f))
    p.know(f, date=date)
    p.save()


def spaced():
    """Headlines letter-spaced, text of two sizes, an article with subheadings, a column of short news."""
    font = "STSong-Light"
    p = Paper("spaced-headlines", (640, 860), font, font)
    date = "2021-05-17"
    p.text(40, 28, "3", font, 10)
    p.text(250, 28, "要 闻", font, 14)
    p.text(470, 28, "2021.05.17 星期一", font, 9)
    p.rule(40, 34, 600, 34)
    a = dict(by_title("老城区"))
    heads = ["水从哪里漏", "给管网装上“神经”"]
    paragraphs = a["paragraphs"]
    texts = [paragraphs[0], heads[0], *paragraphs[1:4], heads[1], *paragraphs[4:]]
    y = p.headline(["老城区换上新管网"], 40, 44, 380, 28, space=6)
    y = p.headline([a["subtitle"]], 40, y, 380, 12)
    p.body(texts, columns(40, 380, 2, 20, y + 6, 520), 10.5, 17, byline="（记者 顾长河 通讯员 倪双）", headings=heads)
    p.know(a, date=date, title="老城区换上新管网", paragraphs=texts, above=[a["subtitle"]])
    y = 44
    for start in ("遥控飞机", "野外考察队", "留学生合唱团", "冤案平反"):
        b = by_title(start)
        parts = b["title"].split("：" if "：" in b["title"] else " ")
        if "：" in b["title"]:
            parts[0] += "："
        if len(parts) == 1:
            parts = [b["title"][:6], b["title"][6:]]
        y = p.headline(parts, 444, y, 156, 13, align="left")
        y = p.body(b["paragraphs"], [(444, y + 2, 156, 850)], 8.5, 12.2, byline="（" + "、".join(b["authors"]) + "）")
        p.know(b, date=date)
        y += 12
    c = by_title("梅苑社区")
    y = p.headline(["梅苑社区：小院里的大民生"], 40, 530, 380, 22)
    p.body(c["paragraphs"], columns(40, 380, 2, 20, y + 4, 690), 10.5, 16, byline="（何田）")
    p.know(c, date=date)
    p.save()


if __name__ == "__main__":
    use_fonts()
    embedded()
    not_embedded()
    gbk("gbk-bytes", "GBK-EUC-H")
    gbk("gb-bytes", "GB-EUC-H")
    boxed()
    wrapped_around()
    two_pages()
    spaced()
