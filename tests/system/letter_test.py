#!/usr/bin/env python3
"""Letters checked in one run, their hosts mapped to a local web that serves the quoted words: ours, and the UN letter where it is at hand. What the run
archived is read whole, with right digests, by an independent reader."""
import html
import json
import subprocess
import urllib.parse

from support import REPOSITORY, certificate_for, end, folder, leave_out, need, npm, run, shared, site

# Every record of the files, with both digests computed by warcio.js.
READER = """
import fs from "node:fs";
import crypto from "node:crypto";
import { WARCParser } from "warcio";
const types = {}, wrong = [];
const hex = (bytes) => "sha256:" + crypto.createHash("sha256").update(bytes).digest("hex");
for (const file of process.argv.slice(2)) {
  for await (const record of new WARCParser(fs.createReadStream(file), { parseHttp: false })) {
    const block = Buffer.from(await record.readFully(false));
    const said = (name) => record.warcHeaders.headers.get(name);
    types[record.warcType] = (types[record.warcType] ?? 0) + 1;
    if (block.length !== Number(said("Content-Length"))) wrong.push([file, record.warcType, "length"]);
    if (hex(block) !== said("WARC-Block-Digest")) wrong.push([file, record.warcType, record.warcTargetURI, "block digest"]);
    if (record.warcType !== "response") continue;
    const head = block.indexOf("\\r\\n\\r\\n") + 4;
    if (/transfer-encoding/i.test(block.subarray(0, head).toString("latin1"))) continue;
    if (hex(block.subarray(head)) !== said("WARC-Payload-Digest")) wrong.push([file, record.warcTargetURI, "payload digest"]);
  }
}
console.log(JSON.stringify({ types, wrong }));
"""

LETTERS = [REPOSITORY / "cli/demo_data/letter.txt"]
if shared("seed/letter.txt"):
    LETTERS.append(shared("seed/letter.txt"))
else:
    leave_out("seed/letter.txt is not on this machine")


def address(url):
    parts = urllib.parse.urlsplit(url)
    return parts.hostname, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def web_of(manifest):
    """Every cited URL, with the words that the document quotes of it."""
    sources = {source["id"]: source for source in manifest["sources"]}
    quotes = {}
    for citation in manifest["citations"]:
        for name in citation["sources"]:
            for url in sources[name]["urls"]:
                quotes.setdefault(address(url), []).append(citation["quote"] or "")

    def answer(handler):
        words = quotes.get((handler.headers["Host"].split(":")[0], handler.path))
        if words is None:
            return 404, "text/html", "<p>not here</p>"
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for quote in words for paragraph in quote.split("\n\n"))
        return 200, "text/html; charset=utf-8", f"<!DOCTYPE html><html lang=en><head><title>Statement</title></head><body><main>{body}</main></body></html>"

    return {host for host, _ in quotes}, answer


for letter in LETTERS:
    with folder() as here:
        extracted = run("extract", letter)
        assert extracted.returncode == 0, extracted.stderr
        manifest = json.loads(extracted.stdout)
        hosts, answer = web_of(manifest)
        pem = certificate_for(hosts, here / "web.pem")
        with site(answer) as http, site(answer, pem) as https:
            checked = run("check", letter, "--archive", "a", "--json", "r.json", "--cacert", f"{pem}.crt", "--allow-net", "127.0.0.0/8", "--delay", "0",
                          "--connect-to", f":80:127.0.0.1:{http}", "--connect-to", f":443:127.0.0.1:{https}", cwd=here)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        report = json.loads((here / "r.json").read_text())
        with_url = {source["id"] for source in manifest["sources"] if source["urls"]}
        for citation, verdict in zip(manifest["citations"], report["citations"], strict=True):
            expected = "intact" if with_url & set(citation["sources"]) else "unverifiable"
            assert verdict["verdict"] == expected, (letter.name, verdict["id"], verdict["verdict"], verdict["reason"])
        print(letter.name, report["summary"])
        packages = npm({"warcio": "2.4.11"})
        (packages / "read_whole.mjs").write_text(READER)
        files = sorted((here / "a/archive").glob("*.warc.gz"))
        read = subprocess.run([need("node"), packages / "read_whole.mjs", *files], capture_output=True, text=True, timeout=120)
        assert read.returncode == 0, read.stderr
        seen = json.loads(read.stdout)
        answered = sum(len(source["urls"]) for source in manifest["sources"])
        assert not seen["wrong"], seen["wrong"]
        assert seen["types"]["response"] + seen["types"].get("revisit", 0) >= answered and seen["types"]["request"] >= answered, seen["types"]
        print("  read by warcio:", seen["types"])
end()
