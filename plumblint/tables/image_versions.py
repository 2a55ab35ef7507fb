"""How many numbers make a whole version: of most programs three, of those here fewer.

Sources: the tag lists of the images on Docker Hub and the programs' release notes.  An image is
named by the last part of its repository.
"""

from __future__ import annotations

ONE_NUMBER_VERSIONS: frozenset[str] = frozenset(
    (
        "fedora",
        "fedora-minimal",
        "amazonlinux",
        "centos",
        "cbl-mariner",
        "static-debian11",
        "static-debian12",
        "gradle-enterprise",
    )
)
"""Images whose releases have one number: `fedora:40`."""

TWO_NUMBER_VERSIONS: frozenset[str] = frozenset(
    (
        "almalinux",
        "debian",
        "haproxy-unprivileged",
        "leap",
        "mssql-server",
        "oraclelinux",
        "pgvector",
        "postgis",
        "postgres",
        "rockylinux",
        "ubi",
        "ubi-micro",
        "ubi-minimal",
        "ubi8",
        "ubi9",
        "ubuntu",
    )
)
"""Images whose releases have two: `postgres:16.3`, `ubuntu:24.04`, `debian:12.5`."""
