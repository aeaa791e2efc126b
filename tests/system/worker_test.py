#!/usr/bin/env python3
"""The registry in PostgreSQL, from the command line: check, history and watch as with SQLite; two workers share what is due,
each URL asked for once; fleet says who did what."""
import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time

from support import LOCCIT, folder, local, manifest, run, site, skip

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")
WORDS = "The lamps are old, but they are sound"
if not (PROGRAMS / "initdb").exists():
    skip("PostgreSQL 15 is not installed (Debian package postgresql)")


@contextlib.contextmanager
def postgresql():
    here = tempfile.mkdtemp(prefix="loccit-pg.")
    as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
    if as_nobody:
        shutil.chown(here, "nobody", "nogroup")

    def pg(*arguments):
        done = subprocess.run([*as_nobody, *arguments], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        assert done.returncode == 0, arguments

    pg(PROGRAMS / "initdb", "-D", f"{here}/data", "-U", "loccit", "-A", "trust", "-E", "UTF8", "--no-sync")
    pg(PROGRAMS / "pg_ctl", "-w", "-D", f"{here}/data", "-l", f"{here}/log", "-o",
       f"-c listen_addresses= -c unix_socket_directories={here} -c fsync=off", "start")
    try:
        pg(PROGRAMS / "createdb", "-h", here, "-U", "loccit", "registry")
        yield f"postgresql://loccit@/registry?host={here}"
    finally:
        pg(PROGRAMS / "pg_ctl", "-w", "-D", f"{here}/data", "-m", "immediate", "stop")
        shutil.rmtree(here, ignore_errors=True)


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


with folder() as here, postgresql() as registry, site(page) as port:
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
    done = sum(int(line.split(": ")[1].split()[0]) for line in fleet.splitlines() if " in 24 hours" in line)
    assert done == len(urls), fleet
    broken = run("check", "a.json", "--registry", "postgresql:///none?host=/nowhere", *local(port), cwd=here)
    checked(broken, 3, "a registry out of reach")
    assert "registry" in broken.stderr and "nothing was checked" in broken.stderr, broken.stderr
print("workers: each URL once\n" + fleet)
