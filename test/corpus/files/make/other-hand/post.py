import json
from common import OUT
O=OUT+'/'
def ed(n,f):
    d=json.load(open(O+n+'.json')); f(d); json.dump(d,open(O+n+'.json','w'),ensure_ascii=False,indent=1)
def da(n,*v,k=0): ed(n,lambda d:d['articles'][k].__setitem__('dateAlso',list(v)))
da('lo_minutes.pdf','2025-04-19'); da('pd_english.docx','2025-03-08')
da('lo_report.pdf','2025-02-01','2025-02'); da('lo_report.docx','2025-02-01','2025-02'); da('pd_columns.docx','2025-07-01','2025-07'); da('cr_magazine.pdf','2024-06-01','2024-06')
da('rl_rules_cid.pdf',None)
ed('english.txt',lambda d:d['articles'][0].update(title='THE CLOCK IN THE MARKET HALL',titleAlso=['The Clock in the Market Hall']))
ed('rl_press_cid.pdf',lambda d:d['optional'].append('即时发布'))
