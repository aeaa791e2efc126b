"""Quotes whose label is known by construction, made from the text of a page as a browser shows it."""
import random
import re
import unicodedata

UNSPACED = re.compile(r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF]")
SENTENCE_END = re.compile(r"(?<=[.!?\u061F\u06D4\u0964])[\"\u201D\u00BB)]?\s+|(?<=[\u3002\uFF01\uFF1F])")
WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?:[.,]\d+)*(?![\w:/-])")
# One common way to deny in each language: the word, with the blanks around it where there are any.
NEGATIONS = {"en": ["not"], "fr": ["pas"], "de": ["nicht", "kein", "keine"], "es": ["no"], "it": ["non"], "pt": ["n\u00E3o"], "ru": ["\u043D\u0435"],
             "uk": ["\u043D\u0435"], "pl": ["nie"], "cs": ["nen\u00ED"], "nl": ["niet", "geen"], "sv": ["inte"], "da": ["ikke"], "nb": ["ikke"],
             "no": ["ikke"], "hu": ["nem"], "ro": ["nu"], "ca": ["no"], "vi": ["kh\u00F4ng"], "id": ["tidak"], "el": ["\u03B4\u03B5\u03BD"],
             "tr": ["de\u011Fil"], "sk": ["nie"], "hr": ["ne"], "sr": ["\u043D\u0435"], "ar": ["\u0644\u0627"], "fa": ["\u0646\u0647"], "ko": ["\uC548"],
             "hi": ["\u0928\u0939\u0940\u0902"], "et": ["ei"], "fi": ["ei"], "lt": ["ne"], "sl": ["ne"], "eu": ["ez"]}


def letters(text):
    """What must agree for words to be the same; independent of loccit's own folding, and stricter."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum() or unicodedata.category(c).startswith("M"))


def unspaced(text):
    return len(UNSPACED.findall(text)) * 3 > len(text)


def size(text):
    return len(letters(text)) / (2 if unspaced(text) else 5)


ENGLISH = set("the of and to is in for that are this be with as or on by can from it which not you".split())


def english(text):
    """Untranslated passages stand in many a translated page."""
    words = [w.lower() for w in WORD.findall(text)]
    return sum(w in ENGLISH for w in words) * 8 > len(words)


class Page:
    def __init__(self, page):
        self.file, self.language, self.package = page["file"], page["language"], page["package"]
        self.body, self.content_type, self.extra = page["body"], page.get("content_type", "text/html"), page.get("extra", [])
        self.guise = page.get("guise", "as it is")
        self.vocabulary = set(w.lower() for w in WORD.findall(page["text"]))
        self.letters = letters(page["text"])
        # Table rows hold tabs; a quote of prose does not.
        self.paragraphs = [p.strip() for p in page["text"].split("\n")]
        self.paragraphs = [p for p in self.paragraphs if "\t" not in p and size(p) >= 8]

    def holds(self, text):
        return letters(text) in self.letters

    def knows(self, text):
        """The share of a text's words that the page has as well: what its language tells by."""
        words = [w.lower() for w in WORD.findall(text)]
        return sum(w in self.vocabulary for w in words) / max(1, len(words))

    def declares_rightly(self):
        return self.language.startswith("en") or not english(" ".join(self.paragraphs))

    def sentences(self, paragraph):
        return [s.strip() for s in SENTENCE_END.split(paragraph) if s.strip()]


def plain(rng, page, whole=False):
    """One to three sentences of one paragraph; `whole`: with their full stop."""
    for _ in range(30):
        if not page.paragraphs:
            return None
        sentences = page.sentences(rng.choice(page.paragraphs))
        first = rng.randrange(len(sentences))
        text = " ".join(sentences[first:first + rng.randint(1, 3)])
        if unspaced(text):
            text = "".join(sentences[first:first + rng.randint(1, 3)]) if page.holds(text) else text
        if whole and not re.search(r"[.!?\u061F\u06D4\u0964\u3002\uFF01\uFF1F]$", text):
            continue
        if 8 <= size(text) <= 110 and page.holds(text):
            return text
    return None


