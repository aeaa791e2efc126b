"""An S3 store on loopback: OpenStack Swift, by tests/support/swift_store.sh; can be stopped and started again over the same objects."""
import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

from support import skip

SCRIPT = pathlib.Path(__file__).resolve().parents[1] / "support/swift_store.sh"


class Swift:
    def __init__(self, folder, address="127.0.0.1"):
        if not all(map(shutil.which, ("swift-proxy-server", "swift-object-server", "swift-ring-builder", "memcached"))):
            skip("Swift is not installed (ci/setup store-test)")
        self.folder = pathlib.Path(folder)
        self.address = address
        self.port = 20_000 + os.getpid() % 20_000 // 8 * 8
        self.environment = {**os.environ, "AWS_ACCESS_KEY_ID": "test:tester", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_REGION": "us-east-1",
                            "AWS_ENDPOINT_URL_S3": f"http://{address}:{self.port}"}
        self.start()
        account, token = self._signed_in()
        self._put(f"{account}/loccit", token)

    def _signed_in(self):
        asking = urllib.request.Request(f"http://{self.address}:{self.port}/auth/v1.0", headers={"X-Auth-User": "test:tester", "X-Auth-Key": "testing"})
        with urllib.request.urlopen(asking, timeout=30) as answer:
            return answer.headers["X-Storage-Url"], answer.headers["X-Auth-Token"]

    def _put(self, address, token):
        """Again until its other servers answer the proxy."""
        patience = time.monotonic() + 100
        while True:
            try:
                with urllib.request.urlopen(urllib.request.Request(address, method="PUT", headers={"X-Auth-Token": token}), timeout=30) as answer:
                    assert answer.status in (201, 202), answer.status
                    return
            except urllib.error.HTTPError as error:
                if error.code != 503 or time.monotonic() > patience:
                    raise
            time.sleep(0.5)

    def names(self):
        account, token = self._signed_in()
        found, last = [], ""
        while True:
            asking = urllib.request.Request(f"{account}/loccit?limit=1000&marker={urllib.parse.quote(last)}", headers={"X-Auth-Token": token})
            with urllib.request.urlopen(asking, timeout=60) as answer:
                page = answer.read().decode().split()
            if not page:
                return found
            found += page
            last = page[-1]

    def read(self, name):
        account, token = self._signed_in()
        with urllib.request.urlopen(urllib.request.Request(f"{account}/loccit/{name}", headers={"X-Auth-Token": token}), timeout=60) as answer:
            return answer.read()

    def place(self, name):
        return f"s3://loccit/{name}"

    def start(self):
        self.process = subprocess.Popen([SCRIPT, self.folder, str(self.port), self.address], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        for _ in range(6000):
            with socket.socket() as asking:
                if asking.connect_ex((self.address, self.port)) == 0:
                    return
            time.sleep(0.1)
        raise AssertionError("Swift does not start")

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=100)
