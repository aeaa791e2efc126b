#!/usr/bin/env python3
"""Exit codes 0 to 3, each with every cause that we know, and a message that says what to do."""
import json
import os
import sys

from support import folder, local, manifest, run, site

FAILED = []


def expect(what, result, code, *words):
    wrong = [] if result.returncode == code else [f"exit {result.returncode}, not {code}"]
    wrong += [f"standard error lacks {word!r}" for word in words if word not in result.stderr]
    if "should not happen" in result.stderr:
        wrong.append("an exception got away")
    if wrong:
        FAILED.append(what)
        print(f"FAILED {what}: {'; '.join(wrong)}\n  out: {result.stdout[-400:]!r}\n  err: {result.stderr[-400:]!r}")


def wrong_calls(here):
    (here / "m.json").write_text(manifest((None, None)))
    (here / "roots.pem").write_text("no certificate")
    for what, arguments, words in [
        ("no command", [], ["loccit --help"]),
        ("an unknown command", ["chekc"], ["chekc", "check"]),
        ("no command, to someone who has never seen one", [], ["loccit check letter.pdf"]),
        ("an unknown option", ["check", "m.json", "--bogus"], ["--bogus", "loccit check --help"]),
        ("a misspelt option", ["check", "m.json", "--fial-on", "rotten"], ["did you mean --fail-on?"]),
        ("a misspelt option with its value", ["audit", "m.json", "--trsut=roots.pem"], ["did you mean --trust?"]),
        ("a timestamp authority that is none", ["check", "m.json", "--seal", "b.wacz", "--tsa", "ftp://a.example/"], ["--tsa", "http"]),
        ("--since outside of a repository", ["check", "m.json", "--since", "HEAD"], ["git repository"]),
        ("no input", ["check"], ["INPUT"]),
        ("an option without its value", ["check", "m.json", "--archive"], ["--archive"]),
        ("an unknown verdict to fail on", ["check", "m.json", "--fail-on", "rotted"], ["rotted", "unverifiable"]),
        ("an unknown report format", ["check", "m.json", "--report", "pdf=x"], ["html"]),
        ("a report without a file", ["check", "m.json", "--report", "html="], ["FORMAT=FILE"]),
        ("a report in a folder that is not there", ["check", "m.json", "--json", "no/such/r.json"], ["no/such/r.json", "folder"]),
        ("two reports for standard output", ["check", "m.json", "--json", "-", "--report", "html=-"], ["standard output"]),
        ("a number that is none", ["check", "m.json", "--max-bytes", "many"], ["--max-bytes"]),
        ("a negative time", ["check", "m.json", "--timeout", "-1"], ["--timeout"]),
        ("a range that is none", ["check", "m.json", "--allow-net", "10.0.0.0/99"], ["10.0.0.0/99"]),
        ("a connect-to that is none", ["check", "m.json", "--connect-to", "a.example"], ["a.example"]),
        ("roots that are none", ["check", "m.json", "--cacert", "roots.pem"], ["roots.pem"]),
        ("roots that are not there", ["check", "m.json", "--cacert", "none.pem"], ["none.pem"]),
        ("verify without an archive", ["verify", "m.json", "--archive", "none"], ["none", "loccit check"]),
    ]:
        expect(what, run(*arguments, cwd=here), 2, *words)


