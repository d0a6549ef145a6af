"""A real CalDAV server, started by the tests that need one."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import requests

USER, PASSWORD = "secretary", "비밀 pass:word"


@dataclass
class Server:
    """A running Radicale: its address and process; `log` is what it wrote."""

    url: str
    process: subprocess.Popen[bytes]

    @property
    def collection(self) -> str:
        return f"{self.url}/{USER}/council/"

    def request(self, method: str, url: str, data: str = "", **headers: str) -> requests.Response:
        auth = (USER.encode(), PASSWORD.encode())
        return requests.request(method, url, data=data.encode(), auth=auth, headers=headers)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def radicale(folder: Path) -> Iterator[Server]:
    """Start a server with one user and one empty calendar; stop it at the end."""
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    port = free_port()
    settings = {
        "server": {"hosts": f"127.0.0.1:{port}"},
        "auth": {
            "type": "htpasswd",
            "htpasswd_filename": users,
            "htpasswd_encryption": "plain",
            "delay": 0,
        },
        "storage": {"filesystem_folder": folder / "collections"},
        "logging": {"level": "warning"},
    }
    lines = [
        line
        for section, values in settings.items()
        for line in (f"[{section}]", *(f"{key} = {value}" for key, value in values.items()))
    ]
    config = folder / "config"
    config.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(config)],
            stdout=log,
            stderr=log,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
    server = Server(f"http://127.0.0.1:{port}", process)
    try:
        _wait(port, folder / "log")
        made = server.request("MKCALENDAR", server.collection)
        assert made.status_code == 201, made.text
        yield server
    finally:
        process.kill()
        process.wait()


def _wait(port: int, log: Path) -> None:
    for _ in range(600):  # a busy machine takes its time
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))
