"""`./cloudoperator serve`, reached by containers: the address for them, its HTTP API, and `sam local invoke` against it."""

import contextlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from engine import bridge
from http_api import Client, Place

TENANT = "acme"
DOCKER_DESKTOP = "host.docker.internal"
INVOKED_WITHIN_SECONDS = 180


@dataclass(frozen=True)
class Served:
    """What serves, and where it has written what SAM CLI needs."""

    root: Path
    docker: dict[str, str]
    sam: Path
    template: Path
    env_vars: Path
    client: Client

    def invoke(self, function: str, event: Path) -> tuple[Any, str]:
        """`sam local invoke`: what the function answers, or None, and what was logged."""
        process = subprocess.Popen(
            [self.sam, "local", "invoke", function, "--event", event, "--template-file", self.template,
             "--env-vars", self.env_vars, "--skip-pull-image"],
            cwd=self.root, env=self._environment(function), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )
        try:
            answer, log = process.communicate(timeout=INVOKED_WITHIN_SECONDS)
        except BaseException:
            # As Ctrl-C: SAM CLI then removes its container.
            end(process, signal.SIGINT)
            raise
        try:
            return json.loads(answer.strip().splitlines()[-1]), log
        except (IndexError, ValueError):
            return None, log + answer

    def _environment(self, function: str) -> dict[str, str]:
        """SAM CLI's own: it asks STS whose credentials it has, which are not to be a person's."""
        variables = self.variables(function)
        named = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION")
        return {
            **{name: value for name, value in self.docker.items() if not name.startswith("AWS_")},
            **{name: variables[name] for name in named},
            "AWS_ENDPOINT_URL_STS": variables["CUSTOMER_ENDPOINT_URL"],
            "SAM_CLI_TELEMETRY": "0",
        }

    def variables(self, function: str) -> dict[str, str]:
        """The environment of a function, but as this machine reaches what it names."""
        variables = json.loads(self.env_vars.read_text())[function]
        return {name: value.replace(DOCKER_DESKTOP, "127.0.0.1") for name, value in variables.items()}


@contextlib.contextmanager
def served(root: Path, docker: dict[str, str], sam: Path, built: Path, log: Path) -> Iterator[Served]:
    """Starts it, and stops it with every container that SAM CLI has left."""
    before = _containers(docker)
    with open(log, "w") as output:
        process = subprocess.Popen(
            [root / "cloudoperator", "serve", "--port", "0", "--tenant", TENANT,
             "--sam-local", bridge(docker) or DOCKER_DESKTOP, "--sam-build", built],
            cwd=root, env=docker, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=output, text=True,
            start_new_session=True,
        )
    try:
        said = dict(line.strip().split(": ", 1) for line in (process.stdout.readline(), process.stdout.readline()) if line)
        if "token" not in said:
            raise RuntimeError(f"./cloudoperator serve does not start:\n{log.read_text()[-3000:]}")
        url = urlsplit(said["url"])
        api = Place(said["url"], (url.hostname or "", url.port or 80))
        yield Served(
            root, docker, sam, built.with_name("local-template.json"), built.with_name("local-env.json"),
            Client(api, said["token"]),
        )
    finally:
        end(process, signal.SIGTERM)
        left = _containers(docker) - before
        if left:
            subprocess.run(["docker", "rm", "--force", *left], env=docker, capture_output=True, check=False)


def end(process: subprocess.Popen[str], how: signal.Signals) -> None:
    """Ends a process and what it has started; by force, if it takes its time."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _containers(docker: dict[str, str]) -> set[str]:
    listed = subprocess.run(
        ["docker", "ps", "--all", "--quiet", "--filter", "label=sam.cli.container.type"],
        env=docker, capture_output=True, text=True, check=False,
    )
    return set(listed.stdout.split())
