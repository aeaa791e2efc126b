#!/usr/bin/env python3
"""Every check is remembered: each document under its own name, with the words' coming and going; a registry that cannot
be used ends the call with exit 3 and a sentence."""
import json
import sqlite3

from support import folder, local, manifest, run, site

WORDS = "The lamps are old, but they are sound"


def page(words):
    return (200, "text/html", f"<html><body><p>{words}, and nobody doubts it here.</p></body></html>")


def checked(result, code, what):
    assert result.returncode == code, f"{what}: exit {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result


with folder() as here:
    (here / "sub").mkdir()
    (here / "a.json").write_text(manifest(("http://a.example/page", WORDS), (None, "A letter")))
    (here / "sub/b.json").write_text(manifest(("http://b.example/page", WORDS)))
    pages = {"/page": page(WORDS)}
    with site(pages) as port:
        checked(run("history", cwd=here), 2, "history before any check")
        checked(run("check", "a.json", "sub/b.json", *local(port), cwd=here), 0, "the first check")
        checked(run("check", "b.json", "--archive", "../.loccit", *local(port), cwd=here / "sub"), 0, "from another folder")
        pages["/page"] = page("The lamps are new, and they are not sound")
        checked(run("check", "a.json", *local(port), cwd=here), 1, "the words have changed")
        checked(run("verify", "a.json", cwd=here), 1, "verify")

    history = json.loads(checked(run("history", "--json", "-", cwd=here), 0, "history").stdout)
    assert history["schema"] == "loccit.history/1"
    by_name = {document["name"]: document for document in history["documents"]}
    assert sorted(by_name) == ["a.json", "sub/b.json"], sorted(by_name)
    assert by_name["a.json"]["checks"] == 2 and by_name["sub/b.json"]["checks"] == 2, by_name
    assert by_name["a.json"]["summary"]["drifted"] == 1, by_name

    one = json.loads(checked(run("history", "a.json", "--citation", "c1", "--json", "-", cwd=here), 0, "one citation").stdout)
    assert [citation["id"] for citation in one["citations"]] == ["c1"]
    assert one["citations"][0]["stood"][0]["gone_by"], one["citations"][0]
    assert [entry["quote_state"] for entry in one["citations"][0]["checks"]][0] == "verbatim"
    assert all(change["document"] == "a.json" for change in one["transitions"])
    text = checked(run("history", "a.json", cwd=here), 0, "as text").stdout
    assert "gone on" in text and "a.json: 2 checks" in text, text
    assert checked(run("history", "--host", "b.example", "--json", "-", cwd=here), 0, "by host").stdout.count('"to": "up"') == 2
    assert json.loads(run("history", "--from", "2100-01-01", "--json", "-", cwd=here).stdout)["transitions"] == []
    wrong = checked(run("history", "--from", "yesterday", cwd=here), 2, "a time that is none")
    assert "2026-11-24" in wrong.stderr, wrong.stderr
    wrong = checked(run("history", "other.json", cwd=here), 2, "a document that was never checked")
    assert "other.json" in wrong.stderr and "loccit check" in wrong.stderr, wrong.stderr

    with site({"/page": page(WORDS)}) as port:
        # Another program holds the registry: the verdicts are told, and that they were not recorded.
        lock = sqlite3.connect(here / ".loccit/registry.db", isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
        locked = checked(run("check", "a.json", *local(port), cwd=here), 3, "a locked registry")
        assert "registry" in locked.stderr and "locked" in locked.stderr, locked.stderr
        lock.close()
        (here / ".loccit/registry.db").write_bytes(b"this is no database, whatever it may be called" * 100)
        for suffix in ("-wal", "-shm"):
            (here / f".loccit/registry.db{suffix}").unlink(missing_ok=True)
        broken = checked(run("check", "a.json", *local(port), cwd=here), 3, "a broken registry")
        assert "registry" in broken.stderr and "nothing was checked" in broken.stderr and "--registry" in broken.stderr, broken.stderr
        assert "intact" not in broken.stdout
        checked(run("check", "a.json", "--registry", "other.db", *local(port), cwd=here), 0, "another registry")
        checked(run("check", "a.json", "--offline", cwd=here), 0, "offline needs none")
        checked(run("history", cwd=here), 3, "history of a broken registry")
print("history: remembered")
