"""Image tags that name a channel: each release of it is another image.

Sources: the "Supported tags" sections of the official images on Docker Hub (debian, node, nginx,
python, redis, php, rust, golang) and the tag lists of the images named.
"""

from __future__ import annotations

FLOATING_TAGS: frozenset[str] = frozenset(
    (
        # release channels
        "stable",  # debian, nginx, docker
        "stable-slim",
        "stable-alpine",
        "oldstable",  # debian
        "testing",
        "unstable",
        "experimental",
        "mainline",  # nginx
        "edge",  # alpine
        "rolling",  # ubuntu, archlinux
        "devel",  # ubuntu
        "rawhide",  # fedora
        "lts",  # node, jenkins
        "lts-slim",
        "lts-alpine",
        "current",  # node
        "nightly",  # rustlang/rust
        "beta",
        "alpha",
        "canary",
        "dev",
        "develop",
        "development",
        "next",
        "release",
        "prerelease",
        "snapshot",
        # branches that are pushed as tags
        "main",
        "master",
        "trunk",
        "head",
        "staging",
        "production",
        "prod",
        # a bare variant: the newest version on that base
        "alpine",
        "slim",
        "bookworm",
        "bullseye",
        "trixie",
        "buster",
        "jammy",
        "noble",
        "focal",
        "perl",
        "apache",
        "fpm",
        "cli",
        "fpm-alpine",
        "alpine-slim",
        "management",  # rabbitmq
        "windowsservercore",
        "nanoserver",
        "distroless",
        "nonroot",
        "debug",
        "debug-nonroot",
    )
)
"""Whole tags, lower case."""

CODENAME_TAGS: frozenset[str] = frozenset(
    (
        *("stretch", "buster", "bullseye", "bookworm", "trixie", "forky"),
        *("bionic", "focal", "jammy", "mantic", "noble", "oracular", "plucky", "questing"),
    )
)
"""Names of Debian's and Ubuntu's releases: of their own images a version, of others a variant.
Sources: wiki.debian.org/DebianReleases, releases.ubuntu.com."""
