# -*- coding: utf-8 -*-
from common import *
def w(n,s,enc='utf-8'): open(f'{OUT}/{n}','wb').write(s.encode(enc))
P=lambda i,c='',h='h3',ind='':''.join(f'<{h}>{t}</{h}>\n' if k=='h' else f'<p{c}>{ind}{t}</p>\n' for k,t in A[i]['P'])
# 1 portal
a=A['h1']
w('portal.html',f'''<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{a['T']}-平州新闻网</title>
<meta property="og:title" content="{a['T']}"><meta property="og:type" content="article"><meta property="og:site_name" content="平州新闻网"><meta property="article:published_time" content="2025-09-03T10:26:00+08:00">
<meta name="keywords" content="地铁,三号线,试运行"><meta name="description" content="平州地铁三号线东延段9月3日起开始试运行。">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{a['T']}","datePublished":"2025-09-03T10:26:00+08:00","dateModified":"2025-09-04T08:00:00+08:00","author":{{"@type":"Person","name":"岳珊"}},"publisher":{{"@type":"Organization","name":"平州新闻网"}}}}</script>
<script>var _hm=_hm||[];(function(){{var s=document.createElement("script");s.src="//stat.example/h.js";}})();</script><style>.art-hd{{font-size:28px}}</style></head><body>
<div class="topbar"><a href="/login">登录</a> | <a href="/reg">注册</a> | <a href="/app">下载客户端</a></div><header><a href="/" class="logo">平州新闻网</a><nav><ul><li><a href="/news">新闻</a></li><li><a href="/fin">财经</a></li><li><a href="/life">生活</a></li><li><a href="/metro">城建</a></li></ul></nav></header>
<div class="crumb"><a href="/">首页</a> &gt; <a href="/news">新闻</a> &gt; 正文</div>
<div class="wrap"><div class="main-l"><h1 class="art-hd">{a['T']}</h1><div class="info"><span class="time">2025-09-03 10:26</span><span class="src">来源：平州日报</span><span>记者：岳珊</span><a href="#cmt">评论(48)</a></div>
<div class="tools">字号：<a>大</a> <a>中</a> <a>小</a> 　分享到：<a>微信</a> <a>微博</a></div>
<div class="content" id="content"><p><img src="/img/2025/09/m3.jpg" alt="列车驶出车辆段"></p><p class="pic-desc" style="text-align:center;color:#888">图为9月3日，试运行列车驶出临空新城站。岳珊 摄</p>
{P('h1',h='h2',ind='　　')}</div>
<div class="editor">[责任编辑：卜一凡]</div><div class="tags">标签：<a>地铁</a><a>试运行</a></div>
<div class="related"><h3>相关新闻</h3><ul><li><a href="/1">平州地铁二号线客流突破三亿人次</a></li><li><a href="/2">临空新城明年新增四所学校</a></li><li><a href="/3">市区十二条公交线路优化调整</a></li></ul></div>
<div id="cmt"><h3>网友评论</h3><div class="c"><b>平州老张</b><p>盼了四年，总算通车了，以后去机场方便多了，给建设者点赞！</p></div><div class="c"><b>小雨点</b><p>希望票价不要太贵，另外建议末班车能够开到晚上十二点以后。</p></div></div></div>
<aside class="side"><h3>24小时热榜</h3><ol><li><a>今晚有雷阵雨 局地大风</a></li><li><a>平州大闸蟹十月上市</a></li><li><a>教师节活动安排公布</a></li></ol><div class="ad">广告：买车险 省六百</div></aside></div>
<footer><p>关于我们 | 联系我们 | 版权声明 | 招聘信息</p><p>平州新闻网 版权所有 未经授权不得转载 互联网新闻信息服务许可证：99120250001</p></footer><div class="cookie" id="ck">本网站使用Cookie以改善您的浏览体验。<button>同意</button></div></body></html>''')
truth('portal.html',['h1'])
# 2 GBK table layout
a=A['h2']
w('oldtable.htm',f'''<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=gb2312"><TITLE>平州晚报电子版</TITLE></HEAD><BODY bgcolor=#ffffff topmargin=0>
<TABLE width=760 align=center border=0 cellspacing=0><TR><TD colspan=2 bgcolor=#003399><FONT color=white size=5><B>平州晚报</B></FONT></TD></TR><TR><TD colspan=2 align=right><FONT size=2>2007年5月21日 星期一　第A12版：城事</FONT></TD></TR>
<TR><TD width=160 valign=top bgcolor=#eeeeee><FONT size=2><A href=a1.htm>第A1版：头版</A><BR><A href=a2.htm>第A2版：要闻</A><BR><A href=a5.htm>第A5版：体育</A><BR><A href=a12.htm>第A12版：城事</A><BR><BR>本版标题导航<BR><A href=1.htm>·老厂房里的新光景</A><BR><A href=2.htm>·雨伞落在出租车上</A></FONT></TD>
<TD valign=top><CENTER><FONT size=5 color=#990000><B>{a['T']}</B></FONT></CENTER><BR><CENTER><FONT size=2>本报记者　全胜利</FONT></CENTER><HR>
<FONT size=3>'''+'<BR><BR>\n'.join('　　'+t for _,t in a['P'])+'''</FONT><BR><BR><TABLE width=100%><TR><TD align=center><FONT size=2>[<A href=x>上一篇</A>] [<A href=y>下一篇</A>] [<A href="javascript:window.close()">关闭窗口</A>] [<A>打印</A>]</FONT></TD></TR></TABLE></TD></TR>
<TR><TD colspan=2 align=center bgcolor=#cccccc><FONT size=2>平州晚报社 版权所有　Copyright 2007　地址：平州市报业路8号　电话：0573-5550155</FONT></TD></TR></TABLE></BODY></HTML>''','gbk')
truth('oldtable.htm',['h2'])
# 3 wechat
a=A['h3']; sp=lambda t:f'<section style="margin:0 8px"><p style="line-height:2em;"><span style="font-size:15px;letter-spacing:1px;color:rgb(63,63,63)">{t}</span></p></section>'
body=''.join(sp(t)+('<p><br></p>' if n%2 else '') for n,(k,t) in enumerate(a['P']))
w('wechat.html',f'''<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{a['T']}"><meta property="og:site_name" content="微信公众平台"><meta name="author" content="阿笙"><title></title><script nonce="1">var ct = "1737000900"; var msg_title = '{a['T']}'.html(false); var nickname = htmlDecode("江城味道");</script></head><body id="activity-detail" class="zh_CN"><div id="js_article" class="rich_media"><div class="rich_media_inner"><div id="page-content"><div id="img-content" class="rich_media_wrp">
<h1 class="rich_media_title" id="activity-name">
 {a['T']}
</h1><div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">阿笙</span><span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a id="js_name">江城味道</a></span><em id="publish_time" class="rich_media_meta rich_media_meta_text">2025-01-16 12:15</em></div>
<div class="rich_media_content" id="js_content" style="visibility: hidden;"><p style="text-align:center"><span style="color:#888;font-size:12px">点击上方蓝字关注我们</span></p><p><img data-src="https://mmbiz.example/1.jpg"></p>{body}<p style="text-align:center"><span style="font-size:12px">— END —</span></p><p><span style="font-size:12px;color:#aaa">文字｜阿笙　摄影｜大可　编辑｜橙子</span></p><p><span>喜欢就点个“在看”吧↓↓↓</span></p></div>
<div class="reward_area"><p>喜欢作者</p></div><div id="js_pc_qr_code" class="qr_code_pc"><p>微信扫一扫<br>关注该公众号</p></div></div></div></div></div></body></html>''')
truth('wechat.html',['h3'])
# 4 gov site with CMS meta
a=A['h4']; Pp=a['P']
w('gov.html',f'''<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><meta name="SiteName" content="平州市人民政府"/><meta name="ColumnName" content="通知公告"/><meta name="ArticleTitle" content="{a['T']}"/><meta name="PubDate" content="2025-08-29 16:40"/><meta name="ContentSource" content="市医疗保障局"/><title>平州市人民政府 通知公告 {a['T']}</title></head><body><div class="header"><div>无障碍阅读</div><div>长者模式</div><ul><li>首页</li><li>政务公开</li><li>政务服务</li><li>政民互动</li></ul></div><div class="pos">当前位置：首页&gt;政务公开&gt;通知公告</div>
<table class="xxgk" width="100%"><tr><td>索 引 号</td><td>PZ-2025-0377</td><td>发布机构</td><td>市医疗保障局</td></tr><tr><td>成文日期</td><td>2025-08-29</td><td>有 效 性</td><td>有效</td></tr></table>
<div class="tit">{a['T']}</div><div class="ly">发布时间：2025-08-29 16:40　来源：市医疗保障局　浏览次数：<span id="hits">1877</span>　字体：[大 中 小]</div><div class="TRS_Editor">'''+''.join(f'<p align="{"right" if n>=len(Pp)-2 else "justify"}" style="text-indent:{0 if n>=len(Pp)-2 else 2}em">{t}</p>' for n,(k,t) in enumerate(Pp))+'''</div><div class="fj">附件：<a href="/a.doc">参保缴费申请表.doc</a></div><div class="btn">【打印】【关闭】</div><div class="foot"><p>主办：平州市人民政府办公室　承办：平州市大数据局</p><p>网站标识码：3399000001　联系电话：0573-5550100</p></div></body></html>''')
truth('gov.html',['h4'])
# 5 English blog (Dublin Core + time tag)
a=A['h5']
w('blog.html',f'''<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{a['T']} | Small Chores</title><meta name="DC.title" content="{a['T']}"><meta name="DC.creator" content="Imogen Farrow"><meta name="DC.date" content="2023-02-11"><link rel="alternate" type="application/rss+xml" href="/feed"></head><body class="post-template"><div id="cookie-banner" role="dialog"><p>We use cookies to understand how you use this site. <a href="/privacy">Privacy policy</a></p><button>Accept all</button></div>
<header class="site-header"><p class="site-title"><a href="/">Small Chores</a></p><p class="tagline">Notes on keeping house slowly</p><nav><a href="/about">About</a> <a href="/archive">Archive</a> <a href="/newsletter">Newsletter</a></nav></header>
<main><article class="post"><h1>{a['T']}</h1><p class="byline">By <a rel="author" href="/about">Imogen Farrow</a> &middot; <time datetime="2023-02-11">February 11, 2023</time> &middot; 3 min read</p>
{P('h5',h='h2').replace("'",'&rsquo;') if 0 else P('h5',h='h2')}<figure><img src="/rod.jpg" alt=""><figcaption>The rod, on its hook.</figcaption></figure><div class="share">Share: <a>Twitter</a> <a>Email</a></div></article>
<section class="newsletter"><h3>Get the letter</h3><p>One short letter a month about ordinary things. No spam, ever.</p><form><input type="email"><button>Subscribe</button></form></section>
<section id="comments"><h3>3 Comments</h3><ol><li><cite>Ben</cite><p>I did the same thing with cast iron and never looked back. Great post!</p></li><li><cite>Oona R.</cite><p>Which rod do you use? Mine seems to wear out after a year or so.</p></li></ol></section><nav class="prevnext"><a>&larr; On mending a kettle</a> <a>What the drain taught me &rarr;</a></nav></main>
<aside><h3>Recent posts</h3><ul><li>On mending a kettle</li><li>Bread, week one</li></ul></aside><footer>&copy; 2023 Small Chores. Built with patience.</footer></body></html>''')
truth('blog.html',['h5'])
# 6 traditional, no meta, div paragraphs, date in Chinese
a=A['h6']
w('hknews.html',f'''<html lang="zh-Hant"><head><meta charset="utf-8"><title>離島渡輪加價一成二 居民促增夜航 - 港聞 - 海港時報</title></head><body><div class="menu"><span>即時</span><span>港聞</span><span>國際</span><span>體育</span><span>副刊</span></div><div class="story"><div class="hl"><h2>{a['T']}</h2></div><div class="date">2024年12月3日 (星期二)</div><div class="para">【記者梁嘉敏報道】{a['P'][0][1]}</div><div class="para">{a['P'][1][1]}</div><div class="inad"><a href="//ad.example">立即下載海港時報手機程式</a></div><div class="para">{a['P'][2][1]}</div></div><div class="more"><b>你可能感興趣</b><div><a>長塘沙灘水質獲評一級</a></div><div><a>街渡翻新工程下月展開</a></div></div><div class="ft">海港時報有限公司 版權所有 不得轉載</div></body></html>''')
truth('hknews.html',['h6'],also={'h6':['離島渡輪加價一成二 居民促增夜航']},para={'h6':['【記者梁嘉敏報道】'+a['P'][0][1]]+[t for _,t in a['P'][1:]]})
# 7 div-soup with br paragraphs, no h1, author in text, related links inline
a=A['h7']
w('countynews.html',f'''<!DOCTYPE html><html><head><meta charset="utf-8"><title>{a['T']}_健康_柳溪新闻网</title></head><body><div id="top"><a href="/">网站首页</a>｜<a>本地</a>｜<a>图片</a>｜<a>视频</a></div><div id="a_title">{a['T']}</div><div id="a_info">柳溪新闻网　http://www.liuxinews.example　2024年10月15日 08:12　来源：柳溪日报</div><div id="zoom">　　本报讯（记者 荆楚 通讯员 尤佳）{a['P'][0][1]}<br/><br/>　　{a['P'][1][1]}<br/>
<br/>　　{a['P'][2][1]}</div><div>编辑：计然</div><div id="rel">延伸阅读<ul><li><a>秋冬流感疫苗开打</a></li><li><a>竹坪卫生院添了救护车</a></li></ul></div><div id="copy">Copyright © 柳溪县融媒体中心 All Rights Reserved 备案号99012345</div></body></html>''')
truth('countynews.html',['h7'],para={'h7':['本报讯（记者 荆楚 通讯员 尤佳）'+a['P'][0][1]]+[t for _,t in a['P'][1:]]})
# TXT
a=A['x1']
w('essay_gbk.txt','\r\n'.join(['　　　　　　'+a['T'],'','　　　　　　　　文/农夫','']+['　　'+t for _,t in a['P']]),'gbk'); truth('essay_gbk.txt',['x1'])
def wrap(t,n=30): return '\n'.join(t[i:i+n] for i in range(0,len(t),n))
s='东屿快讯 2025年9月8日 第36期\n\n'
for i in('x2','x3','x4'): s+='【'+A[i]['T']+'】\n'+'\n'.join(wrap('　　'+t) for _,t in A[i]['P'])+'\n\n----------------------------------------\n\n'
w('bulletin_wrapped.txt',s); truth('bulletin_wrapped.txt',['x2','x3','x4'],date='2025-09-08')
import textwrap
a=A['x5']
w('english.txt',a['T'].upper()+'\n\nby Peter Lindqvist\n\n'+'\n\n'.join(textwrap.fill(t,66) for _,t in a['P'])+'\n'); truth('english.txt',['x5'])
a=A['d9'] if 'd9' in A else A['g1']
w('notice.txt','\n'.join([A['d5']['T']]+[t for _,t in A['d5']['P']])); truth('notice.txt',['d5'])
