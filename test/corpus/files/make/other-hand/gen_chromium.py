# -*- coding: utf-8 -*-
from common import *
import base64,io
from PIL import Image,ImageDraw
def pic(w,h,seed):
    im=Image.new('RGB',(w,h),(170,180,190)); d=ImageDraw.Draw(im)
    for i in range(14):
        x=(i*seed*37)%w; d.rectangle([x,h-20-(i*seed*13)%(h-30),x+w//12,h],fill=(60+i*9,80+i*5,90))
    b=io.BytesIO(); im.save(b,'JPEG',quality=60); return 'data:image/jpeg;base64,'+base64.b64encode(b.getvalue()).decode()
def pp(i,suffix=''):
    P=A[i]['P']; out=''
    for n,(k,t) in enumerate(P):
        if k=='h': out+=f'<h4>{t}</h4>'
        else: out+=f'<p>{t}{suffix if n==len(P)-1 else ""}</p>'
    return out
def T(i): return A[i]['T'].replace('|','<br>')
# 1 tabloid
html=f'''<meta charset=utf8><style>
@page{{size:285mm 410mm;margin:11mm 10mm}} *{{box-sizing:border-box}}
body{{margin:0;font:9.6pt/1.52 "AR PL UMing CN";color:#111}}
.mast{{display:grid;grid-template-columns:52mm 1fr 60mm;align-items:end;border-bottom:2.2pt solid #000;padding-bottom:2mm}}
.mast .n{{font:bold 50pt/1 "WenQuanYi Zen Hei";color:#b00;text-align:center;letter-spacing:8pt}}
.mast .l,.mast .r{{font-size:8.5pt;line-height:1.4}} .mast .r{{text-align:right}}
.folio{{display:flex;justify-content:space-between;font:8.5pt "WenQuanYi Zen Hei";border-bottom:.6pt solid #000;margin-bottom:4mm;padding:1mm 0}}
.g{{display:grid;grid-template-columns:repeat(6,1fr);gap:5mm 5mm}}
p{{margin:0;text-indent:2em;text-align:justify}}
h1{{font:33pt/1.22 "WenQuanYi Zen Hei";margin:1mm 0 2mm;text-align:center}} h2{{font:bold 20pt/1.25 "WenQuanYi Zen Hei";margin:0 0 2mm}}
h3{{font:bold 13pt/1.3 "WenQuanYi Zen Hei";margin:0 0 1mm}}
.k{{font:13pt "AR PL UMing CN";text-align:center;letter-spacing:2pt}} .s{{font:14pt "WenQuanYi Zen Hei";text-align:center;margin-bottom:3mm}}
.by{{font:8.6pt "WenQuanYi Zen Hei";text-indent:0}} .c3{{columns:3;column-gap:4.5mm}} .c2{{columns:2;column-gap:4.5mm}}
.box{{border:1pt solid #333;padding:3mm;background:#f3f0e6}} figure{{margin:0}} figure img{{width:100%;display:block}} figcaption{{font:8pt/1.35 "WenQuanYi Zen Hei";padding-top:1mm}}
.ad{{grid-column:1/7;border:2pt double #000;display:flex;justify-content:space-around;align-items:center;padding:4mm;font:bold 17pt "WenQuanYi Zen Hei"}} .ad small{{font:normal 9pt "WenQuanYi Zen Hei"}}
</style><div class=mast><div class=l>国内统一连续出版物号<br>CN 37-0099<br>邮发代号 23-418</div><div class=n>青河晚报</div><div class=r>今日8版　零售1.00元<br>新闻热线 8555-0110</div></div>
<div class=folio><span>2025年3月18日　星期二　农历乙巳年二月十九</span><span>总第7326期</span><span>责任编辑：喻家和　美编：白薇</span><span>01版</span></div>
<div class=g><div style="grid-column:1/5"><div class=k>{A['t1']['K']}</div><h1>{T('t1')}</h1><div class=s>——{A['t1']['S']}</div><div class=c3>{pp('t1')}</div></div>
<div style="grid-column:5/7;border-left:.6pt solid #999;padding-left:4mm"><h2>{T('t2')}</h2><div class=s style="text-align:left;font-size:11.5pt">{A['t2']['S']}</div><p class=by>本报记者　鲁小满</p>{pp('t2')}</div>
<figure style="grid-column:1/3"><img src="{pic(320,200,3)}"><figcaption>3月16日，市民在改造后的城南菜市场选购蔬菜。　本报记者　辛海摄</figcaption></figure>
<div style="grid-column:3/7"><div class=k style="text-align:left">{A['t4']['K']}</div><h2>{T('t4')}</h2><p class=by>本报记者 祝佳音</p><div class=c3>{pp('t4')}</div></div>
<div class=box style="grid-column:1/4"><h2 style="font-size:17pt">{T('t3')}</h2><div class=c2>{pp('t3','（佟立峰）')}</div></div>
<div class=box style="grid-column:4/7;background:#fff"><div style="background:#333;color:#fff;font:bold 11pt 'WenQuanYi Zen Hei';padding:.5mm 3mm;display:inline-block;margin-bottom:2mm">便民简讯</div><h3>{T('t5')}</h3>{pp('t5')}<h3 style="margin-top:2mm">{T('t6')}</h3>{pp('t6')}</div>
<div class=ad><span>福满楼大酒店</span><small>婚宴寿宴 六折起 每桌888元<br>订餐电话 8555-0176　地址：解放路99号</small></div></div>'''
chromium(html,'cr_tabloid.pdf')
truth('cr_tabloid.pdf',['t1','t2','t3','t4','t5','t6'],also={'t1':['全市老旧小区改造推进会昨日召开 三年内让十二万户居民住上“暖心房” ——加装电梯补贴由每台十五万元提高到二十万元','三年内让十二万户居民住上“暖心房” ——加装电梯补贴由每台十五万元提高到二十万元']})
# 2 two pages, sans headlines, byline at end, per page folio
html=f'''<meta charset=utf8><style>@page{{size:A3;margin:12mm}}body{{margin:0;font:10pt/1.6 "WenQuanYi Zen Hei"}}
.page{{height:394mm;break-after:page;display:flex;flex-direction:column}} .page:last-child{{break-after:auto}}
.top{{display:flex;justify-content:space-between;border-bottom:1.5pt solid #06c;font-size:9pt;padding-bottom:1mm;margin-bottom:4mm}} .top b{{font-size:16pt;color:#06c}}
h1{{font:30pt/1.2 "WenQuanYi Zen Hei";font-weight:bold;margin:0 0 1mm}} h2{{font:22pt/1.2 "WenQuanYi Zen Hei";margin:0 0 2mm}} .d{{font-size:14pt;color:#555;margin-bottom:3mm}}
p{{margin:0;text-indent:2em}} .c4{{columns:4;column-gap:6mm;column-rule:.4pt solid #bbb}} .c3{{columns:3;column-gap:6mm}} .c2{{columns:2;column-gap:6mm}}
.row{{display:grid;gap:7mm;margin-top:6mm}} .sig{{text-align:right;text-indent:0}} article{{border-top:.5pt solid #888;padding-top:3mm}} .col{{float:left;background:#06c;color:#fff;padding:0 2mm;font-size:9pt}}
</style><div class=page><div class=top><span>2024年11月5日 星期二</span><b>江城日报</b><span>要闻 · A1</span></div>
<article><h1>{T('n1')}</h1><div class=d>{A['n1']['S']}</div><div class=c4>{pp('n1')}<p class=sig>（岑　远）</p></div></article>
<div class=row style="grid-template-columns:2fr 1fr"><article><h2>{T('n2')}</h2><div class=c2>{pp('n2')}<p class=sig>（骆春生）</p></div></article><article><h2 style="font-size:17pt">{T('n3')}</h2>{pp('n3')}</article></div>
<div style="margin-top:auto;border-top:.5pt solid #000;font-size:8pt">编辑 / 车晓东　版式 / 宁可　校对 / 史可</div></div>
<div class=page><div class=top><span>A2 · 综合</span><b>江城日报</b><span>2024年11月5日 星期二</span></div>
<div class=row style="grid-template-columns:1fr 2fr;margin-top:0"><article style="background:#eef4fb;padding:3mm"><div style="font:bold 12pt 'WenQuanYi Zen Hei';color:#06c">江边漫笔</div><h2>{T('n4')}</h2><p style="text-indent:0;text-align:center">□ 闻一鸣</p>{pp('n4')}</article>
<article><h2>{T('n5')}</h2><div class=c3><p style="text-indent:0">本报记者 滕雨桐</p>{pp('n5')}</div></article></div>
<div class=row><article><h2>{T('n6')}</h2><p style="text-indent:0">本报记者 卓然 实习生 俞静 文/图</p><div class=c4>{pp('n6')}</div></article></div>
<div style="margin-top:auto;border-top:.5pt solid #000;font-size:8pt">编辑 / 车晓东　版式 / 宁可　校对 / 史可</div></div>'''
chromium(html,'cr_twopage.pdf'); truth('cr_twopage.pdf',['n1','n2','n3','n4','n5','n6'])
# 3 magazine
P=A['m1']['P']; body=''
for n,(k,t) in enumerate(P):
    if k=='h': body+=f'<h3>{t}</h3>'
    else: body+=f'<p{" class=first" if n==0 else ""}>{t}</p>'
    if n==5: body+='<blockquote>“活下来的都在石缝里。”</blockquote>'
html=f'''<meta charset=utf8><style>@page{{size:210mm 280mm;margin:20mm 18mm 18mm;@bottom-left{{content:counter(page) "　山川月刊";font:8pt "WenQuanYi Micro Hei"}} @top-right{{content:"特稿 FEATURE";font:8pt "WenQuanYi Micro Hei";color:#888}}}}
body{{margin:0;font:10.2pt/1.75 "AR PL UMing CN"}} h1{{font:bold 34pt "WenQuanYi Zen Hei";margin:14mm 0 2mm}} .d{{font:14pt "WenQuanYi Micro Hei";color:#666}} .by{{font:9pt "WenQuanYi Micro Hei";margin:6mm 0;border-top:1pt solid;padding-top:1mm;width:60mm}}
.c{{columns:2;column-gap:9mm}} p{{margin:0;text-indent:2em;text-align:justify}} .first{{text-indent:0}} .first::first-letter{{font:bold 38pt/1 "WenQuanYi Zen Hei";float:left;margin-right:2mm}} h3{{font:bold 12pt "WenQuanYi Zen Hei";margin:4mm 0 1mm;break-after:avoid}}
blockquote{{font:bold 16pt/1.4 "WenQuanYi Zen Hei";color:#2a6b3a;border-top:2pt solid;border-bottom:2pt solid;margin:4mm 0;padding:3mm 0;break-inside:avoid}}</style>
<h1>{T('m1')}</h1><div class=d>{A['m1']['S']}</div><div class=by>撰文 / 顾长风　摄影 / 石岩<br>2024年第6期</div><div class=c>{body}</div>'''
chromium(html,'cr_magazine.pdf'); truth('cr_magazine.pdf',['m1'],authors={'m1':['顾长风']},optional=['“活下来的都在石缝里。”'])
# 4 letter-spaced small type, justified, big margins, footer
html=f'''<meta charset=utf8><style>@page{{size:A5;margin:28mm 26mm 30mm;@bottom-center{{content:"· " counter(page) " ·";font:7pt "AR PL UMing CN"}} @top-center{{content:"《慢读》2023年冬季号";font:7pt "AR PL UMing CN";letter-spacing:3pt}}}}
body{{margin:0;font:7.6pt/2.1 "AR PL UMing CN";letter-spacing:.9pt}} h1{{font:15pt "AR PL UMing CN";letter-spacing:9pt;text-align:center;margin:8mm 0 3mm}} .a{{text-align:center;letter-spacing:5pt;margin-bottom:8mm}} p{{margin:0 0 2mm;text-indent:2em;text-align:justify}}</style>
<h1>{T('j1')}</h1><div class=a>穆青衣</div>{pp('j1')}'''
chromium(html,'cr_spaced.pdf'); truth('cr_spaced.pdf',['j1'])
# 5 traditional page
html=f'''<meta charset=utf8><style>@page{{size:260mm 370mm;margin:10mm}} body{{margin:0;font:10.5pt/1.5 "AR PL UMing HK"}} p{{margin:0 0 1mm;text-indent:0}} .h{{display:flex;justify-content:space-between;background:#222;color:#fff;padding:1mm 3mm;font-size:10pt;margin-bottom:4mm}}
h1{{font:30pt/1.2 "WenQuanYi Zen Hei";margin:0 0 3mm}} h1,h2{{font-weight:normal !important}} h2{{font:20pt/1.25 "WenQuanYi Zen Hei";margin:0 0 2mm}} .g{{display:grid;grid-template-columns:3fr 2fr;gap:7mm}} .c{{columns:3;column-gap:5mm}}</style>
<div class=h><span>A06 港聞</span><span>海港時報</span><span>二〇二四年四月九日　星期二</span></div>
<h1>{T('v1')}</h1><div style="font-family:WenQuanYi Zen Hei;margin-bottom:2mm">記者 鄺美儀</div><div class=c>{pp('v1')}</div><hr>
<div class=g><div><h2>{T('v2')}</h2><div style="columns:2">{pp('v2')}</div></div><div style="border:1pt solid #555;padding:3mm"><h2 style="font-size:16pt">{T('v3')}</h2><div>葉知秋</div>{pp('v3')}</div></div>
<div style="margin-top:8mm;border:1pt dashed;padding:4mm;text-align:center;font:bold 14pt 'WenQuanYi Zen Hei'">康健藥房　冬季進補優惠　滿三百減五十　查詢：5550 0188</div>'''
chromium(html,'cr_trad.pdf'); truth('cr_trad.pdf',['v1','v2','v3'],also={'v3':['賣花的人']})
# 6 vertical
html=f'''<meta charset=utf8><style>@page{{size:200mm 140mm;margin:10mm}} html{{writing-mode:vertical-rl}} body{{margin:0;font:11pt/1.7 "AR PL UMing TW";height:118mm}} h1{{font:21pt/1.3 "AR PL UMing TW";margin:0 0 0 3mm}} p{{margin:0;text-indent:1em}} .f{{font-size:8pt}}</style>
<div class=f>海港時報　民國一一二年十月二日　星期一　第三版</div><h1>{T('vt1')}</h1>{pp('vt1')}'''
chromium(html,'cr_vertical.pdf'); truth('cr_vertical.pdf',['vt1'])
# 7 printed web page
html=f'''<meta charset=utf8><title>{T('h7')}_柳溪新闻网</title><style>@page{{size:A4;margin:14mm;@top-left{{content:"2024/10/15 09:41";font:7pt sans-serif}}@top-center{{content:"县医院来了机器人“药师”_柳溪新闻网";font:7pt "WenQuanYi Zen Hei"}}@bottom-left{{content:"https://www.liuxinews.example/2024/1015/88213.shtml";font:7pt sans-serif}}@bottom-right{{content:counter(page) "/" counter(pages);font:7pt sans-serif}}}} body{{font:11pt/1.9 "WenQuanYi Zen Hei";margin:0}} nav a{{margin-right:5mm;color:#036;text-decoration:none}} h1{{font-size:20pt;text-align:center}} .m{{text-align:center;color:#888;font-size:9pt}} p{{text-indent:2em;margin:0 0 4mm}} .r{{border-top:1pt solid #ccc;margin-top:8mm;font-size:10pt}}</style>
<nav><a href=#>首页</a><a href=#>时政</a><a href=#>民生</a><a href=#>教育</a><a href=#>健康</a><a href=#>专题</a></nav><div style="font-size:9pt">当前位置：首页 &gt; 健康 &gt; 正文</div><h1>{T('h7')}</h1><div class=m>来源：柳溪日报　作者：荆楚 尤佳　发布时间：2024-10-15 08:12　浏览：326次</div>{pp('h7')}<p style="text-align:right">责任编辑：计然</p>
<div class=r><b>相关阅读</b><br>· 我县新增两家社区卫生服务站<br>· 秋冬流感疫苗开打<br>· 竹坪卫生院添了救护车</div><div style="text-align:center;font-size:8pt;margin-top:6mm">版权所有 柳溪县融媒体中心　备案号 99012345</div>'''
chromium(html,'cr_webprint.pdf'); truth('cr_webprint.pdf',['h7'])
