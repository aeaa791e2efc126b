#!/usr/bin/env python3
"""`serve` under load: tests/bench/serve_load.py [--loccit build/release/loccit] [--seconds 30]

Debian's wrk, 64 connections, over pages of every kind, turn by turn. Demands: no error, 99 % of the answers within 100 ms, and memory
that stays as it is. Prints the same for each kind alone, three seconds each."""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--loccit", type=lambda p: pathlib.Path(p).resolve(), default=ROOT / "build/release/loccit")
parser.add_argument("--seconds", type=int, default=30)
parser.add_argument("--citations", type=int, default=200)
parser.add_argument("--p99", type=float, default=100, help="milliseconds; 0: only printed")
arguments = parser.parse_args()
os.environ["LOCCIT"] = str(arguments.loccit)
sys.path.insert(0, str(ROOT / "tests/system"))
from support import folder, local, manifest, need, run, serving, site  # noqa: E402

need("wrk")


def page(number, check):
    words = " ".join(f"Sentence {i} of page {number} tells of the lamps on the harbour road." for i in range(200))
    return f"<html><head><title>Page {number}</title></head><body><p>{words}</p><p>{quote(number, check)}</p></body></html>"


def quote(number, check=0):
    return f"Lamp {number} of the road is {'not ' if check == 0 or number % 5 else ''}lit before the bell has been heard."


def make_archive(here):
    names = []
    for document in range(10):
        numbers = range(document * arguments.citations // 10, (document + 1) * arguments.citations // 10)
        (here / f"letter{document}.json").write_text(manifest(*((f"http://host{n % 40}.example/{n}", quote(n)) for n in numbers)))
        names.append(f"letter{document}.json")
    for check in range(3):
        with site(lambda handler: (200, "text/html", page(int(handler.path[1:]), check)) if handler.path[1:].isdigit() else (404, "text/plain", "none")) as port:
            for name in names:
                assert run("check", name, "--archive", "a", "-q", *local(port), cwd=here).returncode in (0, 1)
    return names


def memory(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", pathlib.Path(f"/proc/{pid}/status").read_text()).group(1)) / 1024


def load(address, paths, seconds, script):
    script.write_text("local n = 0\nlocal paths = {" + ",".join(json.dumps(path) for path in paths) + "}\n"
                      "request = function() n = n + 1; return wrk.format('GET', paths[n % #paths + 1]) end\n")
    said = subprocess.run(["wrk", "-t2", "-c64", f"-d{seconds}s", "--timeout", "10s", "--latency", "-s", script, address], capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said.stdout).groups()
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said.stdout).group(1))
    errors = re.findall(r"(Socket errors.*|Non-2xx.*)", said.stdout)
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit], errors


with folder() as here:
    names = make_archive(here)
    with serving("--archive", "a", "--listen", "127.0.0.1:0", cwd=here) as address:
        def get(path):
            return urllib.request.urlopen(address + path, timeout=30).read().decode()

        pid = subprocess.run(["pgrep", "-n", "-x", "loccit"], capture_output=True, text=True).stdout.strip()
        citations = json.loads(get("/api/v1/citations?limit=100"))["citations"]
        number = citations[7]["id"]
        snapshot = re.search(r"/snapshot/([0-9a-f-]+)", get(f"/citation/{number}")).group(1)
        url = urllib.parse.quote("http://host7.example/7", safe=":/")
        kinds = {
            "front page": ["/"], "document": [f"/document?name={name}" for name in names], "citation": [f"/citation/{c['id']}" for c in citations[:50]],
            "changes": ["/changes"], "search": ["/search?q=lamp", "/search?q=nothing+at+all"], "snapshot": [f"/snapshot/{snapshot}"],
            "text": [f"/snapshot/{snapshot}/text"], "replay": [f"/replay/{snapshot}"], "API": ["/api/v1/documents", f"/api/v1/citations/{number}"],
            "Memento": [f"/timemap/link/{url}"], "metrics": ["/metrics"], "health": ["/healthz"]}
        for paths in kinds.values():
            for path in paths:
                get(path)
        print("| pages | answers/s | 99 % within ms | errors |\n|---|---|---|---|")
        for name, paths in kinds.items():
            rate, slowest, errors = load(address, paths, 3, here / "wrk.lua")
            print(f"| {name} | {rate:.0f} | {slowest:.1f} | {'; '.join(errors) or 'none'} |", flush=True)
        turns = [path for turn in range(10) for paths in kinds.values() for path in [paths[turn % len(paths)]]]
        load(address, turns, max(3, arguments.seconds // 6), here / "wrk.lua")  # so that every thread has worked
        before = memory(pid)
        rate, slowest, errors = load(address, turns, arguments.seconds, here / "wrk.lua")
        after = memory(pid)
        print(f"| all, turn by turn, {arguments.seconds} s | {rate:.0f} | {slowest:.1f} | {'; '.join(errors) or 'none'} |\n\nmemory: {before:.1f} MB before, {after:.1f} MB after")
        assert not errors, errors
        assert after < before * 1.1 + 2, "memory grows"
        assert not arguments.p99 or slowest < arguments.p99, f"99 % within {slowest} ms only"
