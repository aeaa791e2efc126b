#!/usr/bin/env python3
"""`loccit watch`: looks at what is due and only that, reads documents again, ends on SIGTERM."""
import json
import signal
import sqlite3
import subprocess
import threading
import time

from support import LOCCIT, folder, local, manifest, run, site

WORDS = "The lamps are old, but they are sound"
DAY = 86_400_000_000


def checked(result, code, what):
    assert result.returncode == code, f"{what}: exit {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result


class Pages:
    """Counts what is asked for."""

    def __init__(self):
        self.words, self.asked, self.lock, self.slow = WORDS, [], threading.Lock(), False

    def __call__(self, handler):
        with self.lock:
            self.asked.append(handler.path)
        if self.slow and handler.path != "/robots.txt":
            time.sleep(20)
        if handler.path == "/robots.txt":
            return 404, "text/plain", "none"
        return 200, "text/html", f"<html><body><p>{self.words}, and nobody doubts it here.</p></body></html>"

    def take(self):
        with self.lock:
            asked, self.asked = [path for path in self.asked if path != "/robots.txt"], []
        return sorted(asked)


def age(here, days):
    """What was recorded, and what is due, lies `days` further back."""
    registry = sqlite3.connect(here / ".loccit/registry.db", isolation_level=None)
    for table, columns in {"document": ["next_check"], "citation": ["next_look"]}.items():
        for column in columns:
            registry.execute(f"UPDATE {table} SET {column} = {column} - {days * DAY}")
    registry.close()


with folder() as here:
    (here / "a.json").write_text(manifest(("http://a.example/1", WORDS), ("http://a.example/2", WORDS)))
    (here / "b.json").write_text(manifest(("http://b.example/3", WORDS)))
    pages = Pages()
    with site(pages) as port:
        watch = ["watch", *local(port)]
        checked(run(*watch, "--once", cwd=here), 2, "watch with nothing to watch")
        checked(run("check", "a.json", *local(port), cwd=here), 0, "a check")
        pages.take()
        checked(run(*watch, "--once", cwd=here), 0, "nothing is due")
        assert pages.take() == [], "a check that has just been made is not made again"
        checked(run(*watch, "b.json", "--every", "30d", "--once", cwd=here), 0, "a document more")
        assert pages.take() == ["/3"], "only what is due"
        age(here, 2)
        checked(run(*watch, "--once", cwd=here), 0, "a day later")
        assert pages.take() == ["/1", "/2", "/3"]
        age(here, 365)
        checked(run(*watch, "--once", cwd=here), 0, "a year later")
        assert pages.take() == ["/1", "/2", "/3"], "a missed time is caught up once"
        (here / "a.json").write_text(manifest(("http://a.example/1", WORDS), ("http://a.example/9", WORDS)))
        age(here, 40)
        pages.words = "The lamps are new, and they are not sound"
        told = checked(run(*watch, "--once", "--verbose", cwd=here), 0, "words have changed")
        assert pages.take() == ["/1", "/3", "/9"], "the document was read again"
        assert "up → changed" in told.stdout, told.stdout
        (here / "b.json").unlink()
        checked(run(*watch, "--forget", "a.json", "--once", cwd=here), 0, "a document less")
        age(here, 40)
        gone = checked(run(*watch, "--once", cwd=here), 0, "a document that is gone")
        assert pages.take() == ["/3"], "its citations are looked at all the same"
        assert "b.json" in gone.stderr, gone.stderr
        for wrong in (["--every", "often"], ["--citation", "c1"], ["--forget", "never-seen.json"]):
            checked(run(*watch, *wrong, "--once", cwd=here), 2, wrong)

        age(here, 40)
        pages.slow = True
        running = subprocess.Popen([LOCCIT, *watch], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        deadline = time.time() + 60
        while "/3" not in pages.asked and time.time() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=15)
        assert running.returncode == 0, (running.returncode, out, err)
        pages.slow = False
        pages.take()
        checked(run(*watch, "--once", cwd=here), 0, "what was dropped")
        assert pages.take() == ["/3"], "is looked at next time"
        idle = subprocess.Popen([LOCCIT, *watch], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert idle.stdout.readline() == "watching 1 document\n"
        idle.send_signal(signal.SIGTERM)
        idle.communicate(timeout=15)
        assert idle.returncode == 0, idle.returncode
    history = json.loads(run("history", "b.json", "--json", "-", cwd=here).stdout)
    checks = history["citations"][0]["checks"]
    assert len(checks) == 6, checks
print("watch: as it should be")