def short(rng, page):
    """Three to seven words."""
    text = plain(rng, page)
    if text is None or unspaced(text):
        return None
    words = text.split(" ")
    length = rng.randint(3, 7)
    begin = rng.randrange(max(1, len(words) - length))
    stretch = " ".join(words[begin:begin + length]).strip(" .,;:!?\u2026()[]\"'")
    return stretch if len(stretch.split(" ")) >= 3 and WORD.match(stretch[:1]) and WORD.match(stretch[-1:]) else None


def part(rng, text):
    """A stretch of whole words from a longer text."""
    if unspaced(text):
        return None
    words = text.split(" ")
    if len(words) < 9:
        return None
    length = rng.randint(7, min(len(words) - 1, 30))
    begin = rng.randrange(len(words) - length + 1)
    stretch = " ".join(words[begin:begin + length]).strip(" .,;:!?\u2026()\"'")
    return stretch if WORD.match(stretch[:1]) and WORD.match(stretch[-1:]) else None


# ---- verbatim, in disguise

def typography(rng, text):
    swaps = [("'", "\u2019"), ("\"", "\u201D"), ("\u201C", "\u00AB"), ("\u201D", "\u00BB"), ("\u2019", "'"), (" - ", " \u2014 "), ("...", "\u2026")]
    if "\u2026" in text or "..." in text:
        return None
    for old, new in swaps:
        if rng.random() < 0.6:
            text = text.replace(old, new)
    pieces = re.split(r"( )", text)
    return "".join("\u00A0" if p == " " and rng.random() < 0.3 else p for p in pieces)


def other_case(rng, text, language):
    if language.startswith(("tr", "el", "de", "lt")):
        return text.lower() if not language.startswith("tr") else None
    return text.upper() if rng.random() < 0.5 else text.lower()


def other_form(rng, text):
    return unicodedata.normalize("NFD" if unicodedata.is_normalized("NFC", text) else "NFC", text)


def invisible(rng, text):
    def sow(match):
        word = match.group()
        if len(word) < 6 or UNSPACED.search(word) or rng.random() < 0.5:
            return word
        at = rng.randrange(2, len(word) - 2)
        return word[:at] + rng.choice(["\u00AD", "\u200B", "\u2060"]) + word[at:]
    return WORD.sub(sow, text)


def wrapped(rng, text):
    """As a letter prints it: lines of some width, long words parted by hyphens."""
    if unspaced(text):
        at = rng.randrange(3, len(text) - 3) if len(text) > 7 else 1
        return text[:at] + "\n" + text[at:] if WORD.match(text[at - 1]) and WORD.match(text[at]) else None
    lines, line = [], ""
    width = rng.randint(28, 60)
    for word in text.split(" "):
        if len(line) + len(word) + 1 > width:
            room = width - len(line) - 2
            if word.isalpha() and 3 <= room <= len(word) - 3 and re.match(r"[A-Za-z\u00C0-\u04FF]+$", word):
                lines.append(line + " " + word[:room] + "-")
                line = word[room:]
                continue
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join(lines + [line]).strip()


def unaccented(rng, text):
    plain_text = "".join(c for c in unicodedata.normalize("NFD", text) if not (unicodedata.category(c) == "Mn" and ord(c) < 0x370))
    return plain_text if plain_text != unicodedata.normalize("NFD", text) else None


def with_sic(rng, text):
    if unspaced(text):
        return None
    words = text.split(" ")
    if len(words) < 2:
        return None
    at = rng.randrange(1, len(words))
    return " ".join(words[:at] + ["[sic]"] + words[at:])


def bracket_capital(rng, text):
    return f"[{text[0].swapcase()}]{text[1:]}" if text[0].isalpha() and text[0].swapcase() != text[0] and len(text[0].swapcase()) == 1 else None


# ---- altered

def replaced(rng, page, text):
    words = list(WORD.finditer(text))
    words = [w for w in words if len(w.group()) > 3 and not UNSPACED.search(w.group())]
    if len(words) < 6:
        return None
    victim = rng.choice(words)
    others = [w for w in WORD.findall(rng.choice(page.paragraphs)) if 3 < len(w) < 25 and letters(w)[:4] != letters(victim.group())[:4]
              and not UNSPACED.search(w)]
    return text[:victim.start()] + rng.choice(others) + text[victim.end():] if others else None


def several_replaced(rng, page, text):
    if size(text) < 14 or unspaced(text):
        return None
    for _ in range(rng.randint(2, 3)):
        text = replaced(rng, page, text) or text
    return text


