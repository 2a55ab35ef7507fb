"""The readers' time on texts of growing size: it has to grow as they do.

python benchmarks/linear.py
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from plumblint.formats.dockerfile.parse import parse as dockerfile
from plumblint.syntax.hcl import parse as hcl
from plumblint.syntax.shell import parse as shell
from plumblint.syntax.yaml import parse as yaml

SIZES = (64_000, 128_000, 256_000, 512_000, 1_024_000)


def whole_shell(text: str) -> object:
    """The shell reader without its limit of words."""
    return shell(text, most_words=10**9)


TEXTS: tuple[tuple[str, Callable[[str], object], str, str], ...] = (
    ("shell", whole_shell, "", "a|"),
    ("shell", whole_shell, "", "if a b; then c | d; fi\n"),
    ("shell", whole_shell, "", "x=$(a \"$b\" ${c:-'d'})\n"),
    ("shell", whole_shell, "", "("),
    ("shell", whole_shell, "", "cat <<E\n$x\nE\n"),
    ("shell", whole_shell, "", "'"),
    ("Dockerfile", dockerfile, "FROM a\n", "RUN a \\\n  && b\n"),
    ("Dockerfile", dockerfile, "FROM a\nRUN a", " \\\n b"),
    ("HCL", hcl, "a = ", "["),
    ("HCL", hcl, "", 'a "b" {\n  c = "${d}"\n}\n'),
    ("YAML", yaml, "", "- a: [b, c]\n"),
    ("YAML", yaml, "", "["),
)


def seconds(read: Callable[[str], object], text: str) -> float:
    """CPU time of one reading."""
    began = time.process_time()
    read(text)
    return time.process_time() - began


def main() -> None:
    """Measure and print."""
    gc.disable()
    heads = " | ".join(f"{size // 1000} KB" for size in SIZES)
    print(f"| reader | repeated text | {heads} |")
    print("| --- | --- |" + " ---: |" * len(SIZES))
    for name, read, start, unit in TEXTS:
        times = [seconds(read, start + unit * (size // len(unit))) for size in SIZES]
        shown = unit.replace("\n", "⏎").replace("|", "\\|")
        print(f"| {name} | `{shown}` | " + " | ".join(f"{each:.2f} s" for each in times) + " |")
        gc.collect()


if __name__ == "__main__":
    main()
