"""The sign of each phase, within 14 by 14 pixels: it tells them apart where colours do not."""

SIGNS: dict[str, str] = {
    "test": "M1.5 7.5 5.5 11.5 12.5 2.5",  # a tick
    "scan": "M7 1 12.5 3V7C12.5 10.5 9.5 12.5 7 13.5 4.5 12.5 1.5 10.5 1.5 7V3Z",  # a shield
    "build": "M7 1 12.5 4V10L7 13 1.5 10V4ZM1.5 4 7 7 12.5 4M7 7V13",  # a block
    "publish": "M1.5 9V12.5H12.5V9M7 9.5V1.5M3.5 5 7 1.5 10.5 5",  # up and out of a tray
    "backup": "M1.5 3C1.5 .5 12.5 .5 12.5 3V11C12.5 13.5 1.5 13.5 1.5 11ZM1.5 3C1.5 5.5 12.5 5.5 "
    "12.5 3M1.5 7C1.5 9.5 12.5 9.5 12.5 7",  # a store of data
    "deploy": "M7 .8C10 3 10.5 6.5 9.8 10H4.2C3.5 6.5 4 3 7 .8ZM4 6.8 1.8 9.8V12L4.3 10M10 6.8 "
    "12.2 9.8V12L9.7 10M7 11.5V13.5M7 5V6.2",  # a rocket
    "verify": "M9.3 9.3 13 13M6 1.2A4.6 4.6 0 1 0 6 10.4 4.6 4.6 0 1 0 6 1.2",  # a lens
    "rollback": "M2 2V6H6M2.3 5.6A5.3 5.3 0 1 1 2 8.8",  # back round
    "other": "M4.5 7H9.5",  # a dash
    "skips": "M7 1 13.2 12.5H.8ZM7 5V8.8M7 10.3V11.2",  # a warning triangle
}
"""Paths to be stroked."""
