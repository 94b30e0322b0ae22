# -*- coding: utf-8 -*-
import json, os, re, subprocess, tempfile, shutil
HERE=os.path.dirname(os.path.abspath(__file__)); OUT=os.path.normpath(f'{HERE}/../../other-hand'); TMP=os.path.join(tempfile.gettempdir(),'other-hand')
os.makedirs(TMP,exist_ok=True)
def load():
    A={}
    for f in ('texts1.txt','texts2.txt','texts3.txt'):
        cur=None
        for l in open(f'{HERE}/{f}',encoding='utf8'):
            l=l.rstrip('\n')
            if l.startswith('=== '):
                cur=dict(id=l[4:],K='',T='',S='',A=[],D='',P=[]); A[l[4:]]=cur
            elif re.match(r'[KTSAD]:',l):
                v=l[2:].strip()
                cur[l[0]]= v.split(' ') if l[0]=='A' and v and not re.match('[A-Za-z]',v) else ([v] if v else []) if l[0]=='A' else v
            elif l.strip():
                h=re.match(r'#+ ',l)
                cur['P'].append(('h',l[h.end():]) if h else ('p',l))
    return A
A=load()
def title(a,joiner=' '):
    t=a['T'].replace('|',joiner)
    return t
def truth(name,ids,also=None,extra=None,date='keep',authors=None,optional=(),para=None):
    """para: id -> list of paragraph texts overriding"""
    arts=[]
    for i in ids:
        a=A[i]; t=title(a); parts=[x for x in (a['K'],t,a['S']) if x]
        full=' '.join(parts); alts=[]
        for c in ([t],[a['K'],t],[t,a['S']]):
            s=' '.join(x for x in c if x)
            if s!=full and s not in alts: alts.append(s)
        alts+= (also or {}).get(i,[])
        o={'title':full,'authors':(authors or {}).get(i,a['A'])}
        if alts:o['titleAlso']=alts
        if date=='keep' and re.match(r'\d{4}-\d\d-\d\d$',a['D']): o['publishedAt']=a['D']
        elif date not in('keep',None): o['publishedAt']=date
        o['paragraphs']=(para or {}).get(i) or [p for _,p in a['P']]
        if extra and i in extra:o['paragraphs']+=extra[i]
        arts.append(o)
    d={'articles':arts}
    if optional:d['optional']=list(optional)
    json.dump(d,open(f'{OUT}/{name}.json','w',encoding='utf8'),ensure_ascii=False,indent=1)
def chromium(html,name):
    src=f'{TMP}/{name}.html'; open(src,'w',encoding='utf8').write(html)
    d=tempfile.mkdtemp()
    subprocess.run(['chromium','--headless','--no-sandbox','--disable-gpu',f'--user-data-dir={d}',f'--print-to-pdf={OUT}/{name}','--no-pdf-header-footer',f'file://{src}'],check=True,stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)
    shutil.rmtree(d,ignore_errors=True)
def soffice(src,fmt,name,infilter=None):
    d=tempfile.mkdtemp()
    cmd=['soffice',f'-env:UserInstallation=file://{TMP}/lo','--headless']
    if infilter: cmd.append('--infilter='+infilter)
    subprocess.run(cmd+['--convert-to',fmt,'--outdir',d,src],check=True,stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)
    fs=os.listdir(d); assert len(fs)==1,fs
    shutil.move(f'{d}/{fs[0]}',f'{OUT}/{name}')
def ps(a,indent=True,cls=''):
    return ''.join(f'<h4>{t}</h4>' if k=='h' else f'<p>{t}</p>' for k,t in a['P'])
