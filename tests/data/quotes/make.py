#!/usr/bin/env python3
"""Writes the made part of the corpus: a page in each language of sentences.py, dressed and encoded as pages of the web are, and its
labelled quotes. Every label follows from how the quote was made, never from what loccit says of it. The rest of the corpus
(hard-*.*) is written and labelled by hand. Run it after a change of sentences.py; what it writes is committed."""
import html
import json
import pathlib
import re
import unicodedata

from sentences import STATEMENT

HERE = pathlib.Path(__file__).resolve().parent
UNSPACED = {"zh", "ja", "th"}
CASELESS = {"ar", "he", "zh", "ja", "th", "hi", "ko", "ka"}
# How each page is stored: dressing, charset of the bytes, Content-Type as served. The label is missing or wrong on some of them.
FORM = {
    "en": ("article", "utf-8", "text/html; charset=utf-8"),
    "fr": ("marked_up", "iso-8859-1", "text/html; charset=iso-8859-1"),
    "de": ("article", "windows-1252", "text/html"),
    "es": ("marked_up", "utf-8", "text/html"),
    "it": ("table", "utf-8", "text/html; charset=iso-8859-1"),
    "pt": ("article", "iso-8859-15", "text/html; charset=iso-8859-15"),
    "ru": ("marked_up", "windows-1251", "text/html; charset=windows-1251"),
    "uk": ("article", "koi8-u", "text/html; charset=koi8-u"),
    "tr": ("article", "iso-8859-9", "text/html; charset=iso-8859-9"),
    "az": ("marked_up", "utf-8", "text/html; charset=utf-8"),
    "ar": ("article", "windows-1256", "text/html; charset=windows-1256"),
    "he": ("marked_up", "windows-1255", "text/html; charset=windows-1255"),
    "zh": ("article", "gb18030", "text/html; charset=gb2312"),
    "ja": ("marked_up", "shift_jis", "text/html; charset=shift_jis"),
    "th": ("article", "cp874", "text/html; charset=tis-620"),
    "el": ("table", "iso-8859-7", "text/html; charset=iso-8859-7"),
    "pl": ("article", "iso-8859-2", "text/html; charset=iso-8859-2"),
    "nl": ("article", "utf-16", "text/html"),
    "sv": ("plain", "utf-8", "text/plain; charset=utf-8"),
    "fi": ("json", "utf-8", "application/json"),
    "hi": ("feed", "utf-8", "application/rss+xml"),
    "ko": ("article", "euc-kr", "text/html; charset=euc-kr"),
    "vi": ("decomposed", "utf-8", "text/html; charset=utf-8"),
    "ka": ("marked_up", "utf-8", "text/html; charset=utf-8"),
}


def joined(language, sentences):
    return ("" if language in ("zh", "ja") else " ").join(sentences)


# ---------------------------------------------------------------------------------------------------------------- pages


def head(language, charset, s):
    linked = json.dumps({"@context": "https://schema.org", "@type": "Article", "articleBody": s[9]}, ensure_ascii=True)
    return (f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="{charset}"><title>47</title>\n'
            f'<script type="application/ld+json">{linked}</script>\n<style>.x:after {{ content: "{s[8]}" }}</style></head>\n<body>\n')


def article(language, charset, s):
    """Paragraphs with a figure, a link that leads away and hidden words between them."""
    one, two, three = joined(language, s[0:3]), joined(language, s[3:6]), joined(language, s[6:8])
    return (head(language, charset, s) + '<nav><ul><li><a href="/">1</a></li><li><a href="/2">2</a></li></ul></nav>\n<main>\n'
            f"<h1>47</h1>\n<p>{one}</p>\n"
            f'<figure><img src="a.png" alt=""><figcaption>17 &times; 24</figcaption></figure>\n<p>{two}</p>\n'
            f'<p><a href="/more">&rarr; 2020</a></p>\n<div style="display:none">{s[8]}</div>\n<p>{three}</p>\n'
            f'</main><script>var x = "{s[8]}";</script><!-- {s[8]} --></body></html>\n')


