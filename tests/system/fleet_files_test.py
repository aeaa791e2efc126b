#!/usr/bin/env python3
"""The files for a fleet: compose.yaml by the Compose specification's schema, kubernetes.yaml by Kubernetes' own (as npm packages have
them), and every option in them known to this loccit."""
import json
import os
import re
import subprocess

from support import REPOSITORY, folder, need, npm, run

VALIDATE = """
import fs from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(process.argv[2] + "/");
const { parseAllDocuments } = require("yaml");
let checked = 0;
for (const document of parseAllDocuments(fs.readFileSync(process.argv[3], "utf8"), { uniqueKeys: true })) {
  if (document.errors.length > 0) throw document.errors[0];
  const object = document.toJS();
  const models = await import(`${process.argv[2]}/kubernetes-models/${object.apiVersion}/index.js`);
  if (!models[object.kind]) throw new Error("no such kind: " + object.kind);
  const model = new models[object.kind](object);
  model.validate();
  ++checked;
}
console.log(checked);
"""


def call(*arguments, **more):
    done = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, timeout=120, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def options_are_known(text):
    for command in re.findall(r'\["loccit", "(\w+)",([^\]]*)\]', text):
        known = run(command[0], "--help").stdout
        for option in re.findall(r'"(--[a-z-]+)"', command[1]):
            assert option in known, f"loccit {command[0]} has no {option}"


compose, kubernetes = REPOSITORY / "ci/fleet/compose.yaml", REPOSITORY / "ci/fleet/kubernetes.yaml"
call(need("yamllint"), "-d", "{extends: relaxed, rules: {line-length: disable}}", compose, kubernetes)
for file in (compose, kubernetes):
    options_are_known(file.read_text())
packages = npm({"dclint": "3.1.0", "kubernetes-models": "5.1.0", "yaml": "2.8.1"})
with folder() as here:
    (here / "validate.mjs").write_text(VALIDATE)
    def validated(file):
        return subprocess.run(["node", here / "validate.mjs", packages / "node_modules", file], capture_output=True, text=True, timeout=120)

    sound = validated(kubernetes)
    assert sound.returncode == 0 and int(sound.stdout) == 5, sound.stdout + sound.stderr
    (here / "wrong.yaml").write_text(kubernetes.read_text().replace("replicas: 4", "replicas: four"))
    assert validated(here / "wrong.yaml").returncode != 0, "a validator that cannot fail"
    linted = subprocess.run([packages / "node_modules/.bin/dclint", "-f", "json", compose], capture_output=True, text=True, timeout=120)
    findings = json.loads(linted.stdout or "[]")
    schema = [message for file in findings for message in file["messages"] if message["rule"] == "invalid-schema"]
    assert findings and not schema, linted.stdout + linted.stderr
    (here / "compose.yaml").write_text(compose.read_text().replace("restart: unless-stopped", "restarts: unless-stopped"))
    broken = subprocess.run([packages / "node_modules/.bin/dclint", "-f", "json", here / "compose.yaml"], capture_output=True, text=True, timeout=120)
    assert "invalid-schema" in broken.stdout, "a linter that cannot fail"
print("the fleet's files are by their schemas")
