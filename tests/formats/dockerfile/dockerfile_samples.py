"""Dockerfiles that are hard to read, and where to find real ones."""

from __future__ import annotations

import os
import re
from itertools import chain
from pathlib import Path

SAMPLES: dict[str, str] = {
    "plain": 'FROM debian:12 AS Base\nRUN a && b\nCMD ["a", "b"]\n',
    "platform": "FROM --platform=$BUILDPLATFORM golang:1.22 AS build\nWORKDIR /src\n",
    "heredoc": "FROM a\nRUN <<EOF\nset -e\nUSER root\nEOF\nUSER app\n",
    "heredoc then comment": "FROM a\nRUN <<EOF\na\nEOF\n# c\nUSER app\n",
    "heredoc tabs": "FROM a\nRUN <<-EOF\n\ta\n\tEOF\nUSER app\n",
    "heredoc quoted": "FROM a\nCOPY <<'EOF' /x\n$a\nEOF\nCOPY <<-\"E F\" /y\nq\nE F\nUSER b\n",
    "heredoc two": "FROM a\nRUN cat <<A 3<<B > x\n1\nA\n2\nB\nUSER b\n",
    "heredoc add": "FROM a\nADD <<EOF /x\n1\nEOF\nUSER b\n",
    "heredoc blank before name": "FROM a\nRUN cat << EOF\n1\nEOF\nUSER b\n",
    "heredoc in quotes": 'FROM a\nRUN echo "<<EOF" \nUSER b\n',
    "heredoc after open quote": "FROM a\nRUN echo it's <<EOF\nUSER b\n",
    "heredoc after odd substitution": "FROM a\nRUN echo ${x@Q} <<EOF\nUSER b\n",
    "arithmetic shift": "FROM a\nRUN echo $((1<<2))\nUSER b\n",
    "heredoc after substitution": "FROM a\nRUN echo ${x:-1 2} $y <<EOF\nq\nEOF\nUSER b\n",
    "here-string": "FROM a\nRUN cat <<< EOF\nUSER b\n",
    "heredoc with CMD": "FROM a\nCMD cat <<EOF\nUSER b\n",
    "heredoc continued": "FROM a\nRUN cat \\\n  <<EOF && \\\n  b\n1\nEOF\nUSER b\n",
    "heredoc exec form": 'FROM a\nRUN ["cat", "<<EOF"]\nUSER b\n',
    "heredoc crlf": "FROM a\r\nRUN <<EOF\r\n1\r\nEOF\r\nUSER b\r\n",
    "comment in continuation": "FROM a\nRUN a \\\n  # c\n\n  && b \\\n# d\n  c\nUSER b\n",
    "blank in continuation": "FROM a\nRUN a \\\n\n && b\nUSER b\n",
    "backslash at the end": "FROM a\nUSER root\\",
    "backslash and line end": "FROM a\nUSER root\\\n",
    "comment at the end": "FROM a\nRUN a \\\n# c\n",
    "double backslash": "FROM a\nRUN a \\\\\nUSER b\n",
    "triple backslash": "FROM a\nRUN a \\\\\\\nUSER b\n",
    "backslash and blanks": "FROM a\nRUN a \\ \t\n b\nUSER b\n",
    "split keyword": "FR\\\nOM a\nUS\\\n  ER b\n",
    "leading backslash": "\\\nFROM a\n\\\n\\\nUSER b\n",
    "escape": "# escape=`\nFROM a\nRUN a `\n b \\\nUSER `\n b\n",
    "escape after syntax": "# syntax=docker/dockerfile:1\n# escape = ` \nFROM a\nRUN a `\n b\n",
    "escape too late": "# hello\n# escape=`\nFROM a\nRUN a `\nUSER b\n",
    "escape after blank": "\n# escape=`\nFROM a\nRUN a `\nUSER b\n",
    "crlf": "FROM a\r\nRUN a \\\r\n  b\r\nUSER c\r\n",
    "json": 'FROM a\nCMD [ "a" , "\\u00e9\\n\\"" ]\nENTRYPOINT []\nSHELL ["a"]\n',
    "no json": "FROM a\nCMD ['a']\nENTRYPOINT [\"a\",]\nRUN [ -f x ] && [ -f y ]\n",
    "json over lines": 'FROM a\nCMD ["a", \\\n  "b"]\n',
    "json lists": 'FROM a\nCOPY ["a b", "c", "/d/"]\nVOLUME ["/x", "/y"]\nADD --chown=1 ["a", "b"]\n',  # noqa: E501
    "flags": "FROM a\nRUN --mount=type=cache,target=/x --network=none a --b\n"
    "COPY --from=x --chown='a b' c d\nCOPY --from=\"x y\" a b\nRUN -- a\nADD --link a b\n",
    "env": 'FROM a\nENV a=1 b="2 3" c=\'4 \\\' d=e\\ f\nENV a b  c\nLABEL x="a\\\n b" y=\nARG p q=1\n',  # noqa: E501
    "env escape at the end": 'FROM a\nENV a=b\\\\\nENV c=\'it\' d="\\""\n',
    "open quote and escape at the end": "FROM a\nARG b='c \\\\\\\n\nFROM a\nENV b=\"c\\",
    "onbuild": "FROM a\nONBUILD RUN a && b\nONBUILD COPY a b\nONBUILD ADD <<EOF x\nz\nEOF\nUSER d\n",  # noqa: E501
    "healthcheck": "FROM a\nHEALTHCHECK --interval=5m --timeout=3s CMD curl -f x || exit 1\n"
    'HEALTHCHECK NONE\nHEALTHCHECK CMD ["a", "b"]\n',
    "case": "from a as B\nrun x\nCmd y\n",
    "unicode blanks": "FROM a\n\u2003RUN x\n\u00a0USER b\u00a0\nRUN é ü\u3000\n",
    "form feed": "FROM a\nRUN\fx\nUSER\vb\n",
    "unknown": "FROM a\nUSR b\nRUN\u00a0ls\n",
    "expose": "FROM a\nEXPOSE 80 443/tcp\t8080-8090\nSTOPSIGNAL SIGINT\nMAINTAINER a b\n",
    "spread comment": "FROM a\n  # c \\\nUSER b\n",
    "indented": "  FROM a\n\tRUN x\n",
    "windows": '# escape=`\nFROM a\nENV p=c:\\x q="c:\\y"\nCOPY a c:\\\nWORKDIR c:\\z\n',
}

_NAME = re.compile(
    r"(?:Dockerfile|Containerfile)(?:[.\-_][^/]*)?\Z|.*\.(?:dockerfile|Dockerfile)\Z"
)
_OTHER = re.compile(
    r"(?i).*(?:template|\.(?:j2|jinja2?|tmpl|tpl|in|erb|sh|ya?ml|json|md|go|py|ts))\Z"
)


def corpus() -> list[Path]:
    """The Dockerfiles of our fixtures, and those below the folder that PLUMBLINT_CORPUS names."""
    found = []
    fixtures = Path(__file__).parents[3] / "fixtures"
    named = os.environ.get("PLUMBLINT_CORPUS")
    walks = [os.walk(root) for root in (fixtures, named) if root]
    for folder, folders, names in chain.from_iterable(walks):
        if ".git" in folders:
            folders.remove(".git")
        for name in names:
            path = Path(folder, name)
            if _NAME.match(name) and not _OTHER.match(name) and path.is_file():
                found.append(path)
    return sorted(found)
