"""Which files are read, and as what."""

from __future__ import annotations

import os
import subprocess

import pytest

from plumblint.discover import DEFAULT_EXCLUDES, discover, kind_by_name
from plumblint.repo import Repo
from plumblint.repo.folder import find_root, open_folder


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("Dockerfile", "dockerfile"),
        ("api/Dockerfile.dev", "dockerfile"),
        ("api/web.dockerfile", "dockerfile"),
        ("Containerfile", "dockerfile"),
        ("Dockerfile.j2", None),
        ("Dockerfile.dockerignore", None),
        ("compose.yaml", "compose"),
        ("docker-compose.override.yml", "compose"),
        ("docker-compose.prod.yml", "compose"),
        (".github/workflows/ci.yaml", "workflow"),
        ("sub/.github/workflows/ci.yml", "workflow"),
        (".github/workflows/nested/ci.yml", None),
        ("action.yml", "action"),
        ("main.tf", "terraform"),
        ("main.tofu", "terraform"),
        ("main.tf.json", "terraform"),
        ("prod.auto.tfvars", "tfvars"),
        ("README.md", None),
    ],
)
def test_names_decide(path, kind):
    assert kind_by_name(path) == kind


def test_content_decides_where_the_name_does_not():
    repo = Repo(
        {
            "stack.yml": "services:\n  web:\n    image: nginx:1\n",
            "ci/python.yml": "on: push\njobs:\n  a:\n    runs-on: x\n    steps: []\n",
            ".github/archived/old.yml": "on: push\njobs:\n  a:\n    runs-on: x\n",
            "pod.yaml": "apiVersion: v1\nkind: Pod\nservices:\n  x:\n    image: a\n",
            "plain.yaml": "a: 1\n",
        }
    )
    assert discover(repo, ()) == {"compose": ["stack.yml"], "workflow": ["ci/python.yml"]}


def test_excludes_give_way_to_named_files():
    repo = Repo({"node_modules/a/Dockerfile": "FROM a", "gen/Dockerfile": "FROM a"})
    excludes = (*DEFAULT_EXCLUDES, "gen/")
    assert discover(repo, excludes) == {}
    assert discover(repo, excludes, ["gen/Dockerfile"]) == {"dockerfile": ["gen/Dockerfile"]}
    assert discover(repo, ("**/Docker*",)) == {}


def test_git_tells_what_is_ignored_and_tracked(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / ".gitignore").write_text("out/\n")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/Dockerfile").write_text("FROM a\n")
    (tmp_path / "Dockerfile").write_text("FROM a\n")
    (tmp_path / "new.tf").write_text("")
    subprocess.run(["git", "-C", tmp_path, "add", "Dockerfile"], check=True)
    repo = open_folder(str(tmp_path))
    assert repo.files == (".gitignore", "Dockerfile", "new.tf")
    assert repo.tracked("Dockerfile") is True
    assert repo.tracked("new.tf") is False
    assert find_root(str(tmp_path / "out")) == str(tmp_path)


def test_a_folder_without_git_honours_its_gitignores(tmp_path):
    (tmp_path / ".gitignore").write_text("*.gen.tf\nbuild/\n")
    (tmp_path / "a.gen.tf").write_text("")
    (tmp_path / "a.tf").write_text("")
    (tmp_path / "sub/build").mkdir(parents=True)
    (tmp_path / "sub/build/b.tf").write_text("")
    (tmp_path / "sub/.gitignore").write_text("!keep.gen.tf\n")
    (tmp_path / "sub/keep.gen.tf").write_text("")
    repo = open_folder(str(tmp_path))
    assert set(repo.files) == {".gitignore", "a.tf", "sub/.gitignore", "sub/keep.gen.tf"}
    assert repo.tracked("a.tf") is None


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_out_of_the_root_are_not_followed(tmp_path):
    (tmp_path / "secret").write_text("x")
    root = tmp_path / "repo"
    root.mkdir()
    (root / "Dockerfile").symlink_to(tmp_path / "secret")
    assert open_folder(str(root)).source("Dockerfile") is None
