#!/usr/bin/env python3
"""`loccit seal` with every kind of key, and where it is cut short: killed, on a full disk, on a read-only one."""
import json
import os
import random
import shutil
import subprocess
import time

from support import LOCCIT, end, folder, leave_out, local, manifest, need, run, site

WORDS = "The lamps on the causeway are old, but they are sound."
PAGE = f"<html><body><p>{WORDS}</p></body></html>"


def checked(here, pages=1, size=0):
    """An archive that holds one check, kept for sealing."""
    page = PAGE + "".join(f"<p>{random.Random(i).random()}</p>" for i in range(size // 28))
    (here / "m.json").write_text(manifest(*[(f"http://lamps.example/{i}", WORDS) for i in range(pages)]))
    with site({f"/{i}": (200, "text/html", page + str(i)) for i in range(pages)}) as port:
        done = run("check", here / "m.json", "--archive", here / "a", *local(port), "--seal", here / "first.wacz")
    assert done.returncode == 0, done.stderr
    return here / "a"


def seal(archive, bundle, *options, **more):
    return run("seal", bundle, "--archive", archive, *options, **more)


def audited(bundle, *options):
    done = run("audit", bundle, "--json", "-", *options)
    return done.returncode, json.loads(done.stdout)


def every_kind_of_key(here, archive):
    for kind in ("p256", "ed25519", "rsa"):
        key, cert = here / f"{kind}.key", here / f"{kind}.pem"
        assert run("keygen", "--type", kind, "--key", key, "--cert", cert, "--host", "seal.example").returncode == 0
        assert oct(key.stat().st_mode & 0o777) == "0o600"
        for form, options in (("domain", ["--cert", cert]), ("anonymous", [])):
            sealed = seal(archive, here / f"{kind}-{form}.wacz", "--key", key, *options)
            assert sealed.returncode == 0, sealed.stderr
            code, report = audited(here / f"{kind}-{form}.wacz", "--trust", cert)
            assert code == 0 and report["signature"]["facts"]["form"] == form, (kind, form, report["signature"])
    assert run("keygen", "--key", key, "--cert", here / "new.pem").returncode == 2, "a key is never replaced"
    mixed = seal(archive, here / "mixed.wacz", "--key", here / "p256.key", "--cert", here / "rsa.pem")
    assert mixed.returncode == 2 and "another key" in mixed.stderr and not (here / "mixed.wacz").exists(), mixed.stderr


def encrypted_key(here, archive):
    subprocess.run([need("openssl"), "pkey", "-in", here / "p256.key", "-aes256", "-passout", "pass:lamp oil", "-out", here / "locked.key"], check=True)
    (here / "passphrase").write_text("lamp oil\n")
    (here / "wrong").write_text("lamp\n")
    opened = seal(archive, here / "locked.wacz", "--key", here / "locked.key", "--cert", here / "p256.pem", "--passphrase-file", here / "passphrase")
    assert opened.returncode == 0 and audited(here / "locked.wacz", "--trust", here / "p256.pem")[0] == 0, opened.stderr
    refused = seal(archive, here / "refused.wacz", "--key", here / "locked.key", "--passphrase-file", here / "wrong")
    assert refused.returncode == 2 and "passphrase" in refused.stderr and not (here / "refused.wacz").exists(), refused.stderr


def token(here, archive):
    """A key that never leaves its PKCS #11 token."""
    tool, library = shutil.which("softhsm2-util"), "/usr/lib/softhsm/libsofthsm2.so"
    if tool is None or not os.path.exists(library) or shutil.which("pkcs11-tool") is None:
        leave_out("softhsm2 and opensc are not installed, no token to sign with")
        return
    (here / "tokens").mkdir()
    (here / "softhsm2.conf").write_text(f"directories.tokendir = {here}/tokens\nobjectstore.backend = file\n")
    env = {**os.environ, "SOFTHSM2_CONF": str(here / "softhsm2.conf"), "PKCS11_MODULE_PATH": library}
    quiet = {"check": True, "env": env, "capture_output": True}
    subprocess.run([tool, "--init-token", "--free", "--label", "seals", "--so-pin", "0000", "--pin", "4711"], **quiet)
    subprocess.run(["pkcs11-tool", "--module", library, "--login", "--pin", "4711", "--keypairgen", "--key-type", "EC:prime256v1",
                    "--label", "seal", "--id", "01"], **quiet)
    subprocess.run(["pkcs11-tool", "--module", library, "--read-object", "--type", "pubkey", "--label", "seal", "--output-file", here / "token.der"], **quiet)
    subprocess.run([need("openssl"), "pkey", "-pubin", "-inform", "DER", "-in", here / "token.der", "-out", here / "token.pem"], **quiet)
    (here / "pin").write_text("4711\n")
    (here / "wrong-pin").write_text("1234\n")
    uri = "pkcs11:token=seals;object=seal;type=private"
    sealed = seal(archive, here / "token.wacz", "--key", uri, "--passphrase-file", here / "pin", env=env)
    assert sealed.returncode == 0, sealed.stderr
    assert audited(here / "token.wacz", "--trust", here / "token.pem")[0] == 0
    for options in (["--passphrase-file", here / "wrong-pin"], []):
        refused = seal(archive, here / "no.wacz", "--key", uri, *options, env=env)
        assert refused.returncode == 2 and not (here / "no.wacz").exists(), refused.stderr


def killed(here, archive):
    """kill -9 at any moment: the bundle is whole or is not there, and what was there before stays."""
    whole = 0
    begin = time.monotonic()
    assert seal(archive, here / "timed.wacz").returncode == 0
    once = time.monotonic() - begin
    for number in range(25):
        target = here / "killed.wacz"
        if number == 12:
            shutil.copy(here / "timed.wacz", target)
        before = target.read_bytes() if target.exists() else None
        process = subprocess.Popen([LOCCIT, "seal", target, "--archive", archive], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(once * random.Random(number).uniform(0.2, 1.1))
        process.kill()
        process.wait()
        if target.exists() and target.read_bytes() != before:
            assert audited(target)[0] == 0
            whole += 1
        elif before is not None:
            assert target.read_bytes() == before
    assert seal(archive, here / "after.wacz").returncode == 0 and audited(here / "after.wacz")[0] == 0
    left = [path.name for path in here.iterdir() if path.name.startswith(".")]
    assert not left, left
    print(f"killed 25 times, {whole} bundles were whole by then")


def cramped(here, archive):
    disk = here / "disk"
    disk.mkdir()
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], capture_output=True).returncode != 0:
        leave_out("a small file system can be mounted by root alone")
        return
    try:
        full = seal(archive, disk / "b.wacz")
        assert full.returncode == 3 and "No space left" in full.stderr and not list(disk.iterdir()), full.stderr
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        read_only = seal(archive, disk / "b.wacz")
        assert read_only.returncode == 3 and "Read-only" in read_only.stderr, read_only.stderr
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


def small(here, archive):
    """Under 10 KB a page beyond the compressed pages themselves."""
    import zlib
    bundle = here / "first.wacz"
    code, report = audited(bundle)
    pages = {link["snapshot"]["id"]: link["snapshot"] for citation in report["citations"] for link in citation["links"]}
    bodies = sum(len(zlib.compress((PAGE + "".join(f"<p>{random.Random(i).random()}</p>" for i in range(60_000 // 28)) + str(n)).encode(), 6))
                 for n in range(len(pages)))
    beyond = (bundle.stat().st_size - bodies) / len(pages)
    print(f"{len(pages)} pages, {bundle.stat().st_size} bytes, {beyond:.0f} a page beyond the compressed pages")
    assert code == 0 and beyond < 10_000


def main():
    with folder() as here:
        archive = checked(here, pages=20, size=60_000)
        small(here, archive)
        every_kind_of_key(here, archive)
        encrypted_key(here, archive)
        token(here, archive)
        cramped(here, archive)
        killed(here, archive)


main()
end()
