# -*- coding: utf-8 -*-
from common import *
from reportlab.pdfgen import canvas
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.lib.pagesizes import A4,A3,letter
from reportlab.lib.units import mm
from reportlab.lib.styles import ParagraphStyle as PS
from reportlab.platypus import *
from reportlab.lib import colors
from reportlab.platypus.flowables import HRFlowable
pdfmetrics.registerFont(TTFont('Hei','/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc',subfontIndex=0))
pdfmetrics.registerFont(TTFont('Ming','/usr/share/fonts/truetype/arphic/uming.ttc',subfontIndex=0))
pdfmetrics.registerFont(UnicodeCIDFont('STSong-Light'))
def st(font='Ming',size=9.5,lead=None,indent=2,align=4,**k):
    return PS('x',fontName=font,fontSize=size,leading=lead or size*1.5,firstLineIndent=size*indent,alignment=align,wordWrap='CJK',**k)
def flow(i,s,suffix='',hs=None):
    o=[];P=A[i]['P']
    for n,(k,t) in enumerate(P):
        o.append(Paragraph(t+(suffix if n==len(P)-1 else ''),s if k=='p' else hs))
    return o
def fill(c,flows,frames):
    flows=list(flows)
    for f in frames:
        while flows:
            if f.add(flows[0],c,trySplit=1): flows.pop(0); continue
            sp=f.split(flows[0],c)
            if sp:
                f.add(sp[0],c); flows[:1]=sp[1:]
            break
        if not flows: return
    return len(flows)
def bal(c,mk,x,top,w,n,gap=5):
    """balanced columns: smallest height that holds all"""
    class Null:
        pass
    h=8
    while True:
        t=canvas.Canvas('/dev/null',pagesize=(W*mm,H*mm))
        if not fill(t,mk(),cols(x,top-h,w,h,n,gap)): break
        h+=1
    fill(c,mk(),cols(x,top-h,w,h,n,gap)); return top-h
def F(x,y,w,h): return Frame(x*mm,y*mm,w*mm,h*mm,0,0,0,0,showBoundary=0)
def cols(x,y,w,h,n,gap=5):
    cw=(w-gap*(n-1))/n
    return [F(x+j*(cw+gap),y,cw,h) for j in range(n)]
