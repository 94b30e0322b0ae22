# -*- coding: utf-8 -*-
from common import *
from xml.sax.saxutils import escape as E
NS=' '.join(f'xmlns:{k}="urn:oasis:names:tc:opendocument:xmlns:{v}:1.0"' for k,v in dict(office='office',style='style',text='text',table='table',fo='xsl-fo-compatible',svg='svg-compatible',draw='drawing').items())
def style(n,font='AR PL UMing CN',size=12,bold=False,al='justify',indent=0,lh=None,color=None,top=0,bottom=0,parent='Standard',brk='',ol='',extra=''):
    b='bold' if bold else 'normal'
    return f'<style:style style:name="{n}" style:family="paragraph" style:parent-style-name="{parent}" {ol}><style:paragraph-properties fo:text-align="{al}" fo:text-indent="{indent*size}pt" fo:margin-top="{top}pt" fo:margin-bottom="{bottom}pt" {f"fo:line-height={chr(34)}{lh}{chr(34)}" if lh else ""} {brk} {extra}/><style:text-properties style:font-name="{font}" style:font-name-asian="{font}" fo:font-family="{font}" style:font-family-asian="{font}" fo:font-size="{size}pt" style:font-size-asian="{size}pt" fo:font-weight="{b}" style:font-weight-asian="{b}" {f"fo:color={chr(34)}{color}{chr(34)}" if color else ""}/></style:style>'
def fodt(name,styles,body,page='A4',margin='28mm',header='',footer='',auto=''):
    w,h={'A4':('210mm','297mm'),'B5':('182mm','257mm')}[page]
    hf=lambda k,c:f'<style:{k}>{c}</style:{k}>' if c else ''
    s=f'''<?xml version="1.0" encoding="UTF-8"?><office:document {NS} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:style style:name="Standard" style:family="paragraph"/>{styles}</office:styles>
<office:automatic-styles>{auto}<style:page-layout style:name="pm1"><style:page-layout-properties fo:page-width="{w}" fo:page-height="{h}" fo:margin="{margin}"/><style:header-style><style:header-footer-properties fo:min-height="8mm" fo:margin-bottom="4mm"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="4mm"/></style:footer-style></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm1">{hf('header',header)}{hf('footer',footer)}</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>'''
    f=f'{TMP}/{name}.fodt'; open(f,'w',encoding='utf8').write(s); return f
