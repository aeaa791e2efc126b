#!/usr/bin/env python3
"""Text Fragment links before a real browser: Chromium's own fragment search scrolls to each passage of the corpus' pages, and to
none where the words are not there."""
import json
import pathlib
import subprocess

from support import REPOSITORY, folder, local, manifest, need, npm, run, site

QUOTES_A_PAGE = 2
# Every block far from the next, and the first one below the window: what is not found is not seen.
FAR_APART = b"<style>body { padding: 3000px 0 } p, li, td, h1, h2, figure, blockquote { display: block; margin-bottom: 2000px }</style>"


def name_of(media_type):
    return media_type.partition("charset=")[2].lower()


def is_utf8(page):
    try:
        return not page.isascii() and bool(page.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def corpus():
    """(name, content type, page, verbatim quotes) of the HTML pages whose bytes a style can be put into."""
    for labels in sorted((REPOSITORY / "tests/data/quotes").glob("*.quotes")):
        lines = labels.read_text(encoding="utf-8").splitlines()
        media_type = lines[0][2:]
        page = labels.with_suffix(".page").read_bytes()
        if not media_type.startswith("text/html") or b"<body>" not in page and b"<body " not in page:
            continue
        if name_of(media_type) == "iso-8859-1" and is_utf8(page):
            continue  # the browser believes the wrong label, and shows other letters than the author wrote
        quotes = [line.split("\t")[1].replace("\\n", "\n") for line in lines[1:] if line.startswith("verbatim\t") and len(line.split("\t")) == 2]
        step = max(1, len(quotes) // QUOTES_A_PAGE)
        yield labels.stem, media_type, page.replace(b"<body", FAR_APART + b"<body", 1), quotes[::step][:QUOTES_A_PAGE]


packages = npm({"playwright-core": "1.65.1"})
chromium = need("chromium")
pages, citations = {}, []
for name, media_type, page, quotes in corpus():
    pages["/" + name] = (200, media_type, page)
    citations += [(f"http://pages.example/{name}", quote) for quote in quotes]

with folder() as here, site(pages) as port:
    (here / "m.json").write_text(manifest(*citations))
    checked = run("check", "m.json", "--json", "r.json", "-q", *local(port), cwd=here)
    assert checked.returncode in (0, 1), checked.stderr
    report = json.loads((here / "r.json").read_text())
    passages = [{"url": p["fragment_url"], "exact": p["exact"]} for c in report["citations"] for p in c["quote"]["passages"]]
    assert len(passages) >= 50, len(passages)
    controls = [{"url": f"http://pages.example{path}#:~:text=nine%20yellow%20lighthouses", "exact": "nine yellow lighthouses"} for path in list(pages)[:2]]
    script = pathlib.Path(__file__).with_name("open_fragments.mjs")
    opened = subprocess.run(["node", script, packages, chromium, str(port)], input=json.dumps(controls + passages), capture_output=True, text=True, timeout=280)
    assert opened.returncode == 0, opened.stderr[-2000:]
    found = json.loads(opened.stdout)

for control in found[: len(controls)]:
    assert not control["scrolled"], "a page scrolled to words that it does not hold"
missed = [p for p, result in zip(passages, found[len(controls) :]) if not (result["scrolled"] and result["seen"])]
for passage in missed:
    print("not found:", passage["url"], "\n   ", passage["exact"][:200])
print(f"{len(passages) - len(missed)} of {len(passages)} passages found by Chromium")
assert not missed
