"""The form of a text that the tokenizer sees; export.py writes the same rules into tokenizer.json."""
import json
import os
import re
import subprocess
import sys
import unicodedata

#: Vowel marks and the lengthening stroke of Arabic, and the dot that lower case leaves of a Turkish capital.
MARKS = "[\u064b-\u065f\u06d6-\u06ed\u0670\u0640\u0307]"
#: Alef with hamza or madda, which many writers leave out.
ARABIC_ALEFS = "[\u0622\u0623\u0625\u0671]"
#: The comma that groups digits: "1,500" and "1500" are one number.
GROUPING_COMMA = "(?<=[0-9]),(?=[0-9]{3})"
#: Signs that say something, and are words of their own; all other signs and punctuation only part words, as spaces do.
SIGNS = "%$€£¥°+"
SPACING = rf"(?:(?![{SIGNS}])[\p{{P}}\p{{S}}\s])+"
#: Scripts that put no space between words: Han and kana, Thai.
UNSPACED = "\u3005\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e01-\u0e7f"
#: Where words of such a script, other words and signs meet: "1973年" holds the same number as "in 1973".
BORDER = rf"(?<=[{UNSPACED}])(?=[^{UNSPACED} ])|(?<=[^{UNSPACED} ])(?=[{UNSPACED}])|(?<=[{SIGNS}])(?=[^ ])|(?<=[^ ])(?=[{SIGNS}])"
OUTER_SPACE = "^ | $"

#: What is replaced by what, in order, after NFKC and lower case.
REPLACEMENTS = ((MARKS, ""), (ARABIC_ALEFS, "\u0627"), (GROUPING_COMMA, ""), (SPACING, " "), (BORDER, " "), (OUTER_SPACE, ""))


def _for_python(pattern):
    """Python's re knows no classes like \\p{P}: the characters themselves, as the Unicode database lists them."""
    for letter in "PS":
        codes = [code for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code))[0] == letter]
        ranges, start = [], None
        for code, following in zip(codes, [*codes[1:], None]):
            start = code if start is None else start
            if following != code + 1:
                ranges.append(f"\\U{start:08x}-\\U{code:08x}")
                start = None
        pattern = pattern.replace(rf"\p{{{letter}}}", "".join(ranges))
    return re.compile(pattern)


_replacements = [(_for_python(pattern), content) for pattern, content in REPLACEMENTS]


def fold(text):
    text = unicodedata.normalize("NFKC", text).lower()
    for pattern, content in _replacements:
        text = pattern.sub(content, text)
    return text


def read_simplifier():
    """A function from Traditional to Simplified Chinese, by the single characters that the program folds."""
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fold-table.mjs")
    found = subprocess.run(["node", script], capture_output=True, text=True)
    if found.returncode != 0:
        sys.exit(f"{script} does not run; it needs the project's own npm install.\n{found.stderr}")
    table = str.maketrans(json.loads(found.stdout))
    return lambda text: text.translate(table)
