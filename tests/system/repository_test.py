#!/usr/bin/env python3
"""A repository as a team keeps it: the pre-commit hook and the Action's scripts fail on a drifted quote, pass once it is accepted, and tell
when it is fixed; the pull request has one comment, kept up to date. GitLab's template runs too."""
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import threading

from support import LOCCIT, REPOSITORY, end, folder, leave_out, local, manifest, need, npm, run, site

PAGE = "<html><body><h1>Oil</h1><p>The lamps on the causeway are old, but they are sound. What they lack is oil.</p></body></html>"
LETTER = '# Letter\n\nThe society says: "The lamps on the causeway are {}, but they are sound."[^1]\n\n[^1]: Oil, http://a.example/oil\n'
DRIFTED, FIXED = LETTER.format("new"), LETTER.format("old")


def git(here, *arguments):
    done = subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always", *arguments],
                          cwd=here, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def environment(here):
    """loccit on the PATH, as after an installation."""
    programs = here.parent / "bin"
    programs.mkdir(exist_ok=True)
    if not (programs / "loccit").exists():
        (programs / "loccit").symlink_to(LOCCIT)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "GITLAB_", "CI"))}
    return {**kept, "PATH": f"{programs}:{os.environ['PATH']}", "HOME": str(here.parent), "GIT_CONFIG_GLOBAL": str(here.parent / "gitconfig"),
            "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org"}


