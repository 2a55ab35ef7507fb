"""How package managers ask, recommend and take away: options and words by program.

Sources: apt-get(8), apt.conf(5), yum(8), dnf(8), microdnf(8), zypper(8), apk(8).
"""

from __future__ import annotations

YES_OPTIONS: dict[str, str] = {
    "apt-get": r"-[a-zA-Z]*y[a-zA-Z]*|-[a-zA-Z]*qq[a-zA-Z]*|-q=2|--yes|--assume-yes|--force-yes"
    r"|APT::Get::Assume-Yes=.*|--assume-no|--trivial-only|-[a-zA-Z]*[ds]|--download-only"
    r"|--(?:just-print|simulate|dry-run|print-uris|no-act|recon)",
    "yum": r"-[a-zA-Z]*y[a-zA-Z]*|--assumeyes|--assumeno|--downloadonly|--setopt=assumeyes=.*",
    "zypper": r"-[a-zA-Z]*[ny][a-zA-Z]*|--non-interactive|--no-confirm|--dry-run|--download-only",
}
"""Options (whole words) with which a program does not ask; `apt` and `dnf` as their elders."""

ASKS_LIKE: dict[str, str] = {
    "apt-get": "apt-get",
    "apt": "apt-get",
    "aptitude": "apt-get",
    "yum": "yum",
    "dnf": "yum",
    "dnf5": "yum",
    "microdnf": "yum",
    "zypper": "zypper",
}
"""The programs that ask, with the one whose options they share; the others never ask."""

YES_SETTINGS = (
    r"(?<!-)Assume-Yes[ \t]+\\*[\"']?(?:1|true|yes)\b|(?<!setopt=)(?<!-)assumeyes[ \t]*="
    r"|ZYPP_NON_INTERACTIVE"
)
"""What a script writes into the settings so that nobody is asked."""

RECOMMENDS_OFF = (
    r"--no-install-recommends|--without-recommends|APT::Install-Recommends=(?:0|false|no|off)"
)
"""Options (whole words) with which apt leaves recommended packages out."""

APT_ONLY_SHOWS = r"-[a-zA-Z]*s[a-zA-Z]*|--(?:simulate|just-print|dry-run|no-act|recon|print-uris)"
"""Options (whole words) with which apt installs nothing."""

OPTION_NAMES = r"opt|arg|flag|param|switch"
"""What the name of a variable holds that may hold options."""

RECOMMENDS_SETTING = r"(?<!no-)Install-Recommends[ \t]+\\*[\"']?(?:0|false|no)\b"
"""What a script writes into apt's settings to the same end."""

APT_SETTINGS = "/etc/apt/apt.conf"
"""Where apt reads its settings: this file and the folder of that name with `.d`."""

REMOVE_VERBS: frozenset[str] = frozenset(
    ("remove", "purge", "autoremove", "autopurge", "erase", "del", "rm", "uninstall")
)
"""Verbs that take packages away."""

SWEEPS: frozenset[str] = frozenset(("autoremove", "autopurge", "--auto-remove", "--autoremove"))
"""Words by which apt takes away what is marked as installed automatically."""

GROUP_OPTIONS: tuple[str, ...] = ("-t", "--virtual")
"""apk's options that name the packages installed, so that `apk del` finds them."""

HARMLESS: frozenset[str] = frozenset(
    ("rm", "echo", "printf", "set", "true", ":", "mkdir", "export", "cd", "sleep", "clear", "touch")
)
"""Programs that surely install nothing."""
