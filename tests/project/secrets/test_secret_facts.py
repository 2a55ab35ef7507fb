"""Which facts come out of whole small repos."""

from __future__ import annotations

from plumblint.discover import DEFAULT_EXCLUDES, discover
from plumblint.facts import Copy, File, Secret
from plumblint.project.build import build
from plumblint.repo import Repo

VALUE = "kV9wq3Lz7Rt"


def project_of(contents, untracked=()):
    repo = Repo(contents, untracked)
    return build(repo, discover(repo, DEFAULT_EXCLUDES))


def secrets_of(contents):
    project = project_of(contents)
    texts = {path: project.repo.source(path).text for path in contents}
    return [
        (s.kind, s.name, s.likeness, s.place, texts[s.span.path][s.span.start : s.span.end])
        for s in project.of(Secret)
    ]


def dockerfile(*lines):
    return secrets_of({"Dockerfile": "\n".join(("FROM debian:12.5", *lines, ""))})


def test_the_place_is_the_value_alone():
    assert dockerfile(f'ENV A=1 DB_PASSWORD="{VALUE}" B=2') == [
        ("literal", "DB_PASSWORD", "secret", "env", VALUE)
    ]


def test_an_argument_is_what_is_given_to_it():
    assert dockerfile("ARG API_TOKEN") == [
        ("build-argument", "API_TOKEN", "reference", "arg", "API_TOKEN")
    ]
    assert dockerfile("ARG API_TOKEN=") == dockerfile("ARG API_TOKEN")
    assert [found[0] for found in dockerfile(f"ARG API_TOKEN={VALUE}")] == ["literal"]


def test_an_argument_in_two_stages_counts_once():
    found = dockerfile("ARG API_TOKEN", "FROM debian:12.5", "ARG API_TOKEN")
    assert [entry[0] for entry in found] == ["build-argument"]


def test_an_argument_handed_on_names_the_place():
    project = project_of({"Dockerfile": "FROM a:1\nARG API_TOKEN\nENV API_TOKEN=${API_TOKEN}\n"})
    (secret,) = project.of(Secret)
    assert [related.label for related in secret.origin_of("name").via] == [
        "and stays in the image's environment here"
    ]


def test_an_environment_from_another_variable_is_a_build_argument():
    found = dockerfile("ARG VALUE_OF_IT", "ENV API_TOKEN=${VALUE_OF_IT}")
    assert [entry[:2] for entry in found] == [("build-argument", "API_TOKEN")]


def test_commands():
    assert dockerfile(f"RUN echo 'app:{VALUE}' | chpasswd") == [
        ("literal", "chpasswd", "secret", "command", VALUE)
    ]
    assert dockerfile("RUN echo 'app:$PW' | chpasswd") == []
    assert dockerfile(f"RUN docker login -u ci -p {VALUE} r.acme.io")[0][-1] == VALUE
    assert dockerfile(f"RUN docker run -p {VALUE} x") == []
    assert dockerfile(f"RUN curl -u ci:{VALUE} https://acme.io/x")[0][-1] == VALUE
    assert dockerfile(f"RUN mysql -p{VALUE} -e 'select 1'")[0][-1] == VALUE
    assert dockerfile(f"RUN export API_TOKEN={VALUE} && ./x")[0][-1] == VALUE
    assert dockerfile(f"RUN ./x --api-key={VALUE}")[0][-1] == VALUE
    assert dockerfile('RUN ./x --api-key="$KEY" --password --verbose') == []
    assert dockerfile(f"RUN aws configure set aws_secret_access_key {VALUE}")[0][-1] == VALUE


def workflow(env, step="- run: make"):
    text = f"on: push\nenv:\n  {env}\njobs:\n  a:\n    runs-on: x\n    steps:\n      {step}\n"
    return secrets_of({".github/workflows/a.yml": text})


def test_workflows():
    long = "Zr4Lq8Wm2Xc7Vb9Nt5Kj3Hg6Fd1SaP"
    assert [found[2] for found in workflow(f"API_TOKEN: {long}")] == ["secret"]
    assert [found[2] for found in workflow(f"API_TOKEN: {VALUE}")] == ["weak"]
    assert workflow("API_TOKEN: ${{ secrets.API_TOKEN }}") == []
    (found,) = workflow(f"API_TOKEN: ${{{{ secrets.API_TOKEN || '{long}' }}}}")
    assert found[-1] == long


