"""Makes the .txt and .md files and what they hold. Python 3.11; the encodings are Python's own."""

import json
import pathlib

from articles import A

ROOT = pathlib.Path(__file__).resolve().parent.parent


def truth(folder, name, *articles):
    keys = {"title": "title", "authors": "authors", "date": "publishedAt", "paragraphs": "paragraphs"}
    found = [{new: a[old] for old, new in keys.items() if a.get(old) is not None} for a in articles]
    (ROOT / folder / f"{name}.json").write_text(
        json.dumps({"articles": found}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


def text(name, content, encoding, *articles, bom=b""):
    (ROOT / "txt" / name).write_bytes(bom + content.encode(encoding))
    truth("txt", name, *articles)


def md(name, content, *articles):
    (ROOT / "md" / name).write_text(content, "utf-8")
    truth("md", name, *articles)


def undated(a):
    return {**a, "date": None}


def wrapped(paragraph, width=30):
    return "\n".join(paragraph[i : i + width] for i in range(0, len(paragraph), width))


a = A["bridge"]
text("utf8-plain.txt", "\n".join([a["title"], "本报记者 李闻", *a["paragraphs"]]) + "\n", "utf-8", undated(a))
a = A["library"]
text(
    "utf8-mark-windows.txt",
    "\r\n".join([a["title"], "2025-11-03 19:40 来源：云溪日报", *[f"　　{p}" for p in a["paragraphs"]]])
    + "（陈苗 何小满）\r\n",
    "utf-8",
    a,
    bom=b"\xef\xbb\xbf",
)
a = A["orchard"]
text("gbk-dated.txt", "\n\n".join([a["title"], "2025年10月18日 星期六", "作者：孙七", *a["paragraphs"]]), "gbk", a)
a = A["notice"]
text("gb18030-notice.txt", "\n".join([a["title"], *a["paragraphs"]]), "gb18030", a)
a = A["hk"]
text("big5-hong-kong.txt", "\r\n\r\n".join([a["title"], "記者 張敏儀", *a["paragraphs"]]), "big5hkscs", undated(a))
a = A["school"]
text(
    "utf16le-notepad.txt",
    "\r\n".join([a["title"], "文/马丽娜", *a["paragraphs"]]),
    "utf-16-le",
    undated(a),
    bom=b"\xff\xfe",
)
a = A["metro"]
text(
    "utf16be-bare.txt",
    "\n".join([a["title"], "发布时间：2025-11-08 07:30　作者：周宁", *a["paragraphs"]]),
    "utf-16-be",
    a,
)
a = A["ferry"]
text(
    "english-dated.txt",
    "\n\n".join([a["title"], "By Ann Lee and Mark O'Neill | 30 October 2025", *a["paragraphs"]]),
    "utf-8",
    a,
)
a = A["paper"]
text(
    "gbk-wrapped.txt",
    "\n\n".join([a["title"], "记者 沈岩", *map(wrapped, a["paragraphs"])]),
    "gbk",
    undated(a),
)

a = A["doctor"]
md(
    "front-matter.md",
    "---\ntitle: 海岛上来了全科医生\nauthor: 高原\ndate: 2025-07-16\ntags: [医疗]\n---\n\n"
    + "\n\n".join(a["paragraphs"])
    + "\n",
    a,
)
a = A["recycle"]
md("heading-and-date.md", "\n\n".join([f"# {a['title']}", "2025-10-12", "记者 丁一帆", *a["paragraphs"]]) + "\n", a)
a = A["rules"]
md("list.md", "\n\n".join([f"# {a['title']}", *a["paragraphs"], "青禾社区居民委员会", "2025年8月20日"]) + "\n",
   {**a, "paragraphs": [*a["paragraphs"], "青禾社区居民委员会", "2025年8月20日"]})

# Made before the rules were finished, and not looked at until then.
a = A["winter"]
text(
    "second-gbk-header.txt",
    "\r\n".join([a["title"], "", "来源：北山晚报　2025年11月15日 16:22　记者：乔雪", "", *[f"    {p}\r\n" for p in a["paragraphs"]], "（责任编辑：王芳）"]),
    "gbk",
    {**a, "paragraphs": [*a["paragraphs"], "（责任编辑：王芳）"]},
)
a = A["letters"]
text(
    "second-utf16-wrapped.txt",
    "\r\n".join([a["title"], *[line for p in a["paragraphs"] for line in wrapped(f"　　{p}", 34).split("\n")]]) + "（罗文静）",
    "utf-16-le",
    undated(a),
    bom=b"\xff\xfe",
)
a = A["hk"]
text(
    "second-big5-short.txt",
    "\r\n".join([a["title"], "2025年10月21日", a["paragraphs"][0]]),
    "big5hkscs",
    {**a, "authors": [], "paragraphs": a["paragraphs"][:1]},
)
a = A["bakery"]
md(
    "second-blog.md",
    f"---\ntitle: {a['title']}\ndate: 2025-09-14\nauthor: Clara Whitfield\nlayout: post\n---\n\n# {a['title']}\n\n*By Clara Whitfield*\n\n"
    + "\n\n".join(a["paragraphs"])
    + "\n",
    a,
)
a = A["letters"]
md("second-signed.md", "\n\n".join([f"# {a['title']}", f"作者：罗文静　2025-05-22", *a["paragraphs"]]) + "\n", a)

# Made after the rules, and not looked at before they were measured.
a, b = A["harvest"], A["winter"]
text(
    "third-gbk-mail.txt",
    "\r\n".join(["标题：" + a["title"], "作者：吴桐", "日期：2025-11-05", "", *a["paragraphs"][:2], a["paragraphs"][2].replace("\n", "\r\n"), a["paragraphs"][3]]),
    "gbk",
    {**a, "paragraphs": [*a["paragraphs"][:2], *a["paragraphs"][2].split("\n"), a["paragraphs"][3]]},
)
text(
    "third-utf8-diary.txt",
    "\n".join(["2025年11月15日 星期六 晴", "北山滑雪场提前开板", *b["paragraphs"]]),
    "utf-8",
    {**b, "authors": []},
)
a = A["ferry"]
md("third-plain.md", f"{a['title']}\n{'=' * 20}\n\n**By Ann Lee and Mark O'Neill, 30 October 2025**\n\n" + "\n\n".join(a["paragraphs"]) + "\n", a)
a = A["metro"]
md("third-front.md", f"---\ntitle: {a['title']}\nauthors:\n  - 周宁\npublishedAt: 2025-11-08\nsource: 云溪日报\n---\n" + "\n\n".join(a["paragraphs"]) + "\n", a)
