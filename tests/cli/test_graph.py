"""`plumblint graph`, and the pictures that it makes."""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time
from xml.etree import ElementTree

import pytest
from command_line import run, write

FOLDER = ".github/workflows/"
SVG = "{http://www.w3.org/2000/svg}"

SHIP = """\
name: Ship it
on: {push: {branches: [main]}}
jobs:
  check: {name: All checks, runs-on: u, steps: [{run: pytest}]}
  ship: {needs: check, runs-on: u, steps: [{run: kubectl apply -f k8s/}]}
  call: {needs: ship, uses: ./.github/workflows/called.yml}
"""
CALLED = "on: workflow_call\njobs:\n  inner: {runs-on: u, steps: [{run: make build}]}\n"
AFTER = "on: {workflow_run: {workflows: [Ship it]}}\njobs:\n  x: {runs-on: u, steps: []}\n"

HOSTILE = r"""
name: "\"]; click w1j1 \"javascript:x\" %%{init: {}}%% </title><script>alert(1)</script>]]>"
on: {push: {branches: ["`x` $$y$$ &lt;"]}}
jobs:
  end:
    name: "1. - <img src='http://evil.example/x.png' onerror=a> \u202e\u0007\u0000 \U0001f680"
    runs-on: u
    environment: "</svg>\" onload=\"x"
    steps: [{run: kubectl apply -f k8s/}]
  subgraph: {name: "--> end\n graph TD", needs: end, uses: "./.github/workflows/a\"<b>.yml"}
  class: {name: "", needs: [class, loop], runs-on: u}
  loop: {needs: class, runs-on: u, steps: [{run: "pytest"}]}
"""


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    write(tmp_path, {
        f"{FOLDER}ship.yml": SHIP, f"{FOLDER}called.yml": CALLED, f"{FOLDER}after.yml": AFTER,
        ".plumblint.yaml": "preset: strict\n", "templates/ci.yml": SHIP,
    })  # fmt: skip
    return tmp_path


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    root = tmp_path / "hostile"
    write(root, {f"{FOLDER}ship.yml": HOSTILE, ".plumblint.yaml": "preset: strict\n"})
    return root


def test_mermaid_is_the_default(repo: Path) -> None:
    done = run(repo, "graph")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "flowchart LR"
    assert '  subgraph w3["Ship it · ship.yml<br/>push main"]' in lines
    assert '    w3j1("All checks<br/>test")' in lines
    assert '    w3j2[["ship<br/>deploy<br/>⚠ not verified, no rollback"]]' in lines
    assert {"  w3j1 --> w3j2", "  w3j3 -. calls .-> w2", "  w3 == then ==> w1"} <= set(lines)
    assert "  class w3j2 skips" in lines
    assert "job ship, deploys: not verified, no rollback." in done.stderr


def test_svg_by_format_and_by_file(repo: Path) -> None:
    shown = run(repo, "graph", "--format", "svg").stdout
    run(repo, "graph", "-o", "picture.svg")
    assert (repo / "picture.svg").read_text(encoding="utf-8") == shown
    run(repo, "graph", "-o", "picture.mmd")
    assert (repo / "picture.mmd").read_text(encoding="utf-8").startswith("flowchart LR\n")
    root = ElementTree.fromstring(shown)
    assert root.get("role") == "img"
    title, description = root.get("aria-labelledby", "").split()
    assert root.find(f"{SVG}title[@id='{title}']") is not None
    told = root.find(f"{SVG}desc[@id='{description}']")
    assert told is not None
    assert "job ship, deploys: not verified, no rollback." in (told.text or "")
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Ship it", "All checks", "not verified, no rollback", "→ called.yml"} <= set(texts)


def test_svg_has_nothing_from_elsewhere(repo: Path, hostile: Path) -> None:
    for root in (repo, hostile):
        _harmless(run(root, "graph", "--format", "svg").stdout)


def _harmless(picture: str) -> None:
    root = ElementTree.fromstring(picture)
    known = {"svg", "title", "desc", "style", "defs", "marker", "g", "rect", "path", "text"}
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in known
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            assert "href" not in name
            assert "url(" not in value or re.fullmatch(r"url\(#plumblint-[ecr]\)", value)
    style = root.findtext(f"{SVG}style") or ""
    assert "url(" not in style
    assert "@import" not in style
    assert "prefers-color-scheme:dark" in style
    assert not re.search("[\x00-\x08\u202e\uffff]", picture)


