"""Other words than the page's, few enough to pass for them: altered."""
import re
import unicodedata

from page_text import UNSPACED, WORD, letters, size, unspaced

NUMBER = re.compile(r"(?<![\w.,:/-])\d+(?:[.,]\d+)*(?![\w:/-])")
# One common way to deny in each language: the word, with the blanks around it where there are any.
NEGATIONS = {"en": ["not"], "fr": ["pas"], "de": ["nicht", "kein", "keine"], "es": ["no"], "it": ["non"], "pt": ["n\u00E3o"], "ru": ["\u043D\u0435"],
             "uk": ["\u043D\u0435"], "pl": ["nie"], "cs": ["nen\u00ED"], "nl": ["niet", "geen"], "sv": ["inte"], "da": ["ikke"], "nb": ["ikke"],
             "no": ["ikke"], "hu": ["nem"], "ro": ["nu"], "ca": ["no"], "vi": ["kh\u00F4ng"], "id": ["tidak"], "el": ["\u03B4\u03B5\u03BD"],
             "tr": ["de\u011Fil"], "sk": ["nie"], "hr": ["ne"], "sr": ["\u043D\u0435"], "ar": ["\u0644\u0627"], "fa": ["\u0646\u0647"], "ko": ["\uC548"],
             "hi": ["\u0928\u0939\u0940\u0902"], "et": ["ei"], "fi": ["ei"], "lt": ["ne"], "sl": ["ne"], "eu": ["ez"]}


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


ALTERED = {"word replaced": replaced, "word deleted": deleted, "word inserted": inserted, "words exchanged": exchanged, "several words": several_replaced,
           "name replaced": name_replaced,
           "one character": one_character, "one digit": one_digit, "digit dropped": digit_dropped, "point dropped": point_moved,
           "percent dropped": percent_dropped, "negation dropped": denied_no_more, "negation added": denied, "word cut": cut_word,
           "shuffled": shuffled}

PUNCTUATION_ONLY = {"point dropped", "percent dropped"}  # no letter differs, so that the other look cannot tell
