"""Makes the .html files and what they hold, as content systems and browsers write them.

Python 3.11; page-saved-by-a-browser.html was written by Debian's chromium from one of the others:
chromium --headless --no-sandbox --disable-gpu --user-data-dir=$(mktemp -d) --dump-dom file://...
"""

import json
import pathlib
import subprocess
import tempfile

from articles import A

ROOT = pathlib.Path(__file__).resolve().parent.parent / "html"


def page(name, content, *articles, encoding="utf-8", bom=b""):
    (ROOT / name).write_bytes(bom + content.encode(encoding))
    truth(name, *articles)


def truth(name, *articles):
    keys = {"title": "title", "authors": "authors", "date": "publishedAt", "paragraphs": "paragraphs"}
    found = [{new: a[old] for old, new in keys.items() if a.get(old) is not None} for a in articles]
    (ROOT / f"{name}.json").write_text(json.dumps({"articles": found}, ensure_ascii=False, indent=1) + "\n", "utf-8")


def ps(a, indent="", cls=""):
    return "\n".join(f"<p{cls}>{indent}{p}</p>" for p in a["paragraphs"])


def links(n, text="更多新闻标题示例"):
    return "".join(f'<li><a href="/n/{i}.html">{text}{i}</a></li>' for i in range(n))


def portal(a, body):
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{a['title']}_云溪新闻网</title>
<meta name="keywords" content="云溪,新闻"><meta name="description" content="{a['paragraphs'][0][:40]}">
<meta property="og:type" content="news"><meta property="og:title" content="{a['title']}_云溪新闻网">
<script>var _hmt=_hmt||[];(function(){{var hm=document.createElement("script");hm.src="https://example.invalid/hm.js";}})();</script>
<style>.article p{{text-indent:2em}}</style></head>
<body><div class="top-bar"><a href="/">首页</a> | <a href="/login">登录</a> | <a href="/reg">注册</a></div>
<div class="header"><h1 class="logo"><a href="/">云溪新闻网</a></h1><ul class="nav">{links(12, '频道')}</ul></div>
<div class="breadcrumb">当前位置：<a href="/">首页</a> &gt; <a href="/local">本地</a> &gt; 正文</div>
<div class="main"><div class="left"><h2 class="article-title">{a['title']}</h2>
<div class="article-info"><span class="time">2025-10-30 09:12:45</span> <span class="source">来源：<a href="#">云溪日报</a></span> <span>作者：{'、'.join(a['authors'])}</span>
<span class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></span></div>
<div class="article" id="article_body">
{body}
<div class="editor">（责任编辑：王芳）</div></div>
<div class="related"><h3>相关阅读</h3><ul>{links(6)}</ul></div>
<div class="comments" id="comment"><h3>网友评论</h3><div class="c"><b>网友小明</b>：修得真好，周末去走走。</div><div class="c"><b>溪边人</b>：小时候天天从桥上过，感谢施工队。</div></div></div>
<div class="right sidebar"><h3>热门排行</h3><ol>{links(10)}</ol><div class="ad">广告位招租</div></div></div>
<div class="footer"><p>关于我们 | 联系方式 | 版权声明</p><p>云溪新闻网版权所有 ICP备12345678号</p></div>
<script>document.write('<p>由脚本写出的文字</p>');</script></body></html>"""


a = A["bridge"]
page("portal.html", portal(a, ps(a, "　　")), a)

a = A["orchard"]
page(
    "portal-breaks-gbk.html",
    f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{a['title']}-白岩在线</title></head><body bgcolor="#ffffff">
<table width="960" align="center"><tr><td colspan="2"><a href="/">白岩在线</a> <a href="/a">新闻</a> <a href="/b">民生</a> <a href="/c">专题</a></td></tr>
<tr><td width="700" valign="top"><table width="100%"><tr><td align="center"><font size="5"><b>{a['title']}</b></font></td></tr>
<tr><td align="center">2025年10月18日 10:21　来源：白岩在线　作者：孙七　点击：1284</td></tr>
<tr><td><div id="content" style="font-size:14px">　　{'<br>　　'.join(a['paragraphs'])}<br></div></td></tr>
<tr><td align="right">【<a href="#">打印</a>】【<a href="#">关闭</a>】</td></tr></table></td>
<td width="260" valign="top"><b>推荐阅读</b><ul>{links(8)}</ul></td></tr>
<tr><td colspan="2" align="center">版权所有：白岩在线　未经授权不得转载</td></tr></table></body></html>""",
    a,
    encoding="gbk",
)

