"""Certificates and an RFC 3161 authority on loopback for the tests of evidence, all by the `openssl` program."""
import base64
import contextlib
import http.server
import subprocess
import threading

from support import need

CONFIGURATION = """[req]
distinguished_name = name
[name]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[middle]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign
[host]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectAltName = DNS:seal.example
[stamp]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = critical, timeStamping
[tsa]
default_tsa = tsa1
[tsa1]
serial = serial
signer_cert = stamp.pem
certs = time-root.pem
signer_key = stamp.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


class Authority:
    """A root, a middle and a host certificate to sign with; a root and a leaf to stamp time with."""

    def __init__(self, home):
        self.home = home
        self.lock = threading.Lock()  # openssl does not lock its serial file
        home.mkdir()
        (home / "ca.cnf").write_text(CONFIGURATION)
        (home / "serial").write_text("01\n")
        for root in ("root", "cross-root", "time-root"):
            self.make(root, root)
        self.make("middle", "middle", issuer="root")
        self.make("host", "host", issuer="middle", subject="/CN=seal.example")
        self.make("stamp", "stamp", issuer="time-root")
        # The root's own key, vouched for by another root, as Let's Encrypt has it.
        self.openssl("req", "-new", "-key", "root.key", "-subj", "/CN=root", "-config", "ca.cnf", "-out", "cross.csr")
        self.sign("cross.csr", "cross.pem", "cross-root", "root")

    def openssl(self, *arguments):
        done = subprocess.run([need("openssl"), *map(str, arguments)], cwd=self.home, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    def make(self, name, extensions, issuer=None, subject=None):
        ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-config", "ca.cnf", "-keyout", f"{name}.key"]
        extensions = "root" if extensions.endswith("root") else extensions
        subject = subject or f"/CN={name}"
        if issuer is None:
            self.openssl("req", "-x509", *ec, "-days", "30", "-subj", subject, "-extensions", extensions, "-out", f"{name}.pem")
        else:
            self.openssl("req", *ec, "-subj", subject, "-out", f"{name}.csr")
            self.sign(f"{name}.csr", f"{name}.pem", issuer, extensions)

    def sign(self, request, out, issuer, extensions):
        self.openssl("x509", "-req", "-in", request, "-CA", f"{issuer}.pem", "-CAkey", f"{issuer}.key", "-CAcreateserial", "-days", "30",
                     "-extfile", "ca.cnf", "-extensions", extensions, "-out", out)

    def pem(self, *names):
        return "\n".join((self.home / f"{name}.pem").read_text() for name in names)

    def answer(self, query):
        with self.lock:
            (self.home / "q.tsq").write_bytes(query)
            self.openssl("ts", "-reply", "-config", "ca.cnf", "-queryfile", "q.tsq", "-out", "r.tsr")
            return (self.home / "r.tsr").read_bytes()

    def stamp(self, text, certificates=True):
        """A TimeStampResp over the text; freetsa's hold no certificates."""
        (self.home / "stamped").write_text(text)
        query = self.openssl("ts", "-query", "-data", "stamped", "-sha256", *(["-cert"] if certificates else []))
        return base64.b64encode(self.answer(query)).decode()

    def signature(self, text, key="host"):
        """ASN.1, as authsign makes it."""
        (self.home / "signed").write_text(text)
        return self.openssl("dgst", "-sha256", "-sign", f"{key}.key", "signed")

    @contextlib.contextmanager
    def served(self):
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                answer = authority.answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
