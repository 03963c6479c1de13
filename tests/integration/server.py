"""A real server process for tests, and a small browser without a screen to talk to it."""

from __future__ import annotations

import http.cookiejar
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from tests.lantern import PASSWORD

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """`python -m assistant serve` over an instance folder, to be killed and started again."""

    def __init__(self, instance: Path, **environment: str) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")},
            "ASSISTANT_INSTANCE": str(instance),
            "ASSISTANT_PORT": str(self.port),
            **environment,
        }
        self._log = instance.with_suffix(".log")
        self._running: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run another command over the same instance."""
        return subprocess.run(
            [sys.executable, "-m", "assistant", *arguments],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def start(self, *, wait: bool = True) -> None:
        """Start it, and wait until it answers and can search."""
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "assistant", "serve"], cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )
        deadline = time.monotonic() + 60
        while wait:
            try:
                with urllib.request.urlopen(f"{self.address}/health", timeout=5) as answer:
                    wait = json.load(answer)["knowledge"] == "being indexed"
            except OSError:
                assert self._running.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.05 if wait else 0)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._running is not None:
            self._running.send_signal(signal.SIGKILL)
            self._running.wait()
            self._running = None


class Visitor:
    """Somebody with cookies."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path: str) -> tuple[str, str]:
        """Return the path that was ended at, and the page."""
        with self._opener.open(self._server.address + path, timeout=60) as answer:
            return urllib.parse.urlparse(answer.url).path, answer.read().decode()

    def fetch(self, path: str) -> bytes:
        """Return a download."""
        with self._opener.open(self._server.address + path, timeout=60) as answer:
            content: bytes = answer.read()
            return content

    def token(self, page: str) -> str:
        """Return the forgery token of a page."""
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        assert found, page
        return found[1]

    def post(
        self, path: str, page: str, fields: dict[str, str], file: tuple[str, bytes] | None = None
    ) -> tuple[str, str]:
        """Send a form that stands on `page`; return where it led and the page there."""
        fields = {"csrf_token": self.token(page), **fields}
        boundary = secrets.token_hex(16)
        body = b"".join(
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        )
        if file is not None:
            name, content = file
            head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            body += head.encode() + content + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        request = urllib.request.Request(
            self._server.address + path,
            body,
            {"Content-Type": f"multipart/form-data; boundary={boundary}", "Referer": self._server.address + path},
        )
        with self._opener.open(request, timeout=60) as answer:
            return urllib.parse.urlparse(answer.url).path, answer.read().decode()

    def sign_in(self, email: str) -> None:
        """Sign in with the password that every test account has."""
        _, page = self.get("/sign-in")
        path, page = self.post("/sign-in", page, {"email": email, "password": PASSWORD})
        assert path == "/", page
