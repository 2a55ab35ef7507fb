from __future__ import annotations

import pytest
from compose_facts import read, service

from plumblint.facts import Unknown
from plumblint.formats import compose
from plumblint.repo import Repo


def units_of(*paths, **contents):
    repo = Repo({**dict.fromkeys(paths, "services: {}\n"), **contents})
    return [unit.paths for unit in compose.units({"compose": sorted(paths)}, repo)]


def test_main_file_and_override_are_one_unit():
    names = ("compose.yaml", "compose.override.yaml", "docker-compose.yml", "a/compose.yml")
    assert units_of(*names) == [
        ("a/compose.yml",),
        ("compose.yaml", "compose.override.yaml"),
        ("docker-compose.yml",),
    ]


def test_compose_file_of_env_names_the_files():
    env = {".env": "COMPOSE_FILE=docker-compose.yml:b.yml\n"}
    assert units_of("b.yml", "docker-compose.yml", "docker-compose.override.yml", **env) == [
        ("docker-compose.yml", "b.yml"),
        ("docker-compose.override.yml",),
    ]


def test_override_is_laid_over():
    facts = read(
        """\
        services:
          web:
            image: nginx:1.27
            command: [a, b]
            cap_add: [KILL]
            ports: ["80:80"]
            environment: {A: 1, B: 2}
            volumes: ["./x:/data"]
            logging: {driver: syslog, options: {a: b}}
            healthcheck: {test: [CMD, x], interval: 3s}
        """,
        files={
            "compose.override.yaml": """\
                services:
                  web:
                    image: nginx:latest
                    command: c
                    cap_add: [CHOWN, KILL]
                    ports: ["81:81", "80:80"]
                    environment: [B=3, C=4]
                    volumes: [{type: volume, source: v, target: /data}]
                    logging: {driver: none}
                    healthcheck: {test: [NONE]}
                volumes: {v: }
                """
        },
    )
    container = facts.one("container")
    assert container.image.tag == "latest"
    assert container.image.span.path == "compose.override.yaml"
    assert container.process.command == ("c",)
    assert container.added_capabilities == ("KILL", "CHOWN")
    assert [port.published for port in container.ports] == ["80", "81"]
    assert {v.name: v.value for v in container.env} == {"A": "1", "B": "3", "C": "4"}
    assert [(m.kind, m.source) for m in container.mounts] == [("volume", "v")]
    assert container.logging_driver == "none"
    assert container.healthcheck.disabled is True
    assert not facts.problems


def test_reset_and_override_tags():
    facts = read(
        """\
        services:
          web:
            image: x:1
            ports: ["80:80"]
            environment: {A: 1}
            privileged: true
        """,
        files={
            "compose.override.yaml": """\
                services:
                  web:
                    privileged: !reset false
                    ports: !override ["81:81"]
                    environment: !reset null
                """
        },
    )
    container = facts.one("container")
    assert container.privileged is False
    assert [port.published for port in container.ports] == ["81"]
    assert container.env == ()


def test_documents_of_one_file_are_laid_over_each_other():
    facts = read(
        "services: {web: {image: 'x:1'}}\n---\n"
        "services: {web: {privileged: true}, db: {image: 'y:2'}}\n"
    )
    assert [one.name for one in facts.of("container")] == ["web", "db"]
    assert facts.one("container", "services.web").privileged is True


def test_anchors_and_merge_keys():
    facts = read(
        """\
        x-base: &base
          image: nginx:latest
          restart: always
        x-caps: &caps {cap_add: [SYS_ADMIN], restart: "no"}
        services:
          a: *base
          b:
            <<: [*base, *caps]
            restart: on-failure
        """
    )
    a, b = facts.of("container")
    assert (a.image.tag, a.restart) == ("latest", "always")
    assert (b.image.tag, b.restart, b.added_capabilities) == (
        "latest",
        "on-failure",
        ("SYS_ADMIN",),
    )
    origin = b.image.origin_of("tag")
    assert [(via.label, facts.under(via.span)) for via in origin.via] == [("merged here", "*base")]
    assert a.image.origin_of("tag").span == origin.span
    assert len({fact.key for fact in facts.of("image")}) == 2


