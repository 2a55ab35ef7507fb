"""Build tools: packages that compile, by their names in the package managers.

Sources: packages.debian.org, pkgs.alpinelinux.org, packages.fedoraproject.org.
"""

from __future__ import annotations

BUILD_TOOLS: frozenset[str] = frozenset(
    (
        "alpine-sdk",
        "autoconf",
        "automake",
        "base-devel",
        "bison",
        "build-base",
        "build-essential",
        "cargo",
        "clang",
        "cmake",
        "cpp",
        "flex",
        "g++",
        "gcc",
        "gcc-c++",
        "gfortran",
        "libc-dev",
        "libc6-dev",
        "libtool",
        "make",
        "meson",
        "musl-dev",
        "ninja-build",
        "python3-dev",
        "python-dev",
        "python3-devel",
        "rustc",
    )
)
"""Compilers, linkers, build systems and the headers of the C library and of Python."""
