"""Docker Engine: the one that runs already, or one of our own for as long as it is needed."""

import contextlib
import ipaddress
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

STARTS_WITHIN_SECONDS = 300


class NoDocker(Exception):
    """Docker cannot be had on this machine; the message says why."""


def _answers(environment: dict[str, str]) -> bool:
    asked = subprocess.run(
        ["docker", "info"], env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    return asked.returncode == 0


@contextlib.contextmanager
def docker(log: Path) -> Iterator[dict[str, str]]:
    """Yields the environment of a process that uses Docker. An engine of our own keeps its images where the system's does."""
    if _answers(dict(os.environ)):
        yield dict(os.environ)
        return
    if shutil.which("dockerd") is None:
        raise NoDocker("Docker Engine is neither running nor installed (apt-get install docker.io)")
    if os.geteuid() != 0:
        raise NoDocker("Docker Engine does not run, and only root could start it")
    # A socket's path may have 107 characters: a checkout's may be longer.
    run = Path(tempfile.mkdtemp(prefix="cloudoperator-docker-"))
    environment = {**os.environ, "DOCKER_HOST": f"unix://{run}/docker.sock"}
    with open(log, "w") as output:
        daemon = subprocess.Popen(
            ["dockerd", "--exec-root", run / "exec", "--pidfile", run / "docker.pid", "--host", environment["DOCKER_HOST"]],
            stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
        )
    try:
        until = time.monotonic() + STARTS_WITHIN_SECONDS
        while not _answers(environment):
            if daemon.poll() is not None or time.monotonic() > until:
                raise NoDocker(f"Docker Engine does not start here; its log is {log}")
            time.sleep(0.3)
        yield environment
    finally:
        daemon.terminate()
        try:
            daemon.wait(30)
        except subprocess.TimeoutExpired:
            daemon.kill()
            daemon.wait()
        shutil.rmtree(run, ignore_errors=True)


def bridge(docker: dict[str, str]) -> str | None:
    """The address of Docker's bridge, by which containers reach this machine; none where Docker is in a machine of its own."""
    asked = subprocess.run(
        ["docker", "network", "inspect", "bridge", "--format", "{{with index .IPAM.Config 0}}{{.Gateway}} {{.Subnet}}{{end}}"],
        env=docker, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
    ).stdout
    # Until it is restarted for the first time, Docker tells of the subnet alone: the bridge has the first address of it.
    *gateway, subnet = asked.split()
    address = gateway[0] if gateway else str(ipaddress.ip_network(subnet)[1])
    with socket.socket() as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return None
    return address
