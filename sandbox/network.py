"""What addresses this machine has, the one that tablets are likeliest to reach first."""

from __future__ import annotations

import re
import socket
from dataclasses import dataclass
from enum import IntEnum
from ipaddress import IPv4Address, IPv4Network

import ifaddr


class Rank(IntEnum):
    """How likely a tablet of the room reaches an address: the first the likeliest."""

    SHARED = 0  # a hotspot: this machine's own, or a phone's
    LOCAL = 1
    OTHER = 2
    VIRTUAL = 3


WORDS = {
    Rank.SHARED: "partage de connexion", Rank.LOCAL: "réseau de la salle", Rank.OTHER: "autre réseau",
    Rank.VIRTUAL: "carte virtuelle : les tablettes ne la voient pas",
}
SHARED = [  # Windows, NetworkManager, Android, Wi-Fi Direct, iPhone
    IPv4Network(net) for net in ("192.168.137.0/24", "10.42.0.0/24", "192.168.43.0/24", "192.168.49.0/24", "172.20.10.0/28")
]
LOCAL = [IPv4Network(net) for net in ("192.168.0.0/16", "10.0.0.0/8", "172.16.0.0/12")]
VIRTUAL = [IPv4Network("192.168.56.0/24"), IPv4Network("192.168.122.0/24")]  # VirtualBox, libvirt
VIRTUAL_NAMES = re.compile(  # (a Windows hotspot is a « Wi-Fi Direct Virtual Adapter »: the word alone says nothing)
    r"docker|^br-[0-9a-f]|^veth|virbr|vmnet|vmware|virtualbox|^vbox|vethernet|hyper-v|\bwsl|tailscale|zerotier|wireguard|^wg\d"
    r"|\bvpn\b|^u?tun\d|^tap|tap-windows|^ppp\d|podman|^lxc|^cni|npcap|loopback", re.IGNORECASE,
)


@dataclass(frozen=True)
class Address:
    """One address of this machine, and the adapter that has it."""

    ip: str
    adapter: str
    rank: Rank

    @property
    def label(self) -> str:
        return f"{self.ip} — {self.adapter} ({WORDS[self.rank]})"


def addresses() -> list[Address]:
    """Every address that another device may try, the likeliest first; none without a network."""
    first = _routed()
    found = {
        str(ip.ip): Address(str(ip.ip), _name(adapter, ip), _rank(IPv4Address(ip.ip), f"{adapter.nice_name} {ip.nice_name}"))
        for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4 and _leads_somewhere(IPv4Address(ip.ip))
    }
    return sorted(found.values(), key=lambda one: (one.rank, one.ip != first, IPv4Address(one.ip)))


def best() -> str:
    """The likeliest; the loopback address without a network."""
    return next((one.ip for one in addresses()), "127.0.0.1")


def owns(host: str) -> bool:
    """Whether it is an address of this very machine."""
    return host.startswith("127.") or host == "::1" or any(one.ip == host for one in addresses())


def is_literal(host: str) -> bool:
    """Whether a host is written in figures."""
    try:
        return bool(IPv4Address(host))
    except ValueError:
        return False


def _leads_somewhere(ip: IPv4Address) -> bool:
    return not (ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_unspecified)


def _rank(ip: IPv4Address, adapter: str) -> Rank:
    if VIRTUAL_NAMES.search(adapter) or any(ip in net for net in VIRTUAL):
        return Rank.VIRTUAL
    if any(ip in net for net in SHARED):
        return Rank.SHARED
    return Rank.LOCAL if any(ip in net for net in LOCAL) else Rank.OTHER


def _name(adapter: ifaddr.Adapter, ip: ifaddr.IP) -> str:
    """« Wi-Fi » on Windows, where the address bears the name that people know; « wlan0 » elsewhere."""
    return (ip.nice_name or adapter.nice_name or "réseau")[:60]


def _routed() -> str:
    """The address that goes out to the rest of the world; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # documentation range: a route is looked up, no packet leaves
            return str(probe.getsockname()[0])
        except OSError:
            return ""
