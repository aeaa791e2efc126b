#!/usr/bin/env python3
"""Ten million outcomes in an SQLite registry: how long the pages of `serve` and the question "what is due" take.

    tests/bench/registry_figure.py build/release/loccit [FOLDER] [OUTCOMES]

Makes FOLDER (about 2 GB for ten million), unless it is there, and prints the median and the slowest of 20 of each."""
import json
import pathlib
import re
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request

loccit = str(pathlib.Path(sys.argv[1]).resolve())
folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else "/tmp/loccit-ten-million")
outcomes = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000_000
DOCUMENTS, CITATIONS = 500, 20_000
ROUNDS = outcomes // CITATIONS
DAY = 86_400_000_000
VERDICTS = ["intact"] * 16 + ["drifted", "rotten", "rotten", "unverifiable"]
STANDING = {"intact": "up", "drifted": "changed", "rotten": "dead", "unverifiable": "refused"}


def make():
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("A letter that cites nothing.\n")
    # The tables are made by loccit itself.
    subprocess.run([loccit, "check", "a.txt", "--archive", "archive", "--quiet"], cwd=folder, check=True)
    db = sqlite3.connect(folder / "archive/registry.db", isolation_level=None)
    db.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000; BEGIN; DELETE FROM check_run; DELETE FROM document;")
    now = int(time.time() * 1e6)
    start = now - ROUNDS * DAY
    per = CITATIONS // DOCUMENTS
    db.executemany("INSERT INTO document (id, name, title, sha256, media_type, added_at, interval_hours, next_check, checks, last_check) "
                   "VALUES (?, ?, ?, 'ab', 'text/plain', ?, 168, ?, ?, ?)",
                   ((d, f"letters/{d}.txt", f"Letter {d} to the Assembly", start, now + d * 1_000_000 * 3600, ROUNDS, now) for d in range(1, DOCUMENTS + 1)))
    verdict = {c: VERDICTS[c * 7 % len(VERDICTS)] for c in range(1, CITATIONS + 1)}
    db.executemany("INSERT INTO citation (id, document_id, fingerprint, label, title, quote, urls, standing, since, next_look, standing_state, "
                   "first_seen, last_seen, position, host, manifest, verdict, last_check_id) VALUES (?,?,?,?,?,?,?,?,?,?,'{}',?,?,?,?,?,?,?)",
                   ((c, (c - 1) // per + 1, f"f{c}", f"c{(c - 1) % per + 1}", f"Statement {c}", f"The words of statement {c}, as they were read out. " * 4,
                     f"https://host{c % 4000}.test/{c}", STANDING[verdict[c]], now - c % 90 * DAY, now + (c - 200) * 60_000_000, start, now,
                     c, f"host{c % 4000}.test", "{}", verdict[c], ((c - 1) // per) * ROUNDS + ROUNDS) for c in range(1, CITATIONS + 1)))
    db.executemany("INSERT INTO link (id, url, host, standing, since, next_look, standing_state) VALUES (?,?,?,?,?,?,'{}')",
                   ((c, f"https://host{c % 4000}.test/{c}", f"host{c % 4000}.test", STANDING[verdict[c]], now, now) for c in range(1, CITATIONS + 1)))
    db.executemany("INSERT INTO finding (id, citation_id, digest, quote_state, similarity, reason, details) VALUES (?,?,'d',?,1.0,?,?)",
                   ((c, c, "verbatim" if verdict[c] == "intact" else "altered", "The words stand at the source.",
                     json.dumps({"urls": [f"https://host{c % 4000}.test/{c}"]})) for c in range(1, CITATIONS + 1)))
    db.executemany("INSERT INTO check_run (id, document_id, started_at, finished_at, tool, worker, inconclusive, intact, drifted, rotten, unverifiable) "
                   "VALUES (?,?,?,?,'0','',0,?,2,4,2)",
                   ((d * ROUNDS + r + 1, d + 1, start + r * DAY + d, start + r * DAY + d + 60_000_000, per - 8) for d in range(DOCUMENTS) for r in range(ROUNDS)))
    # In the order of the key of the table: a citation's history lies together.
    db.executemany("INSERT INTO citation_outcome (citation_id, check_id, verdict, finding_id) VALUES (?,?,?,?)",
                   ((c, (c - 1) // per * ROUNDS + r + 1, verdict[c], c) for c in range(1, CITATIONS + 1) for r in range(ROUNDS)))
    db.executemany("INSERT INTO link_outcome (link_id, check_id, state, status, final_url, snapshot_id, fetched_at) VALUES (?,?,'ok',200,'','',0)",
                   ((c, (c - 1) // per * ROUNDS + r + 1) for c in range(1, CITATIONS + 1) for r in range(ROUNDS)))
    db.executemany("INSERT INTO transition (citation_id, check_id, from_standing, to_standing, rule, at, document_id, host) VALUES (?,?,'up','suspect','failed 1 time',?,?,?)",
                   ((c, (c - 1) // per * ROUNDS + r + 1, start + r * DAY, (c - 1) // per + 1, f"host{c % 4000}.test")
                    for c in range(1, CITATIONS + 1) for r in range(0, ROUNDS, max(1, ROUNDS // 25))))
    db.executemany("INSERT INTO day_count (day, verdict, outcomes) VALUES (?,?,?)",
                   (((start + r * DAY) // DAY * DAY, v, n) for r in range(ROUNDS) for v, n in (("intact", 16000), ("drifted", 1000), ("rotten", 2000), ("unverifiable", 1000))))
    db.commit()
    db.executescript("PRAGMA wal_checkpoint(TRUNCATE);")
    db.close()


def timed(what, work, limit):
    times = []
    for _ in range(20):
        began = time.perf_counter()
        work()
        times.append((time.perf_counter() - began) * 1000)
    print(f"{what:44} {statistics.median(times):8.1f} ms median {max(times):8.1f} ms slowest   (limit {limit} ms)", flush=True)
    return statistics.median(times) <= limit


def due(db):
    now = int(time.time() * 1e6)
    db.execute("SELECT d.id, d.name FROM document d WHERE d.next_check <= ? AND d.interval_hours > 0 ORDER BY d.next_check LIMIT 100", (now,)).fetchall()
    db.execute("SELECT c.id, d.name, c.quote FROM citation c JOIN document d ON d.id = c.document_id WHERE c.present = 1 AND c.next_look <= ? "
               "AND d.interval_hours > 0 AND c.manifest <> '' ORDER BY c.next_look LIMIT 500", (now,)).fetchall()


if not folder.exists():
    began = time.time()
    make()
    print(f"made {outcomes} outcomes in {time.time() - began:.0f} s")
print(f"{(folder / 'archive/registry.db').stat().st_size / 1e9:.2f} GB")
database = sqlite3.connect(folder / "archive/registry.db")
good = timed("what is due (reading.cpp, due_citations)", lambda: due(database), 50)
server = subprocess.Popen([loccit, "serve", "--archive", "archive", "--listen", "127.0.0.1:0"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
try:
    base = ""
    while not base:
        line = server.stdout.readline()
        assert line, "serve ended"
        found = re.search(r"http://[0-9.]+:\d+", line)
        base = found.group(0) if found else ""
    for path in ["/", "/document?name=letters/7.txt", "/citation/19000", "/changes", "/changes?host=host7.test", "/search?q=statement+19", "/metrics", "/api/v1/documents", "/api/v1/changes", *sys.argv[4:]]:
        def get():
            with urllib.request.urlopen(base + path, timeout=60) as answer:
                answer.read()
        try:
            good = timed(f"GET {path}", get, 100) and good
        except urllib.error.HTTPError as error:
            print(f"GET {path}: {error.code}")
finally:
    server.terminate()
    server.wait()
sys.exit(0 if good else 1)
