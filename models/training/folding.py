"""The form of a text that the tokenizer sees; export.py writes the same rules into tokenizer.json."""
import json
import os
import re
import subprocess
import unicodedata

#: Vowel marks and the lengthening stroke of Arabic, and the dot that lower case leaves of a Turkish capital.
MARKS = "[\u064b-\u065f\u06d6-\u06ed\u0670\u0640\u0307]"
#: Alef with hamza or madda, which many writers leave out.
ARABIC_ALEFS = "[\u0622\u0623\u0625\u0671]"
#: What every run of white space becomes: one space.
WHITE_SPACE = r"\s+"

_marks, _alefs = re.compile(MARKS), re.compile(ARABIC_ALEFS)


def fold(text):
    text = _alefs.sub("\u0627", _marks.sub("", unicodedata.normalize("NFKC", text).lower()))
    return re.sub(WHITE_SPACE, " ", text)


def read_simplifier():
    """A function from Traditional to Simplified Chinese, by the characters that the program itself folds."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fold-table.mjs")
    table = str.maketrans(json.loads(subprocess.run(["node", script], check=True, capture_output=True, text=True).stdout))
    return lambda text: text.translate(table)
