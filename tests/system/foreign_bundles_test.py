#!/usr/bin/env python3
"""Bundles as other tools make them, audited: js-wacz itself, and the shapes of py-wacz, authsign, ArchiveWeb.page, Browsertrix and Scoop
written here after their sources (client-zip itself writes the streamed ZIP files of the browser's tools)."""
import base64
import copy
import gzip
import hashlib
import http.server
import io
import json
import random
import subprocess
import threading
import time
import zipfile

from signing import Authority
from support import folder, manifest, need, npm, run

NOW = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
PACKAGES = {"@harvard-lil/js-wacz": "0.1.6", "client-zip": "2.5.1"}

STREAMED = """
import { downloadZip } from "client-zip";
import fs from "node:fs";
const files = JSON.parse(fs.readFileSync(process.argv[2])).map(([name, base64]) => ({ name, lastModified: new Date(0), input: Buffer.from(base64, "base64") }));
fs.writeFileSync(process.argv[3], Buffer.from(await downloadZip(files).arrayBuffer()));
"""
JS_WACZ = """
import { WACZ } from "@harvard-lil/js-wacz";
const [input, output, signingUrl] = process.argv.slice(2);
await new WACZ({ input, output, url: "http://lamps.example/page", title: "Lamps", detectPages: true, ...(signingUrl ? { signingUrl } : {}) }).process();
"""


