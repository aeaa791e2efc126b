"""Real pages in many languages: the HTML of Debian's documentation packages, and their text as Chromium shows it."""
import hashlib
import json
import os
import pathlib
import random
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "system"))
from support import need, skip  # noqa: E402

PLAYWRIGHT = "playwright-core@1.65.1"
# Where a path names its language: installation-guide/fr.ppc/, help/pt-BR/, page.ja.html, maint-guide-vi/.
LANGUAGE = re.compile(r"(?:/|[.-])([a-z]{2}(?:[-_](?:[A-Z]{2}|br|cn|tw|pt))?)(?=\.html?(?:\.|$)|[/.]|$)")
KNOWN = set("ar bg bn ca cs da de el en es et eu fa fi fr gl he hi hr hu id it ja km ko lt ml nb nl no pl pt ro ru sk sl sr sv th tl tr "
            "uk vi zh".split())


def fetch(packages, folder):
    """Downloads and unpacks packages; installs nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [p for p in packages if not list(folder.glob(f"{p}_*.deb"))]
    if missing:
        got = subprocess.run([need("apt-get"), "download", *missing], cwd=folder, capture_output=True, text=True)
        if got.returncode != 0:
            skip("packages cannot be downloaded: " + got.stderr.strip()[-300:])
    roots = []
    for package in packages:
        root = folder / package
        if not root.exists():
            subprocess.run(["dpkg", "-x", str(next(folder.glob(f"{package}_*.deb"))), str(root)], check=True)
        roots.append(root)
    return roots


def language_of(path, head):
    names = [name.replace("_", "-").lower() for name in LANGUAGE.findall(str(path))]
    for name in reversed(names):
        if name.split("-")[0] in KNOWN:
            return name
    declared = re.search(rb"""<html[^>]*\slang=["']?([A-Za-z-]{2,7})""", head)
    return declared.group(1).decode().lower() if declared else "en"


def choose(root, per_language, seed):
    """Up to so many pages of each language below a folder, long enough to quote from."""
    found = {}
    for path in sorted(root.rglob("*.htm*")):
        if path.is_symlink() or not path.is_file() or not 6_000 < path.stat().st_size < 1_500_000:
            continue
        with path.open("rb") as file:
            language = language_of(path.relative_to(root), file.read(2000))
        found.setdefault(language, []).append(path)
    chooser = random.Random(f"{seed}{root.name}")
    pages = []
    for language, paths in sorted(found.items()):
        for path in chooser.sample(paths, min(per_language, len(paths))):
            pages.append({"file": str(path), "language": language, "package": root.name})
    return pages


def with_text(pages, folder):
    """Adds what Chromium shows of each page; read once, then kept."""
    def printed(page):
        return folder / "pdf" / (hashlib.sha1(page["file"].encode()).hexdigest() + ".pdf")

    kept = folder / "browser_text.json"
    seen = json.loads(kept.read_text()) if kept.exists() else {}
    new = [page for page in pages if page["file"] not in seen]
    if new:
        need("chromium")
        npm = pathlib.Path(os.environ.get("LOCCIT_NPM", folder / "npm"))
        if not (npm / "node_modules/playwright-core").exists():
            npm.mkdir(parents=True, exist_ok=True)
            subprocess.run([need("npm"), "install", "--no-audit", "--no-fund", "--prefix", str(npm), PLAYWRIGHT], check=True,
                           capture_output=True)
        (folder / "pdf").mkdir(exist_ok=True)
        for number, page in enumerate(new):  # one in eight on paper too
            if number % 8 == 0:
                page["pdf"] = str(printed(page))
        (folder / "new.json").write_text(json.dumps(new))
        subprocess.run([need("node"), HERE / "browser_text.mjs", folder / "new.json", folder / "seen.json"], check=True,
                       env={**os.environ, "LOCCIT_NPM": str(npm)})
        seen.update(json.loads((folder / "seen.json").read_text()))
        kept.write_text(json.dumps(seen))
    return [{**page, "text": seen[page["file"]], **({"pdf": str(printed(page))} if printed(page).exists() else {})} for page in pages
            if len(seen.get(page["file"], "")) > 800]
