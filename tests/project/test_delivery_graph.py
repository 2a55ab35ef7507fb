"""The delivery graph of small repos."""

from __future__ import annotations

import pytest

from plumblint.discover import discover
from plumblint.project.build import build
from plumblint.project.delivery_graph import Graph, Node, delivery_graph, matching, narrowed
from plumblint.project.delivery_graph.reduction import in_layers, reduced
from plumblint.repo import Repo

FOLDER = ".github/workflows/"


def graph_of(**workflows: str) -> Graph:
    repo = Repo({f"{FOLDER}{name}.yml": text for name, text in workflows.items()})
    return delivery_graph(build(repo, discover(repo, ())))


def node_of(graph: Graph, job: str) -> Node:
    (found,) = [node for node in graph.nodes if node.job == job]
    return found


def edges_of(graph: Graph) -> set[tuple[str, str, str]]:
    names = {node.id: node.job for node in graph.nodes}
    names |= {box.id: box.file.removeprefix(FOLDER) for box in graph.boxes}
    return {(edge.kind, names[edge.source], names[edge.target]) for edge in graph.edges}


LOOP = """\
name: Ship
on: {push: {branches: [main]}}
jobs:
  check: {runs-on: u, steps: [{run: pytest}]}
  make: {runs-on: u, needs: check, steps: [{run: docker build .}]}
  ship:
    runs-on: u
    needs: [check, make]
    environment: production
    steps:
      - run: kubectl apply -f k8s/
      - run: kubectl rollout status deploy/app
      - if: failure()
        run: kubectl rollout undo deploy/app
"""


def test_phases_edges_and_no_mark_for_a_whole_loop() -> None:
    graph = graph_of(ship=LOOP)
    assert node_of(graph, "check").phases == ("test",)
    assert node_of(graph, "make").main == "build"
    ship = node_of(graph, "ship")
    assert ship.main == "deploy"
    assert set(ship.phases) == {"deploy", "verify", "rollback"}
    assert ship.ships == ("kubectl apply",)
    assert ship.environment == "production"
    assert ship.marks == ()
    # that ship waits for check follows from the way over make
    assert edges_of(graph) == {("needs", "check", "make"), ("needs", "make", "ship")}
    assert graph.boxes[0].triggers == ("push main",)
    assert [family.kind for family in graph.families] == ["delivery"]


def test_a_deployment_that_skips_phases_is_marked() -> None:
    graph = graph_of(
        ship="on: push\njobs:\n  ship: {runs-on: u, steps: [{run: kubectl apply -f k8s/}]}\n"
    )
    marks = node_of(graph, "ship").marks
    assert [mark.text for mark in marks] == ["no tests", "not verified", "no rollback"]
    assert any("no tests, not verified, no rollback" in line for line in graph.summary())


def test_a_migration_without_a_backup_is_marked() -> None:
    steps = "[{run: alembic upgrade head}, {run: kubectl apply -f k8s/}]"
    graph = graph_of(ship=f"on: push\njobs:\n  ship: {{runs-on: u, steps: {steps}}}\n")
    assert "no backup" in [mark.text for mark in node_of(graph, "ship").marks]


def test_a_gate_that_does_not_hold_is_marked() -> None:
    graph = graph_of(
        ship=LOOP.replace("    needs: [check, make]", "    needs: [check, make]\n    if: always()")
    )
    assert "tests bypassed" in [mark.text for mark in node_of(graph, "ship").marks]


def test_previews_and_unknown_callers_are_not_marked() -> None:
    preview = graph_of(
        preview="on: pull_request\njobs:\n  preview: "
        "{runs-on: u, steps: [{run: vercel deploy --token x}]}\n"
    )
    assert node_of(preview, "preview").marks == ()
    called = graph_of(
        called="on: workflow_call\njobs:\n  ship: "
        "{runs-on: u, steps: [{run: kubectl apply -f k}]}\n"
    )
    assert node_of(called, "ship").main == "deploy"
    assert node_of(called, "ship").marks == ()


CALLED = "on: workflow_call\njobs:\n  ship: {runs-on: u, steps: [{run: kubectl apply -f k8s/}]}\n"
CALLER = """\
on: push
jobs:
  check: {runs-on: u, steps: [{run: pytest}]}
  go: {needs: check, uses: ./.github/workflows/called.yml}
  far: {uses: o/r/.github/workflows/far.yml@main}
"""


