"""Reads public repositories into pairs to train on: collect.py REPOSITORIES OUT

REPOSITORIES holds clones named owner+name (bare ones in owner+name/repo too). OUT gets a .tsv a source with the
columns source, language, text, English text (lex-*, words and names; sent-*, sentences) or question, passage (qa-*). The model card lists the
repositories with their licences.
"""
import gzip
import html
import io
import itertools
import json
import os
import random
import re
import struct
import subprocess
import sys
import tarfile
import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from urllib.parse import unquote

LANGUAGES = ["ar", "de", "el", "es", "hi", "ro", "ru", "th", "tr", "vi", "zh"]
#: An inflected form is as good as its word, but thousands of them drown the others.
FORMS_OF_A_WORD = 4
#: And more names than these drown the words.
NAMES_OF_A_LANGUAGE = 70_000
LONGEST = 600
#: So many pairs of laws: all of them are a third of the Chinese sentences.
LAWS = 90_000
HAN = re.compile("[\u3400-\u9fff]")


class Repository:
    """Files of a clone's newest commit."""

    def __init__(self, root, name):
        base = os.path.join(root, name.replace("/", "+"))
        self.folder = next(f for f in (f"{base}/repo/.git", f"{base}/repo", base) if os.path.exists(f))

    def git(self, *arguments):
        return subprocess.run(["git", "-C", self.folder, *arguments], check=True, capture_output=True).stdout

    def bytes(self, path):
        return self.git("show", f"HEAD:{path}")

    def text(self, path):
        return self.bytes(path).decode("utf8", "replace")

    def paths(self, *under):
        return self.git("ls-tree", "-r", "-z", "--name-only", "HEAD", *under).decode().split("\0")[:-1]


# Formats ------------------------------------------------------------------------------------------------------------

