#!/usr/bin/env python3
"""A sealed bundle before the eyes of others, and before its own audit: exit codes, trust, and readers that share no code with us."""
import base64
import hashlib
import json
import shutil
import subprocess
import zipfile

from signing import Authority
from support import folder, local, manifest, need, npm, run, site

WORDS = "The lamps on the causeway are old, but they are sound."
PAGE = f"<html><head><title>Lamps</title></head><body><p>{WORDS}</p></body></html>"
PAGES = {"/page": (200, "text/html", PAGE), "/moved": (301, "http://lamps.example/page", ""),
         "/changed": (200, "text/html", PAGE.replace("old", "new"))}

WARCIO = """
import { WARCParser } from "warcio";
import fs from "node:fs";
import { createHash } from "node:crypto";
let records = 0, digests = 0;
for await (const record of new WARCParser(fs.createReadStream(process.argv[2]))) {
  ++records;
  const payload = await record.readFully(record.httpHeaders ? true : false);
  const stated = record.warcHeaders.headers.get("WARC-Payload-Digest");
  if (record.warcType === "revisit" || !stated) continue;
  const found = "sha256:" + createHash("sha256").update(record.payload ?? payload).digest("hex");
  if (found !== stated) { console.error(record.warcType, stated, found); process.exit(1); }
  ++digests;
}
console.log(JSON.stringify({ records, digests }));
"""

NODE_CRYPTO = """
import fs from "node:fs";
import crypto from "node:crypto";
const digest = JSON.parse(fs.readFileSync(process.argv[2])), data = digest.signedData;
const key = data.publicKey
  ? crypto.createPublicKey({ key: Buffer.from(data.publicKey, "base64"), format: "der", type: "spki" })
  : new crypto.X509Certificate(data.domainCert).publicKey;
const options = data.publicKey ? { key, dsaEncoding: "ieee-p1363" } : key;
const hash = "sha256:" + crypto.createHash("sha256").update(fs.readFileSync(process.argv[3])).digest("hex");
if (hash !== data.hash || hash !== digest.hash) process.exit(3);
process.exit(crypto.verify("sha256", Buffer.from(hash), options, Buffer.from(data.signature, "base64")) ? 0 : 4);
"""


def sealed(here, name, *options, paths=("/page", "/moved"), words=WORDS):
    (here / "m.json").write_text(manifest(*[(f"http://lamps.example{path}", words) for path in paths]))
    with site(PAGES) as port:
        result = run("check", here / "m.json", "--archive", here / "a", *local(port), "--seal", here / name, *options)
    assert result.returncode in (0, 1), result.stdout + result.stderr
    return here / name


def lines(bundle, *options):
    """The exit code, and the state of each line."""
    result = run("audit", bundle, "--json", "-", *options)
    report = json.loads(result.stdout)
    return result.returncode, {name: value["state"] for name, value in report.items() if isinstance(value, dict) and "state" in value}, report


