#!/usr/bin/env python3
"""Writes a PDF of 500 pages with 2,000 footnotes, half of them with a URL that is broken over lines: `long_pdf.py OUT.pdf`.
Made with groff -ms (Debian package groff)."""
import subprocess
import sys

PAGES, NOTES_A_PAGE = 500, 4
WORDS = ("the harbour board resolved that no vessel of more than forty tons shall pass the northern channel between the last "
         "light of the evening and the first bell of the morning, and the pilots answered that the channel is theirs ").split()


def sentence(seed, length=34):
    return " ".join(WORDS[(seed + i) % len(WORDS)] for i in range(length))


def text():
    yield ".ds CF - % -\n.ds LH Report on the channels\n"
    number = 0
    for page in range(PAGES):
        for _ in range(NOTES_A_PAGE):
            number += 1
            yield f".PP\nOn day {number} the board wrote: \\(lq{sentence(number)}\\(rq.\\**\n.FS\n"
            if number % 2:
                yield (f"Minutes, p. {number}, https://harbour.example.org/minutes/2019/page/{number}/"
                       f"the-northern-channel-and-its-lights-in-the-winter-months-of-the-year.html.\n")
            else:
                yield f"Pilots v. Board, {number} Harb. 2d {number + 3} (1987).\n"
            yield f".FE\nThe pilots did not agree. {sentence(number + 7, 60).capitalize()}.\n"
        yield ".bp\n"


if __name__ == "__main__":
    pdf = subprocess.run(["groff", "-ms", "-Tpdf", "-Kutf8"], input="".join(text()).encode(), capture_output=True, check=True)
    with open(sys.argv[1], "wb") as out:
        out.write(pdf.stdout)
