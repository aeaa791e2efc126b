#!/usr/bin/env python3
"""What keeps a check from asking, and what programs read of it: skips with their date, answers young enough, json-lines, --confirmed; and a
bundle of such a check passes its audit."""
import json
import sqlite3

from support import folder, local, manifest, run, site

DAY = 86_400_000_000
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
    (here / "away.json").write_text(manifest(("http://a.example/away", None), ("http://a.example/", None)))
    for _ in range(2):
        asked_paths.clear()
        done = run("check", "away.json", "--max-age", "1h", *reach, cwd=here)
        assert done.returncode == 1 and "/away" in asked_paths and "/" not in asked_paths, (asked_paths, done.stdout)
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


def age(here, days):
    """Everything that the registry knows of standings happened `days` earlier."""
    registry = sqlite3.connect(here / ".loccit/registry.db", isolation_level=None)
    for table in ("citation", "link"):
        for row, stored in registry.execute(f"SELECT id, standing_state FROM {table}").fetchall():
            state = json.loads(stored)
            for name in ("since", "first_counted", "last_counted", "next_look"):
                state[name] -= days * DAY
            registry.execute(f"UPDATE {table} SET standing_state = ?, since = since - {days * DAY} WHERE id = ?", (json.dumps(state), row))
    registry.close()


def what_history_bears_out_fails(here, reach):
    """A page that is away fails a check only when several looks over days found it so; another that has only just gone does not."""
    (here / "rot.json").write_text(manifest(("http://a.example/away", "they are sound"), ("http://a.example/", "they are sound")))
    confirmed = ["check", "rot.json", "--confirmed", "--json", "rot-report.json", *reach]
    for day in range(3):
        done = run(*confirmed, cwd=here)
        assert done.returncode == 0 and "1 of them not confirmed yet" in done.stdout, (day, done.stdout + done.stderr)
        age(here, 2)
    done = run(*confirmed, cwd=here)
    assert done.returncode == 1 and "not confirmed yet" not in done.stdout and "rotten  c1" in done.stdout, done.stdout + done.stderr
    (here / "rot.json").write_text(manifest(("http://a.example/away", "they are sound"), ("http://a.example/gone", "they are sound")))
    done = run(*confirmed, cwd=here)
    verdicts = [citation["verdict"] for citation in json.loads((here / "rot-report.json").read_text())["citations"]]
    assert done.returncode == 1 and verdicts == ["rotten", "rotten"], done.stdout
    assert "rotten  c1" in done.stdout and "rotten  c2" not in done.stdout and "1 of them not confirmed yet" in done.stdout, done.stdout
    (here / "rot.json").write_text(manifest(("http://a.example/gone", "they are sound")))
    assert run(*confirmed, cwd=here).returncode == 0


def history_is_shown(here, reach):
    done = check(here, reach, "--report", "html=h.html")
    page = (here / "h.html").read_text()
    assert done.returncode == 1 and 'class="chart"' in page and "Earlier checks:" in page


asked, asked_paths = [], []


def answer(handler):
    asked.append(handler.headers["Host"])
    asked_paths.append(handler.path)
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
    what_history_bears_out_fails(here, reach)
    history_is_shown(here, reach)
print("the rules hold")
