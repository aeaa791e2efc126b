#!/usr/bin/env python3
"""Real peers: nginx over HTTP/1.1 and HTTP/2 with GOAWAY and RST_STREAM, nghttpd, tinyproxy, microsocks, and openssl as a TLS server that is old or
revoked."""
import contextlib
import gzip
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time

from support import certificate_for, folder, manifest, need, run

WORDS = "The lamps on the causeway are old, but they are sound"
PAGE = f"<!DOCTYPE html><html lang=en><head><title>Lamps</title></head><body><main><p>{WORDS}.</p></main></body></html>"
ALONE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/tmp")}  # without proxies of this machine


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def running(command, port, **more):
    """A peer, up once it listens."""
    child = subprocess.Popen([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)
    try:
        for _ in range(200):
            with socket.socket() as s:
                if s.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert child.poll() is None, f"{command[0]} ended with {child.returncode}"
            time.sleep(0.05)
        else:
            raise AssertionError(f"{command[0]} does not listen")
        yield
    finally:
        child.terminate()
        child.wait(timeout=20)


def nginx(here, servers, port):
    """nginx with these server blocks, in its own folder."""
    home = here / f"nginx-{port}"
    home.mkdir()
    temporary = " ".join(f"{kind}_temp_path {home}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (home / "conf").write_text(f"daemon off; master_process off; pid {home}/pid; error_log {home}/error.log; events {{}} "
                               f"http {{ access_log off; {temporary} default_type text/html; charset utf-8; {servers} }}")
    return running([need("nginx"), "-c", home / "conf", "-p", home, "-e", home / "error.log"], port)


def check(here, citations, *more, env=None, archive="a"):
    (here / "m.json").write_text(manifest(*citations))
    result = run("check", "m.json", "--archive", archive, "--json", "r.json", "--allow-net", "127.0.0.0/8", "--delay", "0", "--retries", "0", *more, cwd=here, env=env or ALONE)
    assert result.returncode in (0, 1), result.stdout + result.stderr
    return json.loads((here / "r.json").read_text())["citations"]


def records(archive):
    """Every record's head in an archive."""
    for file in sorted((archive / "archive").glob("*.warc.gz")):
        yield from re.findall(rb"WARC/1\.1\r\n(.*?)\r\n\r\n", gzip.decompress(file.read_bytes()), re.DOTALL)


def expect(verdict, state, words, what):
    link = verdict["links"][0]
    assert link["state"] == state and words in verdict["reason"], (what, link["state"], verdict["reason"])


def over_http2(here):
    pem = certificate_for({"a.example"}, here / "web.pem")
    (here / "www").mkdir()
    for i in range(20):
        (here / "www" / f"{i}.html").write_text(PAGE)
    plain, secure, broken = free_port(), free_port(), free_port()
    tls = f"ssl_certificate {pem}.crt; ssl_certificate_key {pem}.key;"

    def break_off(listener):
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            peer.recv(65536)
            peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>the beginning")
            peer.close()

    listener = socket.create_server(("127.0.0.1", broken))
    threading.Thread(target=break_off, args=(listener,), daemon=True).start()
    # keepalive_requests: after each third request nginx says GOAWAY; the upstream that breaks off makes it send RST_STREAM.
    servers = f"""server {{ listen 127.0.0.1:{plain}; root {here}/www; }}
      server {{ listen 127.0.0.1:{secure} ssl http2; {tls} keepalive_requests 3; root {here}/www;
        location /broken {{ proxy_pass http://127.0.0.1:{broken}; proxy_buffering off; }} }}"""
    reach = ["--cacert", f"{pem}.crt", "--connect-to", f"a.example:443:127.0.0.1:{secure}", "--connect-to", f"a.example:80:127.0.0.1:{plain}"]
    with nginx(here, servers, plain):
        found = check(here, [(f"https://a.example/{i}.html", WORDS) for i in range(20)], *reach, archive="h2")
        assert all(c["verdict"] == "intact" for c in found), [c["reason"] for c in found]
        heads = list(records(here / "h2"))
        assert sum(b"WARC-Type: response" in h and b"WARC-Protocol: h2" in h for h in heads) >= 1, "not over HTTP/2"
        found = check(here, [(f"http://a.example/{i}.html", WORDS) for i in range(20)], *reach, archive="h1")
        assert all(c["verdict"] == "intact" for c in found), [c["reason"] for c in found]
        [broke] = check(here, [("https://a.example/broken", WORDS)], *reach)
        expect(broke, "unreachable", "broke off its answer", "RST_STREAM")
    listener.close()
    [gone] = check(here, [("https://a.example/0.html", WORDS)], *reach)
    expect(gone, "unreachable", "refused the connection", "nginx is down")

    port = free_port()
    with running([need("nghttpd"), "-d", here / "www", str(port), f"{pem}.key", f"{pem}.crt"], port):
        found = check(here, [(f"https://a.example/{i}.html", WORDS) for i in range(20)], "--cacert", f"{pem}.crt", "--connect-to", f"a.example:443:127.0.0.1:{port}")
        assert all(c["verdict"] == "intact" for c in found), [c["reason"] for c in found]


def through_proxies(here):
    pem = certificate_for({"a.example"}, here / "web.pem")
    (here / "www").mkdir()
    (here / "www/index.html").write_text(PAGE)
    plain, secure, proxy, locked, socks = (free_port() for _ in range(5))
    servers = f"""server {{ listen 127.0.0.1:{plain}; root {here}/www; }}
      server {{ listen 127.0.0.1:{secure} ssl; ssl_certificate {pem}.crt; ssl_certificate_key {pem}.key; root {here}/www; }}"""
    http = f"http://127.0.0.1:{plain}/index.html"
    log = here / "tinyproxy.log"
    for name, port, more in (("open", proxy, f'LogFile "{log}"\nLogLevel Connect\n'), ("locked", locked, "BasicAuth somebody secret\n")):
        (here / f"{name}.conf").write_text(f"Port {port}\nListen 127.0.0.1\nTimeout 60\nMaxClients 20\nAllow 127.0.0.1\n{more}")
    with nginx(here, servers, plain), running([need("tinyproxy"), "-d", "-c", here / "open.conf"], proxy), \
            running([need("tinyproxy"), "-d", "-c", here / "locked.conf"], locked), running([need("microsocks"), "-i", "127.0.0.1", "-p", str(socks)], socks):
        by_http = {**ALONE, "http_proxy": f"http://127.0.0.1:{proxy}", "https_proxy": f"http://127.0.0.1:{proxy}"}
        [found] = check(here, [(http, WORDS)], env=by_http)
        assert found["verdict"] == "intact", found["reason"]
        assert "GET" in log.read_text(), "not through the proxy"
        [found] = check(here, [(f"https://localhost:{secure}/index.html", WORDS)], env=by_http)
        expect(found, "insecure", "", "a certificate for another host, through a tunnel")
        assert "CONNECT" in log.read_text(), "no tunnel"
        [found] = check(here, [(http, WORDS)], env={**by_http, "no_proxy": "127.0.0.1", "http_proxy": "http://127.0.0.1:9"})
        assert found["verdict"] == "intact", "no_proxy is not honoured: " + found["reason"]
        [found] = check(here, [(http, WORDS)], env={**ALONE, "all_proxy": f"socks5h://127.0.0.1:{socks}"})
        assert found["verdict"] == "intact", found["reason"]
        [found] = check(here, [(http, WORDS)], env={**ALONE, "http_proxy": f"http://127.0.0.1:{locked}"})
        expect(found, "refused", "a proxy asks for a login", "a proxy with a password")
        [found] = check(here, [(http, WORDS)], env={**ALONE, "http_proxy": f"http://somebody:secret@127.0.0.1:{locked}"}, archive="password")
        assert found["verdict"] == "intact", found["reason"]
        everything = b"".join(gzip.decompress(f.read_bytes()) for f in (here / "password/archive").glob("*.warc.gz"))
        assert b"c29tZWJvZHk6c2VjcmV0" not in everything and b"Proxy-Authorization" not in everything, "the proxy's password is in the archive"
    [found] = check(here, [(http, WORDS)], env={**ALONE, "http_proxy": f"http://127.0.0.1:{proxy}"})
    expect(found, "unreachable", f"he proxy http://127.0.0.1:{proxy} refused the connection", "a proxy that is down")
    # What the guard cannot see behind a proxy, it refuses by its spelling.
    (here / "m.json").write_text(manifest(("http://169.254.169.254/latest", WORDS), ("http://localhost/x", WORDS)))
    run("check", "m.json", "--archive", "g", "--json", "g.json", cwd=here, env={**ALONE, "all_proxy": f"http://127.0.0.1:{proxy}"})
    for verdict in json.loads((here / "g.json").read_text())["citations"]:
        expect(verdict, "blocked", "was not fetched", "a special address through a proxy")


def old_and_revoked(here):
    def openssl(*arguments):
        done = subprocess.run([need("openssl"), *map(str, arguments)], cwd=here, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3", "-subj", "/CN=Root", "-keyout", "root.key", "-out", "root.crt")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "web.key", "-out", "web.csr")
    (here / "san").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    openssl("x509", "-req", "-in", "web.csr", "-CA", "root.crt", "-CAkey", "root.key", "-set_serial", "0x1001", "-days", "2", "-extfile", "san", "-out", "web.crt")
    (here / "index.txt").write_text("R\t300101000000Z\t250101000000Z\t1001\tunknown\t/CN=localhost\n")
    openssl("ocsp", "-index", "index.txt", "-rsigner", "root.crt", "-rkey", "root.key", "-CA", "root.crt", "-issuer", "root.crt", "-cert", "web.crt", "-respout", "revoked.der")
    (here / "page.html").write_text(PAGE)
    server = [need("openssl"), "s_server", "-WWW", "-cert", "web.crt", "-key", "web.key", "-quiet"]
    old, revoked = free_port(), free_port()
    with running([*server, "-accept", f"127.0.0.1:{old}", "-tls1", "-cipher", "ALL:@SECLEVEL=0"], old, cwd=here):
        [found] = check(here, [(f"https://127.0.0.1:{old}/page.html", WORDS)], "--cacert", "root.crt", "--ignore-robots")
        expect(found, "insecure", "TLS version", "TLS 1.0")
    with running([*server, "-accept", f"127.0.0.1:{revoked}", "-status_file", "revoked.der"], revoked, cwd=here):
        [found] = check(here, [(f"https://127.0.0.1:{revoked}/page.html", WORDS)], "--cacert", "root.crt", "--ignore-robots")
        expect(found, "insecure", "revoked", "a revoked certificate")
        assert found["verdict"] == "rotten" and found["quote"]["state"] == "verbatim", "not looked at without trust"


for part in (over_http2, through_proxies, old_and_revoked):
    with folder() as here:
        part(here)
    print(part.__name__.replace("_", " "), "as it should be")
sys.exit(0)