def test_hostile_names_stay_text_in_mermaid(hostile: Path) -> None:
    done = run(hostile, "graph")
    assert done.exit_code == 0
    allowed = re.compile(
        r"flowchart LR|  accTitle: [\w ]+|  accDescr: [\w ,.:·-]+|    direction LR|  end"
        r'|  subgraph w\d+\["[^"]*"\]|    w\d+j\d+[\[({>/]+"[^"]*"[\])}/]+'
        r'|  note\d\(\["[^"]*"\]\):::skips'
        r"|  w\d+(j\d+)? (-->|-\. calls \.->|== then ==>) w\d+(j\d+)?"
        r"|  classDef \w+ [\w:,#. -]+|  class [\w,]+ \w+"
    )
    for line in done.stdout.splitlines():
        assert allowed.fullmatch(line), line
        for label in re.findall(r'"([^"]*)"', line):
            rest = re.sub(r"#\d+;|<br/>", "", label)
            assert not re.search(r"[#;<>&`$%{}\[\]:\\=*\"]", rest), label
    assert "\u202e" not in done.stdout
    assert done.stdout.count("w1j") > 8


def test_workflow_narrows(repo: Path) -> None:
    part = run(repo, "graph", "--workflow", "called.yml").stdout
    assert "Ship it" in part
    assert "after.yml" not in part
    assert "after.yml" in run(repo, "graph", "--workflow", "Ship*").stdout
    assert run(repo, "graph", f"{FOLDER}called.yml").stdout == part
    wrong = run(repo, "graph", "--workflow", "shp.yml")
    assert wrong.exit_code == 2
    assert "ship.yml" in wrong.stderr


def test_errors(repo: Path) -> None:
    assert run(repo, "graph", "nowhere").exit_code == 2
    assert run(repo, "graph", "-o", "no/such/folder.svg").exit_code == 2
    assert run(repo, "graph", "--format", "png").exit_code == 2


def test_a_repo_without_workflows(tmp_path: Path) -> None:
    write(tmp_path, {".plumblint.yaml": "preset: strict\n", "Dockerfile": "FROM scratch\n"})
    done = run(tmp_path, "graph")
    assert done.exit_code == 0
    assert "no workflows" in done.stdout
    assert "0 jobs in 0 workflows." in done.stderr
    ElementTree.fromstring(run(tmp_path, "graph", "--format", "svg").stdout)


def test_what_is_not_read_is_drawn_as_such(repo: Path) -> None:
    write(repo, {f"{FOLDER}broken.yml": "on: push\njobs: [\n"})
    assert "broken.yml" in run(repo, "graph").stdout
    picture = run(repo, "graph", "--format", "svg").stdout
    assert "Not read, or not in full: .github/workflows/broken.yml" in picture


def test_boxes_hold_their_jobs_and_jobs_do_not_overlap(tmp_path: Path) -> None:
    _write_many(tmp_path, 12, 12)
    picture = ElementTree.fromstring(run(tmp_path, "graph", "--format", "svg").stdout)
    boxes, jobs = [], []
    for rect in picture.iter(f"{SVG}rect"):
        x, y, width, height = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
        corners = (x, y, x + width, y + height)
        if rect.get("class") == "b":
            boxes.append(corners)
        elif width == 196:
            jobs.append(corners)
    assert (len(boxes), len(jobs)) == (13, 12 * 12 + 12)
    for some in (boxes, jobs):
        for number, a in enumerate(some):
            for b in some[number + 1 :]:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    assert all(any(_holds(box, job) for box in boxes) for job in jobs)
    page = (0.0, 0.0, float(picture.get("width", 0)), float(picture.get("height", 0)))
    assert all(_holds(page, box) for box in boxes)


def _holds(outer: tuple[float, ...], inner: tuple[float, ...]) -> bool:
    return (
        outer[0] <= inner[0] and outer[1] <= inner[1]
        and inner[2] <= outer[2] and inner[3] <= outer[3]
    )  # fmt: skip


def _write_many(root: Path, workflows: int, jobs: int) -> None:
    """A workflow that calls many others, whose jobs wait for each other and for the first."""
    files = {".plumblint.yaml": "preset: strict\n"}
    callers = ""
    for number in range(workflows):
        text = "on: workflow_call\njobs:\n"
        for job in range(jobs):
            needs = sorted({f"j{job // 3}", f"j{job // 2}"} - {f"j{job}"}) if job % 4 else []
            text += (
                f"  j{job}: {{needs: [{', '.join(needs)}], runs-on: u, steps: [{{run: pytest}}]}}\n"
            )
        files[f"{FOLDER}called{number}.yml"] = text
        callers += f"  c{number}: {{uses: ./.github/workflows/called{number}.yml}}\n"
    files[f"{FOLDER}top.yml"] = f"on: push\njobs:\n{callers}"
    write(root, files)


def test_many_jobs_take_little_time(tmp_path: Path) -> None:
    _write_many(tmp_path, 20, 60)
    start = process_time()
    done = run(tmp_path, "graph", "--format", "svg")
    assert done.exit_code == 0
    assert process_time() - start < 20
    mermaid = run(tmp_path, "graph")
    assert "of which GitHub draws" in mermaid.stderr
