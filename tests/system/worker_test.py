#!/usr/bin/env python3
"""The registry in PostgreSQL, from the command line: check, history and watch as with SQLite; two workers share what is due,
each URL asked for once; fleet says who did what. A worker tells how it is, over HTTP and in its log; and all keep their distance
from hosts that pages only lead to."""
import json
import re
import shutil
import subprocess
import threading
import time
import urllib.error
import urllib.request

from postgresql import Postgresql
from support import LOCCIT, end, folder, leave_out, local, manifest, run, site

WORDS = "The lamps are old, but they are sound"


def checked(result, code, what):
    assert result.returncode == code, f"{what}: exit {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result


asked = []
lock = threading.Lock()


def page(handler):
    host = handler.headers["Host"]
    if handler.path == "/robots.txt":
        return 404, "text/plain", "none"
    with lock:
        asked.append(host + handler.path)
    time.sleep(0.02)
    return 200, "text/html", f"<html><body><p>{WORDS}, and nobody doubts it here.</p></body></html>"


with folder() as here, Postgresql() as database, site(page) as port:
    registry = database.url
    urls = [f"http://host{i % 10}.example/{i}" for i in range(40)]
    (here / "a.json").write_text(manifest(*((url, WORDS) for url in urls[:3])))
    (here / "b.json").write_text(manifest(*((url, WORDS) for url in urls)))
    place = ["--registry", registry]
    checked(run("check", "a.json", *place, *local(port), cwd=here), 0, "a check")
    history = json.loads(checked(run("history", "a.json", *place, "--json", "-", cwd=here), 0, "its history").stdout)
    assert history["documents"][0]["checks"] == 1 and len(history["citations"]) == 3, history
    assert not (here / ".loccit/registry.db").exists(), "the history is in PostgreSQL, and nowhere else"
    checked(run("watch", "--once", *place, *local(port), cwd=here), 0, "watch")
    # A watch that is told of a document and killed before it looks at it: all is due for the workers.
    unreachable = ["--connect-to", "::127.0.0.1:1", "--allow-net", "127.0.0.0/8", "--retries", "9", "--delay", "5"]
    watch = subprocess.Popen([LOCCIT, "watch", "b.json", *place, *unreachable], cwd=here, stdout=subprocess.PIPE)
    watch.stdout.readline()
    watch.kill()
    watch.wait()
    asked.clear()
    workers = [subprocess.Popen([LOCCIT, "worker", "--once", "--name", name, "--slots", "2", "--archive", name, *place, *local(port),
                                 "--user-agent", name], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
               for name in ("one", "two")]
    for worker in workers:
        out, err = worker.communicate(timeout=100)
        assert worker.returncode == 0, (out, err)
    pages = sorted(url for url in asked if url.rsplit("/", 1)[1].isdigit())
    assert pages == sorted(url.removeprefix("http://") for url in urls), pages
    fleet = checked(run("fleet", *place, cwd=here), 0, "fleet").stdout
    assert "0 citations are due" in fleet and "holds 0 hosts" in fleet, fleet
    done = sum(int(line.split(": ")[1].split()[0]) for line in fleet.splitlines() if " citations since " in line)
    assert done == len(urls), fleet
    broken = run("check", "a.json", "--registry", "postgresql:///none?host=/nowhere", *local(port), cwd=here)
    checked(broken, 3, "a registry out of reach")
    assert "registry" in broken.stderr and "nothing was checked" in broken.stderr, broken.stderr
print("workers: each URL once\n" + fleet)


def tells_of_itself(here, database, port):
    """/healthz and /metrics of a worker, and its log as JSON; unhealthy while the database is away, and at work again when it is back."""
    log = open(here / "log", "w+")
    worker = subprocess.Popen([LOCCIT, "worker", "--listen", "127.0.0.1:0", "--log-format", "json", "--name", "told", "--registry", database.url, "--archive", "told",
                               *local(port)], cwd=here, stdout=log, stderr=log)
    try:
        def events():
            return [json.loads(line) for line in (here / "log").read_text().splitlines() if line.endswith("}")]

        def get(path):
            try:
                with urllib.request.urlopen(f"http://{listening}{path}", timeout=30) as answer:
                    return answer.status, answer.read().decode()
            except urllib.error.HTTPError as refusal:
                return refusal.code, refusal.read().decode()

        until("it begins", events)
        listening = events()[0]["listening"]
        database.all_is_due()
        until("a round", lambda: any(event["event"] == "round" for event in events()))
        assert get("/healthz") == (200, "ok\n"), get("/healthz")
        metrics = get("/metrics")[1]
        assert re.search(r"^loccit_worker_citations_total [1-9]", metrics, re.M), metrics
        promtool = shutil.which("promtool")
        if promtool:
            checked = subprocess.run([promtool, "check", "metrics"], input=metrics, capture_output=True, text=True)
            assert checked.returncode == 0 and not checked.stderr, checked.stderr
        else:
            leave_out("promtool (Debian's prometheus) is not installed")
        assert get("/else")[0] == 404
        database.stop_at_once()
        until("it notices that the database is away", lambda: get("/healthz")[0] == 503)
        database.start()
        until("it notices that the database is back", lambda: get("/healthz")[0] == 200)
        worker.terminate()
        assert worker.wait(timeout=60) == 0
        assert events()[-1]["event"] == "ended" and {event["worker"] for event in events()} == {"told"}, events()[-1]
    finally:
        worker.kill()


def until(what, holds):
    patience = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < patience, f"in a minute it does not happen: {what}"
        time.sleep(0.1)


def keeps_its_distance_also_where_pages_lead(here, database):
    """Two workers, each with hosts of its own, whose pages all lead to one host that neither has leased."""
    came = []

    def page(handler):
        if handler.path == "/robots.txt":
            return 404, "text/plain", "none"
        if handler.headers["Host"] == "shared.example":
            with lock:
                came.append(time.monotonic())
            return 200, "text/html", f"<html><body><p>{WORDS}, and nobody doubts it here.</p></body></html>"
        return 302, f"http://shared.example{handler.path}", ""

    with site(page) as port:
        (here / "d.json").write_text(manifest(*((f"http://own{i}.example/{i}", WORDS) for i in range(6))))
        polite = local(port)
        polite[polite.index("--delay") + 1] = "1"
        checked(run("check", "d.json", "--registry", database.url, *polite, "--archive", "first", cwd=here), 0, "a check")
        database.all_is_due()
        came.clear()
        workers = [subprocess.Popen([LOCCIT, "worker", "--once", "--name", name, "--slots", "3", "--archive", name, "--registry", database.url, *polite], cwd=here)
                   for name in ("three", "four")]
        for worker in workers:
            assert worker.wait(timeout=200) == 0
    gaps = [b - a for a, b in zip(came, came[1:])]
    # Half of the delay: how late a busy machine may send one request and not the next.
    assert len(came) >= 6 and min(gaps) > 0.5, gaps
    names = {name for (name,) in database.ask("SELECT name FROM worker WHERE name IN ('three', 'four')")}
    assert names == {"three", "four"}, f"only {names} worked, which shows nothing"


with folder() as here, Postgresql(durable=True) as database, site(page) as port:
    (here / "c.json").write_text(manifest(*((f"http://host{i}.example/{i}", WORDS) for i in range(5))))
    checked(run("check", "c.json", "--registry", database.url, *local(port), cwd=here), 0, "a check")
    tells_of_itself(here, database, port)
with folder() as here, Postgresql() as database:
    keeps_its_distance_also_where_pages_lead(here, database)
print("and they tell how they are, and keep their distance")
end()