def name_replaced(rng, page, text):
    """A word with a capital in mid-sentence for another of the page."""
    names = re.compile(r"(?<=[a-z\u00DF-\u00FF\u0430-\u044F\u03AC-\u03CE,] )[A-Z\u00C0-\u00DE\u0410-\u042F\u0391-\u03A9][^\W\d_]{2,}")
    here = list(names.finditer(text))
    others = {n for p in page.paragraphs for n in names.findall(p)}
    if not here:
        return None
    victim = rng.choice(here)
    others = sorted(n for n in others if letters(n)[:3] != letters(victim.group())[:3])
    return text[:victim.start()] + rng.choice(others) + text[victim.end():] if others else None


def deleted(rng, page, text):
    words = [w for w in re.finditer(r"(?<=\s)[^\W\d_]{2,}\s", text) if not UNSPACED.search(w.group())]
    if len(words) < 6:
        return None
    victim = rng.choice(words)
    return text[:victim.start()] + text[victim.end():]


def inserted(rng, page, text):
    if unspaced(text):
        return None
    words = text.split(" ")
    extra = [w for w in WORD.findall(rng.choice(page.paragraphs)) if 2 < len(w) < 25 and not UNSPACED.search(w)]
    if len(words) < 7 or not extra:
        return None
    at = rng.randrange(2, len(words) - 1)
    return " ".join(words[:at] + [rng.choice(extra)] + words[at:])


def exchanged(rng, page, text):
    if unspaced(text):
        return None
    words = text.split(" ")
    if len(words) < 6:
        return None
    at = rng.randrange(len(words) - 1)
    if letters(words[at] + words[at + 1]) == letters(words[at + 1] + words[at]):
        return None
    if not letters(words[at]) or not letters(words[at + 1]):
        return None
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def one_character(rng, page, text):
    """One Han, Kana, Thai or Khmer letter for another of the same text."""
    if not unspaced(text):
        return None
    at = rng.randrange(1, len(text) - 1)
    other = rng.choice(text)
    same_kind = unicodedata.category(text[at]) == unicodedata.category(other) == "Lo"
    return text[:at] + other + text[at + 1:] if same_kind and letters(other) != letters(text[at]) else None


def one_digit(rng, page, text):
    numbers = list(NUMBER.finditer(text))
    if not numbers:
        return None
    number = rng.choice(numbers)
    at = rng.choice([i for i in range(number.start(), number.end()) if text[i].isdigit()])
    return text[:at] + str((int(text[at]) + rng.randint(1, 9)) % 10) + text[at + 1:]


def digit_dropped(rng, page, text):
    numbers = [n for n in NUMBER.finditer(text) if len(n.group()) > 1]
    if not numbers:
        return None
    number = rng.choice(numbers)
    at = rng.choice([number.start(), number.end() - 1])
    return text[:at] + text[at + 1:]


def point_moved(rng, page, text):
    numbers = [n for n in NUMBER.finditer(text) if re.search(r"\d[.,]\d", n.group())]
    if not numbers:
        return None
    number = rng.choice(numbers)
    return text[:number.start()] + number.group().replace(".", "").replace(",", "") + text[number.end():]


def percent_dropped(rng, page, text):
    return re.sub(r"(\d)\s?%", r"\1", text, count=1) if re.search(r"\d\s?%", text) else None


def denied_no_more(rng, page, text):
    for word in NEGATIONS.get(page.language.split("-")[0], []):
        if match := re.search(rf"(?<!\w){word}\s", text, re.IGNORECASE):
            return text[:match.start()] + text[match.end():]
    return None


def denied(rng, page, text):
    words = NEGATIONS.get(page.language.split("-")[0])
    parts = text.split(" ")
    if not words or len(parts) < 6:
        return None
    at = rng.randrange(2, len(parts) - 1)
    return " ".join(parts[:at] + [words[0]] + parts[at:])


def cut_word(rng, page, text):
    """The first or last word loses letters: what is left stands inside a longer word only."""
    if unspaced(text):
        return None
    words = text.rstrip(".,;:!?)\u201D\u00BB\"'\u061F\u06D4\u0964 ").split(" ")
    at = rng.choice([0, -1])
    if not re.match(r"[^\W\d_]{6,}$", words[at]) or unicodedata.category(words[at][3]).startswith("M"):
        return None
    words[at] = words[at][3:] if at == 0 else words[at][:-3]
    return None if unicodedata.category(words[at][0]).startswith("M") else " ".join(words)


