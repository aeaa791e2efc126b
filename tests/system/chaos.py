#!/usr/bin/env python3
"""Workers over PostgreSQL and an S3 store, while all of it dies again and again: 4 workers, each in a network namespace of its own.

    tests/system/chaos.py --citations 50000 --hosts 1000 --kills 100 --crashes 10 --store-stops 10 --cuts 10     (as root: namespaces)

Demands, and prints the counts: every citation has exactly one result that counts in each round, however often its worker was killed;
every snapshot that the registry names is in the store and has its digest; no host was asked twice within the delay; every change
was told, and none under two ids. Rounds go on until all of it has happened; in the second one some pages lose a "not" of meaning."""
import argparse
import array
import asyncio
import collections
import gzip
import hashlib
import json
import os
import pathlib
import random
import re
import signal
import socket
import struct
import subprocess
import sys
import time

from postgresql import Postgresql
from support import LOCCIT, folder, manifest, skip
from swift import Swift

ADDRESS = "10.77.0.1"
PER_DOCUMENT = 500


def quote(number):
    return f"Lamp number {number} of the long road is not lit before the bell of the harbour has been heard twice"


# The web: one process, all hosts. When a request came in is asked of the kernel, since this process may be late to read it.
class Web(asyncio.Protocol):
    log = None
    altered = False

    def connection_made(self, transport):
        self.transport, self.buffer = transport, b""
        self.socket = transport.get_extra_info("socket")
        self.worker = int(transport.get_extra_info("peername")[0].split(".")[2]) - 1

    def data_received(self, data):
        since = struct.unpack_from("I", self.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104), 52)[0]
        came = time.monotonic() - since / 1000
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            path = head.split(b" ", 2)[1].decode()
            host = re.search(rb"\r\n[Hh]ost: ([^\r\n]+)", head).group(1).decode()
            Web.log.write(f"{host} {path} {self.worker} {came:.4f}\n")
            self.transport.write(self.answer(path))

    def answer(self, path):
        if not path[1:].isdigit():
            return b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nnone"
        words = quote(int(path[1:]))
        if Web.altered and int(path[1:]) % 50 == 0:
            words = words.replace("is not lit", "is lit")
        body = f"<html><head><title>The lamps</title></head><body><h1>The lamps</h1><p>{words}, and nobody doubts it here.</p></body></html>".encode()
        return b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body


async def serve_web(log):
    Web.log = open(log, "w", buffering=1 << 16)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Web, ADDRESS, 0, backlog=1024)
    loop.add_signal_handler(signal.SIGUSR1, lambda: setattr(Web, "altered", True))
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    print(server.sockets[0].getsockname()[1], flush=True)
    await ended.wait()
    Web.log.close()


def ip(*arguments, check=True):
    subprocess.run(["ip", *arguments], check=check, capture_output=True)


class Network:
    """A namespace for each worker, and the services' address outside of them."""

    def __init__(self, workers):
        if os.getuid() != 0:
            skip("network namespaces need root")
        self.names = [f"loccit{os.getpid() % 10000}w{i}" for i in range(workers)]
        ip("addr", "add", f"{ADDRESS}/32", "dev", "lo")
        for i, name in enumerate(self.names):
            ip("netns", "add", name)
            ip("link", "add", f"lchaos{i}", "type", "veth", "peer", "name", "inside", "netns", name)
            ip("addr", "add", f"10.77.{i + 1}.1/30", "dev", f"lchaos{i}")
            ip("link", "set", f"lchaos{i}", "up")
            ip("-n", name, "addr", "add", f"10.77.{i + 1}.2/30", "dev", "inside")
            ip("-n", name, "link", "set", "inside", "up")
            ip("-n", name, "link", "set", "lo", "up")
            ip("-n", name, "route", "add", "default", "via", f"10.77.{i + 1}.1")

    def cut(self, worker):
        ip("link", "set", f"lchaos{worker}", "down")

    def mend(self, worker):
        ip("link", "set", f"lchaos{worker}", "up")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for name in self.names:
            ip("netns", "del", name, check=False)
        ip("addr", "del", f"{ADDRESS}/32", "dev", "lo", check=False)


