"""The address that tablets reach, on machines that have several."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ifaddr
import pytest
from flask import Flask

from sandbox import network, serving

Simulate = Callable[..., None]
WINDOWS = {
    "vEthernet (WSL)": ("Hyper-V Virtual Ethernet Adapter", "172.20.10.5"), "Ethernet 2": ("VirtualBox Host-Only Ethernet Adapter", "192.168.56.1"),
    "Wi-Fi": ("Intel(R) Wi-Fi 6 AX201", "192.168.1.24"), "Connexion au réseau local* 2": ("Microsoft Wi-Fi Direct Virtual Adapter", "192.168.137.1"),
}
LINUX = {"lo": "127.0.0.1", "docker0": "172.17.0.1", "br-1f2e3d4c5b6a": "172.18.0.1", "eth0": "10.1.2.3", "wlan0": "192.168.1.24", "tun0": "10.8.0.2"}

ALL = "0.0.0.0"  # noqa: S104 — as a room is served


def adapters(told: dict[str, str] | dict[str, tuple[str, str]]) -> list[ifaddr.Adapter]:
    """As the library gives them: Windows names both the adapter and the connection."""
    found = []
    for name, value in told.items():
        about, ip = value if isinstance(value, tuple) else (name, value)
        found.append(ifaddr.Adapter(name, about, [ifaddr.IP(ip, 24, name), ifaddr.IP(("fe80::1", 0, 2), 64, name)]))
    return found


@pytest.fixture
def simulate(monkeypatch: pytest.MonkeyPatch) -> Simulate:
    def now(told: dict[str, str] | dict[str, tuple[str, str]], routed: str = "") -> None:
        monkeypatch.setattr(ifaddr, "get_adapters", lambda: adapters(told))
        monkeypatch.setattr(network, "_routed", lambda: routed)

    return now


def ips() -> list[str]:
    return [one.ip for one in network.addresses()]


def test_on_windows_the_hotspot_then_the_wifi_and_virtual_machines_last(simulate: Simulate) -> None:
    simulate(WINDOWS, routed="172.20.10.5")
    assert ips() == ["192.168.137.1", "192.168.1.24", "172.20.10.5", "192.168.56.1"]
    assert network.addresses()[1].label == "192.168.1.24 — Wi-Fi (réseau de la salle)"
    assert network.addresses()[-1].rank is network.Rank.VIRTUAL


def test_on_linux_the_one_that_goes_out_first_among_its_like(simulate: Simulate) -> None:
    simulate(LINUX, routed="192.168.1.24")
    assert ips() == ["192.168.1.24", "10.1.2.3", "10.8.0.2", "172.17.0.1", "172.18.0.1"]


@pytest.mark.parametrize("ip", ["192.168.137.1", "192.168.43.7", "192.168.49.2", "172.20.10.3", "10.42.0.1"])
def test_a_shared_connection_comes_before_the_rooms_network(simulate: Simulate, ip: str) -> None:
    simulate({"eth0": "192.168.1.24", "wlan0": ip}, routed="192.168.1.24")
    assert ips()[0] == ip


def test_without_a_network_there_is_only_this_machine(simulate: Simulate) -> None:
    simulate({"lo": "127.0.0.1", "eth0": "169.254.10.10"})
    assert (ips(), network.best()) == ([], "127.0.0.1")
    assert network.owns("127.0.0.1")
    assert not network.owns("169.254.10.10")


# --- what is served, remembered and chosen ---

def test_what_a_trainer_chose_stays_until_the_network_changes(simulate: Simulate, app: Flask, tmp_path: Path) -> None:
    data = str(tmp_path)
    simulate(LINUX, routed="192.168.1.24")
    assert serving.remember_address(data, ALL, 8003) == "http://192.168.1.24:8003/"
    with app.test_request_context("/"):
        assert serving.choose(data, "10.1.2.3") == "http://10.1.2.3:8003/"
    assert serving.remember_address(data, ALL, 8004) == "http://10.1.2.3:8004/"
    simulate({"wlan0": "192.168.43.7"})
    assert serving.remembered_address(data) == "http://192.168.43.7:8004/"
    assert serving.remember_address(data, ALL, 8000) == "http://192.168.43.7:8000/"


def test_whoever_listens_on_one_address_has_nothing_to_choose(simulate: Simulate, tmp_path: Path) -> None:
    simulate(LINUX)
    assert serving.listens_to_others(str(tmp_path))
    assert serving.remember_address(str(tmp_path), "127.0.0.1", 8000) == "http://127.0.0.1:8000/"
    assert not serving.listens_to_others(str(tmp_path))
    assert serving.remembered_address(str(tmp_path)) == "http://127.0.0.1:8000/"


def test_the_start_command_prepares_everything_and_says_the_address_that_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SANDBOX_PUBLIC_URL", raising=False)
    monkeypatch.setenv("SANDBOX_SEAT_COST", "4")
    spec = importlib.util.spec_from_file_location("run", Path(__file__).parent.parent / "scripts" / "run.py")
    assert spec
    assert spec.loader
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    served: list[list[str]] = []
    real = run.subprocess.run

    def watched(order: list[str], **about: Any) -> Any:
        return served.append(order) or SimpleNamespace(returncode=0) if "serve" in order else real(order, **about)

    monkeypatch.setattr(run, "subprocess", SimpleNamespace(run=watched))
    run.serve(sys.executable, SimpleNamespace(host="127.0.0.1", data=str(tmp_path), prepare=False), 8004)
    said = capsys.readouterr().out
    assert "http://127.0.0.1:8004/rejoindre?code=" in said
    assert "http://127.0.0.1:8004/console/" in said
    assert served[0][-4:] == ["--host", "127.0.0.1", "--port", "8004"]
    assert serving.remembered_address(str(tmp_path)) == "http://127.0.0.1:8004/"
