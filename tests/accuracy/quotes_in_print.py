#!/usr/bin/env python3
"""How often are quotes of printed pages judged rightly? Paragraphs of Debian's documentation packages are typeset as papers in two columns, reports,
briefs with numbered lines, gazettes and memoranda (presses.py), with running heads, notes and floats between them, and quoted from.

    tests/accuracy/quotes_in_print.py --packages debian-edu-doc-de developers-reference-ja … --per-language 3
"""
import argparse
import hashlib
import pathlib
import random
import sys

from alterations import deleted, denied, one_digit, replaced
from disguises import VERBATIM
from page_text import Page, letters, plain, size
from pages import choose, fetch, with_text
from presses import PRESSES, printed, settable
from quotes_on_pages import judge, tell

QUOTES = 14


def chosen_paragraphs(page, rng):
    """Some 60 paragraphs that follow one another, each once."""
    seen, paragraphs = set(), []
    first = rng.randrange(max(1, len(page.paragraphs) - 60))
    for paragraph in page.paragraphs[first:first + 60]:
        if size(paragraph) >= 10 and len(paragraph) < 2500 and letters(paragraph) not in seen:
            seen.add(letters(paragraph))
            paragraphs.append(paragraph)
    return paragraphs


def cases_of(page, index, rng, first_id):
    cases = []

    def add(label, kind, quote):
        if quote:
            cases.append({"id": f"c{first_id + len(cases)}", "page": index, "label": label, "kind": kind, "quote": quote})
    for number in range(QUOTES):
        text = plain(rng, page)
        if text is None:
            continue
        kind = "plain" if number % 2 else "wrapped"
        add("verbatim", kind, VERBATIM[kind](rng, page, text))
        alter = (replaced, deleted, one_digit, denied)[number % 4]
        other = alter(rng, page, text)
        if other and letters(other) not in page.letters:
            add("altered", alter.__name__, other)
    for _ in range(4):
        at = rng.randrange(max(1, len(page.paragraphs) - 1))
        pair = page.paragraphs[at:at + 2]
        if len(pair) == 2 and all(size(p) >= 8 for p in pair) and sum(map(len, pair)) < 1500:
            add("verbatim", "two paragraphs", "\n\n".join(pair))
    return cases


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--packages", nargs="*", default=[])
    options.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("build/accuracy"))
    options.add_argument("--per-language", type=int, default=3)
    options.add_argument("--presses", nargs="*", default=list(PRESSES))
    options.add_argument("--seed", default="1")
    given = options.parse_args()
    folder = given.folder.resolve()
    pages, cases = [], []
    roots = fetch(given.packages, folder / "packages")
    for seen in with_text([page for root in roots for page in choose(root, given.per_language, given.seed)], folder):
        rng = random.Random(given.seed + seen["file"])
        source = Page({**seen, "body": b""})
        paragraphs = chosen_paragraphs(source, rng)
        if len(paragraphs) < 6:
            continue
        for press in given.presses:
            place = folder / "prints" / hashlib.sha1((given.seed + seen["file"] + press).encode()).hexdigest()
            kept = place / "page.pdf"
            set_here = settable(press, paragraphs)
            body = kept.read_bytes() if kept.exists() else printed(press, set_here, seen["language"].split("-")[0], place)
            if not body:
                continue
            page = Page({**seen, "text": "\n".join(set_here), "body": body, "content_type": "application/pdf", "guise": press,
                         "file": str(kept)})
            cases += cases_of(page, len(pages), rng, len(cases))
            pages.append(page)
    report = judge(pages, cases, folder, False)
    return 0 if tell(pages, cases, report, folder / "wrong_in_print.json") else 1


if __name__ == "__main__":
    sys.exit(main())