class Chaos:
    def __init__(self, options, here, network, database, store, port):
        self.options, self.here, self.network, self.database, self.store = options, here, network, database, store
        self.common = ["--connect-to", f"::{ADDRESS}:{port}", "--allow-net", "10.77.0.0/16", "--delay", str(options.delay), "--retries", "1", "--timeout", "10"]
        self.random = random.Random(options.seed)
        self.workers = [None] * options.workers
        self.started = 0
        self.happened = collections.Counter()
        events = {"kill": options.kills, "crash": options.crashes, "store": options.store_stops, "cut": options.cuts}
        self.to_come = [what for what, times in events.items() for _ in range(times)]
        self.random.shuffle(self.to_come)
        self.cuts = []  # (worker, from, until)
        self.ahead = []  # (when, what to do): the ends of what was begun
        (here / "told").mkdir()
        for i in range(options.workers):
            (here / f"worker{i}").mkdir()

    def start(self, i):
        self.started += 1
        told = self.here / "told"
        log = open(self.here / f"worker{i}/log", "a")
        self.workers[i] = subprocess.Popen(
            ["ip", "netns", "exec", self.network.names[i], LOCCIT, "worker", "--registry", self.database.url, "--archive", self.store.place("fleet"),
             "--name", f"w{i}.{self.started}", "--slots", str(self.options.slots), "--lease", str(self.options.lease), "--log-format", "json",
             "--notify-command", f"cat >{told}/$(date +%s%N)-$$", *self.common],
            cwd=self.here / f"worker{i}", env=self.store.environment, stdout=log, stderr=log)

    def enrol(self):
        """A watch that is told of the documents and killed before it looks at them."""
        files = []
        for begin in range(0, self.options.citations, PER_DOCUMENT):
            numbers = range(begin, min(begin + PER_DOCUMENT, self.options.citations))
            file = self.here / f"d{begin // PER_DOCUMENT}.json"
            file.write_text(manifest(*((f"http://host{n % self.options.hosts}.test/{n}", quote(n)) for n in numbers)))
            files.append(file.name)
        unreachable = ["--connect-to", "::127.0.0.1:1", "--allow-net", "127.0.0.0/8", "--delay", "60"]
        watch = subprocess.Popen([LOCCIT, "watch", *files, "--registry", self.database.url, *unreachable], cwd=self.here, stdout=subprocess.PIPE)
        watch.stdout.readline()
        watch.kill()
        watch.wait()
        found = int(self.database.ask("SELECT count(*) FROM citation WHERE manifest <> ''")[0][0])
        assert found == self.options.citations, f"{found} citations are enrolled"

    def happen(self, what):
        self.happened[what] += 1
        i = self.random.randrange(len(self.workers))
        now = time.monotonic()
        if what == "kill":
            self.workers[i].kill()
            self.workers[i].wait()
            self.start(i)
        elif what == "crash":
            self.database.stop_at_once()
            time.sleep(self.random.uniform(0.2, 3))
            self.database.start()
        elif what == "store":
            self.store.stop()
            self.ahead.append((now + self.random.uniform(1, 8), self.store.start))
        elif what == "cut":
            self.network.cut(i)
            self.ahead.append((now + self.random.uniform(2, 30), lambda: self.mend(i, now)))

    def mend(self, i, begun):
        self.network.mend(i)
        self.cuts.append((i, begun, time.monotonic()))

    def unsent(self):
        return int(self.database.ask("SELECT count(*) FROM notice WHERE sent_at IS NULL")[0][0])

    def due(self):
        return int(self.database.ask(f"SELECT count(*) FROM citation WHERE next_look <= {int(time.time() * 1e6)}")[0][0])

    def round(self):
        next_event = time.monotonic() + 2
        next_look = 0
        begun = time.monotonic()
        while True:
            now = time.monotonic()
            for end in [end for end in self.ahead if end[0] <= now]:
                self.ahead.remove(end)
                end[1]()
            if self.to_come and now >= next_event and not (self.to_come[-1] == "store" and any(e[1] == self.store.start for e in self.ahead)):
                self.happen(self.to_come.pop())
                next_event = time.monotonic() + self.random.uniform(0.3, 1.7) * self.options.every
            for i, worker in enumerate(self.workers):
                assert worker.poll() is None, f"worker {i} ended by itself with {worker.returncode}, see {self.here}/worker{i}/log"
            if now >= next_look:
                due = self.due()
                if due == 0:
                    return time.monotonic() - begun
                print(f"  {now - begun:5.0f} s: {due} due, {dict(self.happened)}", flush=True)
                next_look = now + 10
                assert now - begun < self.options.round_limit, "the round does not end"
            time.sleep(0.2)

    def end(self):
        for _, finish in self.ahead:
            finish()
        patience = time.monotonic() + 600  # what a killed worker had in hand, another tells after five minutes
        while self.unsent() > 0:
            assert time.monotonic() < patience, f"{self.unsent()} changes are never told"
            time.sleep(1)
        for worker in self.workers:
            worker.terminate()
        for i, worker in enumerate(self.workers):
            assert worker.wait(timeout=120) == 0, f"worker {i} ends with {worker.returncode} on SIGTERM, see {self.here}/worker{i}/log"


