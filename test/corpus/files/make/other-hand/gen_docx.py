# -*- coding: utf-8 -*-
from common import *
import docx, copy, sys
from docx.shared import Pt,Cm,RGBColor
from docx.enum.text import WD_ALIGN_PARAGRAPH as AL
from docx.oxml.ns import qn
from docx.oxml import OxmlElement, parse_xml
W='xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
def ea(r,f):
    r.font.name=f; rp=r._element.get_or_add_rPr(); rp.get_or_add_rFonts().set(qn('w:eastAsia'),f)
def par(d,t,size=12,bold=False,al=None,indent=0,font='宋体',space=None,color=None):
    p=d.add_paragraph(); r=p.add_run(t); r.font.size=Pt(size); r.bold=bold; ea(r,font)
    if al:p.alignment=al
    if indent:p.paragraph_format.first_line_indent=Pt(size*indent)
    if space:p.paragraph_format.line_spacing=space
    if color:r.font.color.rgb=RGBColor(*color)
    return p
def cols(sec,n):
    c=sec._sectPr.find(qn('w:cols'))
    if c is None: c=OxmlElement('w:cols'); sec._sectPr.append(c)
    c.set(qn('w:num'),str(n)); c.set(qn('w:space'),'425')
def pagefield(p,pre='',post=''):
    p.add_run(pre)
    for t,x in(('begin',None),(None,'PAGE'),('end',None)):
        r=p.add_run()
        if t: e=OxmlElement('w:fldChar'); e.set(qn('w:fldCharType'),t)
        else: e=OxmlElement('w:instrText'); e.text=x
        r._element.append(e)
    p.add_run(post)
def body(d,i,indent=2,hstyle=None,**k):
    for kd,t in A[i]['P']:
        if kd=='h':
            if hstyle: d.add_paragraph(t,style=hstyle)
            else: par(d,t,14,False,indent=2,font='黑体')
        else: par(d,t,indent=indent,**k)
# 1 styled: Title, Heading 1, numbered list, table, header/footer
d=docx.Document(); a=A['d1']
d.core_properties.author='计算平'; d.core_properties.title='总结'
d.sections[0].header.paragraphs[0].text='平州市总工会'; pagefield(d.sections[0].footer.paragraphs[0],'第 ',' 页')
d.add_paragraph(a['T'],style='Title'); p=d.add_paragraph('平州市总工会经济工作部　计算平',style='Subtitle')
P=a['P']
for n,(k,t) in enumerate(P):
    if k=='h': d.add_paragraph(t,style='Heading 1')
    elif n in(4,5,6): d.add_paragraph(t,style='List Number')
    else: d.add_paragraph(t)
    if n==2:
        d.add_paragraph('表1　各工种报名人数',style='Caption')
        tb=d.add_table(rows=1,cols=3); tb.style='Table Grid'
        rows=[('工种','报名人数','决赛人数'),('焊工','402','40'),('电工','517','48'),('数控车工','288','30'),('中式烹调','391','36'),('养老护理','275','30')]
        for j,v in enumerate(rows[0]): tb.rows[0].cells[j].text=v
        for r in rows[1:]:
            c=tb.add_row().cells
            for j,v in enumerate(r): c[j].text=v
d.add_paragraph('2025年10月28日').alignment=AL.RIGHT
d.save(f'{OUT}/pd_styles.docx')
truth('pd_styles.docx',['d1'],extra={'d1':['2025年10月28日']},optional=['表1　各工种报名人数']+[x for r in rows for x in r])
# 2 no styles: three essays with bold centred titles
d=docx.Document(); d.sections[0].header.paragraphs[0].text='翠湖社区报　第18期　副刊'
for n,i in enumerate(('d2','d3','d4')):
    if n: par(d,'')
    par(d,A[i]['T'],16,True,AL.CENTER,font='黑体')
    if A[i]['A']: par(d,('文/' if n else '作者：')+A[i]['A'][0],10.5,al=AL.CENTER,font='楷体')
    body(d,i)
