"""Kernel capabilities by which a container gets at its host.

Sources: capabilities(7), and for each the way out that is known of it.
"""

from __future__ import annotations

DANGEROUS_CAPABILITIES: frozenset[str] = frozenset(
    (
        "all",
        "sys_admin",  # mounts file systems
        "sys_module",  # loads kernel modules
        "sys_ptrace",  # takes over other processes, with the host's pid namespace the host's
        "sys_rawio",  # reads and writes disks and memory
        "sys_boot",  # restarts the machine, loads another kernel
        "dac_read_search",  # opens any file of the host by its handle
        "bpf",  # loads programs into the kernel
        "mac_admin",  # changes the rules of AppArmor or SELinux
        "mac_override",  # disregards them
    )
)
"""In lower case, without `cap_`."""
