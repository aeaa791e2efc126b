#!/usr/bin/env python3
"""What `cmake --install` brings: a program, pages that groff reads without a warning, completions that their shells read, and a library that
somebody else's CMake finds."""
import json
import os
import pathlib
import pty
import re
import select
import shutil
import subprocess
import time

from support import LOCCIT, REPOSITORY, end, folder, leave_out, need, skip

BUILD = pathlib.Path(LOCCIT).parent


def call(*arguments, **more):
    done = subprocess.run([str(argument) for argument in arguments], capture_output=True, text=True, timeout=250, **more)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def pages(prefix):
    found = sorted((prefix / "share/man/man1").glob("*.1"))
    commands = re.findall(r"^  ([a-z]+) ", call(LOCCIT, "--help").split("Subcommands:")[1], re.M)
    assert {page.stem for page in found} == {"loccit", *(f"loccit-{command}" for command in commands)}, (found, commands)
    for page in found:
        done = subprocess.run([need("groff"), "-Kutf8", "-man", "-Tutf8", "-ww", "-z", page], capture_output=True, text=True)
        assert done.returncode == 0 and not done.stderr, f"{page.name}: {done.stderr}"
        linted = subprocess.run([need("mandoc"), "-T", "lint", "-W", "warning", page], capture_output=True, text=True)
        assert linted.returncode == 0, linted.stdout


def completions(prefix):
    share = prefix / "share"
    call("bash", "-n", share / "bash-completion/completions/loccit")
    words = call("bash", "-c", f"source {share}/bash-completion/completions/loccit; COMP_WORDS=(loccit check --fail); COMP_CWORD=2; _loccit; "
                               'echo "${COMPREPLY[@]}"')
    assert words.split() == ["--fail-on"], words
    values = call("bash", "-c", f"source {share}/bash-completion/completions/loccit; COMP_WORDS=(loccit check --format j); COMP_CWORD=3; _loccit; "
                                'echo "${COMPREPLY[@]}"')
    assert values.split() == ["json-lines"], values
    if shutil.which("fish"):
        for words, expected in (("check --fail-", "--fail-on"), ("cha", "check"), ("ch", "check"), ("audit --tr", "--trust"), ("watch --digest w", "week")):
            offered = call("fish", "--no-config", "-c", f"source {share}/fish/vendor_completions.d/loccit.fish; complete -C 'loccit {words}'")
            assert (expected in [line.split("\t")[0] for line in offered.splitlines()]) == (words != "cha"), (words, offered)
    else:
        leave_out("fish is not installed, so its completion was not tried")
    if shutil.which("zsh"):
        assert "--fail-on" in typed_in_zsh(share / "zsh/vendor-completions", "loccit check --fail-o\t")
        assert "--trust" in typed_in_zsh(share / "zsh/vendor-completions", "loccit audit --tru\t")
        assert "ed25519" in typed_in_zsh(share / "zsh/vendor-completions", "loccit keygen --type e\t")
        assert "check" in typed_in_zsh(share / "zsh/vendor-completions", "loccit chec\t")
    else:
        leave_out("zsh is not installed, so its completion was not tried")


def typed_in_zsh(functions, keys):
    """The command line as a zsh at a terminal has it, once it has completed what was typed."""
    with folder() as home:
        # Whatever the line is when it is accepted, is printed in place of being run.
        (home / ".zshrc").write_text(f"""fpath=({functions} $fpath)
autoload -U compinit
compinit -u -D
accept() {{ print; print -r -- "LINE<$BUFFER>" }}
zle -N accept
bindkey '^X' accept
zle-line-init() {{ print READY }}
zle -N zle-line-init
""")
        terminal, other = pty.openpty()
        shell = subprocess.Popen(["zsh", "-d", "-i"], stdin=other, stdout=other, stderr=other, start_new_session=True,
                                 env={**os.environ, "TERM": "dumb", "HOME": str(home), "ZDOTDIR": str(home)})
        os.close(other)
        seen = ""

        def until(pattern):
            nonlocal seen
            latest = time.monotonic() + 60
            while not re.search(pattern, seen) and time.monotonic() < latest:
                if select.select([terminal], [], [], 1)[0]:
                    seen += os.read(terminal, 4096).decode(errors="replace")
            assert re.search(pattern, seen), seen
            return re.search(pattern, seen)

        until("READY")
        os.write(terminal, keys.encode() + b"\x18")
        line = until("LINE<(.*)>").group(1)
        shell.kill()
        shell.wait()
        os.close(terminal)
        return line


def library(prefix, here):
    call("cmake", "-S", REPOSITORY / "tests/consumer", "-B", here / "consumer", f"-DCMAKE_PREFIX_PATH={prefix}")
    call("cmake", "--build", here / "consumer")
    version, manifest, altered, unreadable = call(here / "consumer/consumer").splitlines()
    assert re.fullmatch(r"\d+\.\d+\.\d+", version)
    assert json.loads(manifest)["citations"][0]["quote"] == "The lamps are old."
    finding = json.loads(altered)
    assert finding["state"] == "altered" and finding["changes"][0]["found"] == "old", finding
    assert unreadable != "read" and len(unreadable) > 10
    exported = call("nm", "-DC", "--defined-only", prefix / "lib/libloccit.so").splitlines()
    names = [line.split(None, 2)[2] for line in exported]  # the standard library's templates over our types are weak, and nobody's door
    ours = [name for name in names if name.startswith("loccit::") and not name.startswith("loccit::api::")]
    assert not ours, f"the library shows more than its door: {ours[:5]}"


if not (BUILD / "pages/made").exists():
    skip("the man pages are not built; build the target all")
with folder() as here:
    prefix = here / "prefix"
    call("cmake", "--install", BUILD, "--prefix", prefix)
    lib = next(prefix.glob("lib/**/libloccit.so"))
    if lib.parent != prefix / "lib":
        (prefix / "lib/libloccit.so").symlink_to(lib)
    pages(prefix)
    completions(prefix)
    library(prefix, here)
print("what is installed works")
end()
