#!/usr/bin/env python3
"""long_documents.py LOCCIT: reads a Markdown and an HTML document of 10 MB with 20,000 links each, and has a peer parse the same
in the same run. Prints processor time and memory; the medians of five."""
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import tempfile

WORDS = """the ferry shall be kept open to all who pay toll and nobody has changed it since board wrote that fog is weather what
ferries are for tariff river lock light keeper harbour assembly""".split()
LINKS, SIZE = 20_000, 10_000_000


def documents(where):
    random.seed(7)

    def words(count):
        return " ".join(random.choice(WORDS) for _ in range(count)).capitalize()

    markdown, html = ["# A long document\n"], ["<!DOCTYPE html><html lang=en><meta charset=utf-8><title>A long document</title>"]
    size = 0
    for number in range(LINKS):
        if number % 50 == 0:
            markdown.append(f"\n## Section {number}\n")
            html.append(f"<h2>Section {number}</h2>\n")
        before, quote, after = words(30), words(12), words(24)
        while size < SIZE * number // LINKS:
            after += ". " + words(12)
            size += 80
        url = f"https://site{number % 300}.example/path/page-{number}.html?x={number}"
        markdown.append(f"\n{before}. It says “{quote}” ([source {number}]({url})). {after}.\n")
        html.append(f'<p>{before}. It says “{quote}” (<a href="{url}">source {number}</a>). {after}.</p>\n')
        size += len(markdown[-1])
    (where / "long.md").write_text("".join(markdown))
    (where / "long.html").write_text("".join(html))


def cost(command):
    """Processor seconds and megabytes."""
    with open(os.devnull, "wb") as nowhere:
        child = subprocess.Popen(command, stdout=nowhere, stderr=nowhere)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert child.returncode == 0, f"{command[0]} gave {child.returncode}"
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    loccit = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        where = pathlib.Path(folder)
        documents(where)
        for name, peer in (("long.md", ["cmark-gfm", "-e", "table", "-e", "autolink"]), ("long.html", ["xmllint", "--html"])):
            document = where / name
            commands = {"loccit extract": [loccit, "extract", document]}
            if shutil.which(peer[0]):
                commands[" ".join(peer)] = [*peer, document]
            else:
                print(f"{peer[0]} is not installed")
            for what, command in commands.items():
                runs = [cost(command) for _ in range(5)]
                print(f"{name} ({document.stat().st_size / 1e6:.1f} MB)  {what:32} "
                      f"{statistics.median(r[0] for r in runs):.2f} s  {max(r[1] for r in runs):.0f} MB")


main()
