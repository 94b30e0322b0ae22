"""Files of other producers: LibreOffice, Chromium, and pikepdf's changes to what reportlab set.

Run with Debian's python3, python3-reportlab, python3-pikepdf, python3-pil, libreoffice-writer and chromium.
"""

import html
import os
import re
import subprocess
import tempfile

import pikepdf
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader

from newspapers import bracketed, by_title, columns
from paper import HERE, OUT, Paper, read_articles, use_fonts, write_truth

MARKS = "，。、：；？！“”（）《》…"


def disguise(mark):
    """The neighbour in row D2 or D4 of GB2312 that a newspaper's font gives for a mark of row A1 or A3."""
    row, cell = mark.encode("gb2312")
    return bytes([row + 0x31, cell]).decode("gb2312")


def wrong_marks():
    """A page whose font maps punctuation to Han characters."""
    p = Paper("wrong-marks", (430, 420), "hei", "hei")
    p.text(30, 24, "2025年10月31日 星期五 第6版", "hei", 8)
    date = "2025-10-31"
    a = by_title("冶金车间")
    y = p.headline([a["title"]], 30, 32, 370, 18)
    p.body(a["paragraphs"], columns(30, 370, 2, 16, y + 4, 200), 9, 13, byline=bracketed(a))
    p.know(a, date=date)
    b = by_title("古籍里的")
    y = p.headline(["古籍里的“子曰”：", "图书馆办起晨读会"], 30, 190, 177, 15)
    p.body(b["paragraphs"], [(30, y + 4, 177, 410)], 9, 13, byline=bracketed(b))
    p.know(b, date=date)
    c = by_title("一把钥匙")
    y = p.headline([c["title"]], 223, 190, 177, 15)
    p.body(c["paragraphs"], [(223, y + 4, 177, 410)], 9, 13, byline=bracketed(c))
    p.know(c, date=date)
    p.save()
    path = os.path.join(OUT, "wrong-marks.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as file:
        for item in file.objects:
            if not isinstance(item, pikepdf.Dictionary) or "/ToUnicode" not in item:
                continue
            table = item.ToUnicode.read_bytes().decode("latin-1")
            for mark in MARKS:
                table = table.replace(f"<{ord(mark):04X}>", f"<{ord(disguise(mark)):04X}>")
            item.ToUnicode.write(table.encode("latin-1"))
        file.save(path, static_id=True)


def scan():
    """A picture of a page and no text; and a file of which one page only is such a picture."""
    picture = Image.new("L", (200, 280), 255)
    draw = ImageDraw.Draw(picture)
    for y in range(20, 260, 12):
        draw.line((20, y, 180, y), fill=90, width=3)
    p = Paper("scan", (420, 594))
    p.canvas.drawImage(ImageReader(picture), 0, 0, 420, 594)
    p.canvas.save()
    font = "STSong-Light"
    p = Paper("half-scan", (420, 594), font, font)
    a = by_title("老澡堂")
    y = p.headline([a["title"]], 40, 50, 340, 20)
    p.body(a["paragraphs"], [(40, y + 10, 340, 560)], 11, 17, byline=bracketed(a))
    p.know(a)
    p.next_page()
    p.canvas.drawImage(ImageReader(picture), 0, 0, 420, 594)
    p.save()


def oddities():
    """A headline drawn twice to look bold, a stamp that is turned, a line set downwards."""
    font = "STSong-Light"
    p = Paper("oddities", (420, 594), font, font)
    a = by_title("老澡堂")
    for shift in (0, 0.4):
        p.headline([a["title"]], 40 + shift, 50, 340, 20)
    p.body(a["paragraphs"], [(40, 90, 340, 560)], 11, 17, byline=bracketed(a))
    p.know(a)
    p.canvas.saveState()
    p.canvas.translate(120, 150)
    p.canvas.rotate(35)
    p.canvas.setFont(font, 40)
    p.canvas.drawString(0, 0, "内部资料")
    p.canvas.restoreState()
    p.save()


def encrypted():
    with pikepdf.open(os.path.join(OUT, "half-scan.pdf")) as file:
        file.save(
            os.path.join(OUT, "encrypted.pdf"),
            encryption=pikepdf.Encryption(owner="owner", user="reader", R=6),
        )


def convert(program, name, suffix, content):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name + suffix)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content)
        target = os.path.join(OUT, name + ".pdf")
        if program == "soffice":
            subprocess.run(
                ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
                 "--convert-to", "pdf", "--outdir", OUT, path],
                check=True, capture_output=True,
            )
        else:
            subprocess.run(
                ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/profile",
                 "--no-pdf-header-footer", f"--print-to-pdf={target}", "file://" + path],
                check=True, capture_output=True,
            )


FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Hei" svg:font-family="'{font}'"/></office:font-face-decls>
<office:styles>
 <style:default-style style:family="paragraph"><style:text-properties style:font-name="Hei"
  style:font-name-asian="Hei" fo:font-size="12pt" style:font-size-asian="12pt" fo:language="zh" fo:country="CN"
  style:language-asian="zh" style:country-asian="CN"/></style:default-style>
 <style:style style:name="Title" style:family="paragraph"><style:paragraph-properties fo:text-align="center"
  fo:margin-bottom="0.6cm"/><style:text-properties fo:font-size="22pt" style:font-size-asian="22pt"/></style:style>
 <style:style style:name="Head" style:family="paragraph"><style:paragraph-properties fo:margin-top="0.35cm"
  fo:margin-bottom="0.2cm" fo:keep-with-next="always"/><style:text-properties fo:font-size="15pt"
  style:font-size-asian="15pt" fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
 <style:style style:name="Body" style:family="paragraph"><style:paragraph-properties fo:text-align="justify"
  fo:text-indent="{indent}" fo:line-height="150%" fo:margin-bottom="{after}"/></style:style>
 <style:style style:name="Foot" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
  <style:text-properties fo:font-size="9pt" style:font-size-asian="9pt"/></style:style>
</office:styles>
<office:automatic-styles><style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="{width}"
 fo:page-height="{height}" fo:margin="2cm"/><style:footer-style><style:header-footer-properties
 fo:min-height="0.8cm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">
 <style:header><text:p text:style-name="Foot">{header}</text:p></style:header>
 <style:footer><text:p text:style-name="Foot">— <text:page-number/> —</text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text>
{body}
</office:text></office:body></office:document>
"""


def report(name, indent, after, size=("14.8cm", "21cm"), font="WenQuanYi Zen Hei"):
    """A report of several pages, set by LibreOffice."""
    lines = [line.strip() for line in open(os.path.join(HERE, "report.txt"), encoding="utf-8") if line.strip()]
    body, paragraphs = [], []
    for line in lines:
        kind = {"# ": "Title", "= ": "Head"}.get(line[:2], "Body")
        text = line if kind == "Body" else line[2:]
        body.append(f'<text:p text:style-name="{kind}">{html.escape(text)}</text:p>')
        if kind != "Title":
            paragraphs.append(text)
    title = lines[0][2:]
    content = FODT.format(indent=indent, after=after, width=size[0], height=size[1], font=font,
                          header="青石镇人民政府", body="\n".join(body))
    convert("soffice", name, ".fodt", content)
    write_truth(name, [{"title": title, "authors": [], "page": 1, "paragraphs": paragraphs}])


def english_columns():
    """A page of two columns with a headline across, of Chromium."""
    a = read_articles("english-articles.txt")[0]
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in a["paragraphs"])
    convert("chromium", "english-columns", ".html", f"""<!doctype html><meta charset="utf-8"><style>