def wrong_inputs(here):
    good = json.loads(manifest(("https://a.example/", "words")))

    def changed(change):
        copy = json.loads(json.dumps(good))
        change(copy)
        return json.dumps(copy)

    inputs = {
        "empty.txt": b"",
        "blank.pdf": b"%PDF-1.7\n%",
        "binary.bin": bytes(range(256)) * 64,
        "image.png": b"\x89PNG\r\n\x1a\n" + bytes(4000),
        "cut.docx": b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(40),
        "broken.json": b'{"schema": "loccit.manifest/1", ',
        "other.json": b'{"hello": 1}',
        "list.json": b"[]",
        "schema.json": changed(lambda m: m.update(schema="loccit.manifest/9")).encode(),
        "unknown-source.json": changed(lambda m: m["citations"][0].update(sources=["9"])).encode(),
        "no-source.json": changed(lambda m: m["citations"][0].update(sources=[])).encode(),
        "type.json": changed(lambda m: m["citations"][0].update(quote=7)).encode(),
        "twice.json": changed(lambda m: m["sources"].append(m["sources"][0])).encode(),
    }
    words = {
        "schema.json": ["schema: ", "loccit.manifest/9"],
        "unknown-source.json": ['citations[0].sources[0]: no source has the id "9"'],
        "no-source.json": ["citations[0].sources"],
        "type.json": ["citations[0].quote: expected a string"],
        "twice.json": ["sources[1].id"],
        "broken.json": ["line 1"],
    }
    for name, content in inputs.items():
        (here / name).write_bytes(content)
        for command in ("extract", "check"):
            expect(f"{command} of {name}", run(command, name, cwd=here), 2, name, *words.get(name, []))
    (here / "huge.txt").touch()
    os.truncate(here / "huge.txt", 1 << 30)
    expect("a file of one gigabyte", run("check", "huge.txt", cwd=here), 2, "huge.txt")
    (here / "a-folder").mkdir()
    expect("a folder", run("check", "a-folder", cwd=here), 2, "a-folder")
    expect("a missing file", run("check", "nowhere.txt", cwd=here), 2, "nowhere.txt")
    expect("one bad input of two", run("check", "none.json", "empty.txt", cwd=here), 2)
    if os.path.exists(here / ".loccit"):
        FAILED.append("archive made for nothing")
        print("FAILED: a wrong call made an archive")


def unfinished(here):
    (here / "m.json").write_text(manifest((None, None)))
    (here / "file").write_text("no folder")
    expect("an archive that is a file", run("check", "m.json", "--archive", "file", cwd=here), 3, "file")
    expect("an archive below a file", run("check", "m.json", "--archive", "file/archive", cwd=here), 3, "file")
    expect("an archive in a place that takes none", run("check", "m.json", "--archive", "/proc/loccit", cwd=here), 3, "/proc/loccit")
    (here / "away.json").write_text(manifest(("http://a.example/", "words")))
    nobody = run("check", "away.json", "--archive", "a", "--retries", "0", "--connect-to", "::127.0.0.1:1", "--allow-net", "127.0.0.0/8", cwd=here)
    expect("no network", nobody, 1, "not one source answered", "connected")
    expect("a full device for a report", run("check", "m.json", "--archive", "a", "--json", "/dev/full", cwd=here), 3, "/dev/full")


def fine_and_found(here):
    (here / "no-notes.txt").write_text("A short letter that cites nothing at all.\n")
    result = run("check", "no-notes.txt", "--archive", "a", cwd=here)
    expect("a document that cites nothing", result, 0)
    if "cites nothing" not in result.stdout:
        FAILED.append("cites nothing")
        print("FAILED: it does not say that the document cites nothing:", result.stdout)
    page = "<html><body><p>The lamps are old, but they are sound, and nobody doubts it here.</p></body></html>"
    with site({"/page": (200, "text/html", page)}) as port:
        cases = {
            "good": ("http://a.example/page", "The lamps are old, but they are sound"),
            "drifted": ("http://a.example/page", "The lamps are new, but they are sound"),
            "rotten": ("http://a.example/gone", "The lamps are old"),
            "unverifiable": (None, "The lamps are old"),
        }
        for name, case in cases.items():
            (here / f"{name}.json").write_text(manifest(case))

        def check(name, *more):
            return run("check", f"{name}.json", "--archive", "a", *local(port), *more, cwd=here)

        expect("words that stand", check("good"), 0)
        expect("words that changed", check("drifted"), 1)
        expect("a page that is gone", check("rotten"), 1)
        expect("nothing to fetch", check("unverifiable"), 0)
        expect("drift that is let pass", check("drifted", "--fail-on", "rotten"), 0)
        expect("nothing to fail on", check("rotten", "--fail-on", "none"), 0)
        expect("to fail on what is unverifiable", check("unverifiable", "--fail-on", "unverifiable"), 1)
    expect("verify, words that stand", run("verify", "good.json", "--archive", "a", cwd=here), 0)
    expect("verify, words that changed", run("verify", "drifted.json", "--archive", "a", cwd=here), 1)
    expect("check --offline", run("check", "rotten.json", "--offline", "--archive", "a", cwd=here), 1)
    for command in ("", "check", "extract", "verify", "demo"):
        expect(f"{command} --help", run(*command.split(), "--help"), 0)
    expect("--version", run("--version"), 0)


for part in (wrong_calls, wrong_inputs, unfinished, fine_and_found):
    with folder() as here:
        part(here)
print("exit codes:", "as they should be" if not FAILED else f"{len(FAILED)} wrong")
sys.exit(1 if FAILED else 0)
