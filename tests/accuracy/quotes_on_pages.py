#!/usr/bin/env python3
"""How often loccit's state is right: quotes with a known label on real pages, judged by the binary, told kind by kind.

    tests/accuracy/quotes_on_pages.py --packages debian-handbook gimp-help-ja ... [--per-language 8] [--folder DIR] [--html DIR ...]

Fails when an altered, partial or absent quote is judged verbatim, or when more than 0.5 % of the verbatim ones are not."""
import argparse
import collections
import json
import pathlib
import random
import sys

from guises import other_charset, other_format, set_into
from page_text import Page, letters
from pages import choose, fetch, with_text
from quotes import quotes_of

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "system"))
from support import local, run, site  # noqa: E402

STATES = ["verbatim", "altered", "partial", "absent", "translated", "unchecked"]


def in_guise(page, seed):
    """A third of the pages as they are, the others printed, in another charset or format, or with markup set into them."""
    rng = random.Random(f"guise {seed}{page['file']}")
    raw = pathlib.Path(page["file"]).read_bytes()
    page = {**page, "body": raw}
    if "pdf" in page:
        return {**page, "body": pathlib.Path(page["pdf"]).read_bytes(), "content_type": "application/pdf", "guise": "printed to PDF"}
    way = rng.randrange(6)
    if way == 0 and (guise := other_charset(raw, page["language"], rng)):
        page["guise"], page["body"], page["content_type"] = guise
    elif way == 2:
        page["guise"], page["body"], page["content_type"] = other_format(page["text"], rng)
    elif way in (1, 3) and (guise := set_into(raw, rng)):
        page["body"], page["extra"] = guise
        page["guise"] = "markup set in"
        hidden = [quote for label, _, quote in page["extra"] if label != "verbatim"]
        # A tab in its place: what stood before and after it is not adjacent.
        page["text"] = "\n".join("\t0000\t" if any(same_words(q, p) for q in hidden) else p for p in page["text"].split("\n"))
    return page


def same_words(quote, paragraph):
    return letters(quote) in letters(paragraph)


def make_cases(pages, seed):
    pages = [page for page in pages if len(page.paragraphs) >= 4]
    cases = []
    for index, page in enumerate(pages):
        base = page.language.split("-")[0]
        same = [p for p in pages if p is not page and p.language == page.language]
        # Close kin are told apart by no one at the length of a sentence.
        foreign = [p for p in pages if p.language.split("-")[0] not in (base, "en") and base not in ("nb", "da", "no", "hr", "sr", "sl")]
        for label, kind, quote in quotes_of(page, same, foreign, seed):
            cases.append({"id": f"c{len(cases)}", "page": index, "label": label, "kind": kind, "quote": quote})
    return pages, cases


def judge(pages, cases, folder, again):
    manifest = {"schema": "loccit.manifest/1", "document": {"title": "", "file": "cases"},
                "sources": [{"id": str(i), "label": str(i), "note": "", "urls": [f"http://h{i}.example/page{i}.html"], "kind": "web",
                             "translated": False} for i in range(len(pages))],
                "citations": [{"id": c["id"], "heading": [], "title": "", "place": "", "date": "", "quote": c["quote"],
                               "sources": [str(c["page"])]} for c in cases]}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    bodies = {f"/page{i}.html": (200, page.content_type, page.body) for i, page in enumerate(pages)}
    options = ["--archive", folder / "archive", "--json", folder / "report.json"]
    if again and (folder / "archive").exists():
        done = run("verify", folder / "manifest.json", *options, timeout=3000)
    else:
        with site(lambda handler: bodies.get(handler.path, (404, "text/plain", b"no"))) as port:
            done = run("check", folder / "manifest.json", *options, *local(port), timeout=3000)
    assert done.returncode in (0, 1), done.stderr
    return {c["id"]: c for c in json.loads((folder / "report.json").read_text())["citations"]}


def tell(pages, cases, report, out):
    matrix = collections.defaultdict(collections.Counter)
    languages = collections.defaultdict(collections.Counter)
    guises = collections.defaultdict(collections.Counter)
    wrong = []
    for case in cases:
        found = report[case["id"]]
        state = found["quote"]["state"]
        matrix[(case["label"], case["kind"])][state] += 1
        right = state == case["label"]
        languages[pages[case["page"]].language][right] += 1
        guises[pages[case["page"]].guise][right] += 1
        if not right:
            page = pages[case["page"]]
            wrong.append({**case, "state": state, "file": page.file, "guise": page.guise, "language": page.language, "reason": found["reason"],
                          "changes": found["quote"].get("changes"), "similarity": found["quote"].get("similarity")})
    print(f"{'label':11}{'kind':28}" + "".join(f"{s:>11}" for s in STATES))
    for (label, kind), row in sorted(matrix.items(), key=lambda item: (STATES.index(item[0][0]), item[0][1])):
        print(f"{label:11}{kind:28}" + "".join(f"{row[s] or '.':>11}" for s in STATES))
    totals = collections.defaultdict(collections.Counter)
    for (label, _), row in matrix.items():
        totals[label].update(row)
    for label in STATES:
        if label in totals:
            print(f"{label:11}{'ALL':28}" + "".join(f"{totals[label][s] or '.':>11}" for s in STATES))
    for name, rows in (("language", languages), ("guise", guises)):
        print(f"by {name}: " + ", ".join(f"{l} {100 * r[True] / sum(r.values()):.1f} % of {sum(r.values())}" for l, r in sorted(rows.items())))
    right = sum(r[True] for r in languages.values())
    flattered = sum(row["verbatim"] for label, row in totals.items() if label != "verbatim")
    doubted = sum(totals["verbatim"].values()) - totals["verbatim"]["verbatim"]
    print(f"{len(pages)} pages, {len(languages)} languages, {len(cases)} quotes: state right {100 * right / len(cases):.2f} %, "
          f"{flattered} wrongly verbatim, {doubted} of {sum(totals['verbatim'].values())} verbatim ones doubted "
          f"({100 * doubted / max(1, sum(totals['verbatim'].values())):.2f} %)")
    out.write_text(json.dumps(wrong, ensure_ascii=False, indent=1))
    return flattered == 0 and doubted * 200 <= sum(totals["verbatim"].values())


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--packages", nargs="*", default=[])
    options.add_argument("--html", nargs="*", default=[], type=pathlib.Path, help="folders of pages of your own")
    options.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("build/accuracy"))
    options.add_argument("--per-language", type=int, default=8)
    options.add_argument("--seed", default="1")
    options.add_argument("--again", action="store_true", help="judge from the archive of the last run, same pages")
    given = options.parse_args()
    folder = given.folder.resolve()
    roots = fetch(given.packages, folder / "packages") + [path.resolve() for path in given.html]
    pages = [page for root in roots for page in choose(root, given.per_language, given.seed)]
    pages, cases = make_cases([Page(in_guise(page, given.seed)) for page in with_text(pages, folder)], given.seed)
    report = judge(pages, cases, folder, given.again)
    return 0 if tell(pages, cases, report, folder / "wrong.json") else 1


if __name__ == "__main__":
    sys.exit(main())