def trust_and_codes(here, bundle):
    code, found, report = lines(bundle)
    assert code == 0 and report["schema"] == "loccit.report/1" and report["summary"]["intact"] == 2, (code, report)
    assert found == {"integrity": "ok", "records": "ok", "signature": "ok", "signer_trusted": "unknown", "time": "ok",
                     "authority_trusted": "unknown", "previous": "absent", "attestation": "ok", "verdicts": "ok", "contents": "ok"}, found
    both = ["--trust", here / "cert.pem", "--trust", here / "tsa/time-root.pem"]
    code, found, _ = lines(bundle, *both)
    assert code == 0 and found["signer_trusted"] == found["authority_trusted"] == "ok", found
    run("keygen", "--key", here / "other.key", "--cert", here / "other.pem")
    for roots in (["--trust", here / "cert.pem"], ["--trust", here / "tsa/time-root.pem"], ["--trust", here / "other.pem"]):
        assert lines(bundle, *roots)[0] == 1, roots
    drifted = sealed(here, "drifted.wacz", paths=("/changed",))
    assert run("audit", drifted).returncode == 1 and "This bundle holds." in run("audit", drifted).stdout
    assert run("audit", drifted, "--fail-on", "none").returncode == 0
    assert run("audit", drifted, "--fail-on", "rotten").returncode == 0
    assert run("audit", here / "m.json").returncode == 2 and run("audit", here / "nothing.wacz").returncode == 2
    bent = bytearray(bundle.read_bytes())
    bent[len(bent) // 2] ^= 1
    (here / "bent.wacz").write_bytes(bent)
    assert run("audit", here / "bent.wacz", "--fail-on", "none").returncode == 1
    assert run("audit", here / "bent.wacz", "--extract", here / "out").returncode == 1 and not (here / "out").exists()
    assert run("audit", bundle, "--extract", here / "out").returncode == 0 and (here / "out/datapackage.json").exists()


def chain(here, first, *identity):
    second = sealed(here, "second.wacz", *identity)
    assert lines(second)[1]["previous"] == "unknown"
    assert lines(second, "--previous", first)[1]["previous"] == "ok"
    code, found, _ = lines(second, "--previous", second)
    assert code == 1 and found["previous"] == "failed"


def unzipped_by_others(here, bundle):
    subprocess.run([need("unzip"), "-q", "-t", bundle], check=True, capture_output=True)
    subprocess.run([need("unzip"), "-q", bundle, "-d", here / "unzipped"], check=True)
    package = json.loads((here / "unzipped/datapackage.json").read_text())
    sums = "".join(f"{entry['hash'].removeprefix('sha256:')}  {entry['path']}\n" for entry in package["resources"])
    subprocess.run(["sha256sum", "-c", "--quiet", "-"], input=sums, text=True, check=True, cwd=here / "unzipped")
    return here / "unzipped"


def shaped_like_wacz(bundle):
    """WACZ 1.1.1 §3 to §5, read here from the specification."""
    with zipfile.ZipFile(bundle) as wacz:
        names = wacz.namelist()
        assert wacz.testzip() is None and all(info.compress_type == zipfile.ZIP_STORED for info in wacz.infolist())
        package = json.loads(wacz.read("datapackage.json"))
        assert package["profile"] == "data-package" and package["wacz_version"] == "1.1.1"
        listed = {entry["path"]: entry for entry in package["resources"]}
        assert set(names) == set(listed) | {"datapackage.json", "datapackage-digest.json"} and len(names) == len(set(names))
        for path, entry in listed.items():
            content = wacz.read(path)
            assert entry["bytes"] == len(content) and entry["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()
            assert entry["name"] == path.rsplit("/", 1)[1].lower()
        index = wacz.read("indexes/index.cdx").decode().splitlines()
        assert index == sorted(index)
        at = {}
        for line in index:
            key, digits, fields = line.split(" ", 2)
            fields = json.loads(fields)
            member = wacz.read("archive/" + fields["filename"])[fields["offset"]:fields["offset"] + fields["length"]]
            assert fields["recordDigest"] == "sha256:" + hashlib.sha256(member).hexdigest()
            assert key.startswith("example,lamps)/") and fields["url"].startswith("http://lamps.example/") and len(digits) == 14
            at.setdefault(fields["url"], []).append(digits)
        header, *pages = map(json.loads, wacz.read("pages/pages.jsonl").decode().splitlines())
        assert header["format"] == "json-pages-1.0" and pages
        for page in pages:
            assert "".join(c for c in page["ts"] if c.isdigit())[:14] in at[page["url"]], (page, at)


def read_by_others(here, opened, anonymous):
    packages = npm({"warcio": "2.4.11"})
    (packages / "read.mjs").write_text(WARCIO)
    read = subprocess.run(["node", packages / "read.mjs", opened / "archive/data.warc.gz"], capture_output=True, text=True)
    assert read.returncode == 0, read.stderr
    counts = json.loads(read.stdout)
    assert counts["records"] >= 7 and counts["digests"] >= 2, counts
    (packages / "signature.mjs").write_text(NODE_CRYPTO)
    with zipfile.ZipFile(anonymous) as wacz:
        for name in ("datapackage.json", "datapackage-digest.json"):
            (here / name).write_bytes(wacz.read(name))
    for place in (opened, here):
        subprocess.run(["node", packages / "signature.mjs", place / "datapackage-digest.json", place / "datapackage.json"], check=True)
        data = json.loads((place / "datapackage-digest.json").read_text())["signedData"]
        (here / "signature.b64").write_text(data["signature"])
        (here / "time.tsr").write_bytes(base64.b64decode(data["timeSignature"]))
        told = subprocess.run([need("openssl"), "ts", "-verify", "-data", "signature.b64", "-in", "time.tsr", "-CAfile", "tsa/time-root.pem"],
                              cwd=here, capture_output=True, text=True)
        assert "Verification: OK" in told.stdout, told


def verify_text_by_hand(here, bundle):
    """VERIFY.txt, word for word."""
    place = here / "by-hand"
    place.mkdir()
    shutil.copy(bundle, place / "bundle.wacz")
    with zipfile.ZipFile(bundle) as wacz:
        commands = [line[2:] for line in wacz.read("loccit/VERIFY.txt").decode().splitlines() if line.startswith("$ ")]
    assert len(commands) >= 10
    for command in commands:
        done = subprocess.run(["sh", "-c", command], cwd=place, capture_output=True, text=True)
        assert done.returncode == 0, (command, done.stdout, done.stderr)


def silent_authorities(here, tsa):
    """None answers: exit 3 and nothing written. The second answers: taken. Allowed: sealed, and said to be untimed."""
    (here / "m.json").write_text(manifest(("http://lamps.example/page", WORDS)))
    dead = ["--tsa", "http://127.0.0.1:9/"]
    refused = run("seal", here / "late.wacz", "--archive", here / "a", *dead)
    assert refused.returncode == 3 and "--allow-untimed" in refused.stderr and not (here / "late.wacz").exists(), refused.stderr
    assert run("seal", here / "late.wacz", "--archive", here / "a", *dead, "--tsa", tsa).returncode == 0
    assert lines(here / "late.wacz")[1]["time"] == "ok"
    assert run("seal", here / "untimed.wacz", "--archive", here / "a", *dead, "--allow-untimed").returncode == 0
    assert lines(here / "untimed.wacz")[1]["time"] == "absent"


def main():
    with folder() as here, Authority(here / "tsa").served() as tsa:
        made = run("keygen", "--key", here / "key.pem", "--cert", here / "cert.pem", "--host", "seal.example")
        assert made.returncode == 0, made.stderr
        identity = ["--key", here / "key.pem", "--cert", here / "cert.pem", "--tsa", tsa]
        bundle = sealed(here, "b.wacz", *identity)
        chain(here, bundle, *identity)
        trust_and_codes(here, bundle)
        opened = unzipped_by_others(here, bundle)
        shaped_like_wacz(bundle)
        anonymous = sealed(here, "anonymous.wacz", "--tsa", tsa)
        assert lines(anonymous)[0] == 0
        read_by_others(here, opened, anonymous)
        verify_text_by_hand(here, bundle)
        silent_authorities(here, tsa)


main()
