# drops python-docx's template thumbnail (size only)
import zipfile,glob,re,io
from common import OUT
for f in glob.glob(f'{OUT}/pd_*.docx'):
    z=zipfile.ZipFile(f); o=io.BytesIO()
    with zipfile.ZipFile(o,'w',zipfile.ZIP_DEFLATED,compresslevel=9) as w:
        for i in z.infolist():
            if 'thumbnail' in i.filename: continue
            b=z.read(i)
            if i.filename=='_rels/.rels': b=re.sub(rb'<Relationship [^>]*thumbnail[^>]*/>',b'',b)
            w.writestr(i.filename,b)
    open(f,'wb').write(o.getvalue())
