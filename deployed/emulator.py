"""The emulator of AWS, started for one run: on a port of its own, with nothing kept."""

import contextlib
import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from engine import bridge
from http_api import Place

REGION = "us-east-1"
BROKER = "111122223333"
STARTS_WITHIN_SECONDS = 300


@dataclass(frozen=True)
class Emulator:
    """Where it listens: an address of this machine that containers reach too."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """For SDKs, on this machine and in containers."""
        return f"http://{self.host}:{self.port}"

    def environment(self, account: str) -> dict[str, str]:
        """For tools that act as an account's root: here an account's id is its root's access key."""
        return {
            "AWS_ACCESS_KEY_ID": account,
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ENDPOINT_URL": self.url,
            "SAM_CLI_TELEMETRY": "0",
        }

    def client(self, account: str, service: str, region: str = REGION) -> Any:
        """A client of boto3 with the credentials of an account's root."""
        return boto3.client(
            service, region_name=region, endpoint_url=self.url, aws_access_key_id=account, aws_secret_access_key="test",
            config=Config(
                retries={"mode": "standard", "total_max_attempts": 3}, read_timeout=180, s3={"addressing_style": "path"}
            ),
        )

    def place(self, url: str) -> Place:
        """Where an address that the stack puts out is found. Of an HTTP API, the emulator knows the id, at a host of its own."""
        name = url.removeprefix("https://")
        if ".execute-api." in name:
            name = f"{name.split('.')[0]}.execute-api.{self.host}"
        return Place(f"http://{name}", (self.host, self.port))

    def initialize(self, account: str, functions: list[str]) -> None:
        """Calls each function until it answers, whatever it answers.

        AWS initializes a version when it is published, and restores it (SnapStart); the emulator does it within the first call,
        where it counts against the time of whoever waits. CloudFormation ends an update once its versions are active, and the
        emulator's before.
        """
        client = self.client(account, "lambda")
        active = client.get_waiter("published_version_active")

        def call(function: str) -> None:
            active.wait(FunctionName=function, Qualifier="live")
            for _ in range(5):
                answer = client.invoke(FunctionName=f"{function}:live", Payload=b"{}")["Payload"].read()
                if not any(word in answer for word in (b"Sandbox.Timedout", b"Runtime.ExitError")):
                    return

        pool = ThreadPoolExecutor(2)
        try:
            list(pool.map(call, functions))
        finally:
            # Who is stopped does not wait for calls that nobody needs any more.
            pool.shutdown(wait=False, cancel_futures=True)


@contextlib.contextmanager
def emulator(docker: dict[str, str], log: Path) -> Iterator[Emulator]:
    """Starts it, with functions in that Docker, and stops it and every container that it started."""
    # Where Docker is in a machine of its own, containers reach the loopback interface.
    host = bridge(docker) or "127.0.0.1"
    with socket.socket() as probe:
        probe.bind((host, 0))
        port = probe.getsockname()[1]
    here = Emulator(host, port)
    environment = {
        **{name: value for name, value in docker.items() if not name.startswith("AWS_")},
        "AUTH": "true",
        "BIND_HOST": host,
        "GATEWAY_PORT": str(port),
        "MINISTACK_HOST": host,
        "AWS_ENDPOINT_URL": here.url,
        "AWS_SECRET_ACCESS_KEY": "test",
        "MINISTACK_ACCOUNT_ID": BROKER,
        "MINISTACK_REGION": REGION,
        "LAMBDA_EXECUTOR": "docker",
        "LAMBDA_STRICT": "1",
        "CLOUDTRAIL_RECORDING": "1",
    }
    with open(log, "w") as output:
        process = subprocess.Popen(
            [sys.executable, "-B", Path(__file__).with_name("emulator_gaps.py")],
            env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )
    try:
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while not _healthy(here):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the emulator does not start; its log is {log}")
            time.sleep(0.2)
        yield here
    finally:
        process.terminate()
        try:
            process.wait(60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        left = _containers(docker, here)
        if left:
            subprocess.run(["docker", "rm", "--force", *left], env=docker, capture_output=True, check=False)


def _containers(docker: dict[str, str], here: Emulator) -> list[str]:
    """Those that this emulator started: it writes this machine's name and its port on each."""
    mine = f"label=ministack.instance={socket.gethostname()}:{here.port}"
    listed = subprocess.run(
        ["docker", "ps", "--all", "--quiet", "--filter", mine], env=docker, capture_output=True, text=True, check=False
    )
    return listed.stdout.split()


def _healthy(here: Emulator) -> bool:
    try:
        connection = http.client.HTTPConnection(here.host, here.port, timeout=2)
        connection.request("GET", "/_ministack/health")
        return connection.getresponse().status == 200
    except OSError:
        return False