def marked_up(language, charset, s):
    """Words cut by inline markup and soft hyphens, note marks, links, line breaks in the source."""

    def dress(sentence, number):
        if language in UNSPACED:
            middle = len(sentence) // 2
            while unicodedata.category(sentence[middle]).startswith("M"):
                middle += 1
            return f"<em>{sentence[:middle]}</em>{sentence[middle:]}<sup><a href='#n{number}'>[{number}]</a></sup>"
        words = sentence.split(" ")
        for i, word in enumerate(words):
            if i % 4 == 1 and len(word) > 5 and word.isalpha() and language not in ("hi", "ar"):
                words[i] = f"<b>{word[:2]}</b>{word[2:4]}&shy;{word[4:]}"
            elif i % 4 == 3:
                words[i] = f'<a href="/w/{i}">{word}</a>'
        return "\n   ".join([" ".join(words[:4]), " ".join(words[4:])]) + f"<sup>[{number}]</sup>"

    dressed = [dress(sentence, number) for number, sentence in enumerate(s[:8], 1)]
    return (head(language, charset, s) + f"<div class=a><p>{joined(language, dressed[0:3])}<p>{joined(language, dressed[3:6])}"
            f"<p>{joined(language, dressed[6:8])}</div><p hidden>{s[8]}</p><template>{s[8]}</template><noscript></noscript></body></html>\n")


def table(language, charset, s):
    """A page laid out by a table, one sentence beside another in list items and cells."""
    rows = "".join(f"<tr><td>{sentence}</td></tr>\n" for sentence in s[3:6])
    return (head(language, charset, s) + f"<table><tr><td><p>{joined(language, s[0:3])}</p></td></tr></table>\n<table>{rows}</table>\n"
            f"<ul><li>{s[6]}</li><li>{s[7]}</li></ul><div style='display: none'>{s[8]}</div></body></html>\n")


def decomposed(language, charset, s):
    return unicodedata.normalize("NFD", article(language, charset, s))


def plain(language, charset, s):
    """A text file wrapped at 60 columns."""
    lines, line = [], ""
    for paragraph in (s[0:3], s[3:6], s[6:8]):
        for word in joined(language, paragraph).split(" "):
            if len(line) + len(word) > 60:
                lines.append(line)
                line = ""
            line += (" " if line else "") + word
        lines += [line, ""]
        line = ""
    return "\n".join(lines)


def as_json(language, charset, s):
    return json.dumps({"id": 47, "items": [{"body": joined(language, s[0:3])}, {"body": joined(language, s[3:6])}, {"body": joined(language, s[6:8])}]})


def feed(language, charset, s):
    paragraphs = "".join(f"<p>{joined(language, part)}</p>" for part in (s[0:3], s[3:6], s[6:8]))
    item = f"<item><title>47</title><description>{html.escape(paragraphs)}</description></item>\n"
    return f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>47</title><language>{language}</language>\n{item}</channel></rss>\n'


DRESSING = {"article": article, "marked_up": marked_up, "table": table, "decomposed": decomposed, "plain": plain, "json": as_json, "feed": feed}

# --------------------------------------------------------------------------------------------------------------- quotes


