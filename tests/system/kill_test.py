#!/usr/bin/env python3
"""kill -9 in mid-run at random moments: after each the archive opens, every record reported as archived is there and right, and the run goes on.
LOCCIT_KILLS says how often (5; 50 by night), LOCCIT_SEED repeats a night."""
import collections
import hashlib
import json
import os
import random
import re
import subprocess
import sys
import time
import zlib

from support import LOCCIT, folder, local, manifest, run, site

KILLS = int(os.environ.get("LOCCIT_KILLS", "5"))
SEED = int(os.environ.get("LOCCIT_SEED", random.randrange(1 << 30)))
PAGES = 60
random.seed(SEED)
WORDS = "The lamps on the causeway are old, but they are sound"
asked = collections.Counter()


def answer(handler):
    time.sleep(random.random() / 50)
    asked[handler.headers["Host"].split(":")[0]] += 1
    filler = "".join(f"<p>{random.random()}</p>" for _ in range(random.randrange(2000)))
    return 200, "text/html; charset=utf-8", f"<html><head><title>{handler.headers['Host']}</title></head><body><p>{WORDS}.</p>{filler}</body></html>"


def members(file, start):
    """The gzip members of a file from `start` to the first that is torn, each with the place where it ends."""
    with open(file, "rb") as data:
        while True:
            data.seek(start)
            unpacker, member = zlib.decompressobj(31), b""
            try:
                while not unpacker.eof and (piece := data.read(1 << 14)):
                    member += unpacker.decompress(piece)
            except zlib.error:
                return
            if not unpacker.eof:
                return
            start = data.tell() - len(unpacker.unused_data)
            yield member, start


held, read_to = {}, collections.Counter()


def read_records(archive):
    """Adds to `held` what the WARC files hold beyond what was read of them, by record id: type, SHA-256 of the payload (computed, not believed), and what the record says it is."""
    for file in sorted((archive / "archive").glob("*.warc.gz")):
        for member, end in members(file, read_to[file.name]):
            head, _, rest = member.partition(b"\r\n\r\n")
            fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
            block = rest[:int(fields["Content-Length"])]
            said = fields.get("WARC-Block-Digest", "")
            assert said in ("", "sha256:" + hashlib.sha256(block).hexdigest()), f"a block of {file.name} is not what its digest says"
            payload = block.partition(b"\r\n\r\n")[2]
            held[fields["WARC-Record-ID"].strip("<>")] = (fields["WARC-Type"], hashlib.sha256(payload).hexdigest(), fields.get("WARC-Payload-Digest", ""))
            read_to[file.name] = end


def reported(text):
    return re.findall(r"^loccit: archived (\S+) (\S+) (\S+) (\S+)\n", text, re.MULTILINE)


def must_hold(archive, lines):
    read_records(archive)
    for identity, status, sha256, url in lines:
        assert identity in held, f"{url} was reported as archived, and {identity} is not there"
        kind, payload, said = held[identity]
        right = {"response": payload == sha256, "revisit": said.endswith(sha256), "metadata": status == "failed"}
        assert right.get(kind), f"{url}: record {identity} ({kind}) does not hold what was reported"


with folder() as here, site(answer) as port:
    (here / "m.json").write_text(manifest(*[(f"http://h{i}.example/page", WORDS) for i in range(PAGES)]))
    command = [LOCCIT, "check", "m.json", "--archive", "a", "-v", "--ignore-robots", "--concurrency", "4", *local(port)]
    begun = time.monotonic()  # how long a whole run takes on this machine, so that every moment of one is hit
    whole = run(*command[1:], cwd=here)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    longest = time.monotonic() - begun
    everything, since_begun, killed, ended = reported(whole.stderr), {}, 0, 0
    while killed < KILLS:
        before = dict(asked)
        with open(here / "err", "w+") as err:
            begun = time.monotonic()
            child = subprocess.Popen(command, cwd=here, stdout=subprocess.DEVNULL, stderr=err)
            try:
                child.wait(timeout=random.random() * longest)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            err.seek(0)
            lines = reported(err.read())
        again = [host for host in since_begun if asked[host] > before.get(host, 0)]
        assert not again, f"seed {SEED}: fetched again after it was reported as archived: {again}"
        everything += lines
        must_hold(here / "a", lines)
        if child.returncode == -9:
            killed += 1
            if (here / "a/unfinished-check.json").exists():
                since_begun.update((re.match(r"http://([^/]+)", url)[1], identity) for identity, status, _, url in lines if status == "200")
            else:  # killed while it wrote its report: that check is done
                since_begun = {}
        else:
            assert child.returncode == 0, f"seed {SEED}: a run ended with {child.returncode}: {(here / 'err').read_text()[-2000:]}"
            longest, since_begun, ended = time.monotonic() - begun, {}, ended + 1
        if everything:
            opened = run("verify", "m.json", "--archive", "a", "--json", "v.json", cwd=here)
            assert opened.returncode == 0, f"seed {SEED}: the archive does not open: {opened.stdout} {opened.stderr}"
    last = run("check", "m.json", "--archive", "a", "--ignore-robots", *local(port), cwd=here)
    assert last.returncode == 0, last.stdout + last.stderr
    verified = run("verify", "m.json", "--archive", "a", "--json", "-", cwd=here)
    assert json.loads(verified.stdout)["summary"]["intact"] == PAGES, verified.stdout
    held.clear()
    read_to.clear()
    must_hold(here / "a", everything)  # from the first byte again: nothing that was there has gone
print(f"killed {killed} times, {ended} runs ended by themselves, {len(everything)} records reported as archived, all there and right (seed {SEED})")
sys.exit(0)