@page {{ size: 12cm 16cm; margin: 1.2cm }} body {{ font: 10pt/1.35 "DejaVu Serif"; margin: 0 }}
h1 {{ font-size: 20pt; margin: 0 0 2mm }} .by {{ font-style: italic; margin: 0 0 3mm }}
.text {{ columns: 2; column-gap: 6mm; text-align: justify }} p {{ margin: 0; text-indent: 1.2em }}
</style><h1>{a["title"]}</h1><div class="text">{paragraphs}</div>""")
    write_truth("english-columns", [{**a, "authors": [], "page": 1}])


def english_newspaper():
    """Three articles on a page of Chromium's: one of two columns, two side by side below."""
    articles = read_articles("english-articles.txt")
    blocks = []
    for index, a in enumerate(articles):
        text = "".join(f"<p>{html.escape(line)}</p>" for line in a["paragraphs"])
        blocks.append(f'<section class="a{index}"><h2>{a["title"]}</h2><div>{text}</div></section>')
    convert("chromium", "english-newspaper", ".html", f"""<!doctype html><meta charset="utf-8"><style>
@page {{ size: 18cm 24cm; margin: 1cm }} body {{ font: 9.5pt/1.3 "DejaVu Serif"; margin: 0 }}
header {{ font-size: 8pt; display: flex; justify-content: space-between; margin-bottom: 4mm }}
h2 {{ font: bold 17pt/1.15 "DejaVu Sans"; margin: 0 0 2mm }} .a0 div {{ columns: 2; column-gap: 6mm }}
.a0 {{ margin-bottom: 6mm }} .low {{ display: grid; grid-template-columns: 1fr 1fr; gap: 6mm }}
p {{ margin: 0; text-indent: 1.2em }}
</style><header><span>Thursday, 30 October 2025</span><span>The Saltby Courier</span><span>Page 5</span></header>
{blocks[0]}<div class="low">{blocks[1]}{blocks[2]}</div>""")
    write_truth("english-newspaper", [
        {**a, "authors": [], "page": 1, "publishedAt": "2025-10-30"} for a in articles])


def browser_newspaper():
    """A newspaper page of Chromium's: other line breaks, other fonts, text drawn in other pieces."""
    long, side, low, box = by_title("种下一片林"), by_title("爷爷的修表铺"), by_title("梅苑社区"), by_title("一把钥匙")

    def article(a, kind, extra=""):
        text = "".join(f"<p>{html.escape(line)}</p>" for line in a["paragraphs"][:-1])
        text += f"<p>{html.escape(a['paragraphs'][-1])}（{' '.join(a['authors'])}）</p>"
        return f'<section class="{kind}"><h2>{html.escape(a["title"])}</h2>{extra}<div>{text}</div></section>'

    convert("chromium", "browser-newspaper", ".html", f"""<!doctype html><meta charset="utf-8"><style>
@page {{ size: 24cm 32cm; margin: 1cm }} body {{ font: 9.5pt/1.55 "WenQuanYi Zen Hei"; margin: 0 }}
header {{ display: flex; justify-content: space-between; border-bottom: 1px solid; margin-bottom: 4mm }}
h2 {{ font-size: 19pt; line-height: 1.2; margin: 0 0 2mm; font-weight: normal; text-align: center }}
p {{ margin: 0; text-indent: 2em; text-align: justify }} h4 {{ font-weight: normal; text-align: center; margin: 0 0 2mm;
font-size: 12pt }} .top {{ display: grid; grid-template-columns: 2.1fr 1fr; gap: 7mm }}
.long div {{ columns: 3; column-gap: 5mm }} .side h2 {{ font-size: 15pt }}
.bottom {{ display: grid; grid-template-columns: 1fr 1.4fr; gap: 7mm; margin-top: 7mm }}
.box {{ border: 1px solid; padding: 3mm }} .low div {{ columns: 2; column-gap: 5mm }}
</style><header><span>青石晚报</span><span>2025年10月30日 星期四 第6版</span><span>责任编辑：高原</span></header>
<div class="top">{article(long, "long", f'<h4>{long["subtitle"]}</h4>')}{article(side, "side")}</div>
<div class="bottom">{article(box, "box")}{article(low, "low")}</div>""")
    write_truth("browser-newspaper", [
        {"title": a["title"], "authors": a["authors"], "page": 1, "publishedAt": "2025-10-30",
         "paragraphs": [*above, *a["paragraphs"]]}
        for a, above in ((long, [long["subtitle"]]), (side, []), (box, []), (low, []))])


