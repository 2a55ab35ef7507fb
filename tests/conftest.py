"""What holds for every test.

Properties are tried on the same texts each time: red means that the code changed.  With
PLUMBLINT_RANDOM they are tried on others.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None)
settings.load_profile("random" if os.environ.get("PLUMBLINT_RANDOM") else "same")

if sys.dont_write_bytecode:
    # Hundreds of processes are started: each would compile all of plumblint again.
    sys.pycache_prefix = str(Path(__file__).parent.parent / ".pytest_cache" / "bytecode")
    sys.dont_write_bytecode = False
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
