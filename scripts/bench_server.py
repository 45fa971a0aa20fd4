"""The figures that need a real server and real sockets: start, memory, live pages, a room signing in at once."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import bcrypt

TOP = Path(__file__).resolve().parent.parent
Figures = dict[str, dict[str, float]]
Figure = Callable[[list[float]], dict[str, float]]
SEATS = 30
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def page_bytes(client: Any, figure: Figure) -> Figures:
    """Bytes on the wire, gzip, of a first and of a second visit to the documents page."""
    page = client.get("/documents/", headers={"Accept-Encoding": "gzip"})
    text = gzip.decompress(page.data).decode() if page.headers.get("Content-Encoding") == "gzip" else page.text
    files = set(ASSET.findall(text)) | {path for path in modules(client, text)}
    weight = sum(len(client.get(path, headers={"Accept-Encoding": "gzip"}).data) for path in files)
    return {"page_bytes_first": figure([len(page.data) + weight]), "page_bytes_second": figure([len(page.data)])}


def modules(client: Any, text: str) -> Iterator[str]:
    """The behaviours that this page's JavaScript will import."""
    base = next((path for path in ASSET.findall(text) if path.endswith("app.js")), "")
    for name in set(" ".join(re.findall(r'data-behaviour="([^"]+)"', text)).split()) | {"announce", "fragments"}:
        yield base.replace("app.js", f"{name}.js")


