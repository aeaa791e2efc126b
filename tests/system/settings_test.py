#!/usr/bin/env python3
"""loccit.toml: found upwards, a key for every option, told where each value comes from, and no slip goes unnoticed."""
import json
import re
import sqlite3
import textwrap
import urllib.error
import urllib.request

from support import REPOSITORY, folder, local, manifest, run, serving, site

PAGE = "<html><body><p>The lamps on the causeway are old, but they are sound.</p></body></html>"


# What says which job this one call has, and so stands in no file; `--json` of history and audit is no check's report.
OF_ONE_CALL = {
    "check": set(), "verify": set(), "extract": set(), "serve": set(), "archive": {"keep", "yes"}, "fleet": set(), "config": set(),
    "seal": {"out", "check"},
    "audit": {"previous", "extract", "skip"},
    "history": {"citation", "host", "from", "until", "limit"},
    "watch": {"citation", "forget", "once", "notify-command"},
    "worker": {"name", "lease", "listen", "log-format", "once", "notify-command"},
    "accept": {"reason", "all", "prune", "check"},
}
WITHOUT_SETTINGS = {"keygen", "demo", "completion", "man"}


def text(path):
    """A value as TOML has it: a JSON string is one."""
    return json.dumps(str(path))


def every_option_has_its_key(here):
    said = run("config", "--no-config", cwd=here).stdout
    keys = set(re.findall(r"^(?:# )?([a-z-]+) = ", said, re.M))
    for command, of_one_call in OF_ONE_CALL.items():
        options = set(re.findall(r"--([a-z][a-z-]+)", "\n".join(
            line for line in run(command, "--help").stdout.splitlines() if re.match(r"  +-", line))))
        assert options - keys - {"help", "config", "no-config"} == of_one_call - keys, f"{command}: {options - keys}"


def command_names():
    return set(re.findall(r"^  ([a-z]+) ", run("--help").stdout.split("Subcommands:")[1].split("`loccit")[0], re.M))


def slips_are_told(here):
    for wrong, words in [
            ('fial-on = "rotten"', '1: unknown key "fial-on"; did you mean "fail-on"?'),
            ('[fetch]\ntimeuot = 3', '2: unknown key "timeuot" in [fetch]; did you mean "timeout"?'),
            ('timeout = 3', '1: unknown key "timeout"; it belongs to [fetch]'),
            ('[fech]\ntimeout = 3', '2: unknown table [fech]; did you mean [fetch]?'),
            ('[host."a.example"]\ndelya = 3', '2: unknown key "delya" in [host."a.example"]; did you mean "delay"?'),
            ('fail-on = "driftd"', '1: --fail-on: "driftd" is no verdict'),
            ('[notify]\nnotify-command = "rm -rf ~"', '2: --notify-command is said of one call'),
            ('[seal]\nout = "a.wacz"', '2: --out is said of one call'),
            ('seal = "a.wacz"', '1: unknown key "seal"; it belongs to [seal]'),
            ('[report]\nhtlm = "x"', '"htlm=x" is not FORMAT=FILE'),
            ('documents = ["no/such/*.md"]', '1: no file below'),
            ('[[skip]]\nurl = "https://a.example/*"\nreason = "moving"', 'until (the date'),
            ('archive = [', '1: ')]:
        (here / "loccit.toml").write_text(wrong)
        for arguments in (["check"], ["verify"], ["extract", "a.md"], ["audit", "a.wacz"], ["watch"], ["serve"], ["worker"], ["archive", "verify"]):
            if wrong.startswith("documents") and arguments[0] not in ("check", "verify", "watch"):
                continue
            if wrong.startswith(("fail-on", "[report]")) and arguments[0] not in ("check", "verify"):
                continue
            done = run(*arguments, cwd=here)
            assert done.returncode == 2 and "loccit.toml:" in done.stderr and words in done.stderr, (wrong, done.stderr)
    (here / "loccit.toml").unlink()
    done = run("chekc", cwd=here)
    assert done.returncode == 2 and "did you mean `loccit check`?" in done.stderr, done.stderr
    done = run("check", cwd=here)
    assert done.returncode == 2 and "no document is named" in done.stderr, done.stderr


