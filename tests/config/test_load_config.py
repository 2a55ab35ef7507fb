"""Configuration files: where they are, what they say, what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from plumblint.config import Config, ConfigError
from plumblint.config.load import load_config
from plumblint.config.resolve import choose
from plumblint.policy.catalogue import shipped_catalogue
from plumblint.repo import Repo
from plumblint.repo.folder import open_folder


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def load(files: dict[str, str], **given: object) -> Config:
    return load_config(Repo(files), "/nowhere", dict(given))


def faults(files: dict[str, str], **given: object) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        choose(shipped_catalogue(), load(files, **given))
    return list(caught.value.faults)


def test_no_configuration_means_the_defaults() -> None:
    config = load({"Dockerfile": ""})
    assert (config.preset, config.fail_on, config.select, config.files) == (
        "recommended", "warning", (), (),
    )  # fmt: skip


WHOLE_YAML = """\
preset: strict
preview: true
select: [latest-tag, DL3002]
ignore:
  - root-container
fail-on: error
exclude: ["*.old"]
per-path:
  - paths: tests/
    ignore: [pinning]
    severity: {latest-tag: note}
rules:
  latest-tag: {severity: warning}
  unpinned-action: {trusted_owners: [acme]}
tables:
  deploy_actions: [acme/deploy]
  floating_tags: [nightly]
projects:
  - compose: [compose.yaml, compose.prod.yaml]
    build-args: {TAG: "1"}
"""
WHOLE_TOML = """\
[tool.plumblint]
preset = "strict"
preview = true
select = ["latest-tag", "DL3002"]
ignore = [
  "root-container",
]
fail-on = "error"
exclude = ["*.old"]

[[tool.plumblint.per-path]]
paths = "tests/"
ignore = ["pinning"]
severity = {latest-tag = "note"}

[tool.plumblint.rules]
latest-tag.severity = "warning"
unpinned-action = {trusted_owners = ["acme"]}

[tool.plumblint.tables]
deploy_actions = ["acme/deploy"]
floating_tags = ["nightly"]