a = A["notice"]
span = 'style="font-family:仿宋_GB2312;font-size:16pt;mso-bidi-font-size:16.0pt"'
page(
    "government-notice.html",
    f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="SiteName" content="云溪市人民政府">
<meta name="ArticleTitle" content="{a['title']}"><meta name="PubDate" content="2025-11-12 15:30"><meta name="ContentSource" content="市住建局">
<title>{a['title']}-云溪市人民政府</title></head><body>
<div class="head"><img src="logo.png" alt="云溪市人民政府"></div><div class="nav"><a href="/">首页</a><a href="/xxgk">信息公开</a><a href="/bsfw">办事服务</a></div>
<table class="info"><tr><td>索引号：</td><td>002489/2025-00123</td><td>发布机构：</td><td>市住建局</td></tr><tr><td>生成日期：</td><td>2025-11-12</td><td>公开方式：</td><td>主动公开</td></tr></table>
<table width="100%" border="0"><tbody><tr><td><table width="90%"><tbody><tr><td class="title">{a['title']}</td></tr>
<tr><td class="xl">发布日期：2025-11-12 15:30　信息来源：市住建局　浏览次数：356　字号：[ 大 中 小 ]</td></tr>
<tr><td class="content"><div class="TRS_Editor">
<p {span}><span {span}>{a['paragraphs'][0]}</span></p>
{''.join(f'<p style="text-indent:2em"><span {span}><span lang="EN-US"></span>{p[:9]}</span><span {span}>{p[9:]}</span></p>' for p in a['paragraphs'][1:5])}
<p style="text-align:right"><span {span}>{a['paragraphs'][5]}</span></p><p style="text-align:right"><span {span}>{a['paragraphs'][6]}</span></p>
</div></td></tr></tbody></table></td></tr></tbody></table>
<div class="foot">主办：云溪市人民政府办公室　备案号：123456　网站地图</div></body></html>""",
    a,
)

a = A["school"]
sec = '<section style="margin:0 8px;line-height:1.75em;box-sizing:border-box;" data-role="paragraph">'
page(
    "account-post.html",
    f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title></title><meta property="og:title" content="{a['title']}" />
<meta property="og:site_name" content="公众平台" /><meta name="author" content="{a['authors'][0]}" /><meta property="og:article:author" content="{a['authors'][0]}" /></head>
<body id="activity-detail" class="zh_CN"><div id="js_article" class="rich_media"><div id="js_top_ad_area"></div>
<div class="rich_media_inner"><div id="page-content" class="rich_media_area_primary"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title" id="activity-name">
 {a['title']}
</h1><div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">{a['authors'][0]}</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a href="javascript:void(0);" id="js_name">云溪发布</a></span> <em id="publish_time" class="rich_media_meta rich_media_meta_text">2025年09月26日 18:05</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;">
{sec}<span style="font-size:0">点击蓝字关注我们</span></section>
{''.join(f'{sec}<p style="text-align: justify;"><span style="font-size: 15px;letter-spacing: 1px;">{p[:20]}<span style="color:#ab1942"><strong>{p[20:30]}</strong></span>{p[30:]}</span></p></section>{sec}<p><br></p></section>' for p in a['paragraphs'])}
<section><img data-src="https://example.invalid/640.jpg" class="rich_pages" alt="图片"></section>
</div></div></div></div></div><script>var ct = "1758881100";</script></body></html>""",
    a,
)