def test_extends_in_the_file_and_across_files():
    facts = read(
        """\
        services:
          base: {image: "x:1", environment: {A: 1}, command: one}
          web:
            extends: {service: base}
            environment: {B: 2}
            command: two
          far:
            extends: {file: common/base.yml, service: app}
          short: {extends: web}
        """,
        files={
            "common/base.yml": """\
                services:
                  root: {build: {context: ../src}, privileged: true}
                  app: {extends: root, build: {args: {X: 1}}}
                """
        },
    )
    containers = {one.name: one for one in facts.of("container")}
    assert {v.name for v in containers["short"].env} == {"A", "B"}
    assert containers["web"].process.command == ("two",)
    far = containers["far"]
    assert (far.build_context, far.build_dockerfile) == ("src", "src/Dockerfile")
    assert far.build_arguments == {"X": "1"}
    assert facts.at(far, "privileged") == "common/base.yml: true"
    assert [via.label for via in far.origin_of("privileged").via] == ["extended here"] * 2
    assert not facts.problems


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("{extends: web}", "circle"),
        ("{extends: {service: gone}}", "no such service"),
        ("{extends: {service: gone, file: other.yml}}", "no such service"),
        ("{extends: {service: web, file: nowhere.yml}}", "is not in the repo"),
        ("{extends: {file: other.yml}}", "needs `service`"),
    ],
)
def test_dangling_extends(body, words):
    facts = read(
        f"services:\n  web: {body}\n", files={"other.yml": "services: {x: {image: 'x:1'}}\n"}
    )
    assert words in facts.problems[0]
    assert facts.one("container")


def test_circle_across_files():
    facts = read(
        "services: {a: {extends: {file: b.yml, service: b}}}\n",
        files={"b.yml": "services: {b: {extends: {file: compose.yaml, service: a}}}\n"},
    )
    assert any("circle" in message for message in facts.problems)


def test_include_brings_services_that_others_wait_for():
    facts = read(
        """\
        include:
          - db/compose.yaml
          - {path: [q.yml], project_directory: sub, env_file: q.env}
        services:
          web: {image: "x:1", depends_on: [db, queue], networks: [back]}
        """,
        files={
            "db/compose.yaml": "services: {db: {image: 'p:1'}}\nnetworks: {back: }\n",
            "q.yml": "services: {queue: {image: 'q:${T}'}}\n",
            "q.env": "T=1\n",
        },
    )
    assert [one.name for one in facts.of("container")] == ["web"]
    assert not facts.problems


def test_include_of_itself():
    facts = read("include: [compose.yaml]\nservices: {web: {image: 'x:1'}}\n")
    assert "includes this file again" in facts.problems[0]


def test_an_overlay_is_judged_for_what_it_states():
    facts = read(
        "services: {web: {privileged: true}, db: {restart: always}, new: {image: 'n:1'}}\n",
        path="compose.prod.yaml",
        files={"compose.yaml": "services: {web: {image: 'x:1'}, db: {image: 'y:1'}}\n"},
    )
    services = {one.name: one for one in facts.of("service")}
    assert {name: one.overlay for name, one in services.items()} == {
        "web": True,
        "db": True,
        "new": False,
    }
    web = facts.one("container", "services.web")
    assert web.privileged is True
    assert isinstance(web.healthcheck.disabled, Unknown)
    assert isinstance(web.user, Unknown)
    assert isinstance(web.user_is_root, Unknown)
    assert isinstance(web.restart, Unknown)
    assert facts.one("container", "services.db").restart == "always"
    assert not facts.problems


def test_profiles_depends_on_and_one_shot():
    facts = read(
        """\
        services:
          web:
            image: x:1
            depends_on:
              db: {condition: service_healthy}
              job: {condition: service_completed_successfully}
          db: {image: "d:1", profiles: [a, b]}
          job: {image: "j:1", depends_on: [db], deploy: {replicas: 2}}
        """
    )
    web, db, job = facts.of("service")
    assert web.depends_on == {"db": "service_healthy", "job": "service_completed_successfully"}
    assert job.depends_on == {"db": "service_started"}
    assert (web.one_shot, job.one_shot, job.replicas) == (False, True, 2)
    assert db.profiles == ("a", "b")


def test_images_besides_that_of_the_service():
    facts = service(
        """\
        build:
          context: .
          additional_contexts: {base: "docker-image://alpine:latest", other: ./x}
        image: mine:1
        pre_start: [{image: "busybox:latest", command: [x]}]
        volumes: [{type: image, source: "data:latest", target: /d}]
        """
    )
    images = {image.text: (image.origin, image.built_here) for image in facts.of("image")}
    assert images == {
        "mine:1": ("compose", True),
        "alpine:latest": ("build-context", False),
        "busybox:latest": ("compose", False),
        "data:latest": ("compose", False),
    }


def test_an_image_that_another_service_builds():
    facts = read("services: {a: {build: ., image: mine}, b: {image: mine}, c: {image: other}}\n")
    assert [image.built_here for image in facts.of("image")] == [True, True, False]