def shuffled(rng, page, text):
    if unspaced(text):
        return None
    words = text.split(" ")
    if len(words) < 8:
        return None
    rng.shuffle(words)
    return " ".join(words)


VERBATIM = {
    "plain": lambda rng, page, text: text,
    "part": lambda rng, page, text: part(rng, text),
    "typography": lambda rng, page, text: typography(rng, text),
    "case": lambda rng, page, text: other_case(rng, text, page.language),
    "normal form": lambda rng, page, text: other_form(rng, text),
    "invisible": lambda rng, page, text: invisible(rng, text),
    "wrapped": lambda rng, page, text: wrapped(rng, text),
    "unaccented": lambda rng, page, text: unaccented(rng, text),
    "sic": lambda rng, page, text: with_sic(rng, text),
    "[C]apital": lambda rng, page, text: bracket_capital(rng, text),
}
ALTERED = {"word replaced": replaced, "word deleted": deleted, "word inserted": inserted, "words exchanged": exchanged, "several words": several_replaced,
           "name replaced": name_replaced,
           "one character": one_character, "one digit": one_digit, "digit dropped": digit_dropped, "point dropped": point_moved,
           "percent dropped": percent_dropped, "negation dropped": denied_no_more, "negation added": denied, "word cut": cut_word,
           "shuffled": shuffled}

PUNCTUATION_ONLY = {"point dropped", "percent dropped"}  # no letter differs, so that the other look cannot tell


def stretches(rng, page):
    """Two stretches of one paragraph with words between them, and a third of them sometimes."""
    text = plain(rng, page)
    if text is None or unspaced(text):
        return None
    words = text.split(" ")
    if len(words) < 16:
        return None
    cut = len(words) // 3
    a, b = " ".join(words[:cut]), " ".join(words[-cut:])
    return None if letters(a) in letters(b) or size(a) < 3 or size(b) < 3 or "\u2026" in text or "..." in text else (a, b)


def omission(rng, page):
    pair = stretches(rng, page)
    return pair and pair[0] + rng.choice([" \u2026 ", " ... ", " [\u2026] ", " (...) ", "\u2026 ", " [...] "]) + pair[1]


def reversed_omission(rng, page):
    pair = stretches(rng, page)
    if not pair:
        return None
    # The other order may stand there too, by a repetition: then it is no reversal.
    a, b = map(letters, pair)
    if page.letters.count(a) != 1 or page.letters.count(b) != 1:
        return None
    return pair[1] + rng.choice([" \u2026 ", " ... ", " [\u2026] ", " (...) "]) + pair[0]


def far_apart(rng, page):
    """Two sentences of a long page with more than 2,000 words between them: nobody leaves out that much."""
    words = [0]
    for paragraph in page.paragraphs:
        words.append(words[-1] + len(WORD.findall(paragraph)))
    if words[-1] < 6500 or unspaced("".join(page.paragraphs[:20])):
        return None
    first = rng.choice([i for i in range(len(page.paragraphs)) if words[i] < words[-1] - 5100] or [0])
    late = [i for i in range(len(page.paragraphs)) if words[i] > words[first + 1] + 5000]
    if not late:
        return None
    a, b = page.sentences(page.paragraphs[first])[0], page.sentences(page.paragraphs[rng.choice(late)])[-1]
    alone = all(page.letters.count(letters(t)) == 1 and size(t) >= 8 and "..." not in t and "\u2026" not in t for t in (a, b))
    return a + " \u2026 " + b if alone else None


def neighbours(rng, page, count):
    """So many sentences that follow one another, each with words enough to count as one."""
    for _ in range(20):
        sentences = page.sentences(rng.choice(page.paragraphs)) if page.paragraphs else []
        if len(sentences) < count:
            continue
        first = rng.randrange(len(sentences) - count + 1)
        some = sentences[first:first + count]
        if all(8 <= size(s) <= 60 and re.search(r"[.!?\u061F\u06D4\u0964\u3002\uFF01\uFF1F]$", s) for s in some):
            return some
    return None


