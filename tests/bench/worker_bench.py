#!/usr/bin/env python3
"""1, 2 and 4 workers over PostgreSQL beside the single-machine run, politeness off: tests/bench/worker_bench.py [--loccit build/release/loccit] [--store]

The same pages from nginx on loopback each time. What counts is processor time a page, of loccit and of PostgreSQL: registry and
store may cost 25 % of the single-machine run. With --store the snapshots go to Swift (its own time is told apart: Python serves it)."""
import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "system"))
from check_bench import ROOT, Nginx, make_site, manifest, measured  # noqa: E402
from postgresql import Postgresql  # noqa: E402
from swift import Swift  # noqa: E402

HOSTS = 100


def workers(arguments, work, database, common, number, store):
    database.all_is_due()
    places = [store.place(f"w{i}") if store else f"w{number}-{i}" for i in range(number)]
    before = database.processor_seconds()
    begun = time.monotonic()
    children = [subprocess.Popen([arguments.loccit, "worker", "--once", "-q", "--name", f"{number}.{i}", "--registry", database.url, "--archive", place, *common],
                                 cwd=work, env=store.environment if store else None) for i, place in enumerate(places)]
    processor = peak = 0
    for child in children:
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit("a worker failed")
        processor += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss / 1024)
    wall = time.monotonic() - begun
    return wall, processor, database.processor_seconds() - before, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loccit", type=lambda p: pathlib.Path(p).resolve(), default=ROOT / "build/release/loccit")
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--size", type=int, default=170_000)
    parser.add_argument("--store", action="store_true", help="snapshots to Swift instead of a folder of each worker")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="loccit-bench-") as folder, Postgresql(durable=True) as database:
        work = pathlib.Path(folder)
        os.chmod(work, 0o755)
        store = Swift(work / "swift") if arguments.store else None
        site = work / "site"
        site.mkdir()
        quotes = make_site(site, arguments.pages, arguments.size)
        nginx = Nginx(site)
        urls = [f"http://host{i % HOSTS}.example/{i}.html" for i in range(arguments.pages)]
        (work / "m.json").write_text(manifest(list(zip(urls, quotes))))
        common = ["--connect-to", f"::127.0.0.1:{nginx.port}", "--allow-net", "127.0.0.0/8", "--delay", "0", "--per-host", "16",
                  "--concurrency", "16", "--ignore-robots"]
        try:
            # Enrols everything in PostgreSQL; and once more with SQLite and a folder, which is what is compared with.
            measured([arguments.loccit, "check", "m.json", "--registry", database.url, "--archive", "first", "-q", *common], work)
            single = measured([arguments.loccit, "check", "m.json", "--archive", "single", "-q", *common], work)
            print(f"{arguments.pages} pages of {HOSTS} hosts, snapshots in {'Swift' if store else 'folders'}\n")
            print("| run | pages/s | CPU ms a page | of it PostgreSQL | to the single run | peak MB |\n|---|---|---|---|---|---|")
            print(f"| check, SQLite, a folder | {arguments.pages / single[0]:.0f} | {single[1] / arguments.pages * 1000:.2f} | | 1 | {single[2]:.0f} |")
            for number in (1, 2, 4):
                wall, ours, theirs, peak = workers(arguments, work, database, common, number, store)
                done = int(database.ask(f"SELECT sum(outcomes) FROM worker WHERE name LIKE '{number}.%'")[0][0])
                if done != arguments.pages:
                    sys.exit(f"{done} of {arguments.pages} citations were looked at")
                print(f"| {number} worker{'s' if number > 1 else ''} | {arguments.pages / wall:.0f} | {(ours + theirs) / arguments.pages * 1000:.2f} | "
                      f"{theirs / arguments.pages * 1000:.2f} | {(ours + theirs) / single[1]:.2f} | {peak:.0f} |", flush=True)
                for left in work.glob(f"w{number}-*"):
                    shutil.rmtree(left)
        finally:
            nginx.stop()
            if store:
                store.stop()


main()
