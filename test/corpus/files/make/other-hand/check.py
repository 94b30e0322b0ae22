# tells what of the truth stands in no file
import json,glob,re,subprocess,os
from common import OUT
for j in sorted(glob.glob(f'{OUT}/*.json')):
    f=j[:-5]; ext=f.rsplit('.',1)[1]
    if ext=='pdf': t=subprocess.run(['pdftotext','-raw',f,'-'],capture_output=True,text=True).stdout
    elif ext=='docx':
        t=subprocess.run(['unzip','-p',f,'word/document.xml'],capture_output=True,text=True).stdout; t=re.sub('<w:delText.*?</w:delText>','',t); t=re.sub('<[^>]+>','',t)
    else:
        b=open(f,'rb').read()
        try:t=b.decode('utf8')
        except: t=b.decode('gbk')
        t=re.sub('<[^>]+>','',t)
    S=lambda x:re.sub(r'\s','',x.replace('&gt;','>').replace('&amp;','&'))
    t=S(t); d=json.load(open(j))
    for a in d['articles']:
        for p in [a['title']]+a['paragraphs']:
            p=S(p); g=[p[i:i+6] for i in range(0,max(1,len(p)-5),3)]
            m=sum(x in t for x in g)/len(g)
            if m<.8 and (p not in t): print(os.path.basename(f),round(m,2),p[:40])
        for n in a['authors']:
            if S(n) not in t: print(os.path.basename(f),'author',n)