def joined(sentences):
    return ("" if unspaced(sentences[0]) else " ").join(sentences)


def two_paragraphs(rng, page):
    for _ in range(20):
        if len(page.paragraphs) < 2:
            return None
        at = rng.randrange(len(page.paragraphs) - 1)
        first, second = page.sentences(page.paragraphs[at])[-1], page.sentences(page.paragraphs[at + 1])[0]
        if size(first) >= 8 and size(second) >= 8 and "[" not in first + second and page.holds(first + second):
            return first + "\n\n" + second
    return None


def sentences_exchanged(rng, page):
    for _ in range(20):
        sentences = page.sentences(rng.choice(page.paragraphs))
        if len(sentences) >= 2:
            at = rng.randrange(len(sentences) - 1)
            first, second = sentences[at], sentences[at + 1]
            alone = all(page.letters.count(letters(t)) == 1 for t in (first, second))
            if min(size(first), size(second)) >= 6 and alone:
                return second + " " + first
    return None


def sound(label, text, page):
    """A quote that is meant not to stand there must not, by a look that shares nothing with loccit; an absent one must have no near
    repeat either, such as manuals are full of."""
    if label == "verbatim":
        return True
    if label == "absent":
        pieces = [letters(text)[i:i + 18] for i in range(0, max(1, len(letters(text)) - 18), 6)]
        return sum(piece in page.letters for piece in pieces) * 10 < len(pieces)
    return not page.holds(text)


def quotes_of(page, others_same, others_foreign, seed):
    """(label, kind, quote) for one page."""
    rng = random.Random(f"{seed}{page.file}")
    made = []

    def add(label, kind, text):
        if text and sound(label, text, page):
            made.append((label, kind, text))

    for kind, disguise in VERBATIM.items():
        text = plain(rng, page)
        if text:
            add("verbatim", kind, disguise(rng, page, text))
    for kind, alter in ALTERED.items():
        for _ in range(8):
            text = plain(rng, page)
            changed = text and alter(rng, page, text)
            if not changed or changed == text:
                continue
            if kind in PUNCTUATION_ONLY:
                made.append(("altered", kind, changed))
                break
            if letters(changed) != letters(text):
                add("altered", kind, changed)
                break
    add("verbatim", "omission", omission(rng, page))
    add("altered", "reversed omission", reversed_omission(rng, page))
    add("verbatim", "two paragraphs", two_paragraphs(rng, page))
    add("altered", "sentences exchanged", sentences_exchanged(rng, page))
    add("altered", "far apart", far_apart(rng, page))
    three = neighbours(rng, page, 3)
    if three and not page.holds(joined([three[0], three[2]])):
        add("altered", "sentence left out", joined([three[0], three[2]]))
    if three:
        add("verbatim", "sentence left out with a mark", joined([three[0], rng.choice(["[\u2026]", "(...)", "\u2026"]), three[2]]))
    add("verbatim", "short", short(rng, page))
    for kind in ("word replaced", "one digit", "words exchanged"):
        for _ in range(6):
            text = short(rng, page)
            changed = text and ALTERED[kind](rng, page, text)
            if changed and letters(changed) != letters(text):
                add("altered", f"short, {kind}", changed)
                break
    own_language = page.language.startswith("en")
    for other in rng.sample(others_same, min(2, len(others_same))):
        foreign, own = plain(rng, other, whole=True), plain(rng, page, whole=True)
        if not foreign or (english(foreign) and not own_language) or page.knows(foreign) < 0.25:
            continue  # not the language that its page declares
        if not any(page.holds(s) for s in page.sentences(foreign)):
            add("absent", "another page", foreign)
            if own and size(own) >= 8 and not (english(own) and not own_language):
                pair = [own, foreign]
                rng.shuffle(pair)
                add("partial", "sentences of another page", joined(pair))
                if three:
                    add("partial", "sentence in the middle of another page", joined([three[0], foreign, three[2]]))
    for other in rng.sample(others_foreign, min(1, len(others_foreign))):
        foreign = plain(rng, other)
        if foreign and size(foreign) > 14 and not english(foreign) and page.knows(foreign) < 0.25 and page.declares_rightly():
            add("translated", "another language", foreign)
    for label, kind, text in page.extra:
        add(label, kind, text)
    return made
