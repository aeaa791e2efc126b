"""Quotes whose label is known by construction, made from the text of a page as a browser shows it."""
import random
import re

from alterations import ALTERED, PUNCTUATION_ONLY
from disguises import VERBATIM
from page_text import WORD, english, letters, plain, short, size, unspaced


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
