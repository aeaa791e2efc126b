#!/usr/bin/env python3
"""`loccit archive`: other tools' WARC files taken in and judged against, everything verified, damage named."""
import gzip
import json
import shutil
import subprocess
import threading
import time
import zlib

from support import LOCCIT, end, folder, leave_out, local, manifest, need, npm, run, site

WORDS = "The lamps on the causeway are old, but they are sound."
PAGE = f"<html><head><title>Lamps</title></head><body><p>{WORDS}</p></body></html>"

# What warcio.js makes of the same page: a response, a revisit of it, and a request.
WARCIO = """
import { WARCRecord, WARCSerializer } from "warcio";
import fs from "node:fs";
const out = fs.createWriteStream(process.argv[2]);
const url = process.argv[3], html = process.argv[4];
async function* body() { yield new TextEncoder().encode(html); }
const head = { warcVersion: "WARC/1.1", url, date: "2026-11-20T10:00:00Z", httpHeaders: { "Content-Type": "text/html" } };
const info = WARCRecord.createWARCInfo({ filename: "w.warc.gz", warcVersion: "WARC/1.1" }, { software: "warcio.js" });
const response = WARCRecord.create({ ...head, type: "response", statusline: "HTTP/1.1 200 OK" }, body());
const first = await WARCSerializer.serialize(response, { gzip: true, digest: { algo: "sha-256", prefix: "sha256:" } });
out.write(await WARCSerializer.serialize(info, { gzip: true }));
out.write(first);
out.end();
"""


def chunked(handler):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    body = PAGE.encode()
    for piece in (body[:30], body[30:], b""):
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


PAGES = {"/page": (200, "text/html", PAGE), "/chunked": chunked, "/moved": (301, "/page", ""),
         "/changed": (200, "text/html", PAGE.replace("old", "new"))}


def verdicts(here, archive, *cited):
    (here / "m.json").write_text(manifest(*[(url, WORDS) for url in cited]))
    result = run("check", here / "m.json", "--offline", "--archive", archive, "--json", here / "r.json")
    assert result.returncode in (0, 1), result.stderr
    return [citation["verdict"] for citation in json.loads((here / "r.json").read_text())["citations"]]


def crawled_by_wget(here):
    wget = need("wget")
    with site(PAGES) as port:
        urls = [f"http://127.0.0.1:{port}{path}" for path in PAGES]
        subprocess.run([wget, "-q", "--warc-file", here / "w", "-P", here / "pages", *urls], check=True, timeout=60)
    imported = run("archive", "import", here / "w.warc.gz", "--archive", here / "a")
    assert imported.returncode == 0, imported.stdout + imported.stderr
    found = verdicts(here, here / "a", *urls)
    assert found == ["intact", "intact", "intact", "drifted"], found
    again = run("archive", "import", here / "w.warc.gz", "--archive", here / "a")
    assert again.returncode == 0 and "is in the archive already" in again.stdout, again.stdout
    return urls


def in_every_packing(here, urls):
    plain = gzip.decompress((here / "w.warc.gz").read_bytes())
    (here / "plain.warc").write_bytes(plain)
    (here / "one-member.warc.gz").write_bytes(gzip.compress(plain))
    files = ["plain.warc", "one-member.warc.gz"]
    if zstd := shutil.which("zstd"):
        subprocess.run([zstd, "-q", here / "plain.warc", "-o", here / "w.warc.zst"], check=True)
        files.append("w.warc.zst")
    else:
        leave_out("zstd is not installed, so its packing was not imported")
    for number, name in enumerate(files):
        imported = run("archive", "import", here / name, "--archive", here / f"packed{number}")
        assert imported.returncode == 0, (name, imported.stdout + imported.stderr)
        assert verdicts(here, here / f"packed{number}", *urls) == ["intact", "intact", "intact", "drifted"], name
        assert run("archive", "verify", "--archive", here / f"packed{number}").returncode == 0, name


def made_by_warcio(here):
    packages = npm({"warcio": "2.4.11"})
    (packages / "make.mjs").write_text(WARCIO)
    url = "http://lamps.example/page"
    subprocess.run(["node", packages / "make.mjs", here / "warcio.warc.gz", url, PAGE], check=True, timeout=60)
    imported = run("archive", "import", here / "warcio.warc.gz", "--archive", here / "b")
    assert imported.returncode == 0 and ", 1 snapshot," in imported.stdout, imported.stdout + imported.stderr
    assert verdicts(here, here / "b", url) == ["intact"]


def damage(here, urls):
    """One letter changed in a page: that record is left out, the others are taken."""
    plain = gzip.decompress((here / "w.warc.gz").read_bytes())
    at = plain.index(b"causeway are new")
    (here / "bent.warc").write_bytes(plain[:at] + b"X" + plain[at + 1:])
    imported = run("archive", "import", here / "bent.warc", "--archive", here / "c")
    assert imported.returncode == 1 and "does not match its" in imported.stderr, imported.stdout + imported.stderr
    assert verdicts(here, here / "c", *urls) == ["intact", "intact", "intact", "rotten"] or \
        verdicts(here, here / "c", *urls) == ["intact", "intact", "intact", "unverifiable"]
    nothing = run("archive", "import", here / "m.json", "--archive", here / "c")
    assert nothing.returncode == 2 and "holds no whole WARC record" in nothing.stderr, nothing.stderr
    assert run("archive", "import", here / "not-there.warc", "--archive", here / "c").returncode == 2
    (here / "cut.warc.gz").write_bytes((here / "w.warc.gz").read_bytes()[:-200])
    cut = run("archive", "import", here / "cut.warc.gz", "--archive", here / "d")
    assert cut.returncode == 1 and "ends inside" in cut.stderr, cut.stderr


