#!/usr/bin/env python3
"""Every Debian package that we install is explained in docs/dependencies.md, and none there is made up."""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
lines = (root / "ci/debian-packages").read_text(encoding="utf-8").splitlines()
installed = {line.strip() for line in lines if line.strip() and line[0] not in "#["}
rows = re.findall(r"^\| ([a-z][^|]*) \|", (root / "docs/dependencies.md").read_text(encoding="utf-8"), re.MULTILINE)
explained = {name for row in rows for name in row.split(", ") if name != "package"}
for name in sorted(installed - explained):
    print(f"ci/debian-packages names {name}, docs/dependencies.md does not")
for name in sorted(explained - installed):
    print(f"docs/dependencies.md names {name}, ci/debian-packages does not")
sys.exit(installed != explained)
