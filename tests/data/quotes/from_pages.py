#!/usr/bin/env python3
"""from_pages.py FOLDER OUT: labelled quotes from real HTML pages (those of Debian's debian-handbook, say, in 25 languages). What a page
says is told by Python's own parser, of paragraphs that hold plain words only; labels follow from how a quote was made."""
import html.parser
import pathlib
import random
import re
import sys
import unicodedata

SKIPPED = {"script", "style", "template", "noscript", "head", "pre", "code", "table"}
INLINE = {"a", "em", "strong", "i", "b", "span", "acronym", "abbr"}


class Paragraphs(html.parser.HTMLParser):
    """Texts of the <p> elements (DocBook's <div class=para> too) that hold nothing but words and inline markup, and all words of the page."""

    def __init__(self):
        super().__init__()
        self.found, self.all_text, self.current, self.skipped = [], [], None, 0

    def handle_starttag(self, tag, attributes):
        if tag in SKIPPED and tag != "code":
            self.skipped += 1
        if tag == "p" or (tag == "div" and ("class", "para") in attributes):
            self.current = []
        elif tag not in INLINE:
            self.current = None

    def handle_endtag(self, tag):
        if tag in SKIPPED and tag != "code":
            self.skipped -= 1
        if tag in ("p", "div") and self.current is not None:
            text = re.sub(r"[ \t\n\r]+", " ", "".join(self.current)).strip()
            self.found.append(text)
            self.current = None

    def handle_data(self, data):
        if self.skipped == 0:
            self.all_text.append(data)
        if self.current is not None:
            self.current.append(data)


def sentences_of(paragraph):
    return [s for s in re.split(r"(?<=[.!?]) (?=[^\W\d_])", paragraph)]


def spaced(text):
    return not re.search(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]", text)


def quotes_of(paragraphs, words_of_page, strangers, chance):
    """`strangers`: paragraphs of other pages in the same language."""
    good = [p for p in paragraphs if len(p) > 80 and not re.search(r"[\[\]{}<>|…]|\.\.\.", p)]
    if len(good) < 3 or not strangers:
        return
    for paragraph in chance.sample(good, min(3, len(good))):
        words = paragraph.split(" ")
        if not spaced(paragraph):
            cuts = [i for i in range(1, len(paragraph)) if all(ord(c) > 0x3000 and c.isalpha() for c in paragraph[i - 1 : i + 1])]
            if len(cuts) < 40:
                continue
            one, two, three, four = sorted(chance.sample(cuts, 4))
            yield "verbatim", paragraph[one:four]
            if min(two - one, three - two, four - three) >= 8:
                yield "verbatim", paragraph[one:two] + "……" + paragraph[three:four]
                yield "altered", paragraph[three:four] + "……" + paragraph[one:two]
            changed = chance.choice([c for c in "龘鑫淼焱犇" if c not in words_of_page])
            at = chance.choice(cuts[20:-10])
            yield "altered", paragraph[max(0, cuts[cuts.index(at) - 15]) : at] + changed + paragraph[at + 1 : cuts[min(len(cuts) - 1, cuts.index(at) + 9)]]
        elif len(words) >= 14:
            begin = chance.randrange(0, len(words) // 3)
            end = chance.randrange(len(words) * 2 // 3, len(words) + 1)
            part = words[begin:end]
            quote = " ".join(part)
            yield "verbatim", quote
            yield "verbatim", unicodedata.normalize("NFD", quote).upper() if "ß" not in quote else quote
            yield "verbatim", quote.replace(" ", "\u00a0").replace("'", "’").replace('"', "“")
            yield "verbatim", re.sub(r"\b([^\W\d_]{4})([^\W\d_]{4,})\b", "\\1-\n\\2", quote, count=1) if quote.isascii() else quote
            middle = len(part) // 2
            yield "verbatim", " ".join(part[: middle - 2]) + " [...] " + " ".join(part[middle + 2 :])
            yield "verbatim", "… " + " ".join(part[middle - 3 :])
            short = part[max(0, middle - 12) : middle + 12]
            at = len(short) // 2
            if short[at].isalpha() and len(short) >= 12 and short[at - 1].isalpha() and short[at + 1].isalpha():
                if short[at] not in (short[at - 1], short[at + 1]):
                    yield "altered", " ".join(short[:at] + short[at + 1 :])
                yield "altered", " ".join(short[:at] + ["zyxwv"] + short[at + 1 :])
                yield "altered", " ".join(short[:at] + ["zyxwv"] + short[at:])
            for _ in range(3):  # short quotes with one word changed, near an end as well
                first = chance.randrange(0, len(words) - 8)
                few = words[first : first + chance.randrange(5, 9)]
                at = chance.randrange(1, len(few) - 1)
                plain = [w.strip(".,;:()«»“”\"'").isalpha() for w in few]
                if all(plain):
                    yield "altered", " ".join(few[:at] + ["zyxwv"] + few[at + 1 :])
                    if few[at] not in (few[at - 1], few[at + 1]):
                        yield "altered", " ".join(few[:at] + few[at + 1 :])
                        yield "altered", " ".join(few[:at] + [few[at + 1], few[at]] + few[at + 2 :])
            if len(part) >= 24 and len(set(part)) == len(part):
                third = len(part) // 3
                yield "altered", " ".join(part[:third] + part[2 * third :])  # stitched without a mark
                yield "altered", " ".join(part[2 * third :]) + " [...] " + " ".join(part[:third])
                yield "altered", " ".join(part[third:] + part[:third])
            digits = [i for i in range(2, len(short) - 2) if re.fullmatch(r"\d+", short[i])]
            if digits and len(short) >= 12:
                at = chance.choice(digits)
                yield "altered", " ".join(short[:at] + [str(int(short[at]) + 1)] + short[at + 1 :])
        sentences = sentences_of(paragraph)
        if len(sentences) >= 2 and spaced(paragraph) and all(len(s.split()) >= 6 for s in sentences[:2]) and sentences[0] != sentences[1]:
            yield "altered", sentences[1] + " " + sentences[0]
            stranger = sentences_of(chance.choice(strangers))[0]
            if len(stranger.split()) >= 10 and stranger not in words_of_page:
                yield "partial", sentences[0] + " " + stranger
    stranger = chance.choice(strangers)
    if stranger not in words_of_page and len(stranger) > 80:
        yield "absent", stranger


def main(folder, out):
    chance = random.Random(3)
    out.mkdir(parents=True, exist_ok=True)
    by_folder = {}
    for path in sorted(folder.rglob("*.html")):
        by_folder.setdefault(path.parent, []).append(path)
    for pages in by_folder.values():
        parsed = []
        for path in pages:
            parser = Paragraphs()
            parser.feed(path.read_text(encoding="utf-8", errors="replace"))
            parsed.append((path, parser.found, " ".join(" ".join(parser.all_text).split())))
        parsed = [entry for entry in parsed if len(entry[1]) >= 5]
        chance.shuffle(parsed)
        for i, (path, found, text) in enumerate(parsed[:12]):
            strangers = [p for other in parsed if other[0] != path for p in other[1] if len(p) > 80 and p not in text and "..." not in p and "…" not in p]
            rows = list(quotes_of(found, text, strangers, chance))
            if not rows:
                continue
            name = "_".join(path.relative_to(folder).with_suffix("").parts)
            (out / f"{name}.page").write_bytes(path.read_bytes())
            lines = ["# text/html"] + [state + "\t" + quote.replace("\n", "\\n") for state, quote in rows if "\t" not in quote]
            (out / f"{name}.quotes").write_text("\n".join(lines) + "\n", encoding="utf-8")


main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
