"""A page on the web as the document: read from its URL, its relative links resolved, its notes and links checked."""
import json

from support import folder, run, site

PAGE = """<!doctype html><html lang=en><title>Essay</title><main><h1>Essay</h1>
<p>The board says that “the ferry shall run in every weather” (<a href="../rules/9">rule 9</a>).</p></main></html>"""
RULE = "<!doctype html><title>Rule 9</title><p>The ferry shall run in every weather.</p>"

with folder() as where, site({
    "/essays/ferry": (200, "text/html; charset=utf-8", PAGE),
    "/rules/9": (200, "text/html; charset=utf-8", RULE),
    "/notes.md": (200, "text/plain", "A claim.[^1]\n\n[^1]: https://a.example\n"),
}) as port:
    url = f"http://127.0.0.1:{port}/essays/ferry"
    reach = ("--allow-net", "127.0.0.0/8", "--delay", "0")

    extracted = run("extract", url, *reach)
    assert extracted.returncode == 0, extracted.stderr
    manifest = json.loads(extracted.stdout)
    assert manifest["document"]["file"] == url, manifest["document"]
    assert manifest["sources"][0]["urls"] == [f"http://127.0.0.1:{port}/rules/9"], manifest["sources"]
    assert manifest["citations"][0]["quote"] == "the ferry shall run in every weather", manifest["citations"]

    checked = run("check", url, *reach, "--json", where / "report.json", cwd=where)
    assert checked.returncode == 0, checked.stderr + checked.stdout
    report = json.loads((where / "report.json").read_text())
    assert report["summary"]["intact"] == 1, report["summary"]

    markdown = json.loads(run("extract", f"http://127.0.0.1:{port}/notes.md", *reach).stdout)
    assert markdown["document"]["media_type"] == "text/markdown", markdown["document"]

    for command, *arguments in (("extract", f"http://127.0.0.1:{port}/gone", *reach), ("check", "--offline", url), ("verify", url),
                                ("extract", url)):  # loopback is refused unless allowed
        refused = run(command, *arguments, cwd=where)
        assert refused.returncode == 2 and "http://127.0.0.1" in refused.stderr, (command, refused.returncode, refused.stderr)
