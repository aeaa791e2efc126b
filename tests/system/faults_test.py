#!/usr/bin/env python3
"""Servers that misbehave, all cited by one document: each gets its state and a message, every other citation is checked, nothing is lost."""
import gzip
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time

from support import LOCCIT, folder, local, manifest, run, site

WORDS = "The lamps on the causeway are old, but they are sound"
GOOD = f"<html><body><p>{WORDS}. Nobody doubts it.</p></body></html>"


def reset(handler):
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    for end in (handler.rfile, handler.wfile, handler.connection):  # all three hold the socket open
        end.close()


def stall(handler):
    time.sleep(20)


def head(handler, *headers):
    handler.send_response(200)
    for name, value in headers:
        handler.send_header(name, value)
    handler.end_headers()
    handler.close_connection = True


def short(handler):
    head(handler, ("Content-Type", "text/html"), ("Content-Length", "100000"))
    handler.wfile.write(GOOD.encode())
    handler.wfile.flush()
    handler.connection.shutdown(socket.SHUT_RDWR)


def endless(handler):
    head(handler, ("Content-Type", "text/html"), ("Content-Length", str(2 << 30)))
    try:
        while True:
            handler.wfile.write(b"x" * 65536)
    except OSError:
        pass


def packed(body):
    def answer(handler):
        head(handler, ("Content-Type", "text/html"), ("Content-Encoding", "gzip"), ("Content-Length", str(len(body))))
        handler.wfile.write(body)
    return answer


def loop(handler):
    handler.send_response(302)
    handler.send_header("Location", handler.path + "x")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


class Pages(dict):
    def get(self, path, default=None):
        return loop if path.startswith("/loop") else super().get(path, default)


PAGES = Pages({
    "/robots.txt": (404, "text/plain", ""),
    "/good": (200, "text/html", GOOD),
    "/reset": reset, "/stall": stall, "/short": short, "/endless": endless,
    "/broken-gzip": packed(gzip.compress(GOOD.encode())[:40] + b"garbage that is no deflate data"),
    "/bomb": packed(gzip.compress(b"\0" * (400 << 20), 9)),
    "/charset": (200, "text/html; charset=klingon-8", GOOD),
    "/error": (503, "text/html", "down"),
})
CASES = [  # URL, verdict, state of the link, a word of the reason
    ("http://a.example/good", "intact", "ok", ""),
    ("http://b.example/reset", "rotten", "unreachable", "reset"),
    ("http://c.example/stall", "rotten", "unreachable", "did not answer"),
    ("http://d.example/short", "rotten", "unreachable", "broke off"),
    ("http://e.example/endless", "rotten", "blocked", "--max-bytes"),
    ("http://f.example/loop", "rotten", "blocked", "redirects"),
    ("http://g.example/broken-gzip", "unverifiable", "ok", "gzip"),
    ("http://h.example/bomb", "unverifiable", "ok", "only a part"),
    ("http://i.example/charset", "intact", "ok", ""),
    ("http://j.example/error", "rotten", "error", "503"),
    ("http://", "rotten", "blocked", "no host"),
    ("http://exa mple.[/", "rotten", "blocked", "host"),
    ("ftp://a.example/file", "rotten", "blocked", "ftp"),
    ("file:///etc/passwd", "rotten", "blocked", "file"),
    ("http://a.example/good#again", "intact", "ok", ""),
]


def all_checked(here):
    (here / "m.json").write_text(manifest(*[(url, WORDS) for url, *_ in CASES]))
    with site(PAGES) as port:
        started = time.monotonic()
        result = run("check", "m.json", "--archive", "a", "--json", "r.json", "--timeout", "3", "--max-bytes", "2000000", *local(port), cwd=here)
        taken = time.monotonic() - started
    assert result.returncode == 1, result.stdout + result.stderr
    assert taken < 60, f"{taken:.0f} s"
    report = json.loads((here / "r.json").read_text())
    for (url, verdict, state, word), found in zip(CASES, report["citations"], strict=True):
        link = found["links"][0]
        assert (found["verdict"], link["state"]) == (verdict, state), (url, found["verdict"], link["state"], found["reason"])
        assert word in found["reason"], (url, found["reason"])
        assert link["state"] == "ok" or link["error"], (url, "no message")
        assert link["snapshot"], (url, "not archived")
    again = run("verify", "m.json", "--archive", "a", "--json", "-", cwd=here)
    strip = lambda citations: [(c["id"], c["verdict"], c["quote"]["state"], c["links"][0]["state"]) for c in citations]
    assert strip(json.loads(again.stdout)["citations"]) == strip(report["citations"]), "verify disagrees"


def interrupted(here):
    (here / "m.json").write_text(manifest(("http://a.example/good", WORDS), ("http://c.example/stall", WORDS)))
    with site(PAGES) as port:
        child = subprocess.Popen([LOCCIT, "check", "m.json", "--archive", "a", *local(port)], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(2)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=10)
    assert child.returncode == 3, (child.returncode, out, err)
    assert "interrupted" in err and "again" in err, err
    (here / "one.json").write_text(manifest(("http://a.example/good", WORDS)))
    kept = run("verify", "one.json", "--archive", "a", cwd=here)
    assert kept.returncode == 0, "what was fetched before the interrupt is lost: " + kept.stdout + kept.stderr


for part in (all_checked, interrupted):
    with folder() as here:
        part(here)
print("every fault has its state and its words")
sys.exit(0)