def payloads(store):
    """SHA-256 of what each response record in the store holds, by record id; read without loccit."""
    found = {}
    for name in store.names():
        rest = store.read(name)
        text = gzip.decompress(rest)
        at = 0
        while at < len(text):
            end = text.index(b"\r\n\r\n", at)
            head = dict(line.split(b": ", 1) for line in text[at:end].split(b"\r\n")[1:])
            begin, size = end + 4, int(head[b"Content-Length"])
            if head[b"WARC-Type"] == b"response":
                block = text[begin:begin + size]
                found[head[b"WARC-Record-ID"].strip(b"<>").decode()] = hashlib.sha256(block.split(b"\r\n\r\n", 1)[1]).hexdigest()
            elif head[b"WARC-Type"] in (b"revisit", b"metadata"):
                found.setdefault(head[b"WARC-Record-ID"].strip(b"<>").decode(), None)
            at = begin + size + 4
    return found


def gaps(log, cuts):
    """Between two requests at one host. What a worker sent apart while its network was cut, TCP delivers together when it is mended:
    such pairs are counted by themselves."""
    def delayed(worker, came):
        return any(worker == cut and begun <= came <= mended + 15 for cut, begun, mended in cuts)

    last, found, excused = {}, array.array("d"), 0
    for line in sorted(open(log), key=lambda line: float(line.rsplit(" ", 1)[1])):
        host, _, worker, came = line.split(" ")
        worker, came = int(worker), float(came)
        if host in last:
            if delayed(worker, came) or delayed(*last[host]):
                excused += 1
            else:
                found.append(came - last[host][1])
        last[host] = (worker, came)
    return found, excused


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in {"citations": 2000, "hosts": 100, "workers": 4, "kills": 8, "crashes": 2, "store-stops": 2, "cuts": 2, "slots": 60, "lease": 15, "seed": 3,
                        "round-limit": 3000}.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--delay", type=float, default=0.5)
    parser.add_argument("--every", type=float, default=4, help="seconds between two events, on average")
    options = parser.parse_args()
    if sys.flags.optimize:
        sys.exit("this test is made of assertions")
    with folder() as here, Network(options.workers) as network, Postgresql(durable=True, address=ADDRESS) as database:
        os.chmod(here, 0o755)
        store = Swift(here / "swift", ADDRESS)
        web = subprocess.Popen([sys.executable, __file__, "--web", here / "web.log"], stdout=subprocess.PIPE, text=True)
        chaos = Chaos(options, here, network, database, store, int(web.stdout.readline()))
        try:
            begun = time.monotonic()
            chaos.enrol()
            print(f"{options.citations} citations over {options.hosts} hosts enrolled in {time.monotonic() - begun:.0f} s", flush=True)
            for i in range(options.workers):
                chaos.start(i)
            rounds = 0
            while rounds < 2 or chaos.to_come:
                if rounds == 1:
                    web.send_signal(signal.SIGUSR1)
                if rounds > 0:
                    database.all_is_due()
                took = chaos.round()
                rounds += 1
                print(f"round {rounds}: {took:.0f} s, {options.citations / took:.0f} citations a second", flush=True)
            chaos.end()
            web.terminate()
            web.wait()

            counts = dict((int(n), int(of)) for n, of in database.ask(
                "SELECT n, count(*) FROM (SELECT o.citation_id, count(*) AS n FROM citation_outcome o JOIN check_run r ON r.id = o.check_id WHERE r.late = 0 "
                "GROUP BY o.citation_id) AS t GROUP BY n"))
            late = int(database.ask("SELECT count(*) FROM citation_outcome o JOIN check_run r ON r.id = o.check_id WHERE r.late = 1")[0][0])
            named = dict(database.ask("SELECT DISTINCT snapshot_id, snapshot_sha256 FROM link_outcome WHERE snapshot_id <> ''"))
            stored = payloads(store)
            lost = [one for one in named if one not in stored]
            broken = [one for one, digest in named.items() if digest and stored.get(one) not in (None, digest)]
            between, excused = gaps(here / "web.log", chaos.cuts)
            close = [gap for gap in between if gap < options.delay * 0.9]
            told = collections.Counter(notice["id"] for file in (here / "told").iterdir() if file.stat().st_size for notice in json.loads(file.read_text())["notices"])
            noted = {key for (key,) in database.ask("SELECT key FROM notice")}
            twice = database.ask("SELECT citation_id FROM notice WHERE kind = 'change' GROUP BY citation_id HAVING count(*) > 1")
            print(f"\n{options.workers} workers, {options.citations} citations over {options.hosts} hosts, {rounds} rounds, {time.monotonic() - begun:.0f} s; "
                  f"{chaos.happened['kill']} kills, {chaos.happened['crash']} crashes of the database, store stopped {chaos.happened['store']} times, network cut {chaos.happened['cut']} times")
            print(f"citations by results that count: {counts}; too late, kept as history: {late}")
            print(f"snapshots named by the registry: {len(named)}; not in the store: {len(lost)}; with another digest: {len(broken)}")
            print(f"pauses between two requests at one host: {len(between)}, the shortest {min(between):.3f} s of {options.delay}; below nine tenths of it: {len(close)}; "
                  f"not counted, since a cut network had held them up: {excused}")
            print(f"changes noted: {len(noted)}; told: {len(told)}; told again under the same id: {sum(told.values()) - len(told)}; still to be told: {chaos.unsent()}; citations with two: {len(twice)}")
            assert counts == {rounds: options.citations}, "not every citation has one result a round"
            assert not lost and not broken, (lost[:3], broken[:3])
            assert not close, sorted(close)[:10]
            assert noted and set(told) == noted and not twice, "changes were lost or made up"
            # A worker killed between the sending and the note of it: a document's changes once more, under the same ids.
            assert sum(told.values()) - len(told) <= PER_DOCUMENT // 50 * chaos.happened["kill"], "told again without anybody having died"
            print("nothing lost, nothing twice")
        finally:
            for worker in chaos.workers:
                if worker:
                    worker.kill()
            web.kill()
            store.stop()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--web"]:
        asyncio.run(serve_web(sys.argv[2]))
    else:
        main()
