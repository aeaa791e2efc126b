#!/usr/bin/env python3
"""loccit.toml: found upwards, a key for every option, told where each value comes from, and no slip goes unnoticed."""
import json
import re

from support import folder, local, manifest, run, site

PAGE = "<html><body><p>The lamps on the causeway are old, but they are sound.</p></body></html>"


def text(path):
    """A value as TOML has it: a JSON string is one."""
    return json.dumps(str(path))


def every_option_has_its_key(here):
    said = run("config", "--no-config", cwd=here).stdout
    keys = set(re.findall(r"^(?:# )?([a-z-]+) = ", said, re.M))
    for command in ("check", "verify"):
        options = set(re.findall(r"--([a-z][a-z-]+)", "\n".join(
            line for line in run(command, "--help").stdout.splitlines() if re.match(r"  +-", line))))
        missing = options - keys - {"help", "config", "no-config"}
        assert not missing, f"{command}: no key for {missing}"


def slips_are_told(here):
    for wrong, words in [
            ('fial-on = "rotten"', '1: unknown key "fial-on"; did you mean "fail-on"?'),
            ('[fetch]\ntimeuot = 3', '2: unknown key "timeuot" in [fetch]; did you mean "timeout"?'),
            ('timeout = 3', '1: unknown key "timeout"; it belongs to [fetch]'),
            ('[fech]\ntimeout = 3', '2: unknown table [fech]; did you mean [fetch]?'),
            ('[host."a.example"]\ndelya = 3', '2: unknown key "delya" in [host."a.example"]; did you mean "delay"?'),
            ('fail-on = "driftd"', '1: --fail-on: "driftd" is no verdict'),
            ('[report]\nhtlm = "x"', '"htlm=x" is not FORMAT=FILE'),
            ('documents = ["no/such/*.md"]', '1: no file below'),
            ('[[skip]]\nurl = "https://a.example/*"\nreason = "moving"', 'until (the date'),
            ('archive = [', '1: ')]:
        (here / "loccit.toml").write_text(wrong)
        for arguments in (["check"], ["verify"]):
            done = run(*arguments, cwd=here)
            assert done.returncode == 2 and "loccit.toml:" in done.stderr and words in done.stderr, (wrong, done.stderr)
    (here / "loccit.toml").unlink()
    done = run("chekc", cwd=here)
    assert done.returncode == 2 and "did you mean `loccit check`?" in done.stderr, done.stderr
    done = run("check", cwd=here)
    assert done.returncode == 2 and "no document is named" in done.stderr, done.stderr


def found_upwards_and_told(here):
    deep = here / "letters" / "drafts"
    deep.mkdir(parents=True)
    (here / "letters" / "one.json").write_text(manifest(("http://a.example/", "The lamps on the causeway are new")))
    (here / "letters" / "two.json").write_text(manifest(("http://b.example/", "they are sound")))
    (deep / "three.json").write_text("{}")
    with site({"/": (200, "text/html", PAGE)}) as port:
        reach = local(port)
        (here / "loccit.toml").write_text(f"""documents = ["letters/**/*.json", "!letters/drafts/*"]
archive = "kept"
json = "report.json"
[fetch]
connect-to = [{text(reach[1])}]
allow-net = [{text(reach[3])}]
delay = 9
retries = 0
[host."*.example"]
delay = 0
""")
        done = run("check", cwd=deep)
        assert done.returncode == 1, done.stderr
        report = json.loads((here / "report.json").read_text())
        assert report["summary"]["drifted"] == 1 and report["summary"]["intact"] == 1, report["summary"]
        assert (here / "kept").is_dir() and not (deep / ".loccit").exists()
        assert run("check", "--fail-on", "rotten", "-q", cwd=here).returncode == 0, "the command line wins"
    said = run("config", "--retries", "5", "--fail-on", "none", cwd=here).stdout
    for line in (r'archive = "kept" +# loccit.toml:2', r"retries = 5 +# command line", r"delay = 9 +# loccit.toml:7",
                 r'fail-on = "none" +# command line', r"per-host = 2 +# default", r"documents = .* # loccit.toml:1, 2 files"):
        assert re.search("^" + line + "$", said, re.M), (line, said)
    (here / "again.toml").write_text(said)
    again = run("config", "--config", "again.toml", cwd=here)
    values = lambda output: re.findall(r"^([a-z-]+ = .*?) +#", output, re.M)
    assert again.returncode == 0 and values(again.stdout) == values(said), again.stderr + again.stdout


with folder() as here:
    every_option_has_its_key(here)
    slips_are_told(here)
    found_upwards_and_told(here)
print("settings hold")
