"""A PostgreSQL server of the test's own, on a Unix socket, or on loopback too, in a folder that goes with it."""
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile

from support import skip

PROGRAMS = pathlib.Path("/usr/lib/postgresql/15/bin")


class Postgresql:
    """`durable`: with fsync, for tests that crash it. `address`: on a port there as well, for tests that cut the network."""

    def __init__(self, durable=False, address=None):
        if not (PROGRAMS / "initdb").exists():
            skip("PostgreSQL 15 is not installed (Debian package postgresql)")
        self.here = pathlib.Path(tempfile.mkdtemp(prefix="loccit-pg."))
        self.as_nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
        if self.as_nobody:
            shutil.chown(self.here, "nobody", "nogroup")
        self.port = None
        self.address = address
        if address:
            with socket.socket() as free:
                free.bind((address, 0))
                self.port = free.getsockname()[1]
        self.options = (f"-c listen_addresses={address or ''} -c unix_socket_directories={self.here}"
                        f" -c fsync={'on' if durable else 'off'}" + (f" -c port={self.port}" if address else ""))
        self._pg("initdb", "-D", self.here / "data", "-U", "loccit", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        if address:
            with open(self.here / "data/pg_hba.conf", "a") as access:
                access.write("host all loccit 10.77.0.0/16 trust\n")
        self.start()
        self._pg("createdb", "-h", self.here, *(["-p", str(self.port)] if address else []), "-U", "loccit", "registry")

    def _pg(self, program, *arguments):
        done = subprocess.run([*self.as_nobody, PROGRAMS / program, *map(str, arguments)], cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT)
        assert done.returncode == 0, (program, *arguments)

    def start(self):
        self._pg("pg_ctl", "-w", "-t", "120", "-D", self.here / "data", "-l", self.here / "log", "-o", self.options, "start")

    def stop_at_once(self):
        """As a crash."""
        self._pg("pg_ctl", "-w", "-t", "120", "-D", self.here / "data", "-m", "immediate", "stop")

    @property
    def url(self):
        return f"postgresql://loccit@{self.address}:{self.port}/registry" if self.port else f"postgresql://loccit@/registry?host={self.here}"

    def ask(self, sql):
        """Rows of text; asked on the socket, which no cut network touches."""
        done = subprocess.run([PROGRAMS / "psql", "-X", "-q", "-A", "-t", "-F", "\t", "-h", self.here, *(["-p", str(self.port)] if self.port else []),
                               "-U", "loccit", "-c", sql, "registry"], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return [line.split("\t") for line in done.stdout.splitlines()]

    def all_is_due(self):
        self.ask("UPDATE citation SET next_look = 0; UPDATE host SET due_at = 0, next_at = 0")

    def processor_seconds(self):
        """Of the server with all its processes that have ended."""
        pid = (self.here / "data/postmaster.pid").read_text().splitlines()[0]
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.stop_at_once()
        except AssertionError:
            pass  # it was not running
        shutil.rmtree(self.here, ignore_errors=True)