def test_a_build_argument_given_by_a_workflow_is_related_to_the_dockerfile():
    uses = "docker/build-push-action@v6"
    step = f"- uses: {uses}\n        with: {{build-args: 'API_TOKEN=${{{{ secrets.T }}}}'}}"
    text = f"on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      {step}\n"
    project = project_of(
        {"Dockerfile": "FROM a:1\nARG API_TOKEN\n", ".github/workflows/a.yml": text}
    )
    (secret,) = project.of(Secret)
    assert [related.span.path for related in secret.origin_of("name").via] == [
        ".github/workflows/a.yml"
    ]


def test_terraform():
    text = f'resource "aws_db_instance" "a" {{\n  password = "{VALUE}"\n}}\n'
    assert secrets_of({"main.tf": text}) == [("literal", "password", "secret", "attribute", VALUE)]
    text = f'variable "db_password" {{\n  default = "{VALUE}"\n}}\n'
    project = project_of({"main.tf": text})
    assert [secret.default for secret in project.of(Secret)] == [True]


def test_no_fact_holds_the_value():
    project = project_of({"main.tf": f'resource "a" "b" {{\n  password = "{VALUE}"\n}}\n'})
    (secret,) = project.of(Secret)
    assert VALUE not in repr([getattr(secret, field) for field in type(secret).FIELDS])


def test_files_are_judged_by_their_content():
    project = project_of(
        {
            ".env": f"PORT=80\nexport DB_PASSWORD='{VALUE}'\nAPI_TOKEN={VALUE}\n",
            "a/.env": "PORT=80\nDB_PASSWORD=${X}\n",
            "tests/.env": f"DB_PASSWORD={VALUE}\n",
            "server.pem": "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n",
            "broken/credentials.json": "{",
            "id_rsa": b"\xff\x00",
        }
    )
    held = {file.name: (file.holds, file.test_path) for file in project.of(File) if file.holds}
    assert held == {
        ".env": ("DB_PASSWORD, API_TOKEN (env file)", False),
        "tests/.env": ("DB_PASSWORD (env file)", True),
    }


def test_copies():
    project = project_of(
        {
            "Dockerfile": "FROM a:1\nCOPY .env id_ed25519 id_rsa.pub server.pem x.gpg.key /a/\n"
            "COPY config/.npmrc /b/\n",
            "server.pem": "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----\n",
            "config/.npmrc": "registry=https://npm.acme.io/\n",
        }
    )
    assert [copy.secret_files for copy in project.of(Copy)] == [(".env", "id_ed25519"), ()]


def test_an_argument_with_a_made_up_default_is_not_given_a_secret():
    assert dockerfile("ARG ENCRYPTION_KEY=CAFEBABE") == [
        ("literal", "ENCRYPTION_KEY", "weak", "arg", "CAFEBABE")
    ]


def test_a_secret_mount_is_no_secret():
    assert dockerfile("RUN docker build --secret id=API_TOKEN .") == []


def test_the_value_of_an_argument_s_default_is_judged_once():
    found = dockerfile("ARG ENCRYPTION_KEY=CAFEBABE", "ENV ENCRYPTION_KEY=$ENCRYPTION_KEY")
    assert [entry[0] for entry in found] == ["literal"]


def exposed(name, value, *ports):
    lines = "".join(f'      - "{port}"\n' for port in ports)
    text = (
        f"services:\n  a:\n    image: x:1\n    environment:\n      {name}: {value}\n"
        f"    ports:\n{lines}"
    )
    (secret,) = project_of({"compose.yaml": text}).of(Secret)
    assert secret.likeness == "weak"
    return secret.exposed


def test_a_service_s_own_password_on_a_published_port():
    assert exposed("POSTGRES_PASSWORD", "postgres", "5433:5432")
    assert exposed("GF_SECURITY_ADMIN_PASSWORD", "admin", "3000:3000")
    assert exposed("SECRET_KEY", "changeme", "80:80")


def test_not_exposed():
    assert not exposed("POSTGRES_PASSWORD", "postgres", "127.0.0.1:5433:5432")
    assert not exposed("POSTGRES_PASSWORD", "postgres", "5432")
    assert not exposed("POSTGRES_PASSWORD", "postgres", "8080:8080")  # a client's
    assert not exposed("WORDPRESS_DB_PASSWORD", "wordpress", "80:80")
    assert not exposed("DB_ROOT_PASSWORD", "root", "80:80")