def read_po(text):
    """(English, translation) of a gettext file, fuzzy and plural entries left out."""
    for block in re.split(r"\n\s*\n", text):
        if "#, fuzzy" in block or "msgid_plural" in block or "\n#~" in block:
            continue
        strings = [re.search(rf'^{key} ((?:"(?:[^"\\]|\\.)*"\s*)+)', block, re.M) for key in ("msgid", "msgstr")]
        if all(strings):
            yield tuple(json.loads('"' + "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', s.group(1))).replace("\\'", "'") + '"', strict=False)
                        for s in strings)


def read_yaml_strings(text):
    """{path: string} of the one-line strings of a nested YAML file."""
    strings, path = {}, []
    for line in text.splitlines():
        match = re.match(r"^( *)([\w.-]+): *(.*)$", line)
        if match:
            depth = len(match.group(1)) // 2
            path[depth:] = [match.group(2)]
            value = match.group(3).strip()
            if value and value[0] not in "|>&*":
                strings[".".join(path[1:])] = value.strip("\"'").replace('\\"', '"').replace("\\n", " ")
    return strings


def read_android_strings(text):
    return {node.get("name"): "".join(node.itertext()) for node in ElementTree.fromstring(text).iter("string")}


def read_fluent(text):
    return {m.group(1): re.sub(r"\n +", " ", m.group(2)) for m in re.finditer(r"^([\w-]+) = ((?:.+|\n +)+)", text, re.M)}


def read_stardict(archive):
    """(word or form, definition in HTML) of a StarDict dictionary in a .tar.gz."""
    files = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            if member.isfile():
                files[member.name.split(".", 1)[1]] = tar.extractfile(member).read()
    definitions = gzip.decompress(files["dict.dz"])
    words, index, at = [], files["idx"], 0
    while at < len(index):
        end = index.index(b"\0", at)
        start, size = struct.unpack(">II", index[end + 1:end + 9])
        words.append((index[at:end].decode(), definitions[start:start + size].decode("utf8", "replace")))
        at = end + 9
    yield from words
    forms, at, count = files.get("syn", b""), 0, {}
    while at < len(forms):
        end = forms.index(b"\0", at)
        (number,) = struct.unpack(">I", forms[end + 1:end + 5])
        count.setdefault(number, []).append(forms[at:end].decode("utf8", "replace"))
        at = end + 5
    for number, names in count.items():
        for name in random.sample(names, min(len(names), FORMS_OF_A_WORD)):
            yield name, words[number][1]


def read_sword(archive, testament):
    """Verses of a SWORD zText module, in the order of its versification."""
    with zipfile.ZipFile(io.BytesIO(archive)) as module:
        names = {name.rsplit("/", 1)[-1]: name for name in module.namelist()}
        blocks, verses, texts = (module.read(names[f"{testament}.bz{kind}"]) for kind in "svz")
    unpacked = [zlib.decompress(texts[start:start + size]) for start, size, _ in struct.iter_unpack("<III", blocks)]
    for block, start, size in struct.iter_unpack("<IIH", verses):
        yield unpacked[block][start:start + size].decode("utf8", "replace") if size else ""


def split_sentences(text):
    return [s for s in re.split(r"(?<=[.!?।。！？])\s+|(?<=[。！？।])", text.strip()) if s.strip()]


def read_markdown(text):
    """Paragraphs, headings and list items without markup; code, tables and HTML are left out."""
    text = re.sub(r"^---\n.*?\n---\n|```.*?(```|\Z)|<!--.*?-->", "", text, flags=re.S)
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*+]|\d+\.) )|\n(?=#)", text):
        block = re.sub(r"!\[[^\]]*\]\([^)]*\)|<[^>]+>", "", block)
        block = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", block)
        block = re.sub(r"^\s*(?:#+|[-*+>]|\d+\.)\s*|[*_`]{1,3}", "", block.replace("\n", " "))
        yield "" if "|" in block else block.strip()


def align_markdown(english, other):
    """Sentences where both texts have as many headings, a section as many blocks, and a block as many sentences."""
    def sections(text):
        return re.split(r"\n(?=#+ )", re.sub(r"```.*?(```|\Z)", "", text, flags=re.S))

    ours, theirs = sections(english), sections(other)
    if len(ours) != len(theirs):
        return
    for pair in zip(ours, theirs):
        blocks = [list(read_markdown(section)) for section in pair]
        if len(blocks[0]) != len(blocks[1]):
            continue
        for a, b in zip(*blocks):
            sa, sb = split_sentences(a), split_sentences(b)
            yield from zip(sa, sb) if len(sa) == len(sb) else [(a, b)]


def read_tsv(text):
    return [line.split("\t") for line in text.rstrip("\n").split("\n")]


def without_brackets(text):
    return re.sub(r"[\[【〔<《〈][^\]】〕>》〉]*[\]】〕>》〉]|[(（][^)）]*[)）]", " ", text)


# Sources: each yields (language, text, English) ---------------------------------------------------------------------

WIKTIONARY = {"ar": "Arabic", "el": "Greek", "hi": "Hindi", "ro": "Romanian", "th": "Thai", "tr": "Turkish", "vi": "Vietnamese"}


def glosses_of(definition):
    """At most three short English glosses of a Wiktionary definition in HTML."""
    items = re.findall(r"<li>(.*?)(?=<li>|</li>|</ol>|<ol>|$)", definition, re.S) or [definition]
    found = []
    for item in items:
        plain = re.sub(r"\([^)]*\)", "", html.unescape(re.sub(r"<[^>]+>", " ", item)))
        for gloss in re.split(r"[,;]", plain):
            gloss = re.sub(r"^(?:to|a|an|the) ", "", re.sub(r"\s+", " ", gloss).strip(" .:"))
            if gloss and len(gloss.split()) <= 5 and gloss not in found and " of " not in gloss:
                found.append(gloss)
    return found[:3]


def wiktionary(root):
    repository = Repository(root, "Vuizur/Wiktionary-Dictionaries")
    for language, name in WIKTIONARY.items():
        archive = repository.bytes(f"{name}-English Wiktionary dictionary stardict.tar.gz")
        for word, definition in read_stardict(archive):
            for gloss in glosses_of(definition):
                yield language, word, gloss


def wiktionary_translations(root):
    repository = Repository(root, "open-dsl-dict/wiktionary-dict")
    for language in LANGUAGES:
        code = {"ar": "arb", "zh": "cmn"}.get(language, language)
        path = f"src/en-{code}-enwiktionary.txt"
        if path not in repository.paths("src") or language in ("ru", "th"):
            continue
        for line in repository.text(path).splitlines():
            match = re.match(r"^([^{(:]+?) *(?:\{[^}]*\})? *(?:\(([^)]*)\))? *:: (.+)$", line)
            if match:
                for other in re.sub(r"/[^/]*/|\{[^}]*\}|\([^)]*\)|\[[^\]]*\]", "", match.group(3)).split(","):
                    yield language, other.strip(), match.group(1)


def wordlists(root):
    """Word lists that the WECHSEL project took from Wiktionary."""
    names = dict(ar="arabic", hi="hindi", vi="vietnamese", th="thai", tr="turkish", ro="romanian", es="spanish", de="german", ru="russian")
    repository = Repository(root, "CPJKU/wechsel")
    for language, name in names.items():
        for line in repository.text(f"dicts/data/{name}.txt").splitlines():
            if line.count("\t") == 1:
                english, text = line.split("\t")
                yield language, text, english


def names(root):
    repository = Repository(root, "steveash/NETransliteration-COLING2018")
    scripts = {"zh": "chinese", "ar": "arabic", "ru": "russian", "ja": "katakana", "ko": "korean"}
    for language, script in scripts.items():
        lines = [line for part in ("80", "20") for line in repository.text(f"data/wd_{script}_{part}").splitlines()]
        for line in random.sample(lines, min(len(lines), NAMES_OF_A_LANGUAGE)):
            english, other = line.split("\t")[:2]
            yield language, other.replace(" ", ""), english.replace(" ", "")
    for line in Repository(root, "google/transliteration").text("ar2en.txt").splitlines():
        if line.count("\t") == 1:
            yield "ar", *line.split("\t")


def places(root):
    repository = Repository(root, "KDE/kgeography")
    for language in LANGUAGES:
        path = f"po/{'zh_CN' if language == 'zh' else language}/kgeography.po"
        if path in repository.paths("po"):
            for english, other in read_po(repository.text(path)):
                if len(english) < 60:
                    yield language, other, english
    countries = json.loads(Repository(root, "dr5hn/countries-states-cities-database").text("json/countries.json"))
    for country in countries:
        for code, other in (country.get("translations") or {}).items():
            if code[:2] in LANGUAGES:
                yield code[:2], other, country["name"]


def ecdict(root):
    """ECDICT, an English-Chinese dictionary, by way of files that hold an entry a line; without glosses from the web."""
    repository = Repository(root, "program-in-chinese/vscode_english_chinese_dictionary")
    entry = re.compile(r'^"((?:[^"\\]|\\.)*)":\s*"((?:[^"\\]|\\.)*)",?\s*$')
    part_of_speech = re.compile(r"^\s*(?:(?:[a-z]{1,6}(?:-v)?(?:\.aux)?)\.\s*[&,/]?\s*)+", re.I)
    about_words = re.compile("^(?:人名|地名|姓氏|姓)$|含义是|来源于|子名$|过去式|过去分词|现在分词|复数形式|的复数|单三|第三人称|比较级|最高级|变形$"
                             "|等于|参见|同上|的缩写|的变体|缩写$|=")
    for path in repository.paths():
        if not re.search(r"词典数据/词典\d+\.ts$", path):
            continue
        for match in filter(None, map(entry.match, repository.text(path).splitlines())):
            english = re.sub(r"\\(['\"])", r"\1", match.group(1))
            if not re.search("[A-Za-z]{2}", english) or len(english) > 60 or english[0] in "'-" or english[-1] == "-":
                continue
            glosses = []
            for line in re.split(r"\\+n", match.group(2)):
                if "[网络]" not in line:
                    plain = part_of_speech.sub("", without_brackets(line).strip())
                    glosses += [part_of_speech.sub("", gloss.strip()).strip(" .。:：~～…-—?？!！*·、/&\\r") for gloss in re.split("[;；,，]", plain)]
            told = [g for g in glosses if HAN.search(g) and len(g) <= 24 and not about_words.search(g) and not re.search("[A-Za-z]{4}", g)]
            yield from (("zh", gloss, english) for gloss in told[:4])


def cedpane(root):
    for cells in read_tsv(Repository(root, "ssb22/CedPane").text("PD-English-Definitions.tsv")):
        if len(cells) > 2 and HAN.search(cells[0]):
            glosses = (without_brackets(gloss).strip() for gloss in re.split("[;/]", cells[2]))
            yield from (("zh", cells[0], gloss) for gloss in list(filter(None, glosses))[:3])


def wikipedia_titles(root):
    """DBP15K: DBpedia's entities in Chinese and English that are one."""
    repository = Repository(root, "1049451037/GCN-Align")

    def titles(path):
        rows = (cells for cells in read_tsv(repository.text(path)) if len(cells) > 1)
        return {number: unquote(url.rsplit("/resource/", 1)[-1]).replace("_", " ") for number, url, *_ in rows}

    chinese, english = (titles(f"data/zh_en/ent_ids_{side}") for side in (1, 2))
    for numbers in read_tsv(repository.text("data/zh_en/ref_ent_ids")):
        if numbers[0] in chinese and numbers[-1] in english:
            yield "zh", without_brackets(chinese[numbers[0]]), without_brackets(english[numbers[-1]])


def regions(root):
    """Countries and their parts, as Unicode CLDR and Wikidata name them."""
    repository = Repository(root, "countries/countries")
    for path in repository.paths("lib/countries/data"):
        if re.search(r"/(?:subdivisions|countries)/\w+\.yaml$", path):
            for block in re.findall(r"^ *translations:\n((?: {4,}\S.*\n?)*)", repository.text(path), re.M):
                named = {code: name.strip("\"' ") for code, name in re.findall(r"^ +'?([A-Za-z_-]+)'?: (.*)$", block, re.M)}
                if "\\" not in named.get("en", "\\"):
                    yield from ((code, named[code], named["en"]) for code in LANGUAGES if "\\" not in named.get(code, "\\"))


def codes_of_iso(root):
    """Languages, scripts, currencies, countries and their parts."""
    repository = Repository(root, "sailfishos-mirror/iso-codes")
    for path in repository.paths():
        match = re.match(r"iso_[\d-]+/(\w+)\.po$", path)
        language = match and match.group(1).split("_CN")[0]
        if language in LANGUAGES:
            yield from ((language, other, english) for english, other in read_po(repository.text(path)) if len(english) <= 60)


def natural_earth(root):
    """Countries, cities, rivers and lakes: the attribute tables (dBASE) of Natural Earth."""
    repository = Repository(root, "gtitov/geojson-leaflet-map")
    for name in ("admin_0_countries", "populated_places", "rivers_lake_centerlines", "lakes"):
        with zipfile.ZipFile(io.BytesIO(repository.bytes(f"geojson/ne_50m_{name}.zip"))) as archive:
            table = archive.read(next(n for n in archive.namelist() if n.endswith(".dbf")))
        count, start, width = struct.unpack("<xxxxIHH", table[:12])
        fields = [(table[at:at + 11].split(b"\0")[0].decode().lower(), table[at + 16]) for at in range(32, start - 1, 32)]
        for row in range(count):
            at, cells = start + row * width + 1, {}
            for field, size in fields:
                cells[field] = table[at:at + size].decode("utf8", "replace").strip(" \0")
                at += size
            yield from ((code, cells.get(f"name_{code}", ""), cells.get("name_en", "")) for code in LANGUAGES)


def gettext_sentences(root):
    for name, pattern in (("GNOME/gnome-user-docs", r"(?:gnome-help|system-admin-guide)/(\w+)/\w+\.po$"), ("KDE/marble", r"po/(\w+)/marble[\w-]*\.po$"),
                          ("GNOME/gnome-control-center", r"po/(\w+)\.po$")):
        repository = Repository(root, name)
        for path in repository.paths():
            match = re.match(pattern, path)
            language = match and match.group(1).split("_CN")[0]
            if language in LANGUAGES:
                for english, other in read_po(repository.text(path)):
                    yield language, re.sub(r"[_&](?=\w)", "", other), re.sub(r"[_&](?=\w)", "", english)


def courses(root):
    for name in ("microsoft/IoT-For-Beginners", "microsoft/edgeai-for-beginners", "microsoft/Security-101"):
        repository = Repository(root, name)
        paths = [p for p in repository.paths("translations/en") if p.endswith(".md")]
        for language in LANGUAGES:
            folder = "zh-CN" if language == "zh" and "edge" in name else language
            there = set(repository.paths(f"translations/{folder}"))
            for path in paths:
                other = path.replace("translations/en/", f"translations/{folder}/")
                if other in there:
                    for english, text in align_markdown(repository.text(path), repository.text(other)):
                        yield language, text, english


def guides(root):
    repository = Repository(root, "github/opensource.guide")
    paths = repository.paths("_articles")
    for language in LANGUAGES:
        folder = "zh-hans" if language == "zh" else language
        for path in paths:
            if path.startswith(f"_articles/{folder}/") and f"_articles/{os.path.basename(path)}" in paths:
                for english, text in align_markdown(repository.text(f"_articles/{os.path.basename(path)}"), repository.text(path)):
                    yield language, text, english


def interfaces(root):
    """Messages of programs that stand under a key in every language."""
    def pairs(repository, read, path_of, english_path):
        known, paths = read(repository.text(english_path)), set(repository.paths())
        for language in LANGUAGES:
            path = path_of(language)
            if path in paths:
                for key, text in read(repository.text(path)).items():
                    if key in known:
                        yield language, text, known[key]

    openstreetmap = Repository(root, "openstreetmap/openstreetmap-website")
    yield from pairs(openstreetmap, read_yaml_strings, lambda l: f"config/locales/{'zh-CN' if l == 'zh' else l}.yml", "config/locales/en.yml")
    bitcoin = Repository(root, "bitcoin-dot-org/bitcoin.org")
    yield from pairs(bitcoin, read_yaml_strings, lambda l: f"_translations/{'zh_CN' if l == 'zh' else l}.yml", "_translations/en.yml")
    wikipedia = Repository(root, "wikimedia/apps-android-wikipedia")
    yield from pairs(wikipedia, read_android_strings, lambda l: f"app/src/main/res/values-{l}/strings.xml", "app/src/main/res/values/strings.xml")
    mozilla = Repository(root, "mozilla-l10n/www-l10n")
    folders = {"zh": "zh-CN", "hi": "hi-IN", "es": "es-ES"}
    for english_path in mozilla.paths("en"):
        if english_path.endswith(".ftl"):
            yield from pairs(mozilla, read_fluent, lambda l: english_path.replace("en/", f"{folders.get(l, l)}/", 1), english_path)


def news(root):
    """NTREX-128: the English side of WMT 2019 and its translations, a sentence a line."""
    repository = Repository(root, "MicrosoftTranslator/NTREX")
    codes = dict(ar="arb", de="deu", el="ell", es="spa", hi="hin", ro="ron", ru="rus", th="tha", tr="tur", vi="vie", zh="zho-CN")
    english = repository.text("NTREX-128/newstest2019-src.eng.txt").splitlines()
    for language, code in codes.items():
        for a, b in zip(english, repository.text(f"NTREX-128/newstest2019-ref.{code}.txt").splitlines()):
            yield language, b, a


def treebanks(root):
    """Parallel Universal Dependencies: 1,000 sentences of news and Wikipedia under the same ids."""
    def sentences(name, code):
        text = Repository(root, f"UniversalDependencies/UD_{name}-PUD").text(f"{code}_pud-ud-test.conllu")
        return dict(re.findall(r"# sent_id = (\S+)\n(?:#(?! text =).*\n)*# text = (.*)\n", text))

    english = sentences("English", "en")
    for language, name in dict(ar="Arabic", de="German", es="Spanish", hi="Hindi", ru="Russian", th="Thai", tr="Turkish").items():
        for key, text in sentences(name, language).items():
            if key in english:
                yield language, text, english[key]


def health(root):
    repository = Repository(root, "tico-19/tico-19.github.io")
    for language, name in dict(ar="ar", es="es-LA").items():
        with zipfile.ZipFile(io.BytesIO(repository.bytes(f"data/TM/all.en-{name}.tmx.zip"))) as archive:
            tree = ElementTree.fromstring(archive.read(archive.namelist()[0]))
        for unit in tree.iter("tu"):
            texts = ["".join(seg.itertext()) for seg in unit.iter("seg")]
            if len(texts) == 2:
                yield language, texts[1], texts[0]


def conversations(root):
    """Tatoeba, by way of files that pair a sentence with an English one; and Wikipedia sentences in Hindi."""
    copies = (("ar", "s7777/ArabicToEnglish", "ara.txt"), ("ar", "osama-ahmed/attention-is-all-you-need-keras", "data/ara.txt"),
              ("tr", "devcem/NMT-on-PHP", "tur.txt"), ("hi", "namanmistry/Englist-to-Hindi", "hin.txt"),
              ("vi", "sanghuynh1501/translate_machine", "vie.txt"), ("zh", "DaoChaShao/py-st-dl-translater-2.0", "data/cmn.txt"))
    for language, name, path in copies:
        for line in Repository(root, name).text(path).splitlines():
            english, *others = line.split("\t")
            if others:
                yield language, others[0], english
    indic = Repository(root, "joshua-decoder/indian-parallel-corpora")
    for part, version in itertools.product(("dev", "devtest", "test"), range(4)):
        hindi, english = (indic.text(f"hi-en/{part}.hi-en.{side}").splitlines() for side in ("hi", f"en.{version}"))
        yield from (("hi", a, b) for a, b in zip(hindi, english))


#: Codes of OPUS-MT's test sets.
ISO_639_3 = dict(ar=("ara", "arb"), de=("deu",), el=("ell",), es=("spa",), hi=("hin",), ro=("ron",), ru=("rus",), th=("tha",), tr=("tur",),
                 vi=("vie",), zh=("zho", "cmn_Hans", "cmn_Hant"))


def test_sets(root):
    """Test sets of machine translation: WMT 2017 to 2022 (Chinese), FLORES-200, NTREX-128, TICO-19, Tatoeba."""
    repository = Repository(root, "Helsinki-NLP/OPUS-MT-testsets")
    paths = set(repository.paths("datasets"))

    def pairs(language, path, english_path):
        if path in paths and english_path in paths:
            other, english = (repository.text(p).split("\n") for p in (path, english_path))
            yield from ((language, a, b) for a, b in zip(other, english) if len(other) == len(english))

    for year, side, direction in itertools.product(range(2017, 2022), ("", "B"), ("en-zh", "zh-en")):
        stem = f"datasets/statmt/wmt_newstest/{year}/{direction}/newstest{side}{year}"
        yield from pairs("zh", f"{stem}.zh", f"{stem}.en")
    for year, name, translator in itertools.product((2021, 2022), ("newstest", "generaltest"), "AB"):
        folder = f"datasets/statmt/wmt{year - 2000}-news-systems/txt"
        yield from pairs("zh", f"{folder}/references/{name}{year}.en-zh.ref.{translator}.zh", f"{folder}/sources/{name}{year}.en-zh.src.en")
        yield from pairs("zh", f"{folder}/sources/{name}{year}.zh-en.src.zh", f"{folder}/references/{name}{year}.zh-en.ref.{translator}.en")
    flores, ntrex = "datasets/facebook/flores/flores200_dataset/devtest", "datasets/microsoft/ntrex/NTREX/NTREX-128"
    for path in sorted(paths):
        for language, codes in ISO_639_3.items():
            if re.match(rf"{flores}/(?:{'|'.join(codes)})_\w+\.devtest$", path):
                yield from pairs(language, path, f"{flores}/eng_Latn.devtest")
            if re.match(rf"{ntrex}/newstest2019-ref\.(?:{'|'.join(codes)})(?:-\w+)?\.txt$", path):
                yield from pairs(language, path, f"{ntrex}/newstest2019-src.eng.txt")
            tatoeba = re.match(r"(datasets/helsinki_nlp/tatoeba/testsets/[\w-]+/tatoeba-test-v[\d-]+)\.(\w+)$", path)
            if tatoeba and tatoeba.group(2) in codes:
                yield from pairs(language, path, f"{tatoeba.group(1)}.eng")
            tico = f"datasets/tico19/testsets/en-{language}/tico19-test"
            if path == f"{tico}.{language}":
                yield from pairs(language, path, f"{tico}.en")


def paraphrases(root):
    """PAWS-X (Wikipedia), XNLI, BUCC 2018 and the questions of MLQA; XQuAD, which lies beside them, is not read."""
    repository = Repository(root, "GautamGupta17/MESH")
    paths = set(repository.paths("data"))
    for task, part, language in itertools.product(("pawsx", "xnli"), ("dev", "test"), LANGUAGES):
        path = f"data/{task}/{part}-{language}.tsv"
        if path in paths:
            english, other = (read_tsv(repository.text(p)) for p in (f"data/{task}/{part}-en.tsv", path))
            if len(english) == len(other):
                yield from ((language, b, detokenize(a)) for ours, theirs in zip(english, other) for a, b in list(zip(ours, theirs))[:2])
    chinese, english, gold = (read_tsv(repository.text(f"data/bucc2018/zh-en.dev.{side}")) for side in ("zh", "en", "gold"))
    chinese, english = ({cells[0]: cells[-1] for cells in side} for side in (chinese, english))
    yield from (("zh", chinese[a], english[b]) for a, b in gold if a in chinese and b in english)

    def questions(path):
        articles = json.loads(repository.text(path))["data"]
        return {qa["id"]: qa["question"] for article in articles for paragraph in article["paragraphs"] for qa in paragraph["qas"]}

    for language, context in itertools.product(LANGUAGES, ("en", *LANGUAGES)):
        path, english_path = (f"data/mlqa/MLQA_V1/dev/dev-context-{context}-question-{code}.json" for code in (language, "en"))
        if path in paths and english_path in paths:
            english = questions(english_path)
            yield from ((language, text, english[key]) for key, text in questions(path).items() if key in english)


def detokenize(text):
    return re.sub(r" (?=[,.!?;:')\]%]|n't)|(?<=[(\[$]) |(?<=``) |``|''", "", text)


def laws(root):
    """Laws of Taiwan and their official translations, an article a pair, or an item where both have as many."""
    repository = Repository(root, "kong0107/mojLawSplitJSON")
    there = set(repository.paths("FalVMingLing"))

    def articles(path):
        law = json.loads(repository.bytes(path).decode("utf-8-sig"))
        texts = {"-".join(re.findall(r"\d+", row["條號"])): row["條文內容"] for row in law.get("法規內容", []) if row.get("條號")}
        return law.get("法規網址", "")[-8:], texts

    def items(text, ends):
        lines = re.sub(rf"({ends})\s*\n", r"\1\0", text.replace("\r", "")).split("\0")
        return [re.sub(r"^[（(]?[一二三四五六七八九十\da-z]{1,3}[）).、]\s*", "", re.sub(r"\s*\n\s*", " ", line).strip()) for line in lines if line.strip()]

    rows = []
    for path in repository.paths("Eng_FalVMingLing"):
        original = path.replace("Eng_", "")
        if original in there:
            (number, english), (number_there, chinese) = articles(path), articles(original)
            for key in english.keys() & chinese.keys() if number == number_there and len(english) == len(chinese) else ():
                ours, theirs = items(english[key], "[.:;]|; and|; or"), items(chinese[key].replace("\n ", "\n"), "[。：；]")
                theirs = [text.replace(" ", "") for text in theirs]
                rows += zip(theirs, ours) if len(ours) == len(theirs) else [("".join(theirs), " ".join(ours))]
    rows = sorted(set(rows))
    yield from (("zh", a, b) for a, b in random.sample(rows, min(len(rows), LAWS)))


def commentaries(root):
    """News Commentary."""
    repository = Repository(root, "zoeybzy6-cmd/Machine_Translate")
    for part in ("train_10k", "valid", "test"):
        for row in map(json.loads, filter(None, repository.text(f"data/{part}.jsonl").split("\n"))):
            yield "zh", row["zh"], row["en"]


def captions(root):
    repository = Repository(root, "MaxyLee/3AM")
    for part in ("train", "val", "test"):
        yield from (("zh", a, b) for a, b in zip(*(repository.text(f"data/{part}.{side}").split("\n") for side in ("zh", "en"))))


def textbook(root):
    repository = Repository(root, "d2l-ai/d2l-zh")
    paths = set(repository.paths())
    for path in sorted(paths):
        other = path.replace("_origin.md", ".md")
        if path.endswith("_origin.md") and other in paths:
            for english, text in align_markdown(repository.text(path), repository.text(other)):
                yield "zh", *(re.sub(r":\w+:?`[^`]*`|\$+", "", side) for side in (text, english))


def quran(root):
    """Arabic text and translations, a verse a line."""
    repository = Repository(root, "GlobalQuran/data")

    def verses(path):
        return [line for line in repository.text(path).splitlines() if line.strip() and not line.startswith("#")]

    english = verses("translation/en.sahih.txt")
    names = ["ar.muyassar", "hi.hindi", "hi.farooq", "ro.grigore", "th.thai", "tr.diyanet", "tr.vakfi", "es.cortes", "de.bubenheim",
             "ru.kuliev", "zh.majian"]
    for path in ["Quran/quran-simple-clean.txt", *(f"translation/{name}.txt" for name in names)]:
        language = "ar" if path.startswith("Quran") else path.split("/")[1][:2]
        yield from ((language, a, b) for a, b in zip(verses(path), english))


def squad(root):
    """Questions of SQuAD's training set and the sentences that answer them (the file of tests is taken from it)."""
    repository = Repository(root, "xinyadu/nqg")
    questions, sentences = (repository.text(f"data/processed/{side}-test.txt").splitlines() for side in ("tgt", "src"))
    for question, sentence in zip(questions, sentences):
        yield "en", *(re.sub(r" (?=[?.,;:!%)']|n't)|(?<=\() ", "", text) for text in (question, sentence))


def thai_wikipedia(root):
    archive = Repository(root, "iapp-technology/iapp-wiki-qa-dataset").bytes("squad_format/data.zip")
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        for part in ("train", "valid", "test"):
            for row in map(json.loads, files.read(f"data/{part}.jsonl").decode().splitlines()):
                start = max(0, row["answers"]["answer_start"][0] - LONGEST // 2)
                yield "th", row["question"], row["context"][start:start + LONGEST]


def bible(root):
    modules = Repository(root, "scrollmapper/bible_databases")
    for language, name in dict(vi="Viet", el="GreVamvas", es="SpaRV", de="GerElb1905").items():
        for testament in ("ot", "nt"):
            other = list(read_sword(modules.bytes(f"sources/{language}/{name}/{name}.zip"), testament))
            english = list(read_sword(modules.bytes("sources/en/AKJV/AKJV.zip"), testament))
            if len(other) != len(english):
                print(f"{name} {testament}: {len(other)} verses, the English one has {len(english)}; left out", file=sys.stderr)
                continue
            yield from ((language, a, b) for a, b in zip(other, english))
    verses = Repository(root, "midvash/bible-data")

    def read_verses(version):
        books = (json.loads(verses.text(path)) for path in verses.paths(f"versions/{version}/books"))
        return {(book["bookId"], chapter["chapter"], verse["number"]): verse["text"]
                for book in books for chapter in book["chapters"] for verse in chapter["verses"]}

    english = read_verses("en/web")
    for language, version in dict(zh="cuvs", ar="svd", ro="vdc", ru="synodal").items():
        for key, text in read_verses(f"{language}/{version}").items():
            # The Psalms of the Synodal translation are numbered otherwise.
            if key in english and not (language == "ru" and key[0] == 19):
                yield language, text.replace(" ", "") if language == "zh" else text, english[key]
    turkish = Repository(root, "maidis/turkish-parallel-corpora")
    yield from (("tr", a, b) for a, b in zip(*(turkish.text(f"bible/bible{side}.txt").splitlines() for side in ("Turkish", "English"))))
    thai = Repository(root, "btwinguitarists/eremos-translation")
    for path in thai.paths("output/translations"):
        for verse in json.loads(thai.text(path)) if path.endswith(".json") else ():
            text = isinstance(verse, dict) and isinstance(verse.get("translation"), dict) and verse["translation"].get("thai")
            if text:
                yield "th", re.sub(r"[\[\]⟦⟧]", "", text), verse.get("bsb_english") or ""


SOURCES = {
    "lex-ecdict": ecdict, "lex-cedpane": cedpane, "lex-titles": wikipedia_titles, "lex-regions": regions, "lex-iso": codes_of_iso,
    "lex-naturalearth": natural_earth,
    "lex-wiktionary": wiktionary, "lex-translations": wiktionary_translations, "lex-wordlists": wordlists, "lex-names": names, "lex-places": places,
    "sent-gettext": gettext_sentences, "sent-courses": courses, "sent-guides": guides, "sent-interfaces": interfaces,
    "sent-news": news, "sent-treebanks": treebanks, "sent-health": health, "sent-conversations": conversations,
    "sent-testsets": test_sets, "sent-paraphrases": paraphrases, "sent-laws": laws, "sent-commentaries": commentaries,
    "sent-captions": captions, "sent-textbook": textbook,
    "sent-quran": quran, "sent-bible": bible, "qa-squad": squad, "qa-thai": thai_wikipedia,
}


def clean(text):
    text = html.unescape(re.sub(r"<[^>]*>|%\([^)]*\)\w|%\d*\$?[sd]|[%{]{1,2}\s*\$?[\w.-]*\s*\}+|https?://\S+", " ", text))
    return re.sub(r"\s+", " ", text).strip()


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    root, out = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    for name, read in SOURCES.items():
        random.seed(0)
        rows, counts = set(), {}
        with open(f"{out}/{name}.tsv", "w", encoding="utf8") as file:
            for language, text, english in read(root):
                text, english = clean(text), clean(english)
                row = language, text, english
                if row in rows or not text or not english or text == english or max(len(text), len(english)) > LONGEST:
                    continue
                shortest, longest = (0.1, 1.5) if language == "zh" else (0.25, 4)
                if name.startswith("sent") and not shortest < (len(text) + 5) / (len(english) + 5) < longest:
                    continue
                rows.add(row)
                counts[language] = counts.get(language, 0) + 1
                file.write("\t".join((name.split("-")[1], *row)) + "\n")
        print(name, counts, flush=True)


main()
