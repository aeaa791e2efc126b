#!/usr/bin/env python3
"""What keeps a check from asking, and what programs read of it: skips with their date, answers young enough, json-lines, --confirmed; and a
bundle of such a check passes its audit."""
import json

from support import folder, local, manifest, run, site

PAGE = "<html><body><p>The lamps on the causeway are old, but they are sound.</p></body></html>"
SKIP = '[[skip]]\nurl = "{}"\nreason = "the site is being moved"\nuntil = {}\n'


def check(here, reach, *more):
    return run("check", "letter.json", "--json", "r.json", "--key", "k.pem", "--cert", "c.pem", *more, *reach, cwd=here)


def citations(here):
    return json.loads((here / "r.json").read_text())["citations"]


def skipped_until_their_day(here, reach, asked):
    for pattern in ("http://moving.example/*", "moving.example", "mov*"):
        (here / "loccit.toml").write_text(SKIP.format(pattern, "2999-01-31"))
        asked.clear()
        done = check(here, reach, "--fail-on", "rotten", "--seal", "e.wacz")
        assert done.returncode == 0, done.stdout + done.stderr
        moving = citations(here)[1]
        assert moving["verdict"] == "unverifiable" and "skipped until 2999-01-31: the site is being moved" in moving["reason"], moving
        assert not any(host == "moving.example" for host in asked), asked
        audit = run("audit", "e.wacz", "--trust", "c.pem", "--fail-on", "none", cwd=here)
        assert audit.returncode == 0, audit.stdout + audit.stderr
    (here / "loccit.toml").write_text(SKIP.format("moving.example", "2020-01-31"))
    done = check(here, reach)
    assert "ran out on 2020-01-31" in done.stderr and citations(here)[1]["verdict"] == "drifted", done.stderr
    (here / "loccit.toml").unlink()


def young_answers_are_not_asked_for_again(here, reach, asked):
    asked.clear()
    done = check(here, reach, "--max-age", "1h", "--seal", "f.wacz")
    assert done.returncode == 1 and not asked, asked
    audit = run("audit", "f.wacz", "--trust", "c.pem", "--fail-on", "none", cwd=here)
    assert audit.returncode == 0, audit.stdout + audit.stderr
    assert check(here, reach, "--max-age", "0").returncode == 1 and asked
    wrong = check(here, reach, "--max-age", "soon")
    assert wrong.returncode == 2 and "12h" in wrong.stderr, wrong.stderr


def lines_for_programs(here, reach):
    done = run("check", "letter.json", "--format", "json-lines", *reach, cwd=here)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["type"] for line in lines] == ["citation", "citation", "summary"] and lines[1]["verdict"] == "drifted", done.stdout
    both = run("check", "letter.json", "--format", "json-lines", "--json", "-", *reach, cwd=here)
    assert both.returncode == 2, both.stderr


def one_failure_is_not_confirmed(here, reach):
    done = check(here, reach, "--confirmed", "--report", "junit=j.xml")
    assert done.returncode == 0 and "not confirmed yet" in done.stdout, done.stdout + done.stderr
    assert 'failures="0"' in (here / "j.xml").read_text()
    assert check(here, reach).returncode == 1


def history_is_shown(here, reach):
    done = check(here, reach, "--report", "html=h.html")
    page = (here / "h.html").read_text()
    assert done.returncode == 1 and 'class="chart"' in page and "Earlier checks:" in page


asked = []


def answer(handler):
    asked.append(handler.headers["Host"])
    return (200, "text/html", PAGE) if handler.path == "/" else (404, "text/html", "")


with folder() as here, site(answer) as port:
    reach = local(port)
    (here / "letter.json").write_text(manifest(("http://a.example/", "they are sound"), ("http://moving.example/", "The lamps on the causeway are new")))
    made = run("keygen", "--key", "k.pem", "--cert", "c.pem", cwd=here)
    assert made.returncode == 0, made.stderr
    skipped_until_their_day(here, reach, asked)
    young_answers_are_not_asked_for_again(here, reach, asked)
    lines_for_programs(here, reach)
    one_failure_is_not_confirmed(here, reach)
    history_is_shown(here, reach)
print("the rules hold")