def sha256(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def sha1(content):
    return "sha1:" + base64.b32encode(hashlib.sha1(content).digest()).decode()


# WARC records

def record(kind, target, block, *fields, digest=sha256, payload=None):
    number = hashlib.md5(kind.encode() + target.encode() + block).hexdigest()
    head = [f"WARC-Type: {kind}", f"WARC-Record-ID: <urn:uuid:{number[:8]}-{number[8:12]}-4{number[13:16]}-8{number[17:20]}-{number[20:]}>",
            "WARC-Date: 2026-11-20T10:00:00Z", f"WARC-Block-Digest: {digest(block)}", f"Content-Length: {len(block)}", *fields]
    head += [f"WARC-Target-URI: {target}"] if target else []
    head += [f"WARC-Payload-Digest: {digest(payload)}"] if payload is not None else []
    return ("WARC/1.1\r\n" + "\r\n".join(head) + "\r\n\r\n").encode() + block + b"\r\n\r\n"


def response(url, body, *fields, headers="Content-Type: text/html", digest=sha256, payload=None):
    block = f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode() + body
    return record("response", url, block, "Content-Type: application/http; msgtype=response", *fields, digest=digest,
                  payload=body if payload is None else payload)


def page(name, size=0):
    filler = " ".join(str(random.Random(name).random()) for _ in range(size // 20))
    return f"<html><head><title>{name}</title></head><body><p>The page {name}. {filler}</p></body></html>".encode()


def warc(*records):
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def crawl(*urls, digest=sha256, size=0):
    info = record("warcinfo", "", b"software: a crawler\r\n", "Content-Type: application/warc-fields", digest=digest)
    return [info, *[response(url, page(url, size), digest=digest) for url in urls]]


def index(name, records, numbers_as_text=False, digest=True):
    """CDXJ lines of a file of gzip members."""
    lines, at = [], 0
    for each in records:
        member = gzip.compress(each, mtime=0)
        fields = dict(line.split(": ", 1) for line in each.split(b"\r\n\r\n", 1)[0].decode().split("\r\n")[1:])
        if fields["WARC-Type"] == "response" and fields["WARC-Target-URI"].startswith("http"):
            about = {"url": fields["WARC-Target-URI"], "digest": fields["WARC-Payload-Digest"], "mime": "text/html", "filename": name,
                     "offset": at, "length": len(member), "status": 200, **({"recordDigest": sha256(member)} if digest else {})}
            if numbers_as_text:
                about = {key: str(value) for key, value in about.items()}
            host = fields["WARC-Target-URI"].split("/")[2].split(".")
            lines.append(f"{','.join(reversed(host))})/{fields['WARC-Target-URI'].split('/', 3)[3]} 20261120100000 {json.dumps(about)}\n")
        at += len(member)
    return "".join(sorted(lines)).encode()


def pages_list(*urls):
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages", "hasText": False}
    return "".join(json.dumps(line) + "\n" for line in [head, *[{"url": url, "ts": "2026-11-20T10:00:00Z", "title": url} for url in urls]]).encode()


# Bundles: {path: content} and how they are packed and signed

def package_of(files, software, **more):
    resources = [{"name": path.rsplit("/", 1)[-1], "path": path, "hash": sha256(content), "bytes": len(content)} for path, content in files.items()]
    return {"profile": "data-package", "resources": resources, "wacz_version": "1.1.1", "created": NOW, "software": software, **more}


def closed(files, package, sign=None):
    text = json.dumps(package, indent=2).encode()
    digest = {"path": "datapackage.json", "hash": sha256(text), **({"signedData": sign(sha256(text))} if sign else {})}
    return {**files, "datapackage.json": text, "datapackage-digest.json": json.dumps(digest, indent=2).encode()}


def by_zipfile(files):
    """As py-wacz packs: archive/ stored, the rest deflated."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as wacz:
        for path, content in files.items():
            wacz.writestr(zipfile.ZipInfo(path, (2026, 11, 20, 10, 0, 0)), content,
                          zipfile.ZIP_STORED if path.startswith("archive/") or path.endswith(".gz") else zipfile.ZIP_DEFLATED)
    return out.getvalue()


class Streamed:
    """As ArchiveWeb.page and Browsertrix pack: client-zip, sizes in data descriptors."""

    def __init__(self, here):
        self.here, self.packages = here, npm(PACKAGES)
        (self.packages / "streamed.mjs").write_text(STREAMED)

    def __call__(self, files):
        (self.here / "files.json").write_text(json.dumps([[path, base64.b64encode(content).decode()] for path, content in files.items()]))
        subprocess.run(["node", self.packages / "streamed.mjs", self.here / "files.json", self.here / "out.zip"], check=True)
        return (self.here / "out.zip").read_bytes()


def raw_from_der(der, size=48):
    """r and s side by side, as WebCrypto has them."""
    def integer(at):
        length = der[at + 1]
        return at + 2 + length, int.from_bytes(der[at + 2:at + 2 + length], "big").to_bytes(size, "big")
    at, r = integer(3 if der[1] & 0x80 else 2)
    return r + integer(at)[1]


def anonymous(ca):
    """ArchiveWeb.page: a P-384 key, no version."""
    ca.openssl("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", "awp.key")
    key = ca.openssl("ec", "-in", "awp.key", "-pubout", "-outform", "DER")
    return lambda hash_: {"hash": hash_, "signature": base64.b64encode(raw_from_der(ca.signature(hash_, "awp"))).decode(),
                          "publicKey": base64.b64encode(key).decode(), "created": NOW, "software": "Webrecorder ArchiveWeb.page 0.15.0, using warcio.js"}


def domain(ca, cross=True, time_certificates=False, **instead):
    """authsign and wacz-signing: a host's chain, a cross-signed root, a timestamp like freetsa's, without certificates."""
    def sign(hash_):
        signature = base64.b64encode(ca.signature(hash_)).decode()
        return {"hash": hash_, "created": NOW, "software": "authsigner 0.3.0", "version": "0.1.0", "signature": signature,
                "domain": "seal.example", "domainCert": ca.pem("host", "middle", "root"), "timeSignature": ca.stamp(signature, time_certificates),
                "timestampCert": ca.pem("stamp", "time-root"), "crossSignedCert": ca.pem("cross") if cross else None, **instead}
    return sign


# Audits

def audited(here, content, *options):
    (here / "bundle.wacz").write_bytes(content)
    result = run("audit", here / "bundle.wacz", "--json", "-", *options)
    assert result.returncode in (0, 1), result.stderr
    report = json.loads(result.stdout)
    return result.returncode, {name: value["state"] for name, value in report.items() if isinstance(value, dict) and "state" in value}, result.stdout


def holds(here, content, *options, **expected):
    code, found, told = audited(here, content, *options)
    wrong = {name: (found[name], state) for name, state in expected.items() if found[name] != state}
    assert code == 0 and not wrong, (code, wrong, told)
    return told


def refused(here, content, line, *options):
    code, found, told = audited(here, content, *options)
    assert code == 1 and found[line] == "failed", (code, found, told)


def by_js_wacz(here, ca):
    packages = npm(PACKAGES)
    (packages / "js-wacz.mjs").write_text(JS_WACZ)
    (here / "js.warc.gz").write_bytes(warc(*crawl("http://lamps.example/page", "http://lamps.example/other", size=300_000)))

    class Service(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps(domain(ca, cross=False, time_certificates=True)(asked["hash"])).encode()
            answer = answer.replace(b', "crossSignedCert": null', b"")
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_):
            pass

    service = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    for url, signature in (("", "absent"), (f"http://127.0.0.1:{service.server_address[1]}/sign", "ok")):
        subprocess.run(["node", packages / "js-wacz.mjs", here / "js.warc.gz", here / "js.wacz", url], check=True, capture_output=True, timeout=60)
        bundle = (here / "js.wacz").read_bytes()
        told = holds(here, bundle, integrity="ok", records="ok", signature=signature, verdicts="absent")
        assert "counted each 64 KiB twice" in told, told
        bent = bytearray(bundle)
        bent[bundle.index(b"archive/js.warc.gz") + 300] ^= 1
        refused(here, bytes(bent), "integrity")
    holds(here, bundle, "--trust", ca.home / "root.pem", "--trust", ca.home / "time-root.pem", signer_trusted="ok", authority_trusted="ok")
    service.shutdown()


def by_py_wacz(here, ca):
    urls = ["http://lamps.example/page", "http://lamps.example/other"]
    records = crawl(*urls, digest=sha1)
    block = index("data.warc.gz", records, numbers_as_text=True)
    packed = gzip.compress(block, mtime=0)
    ahead = {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    entry = {"offset": 0, "length": len(packed), "digest": sha256(packed), "filename": "index.cdx.gz"}
    files = {"archive/data.warc.gz": warc(*records), "indexes/index.cdx.gz": packed,
             "indexes/index.idx": f"!meta 0 {json.dumps(ahead)}\n{block.split(b' {')[0].decode()} {json.dumps(entry)}\n".encode(),
             "pages/pages.jsonl": pages_list(*urls)}
    holds(here, by_zipfile(closed(files, package_of(files, "py-wacz 0.5.0"))), integrity="ok", records="ok", signature="absent", time="absent")
    refused(here, by_zipfile(closed(files, package_of(files, "py-wacz 0.5.0"))), "signer_trusted", "--trust", ca.home / "root.pem")
    undigested = {**files, "datapackage.json": json.dumps(package_of(files, "py-wacz 0.5.0")).encode()}
    assert "nothing binds datapackage.json" in holds(here, by_zipfile(undigested), integrity="ok")
    old = {"resources": [{"path": path, "stats": {"hash": sha256(content)[7:], "bytes": len(content)}, "hashing": "sha256"}
                         for path, content in files.items()], "wacz_version": "1.0.0"}
    holds(here, by_zipfile({**files, "datapackage.json": json.dumps(old).encode()}), integrity="ok")
    # A record edited, every hash of the package mended, the index's digest of the record forgotten.
    edited = list(records)
    edited[1] = response(urls[0], page(urls[0]).replace(b"The page", b"The cage"), digest=sha1)
    forged = {**files, "archive/data.warc.gz": warc(*edited)}
    refused(here, by_zipfile(closed(forged, package_of(forged, "py-wacz 0.5.0"))), "records")
    return files


def by_authsign(here, ca, files):
    roots = ["--trust", ca.home / "root.pem", "--trust", ca.home / "time-root.pem"]
    package = package_of(files, "py-wacz 0.5.0")
    signed = by_zipfile(closed(files, package, domain(ca)))
    holds(here, signed, integrity="ok", signature="ok", signer_trusted="unknown", time="ok", authority_trusted="unknown")
    holds(here, signed, *roots, signature="ok", signer_trusted="ok", time="ok", authority_trusted="ok")
    crossed = ["--trust", ca.home / "cross-root.pem", "--trust", ca.home / "time-root.pem"]
    through_cross = by_zipfile(closed(files, package, domain(ca, domainCert=ca.pem("host", "middle", "cross"))))
    holds(here, through_cross, *crossed, signer_trusted="ok")  # the last of the chain signed by no member of it
    refused(here, signed, "signer_trusted", "--trust", ca.home / "time-root.pem")
    refused(here, signed, "authority_trusted", "--trust", ca.home / "root.pem")
    other = dict(files)
    other["pages/pages.jsonl"] = pages_list("http://lamps.example/elsewhere")
    strange = domain(ca)(sha256(b"another package"))
    refused(here, by_zipfile(closed(files, package, lambda hash_: {**strange, "hash": hash_})), "signature")
    refused(here, by_zipfile(closed(files, package, lambda hash_: strange)), "signature")
    refused(here, by_zipfile(closed(files, package, domain(ca, domain="court.example"))), "signature")
    refused(here, by_zipfile(closed(files, package, domain(ca, timeSignature=ca.stamp("another signature")))), "time")
    refused(here, by_zipfile(closed(files, package, domain(ca, created="2026-11-20T10:00:00Z"))), "time")
    mended = closed(other, package_of(other, "py-wacz 0.5.0"), None)
    mended["datapackage-digest.json"] = closed(files, package, domain(ca))["datapackage-digest.json"]
    refused(here, by_zipfile(mended), "integrity")


def by_archiveweb_page(here, ca, streamed):
    records = crawl("http://lamps.example/page")
    records.append(record("resource", "urn:text:http://lamps.example/page", b"The page", "Content-Type: text/plain", payload=b"The page"))
    files = {"pages/pages.jsonl": pages_list("http://lamps.example/page"), "archive/data.warc.gz": warc(*records),
             "indexes/index.cdx": index("data.warc.gz", records)}
    bundle = streamed(closed(files, package_of(files, "Webrecorder ArchiveWeb.page 0.15.0"), anonymous(ca)))
    told = holds(here, bundle, integrity="ok", records="ok", signature="ok", signer_trusted="unknown", time="absent")
    assert "anybody's word" in told, told
    key = json.loads(closed(files, package_of(files, ""), anonymous(ca))["datapackage-digest.json"])["signedData"]["publicKey"]
    refused(here, bundle, "signer_trusted", "--trust", ca.home / "root.pem")
    (here / "awp.pem").write_text(f"-----BEGIN PUBLIC KEY-----\n{key}\n-----END PUBLIC KEY-----\n")
    refused(here, bundle, "signer_trusted", "--trust", here / "awp.pem")  # a new key was made meanwhile
    for at in (0, 40, len(bundle) // 2, len(bundle) - 3):
        bent = bytearray(bundle)
        bent[at] ^= 4
        (here / "bent.wacz").write_bytes(bent)
        assert run("audit", here / "bent.wacz").returncode != 0, at
    assert run("audit", here / "files.json").returncode == 2


def by_browsertrix(here, streamed):
    first, second = crawl("http://lamps.example/page"), crawl("http://lamps.example/other", "http://oil.example/")
    plain = b"".join(second)  # some crawls keep a file uncompressed
    third = crawl("http://wick.example/")
    files = {"archive/rec-1.warc.gz": warc(*first), "archive/rec-2.warc.gz": warc(*third), "archive/rec-3.warc": plain,
             "indexes/index.cdx": index("rec-1.warc.gz", first) + index("rec-2.warc.gz", third), "logs/crawl.log": b'{"message":"done"}\n',
             "pages/pages.jsonl": pages_list("http://lamps.example/page"), "pages/extraPages.jsonl": pages_list("http://lamps.example/other")}
    bundle = streamed(closed(files, package_of(files, "Browsertrix-Crawler 1.5.0 (with warcio.js 2.4.0)")))
    holds(here, bundle, integrity="ok", records="ok", signature="absent")
    imported = run("archive", "import", here / "bundle.wacz", "--archive", here / "a")
    assert imported.returncode == 0 and imported.stdout.count("snapshot") == 3, imported.stdout + imported.stderr
    (here / "m.json").write_text(manifest(("http://oil.example/", "The page http://oil.example/."), ("http://wick.example/", "The page of another.")))
    judged = run("check", here / "m.json", "--offline", "--archive", here / "a", "--json", "-")
    assert [citation["verdict"] for citation in json.loads(judged.stdout)["citations"]] == ["intact", "drifted"], judged.stdout + judged.stderr
    unlisted = dict(closed(files, package_of(files, "Browsertrix-Crawler 1.5.0")))
    refused(here, streamed({**unlisted, "archive/rec-4.warc.gz": warc(*first)}), "integrity")
    del unlisted["logs/crawl.log"]
    refused(here, streamed(unlisted), "integrity")
    assert run("archive", "import", here / "bundle.wacz", "--archive", here / "a").returncode == 2  # the last one is not whole
    nested = {"crawl.wacz": bundle}
    told = holds(here, streamed(closed(nested, {**package_of(nested, "browsertrix"), "profile": "multi-wacz-package"})), integrity="ok")
    assert "audit each of them" in told, told


def by_scoop(here, ca):
    body = page("http://lamps.example/page")
    framed = b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
    records = [*crawl("http://lamps.example/other"),
               response("http://lamps.example/page", framed, "WARC-Refers-To-Target-URI: http://lamps.example/page",
                        headers="Content-Type: text/html\r\nTransfer-Encoding: chunked", payload=framed),
               response("file:///provenance-summary.html", b"<p>Captured at 10:00</p>"),
               response("file:///screenshot.png", b"\x89PNG", headers="Content-Type: image/png"),
               response("file:///lamps-example.pem", b"-----BEGIN", headers="Content-Type: application/x-pem-file")]
    files = {"archive/data.warc.gz": warc(*records), "raw/request_1": b"GET / HTTP/1.1\r\n\r\n", "indexes/index.cdx.gz": gzip.compress(index("data.warc.gz", records)),
             "pages/pages.jsonl": pages_list("http://lamps.example/page", "file:///provenance-summary.html")}
    package = package_of(files, "Scoop @ Harvard Library Innovation Lab: 0.6.0", extras={"provenanceInfo": {"options": {}}})
    # js-wacz counts chunks twice, and writes its time of creation with milliseconds.
    package["resources"][0]["hash"] = sha256(files["archive/data.warc.gz"] * 2)
    package["created"] = NOW.replace("Z", ".123Z")
    told = holds(here, by_zipfile(closed(files, package, domain(ca))), "--trust", ca.home / "root.pem", "--trust", ca.home / "time-root.pem",
                 integrity="ok", records="ok", signature="ok", signer_trusted="ok", time="ok")
    assert "js-wacz" in told and "over the chunked framing" in told, told
    worse = copy.deepcopy(package)
    worse["resources"][0]["hash"] = sha256(files["archive/data.warc.gz"] * 3)
    refused(here, by_zipfile(closed(files, worse, domain(ca))), "integrity")


def nothing_of_the_kind(here):
    """Neither a crash nor a pass."""
    refused(here, by_zipfile({"webarchive.yaml": b"title: of WACZ 0.1.0\n"}), "integrity")
    refused(here, by_zipfile({}), "integrity")
    for text in (b"", b"[]", b"{}", b'{"resources":{}}', b'{"resources":[{"path":7}]}', b"\xff\xfe", b'{"resources":[null]}'):
        refused(here, by_zipfile({"datapackage.json": text}), "integrity")
    empty = {"archive/data.warc.gz": b"", "indexes/index.cdx": b"\n\nx {\n", "pages/pages.jsonl": b""}
    for signed in ([], {}, 7, "x", {"hash": 1}, {"hash": "sha256:", "signature": "A"}, {"hash": "x", "signature": "", "publicKey": "AAAA"}):
        code, found, told = audited(here, by_zipfile(closed(empty, package_of(empty, "?"), lambda _: signed)))
        assert code == 1, (signed, told)


def main():
    need("openssl")
    with folder() as here:
        ca = Authority(here / "ca")
        files = by_py_wacz(here, ca)
        by_authsign(here, ca, files)
        by_scoop(here, ca)
        nothing_of_the_kind(here)
        streamed = Streamed(here)
        by_archiveweb_page(here, ca, streamed)
        by_browsertrix(here, streamed)
        by_js_wacz(here, ca)


main()
