"""Holds the whole backend, as `./cloudoperator serve` starts it, against openapi.yaml: Schemathesis makes up requests, valid ones and others."""

import contextlib
import json
import os
import pathlib
import subprocess
import sys
import threading
import time
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# Another command line that takes the same arguments, such as one that runs classes that an IDE has compiled.
COMMAND = os.environ.get("CLOUDOPERATOR", str(ROOT / "cloudoperator"))


class Caller:
  """A tenant of the backend."""

  def __init__(self, url, name):
    self.url = url
    self.token = ""
    self.token = self.ask("POST", "/local/token", {"tenant": name})["token"]

  def ask(self, method, path, body=None):
    request = urllib.request.Request(
      self.url + path,
      method=method,
      data=None if body is None else json.dumps(body).encode(),
      headers={"authorization": "Bearer " + self.token, "content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
      return json.load(answer)

  def scanned(self, tier):
    """A connection of that tier that was scanned twice, as the hooks want to know it."""
    pending = self.ask("POST", "/connections", {"name": tier, "tier": tier})
    role = self.ask("POST", "/local/launch", {"externalId": pending["externalId"], "tier": tier})["roleArn"]
    path = "/connections/" + pending["id"]
    self.ask("PUT", path + "/role", {"roleArn": role})
    scans = [self.ask("POST", path + "/scans")["scanId"]]
    self.wait(path, scans[0])
    scans.append(self.ask("POST", path + "/scans")["scanId"])
    self.wait(path, scans[1])
    return {"token": self.token, "connection": pending["id"], "scans": scans, "role": role}

  def wait(self, path, scan):
    for _ in range(600):
      status = self.ask("GET", f"{path}/scans/{scan}")["status"]
      if status != "running":
        if status != "concluded":
          raise SystemExit(f"the scan has ended as {status}")
        return
      time.sleep(0.1)
    raise SystemExit("the scan does not end")


def contract(url, schemathesis, options):
  tenants = {tier: Caller(url, tier).scanned(tier) for tier in ("minimal", "audit")}
  tenants["leaving"] = {"token": Caller(url, "leaving").token, "connection": None, "scans": []}
  environment = {
    **os.environ,
    "CONTRACT_URL": url,
    "CONTRACT_TENANTS": json.dumps(tenants),
    "PYTHONPATH": str(HERE),
    "PYTHONDONTWRITEBYTECODE": "1",
    "SCHEMATHESIS_HOOKS": "hooks",
  }
  config = str(HERE / "schemathesis.toml")
  return subprocess.call(
    [schemathesis, "--config-file", config, "run", str(ROOT / "openapi.yaml"), "--url", url, *options], env=environment
  )


@contextlib.contextmanager
def served(*options):
  """The address of a backend with a small account."""
  serve = [COMMAND, "serve", "--port", "0", "--log", "off", "--instances", "60", "--apis", "35", "--regions", "3", *options]
  with subprocess.Popen(serve, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as backend:
    try:
      url = next((line.split()[1] for line in backend.stdout if line.startswith("url: ")), None)
      if url is None:
        raise SystemExit("serve has ended")
      # What it goes on to say is read, or it would wait for somebody to.
      threading.Thread(target=backend.stdout.read, daemon=True).start()
      yield url
    finally:
      backend.terminate()


def main(schemathesis, *options):
  with served() as url:
    return contract(url, schemathesis, options)


if __name__ == "__main__":
  sys.exit(main(*sys.argv[1:]))
