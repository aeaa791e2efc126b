#!/usr/bin/env python3
"""Which room may include which: the architecture (docs/architecture.md), line by line. Exit 1 names each offending line."""
import pathlib
import re
import sys

MAY = {
    "base": set(),
    "documents": {"base"},
    "fetcher": {"base"},
    "archive": {"base", "fetcher"},
    "verifier": {"base", "documents", "fetcher", "archive"},
    "manifests": {"base", "documents", "fetcher", "archive", "verifier"},
    "registry": {"base", "documents", "fetcher", "archive", "verifier", "manifests"},
    "ci": {"base", "documents", "fetcher", "archive", "verifier", "manifests"},
    "checks": {"base", "documents", "fetcher", "archive", "verifier", "manifests", "registry"},
    "web": {"base", "documents", "fetcher", "archive", "verifier", "manifests", "registry", "ci", "checks"},
    "library": {"base", "documents", "fetcher", "archive", "verifier", "manifests"},
    "cli": {"base", "documents", "fetcher", "archive", "verifier", "manifests", "registry", "ci", "checks", "web"},
}
# A library's headers cost seconds of compile time and leak its types: they stay in .cpp files and *_handles.h.
KEPT_OUT_OF_DOORS = re.compile(r"<(curl|openssl|libpq|Poco|libxml|unicode|archive|cmark|zlib|nlohmann|CLI|toml)")
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|(<[^>]+>))')


def offences(root):
    for room, allowed in MAY.items():
        for path in sorted((root / room).glob("*.[ch]*")):
            if path.suffix not in (".h", ".cpp"):
                continue
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                match = INCLUDE.match(line)
                if not match:
                    continue
                ours, theirs = match.groups()
                place = f"{path.relative_to(root)}:{number}"
                if ours:
                    target = ours.split("/")[0]
                    if "/" not in ours or target not in MAY:
                        yield f"{place}: include \"{ours}\" by its room: \"room/file.h\""
                    elif target != room and target not in allowed:
                        yield f"{place}: {room} may not include {target}"
                elif path.suffix == ".h" and not path.name.endswith("_handles.h") and KEPT_OUT_OF_DOORS.match(theirs):
                    yield f"{place}: {theirs} belongs in a .cpp file or a *_handles.h"


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    found = list(offences(root))
    print("\n".join(found) if found else "the rooms include one another in one direction only")
    return 1 if found else 0


sys.exit(main())