def test_calls_take_the_phases_of_what_is_called() -> None:
    graph = graph_of(called=CALLED, caller=CALLER)
    go = node_of(graph, "go")
    assert (go.phases, go.main, go.calls, go.calls_here) == (
        ("deploy",), "deploy", "called.yml", True,
    )  # fmt: skip
    assert "no tests" not in [mark.text for mark in go.marks]
    far = node_of(graph, "far")
    assert (far.phases, far.calls, far.calls_here) == ((), "o/r: far.yml", False)
    assert ("calls", "go", "called.yml") in edges_of(graph)
    assert len(graph.families) == 1


def test_workflow_run_joins_workflows_by_name() -> None:
    after = "on: {workflow_run: {workflows: [ship, none], types: [completed]}}\njobs: {}\n"
    graph = graph_of(ship=LOOP, after=after)
    assert ("run", "ship.yml", "after.yml") in edges_of(graph)
    assert [box.triggers for box in graph.boxes if box.file.endswith("after.yml")] == [
        ("workflow_run ship, none",)
    ]


def test_a_smoke_test_before_any_deployment_is_a_test() -> None:
    steps = "[{run: docker compose up -d --wait}, {run: 'curl -f http://localhost/health'}]"
    graph = graph_of(ci=f"on: push\njobs:\n  smoke: {{runs-on: u, steps: {steps}}}\n")
    assert node_of(graph, "smoke").phases == ("test",)


def test_names_guess_checks_but_no_rollback_where_nothing_is_deployed() -> None:
    graph = graph_of(
        ci="on: push\njobs:\n  lint: {runs-on: u, steps: [{run: ./x}]}\n"
        "  rollback: {runs-on: u, steps: [{run: ./y}]}\n"
    )
    assert node_of(graph, "lint").main == "test"
    assert node_of(graph, "rollback").main is None


def test_what_runs_round_in_circles_ends() -> None:
    graph = graph_of(
        a="name: A\non: {workflow_call: , workflow_run: {workflows: [B]}}\njobs:\n"
        "  x: {needs: y, uses: ./.github/workflows/a.yml}\n"
        "  y: {needs: [x, y], uses: ./.github/workflows/b.yml}\n",
        b="name: B\non: {workflow_call: , workflow_run: {workflows: [A]}}\njobs:\n"
        "  z: {uses: ./.github/workflows/a.yml}\n",
    )
    assert len(graph.edges) == 7
    assert all(node.main is None for node in graph.nodes)


def test_unreadable_files_are_told() -> None:
    graph = graph_of(broken="on: push\njobs: [\n", fine=LOOP)
    assert graph.unread == (f"{FOLDER}broken.yml",)
    assert any("broken.yml could not be read" in line for line in graph.summary())


def test_narrowing_keeps_what_leads_to_and_from() -> None:
    other = "name: Nightly\non: schedule\njobs:\n  n: {runs-on: u, steps: [{run: pytest}]}\n"
    graph = graph_of(called=CALLED, caller=CALLER, other=other)
    assert [box.file for box in matching(graph, "NIGHT*")] == [f"{FOLDER}other.yml"]
    assert not matching(graph, "nothing")
    part = narrowed(graph, matching(graph, "called"))
    assert sorted(box.file for box in part.boxes) == [f"{FOLDER}called.yml", f"{FOLDER}caller.yml"]
    assert ("calls", "go", "called.yml") in edges_of(part)
    assert len(narrowed(graph, matching(graph, "other.yml")).nodes) == 1


def test_the_order_of_files_does_not_matter() -> None:
    assert graph_of(called=CALLED, caller=CALLER) == graph_of(caller=CALLER, called=CALLED)


@pytest.mark.parametrize(
    ("count", "edges", "kept"),
    [
        (3, [(0, 1), (1, 2), (0, 2)], [(0, 1), (1, 2)]),
        (4, [(0, 1), (0, 2), (1, 3), (2, 3), (0, 3)], [(0, 1), (0, 2), (1, 3), (2, 3)]),
        (2, [(0, 1), (1, 0)], [(0, 1), (1, 0)]),
        (0, [], []),
    ],
)
def test_edges_that_follow_from_others(
    count: int, edges: list[tuple[int, int]], kept: list[tuple[int, int]]
) -> None:
    assert reduced(count, edges) == kept


def test_layers() -> None:
    assert in_layers(4, [(0, 1), (1, 2), (0, 2)]) == [0, 1, 2, 0]
    assert len(in_layers(3, [(0, 1), (1, 0), (1, 2), (2, 2)])) == 3


def test_many_jobs_are_counted_not_drawn() -> None:
    jobs = "".join(f"  j{n}: {{runs-on: u, steps: [{{run: x}}]}}\n" for n in range(320))
    graph = graph_of(big=f"on: push\njobs:\n{jobs}")
    assert len(graph.nodes) == 300
    assert graph.left_out == 20