def the_example_of_the_manual_holds(here):
    example = re.search(r"```toml\n(.*?)```", (REPOSITORY / "docs/ci.md").read_text(), re.S).group(1)
    (here / "example.toml").write_text(textwrap.dedent(example))
    said = run("config", "--config", "example.toml", cwd=here)
    assert said.returncode == 0 and 'contact = "https://example.org/who-we-are"' in said.stdout and "until = 2027-01-31" in said.stdout, said.stderr


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


def every_command_heeds_it(here):
    deep = here / "letters"
    deep.mkdir()
    for name in ("signer", "stranger"):
        assert run("keygen", "--key", here / f"{name}.key", "--cert", here / f"{name}.pem").returncode == 0
    (here / "token").write_text("0123456789abcdef0123456789abcdef\n")
    (deep / "one.json").write_text(manifest(("http://a.example/", "they are sound"), ("http://moved.example/", "they are sound")))
    (deep / "links.md").write_text("See [the lamps](http://a.example/) first.\n\nThey shine.[^1]\n\n[^1]: http://a.example/\n")
    asked = []

    def page(handler):
        asked.append(handler.headers["Host"])
        return (404, "text/plain", "none") if handler.path == "/robots.txt" else (200, "text/html", PAGE)

    with site(page) as port, site(lambda handler: asked.append("webhook") or (200, "text/plain", "")) as webhook:
        reach = local(port)
        (here / "loccit.toml").write_text(f"""documents = ["letters/*.json"]
archive = "kept"
registry = "kept/history.db"
notes-only = true
fail-on = "rotten"
[fetch]
connect-to = [{text(reach[1])}]
allow-net = [{text(reach[3])}]
delay = 0
retries = 0
[seal]
seal = "evidence.wacz"
key = "signer.key"
cert = "signer.pem"
[audit]
trust = ["signer.pem"]
[watch]
every = "30d"
[worker]
slots = 3
[notify]
notify-webhook = ["http://127.0.0.1:{webhook}/"]
[serve]
listen = "127.0.0.1:0"
token-file = "token"
[[skip]]
url = "moved.example"
reason = "the site is being moved"
until = 2999-12-31
""")

        def said(code, *arguments):
            done = run(*arguments, cwd=deep)
            assert done.returncode == code, (arguments, done.stdout, done.stderr)
            return done.stdout

        said(0, "watch", "--once")
        assert asked and "moved.example" not in " ".join(asked), asked
        said(0, "check", "-q")
        assert (here / "evidence.wacz").exists()
        said(0, "audit", "../evidence.wacz")
        said(1, "audit", "../evidence.wacz", "--trust", "../stranger.pem")
        assert "all hold" in said(0, "archive", "verify")
        assert "letters/one.json" in said(0, "history")
        assert said(0, "fleet")
        assert "link-1" not in said(0, "extract", "links.md") and "link-1" in said(0, "extract", "links.md", "--no-config")
        with serving(cwd=deep) as address:
            try:
                urllib.request.urlopen(address, timeout=10)
                raise AssertionError("served without a token")
            except urllib.error.HTTPError as refused:
                assert refused.code == 401, refused
        registry = sqlite3.connect(here / "kept/history.db")
        assert registry.execute("SELECT interval_hours FROM document").fetchall() == [(720,)]
        registry.execute("UPDATE citation SET next_look = 0")
        registry.commit()
        registry.close()
        asked.clear()
        said(0, "worker", "--once")
        assert any(host.startswith("a.example") for host in asked), asked
    (here / "loccit.toml").write_text('[serve]\ntls-cert = "signer.pem"\n')
    done = run("serve", cwd=deep)
    assert done.returncode == 2 and "--tls-cert and --tls-key go together" in done.stderr, done.stderr


with folder() as here:
    assert command_names() == OF_ONE_CALL.keys() | WITHOUT_SETTINGS
    every_option_has_its_key(here)
    slips_are_told(here)
    the_example_of_the_manual_holds(here)
    found_upwards_and_told(here)
with folder() as here:
    every_command_heeds_it(here)
print("settings hold")