a = A["bakery"]
page(
    "blog.html",
    f"""<!doctype html><html lang="en-GB"><head><meta charset="UTF-8"><title>{a['title']} &#8211; Salt &amp; Rye</title>
<meta name="generator" content="WordPress 6.5"><meta property="og:site_name" content="Salt &amp; Rye">
<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Salt & Rye"}, {"@type": "BlogPosting", "headline": a['title'], "datePublished": "2025-09-14T07:30:00+01:00", "author": {"@type": "Person", "name": a['authors'][0]}}]})}</script></head>
<body class="post-template-default single"><a class="skip-link" href="#content">Skip to content</a><header id="masthead"><p class="site-title"><a href="/">Salt &amp; Rye</a></p><nav><ul><li><a href="/">Home</a></li><li><a href="/about">About</a></li></ul></nav></header>
<main id="content"><article class="post"><header class="entry-header"><h1 class="entry-title">{a['title']}</h1><div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published" datetime="2025-09-14T07:30:00+01:00">14 September 2025</time></span> <span class="byline">by <span class="author vcard"><a href="/author/clara">Clara Whitfield</a></span></span></div></header>
<div class="entry-content">{ps(a)}<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Facebook</a></li><li><a href="#">Email</a></li></ul></div></div>
<footer class="entry-footer">Posted in <a href="/c/bread">Bread</a>. Tagged <a href="/t/waste">waste</a>.</footer></article>
<nav class="post-navigation"><a href="/p">Previous: A loaf for Sunday</a><a href="/n">Next: The oven</a></nav>
<div id="comments"><h2>2 thoughts on this post</h2><ol class="comment-list"><li><p>Lovely piece, Clara. My grandmother did the same with her crusts, and nobody called it innovation.</p></li><li><p>Which mill does he use?</p></li></ol></div></main>
<aside id="secondary"><h2>Recent Posts</h2><ul><li><a href="/1">A loaf for Sunday</a></li><li><a href="/2">The oven</a></li></ul></aside>
<div id="cookie-notice">We use cookies to ensure that we give you the best experience on our website. <button>Ok</button></div></body></html>""",
    a,
)

a = A["ferry"]
page(
    "english-news.html",
    f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{a['title']} - Coast Courier</title>
<meta property="og:title" content="{a['title']}"><meta property="article:published_time" content="2025-10-30T14:05:00Z"><meta property="article:modified_time" content="2025-10-31T08:00:00Z">
<meta name="byl" content="By Ann Lee and Mark O'Neill"></head><body>
<div role="banner"><a href="/">Coast Courier</a><nav aria-label="Main"><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li><li><a href="/weather">Weather</a></li></ul></nav></div>
<main role="main"><article><h1 id="main-heading">{a['title']}</h1>
<div data-component="byline-block"><div>Ann Lee and Mark O'Neill</div><div>Transport correspondents</div></div><time datetime="2025-10-30T14:05:00.000Z">30 October 2025</time><div>Share</div><div>Save</div>
<figure><img src="ferry.jpg" alt="The ferry"><figcaption>The ferry leaving the harbour on Thursday</figcaption></figure>
{''.join(f'<div data-component="text-block"><p class="ssrcss">{p}</p></div>' for p in a['paragraphs'][:2])}
<h2>A long wait</h2>
{''.join(f'<div data-component="text-block"><p class="ssrcss">{p}</p></div>' for p in a['paragraphs'][2:])}
</article><section aria-label="related"><h2>More on this story</h2><ul><li><a href="/a">Bus fares to rise in spring</a></li><li><a href="/b">Harbour wall repaired after storm</a></li></ul></section></main>
<footer><p>Copyright 2025 Coast Courier. The Courier is not responsible for the content of external sites.</p></footer></body></html>""",
    {**a, "paragraphs": [*a["paragraphs"][:2], "A long wait", *a["paragraphs"][2:]]},
)

a = A["hk"]
page(
    "hong-kong-big5.html",
    f"""<html><head><meta http-equiv="content-type" content="text/html; charset=big5"><title>{a['title']} | 寶湖新聞</title></head>
<body><div id="nav"><a href="/">主頁</a> <a href="/local">港聞</a> <a href="/world">國際</a></div>
<div id="main"><h1>{a['title']}</h1><div class="date">2025-10-21 06:00</div><div class="reporter">記者：{a['authors'][0]}</div>
<div id="content">{'<br><br>'.join(a['paragraphs'])}</div></div>
<div id="right"><h3>熱門新聞</h3><ul>{links(6, '熱門標題')}</ul></div></body></html>""",
    a,
    encoding="big5hkscs",
)

a = A["harvest"]
rows = [r.split(" | ") for r in a["paragraphs"][2].split("\n")]
table = "<table border=1><thead><tr>" + "".join(f"<th>{c}</th>" for c in rows[0]) + "</tr></thead><tbody>" + "".join(
    "<tr>" + "".join(f"<td><p>{c}</p></td>" for c in r) + "</tr>" for r in rows[1:]) + "</tbody></table>"
page(
    "table.html",
    f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{a['title']} - 云溪农业信息网</title><meta name="author" content="吴桐"><meta name="publishdate" content="2025-11-05"></head>
<body><header><nav>{links(8, '栏目')}</nav></header><div class="wrap"><h1>{a['title']}</h1><div class="meta">2025-11-05　来源：云溪农业信息网</div>
<div class="text"><p>{a['paragraphs'][0]}</p><p>{a['paragraphs'][1]}</p>{table}<p>{a['paragraphs'][3]}</p></div></div><footer>技术支持：云溪软件</footer></body></html>""",
    a,
)