def action(here, **variables):
    """ci/github/check as action.yml runs it; returns its outputs, what it printed, and the job summary."""
    for name in ("outputs", "summary"):
        (here.parent / name).write_text("")
    env = {**environment(here), "GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": str(here.parent / "outputs"),
           "GITHUB_STEP_SUMMARY": str(here.parent / "summary"), **variables}
    done = subprocess.run([REPOSITORY / "ci/github/check"], cwd=here, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    outputs = dict(line.split("=", 1) for line in (here.parent / "outputs").read_text().splitlines())
    return outputs, done.stdout + done.stderr, (here.parent / "summary").read_text()


class Comments(http.server.BaseHTTPRequestHandler):
    """As much of api.github.com as comments need (REST API 2022-11-28, "Issue comments")."""
    kept = [{"id": number, "body": "a person's"} for number in range(100)]
    asked = []

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        assert self.headers["Authorization"] == "Bearer secret"
        self.asked.append(self.command)
        if self.command == "GET":
            page = int(re.search(r"[?&]page=(\d+)", self.path).group(1))
            return self.answer(self.kept[(page - 1) * 100:page * 100])
        body = json.loads(content)["body"]
        if self.command == "POST":
            number = len(self.kept)
            self.kept.append({"id": number, "body": body, "url": f"http://{self.headers['Host']}/repos/o/r/issues/comments/{number}"})
        else:
            self.kept[int(self.path.rsplit("/", 1)[1])]["body"] = body
        return self.answer({})

    do_GET = do_POST = do_PATCH = handle_any

    def log_message(self, *_):
        pass


def comment(here, port):
    done = subprocess.run([need("node"), REPOSITORY / "ci/github/comment.mjs"], cwd=here, capture_output=True, text=True, timeout=60, env={
        **environment(here), "GITHUB_API_URL": f"http://127.0.0.1:{port}", "GITHUB_REPOSITORY": "o/r", "GITHUB_TOKEN": "secret",
        "LOCCIT_PULL_REQUEST": "7", "LOCCIT_REPORTS": ".loccit-reports"})
    assert done.returncode == 0 and "no comment" not in done.stdout, done.stdout + done.stderr


def hook(here):
    """pre-commit itself, on a repository that holds our hooks file and nothing else."""
    if not (here.parent / "hooks").exists():
        (here.parent / "hooks").mkdir()
        shutil.copy(REPOSITORY / ".pre-commit-hooks.yaml", here.parent / "hooks")
        git(here.parent / "hooks", "init", "-q")
        git(here.parent / "hooks", "add", "-A")
        git(here.parent / "hooks", "commit", "-qm", "hooks")
        revision = git(here.parent / "hooks", "rev-parse", "HEAD")
        (here / ".pre-commit-config.yaml").write_text(
            f"repos:\n- repo: file://{here.parent}/hooks\n  rev: {revision}\n  hooks: [{{id: loccit}}]\n")
    git(here, "add", "-A")
    done = subprocess.run(["pre-commit", "run", "--verbose"], cwd=here, env=environment(here), capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def the_story(here, page, comments):
    (here / "letter.md").write_text(DRIFTED)
    code, said = hook(here)
    assert code == 1 and "drifted  c1" in said, said
    outputs, said, summary = action(here)
    assert outputs["verdict"] == "failed" and outputs["code"] == "1", outputs
    assert re.search(r"^::(error|warning) file=letter.md,line=3,title=drifted c1::", said, re.M), said
    assert "drifted" in summary and (here / ".loccit-reports/report.sarif").exists() and (here / ".loccit-reports/evidence.wacz").exists()
    comment(here, comments)
    assert len(Comments.kept) == 101 and "drifted" in Comments.kept[100]["body"]

    refused = run("accept", "c1", cwd=here)
    assert refused.returncode == 2 and "--reason" in refused.stderr, refused.stderr
    refused = run("accept", "c7", "--reason", "x", cwd=here)
    assert refused.returncode == 2 and "did you mean c1?" in refused.stderr, refused.stderr
    accepted = run("accept", "c1", "--reason", "the society was asked to explain", cwd=here)
    assert accepted.returncode == 0 and "1 accepted" in accepted.stdout, accepted.stderr
    code, said = hook(here)
    assert code == 0, said
    outputs, said, summary = action(here)
    assert outputs["verdict"] == "passed" and "title=drifted" not in said, said
    assert "the society was asked to explain" in summary, summary
    sarif = json.loads((here / ".loccit-reports/report.sarif").read_text())
    assert sarif["runs"][0]["results"][0]["suppressions"][0]["justification"] == "the society was asked to explain"
    assert 'failures="0"' in (here / ".loccit-reports/junit.xml").read_text()
    git(here, "commit", "-qm", "a letter")

    page["words"] = page["words"].replace("old", "broken")
    outputs, said, _ = action(here)
    assert outputs["verdict"] == "failed" and "was accepted once, but has changed since" in said, said
    page["words"] = PAGE

    (here / "letter.md").write_text(FIXED)
    outputs, said, summary = action(here)
    assert outputs["verdict"] == "passed" and "fixed: c1" in summary, summary
    code, said = hook(here)  # judges what the action has just fetched
    assert code == 0 and "fixed: c1" in said, said
    comment(here, comments)
    assert len(Comments.kept) == 101 and "fixed" in Comments.kept[100]["body"] and Comments.asked.count("POST") == 1, Comments.asked
    pruned = run("accept", "--prune", cwd=here)
    assert pruned.returncode == 0 and "1 taken out, 0 in all" in pruned.stdout, pruned.stdout + pruned.stderr


def only_what_is_new(here):
    git(here, "add", "-A")
    git(here, "commit", "-qm", "fixed")
    old = git(here, "rev-parse", "HEAD")
    (here / "letter.md").write_text("A new first line.\n\n" + FIXED + '\nThey add: "What they lack is sand."[^2]\n\n[^2]: http://a.example/oil\n')
    done = run("check", "letter.md", "--since", old, "--json", "r.json", cwd=here)
    report = json.loads((here / "r.json").read_text())
    assert done.returncode == 1 and [c["quote"]["text"] for c in report["citations"]] == ["What they lack is sand."], done.stdout
    git(here, "add", "-A")
    git(here, "commit", "-qm", "more")
    done = run("check", "letter.md", "--since", "HEAD", cwd=here)
    assert done.returncode == 0 and "no citation is new since HEAD" in done.stdout, done.stdout + done.stderr
    done = run("check", "letter.md", "--since", "nowhere", cwd=here)
    assert done.returncode == 2 and "--since nowhere" in done.stderr, done.stderr


def annotations_come_when_commands_are_heeded_again(here):
    """The summary stands where GitHub takes no commands, however long it is; the annotations after it."""
    (here / "many.json").write_text(manifest(*[("http://a.example/oil", f"The lamps on the causeway are new, number {i} says.") for i in range(200)]))
    done = subprocess.run([LOCCIT, "verify", "many.json"], cwd=here, env={**environment(here), "GITHUB_ACTIONS": "true"},
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120)
    token = re.search(r"^::stop-commands::(\S+)$", done.stdout, re.M).group(1)
    stopped, heeded = done.stdout.split(f"\n::{token}::\n")
    assert len(re.findall(r"^::(?:error|warning) ", heeded, re.M)) == 200 and "\n::error" not in stopped, done.stdout[:2000]


def in_gitlab(here):
    """The template as GitLab's runner would run it, by gitlab-ci-local's shell executor: so without its image."""
    if not shutil.which("rsync"):
        return leave_out("rsync is not installed, so GitLab's template did not run")
    program = npm({"gitlab-ci-local": "4.52.0"}) / "node_modules/.bin/gitlab-ci-local"
    template = (REPOSITORY / "ci/gitlab-ci.yml").read_text()
    assert "\n  image: $LOCCIT_IMAGE\n" in template
    (here / ".gitlab-ci.yml").write_text(template.replace("\n  image: $LOCCIT_IMAGE\n", "\n"))

    def job(letter):
        (here / "letter.md").write_text(letter)
        git(here, "add", "-A")
        done = subprocess.run([program, "loccit"], cwd=here, env=environment(here), capture_output=True, text=True, timeout=120)
        return done.returncode, done.stdout + done.stderr

    code, said = job(DRIFTED)
    assert code == 1 and "drifted  c1" in said, said
    issues = json.loads((here / "loccit-codequality.json").read_text())
    assert [(issue["check_name"], issue["location"]["path"], issue["location"]["lines"]["begin"]) for issue in issues] == [("LC1002", "letter.md", 3)], issues
    assert 'failures="1"' in (here / "loccit-junit.xml").read_text() and (here / "loccit.html").exists()
    code, said = job(FIXED)
    assert code == 0 and json.loads((here / "loccit-codequality.json").read_text()) == [], said


need("git")
need("pre-commit")
page = {"words": PAGE}
with folder() as top, site(lambda asked: (200, "text/html", page["words"]) if asked.path == "/oil" else (404, "text/html", "")) as port:
    here = top / "letters"
    here.mkdir()
    (top / "gitconfig").write_text("[protocol \"file\"]\n  allow = always\n")
    git(here, "init", "-q", "-b", "main")
    (here / ".gitignore").write_text(".loccit/\n.loccit-reports/\n")
    reach = local(port)
    (here / "loccit.toml").write_text(f'documents = ["*.md"]\n[fetch]\nconnect-to = ["{reach[1]}"]\nallow-net = ["{reach[3]}"]\ndelay = 0\nretries = 0\n')
    git(here, "add", "-A")
    git(here, "commit", "-qm", "begin")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Comments)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    the_story(here, page, server.server_address[1])
    only_what_is_new(here)
    annotations_come_when_commands_are_heeded_again(here)
    in_gitlab(here)
    server.shutdown()
print("the story holds")
end()
