#!/usr/bin/env python3
"""A sealed bundle in replayweb.page, in Debian's Chromium: the archived page shows its words. No network is touched: the replayer's own
files and the bundle are served on loopback."""
import http.server
import shutil
import subprocess
import threading

from support import folder, local, manifest, npm, run, site, skip

PACKAGES = {"replaywebpage": "2.5.3", "playwright-core": "1.65.1"}
OVERRIDES = {"warcio": "2.4.11"}  # it asks for a release that the registry lacks; its own bundle needs none
WORDS = "The lamps on the causeway are old, but they are sound."
PAGE = f"<html><head><title>Lamps</title></head><body><p>{WORDS}</p></body></html>"
VIEWER = """<!doctype html><html><body style="margin:0;height:100vh"><script src="/replay/ui.js"></script>
<replay-web-page source="/b.wacz" url="{url}" replayBase="/replay/" embed="replayonly"></replay-web-page></body></html>"""

LOOK = """
import { chromium } from "playwright-core";
const [executablePath, address, words] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
await page.goto(address);
let seen = "";
for (const deadline = Date.now() + 60_000; Date.now() < deadline && !seen.includes(words); await page.waitForTimeout(250)) {
  for (const frame of page.frames()) {
    try { seen += await frame.evaluate(() => document.body?.innerText ?? ""); } catch { /* it navigates */ }
  }
}
await browser.close();
if (!seen.includes(words)) { console.error("only this was seen:", seen.slice(0, 500)); process.exit(1); }
"""


def served(replayer, bundle, url):
    files = {"/replay/ui.js": (replayer / "ui.js", "text/javascript"), "/replay/sw.js": (replayer / "sw.js", "text/javascript"),
             "/b.wacz": (bundle, "application/wacz")}

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self):
            self.do_GET()

        def do_GET(self):
            path = self.path.split("?")[0]
            if path in files:
                body, kind = files[path][0].read_bytes(), files[path][1]
            elif path == "/":
                body, kind = VIEWER.format(url=url).encode(), "text/html"
            else:
                body, kind = b"", "text/plain"
            status, total = (200 if body else 404), len(body)
            asked = self.headers.get("Range")
            if asked and body:
                first, _, last = asked.removeprefix("bytes=").partition("-")
                first, last = (int(first), int(last) if last else total - 1) if first else (max(0, total - int(last)), total - 1)
                body, status = body[first:last + 1], 206
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Length", str(len(body)))
            if status == 206:
                self.send_header("Content-Range", f"bytes {first}-{first + len(body) - 1}/{total}")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def main():
    chromium = shutil.which("chromium") or skip("chromium is not installed")
    packages = npm(PACKAGES, OVERRIDES)
    (packages / "look.mjs").write_text(LOOK)
    with folder() as here:
        (here / "m.json").write_text(manifest(("http://lamps.example/moved", WORDS)))
        with site({"/page": (200, "text/html", PAGE), "/moved": (301, "http://lamps.example/page", "")}) as port:
            sealed = run("check", here / "m.json", "--archive", here / "a", *local(port), "--seal", here / "b.wacz")
        assert sealed.returncode == 0, sealed.stderr
        server = served(packages / "node_modules/replaywebpage", here / "b.wacz", "http://lamps.example/page")
        for _ in range(3):  # on a busy machine the viewer's service worker may come too late to its first page
            looked = subprocess.run(["node", packages / "look.mjs", chromium, f"http://127.0.0.1:{server.server_address[1]}/", WORDS],
                                    capture_output=True, text=True, timeout=200)
            if looked.returncode == 0:
                break
        server.shutdown()
        assert looked.returncode == 0, looked.stderr


main()
