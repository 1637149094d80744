"""What is this machine, and what another: names and numbers of hosts."""

from ipaddress import IPv4Address, IPv6Address, ip_address


def number(host: str) -> IPv4Address | IPv6Address | None:
    """Return the number a host is called by, None when it has a name; brackets may stand around one of version 6."""
    in_brackets = host.startswith("[") and host.endswith("]")
    try:
        found = ip_address(host[1:-1] if in_brackets else host)
    except ValueError:
        return None
    # Behind «%» anything may stand.
    return None if "%" in host or (in_brackets and found.version == 4) else found


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, by its name or number."""
    found = number(host)
    return found.is_loopback if found else host.lower() == "localhost"
