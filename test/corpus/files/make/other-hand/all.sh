cd "$(dirname "$0")" && for g in chromium reportlab docx lo html; do python3 gen_$g.py || exit 1; done
python3 post.py && python3 slim.py