def in_the_middle(language, sentence, change):
    """The sentence with `change` made to its list of words (characters where there are no blanks), away from both ends."""
    if language in UNSPACED:
        return None
    words = sentence.split(" ")
    change(words, len(words) // 2)
    return " ".join(words)


def disguises(language, text):
    """The same words in other clothes."""
    yield text.rstrip(".。")
    yield unicodedata.normalize("NFD", text)
    yield "“" + text + "”"
    if language not in UNSPACED:
        yield text.replace(" ", "\u00a0")
        yield re.sub(r"((?:\S+ ){4})", r"\1\n", text)
        yield text.replace(" ", "  ").replace(", ", " , ")
    if language not in CASELESS:
        yield text.upper()
        yield re.sub(r"\b([^\W\d_]{4})([^\W\d_]{3})", "\\1\u00ad\\2", text)
        yield re.sub(r"\b([^\W\d_]{4})([^\W\d_]{4,})\b", "\\1-\n\\2", text, count=1)


def quotes(language, statement, foreign):
    s = statement["S"]
    join = lambda *parts: joined(language, parts)
    rows = []
    add = lambda state, quote: rows.append((state, quote)) if quote else None
    # Verbatim: what stands on the page, whole, across paragraphs, with something left out, disguised.
    add("verbatim", s[0])
    add("verbatim", join(*s[1:3]))
    add("verbatim", join(*s[0:3]) + "\n\n" + join(*s[3:6]))
    add("verbatim", s[2] + "\n\n" + s[3])
    add("verbatim", join(*s[0:3]) + "\n\n" + join(*s[3:6]) + "\n\n" + join(*s[6:8]))
    add("verbatim", s[0] + " […] " + s[5])
    add("verbatim", s[1] + " … " + s[3])
    add("verbatim", s[4] + " (...) " + s[6] + " ... " + s[7])
    if language not in UNSPACED:
        words = s[6].split(" ")
        half = len(words) // 2
        add("verbatim", "… " + " ".join(words[half:]))
        add("verbatim", " ".join(words[:half]) + " …")
        add("verbatim", " ".join(words[:2]) + " [...] " + " ".join(words[half:]))
        add("verbatim", " ".join(words[:half]) + " [sic] " + " ".join(words[half:]))
    for sentence in (s[1], s[5]):
        for quote in disguises(language, sentence):
            add("verbatim", quote)
    # Altered: a negation, a number, a name, a word; the order of two sentences.
    add("altered", statement["without_not"])
    add("altered", join(statement["without_not"], s[1]))
    add("altered", statement["with_salaries"])
    add("altered", join(s[4], statement["with_salaries"]))
    add("altered", s[2].replace("12", "2", 1))
    add("altered", s[2].replace("500", "600", 1))
    add("altered", re.sub(r"1[.,]5", "15", s[2], count=1))
    add("altered", re.sub(r"1([.,])5", r"1\g<1>6", s[2], count=1))
    add("altered", s[3].replace(statement["name"], statement["other"]))
    add("altered", s[0].replace("14", "15", 1))
    add("altered", join(s[1], s[0]))
    add("altered", join(s[5], s[4]))
    add("altered", in_the_middle(language, s[6], lambda words, i: words.pop(i)))
    add("altered", in_the_middle(language, s[7], lambda words, i: words.insert(i, s[8].split(" ")[2].strip(".,،"))))
    add("altered", in_the_middle(language, s[6], lambda words, i: words.__setitem__(i, s[9].split(" ")[1].strip(".,،"))))
    # Partial: one sentence stands, another is nowhere on the page.
    add("partial", join(s[4], s[8]))
    add("partial", join(s[8], s[5]))
    add("partial", join(s[0], s[1], s[8]))
    # Absent: only a script, a style, a comment or a hidden element has it.
    add("absent", s[8])
    add("absent", s[8].rstrip(".。"))
    # Translated: the same statement, in another language.
    add("translated", joined(foreign, STATEMENT[foreign]["S"][0:2]))
    add("translated", joined(foreign, STATEMENT[foreign]["S"][3:5]))
    return rows


def main():
    languages = list(STATEMENT)
    for i, language in enumerate(languages):
        dressing, charset, served = FORM[language]
        statement = STATEMENT[language]
        page = DRESSING[dressing](language, charset, statement["S"])
        (HERE / f"made-{language}.page").write_bytes(page.encode(charset))
        rows = [f"# {served}"]
        for state, quote in quotes(language, statement, languages[(i + 5) % len(languages)]):
            rows.append(state + "\t" + quote.replace("\n", "\\n"))
        (HERE / f"made-{language}.quotes").write_text("\n".join(rows) + "\n", encoding="utf-8")


main()
