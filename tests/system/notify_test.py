#!/usr/bin/env python3
"""`loccit watch` tells of a change once, by each way that was asked for: a webhook whose signature Python checks, a mail
that aiosmtpd takes, a command. What does not get through is tried again, and only that."""
import email
import email.policy
import hashlib
import hmac
import http.server
import json
import sqlite3
import subprocess
import threading

from support import folder, local, manifest, run, site, skip

WORDS = "The lamps are old, but they are sound"
SECRET = b"hush"
DAY = 86_400_000_000
MAIL_SERVER = """
import asyncio
from aiosmtpd.smtp import SMTP
class Keep:
    count = 0
    async def handle_DATA(self, server, session, envelope):
        Keep.count += 1
        with open(f"mail-{Keep.count}", "wb") as out:
            out.write(f"{envelope.mail_from} {' '.join(envelope.rcpt_tos)}\\n".encode() + envelope.content)
        return "250 kept"
async def serve():
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(Keep()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(serve())
"""
if subprocess.run(["/usr/bin/python3", "-c", "import aiosmtpd"], capture_output=True).returncode != 0:
    skip("aiosmtpd is not installed (Debian package python3-aiosmtpd)")


def checked(result, code, what):
    assert result.returncode == code, f"{what}: exit {result.returncode}\n{result.stdout}\n{result.stderr}"
    return result


def page(words):
    return (200, "text/html", f"<html><body><p>{words}, and nobody doubts it here.</p></body></html>")


class Hook(http.server.BaseHTTPRequestHandler):
    taken, status = [], 200

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Hook.taken.append((dict(self.headers), body))
        self.send_response(Hook.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def age(here, days):
    registry = sqlite3.connect(here / ".loccit/registry.db", isolation_level=None)
    registry.execute(f"UPDATE citation SET next_look = next_look - {days * DAY}")
    registry.execute("UPDATE notice SET next_try = 0 WHERE sent_at IS NULL")
    registry.close()


with folder() as here:
    hook = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hook)
    threading.Thread(target=hook.serve_forever, daemon=True).start()
    mail = subprocess.Popen(["/usr/bin/python3", "-c", MAIL_SERVER], cwd=here, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    port_of_mail = mail.stdout.readline().strip()
    (here / "secret").write_bytes(SECRET + b"\n")
    (here / "a.json").write_text(manifest(("http://a.example/1", WORDS), ("http://a.example/2", WORDS)))
    (here / "template").write_text("Subject: Zitate: {count} in {documents} — bitte prüfen\nNeu:\n{notices}\n")
    try:
        pages = {"/1": page(WORDS), "/2": page(WORDS)}
        with site(pages) as port:
            watch = ["watch", "--once", *local(port), "--notify-webhook", f"http://127.0.0.1:{hook.server_address[1]}/hook",
                     "--webhook-secret-file", "secret", "--notify-mail", "reader@example.org", "--smtp", f"smtp://127.0.0.1:{port_of_mail}",
                     "--mail-from", "loccit@example.org", "--notify-template", "template", "--notify-command", "cat >> told.jsonl; echo >> told.jsonl"]
            checked(run("check", "a.json", *local(port), cwd=here), 0, "the first check")
            age(here, 2)
            checked(run(*watch, cwd=here), 0, "nothing has changed")
            assert not Hook.taken and not list(here.glob("mail-*")), "no change, no word"

            pages["/1"] = pages["/2"] = page("The lamps are new, and they are not sound")
            Hook.status = 503
            age(here, 3)
            failed = checked(run(*watch, cwd=here), 0, "the words have changed, the webhook is down")
            assert "503" in failed.stderr and "tried again" in failed.stderr, failed.stderr
            Hook.status = 204
            age(here, 0)
            checked(run(*watch, cwd=here), 0, "the webhook is up again")
            age(here, 0)
            checked(run(*watch, cwd=here), 0, "all has been told")

        assert len(Hook.taken) == 2, "once refused, once taken"
        assert Hook.taken[0][0]["X-Loccit-Delivery"] == Hook.taken[1][0]["X-Loccit-Delivery"]
        headers, body = Hook.taken[1]
        signed = hmac.new(SECRET, headers["X-Loccit-Timestamp"].encode() + b"." + body, hashlib.sha256).hexdigest()
        assert headers["X-Loccit-Signature"] == f"sha256={signed}", headers
        notice = json.loads(body)
        assert notice["schema"] == "loccit.notice/1" and [n["citation"] for n in notice["notices"]] == ["c1", "c2"], notice
        assert all("up → changed" in n["text"] for n in notice["notices"])

        mails = sorted(here.glob("mail-*"))
        assert len(mails) == 1, "the mail got through the first time"
        envelope, _, content = mails[0].read_bytes().partition(b"\n")
        assert envelope == b"loccit@example.org reader@example.org", envelope
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert not message.defects, message.defects
        assert message["Subject"] == "Zitate: 2 changes in a.json — bitte prüfen", message["Subject"]
        assert message["Date"].datetime.year >= 2024 and message["Message-ID"].endswith("@example.org>")
        assert "up → changed" in message.get_content(), message.get_content()

        told = [json.loads(line) for line in (here / "told.jsonl").read_text().splitlines()]
        assert len(told) == 1 and told[0] == notice, told
        wrong = checked(run("watch", "--once", "--notify-mail", "nobody", cwd=here), 2, "an address that is none")
        assert "nobody" in wrong.stderr
        checked(run("watch", "--once", "--notify-webhook", "http://x/", "--webhook-secret-file", "none", cwd=here), 2, "no secret")
    finally:
        mail.terminate()
        mail.wait(timeout=20)
        hook.shutdown()
print("notices: each told once")