def notice():
    """A notice of one page, with items and a signature, of Chromium."""
    title = "关于开展2025年秋季校园安全检查的通知"
    lines = [
        "各中小学、幼儿园：",
        "为进一步加强校园安全管理，防范各类事故发生，经研究，决定在全县范围内开展秋季校园安全检查。现将有关事项通知如下：",
        "一、检查时间",
        "2025年9月15日至10月20日，分自查、抽查、整改三个阶段进行。",
        "二、检查内容",
        "（一）消防设施是否完好，疏散通道是否畅通；",
        "（二）食堂食品采购、储存和留样是否符合规定；",
        "（三）校车的车况和驾驶人资质，是否超员运行；",
        "（四）门卫值守、视频监控和一键报警装置的使用情况。",
        "三、工作要求",
        "各学校要高度重视，明确责任人，建立问题台账，做到立查立改。自查报告于9月30日前报县教育局安全科，联系电话：0355-6620187。",
        "青石县教育局",
        "2025年9月10日",
    ]
    styles = {0: "to", len(lines) - 1: "sign", len(lines) - 2: "sign"}
    body = "".join(f'<p class="{styles.get(i, "")}">{line}</p>' for i, line in enumerate(lines))
    convert("chromium", "notice", ".html", f"""<!doctype html><meta charset="utf-8"><style>
@page {{ size: A4; margin: 2.5cm }} body {{ font: 14pt/1.8 "WenQuanYi Zen Hei" }}
h1 {{ font-size: 21pt; text-align: center; font-weight: normal; margin: 0 0 8mm }} p {{ margin: 0; text-indent: 2em }}
.to {{ text-indent: 0 }} .sign {{ text-align: right }}
</style><h1>{title}</h1>{body}""")
    write_truth("notice", [
        {"title": title, "authors": [], "page": 1, "publishedAt": "2025-09-10", "paragraphs": lines}])


def table_report():
    """A report with a table, of LibreOffice's HTML import; rows are lines."""
    rows = [("村名", "户数", "受益面积"), ("东岭村", "212", "860亩"), ("西河村", "187", "645亩"), ("南塘村", "305", "1210亩")]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    title = "三村灌区改造受益情况表"
    first = "灌区改造工程完工以后，东岭、西河、南塘三个村的灌溉条件得到改善，各村受益情况如下表所示。"
    last = "表中的受益面积按照第三次国土调查的成果核定，户数以2024年年底的统计为准。"
    convert("chromium", "table", ".html", f"""<!doctype html><meta charset="utf-8"><style>
@page {{ size: A5; margin: 2cm }} body {{ font: 11pt/1.7 "WenQuanYi Zen Hei" }}
h1 {{ font-size: 17pt; text-align: center; font-weight: normal }} p {{ text-indent: 2em; margin: 2mm 0 }}
table {{ border-collapse: collapse; width: 100% }} td {{ border: 1px solid; padding: 1mm 2mm }}
</style><h1>{title}</h1><p>{first}</p><table>{cells}</table><p>{last}</p>""")
    write_truth("table", [{"title": title, "authors": [], "page": 1,
                           "paragraphs": [first, *(" ".join(row) for row in rows), last]}])


if __name__ == "__main__":
    use_fonts()
    wrong_marks()
    scan()
    oddities()
    encrypted()
    report("report-indented", "0.85cm", "0cm")
    report("report-flush", "0cm", "0.3cm", font="AR PL UMing CN")
    english_columns()
    english_newspaper()
    browser_newspaper()
    notice()
    table_report()
