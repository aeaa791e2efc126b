#!/usr/bin/env python3
"""audit_figures.py LOCCIT [GIGABYTES]: makes a bundle of that size (default 4) and prints what an audit of it costs beside `openssl dgst
-sha256` over the same bytes: seconds, processor seconds, and the most memory of its own."""
import gzip
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

PAYLOAD = 1 << 18


def record(number):
    """A gzip member of a response whose body does not compress, as images and PDF files do not."""
    body = os.urandom(PAYLOAD)
    url = f"http://a.example/{number}"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + body
    head = (f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:08}-0000-4000-8000-000000000000>\r\n"
            f"WARC-Date: 2026-11-24T16:00:00Z\r\nWARC-Target-URI: {url}\r\nWARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}\r\n"
            f"WARC-Payload-Digest: sha256:{hashlib.sha256(body).hexdigest()}\r\nContent-Type: application/http;msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n")
    member = gzip.compress(head.encode() + block + b"\r\n\r\n", 1, mtime=0)
    return url, member


def make(path, size):
    warc_hash, lines, at = hashlib.sha256(), [], 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED, allowZip64=True) as wacz:
        with wacz.open("archive/data.warc.gz", "w", force_zip64=True) as warc:
            while at < size:
                url, member = record(len(lines))
                warc.write(member)
                warc_hash.update(member)
                fields = {"url": url, "mime": "application/pdf", "status": 200, "filename": "data.warc.gz", "offset": at, "length": len(member),
                          "recordDigest": "sha256:" + hashlib.sha256(member).hexdigest()}
                lines.append(f"example,a)/{len(lines)} 20261124160000 {json.dumps(fields)}\n")
                at += len(member)
        small = {"indexes/index.cdx": "".join(sorted(lines)).encode(), "pages/pages.jsonl": b'{"format":"json-pages-1.0"}\n'}
        resources = [{"name": "data.warc.gz", "path": "archive/data.warc.gz", "hash": "sha256:" + warc_hash.hexdigest(), "bytes": at}]
        for name, content in small.items():
            wacz.writestr(name, content)
            resources.append({"name": name.split("/")[1], "path": name, "hash": "sha256:" + hashlib.sha256(content).hexdigest(), "bytes": len(content)})
        package = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": resources}).encode()
        wacz.writestr("datapackage.json", package)
        wacz.writestr("datapackage-digest.json", json.dumps({"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(package).hexdigest()}))


def own_memory(pid):
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon"))
    except (OSError, StopIteration):
        return 0


def measured(*command):
    before = os.times()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    most = 0
    while True:
        most = max(most, own_memory(process.pid))
        try:
            out, _ = process.communicate(timeout=0.05)
            break
        except subprocess.TimeoutExpired:
            pass
    after = os.times()
    assert process.returncode == 0, out
    return after.elapsed - before.elapsed, (after.children_user + after.children_system) - (before.children_user + before.children_system), most


def main():
    loccit, size = sys.argv[1], float(sys.argv[2] if len(sys.argv) > 2 else 4) * (1 << 30)
    with tempfile.TemporaryDirectory() as folder:
        bundle = pathlib.Path(folder) / "b.wacz"
        make(bundle, size)
        peer = measured("openssl", "dgst", "-sha256", bundle)
        rows = [("openssl dgst -sha256", peer), ("audit --skip verdicts,records", measured(loccit, "audit", bundle, "--skip", "verdicts,records")),
                ("audit --skip verdicts", measured(loccit, "audit", bundle, "--skip", "verdicts"))]
        print(f"{bundle.stat().st_size / 1e9:.2f} GB")
        for name, (wall, cpu, memory) in rows:
            print(f"{name:30} {wall:7.2f} s   {cpu:7.2f} s of processor   {peer[0] / wall:5.2f} of openssl's speed ({peer[1] / cpu:.2f} by processor time)"
                  f"   {memory / 1024:6.1f} MB of its own")


main()
