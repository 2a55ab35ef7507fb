"""Package managers: how each installs, and what takes away what it leaves behind.

A row: (program, words before the verb, install verbs, update verbs, options that
take the next word as their value, places of its lists and caches, commands that
clean them, options and variables that keep them from being written).
Sources: the manual of each program.
"""

from __future__ import annotations

Row = tuple[
    str,
    tuple[str, ...],
    tuple[str, ...],
    tuple[str, ...],
    tuple[str, ...],
    tuple[str, ...],
    tuple[tuple[str, str], ...],
    tuple[str, ...],
]

_APT_VALUED = ("-o", "--option", "-t", "--target-release", "--default-release", "-c",
               "--config-file", "-a", "--host-architecture")  # fmt: skip
_APT_PLACES = ("/var/lib/apt",)
_RPM_VALUED = ("-c", "--config", "--enablerepo", "--disablerepo", "-x", "--exclude", "--setopt",
               "--repo", "--repoid", "--installroot", "--releasever", "--nodocs-from")  # fmt: skip
_PIP_VALUED = (
    "-r", "--requirement", "-c", "--constraint", "-i", "--index-url", "--extra-index-url", "-e",
    "--editable", "-t", "--target", "-f", "--find-links", "--trusted-host", "--prefix", "--root",
    "--python", "--platform", "--python-version", "--timeout", "--retries", "--cache-dir", "-p",
)  # fmt: skip
_PIP = ("--no-cache-dir", "--no-cache", "PIP_NO_CACHE_DIR", "UV_NO_CACHE")
_PIP_PLACES = (".cache/pip", ".cache/uv", ".cache")

ROWS: tuple[Row, ...] = (
    ("apt-get", (), ("install",), ("update",), _APT_VALUED, _APT_PLACES,
     (("apt-get", "distclean"), ("apt-get", "dist-clean")), ()),
    ("apt", (), ("install",), ("update",), _APT_VALUED, _APT_PLACES,
     (("apt-get", "distclean"), ("apt-get", "dist-clean"), ("apt", "distclean"),
      ("apt", "dist-clean")), ()),
    ("aptitude", (), ("install",), ("update",), _APT_VALUED, _APT_PLACES, (), ()),
    ("apk", (), ("add",), ("update",),
     ("-t", "--virtual", "-X", "--repository", "-p", "--root", "--keys-dir", "--arch",
      "--repositories-file"),
     ("/var/cache/apk", "/etc/apk/cache"), (("apk", "cache"),), ("--no-cache", "--no-network")),
    ("yum", (), ("install", "localinstall", "groupinstall", "reinstall"),
     ("makecache", "check-update"), _RPM_VALUED, ("/var/cache/yum", "/var/cache/dnf"),
     (("yum", "clean"), ("dnf", "clean")), ()),
    ("dnf", (), ("install", "groupinstall", "reinstall"), ("makecache", "check-update"),
     _RPM_VALUED, ("/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum"),
     (("dnf", "clean"), ("yum", "clean")), ()),
    ("dnf5", (), ("install",), ("makecache",), _RPM_VALUED,
     ("/var/cache/dnf", "/var/cache/libdnf5"), (("dnf5", "clean"), ("dnf", "clean")), ()),
    ("microdnf", (), ("install",), ("makecache",), _RPM_VALUED,
     ("/var/cache/yum", "/var/cache/dnf"),
     (("microdnf", "clean"), ("dnf", "clean"), ("yum", "clean")), ()),
    ("zypper", (), ("install", "in"), ("refresh", "ref"),
     ("-r", "--repo", "--from", "-R", "--root", "-t", "--type"), ("/var/cache/zypp",),
     (("zypper", "clean"), ("zypper", "cc")), ("--no-cache",)),
    ("pip", (), ("install",), (), _PIP_VALUED, _PIP_PLACES, (("pip", "cache"),), _PIP),
    ("uv", ("pip",), ("install", "sync"), (), _PIP_VALUED, (".cache/uv", ".cache"),
     (("uv", "cache"),), ("--no-cache", "-n", "UV_NO_CACHE")),
    ("pipx", (), ("install",), (), ("--python", "--pip-args", "-i", "--index-url", "--suffix"),
     (".cache/pip", ".cache"), (), ("PIP_NO_CACHE_DIR",)),
    ("npm", (), ("install", "i", "add", "ci"), (),
     ("--registry", "--prefix", "-w", "--workspace", "--omit", "--only", "--loglevel", "--cache"),
     (".npm",), (("npm", "cache"),), ()),
    ("yarn", (), ("add", "install"), (), ("--registry", "--cache-folder", "--cwd"),
     (".yarn", ".cache/yarn", "/usr/local/share/.cache"), (("yarn", "cache"),), ()),
    ("yarn", ("global",), ("add",), (), ("--registry", "--cache-folder", "--cwd"),
     (".yarn", ".cache/yarn", "/usr/local/share/.cache"), (("yarn", "cache"),), ()),
    ("pnpm", (), ("add", "install", "i"), (), ("--filter", "-C", "--dir", "--registry"),
     ("pnpm/store", ".pnpm-store"), (("pnpm", "store"),), ()),
    ("bun", (), ("add", "install", "i"), (), ("--cwd", "--registry"), (".bun",), (), ()),
    ("gem", (), ("install", "i"), ("update",),
     ("-v", "--version", "-i", "--install-dir", "-s", "--source", "-n", "--bindir", "-P"),
     (".gem", "/cache"), (), ()),
    ("go", (), ("install", "get"), (), ("-o", "-ldflags", "-tags", "-C", "-modfile"),
     ("/go/pkg/mod", ".cache/go-build"), (("go", "clean"),), ()),
    ("cargo", (), ("install",), (),
     ("--git", "--branch", "--tag", "--rev", "--path", "--root", "--version", "--features",
      "--target", "--registry", "--profile", "-j", "--jobs"),
     (".cargo", "/usr/local/cargo"), (), ()),
    ("conda", (), ("install", "create"), (),
     ("-c", "--channel", "-n", "--name", "-p", "--prefix", "-f", "--file"), ("/pkgs",),
     (("conda", "clean"), ("mamba", "clean")), ()),
    ("mamba", (), ("install", "create"), (),
     ("-c", "--channel", "-n", "--name", "-p", "--prefix", "-f", "--file"), ("/pkgs",),
     (("conda", "clean"), ("mamba", "clean")), ()),
    ("micromamba", (), ("install", "create"), (),
     ("-c", "--channel", "-n", "--name", "-p", "--prefix", "-f", "--file"), ("/pkgs",),
     (("micromamba", "clean"), ("mamba", "clean"), ("conda", "clean")), ()),
    ("composer", (), ("require", "global"), (), ("-d", "--working-dir"), (".composer",),
     (("composer", "clear-cache"),), ()),
)  # fmt: skip

SAME: dict[str, str] = {"pip3": "pip", "pip2": "pip", "npm-cli.js": "npm", "yarnpkg": "yarn"}
"""Other names of the programs."""

FRESH_LISTS: frozenset[str] = frozenset(("--no-cache", "-U", "--update-cache", "--update"))
"""apk's options that have the lists fetched anew."""

UPGRADE_VERBS: frozenset[str] = frozenset(
    ("upgrade", "dist-upgrade", "full-upgrade", "safe-upgrade", "distro-sync", "dup")
)
"""Verbs that bring the whole system up to date; `update` does so for yum, dnf and zypper."""

UPDATE_UPGRADES: frozenset[str] = frozenset(("yum", "dnf", "dnf5", "microdnf", "zypper"))
"""Where `update` upgrades packages."""
