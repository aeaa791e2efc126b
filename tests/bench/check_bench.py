#!/usr/bin/env python3
"""The whole job against its peers in the same run, or against the clock: tests/bench/check_bench.py {throughput,polite,linear} --loccit build/release/loccit

throughput: 2,000 pages of 170 KB on average from nginx on loopback, politeness off: loccit check (fetch, SHA-256, WARC, extraction,
            verdict, report) beside `wget --warc-file` and `curl --parallel` to /dev/null, turn by turn; medians and ratios.
polite:     20,000 URLs over 500 hosts, 1 s between two requests to one host, against the theoretical shortest schedule.
linear:     time and memory of 2,000 and of 20,000 citations.
"""
import argparse
import html
import json
import os
import pathlib
import random
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


def prose(rng):
    """Words in the manner of the repository's own documents, without end: each after one that it follows there."""
    text = []
    for file in sorted(ROOT.glob("docs/*.md")) + sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("cli/demo_data/*.txt")):
        text += file.read_text(encoding="utf-8").replace("|", " ").split()
    after = {}
    for word, following in zip(text, text[1:]):
        after.setdefault(word, []).append(following)
    word = text[0]
    while True:
        word = rng.choice(after.get(word) or text)
        yield html.escape(word)


def page(number, size, rng, words):
    """An article amid markup, about as a news site has it: a third is words, the rest is tags, scripts and styles."""
    def take(count):
        return " ".join(next(words) for _ in range(count))

    quote = f"Statement number {number} says that every lamp from mile {number % 97} to mile {number % 89} of the road is lit from dusk on"
    parts = [f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Statement {number}</title>"]
    length = 0

    def add(text):
        nonlocal length
        parts.append(text)
        length += len(text)

    add("<style>" + "".join(f".c-{i}{{margin:{rng.randrange(9)}px 0;padding:0;color:#{rng.randrange(16):x}{rng.randrange(16):x}0}}" for i in range(300)) + "</style></head><body>")
    add("<nav><ul>" + "".join(f'<li class="menu-item menu-item-{i}"><a href="/section/{i}">{take(2)}</a></li>' for i in range(120)) + "</ul></nav><main>")
    add(f"<p>{quote}.</p>")
    while length < size:
        kind = rng.random()
        if kind < 0.45:
            add(f'<p class="article__text" data-block="{length}">{take(rng.randrange(20, 90))}.</p>\n')
        elif kind < 0.8:
            add(f'<div class="card card--{length % 7}"><div class="card__inner"><a href="/news/2026/{length % 12}/{length}.html" class="card__link"><img src="/images/thumbs/{length}-320x200.jpg" '
                f'srcset="/images/thumbs/{length}-640x400.jpg 2x" alt="" loading="lazy"><span class="card__title">{take(9)}</span></a></div></div>\n')
        else:
            add("<script>window.dataLayer=window.dataLayer||[];window.dataLayer.push(" + json.dumps({"id": rng.getrandbits(32), "tags": [take(1) for _ in range(8)], "position": length}) + ");</script>\n")
    add("</main><footer><p>All rights reserved.</p></footer></body></html>")
    return quote, "".join(parts)


def make_site(folder, count, average):
    rng = random.Random(7)
    words = prose(rng)
    quotes = []
    for number in range(count):
        size = int(min(max(rng.lognormvariate(0, 0.6) * average * 0.83, 8_000), average * 6))
        quote, body = page(number, size, rng, words)
        (folder / f"{number}.html").write_text(body, encoding="utf-8")
        quotes.append(quote)
    return quotes


class Nginx:
    def __init__(self, root, listen="127.0.0.1", workers=1):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="loccit-nginx-"))
        with socket.socket() as s:
            s.bind((listen, 0))
            self.port = s.getsockname()[1]
        (self.home / "conf").write_text(f"""
worker_processes {workers}; daemon off; pid {self.home}/pid; error_log {self.home}/error.log;
events {{ worker_connections 4096; }}
http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; types {{ text/html html; }}
  client_body_temp_path {self.home}; proxy_temp_path {self.home}; fastcgi_temp_path {self.home}; uwsgi_temp_path {self.home}; scgi_temp_path {self.home};
  server {{ listen {listen}:{self.port} backlog=4096; root {root}; charset utf-8; }} }}
""")
        program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        self.process = subprocess.Popen([program, "-c", self.home / "conf", "-p", self.home])
        for _ in range(100):
            with socket.socket() as s:
                if s.connect_ex((listen, self.port)) == 0:
                    return
            time.sleep(0.05)
        sys.exit("nginx does not start")

    def stop(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.home)