class Visitor:
    """A browser's cookie jar over a plain connection."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Accept": "text/html", "Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.cookies |= {key: morsel.value for key, morsel in SimpleCookie(value).items()}
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.getheader("Location") or "", text

    def follow(self, method: str, path: str, form: dict[str, str] | None = None) -> str:
        status, place, text = self.ask(method, path, form)
        while status in (301, 302, 303):
            status, place, text = self.ask("GET", place)
        assert status == 200, f"{path} : {status}"  # noqa: S101
        return text


def token(text: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', text)
    assert found  # noqa: S101
    return found[1]


@contextmanager
def server(folder: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"PYTHONPATH": str(TOP), "SANDBOX_DATA": folder, "SANDBOX_SECRET_KEY": "bench"}
    process = subprocess.Popen(
        [sys.executable, "-m", "sandbox", "serve", "--port", str(port)], env=environment, cwd=TOP,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def command(folder: str, *words: str) -> Any:
    environment = os.environ | {"PYTHONPATH": str(TOP), "SANDBOX_DATA": folder, "SANDBOX_SECRET_KEY": "bench"}
    done = subprocess.run([sys.executable, "-m", "sandbox", *words, "--json"], env=environment, cwd=TOP,
                          capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, since: float) -> float:
    """Seconds from `since` to the first page."""
    while True:
        try:
            Visitor(port).follow("GET", "/rejoindre")
            return time.perf_counter() - since
        except OSError:
            time.sleep(0.01)


def figures(figure: Figure, *, quick: bool) -> Figures:
    found: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        with server(folder, port):  # a fresh store: tables are made before the first page
            found["cold_start_s"] = figure([wait_for(port, time.perf_counter())])
        room = command(folder, "workshop", "create", "--pack", "decouverte", "--seats", str(SEATS), "--hours", "4")
        port = free_port()
        with server(folder, port) as process:
            wait_for(port, time.perf_counter())
            visitors, slowest = everybody_signs_in(port, room)
            found["signin_slowest_ms"] = figure([slowest])
            found["signin_floor_ms"] = figure([hashing()])
            found["signin_ok"] = figure([len(visitors)])
            found["live_p99_ms"] = figure(live(port, room, visitors, 10 if quick else 30))
            found["rss_mb"] = figure([memory(process.pid)])
    return found


def hashing() -> float:
    """What thirty comparisons of passwords cost by themselves, on every core at once (ms)."""
    hashed = bcrypt.hashpw(b"Noisette-4821", bcrypt.gensalt(8))
    begun = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(lambda _: bcrypt.checkpw(b"Noisette-4821", hashed), range(SEATS)))
    return (time.perf_counter() - begun) * 1000


def everybody_signs_in(port: int, room: dict[str, Any]) -> tuple[list[Visitor], float]:
    """Thirty people at once from one address: all send their password, then all their code; the slowest of both (ms)."""
    together = threading.Barrier(SEATS)
    slowest: list[float] = []

    def send(visitor: Visitor, path: str, form: dict[str, str]) -> tuple[int, str]:
        together.wait()
        begun = time.perf_counter()
        status, place, _ = visitor.ask("POST", path, form)
        slowest.append((time.perf_counter() - begun) * 1000)
        together.wait()
        return status, place

    def sign_in(seat: dict[str, Any]) -> Visitor | None:
        visitor, path = Visitor(port), f"/atelier/{room['code']}"
        known = {"identifier": seat["identifier"], "password": seat["password"]}
        _, place = send(visitor, path, {"csrf_token": token(visitor.follow("GET", path))} | known)
        page = visitor.follow("GET", place or path)
        code = re.search(r"\b(\d{6})\b", re.sub(r"<[^>]+>", " ", page.split("phone-screen")[-1]))
        status, _ = send(visitor, "/connexion/code", {"csrf_token": token(page), "code": code[1] if code else ""})
        return visitor if status == 302 and "<h1" in visitor.follow("GET", "/") else None

    with ThreadPoolExecutor(SEATS) as pool:
        visitors = [v for v in pool.map(sign_in, room["seats"]) if v]
    return visitors, max(slowest)


def live(port: int, room: dict[str, Any], visitors: list[Visitor], rounds: int) -> list[float]:
    """From a professional's POST (a first message) to the patient's page knowing, thirty pages open (ms, each)."""
    heard: dict[int, float] = {}
    ready = threading.Barrier(len(visitors) + 1)
    for number, visitor in enumerate(visitors):
        threading.Thread(target=listen, args=(port, visitor, number, heard, ready), daemon=True).start()
    ready.wait()
    time.sleep(0.5)
    doctor, patients = practice(port, room)
    latencies = []
    for patient in patients[:rounds]:
        page = doctor.follow("GET", f"{patient}/ecrire")
        time.sleep(0.3)  # the echoes of the former message are over
        heard.clear()
        form = {"csrf_token": token(page), "subject": "Vos résultats", "text": "Bonjour, tout va bien."}
        begun = time.perf_counter()
        status, _, _ = doctor.ask("POST", f"{patient}/ecrire", form)
        assert status == 302, status  # noqa: S101
        while not heard and time.perf_counter() - begun < 5:
            time.sleep(0.002)
        latencies.append((min(heard.values()) - begun) * 1000 if heard else 5000.0)
    return latencies


def practice(port: int, room: dict[str, Any]) -> tuple[Visitor, list[str]]:
    """Dr Lemoine signed in, and the addresses of the patients."""
    doctor = Visitor(port)
    card = next(p for p in room["professionals"] if p["identifier"] == "dr-lemoine")
    page = doctor.follow("GET", "/pro/connexion")
    form = {"csrf_token": token(page), "code": room["code"]} | {k: card[k] for k in ("identifier", "password")}
    page = doctor.follow("POST", "/pro/connexion", form)
    return doctor, list(dict.fromkeys(re.findall(r'href="(/pro/patients/[^"/]+)"', page)))


def listen(port: int, visitor: Visitor, number: int, heard: dict[int, float], ready: threading.Barrier) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    cookies = "; ".join(f"{k}={v}" for k, v in visitor.cookies.items())
    connection.request("GET", "/direct", headers={"Cookie": cookies})
    answer = connection.getresponse()
    answer.readline()
    ready.wait()
    try:
        while line := answer.readline():
            if line.startswith(b"data:"):
                heard.setdefault(number, time.perf_counter())
    except (OSError, http.client.HTTPException):
        return


def memory(pid: int) -> float:
    """Megabytes of the largest process of the server: a worker."""
    tree = [pid, *children(pid)]
    if os.environ.get("BENCH_VERBOSE"):
        print([(p, Path(f"/proc/{p}/cmdline").read_text()[-60:], re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{p}/status").read_text())[1]) for p in tree])
    sizes = [int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{p}/status").read_text())[1]) for p in tree]  # type: ignore[index]
    return max(sizes) / 1024


def children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (task / "children").read_text().split()):
            found += [child, *children(child)]
    return found