def upkeep(here):
    whole = run("archive", "verify", "--archive", here / "a")
    assert whole.returncode == 0 and "all hold" in whole.stdout, whole.stdout + whole.stderr
    (here / "a/index.db").write_bytes(b"no database")
    rebuilt = run("archive", "reindex", "--archive", here / "a")
    assert rebuilt.returncode == 0 and "snapshots" in rebuilt.stdout, rebuilt.stderr
    assert run("archive", "verify", "--archive", here / "a").stdout == whole.stdout
    warc = next((here / "a/archive").glob("*.warc.gz"))
    content = bytearray(warc.read_bytes())
    content[len(content) // 2] ^= 1
    warc.write_bytes(content)
    damaged = run("archive", "verify", "--archive", here / "a")
    assert damaged.returncode == 1 and warc.name in damaged.stderr, damaged.stdout + damaged.stderr
    assert run("archive", "verify", "--archive", here / "nowhere").returncode == 2
    assert run("archive", "polish", "--archive", here / "a").returncode == 2


def interrupted(here, name, number, times):
    """A check that is killed once /page, as it is now, is in the archive. Its document has a number of its own: it is not gone on with."""
    asked = threading.Event()

    def page(handler):
        if handler.path == "/page":
            return 200, "text/html", PAGE.replace("old", times)
        if handler.path == "/robots.txt":
            return 404, "text/plain", "none"
        asked.set()
        time.sleep(30)
        return 200, "text/plain", "late"

    with site(page) as port:
        (here / "i.json").write_text(manifest(("http://a.example/page", WORDS), (f"http://b.example/slow{number}", WORDS)))
        check = subprocess.Popen([LOCCIT, "check", "i.json", "--archive", "p", "-q", *local(port)], cwd=here)
        assert asked.wait(60)
        until = time.monotonic() + 60
        while f"are {times}," not in text_of(here / "p"):
            assert time.monotonic() < until, "the page is not archived"
            time.sleep(0.05)
        check.kill()
        check.wait()
    time.sleep(2.1)  # a check's times count a second wider than they were


def text_of(archive):
    """All that the WARC files hold, as far as they are written."""
    found = []
    for warc in sorted((archive / "archive").glob("*.warc.gz")):
        rest = warc.read_bytes()
        while rest:
            member = zlib.decompressobj(31)
            try:
                found.append(member.decompress(rest).decode(errors="replace"))
            except zlib.error:
                break
            rest = member.unused_data
    return "".join(found)


def pruned(here):
    """Two interrupted checks and a whole one: what the first left is needed by nobody, what the second left is what drift was told against."""
    for number, times in enumerate(("first", "second")):
        interrupted(here, "i.json", number, times)
    with site({"/page": (200, "text/html", PAGE)}) as port:
        (here / "w.json").write_text(manifest(("http://a.example/page", WORDS)))
        assert run("check", "w.json", "--archive", "p", "--json", "before.json", *local(port), cwd=here).returncode == 0
    assert run("archive", "prune", "--archive", "p", cwd=here).returncode == 2
    young = run("archive", "prune", "--keep", "1h", "--archive", "p", cwd=here)
    assert young.returncode == 0 and "0 snapshots" in young.stdout, young.stdout + young.stderr
    listed = run("archive", "prune", "--keep", "0", "--archive", "p", cwd=here)
    assert listed.returncode == 0 and listed.stdout.count("http://a.example/page ") == 1, listed.stdout + listed.stderr
    assert "are first," in text_of(here / "p"), "listing removes nothing"
    removed = run("archive", "prune", "--keep", "0", "--yes", "--archive", "p", cwd=here)
    assert removed.returncode == 0 and "are gone" in removed.stdout, removed.stdout + removed.stderr
    left = text_of(here / "p")
    assert "are first," not in left and "are second," in left and "are old," in left, left
    assert "0 snapshots" in run("archive", "prune", "--keep", "0", "--archive", "p", cwd=here).stdout
    whole = run("archive", "verify", "--archive", "p", cwd=here)
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert run("verify", "w.json", "--archive", "p", "--json", "after.json", cwd=here).returncode == 0

    def verdicts_in(name):
        citations = json.loads((here / name).read_text())["citations"]
        for citation in citations:
            for link in citation["links"]:
                for place in ("warc", "offset", "length"):
                    link["snapshot"].pop(place, None)
        return citations

    assert verdicts_in("before.json") == verdicts_in("after.json"), "the same verdict from what is left"


def main():
    with folder() as here:
        pruned(here)
    with folder() as here:
        urls = crawled_by_wget(here)
        in_every_packing(here, urls)
        damage(here, urls)
        upkeep(here)
        made_by_warcio(here)


main()
end()