d.save(f'{OUT}/pd_nostyle.docx'); truth('pd_nostyle.docx',['d2','d3','d4'])
# 3 tracked changes + comment
d=docx.Document(); a=A['d5']
par(d,a['T'],18,True,AL.CENTER,font='方正小标宋简体')
P=[t for _,t in a['P']]
for n,t in enumerate(P):
    if n==0: par(d,t,14,font='仿宋')
    elif n==2:
        p=par(d,'早餐时间调整为',14,indent=2,font='仿宋')
        x=lambda s:parse_xml(s)
        p._p.append(x(f'<w:del {W} w:id="1" w:author="行政科" w:date="2025-09-24T09:00:00Z"><w:r><w:delText>7时00分至8时00分</w:delText></w:r></w:del>'))
        p._p.append(x(f'<w:ins {W} w:id="2" w:author="行政科" w:date="2025-09-24T09:00:00Z"><w:r><w:t>7时20分至8时20分</w:t></w:r></w:ins>'))
        p._p.append(x(f'<w:r {W}><w:t>，午餐时间调整为11时40分至13时，晚餐暂停供应。</w:t></w:r>'))
        # a whole deleted paragraph
        q=d.add_paragraph(); q._p.append(x(f'<w:del {W} w:id="3" w:author="行政科" w:date="2025-09-24T09:01:00Z"><w:r><w:delText>晚餐时间调整为17时30分至18时30分。</w:delText></w:r></w:del>'))
    elif n>=5: par(d,t,14,al=AL.RIGHT,font='仿宋')
    else:
        p=par(d,t,14,indent=2,font='仿宋')
        if n==3 and hasattr(d,'add_comment'): d.add_comment(p.runs,text='电话号码请再核对一遍。',author='冷志强',initials='冷')
d.save(f'{OUT}/pd_tracked.docx'); truth('pd_tracked.docx',['d5'])
# 6 newsletter w/ two-column section, masthead in a table, article 1 in columns; article in a table cell
d=docx.Document(); s=d.sections[0]; s.footer.paragraphs[0].text='《高原水文》编辑部　地址：格桑路12号　电话：0891-5550142'
tb=d.add_table(rows=1,cols=2); tb.rows[0].cells[0].text='高原水文'; tb.rows[0].cells[1].text='2025年第7期（总第212期）\n2025年7月出版'
par(d,A['d8']['T'],22,True,font='黑体'); par(d,'本刊记者　洛桑　通讯员　秦岭',10.5,font='楷体')
s2=d.add_section(0); cols(s2,2); cols(d.sections[0],1); body(d,'d8',indent=2)
d.save(f'{OUT}/pd_columns.docx'); truth('pd_columns.docx',['d8'])
# 7 English minutes
d=docx.Document(); a=A['d7']; d.core_properties.author='J. Pettifer'
d.add_paragraph('Harrow Lane Allotment Society',style='Subtitle'); d.add_heading(a['T'],0); body_=[d.add_heading(t,2) if k=='h' else d.add_paragraph(t) for k,t in a['P']]
pagefield(d.sections[0].footer.paragraphs[0],'Page ')
d.save(f'{OUT}/pd_english.docx'); truth('pd_english.docx',['d7'],optional=['Harrow Lane Allotment Society'])
# LO: notices & reports; write the source as python-docx or html, convert
def html(n,s): open(f'{TMP}/{n}.html','w',encoding='utf8').write('<html><head><meta charset="utf-8"></head><body>'+s+'</body></html>'); return f'{TMP}/{n}.html'
# d6 plan -> docx by LibreOffice from html (with styles h2) + numbered list
a=A['d6']; s=f'<p align=center><font size=5 face="黑体"><b>{a["T"]}</b></font></p>'
for k,t in a['P']: s+= f'<p><b>{t}</b></p>' if k=='h' else f'<p style="text-indent:2em">{t}</p>'
s+='<p align=center>附表：临时停车场一览</p><table border=1><tr><th>地点</th><th>车位</th><th>联系人</th></tr><tr><td>镇中学操场</td><td>420</td><td>屈老师</td></tr><tr><td>粮站大院</td><td>380</td><td>牛站长</td></tr><tr><td>客运站</td><td>340</td><td>郁师傅</td></tr></table><p align=right>古渡镇人民政府</p><p align=right>2025年3月20日</p>'
soffice(html('d6',s),'docx:MS Word 2007 XML','lo_plan.docx','HTML (StarWriter)')
truth('lo_plan.docx',['d6'],extra={'d6':['古渡镇人民政府','2025年3月20日']},optional=['附表：临时停车场一览','地点','车位','联系人','镇中学操场','420','屈老师','粮站大院','380','牛站长','客运站','340','郁师傅'])
# Same report rp1 through LO from fodt => docx (see gen_lo)
