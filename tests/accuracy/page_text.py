"""The text of a page as a browser shows it, and stretches of it that a quote can be made of."""
import re
import unicodedata

UNSPACED = re.compile(r"[\u0E00-\u0EFF\u1000-\u109F\u1780-\u17FF\u3040-\u30FF\u3400-\u9FFF\uF900-\uFAFF]")
SENTENCE_END = re.compile(r"(?<=[.!?\u061F\u06D4\u0964])[\"\u201D\u00BB)]?\s+|(?<=[\u3002\uFF01\uFF1F])")
WORD = re.compile(r"[^\W\d_]+", re.UNICODE)


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