# 1 newspaper page 270x390
W,H=270,390
c=canvas.Canvas(f'{OUT}/rl_tabloid.pdf',pagesize=(W*mm,H*mm)); c.setTitle('东屿晨报')
c.setFont('Hei',34); c.drawString(12*mm,368*mm,'东屿晨报')
c.setFont('Ming',9); c.drawRightString(258*mm,376*mm,'2025年8月22日 星期五'); c.drawRightString(258*mm,370*mm,'第4版 综合新闻　责编/车前子　电话：0577-5550133')
c.setLineWidth(1.2); c.line(12*mm,364*mm,258*mm,364*mm)
a=A['r1']
c.setFont('Ming',13); c.drawString(12*mm,355*mm,a['K'])
c.setFont('Hei',30); c.drawString(12*mm,341*mm,'一箱冻虾从港口到内陆'); c.drawString(12*mm,328*mm,'只需三十小时')
c.setFont('Hei',9); c.drawString(12*mm,320*mm,'本报记者　郝明远')
bal(c,lambda:flow('r1',st(size=9.8)),12,317,166,3)
c.line(183*mm,262*mm,183*mm,360*mm)
c.setFont('Hei',20); c.drawString(187*mm,350*mm,'老街的路灯亮了')
fill(c,[Paragraph('苏　婉',st('Hei',9,indent=0,align=1))]+flow('r2',st(size=9.8)),[F(187,262,71,84)])
c.line(12*mm,257*mm,258*mm,257*mm)
# r3: kaiti headline with subdeck, 4 cols of 46
c.setFont('Hei',26); c.drawCentredString(135*mm,243*mm,A['r3']['T']); c.setFont('Ming',14); c.drawCentredString(135*mm,235*mm,A['r3']['S'])
bal(c,lambda:flow('r3',st(size=10),'（郝明远 白露）'),12,231,246,4)
# r4 with pic
c.setFillGray(.75); c.rect(12*mm,110*mm,90*mm,52*mm,fill=1,stroke=0); c.setFillGray(.4); c.circle(57*mm,136*mm,15*mm,fill=1,stroke=0); c.setFillGray(0)
c.setFont('Hei',8); c.drawString(12*mm,106*mm,'潘海燕在给孩子们讲解牡蛎的生长过程。'); c.drawRightString(102*mm,102*mm,'受访者供图')
c.setFont('Hei',22); c.drawString(108*mm,154*mm,A['r4']['T'])
bal(c,lambda:[Paragraph('本报记者 白露',st('Hei',9,indent=0))]+flow('r4',st(size=9.8)),108,150,150,2,6)
c.rect(12*mm,60*mm,246*mm,34*mm); c.setFont('Hei',22); c.drawCentredString(135*mm,80*mm,'东屿·望海花园 现房发售'); c.setFont('Hei',11); c.drawCentredString(135*mm,70*mm,'首付三成起　品鉴热线 0577-5550199　开发商：望海置业')
c.save(); truth('rl_tabloid.pdf',['r1','r2','r3','r4'])
# 2 press release non-embedded CID
s=PS('s',fontName='STSong-Light',fontSize=11,leading=19,firstLineIndent=22,wordWrap='CJK',spaceAfter=6)
h=PS('h',parent=s,firstLineIndent=0,fontSize=12.5,spaceBefore=8)
def foot(cv,d):
    cv.setFont('STSong-Light',8); cv.drawString(25*mm,282*mm,'海岚生物 HAILAN BIO｜新闻稿'); cv.drawCentredString(105*mm,12*mm,f'第{d.page}页'); 
doc=BaseDocTemplate(f'{OUT}/rl_press_cid.pdf',pagesize=A4,title='新闻稿'); doc.addPageTemplates(PageTemplate(frames=[Frame(25*mm,22*mm,160*mm,252*mm,0,0,0,0)],onPage=foot))
doc.build([Paragraph('即时发布',PS('r',parent=s,firstLineIndent=0,textColor=colors.red)),Spacer(1,8),Paragraph('海岚生物发布新一代可降解地膜',PS('t',parent=s,firstLineIndent=0,fontSize=20,leading=28,alignment=1)),Paragraph('每亩成本降低四成',PS('t',parent=s,firstLineIndent=0,fontSize=20,leading=28,alignment=1)),Spacer(1,10)]+flow('pr1',s,hs=h)+[Spacer(1,10),Paragraph('媒体联系：游可为　电话 0577-5550121　邮箱 press@hailan.example',PS('c',parent=s,firstLineIndent=0,fontSize=9)),Paragraph('# # #',PS('c',parent=s,firstLineIndent=0,alignment=1))])
truth('rl_press_cid.pdf',['pr1'],optional=['媒体联系：游可为　电话 0577-5550121　邮箱 press@hailan.example'])
# 3 English newsletter
b=PS('b',fontName='Times-Roman',fontSize=10.2,leading=12.6,firstLineIndent=12,alignment=4)
h1=PS('h1',fontName='Helvetica-Bold',fontSize=17,leading=19,spaceBefore=10,spaceAfter=3); by=PS('by',fontName='Times-Italic',fontSize=9.5,leading=12,spaceAfter=4)
def en(cv,d):
    w,hh=letter
    if d.page==1:
        cv.setFont('Times-Bold',32); cv.drawCentredString(w/2,hh-52,'The Pelham Packet'); cv.setFont('Times-Roman',9); cv.drawString(50,hh-70,'Vol. 12, No. 9'); cv.drawCentredString(w/2,hh-70,'News of the harbor and the hill'); cv.drawRightString(w-50,hh-70,'September 14, 2024'); cv.line(50,hh-76,w-50,hh-76)
    cv.setFont('Helvetica',8); cv.drawCentredString(w/2,26,f'The Pelham Packet  |  September 2024  |  Page {d.page}')
