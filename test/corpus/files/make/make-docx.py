"""Makes the .docx files and what they hold.

Two producers: Debian's python3-docx 0.8.11, and LibreOffice 7.4 (`soffice --headless --convert-to docx`), which is given
HTML or flat OpenDocument text.
"""

import json
import pathlib
import subprocess
import tempfile

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from articles import A

ROOT = pathlib.Path(__file__).resolve().parent.parent / "docx"


def truth(name, *articles):
    keys = {"title": "title", "authors": "authors", "date": "publishedAt", "paragraphs": "paragraphs"}
    found = [{new: a[old] for old, new in keys.items() if a.get(old) is not None} for a in articles]
    (ROOT / f"{name}.json").write_text(json.dumps({"articles": found}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def save(document, name, *articles):
    document.core_properties.title = "Microsoft Word - 文档1"
    document.core_properties.author = "打字员"
    document.save(ROOT / name)
    truth(name, *articles)


def office(content, extension, name, *articles):
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / f"{name.removesuffix('.docx')}.{extension}"
        source.write_text(content, "utf-8")
        filters = ["--infilter=HTML (StarWriter)"] if extension == "html" else []
        subprocess.run(
            ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", *filters,
             "--convert-to", "docx:Office Open XML Text", "--outdir", str(ROOT), str(source)],
            capture_output=True, check=True,
        )
    truth(name, *articles)


def undated(a):
    return {**a, "date": None}


def look(document, text, size=None, bold=None, center=False):
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    if size:
        run.font.size = Pt(size)
    run.font.bold = bold
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


# A manuscript with the styles of a title and of a heading.
a = A["bridge"]
d = docx.Document()
d.add_heading(a["title"], 0)
d.add_paragraph("作者：李闻")
for p in a["paragraphs"][:2]:
    d.add_paragraph(p)
d.add_heading("难在配石料", 2)
for p in a["paragraphs"][2:]:
    d.add_paragraph(p)
save(d, "styled.docx", undated({**a, "paragraphs": [*a["paragraphs"][:2], "难在配石料", *a["paragraphs"][2:]]}))

# A title that only looks like one, and a line of names and date under it.
a = A["library"]
d = docx.Document()
look(d, a["title"], 18, True, True)
look(d, "本报记者 陈苗 何小满", None, None, True)
look(d, "2025年11月3日", None, None, True)
for p in a["paragraphs"]:
    d.add_paragraph("　　" + p)
save(d, "centred.docx", a)

# An official notice: a red head, a number, a title of two lines, a signature.
a = A["notice"]
d = docx.Document()
look(d, "云溪市住房和城乡建设局文件", 16, True, True)
look(d, "云建〔2025〕38号", 12, None, True)
look(d, "关于开展2025年冬季", 22, True, True)
look(d, "燃气安全检查的通知", 22, True, True)
for p in a["paragraphs"][:5]:
    look(d, p, 16)
for p in a["paragraphs"][5:]:
    look(d, p, 16).alignment = WD_ALIGN_PARAGRAPH.RIGHT
save(d, "official-notice.docx",
     {**a, "paragraphs": ["云溪市住房和城乡建设局文件", "云建〔2025〕38号", *a["paragraphs"]]})

# A table, and a list that Word numbers.
a, b = A["harvest"], A["rules"]
d = docx.Document()
d.add_heading(a["title"], 1)
d.add_paragraph(a["paragraphs"][0])
d.add_paragraph(a["paragraphs"][1])
rows = [r.split(" | ") for r in a["paragraphs"][2].split("\n")]
t = d.add_table(rows=0, cols=3)
for r in rows:
    for cell, value in zip(t.add_row().cells, r):
        cell.text = value
d.add_paragraph(a["paragraphs"][3])
d.add_paragraph("（吴桐）")
save(d, "table.docx", undated(a))

a = A["rules"]
d = docx.Document()
d.add_heading(a["title"], 0)
d.add_paragraph(a["paragraphs"][0])
for item in a["paragraphs"][1].split("\n"):
    d.add_paragraph(item[3:], style="List Number")
d.add_paragraph(a["paragraphs"][2])
for item in ["学生", "上班族"]:
    d.add_paragraph(item, style="List Bullet")
d.add_paragraph(a["paragraphs"][3])
save(d, "lists.docx",
     undated({**a, "paragraphs": [*a["paragraphs"][:3], "• 学生\n• 上班族", a["paragraphs"][3]]}))

# Several articles under headings of the first level.
d = docx.Document()
for key in ["orchard", "school", "metro"]:
    a = A[key]
    d.add_heading(a["title"], 1)
    d.add_paragraph(f"记者 {a['authors'][0]}")
    for p in a["paragraphs"]:
        d.add_paragraph(p)
save(d, "collection.docx", *[undated(A[k]) for k in ["orchard", "school", "metro"]])

# One report with chapters.
d = docx.Document()
d.add_heading("2025年度工作报告", 0)
d.add_heading("一、粮食收购", 1)
d.add_paragraph(A["harvest"]["paragraphs"][0])
d.add_heading("二、医疗服务", 1)
d.add_paragraph(A["doctor"]["paragraphs"][1])
d.add_heading("三、交通建设", 1)
d.add_paragraph(A["metro"]["paragraphs"][1])
save(d, "chapters.docx", dict(title="2025年度工作报告", authors=[], date=None, paragraphs=[
    "一、粮食收购", A["harvest"]["paragraphs"][0], "二、医疗服务", A["doctor"]["paragraphs"][1], "三、交通建设", A["metro"]["paragraphs"][1]]))

# Tracked changes: what was inserted counts, what was deleted does not.
a = A["recycle"]
d = docx.Document()
d.add_heading(a["title"], 0)
p = d.add_paragraph(a["paragraphs"][0][:20])
for tag, text, inner in [("w:del", "这一句已经删除。", "w:delText"), ("w:ins", a["paragraphs"][0][20:], "w:t")]:
    change, run, t = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
    change.set(qn("w:id"), "7")
    change.set(qn("w:author"), "审稿人")
    t.text = text
    run.append(t)
    change.append(run)
    p._p.append(change)
for text in a["paragraphs"][1:]:
    d.add_paragraph(text)
save(d, "tracked-changes.docx", undated({**a, "authors": []}))

# LibreOffice, from HTML.
a = A["ferry"]
office(
    f"<html><head><meta charset='utf-8'><title>Untitled 1</title></head><body><h1>{a['title']}</h1><p>By Ann Lee and Mark O'Neill</p><p>30 October 2025</p>"
    + "".join(f"<p>{p}</p>" for p in a["paragraphs"]) + "</body></html>",
    "html", "office-english.docx", a)
a = A["doctor"]
office(
    f"<html><head><meta charset='utf-8'></head><body><p align='center'><font size='6'><b>{a['title']}</b></font></p><p align='center'>2025-07-16　作者：高原</p>"
    + "".join(f"<p style='text-indent:2em'>{p}</p>" for p in a["paragraphs"]) + "</body></html>",
    "html", "office-centred.docx", a)

# LibreOffice, from flat OpenDocument text: a footnote, a text box, a line break.
FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:style style:name="Title" style:family="paragraph" style:class="chapter"/></office:styles>
<office:body><office:text>{}</office:text></office:body></office:document>"""
a = A["paper"]
office(
    FODT.format(
        f'<text:p text:style-name="Title">{a["title"]}</text:p><text:p>文/沈岩</text:p>'
        f'<text:p>{a["paragraphs"][0]}</text:p><text:p>{a["paragraphs"][1][:30]}<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>见《竹溪镇志》第五章。</text:p></text:note-body></text:note>{a["paragraphs"][1][30:]}</text:p>'
        f'<text:p>{a["paragraphs"][2]}</text:p>'),
    "fodt", "office-footnote.docx",
    undated({**a, "paragraphs": [*a["paragraphs"], "[1] 见《竹溪镇志》第五章。"]}))

# Made before the rules were finished, and not looked at until then.
a = A["winter"]
d = docx.Document()
look(d, a["title"], 22, None, True)
look(d, "——北山村见闻", 16, None, True)
look(d, "乔 雪", 12, None, True)
for p in a["paragraphs"]:
    look(d, p, 12)
look(d, "2025年11月15日", 12).alignment = WD_ALIGN_PARAGRAPH.RIGHT
save(d, "second-subtitle.docx",
     {**a, "title": a["title"] + " ——北山村见闻", "paragraphs": [*a["paragraphs"], "2025年11月15日"]})
d = docx.Document()
for key in ["letters", "recycle"]:
    a = A[key]
    d.add_heading(a["title"], 1)
    for p in a["paragraphs"][:-1]:
        d.add_paragraph(p)
    d.add_paragraph(a["paragraphs"][-1] + f"（{a['authors'][0]}）")
save(d, "second-collection.docx", undated(A["letters"]), undated(A["recycle"]))
a = A["bakery"]
office(
    f"<html><head><meta charset='utf-8'></head><body><p><b>{a['title']}</b></p><p><i>Clara Whitfield, 14 September 2025</i></p>"
    + "".join(f"<p>{p}</p>" for p in a["paragraphs"]) + "<ul><li>Flour: 14 kg</li><li>Loaves: 37</li></ul></body></html>",
    "html", "second-office-bold.docx", {**a, "paragraphs": [*a["paragraphs"], "• Flour: 14 kg\n• Loaves: 37"]})

# Made after the rules, and not looked at before they were measured.
a = A["letters"]
d = docx.Document()
d.styles["Normal"].font.size = Pt(12)
look(d, "【人物】" + a["title"], 16, True)
look(d, "○ 罗文静")
for p in a["paragraphs"]:
    d.add_paragraph(p)
    d.add_paragraph("")
save(d, "third-bold.docx", undated({**a, "title": "【人物】" + a["title"]}))
a, b = A["orchard"], A["winter"]
d = docx.Document()
d.add_heading("白岩周报", 0)
d.add_paragraph("2025年第42期")
for one in [a, b]:
    d.add_heading(one["title"], 1)
    d.add_paragraph(f"作者：{one['authors'][0]}　{one['date']}")
    for p in one["paragraphs"]:
        d.add_paragraph(p)
save(d, "third-weekly.docx", a, b)
a = A["notice"]
office(
    "<html><head><meta charset='utf-8'></head><body>"
    + f"<h1 align='center'>{a['title']}</h1>" + "".join(f"<p>{p}</p>" for p in a["paragraphs"][:2])
    + "<ol>" + "".join(f"<li>{p[2:]}</li>" for p in a["paragraphs"][2:5]) + "</ol>"
    + f"<p align='right'>{a['paragraphs'][5]}<br>{a['paragraphs'][6]}</p></body></html>",
    "html", "third-office-notice.docx",
    {**a, "paragraphs": [*a["paragraphs"][:2], "\n".join(f"{i}. {p[2:]}" for i, p in enumerate(a["paragraphs"][2:5], 1)), "\n".join(a["paragraphs"][5:])]})
