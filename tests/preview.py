"""A running preview of a project, driven as a browser and an attacker would."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.sites import ROOT

__all__ = ["PATIENCE", "Preview"]

PATIENCE = 120.0
"""A build has all that was ever written put on the disk, which a busy machine takes its time for."""


class Preview:
    """`build.py serve` for the project in a folder. What it prints lies in `said`."""

    def __init__(self, folder: Path, templates: Path = ROOT / "templates", **environment: str) -> None:
        self.folder = folder
        self.said = folder / "said.txt"
        command = [sys.executable, str(ROOT / "build.py"), "serve", "--content", str(folder / "content"), "--port", "0"]
        command += ["--templates", str(templates)]
        with self.said.open("w") as said:
            self.process = subprocess.Popen(
                command, stdout=said, stderr=subprocess.DEVNULL, env={**os.environ, **environment}
            )
        self.port = int(self._first(r"http://127\.0\.0\.1:(\d+)/"))

    def _first(self, pattern: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            found = re.search(pattern, self.said.read_text("utf-8"))
            if found:
                return found[1]
            time.sleep(0.01)
        raise AssertionError(f"the preview did not start: {self.said.read_text('utf-8')}")

    @property
    def builds(self) -> int:
        """How many builds have ended in good order."""
        return len(re.findall(r"^(?:site|nothing published)\b", self.said.read_text("utf-8"), re.MULTILINE))

    @property
    def state(self) -> dict[str, Any]:
        """What the preview tells its pages: what it shows, and what is wrong."""
        found: dict[str, Any] = json.loads(self.get("/preview.json")[1])
        return found

    @property
    def shown(self) -> int:
        """How often something new was shown."""
        return int(self.state["showing"].rpartition("-")[2])

    @property
    def maker(self) -> int:
        """The process that makes the pages; 0 while there is none."""
        return self.child("sijill.serve.warm")

    def child(self, word: str) -> int:
        """The child of the server whose command has this word; 0 where there is none."""
        for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split():
            with contextlib.suppress(OSError):
                if word.encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                    return int(pid)
        return 0

    @contextlib.contextmanager
    def held(self, save: Callable[[], None]) -> Iterator[None]:
        """Save something that has articles read again, and stop the whole build that reads them for as long as this
        lasts: until then what is shown is not the whole."""
        save()
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            build = self.child("--json")
            if build:
                with contextlib.suppress(ProcessLookupError):  # an earlier build, which the save has ended
                    os.kill(build, signal.SIGSTOP)
                if self.state["old"] and self.child("--json") == build:
                    break
            time.sleep(0.005)
        else:
            raise AssertionError("no build read articles again")
        try:
            yield
        finally:
            os.kill(build, signal.SIGCONT)

    def wait_for(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The state once it fits."""
        return json.loads(self.wait("/preview.json", lambda status, body: fits(json.loads(body))))  # type: ignore[no-any-return]

    def end(self) -> int:
        """Interrupt it; its exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)

    def get(self, path: str, host: str = "") -> tuple[int, str, dict[str, str]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request("GET", path, headers={"Host": host or f"127.0.0.1:{self.port}"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace"), dict(answer.getheaders())

    def answer(self, request: bytes) -> bytes:
        """Everything that comes back for these bytes; nothing where the connection is only closed."""
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as found:
            parts = []
            try:
                found.sendall(request)
                found.shutdown(socket.SHUT_WR)
                while part := found.recv(65536):
                    parts.append(part)
            except ConnectionError:
                pass
            return b"".join(parts)

    def wait(self, path: str, fits: Callable[[int, str], bool]) -> str:
        """The page at this path once it fits."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            status, body, _ = self.get(path)
            if fits(status, body):
                return body
            time.sleep(0.05)
        raise AssertionError(f"{path} never came to be as expected; last: {status} {body[:500]}")