[[tool.plumblint.projects]]
compose = ["compose.yaml", "compose.prod.yaml"]
build-args = {TAG = "1"}
"""


@pytest.mark.parametrize(
    ("path", "text"), [(".plumblint.yaml", WHOLE_YAML), ("pyproject.toml", WHOLE_TOML)]
)
def test_every_key_in_both_forms(path: str, text: str) -> None:
    config = load({path: text})
    assert (config.preset, config.preview, config.fail_on) == ("strict", True, "error")
    assert (config.select, config.ignore) == (("latest-tag", "DL3002"), ("root-container",))
    assert config.exclude[-1] == "*.old"
    (settings,) = config.per_path
    assert (settings.patterns, settings.ignore) == (("tests/",), ("pinning",))
    assert settings.severities == {"latest-tag": "note"}
    assert config.severities == {"latest-tag": "warning"}
    assert config.options == {"unpinned-action": {"trusted_owners": ["acme"]}}
    assert config.tables == {"deploy_actions": ["acme/deploy"], "floating_tags": ["nightly"]}
    (group,) = config.projects
    assert group.compose == ("compose.yaml", "compose.prod.yaml")
    assert group.build_args == {"TAG": "1"}
    assert config.files == (path,)
    choice = choose(shipped_catalogue(), config)
    assert [policy.id for policy in choice.policies] == ["internal-error", "latest-tag"]
    assert choice.options == {"unpinned-action": {"trusted_owners": ("acme",)}}


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n", "---\n# x\n", "\ufeff# x\n"])
def test_an_empty_file_says_nothing(text: str) -> None:
    assert load({".plumblint.yaml": text}).files == (".plumblint.yaml",)


def test_a_pyproject_without_a_table_of_ours_is_none() -> None:
    files = {"pyproject.toml": '[tool.ruff]\n# see plumblint = "x"\n', "a/pyproject.toml": "[["}
    assert load(files).files == ()


BROKEN = [
    ("prest: strict\n", "1:1", "there is no key `prest`. Did you mean `preset`?"),
    ("fail_on: error\n", "1:1", "Did you mean `fail-on`?"),
    ("preset: strikt\n", "1:9", "Did you mean `strict`?"),
    ("select: latest-tag\n", "1:9", "`select` wants a list, not `latest-tag`"),
    ("a: 1\nignore: [1.10]\n", "2:10", 'write "1.10"'),
    ("per-path:\n  - ignore: [x]\n", "2:5", "an entry of `per-path` wants `paths`"),
    ("rules: {latest-tag: {severity: eror}}\n", "1:32", "Did you mean `error`?"),
    ("rules: {latest-tag: error}\n", "1:21", "wants a mapping"),
    ("- a\n", "1:1", "wants a mapping, not a list"),
    ("preset: [\n", "2:1", "this is no YAML"),
    ("preset: strict\npreset: strict\n", "2:1", "`preset` is there twice"),
    ("preset: &a strict\n", "1:9", "anchors and aliases are not read in configuration files"),
    ("preset: !!python/name:os.system strict\n", "1:9", "is not read in configuration files"),
    ("tables: {base_images: {x: {shel: dash}}}\n", "1:28", "Did you mean `shell`?"),
    ("tables: {check_commands: {make x: tests}}\n", "1:35", "Did you mean `test`?"),
    ("select: [latest-tga]\n", "1:10", "Did you mean `latest-tag`?"),
    ("ignore: [x, pining]\n", "1:13", "Did you mean `pinning`?"),
    ("rules: {latst-tag: {severity: note}}\n", "1:9", "Did you mean `latest-tag`?"),
    ("rules: {unpinned-action: {trusted_owner: [a]}}\n", "1:27", "Did you mean `trusted_owners`?"),
    ("rules: {unpinned-action: {trusted_owners: a}}\n", "1:27", "wants a list"),
    ("rules: {pinning: {x: a}}\n", "1:9", "options want a policy's id"),
    ("per-path: [{paths: a, ignore: [nope]}]\n", "1:32", "there is no policy `nope`"),
    ("per-path: [{paths: a, severity: {nope: note}}]\n", "1:34", "there is no policy `nope`"),
    ("tables: {floating_tag: [x]}\n", "1:10", "Did you mean `floating_tags`?"),
    ("extends: base.yaml\n", "1:10", "there is no file `base.yaml`"),
    ("extends: ../base.yaml\n", "1:10", "leaves the repo"),
    ("extends: /etc/passwd\n", "1:10", "leaves the repo"),
    ("extends: .plumblint.yaml\n", "1:10", "leads back to itself"),
    ("extends: package:no_such_package_here\n", "1:10", "no Python package"),
    ("extends: 'package:../../etc'\n", "1:10", "no Python package"),
    ("policies: [mine]\n", "1:12", "there is no folder `mine`"),
    ("policies: [../mine]\n", "1:12", "leaves the repo"),
    ("policies: ['~/mine']\n", "1:12", "leaves the repo"),
]


@pytest.mark.parametrize(("text", "place", "told"), BROKEN, ids=[text[:40] for text, *_ in BROKEN])
def test_what_is_wrong_is_told_with_its_place(text: str, place: str, told: str) -> None:
    found = faults({".plumblint.yaml": text, "pyproject.toml": ""})
    assert any(
        fault.startswith(f".plumblint.yaml:{place}: ") and told in fault for fault in found
    ), found


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ('[tool.plumblint]\nprest = "strict"\n', "2:1", "Did you mean `preset`?"),
        (
            '[tool.plumblint]\nselect = [\n  "latest-tag",\n  "latest-tga",\n]\n',
            "4:4",
            "latest-tag",
        ),
        ("[tool.plumblint]\nx = \n", "2:5", "this is no TOML"),
        ("[tool.plumblint.rules.latest-tag]\nseverity = 3\n", "2:1", "one of error"),
        ("[tool]\nplumblint.preset = 1\n", "2:1", "one of recommended"),
        ("[tool.plumblint]\npreset = 1\n[tool.plumblint]\n", "", "this is no TOML"),
    ],
)
def test_places_in_a_pyproject(text: str, place: str, told: str) -> None:
    found = faults({"pyproject.toml": text})
    assert any(fault.startswith(f"pyproject.toml:{place}") and told in fault for fault in found), (
        found
    )


def test_what_was_sound_is_not_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    load({".plumblint.yaml": "preset: strict\n"})
    monkeypatch.setattr("jsonschema.Draft202012Validator", None)
    assert load({".plumblint.yaml": "preset: strict\n"}).preset == "strict"
    with pytest.raises(TypeError):
        load({".plumblint.yaml": "preset: all\n"})
    (tmp_path / "plumblint").rename(tmp_path / "gone")
    (tmp_path / "plumblint").write_text("no folder")
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert load({".plumblint.yaml": "preset: all\n"}).preset == "all"
    for _ in range(2):
        assert faults({".plumblint.yaml": "preset: x\n"})


def test_all_faults_are_told_at_once() -> None:
    assert len(faults({".plumblint.yaml": "a: 1\nb: 2\npreset: 3\n"})) == 3
    assert len(faults({".plumblint.yaml": "select: [xx, yy]\nignore: [zz]\n"})) == 3


def test_two_configurations_are_one_too_many() -> None:
    files = {".plumblint.yaml": "", "pyproject.toml": "[tool.plumblint]\n"}
    assert "keep one" in faults(files)[0]


def test_an_unreadable_configuration_is_an_error(tmp_path: Path) -> None:
    (tmp_path / ".plumblint.yaml").symlink_to("/etc/hostname")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(open_folder(str(tmp_path)), str(tmp_path))


def test_names_on_the_command_line_are_told_as_such() -> None:
    from plumblint.config import Name

    assert faults({}, select=[Name("latest-tga", "--select")])[0].startswith("--select: ")


# extends


def test_what_is_extended_lies_below() -> None:
    files = {
        ".plumblint.yaml": "extends: [a/base.yaml]\nignore: [y]\nrules: {r: {severity: note}}\n",
        "a/base.yaml": "extends: more.yaml\npreset: strict\nignore: [x]\nfail-on: error\n"
        "rules: {r: {severity: error, o: 1}}\n",
        "a/more.yaml": "preset: all\nexclude: [z]\n",
    }
    config = load(files)
    assert (config.preset, config.fail_on) == ("strict", "error")
    assert config.ignore == ("x", "y")
    assert config.severities == {"r": "note"}
    assert config.options == {"r": {"o": 1}}
    assert config.exclude[-1] == "z"
    assert config.files == ("a/more.yaml", "a/base.yaml", ".plumblint.yaml")


def test_a_fault_in_what_is_extended_is_told_there() -> None:
    files = {".plumblint.yaml": "extends: base.yaml\n", "base.yaml": "\npreset: x\n"}
    assert faults(files)[0].startswith("base.yaml:2:9: ")


def test_a_circle_is_an_error() -> None:
    files = {".plumblint.yaml": "extends: a.yaml\n", "a.yaml": "extends: .plumblint.yaml\n"}
    assert "leads back" in faults(files)[0]


def test_a_preset_replaces_a_selection_and_a_name_what_ignores_it() -> None:
    files = {".plumblint.yaml": "select: [latest-tag]\nignore: [root-container]\n"}
    assert load(files, preset="strict").select == ()
    config = load(files, select=["root-container"])
    assert (config.select, config.ignore) == (("root-container",), ())


def test_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site" / "acme_policies"
    (package / "policies" / "x").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemExit('imported')")
    (package / "plumblint.yaml").write_text("preset: strict\npolicies: [policies]\n")
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    config = load({".plumblint.yaml": "extends: package:acme-policies\n"})
    assert config.preset == "strict"
    assert [Path(folder).resolve() for folder in config.policies] == [package / "policies"]
    config = load({".plumblint.yaml": "policies: [package:acme_policies]\n"})
    assert [Path(folder).resolve() for folder in config.policies] == [package / "policies"]


def test_a_folder_of_policies_may_not_be_a_link_that_leaves(tmp_path: Path) -> None:
    (tmp_path / "repo").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "repo" / "mine").symlink_to("../out")
    (tmp_path / "repo" / ".plumblint.yaml").write_text("policies: [mine]\n")
    root = str(tmp_path / "repo")
    with pytest.raises(ConfigError, match="leaves the repo"):
        load_config(open_folder(root), root)


# nearer configurations


def test_a_nearer_configuration_refines_the_roots() -> None:
    files = {
        ".plumblint.yaml": "ignore: [latest-tag]\nrules: {root-container: {severity: error}}\n",
        "app/.plumblint.yaml": "preset: strict\nexclude: [gen/, a/b, '!/c']\n"
        "rules: {root-container: {severity: note}}\n"
        "per-path: [{paths: '*.dev', ignore: [root-container]}]\n",
        "app/deep/.plumblint.yaml": "ignore: [root-container]\n",
        "node_modules/x/.plumblint.yaml": "broken: [\n",
    }
    config = load(files)
    assert [folder for folder, _ in config.nearer] == ["app/deep", "app"]
    assert config.exclude[-3:] == ("/app/**/gen/", "/app/a/b", "!/app/c")
    choice = choose(shipped_catalogue(), config)
    strict = next(policy.id for policy in choice.policies if policy.preset == "strict")

    def holds(policy: str, path: str) -> str:
        severity = choice.severities.get(policy, "-")
        for rule in choice.path_rules:
            if rule.matches(path):
                if policy in rule.ignore:
                    return "off"
                severity = rule.severities.get(policy, severity)
        return severity

    assert holds("root-container", "Dockerfile") == "error"
    assert holds("root-container", "app/Dockerfile") == "note"
    assert holds("root-container", "app/x/Dockerfile.dev") == "off"
    assert holds("root-container", "Dockerfile.dev") == "error"
    assert holds("root-container", "app/deep/Dockerfile") == "off"
    assert holds("root-container", "application/Dockerfile") == "error"
    assert holds(strict, "Dockerfile") == "off"
    assert holds(strict, "app/deep/Dockerfile") == "-"
    assert "latest-tag" not in {policy.id for policy in choice.policies}


@pytest.mark.parametrize("line", ["fail-on: note", "tables: {}", "policies: []", "projects: []"])
def test_what_holds_for_the_whole_run_has_no_place_nearer(line: str) -> None:
    found = faults({"app/.plumblint.yaml": f"{line}\n"})
    assert found[0].startswith("app/.plumblint.yaml:1:1: ")
    assert "root's configuration" in found[0]


def test_options_hold_for_the_whole_run() -> None:
    text = "rules: {unpinned-action: {trusted_owners: [a]}}\n"
    assert "whole run" in faults({"app/.plumblint.yaml": text})[0]


def test_any_text_is_read_or_an_error() -> None:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.text(max_size=80) | st.text(alphabet="abc:[]{}-\n \"'#&*!|>=.", max_size=80))
    def holds(text: str) -> None:
        for path in (".plumblint.yaml", "pyproject.toml"):
            try:
                load({path: text if path[0] == "." else f"[tool.plumblint]\n{text}"})
            except ConfigError:
                continue

    holds()