w,hh=letter
doc=BaseDocTemplate(f'{OUT}/rl_english.pdf',pagesize=letter,title='Pelham Packet Sep 2024',author='Packet Staff')
doc.addPageTemplates([PageTemplate('a',[Frame(50,303,248,hh-386,0,0,0,0),Frame(314,303,248,hh-386,0,0,0,0)],onPage=en)])
def ent(i,bl): return [Paragraph(A[i]['T'],h1)]+([Paragraph(bl,by)] if bl else [])+[Paragraph(t,b) for _,t in A[i]['P']]
ad=Table([['Harbor Lights Diner'],['Chowder Fridays  -  2 for $12']],colWidths=240,style=[('BOX',(0,0),(-1,-1),1.5,colors.black),('ALIGN',(0,0),(-1,-1),'CENTER'),('FONT',(0,0),(0,0),'Helvetica-Bold',14)])
doc.build(ent('e1','By Dana Whitlock')+ent('e2','')+ent('e3','By Ruth Amsel, staff writer')+[Spacer(1,14),ad])
truth('rl_english.pdf',['e1','e2','e3'])
# 4 rules, CID, small page, footer - n -
doc=BaseDocTemplate(f'{OUT}/rl_rules_cid.pdf',pagesize=(148*mm,210*mm))
def ft(cv,d): cv.setFont('STSong-Light',9); cv.drawCentredString(74*mm,10*mm,f'— {d.page} —')
doc.addPageTemplates(PageTemplate(frames=[Frame(20*mm,20*mm,108*mm,165*mm,0,0,0,0)],onPage=ft))
s=PS('s',fontName='STSong-Light',fontSize=12,leading=21,firstLineIndent=24,wordWrap='CJK'); cs=PS('c',parent=s,firstLineIndent=0,alignment=1)
doc.build([Paragraph(A['rg1']['T'],PS('t',parent=cs,fontSize=17,leading=26)),Paragraph('（2024年7月1日柳溪县人民政府第十六次常务会议通过）',PS('t2',parent=cs,fontSize=10)),Spacer(1,10)]+flow('rg1',s,hs=PS('h',parent=cs,spaceBefore=6)))
truth('rl_rules_cid.pdf',['rg1'],optional=['（2024年7月1日柳溪县人民政府第十六次常务会议通过）'])
# 5 local bulletin, one wide, text set with no indent but blank space between paragraphs, uming
doc=BaseDocTemplate(f'{OUT}/rl_bulletin.pdf',pagesize=A4)
def bt(cv,d):
    cv.setFillColorRGB(.1,.3,.5); cv.rect(0,277*mm,210*mm,20*mm,fill=1,stroke=0); cv.setFillGray(1); cv.setFont('Hei',20); cv.drawString(18*mm,284*mm,'东屿快讯'); cv.setFont('Hei',9); cv.drawRightString(192*mm,284*mm,'2025年9月8日　第36期（内部资料 免费交流）'); cv.setFillGray(0); cv.setFont('Hei',8); cv.drawRightString(192*mm,10*mm,f'{d.page} / 1')
doc.addPageTemplates(PageTemplate(frames=[Frame(18*mm,20*mm,174*mm,250*mm,0,0,0,0)],onPage=bt))
s=st('Hei',10.5,18,indent=0,spaceAfter=7); t=st('Hei',15,22,indent=0,textColor=colors.HexColor('#0a4a7a'),spaceBefore=12,spaceAfter=4)
fl=[]
for i in('x2','x3','x4'): fl+=[Paragraph('■ '+A[i]['T'],t)]+flow(i,s)+[HRFlowable(width='100%')]
doc.build(fl); truth('rl_bulletin.pdf',['x2','x3','x4'],date='2025-09-08')
