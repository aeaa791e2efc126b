#!/usr/bin/env python3
"""Writes html_entity_table.inc: every named character reference of HTML (WHATWG §13.5), as Python's html.entities has them."""
import html.entities
import pathlib


def quoted(text):
    return '"' + "".join("\\%03o" % byte for byte in text.encode()) + '"'


rows = sorted(html.entities.html5.items(), key=lambda row: row[0].encode())
lines = ["// Made by make_html_entities.py; sorted by name. Names without a semicolon are the ones that may go without.\n"]
lines += ['{"%s", %s},\n' % (name, quoted(text)) for name, text in rows]
pathlib.Path(__file__).with_name("html_entity_table.inc").write_text("".join(lines))