def measured(command, cwd, ok=(0,)):
    """Wall and CPU seconds and peak memory (MB) of a command and its children."""
    begun = time.monotonic()
    child = subprocess.Popen([str(part) for part in command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begun
    if child.returncode not in ok:
        sys.exit(f"{command[0]} failed ({child.returncode}): {said[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def manifest(citations):
    sources = [{"id": str(i), "label": str(i), "note": "", "urls": [url], "kind": "web", "translated": False} for i, (url, _) in enumerate(citations)]
    cites = [{"id": f"c{i}", "heading": [], "title": "", "place": "", "date": "", "quote": quote, "sources": [str(i)]} for i, (_, quote) in enumerate(citations)]
    return json.dumps({"schema": "loccit.manifest/1", "document": {"title": "", "file": "bench.json"}, "sources": sources, "citations": cites})


def must_be_intact(report, count):
    summary = json.loads(report.read_text())["summary"]
    if summary["intact"] != count:
        print(json.loads(report.read_text())["citations"][0])
        sys.exit(f"not all are intact: {summary}")


def throughput(arguments, work):
    site = work / "site"
    site.mkdir()
    quotes = make_site(site, arguments.pages, arguments.size)
    total = sum(f.stat().st_size for f in site.iterdir())
    nginx = Nginx(site)
    base = f"http://127.0.0.1:{nginx.port}"
    urls = [f"{base}/{i}.html" for i in range(arguments.pages)]
    (work / "list").write_text("\n".join(urls))
    (work / "curl").write_text("\n".join(f'url={u}\noutput=/dev/null' for u in urls))
    (work / "m.json").write_text(manifest(list(zip(urls, quotes))))
    commands = {
        "loccit check": [arguments.loccit, "check", "m.json", "--archive", "a", "--json", "r.json", "-q", "--allow-net", "127.0.0.0/8", "--delay", "0",
                         "--per-host", "16", "--concurrency", "16", "--ignore-robots"],
        "wget --warc-file": ["wget", "-q", "-i", "list", "-O", "/dev/null", "--warc-file=w"],
        "curl --parallel": ["curl", "-s", "--parallel", "--parallel-max", "16", "-K", "curl"],
    }
    runs = {name: [] for name in commands}
    try:
        for _ in range(arguments.runs):
            for name, command in commands.items():
                shutil.rmtree(work / "a", ignore_errors=True)
                for left in work.glob("w.warc*"):
                    left.unlink()
                os.sync()
                runs[name].append(measured(command, work))
                if name == "loccit check":
                    must_be_intact(work / "r.json", arguments.pages)
    finally:
        nginx.stop()
    print(f"{arguments.pages} pages, {total / arguments.pages / 1000:.0f} KB on average, {arguments.runs} runs turn by turn, medians:\n")
    print("| program | wall s | pages/s | CPU ms a page | peak MB |\n|---|---|---|---|---|")
    median = {name: [statistics.median(values) for values in zip(*found)] for name, found in runs.items()}
    for name, (wall, cpu, peak) in median.items():
        print(f"| {name} | {wall:.2f} | {arguments.pages / wall:.0f} | {cpu / arguments.pages * 1000:.2f} | {peak:.0f} |")
    ours, wget = median["loccit check"], median["wget --warc-file"]
    print(f"\nwall: 1/{wget[0] / ours[0]:.1f} of wget's (promised 1/8); CPU a page: {ours[1] / wget[1]:.2f} of wget's (promised 0.5)")


def polite(arguments, work):
    site = work / "site"
    site.mkdir()
    quotes = make_site(site, 40, 8_000)
    nginx = Nginx(site)
    hosts, each = arguments.hosts, arguments.urls // arguments.hosts
    citations = [(f"http://h{h}.example/{i}.html", quotes[i]) for i in range(each) for h in range(hosts)]
    (work / "m.json").write_text(manifest(citations))
    # The shortest schedule: on each host robots.txt and its pages, one second between two starts.
    shortest = each * arguments.delay
    try:
        wall, cpu, peak = measured([arguments.loccit, "check", "m.json", "--archive", "a", "--json", "r.json", "-q", "--allow-net", "127.0.0.0/8",
                                    "--connect-to", f"::127.0.0.1:{nginx.port}", "--delay", arguments.delay, "--concurrency", "256"], work)
        must_be_intact(work / "r.json", len(citations))
    finally:
        nginx.stop()
    print(f"{len(citations)} URLs over {hosts} hosts, {arguments.delay} s between two requests to one: {wall:.1f} s, "
          f"{wall / shortest:.2f} times the shortest schedule ({shortest:.0f} s); CPU {cpu:.1f} s, peak {peak:.0f} MB")


def linear(arguments, work):
    site = work / "site"
    site.mkdir()
    count = 20_000
    quotes = make_site(site, count, 20_000)
    nginx = Nginx(site)
    found = {}
    try:
        for run in range(arguments.runs):
            for n in (2_000, count):
                (work / "m.json").write_text(manifest([(f"http://127.0.0.1:{nginx.port}/{i}.html", quotes[i]) for i in range(n)]))
                shutil.rmtree(work / "a", ignore_errors=True)
                found.setdefault(n, []).append(measured([arguments.loccit, "check", "m.json", "--archive", "a", "--json", "r.json", "-q", "--allow-net", "127.0.0.0/8",
                                                         "--delay", "0", "--per-host", "16", "--concurrency", "16", "--ignore-robots"], work))
                must_be_intact(work / "r.json", n)
    finally:
        nginx.stop()
    print("| citations | wall ms each | CPU ms each | peak MB |\n|---|---|---|---|")
    median = {n: [statistics.median(values) for values in zip(*runs)] for n, runs in found.items()}
    for n, (wall, cpu, peak) in median.items():
        print(f"| {n} | {wall / n * 1000:.3f} | {cpu / n * 1000:.3f} | {peak:.0f} |")
    small, large = median[2_000], median[count]
    print(f"\nper citation: wall {large[0] / small[0] / 10:.2f}, CPU {large[1] / small[1] / 10:.2f} times (promised 1.1)")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["throughput", "polite", "linear"])
    parser.add_argument("--loccit", type=lambda p: pathlib.Path(p).resolve(), default=ROOT / "build/release/loccit")
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--size", type=int, default=170_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--urls", type=int, default=20_000)
    parser.add_argument("--hosts", type=int, default=500)
    parser.add_argument("--delay", type=float, default=1.0)
    arguments = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory(prefix="loccit-bench-") as folder:
        os.chmod(folder, 0o755)  # nginx's workers are another user where this one is root
        {"throughput": throughput, "polite": polite, "linear": linear}[arguments.what](arguments, pathlib.Path(folder))