def p(st,t): return f'<text:p text:style-name="{st}">{E(t)}</text:p>'
PN='<text:page-number text:select-page="current">1</text:page-number>'
B=lambda i,hs='H',ps='B':''.join(p(hs if k=='h' else ps,t) for k,t in A[i]['P'])
# 1 red-head notice
a=A['g1']; P=a['P']
st=style('Red','AR PL UMing CN',34,True,'center',color='#e60000',bottom=26)+style('No',size=14,al='center',extra='fo:border-bottom="1.6pt solid #e60000" fo:padding-bottom="4pt"')+style('T','WenQuanYi Zen Hei',20,False,'center',lh='150%',top=26,bottom=16)+style('B',size=15,indent=2,lh='185%')+style('R',size=15,lh='185%')+style('H','WenQuanYi Zen Hei',15,indent=2,lh='185%')+style('S',size=15,al='end',lh='185%')+style('F',size=12,al='center')+style('C',size=12,extra='fo:border-top="0.8pt solid #000" fo:border-bottom="0.8pt solid #000" fo:padding="3pt"',top=30)
body=p('Red','青河市人民政府办公室文件')+p('No','青政办发〔2025〕47号')+'<text:p text:style-name="T">青河市人民政府办公室<text:line-break/>关于做好2025年冬春火灾防控工作的通知</text:p>'
for n,(k,t) in enumerate(P): body+=p('H' if k=='h' else 'R' if n==0 else 'S' if n>=len(P)-2 else 'B',t)
body+=p('B','（此件公开发布）')+p('C','抄送：市委办公室，市人大常委会办公室，市政协办公室，市消防救援支队。')
f=fodt('g1',st,body,footer=f'<text:p text:style-name="F">— {PN} —</text:p>',margin='30mm')
soffice(f,'pdf','lo_notice.pdf'); truth('lo_notice.pdf',['g1'],optional=['青政办发〔2025〕47号','（此件公开发布）','抄送：市委办公室，市人大常委会办公室，市政协办公室，市消防救援支队。'])
# 2 report: cover, headings, table, footnotes, header, page numbers
a=A['rp1']; P=a['P']
st=style('T','WenQuanYi Zen Hei',26,False,'center',top=150,bottom=200,lh='140%')+style('D',size=14,al='center')+style('B','AR PL UMing CN',12,indent=2,lh='170%')+style('H1','WenQuanYi Zen Hei',15,top=12,bottom=6,brk='fo:keep-with-next="always"',ol='style:default-outline-level="1"')+style('H2','WenQuanYi Zen Hei',12.5,top=6,bottom=3,brk='fo:keep-with-next="always"',ol='style:default-outline-level="2"')+style('H0','AR PL UMing CN',9,al='end',extra='fo:border-bottom="0.5pt solid #888"')+style('F',size=9,al='center')+style('Cap','WenQuanYi Zen Hei',10,al='center',top=6,bottom=3)+style('Cell',size=10,al='center')+style('BB',size=12,indent=2,lh='170%',brk='fo:break-before="page"')+style('Footnote',size=8.5)
fn='<text:note text:id="ftn{0}" text:note-class="footnote"><text:note-citation>{0}</text:note-citation><text:note-body><text:p text:style-name="Footnote">{1}</text:p></text:note-body></text:note>'
rows=[('乡镇','供水人口（人）','普及率（%）','水质合格率（%）'),('柳溪镇','48,210','98.2','97.5'),('古渡镇','31,964','93.7','92.0'),('石梁乡','12,377','84.1','83.6'),('竹坪乡','9,085','76.9','79.4'),('全县合计','101,636','91.3','91.1')]
tab='<table:table table:name="t1"><table:table-column table:number-columns-repeated="4"/>'+''.join('<table:table-row>'+''.join(f'<table:table-cell table:style-name="c" office:value-type="string">{p("Cell",v)}</table:table-cell>' for v in r)+'</table:table-row>' for r in rows)+'</table:table>'
auto='<style:style style:name="c" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000" fo:padding="2pt"/></style:style>'
notes=['千吨万人水厂，指日供水量在一千吨以上或者供水人口在一万人以上的水厂。','合格率按照《生活饮用水卫生标准》四十三项常规指标计算。']
body=p('T',a['T'])+p('D','县人大常委会农业农村工作委员会')+p('D','2025年2月')
for n,(k,t) in enumerate(P):
    if k=='h': body+=f'<text:h text:style-name="{"H2" if t[0]=="（" else "H1"}" text:outline-level="{2 if t[0]=="（" else 1}">{t}</text:h>'
    else:
        x=E(t)
        if '千吨万人水厂4座' in x: x=x.replace('千吨万人水厂','千吨万人水厂'+fn.format(1,notes[0]))
        if '合格率91.1%' in x: x=x.replace('合格率91.1%','合格率91.1%'+fn.format(2,notes[1]))
        body+=f'<text:p text:style-name="{"BB" if n==0 else "B"}">{x}</text:p>'
        if '合格率91.1%' in t: body+=p('Cap','表1　部分乡镇供水情况（2024年）')+tab
