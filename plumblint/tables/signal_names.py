"""Signals by number and name."""

from __future__ import annotations

SIGNALS = {
    1: "HUP", 2: "INT", 3: "QUIT", 6: "ABRT", 9: "KILL", 10: "USR1", 12: "USR2", 14: "ALRM",
    15: "TERM", 17: "CHLD", 18: "CONT", 19: "STOP", 28: "WINCH", 37: "RTMIN+3",
}  # fmt: skip
"""Linux signal numbers on x86 and ARM, see signal(7)."""


def signal_name(text: str) -> str:
    """A signal as `SIGNAME`, whether given by number or by name."""
    text = text.strip().upper()
    if text.isdigit():
        name = SIGNALS.get(int(text[:6]))
        return f"SIG{name}" if name else text
    return text if text.startswith("SIG") else f"SIG{text}"