a = A["rules"]
items = [i[3:] for i in a["paragraphs"][1].split("\n")]
page(
    "short-notice.html",
    f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{a['title']}</title></head><body>
<h1>{a['title']}</h1><p>{a['paragraphs'][0]}</p><ol>{''.join(f'<li>{i}</li>' for i in items)}</ol><p>{a['paragraphs'][2]}</p><p>{a['paragraphs'][3]}</p><p>2025年8月20日</p></body></html>""",
    {**a, "paragraphs": [*a["paragraphs"], "2025年8月20日"]},
)

a = A["metro"]
page(
    "folded-source.html",
    f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{a['title']}|市民网</title></head>
<body>
  <div id="hd"><a href="/">市民网</a><a href="/gov">政务</a><a href="/life">生活</a></div>
  <article>
    <h1>{a['title']}</h1>
    <p class="author">记者 {a['authors'][0]}</p>
    <p class="pubtime"><time datetime="2025-11-08">11月8日</time></p>
{chr(10).join('    <p>' + chr(10) + '      ' + (chr(10) + '      ').join(p[i:i+28] for i in range(0, len(p), 28)) + chr(10) + '    </p>' for p in a['paragraphs'])}
  </article>
</body></html>""",
    a,
)

a = A["doctor"]
page(
    "divisions.html",
    f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{a['title']}__石塘县融媒体中心</title></head><body>
<div class="wrapper"><div class="topnav"><a>首页</a><a>时政</a><a>视频</a></div><div class="detail"><div class="detail-title">{a['title']}</div>
<div class="detail-date">发布时间：2025-07-16 11:00:00　　作者：高原</div>
<div class="detail-text">{''.join(f'<div>&nbsp;&nbsp;&nbsp;&nbsp;{p}</div>' for p in a['paragraphs'])}</div>
<div class="detail-share">分享到：</div><div class="prevnext">上一篇：<a href="#">渔港建设提速</a><br>下一篇：<a href="#">夏季用电须知</a></div></div>
<div class="bottom">石塘县融媒体中心 版权所有</div></div></body></html>""",
    a,
)

with tempfile.TemporaryDirectory() as profile:
    dom = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}", "--dump-dom",
         (ROOT / "portal-breaks-gbk.html").as_uri()],
        capture_output=True, check=True,
    ).stdout
(ROOT / "page-saved-by-a-browser.html").write_bytes(dom)
truth("page-saved-by-a-browser.html", A["orchard"])

# Made before the rules were finished, and not looked at until then.
a = A["winter"]
page(
    "second-mobile.html",
    f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{a['title']} - 北山晚报客户端</title>
<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": a['title'], "datePublished": "2025-11-15T16:22:00+08:00", "author": [{"@type": "Person", "name": "乔雪"}], "publisher": {"@type": "Organization", "name": "北山晚报"}}, ensure_ascii=False)}</script></head>
<body><div class="app-bar"><span>打开客户端</span></div><div class="news"><div class="news-hd"><div class="h">{a['title']}</div><div class="sub"><span>北山晚报</span><span>2025-11-15 16:22</span></div></div>
<div class="news-bd">{''.join(f'<p><span>　　{p}</span></p>' for p in a['paragraphs'])}<p>编辑：王芳</p></div><div class="zan">点赞 36</div></div>
<div class="hot"><div class="hot-t">热点推荐</div>{''.join(f'<a class="hot-i" href="/{i}"><div>热点新闻的标题文字{i}</div><div>12评论</div></a>' for i in range(6))}</div><div class="dl">下载客户端，看更多新闻</div></body></html>""",
    a,
)
a = A["recycle"]
page(
    "second-old-tables.html",
    f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gbk"><TITLE>民生调查：{a['title']} 云溪都市报 数字报</TITLE></HEAD>
<BODY><TABLE WIDTH=900><TR><TD VALIGN=top WIDTH=250><A HREF=a>第A01版：头版</A><BR><A HREF=b>第A02版：要闻</A><BR><A HREF=c>第A05版：民生</A></TD>
<TD><TABLE><TR><TD ALIGN=center><FOUNDER-TITLE><P><STRONG>{a['title']}</STRONG></P></FOUNDER-TITLE></TD></TR><TR><TD ALIGN=center>2025年10月12日　星期日　　作者：丁一帆</TD></TR>
<TR><TD><FOUNDER-CONTENT>{''.join(f'<P>　　{p}</P>' for p in a['paragraphs'])}</FOUNDER-CONTENT></TD></TR></TABLE></TD></TR></TABLE></BODY></HTML>""",
    a,
    encoding="gbk",
)
a = A["paper"]
page(
    "second-magazine.html",
    f"""<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{a['title']} · 手艺志</title><meta property="og:title" content="{a['title']}"><meta property="og:site_name" content="手艺志"></head>
<body><div id="app"><nav><a href="/">手艺志</a><a href="/m">纸</a><a href="/n">木</a></nav><main><h1>{a['title']}</h1><div class="credits"><p>撰文：{a['authors'][0]}</p><p>摄影：冯立</p><p>2025.06.09</p></div>
{''.join(f'<section><p>{p}</p></section>' for p in a['paragraphs'])}<blockquote>“一张纸，寿千年。”</blockquote></main>
<section class="newsletter"><h2>订阅我们的通讯</h2><form><input type="email"><button>订阅</button></form></section><footer><a href="/about">关于</a><p>© 2025 手艺志</p></footer></div></body></html>""",
    {**a, "paragraphs": [*a["paragraphs"], "“一张纸，寿千年。”"]},
)

# Made after the rules, and not looked at before they were measured.
a = A["letters"]
page(
    "third-app.html",
    f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{a['title']}-今日云溪</title><link rel="stylesheet" href="a.css"></head><body>
<div id="root"><div class="Layout_nav__x1"><a href="/"><img alt="今日云溪"></a><div class="Layout_item__x2">推荐</div><div class="Layout_item__x2">民生</div><div class="Layout_item__x2">文化</div></div>
<div class="Article_wrap__k3"><div class="Article_hd__k4">{a['title']}</div><div class="Article_meta__k5"><div>罗文静</div><div>今日云溪</div><div>2025-05-22 08:00</div><div>1.2万阅读</div></div>
<div class="Article_bd__k6">{''.join(f'<div class="Paragraph_p__z1"><span>{p}</span></div>' for p in a['paragraphs'])}<div class="Paragraph_img__z2"><img src="1.jpg"><span>邮袋里的信</span></div></div>
<div class="Article_end__k7">— 完 —</div><div class="Actions_bar__q1"><div>赞 88</div><div>收藏 12</div><div>分享</div></div></div>
<div class="Feed_list__w1"><div class="Feed_t__w2">大家都在看</div>{''.join(f'<a href="/{i}" class="Feed_i__w3">老街里的第{i}家理发店</a>' for i in range(1, 9))}</div></div></body></html>""",
    {**a, "paragraphs": [*a["paragraphs"], "邮袋里的信"]},
)
page(
    "third-big5-blog.html",
    """<html><head><meta http-equiv=Content-Type content="text/html; charset=big5"><title>香港街市札記: 舊區街市翻新 檔主憂租金上漲</title></head><body>
<div id="header"><h1>香港街市札記</h1><p>一個街坊的記錄</p></div><div id="post"><h3>舊區街市翻新 檔主憂租金上漲</h3><p class="postmeta">張敏儀 發表於 2025年10月21日 下午 11:05 | 分類: 社區</p>
"""
    + "".join(f"<p>{p}<br></p>" for p in A["hk"]["paragraphs"])
    + """<p class="tags">標籤: 街市, 租金</p></div><div id="side"><h4>最新文章</h4><ul><li><a href=1>碼頭的早上</a></li><li><a href=2>茶餐廳的下午</a></li></ul><h4>最新留言</h4><ul><li>黃太：多謝你寫我們！</li></ul></div></body></html>""",
    A["hk"],
    encoding="big5hkscs",
)
a = A["notice"]
page(
    "third-pasted-from-word.html",
    f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>市住建局 - 通知公告 - {a['title']}</title><meta name="ColumnName" content="通知公告"><style>@font-face{{font-family:仿宋}}</style></head><body>
<div class="top"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务</a></li></ul></div><div class="position">您的位置：首页 &gt; 通知公告</div>
<div class="bt">{a['title']}</div><div class="ly">来源：市住建局 时间：2025-11-12 点击：<script>document.write(1)</script>次</div>
<div id="zoom"><p class="MsoNormal"><o:p>&nbsp;</o:p></p>{''.join(f'<p class="MsoNormal" style="text-indent:32.0pt"><span style="font-size:16pt">{p}<o:p></o:p></span></p>' for p in a['paragraphs'])}</div>
<div class="fj">附件：<a href="1.doc">检查表.doc</a></div><div class="footer">地址：云溪市中心路1号　邮编：314000</div></body></html>""",
    {**a, "paragraphs": [*a["paragraphs"], "附件：检查表.doc"]},
)
a = A["bakery"]
page(
    "third-magazine-english.html",
    f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{a['title']} | The Long Table</title><meta property="og:title" content="{a['title']} | The Long Table"><meta name="author" content="Clara Whitfield"><meta property="article:published_time" content="2025-09-14"></head><body>
<header><a href="/">The Long Table</a><button>Menu</button></header><main><p class="kicker">Food</p><h1>{a['title']}</h1><p class="dek">A notebook, some weather and a mill.</p><p>Words by Clara Whitfield</p>
<p><span class="dropcap">{a['paragraphs'][0][0]}</span>{a['paragraphs'][0][1:]}</p><div class="ad">Advertisement</div><p>{a['paragraphs'][1]}</p><aside class="pullquote">Rain costs nine loaves.</aside><p>{a['paragraphs'][2]}</p><p class="bio"><em>Clara Whitfield writes about food.</em></p></main>
<footer><nav><a href="/subscribe">Subscribe</a><a href="/contact">Contact</a></nav><small>All rights reserved.</small></footer></body></html>""",
    {**a, "paragraphs": ["A notebook, some weather and a mill.", *a["paragraphs"], "Clara Whitfield writes about food."]},
)