f=fodt('rp1',st,body,header=p('H0','柳溪县农村饮水安全调查报告'),footer=f'<text:p text:style-name="F">第 {PN} 页</text:p>',auto=auto)
soffice(f,'pdf','lo_report.pdf')
opt=['县人大常委会农业农村工作委员会','2025年2月','表1　部分乡镇供水情况（2024年）']+[x for r in rows for x in r]+['1'+notes[0],'2'+notes[1]]
truth('lo_report.pdf',['rp1'],optional=opt)
soffice(f,'docx:MS Word 2007 XML','lo_report.docx'); truth('lo_report.docx',['rp1'],optional=opt)
# 3 school newsletter with sections
auto='<style:style style:name="S2" style:family="section"><style:section-properties text:dont-balance-text-columns="false"><style:columns fo:column-count="2" fo:column-gap="8mm"/></style:section-properties></style:style><style:style style:name="S3" style:family="section"><style:section-properties><style:columns fo:column-count="3" fo:column-gap="6mm"/></style:section-properties></style:style>'
st=style('M','WenQuanYi Zen Hei',30,True,'center',color='#1b6e3c')+style('I',size=9,al='center',extra='fo:border-bottom="1pt solid #1b6e3c" fo:border-top="1pt solid #1b6e3c"',bottom=8)+style('T','WenQuanYi Zen Hei',18,True,'start',top=8,bottom=2)+style('A','WenQuanYi Micro Hei',9,al='start',bottom=3)+style('B',size=10.5,indent=2,lh='150%')+style('R',size=10.5,lh='150%')+style('S',size=10.5,al='end',lh='150%')+style('F',size=8,al='center')
sec=lambda n,s,b:f'<text:section text:style-name="{s}" text:name="{n}">{b}</text:section>'
P3=A['s3']['P']; b3=''.join(p('R' if n==0 else 'S' if n==len(P3)-1 else 'B',t) for n,(k,t) in enumerate(P3))
body=p('M','明德学校校报')+p('I','2025年5月30日　第42期　明德学校校刊编辑部主办　本期2版')+p('T','校园科技节落幕')+p('T','七年级三班夺得“纸桥王”')+p('A','小记者　丁可欣（七年级五班）')+sec('a','S2',B('s1'))+p('T',A['s2']['T'])+p('A','小记者：谢雨辰　姚一诺')+sec('b','S3',B('s2'))+p('T',A['s3']['T'])+sec('c','S2',b3)
f=fodt('s1',st,body,margin='18mm',footer=f'<text:p text:style-name="F">指导教师：权老师　排版：校广播站　　{PN}</text:p>',auto=auto)
soffice(f,'pdf','lo_school.pdf'); truth('lo_school.pdf',['s1','s2','s3'])
# 4 minutes from plain HTML
h='<html><head><meta charset=utf-8></head><body>'+f'<p align=center><font face="WenQuanYi Zen Hei" size=5>{A["mi1"]["T"]}</font></p>'
for k,t in A['mi1']['P']: h+= f'<p><b><font face="AR PL UMing CN">{t}</font></b></p>' if k=='h' else f'<p><font face="AR PL UMing CN">{t}</font></p>'
open(f'{TMP}/mi1.html','w').write(h+'</body></html>')
soffice(f'{TMP}/mi1.html','pdf:writer_web_pdf_Export' if 0 else 'pdf','lo_minutes.pdf','HTML (StarWriter)'); truth('lo_minutes.pdf',['mi1'])
# 5 speech
a=A['sp1']; P=a['P']
st=style('T','WenQuanYi Zen Hei',22,False,'center',lh='150%')+style('D','AR PL UMing CN',14,al='center',lh='150%')+style('B',size=16,indent=2,lh='200%')+style('R',size=16,lh='200%')+style('F',size=12,al='end')
body=p('T',a['T'])+p('D','县委书记　宗明义')+p('D','（2024年9月10日）')+p('D','')+''.join(p('R' if n==0 else 'B',t) for n,(k,t) in enumerate(P))
f=fodt('sp1',st,body,page='B5',margin='24mm',footer=f'<text:p text:style-name="F">— {PN} —</text:p>')
soffice(f,'pdf','lo_speech.pdf'); soffice(f,'docx:MS Word 2007 XML','lo_speech.docx')
for x in('pdf','docx'): truth('lo_speech.'+x,['sp1'],optional=['（2024年9月10日）'])
