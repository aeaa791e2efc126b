"""What the system tests share: the binary, a folder, a web server, and skipping out loud."""
import contextlib
import fcntl
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import ssl
import subprocess
import sys
import tempfile
import threading

LOCCIT = os.environ.get("LOCCIT", str(pathlib.Path(__file__).resolve().parents[2] / "build/dev/loccit"))
REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


def skip(reason):
    print("SKIPPED:", reason)
    sys.exit(77)


left_out = []


def leave_out(part):
    """A part of a test that this machine cannot run."""
    print("SKIPPED in part:", part)
    left_out.append(part)


def end():
    """The end of a test that passed: one that left something out counts as skipped, so that nobody takes it for whole."""
    sys.exit(77 if left_out else 0)


def need(program):
    path = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/bin:/sbin:/bin")
    return path or skip(f"{program} is not installed")


def npm(packages, overrides=None):
    """The folder where these npm packages ({name: version}) are installed, once per build folder; a machine without the registry skips."""
    need("node")
    wanted = json.dumps({"private": True, "type": "module", "dependencies": packages, "overrides": overrides or {}})
    place = pathlib.Path(os.environ.get("LOCCIT_NPM", "/tmp/loccit-npm")) / hashlib.sha256(wanted.encode()).hexdigest()[:12]
    place.mkdir(parents=True, exist_ok=True)
    with open(place / "lock", "w") as lock:  # tests run side by side
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "installed").exists():
            (place / "package.json").write_text(wanted)
            done = subprocess.run([need("npm"), "install", "--no-audit", "--no-fund", "--ignore-scripts"],
                                  cwd=place, capture_output=True, text=True, timeout=280)
            if done.returncode != 0:
                skip(f"npm cannot install {packages}: {done.stderr[-500:]}")
            (place / "installed").touch()
    return place


def shared(name):
    """A file that lies beside the repository on some machines; None elsewhere."""
    for folder in (os.environ.get("LOCCIT_SHARED"), REPOSITORY.parent / "shared", REPOSITORY.parent.parent / "shared"):
        if folder and (pathlib.Path(folder) / name).exists():
            return pathlib.Path(folder) / name
    return None


def run(*arguments, cwd=None, env=None, timeout=120, stdin=None):
    return subprocess.run([LOCCIT, *map(str, arguments)], cwd=cwd, env=env, timeout=timeout, stdin=stdin or subprocess.DEVNULL,
                          capture_output=True, text=True, errors="replace")


@contextlib.contextmanager
def folder():
    path = pathlib.Path(tempfile.mkdtemp(prefix="loccit-test-"))
    try:
        yield path
    finally:
        for directory, _, _ in os.walk(path):
            os.chmod(directory, 0o700)
        shutil.rmtree(path)


@contextlib.contextmanager
def site(pages, certificate=None):
    """Serves {"/path": (status, content type, body) or a function of the handler} on loopback, yields the port.
    `pages` may be a function of the handler as a whole. `certificate`: a PEM file with its key, for https."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            page = pages if callable(pages) else pages.get(self.path, (404, "text/html", b"<p>not here</p>"))
            if callable(page):
                page = page(self)
                if page is None:  # it answered itself
                    return
            status, content_type, body = page
            body = body.encode() if isinstance(body, str) else body
            self.send_response(status)
            if status in (301, 302, 307, 308):
                self.send_header("Location", content_type)
            else:
                self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    class Server(http.server.ThreadingHTTPServer):
        request_queue_size = 128  # as many as loccit may open at once

        def handle_error(self, *_):
            pass  # a client that hangs up is part of the tests

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def certificate_for(hosts, path):
    """A certificate made here, signed by itself, with its key in the same file."""
    names = ",".join(f"DNS:{host}" for host in sorted(hosts))
    made = subprocess.run([need("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                           "-subj", "/CN=loccit test", "-addext", f"subjectAltName={names}", "-keyout", f"{path}.key", "-out", f"{path}.crt"],
                          capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    path.write_text(pathlib.Path(f"{path}.crt").read_text() + pathlib.Path(f"{path}.key").read_text())
    return path


def manifest(*citations):
    """A manifest of (url or None, quote or None) pairs."""
    sources, cites = [], []
    for number, (url, quote) in enumerate(citations, 1):
        sources.append({"id": str(number), "label": str(number), "note": "", "urls": [url] if url else [],
                        "kind": "web" if url else "unpublished", "translated": False})
        cites.append({"id": f"c{number}", "heading": [], "title": "", "place": "", "date": "", "quote": quote, "sources": [str(number)]})
    return json.dumps({"schema": "loccit.manifest/1", "document": {"title": "", "file": "by-hand.json"}, "sources": sources, "citations": cites})


def local(port):
    """The options that lead every host to a site on loopback."""
    return ["--connect-to", f"::127.0.0.1:{port}", "--allow-net", "127.0.0.0/8", "--delay", "0", "--retries", "0"]


@contextlib.contextmanager
def serving(*arguments, cwd, env=None):
    """`loccit serve` on a free port of loopback; yields its address, ends it with SIGTERM and looks at how it ended."""
    server = subprocess.Popen([LOCCIT, "serve", *map(str, arguments)], cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        said = server.stdout.readline()
        assert " at http" in said, said + server.stderr.read()
        yield said.split(" at ")[1].split("/ ")[0]
        server.terminate()
        assert server.wait(timeout=30) == 0, server.stderr.read()
    finally:
        server.kill()
        server.communicate()
