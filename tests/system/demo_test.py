#!/usr/bin/env python3
"""The demo from end to end: one case of each verdict, quote state and link state, no network, and `verify` agrees with it."""
import json
import re
import sys

from support import folder, run

VERDICTS = {"intact", "drifted", "rotten", "unverifiable"}
QUOTES = {"verbatim", "altered", "partial", "absent", "translated", "unchecked"}
LINKS = {"ok", "moved", "gone", "error", "soft404", "refused", "unreachable", "insecure", "blocked"}

with folder() as here:
    demo = run("demo", "--archive", "archive", "--json", "demo.json", cwd=here)
    assert demo.returncode == 0, demo.stdout + demo.stderr
    report = json.loads((here / "demo.json").read_text())
    citations = report["citations"]
    assert {c["verdict"] for c in citations} == VERDICTS
    assert {c["quote"]["state"] for c in citations} == QUOTES
    assert {link["state"] for c in citations for link in c["links"]} == LINKS
    assert (here / "archive/report.html").exists()
    assert "archive: archive" in demo.stdout, demo.stdout
    assert "\x1b" not in demo.stdout, "colour, and no terminal"
    assert "[-240,000-]" in demo.stdout and "{+24,000+}" in demo.stdout, demo.stdout
    order = re.findall(r"^(drifted|rotten|unverifiable|intact)  c", demo.stdout, re.MULTILINE)
    assert order == sorted(order, key=["drifted", "rotten", "unverifiable", "intact"].index), order

    again = run("verify", "archive/letter.txt", "--archive", "archive", "--json", "-", cwd=here)
    assert again.returncode == 1, again.stderr
    verified = json.loads(again.stdout)  # and nothing but JSON on standard output
    for c in citations + verified["citations"]:
        c.pop("location", None)
    assert verified["citations"] == citations, "verify does not reach the verdicts of the check"
    quiet = run("verify", "archive/letter.txt", "--archive", "archive", "-q", cwd=here)
    assert quiet.stdout == "" and quiet.stderr == "", quiet
print("the demo shows", len(citations), "citations, and verify agrees")
sys.exit(0)
