"""LocalStack 4.14 instead of the emulator, for `deployed/run --target localstack`: as much of the stack as its free edition has.

Not run: LocalStack's image could not be had where this was written. cfn-lint finds nothing in the template that is derived here,
and the calls of the life were tried with the emulator in LocalStack's place.

It has neither HTTP APIs nor Cognito, enforces no IAM, and its schedules never fire (https://docs.localstack.cloud/aws/services/scheduler):
what would need them is a row `not here`. A 12-digit access key id is that account's.
"""

import contextlib
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

import evidence
import life
from customer import Customer
from emulator import BROKER, Emulator
from engine import NoDocker
from lambda_api import Invoker, routes
from names import ROLE_STACK
from scene import Scene, until
from stack import Stack
from table import Table

ROOT = Path(__file__).resolve().parent.parent
NAME = "cloudoperator-localstack"
HERE = Emulator("127.0.0.1", 4566)
NEITHER = ("AWS::Serverless::HttpApi", "AWS::Cognito::")


@contextlib.contextmanager
def localstack(docker: dict[str, str], compose: Path) -> Iterator[Emulator]:
    """Starts it, and ends it with every container that it started."""
    socket = docker.get("DOCKER_HOST", "").removeprefix("unix://") or "/var/run/docker.sock"
    environment = {**docker, "DOCKER_SOCKET": socket}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["docker", *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )

    file = ("compose", "--file", str(compose))
    image = yaml.safe_load(compose.read_text())["services"]["localstack"]["image"]
    pulled = run("pull", image)
    if pulled.returncode != 0:
        raise NoDocker(f"{image} cannot be pulled: {pulled.stderr.strip()[-300:]}")
    if run("compose", "version").returncode != 0:
        raise NoDocker("there is no `docker compose` (apt-get install docker-compose-v2, or docker-compose-plugin)")
    try:
        started = run(*file, "up", "--detach", "--wait", "--wait-timeout", "300")
        if started.returncode != 0:
            raise RuntimeError(f"LocalStack does not start: {started.stderr[-3000:]}")
        yield HERE
    finally:
        run(*file, "stop", "--timeout", "60")
        left = run("ps", "--all", "--quiet", "--filter", f"name=^{NAME}-lambda-").stdout.split()
        if left:
            run("rm", "--force", *left)
        run(*file, "down", "--volumes")


class Part(Stack):
    """The stack without its API and its user pool."""

    template = "localstack.json"

    def whole(self) -> dict[str, Any]:
        """The template that SAM CLI has built."""
        return yaml.safe_load((self.built / Stack.template).read_text())

    def deploy(self, **parameters: str) -> None:
        """Nothing is denied there: a role that can be assumed without its External ID is only recorded."""
        (self.built / self.template).write_text(json.dumps(part(self.whole()), indent=1, default=str))
        super().deploy(**parameters, ProofPolicy="record")


def part(template: dict[str, Any]) -> dict[str, Any]:
    """The template without API and user pool, without what names them, and without what then nothing names."""
    # The console's form, and the rules of its fields, are of no use without one.
    kept = {name: section for name, section in template.items() if name not in ("Metadata", "Rules")}
    resources = {name: one for name, one in template["Resources"].items() if not one["Type"].startswith(NEITHER)}
    for name, one in resources.items():
        if "Events" in one["Properties"]:
            events = {key: event for key, event in one["Properties"]["Events"].items() if event["Type"] != "HttpApi"}
            resources[name] = one | {"Properties": one["Properties"] | {"Events": events}}
    gone = {name for name in template["Resources"] if name not in resources}
    while more := {name for name, one in resources.items() if _named(one) & gone}:
        gone |= more
        resources = {name: one for name, one in resources.items() if name not in more}
    kept["Resources"] = resources
    kept["Outputs"] = {name: one for name, one in template["Outputs"].items() if not _named(one) & gone}
    for section in ("Conditions", "Parameters"):
        used = _named([kept[each] for each in ("Globals", "Resources", "Outputs", "Conditions")])
        kept[section] = {name: one for name, one in template[section].items() if name in used}
    return kept


def _named(value: Any) -> set[str]:
    """The resources, parameters and conditions that a part of a template names."""
    if isinstance(value, list):
        return set().union(*map(_named, value))
    found: set[str] = set()
    for key, inner in value.items() if isinstance(value, dict) else ():
        words = [word for word in (inner if isinstance(inner, list) else [inner]) if isinstance(word, str)]
        if key == "Fn::Sub":
            found |= {name for word in words for name in re.findall(r"\$\{(\w+)", word)}
        elif key in ("Ref", "Fn::GetAtt", "Fn::If", "Condition", "DependsOn"):
            found |= {word.split(".")[0] for word in words}
        found |= _named(inner)
    return found


def live(table: Table, here: Emulator, stack: Part, broker: Callable[..., Any], customer: Customer) -> None:
    """The life, with each function invoked as API Gateway would."""
    names = {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in stack.resources()}
    table.say("initializing the functions")
    here.initialize(BROKER, [names[f"{name}Function"] for name in evidence.FUNCTIONS])
    customer.fill()
    whole = stack.whole()
    event = json.loads((ROOT / "events/query.json").read_text())
    own, stranger = (Invoker(broker("lambda"), names, routes(whole), event, subject) for subject in ("acme", "stranger"))
    scene = Scene(table, ROOT, stack, own, stranger, customer, broker)

    gone = sorted({*whole["Resources"]} - {*part(whole)["Resources"]})
    table.skip("the API: its routes, tokens, scopes and alarm", f"neither HTTP APIs nor Cognito; not deployed: {', '.join(gone)}")
    evidence.stands(scene, but=("ApiErrors",))
    machine = broker("stepfunctions").describe_state_machine(stateMachineArn=names["ScanStateMachine"])
    table.equal("the state machine is an express one", machine["type"], "EXPRESS")
    keys = [broker("kms").describe_key(KeyId=names[key])["KeyMetadata"]["KeyUsage"] for key in ("Key", "ReceiptKey")]
    table.equal("the keys: one encrypts, one signs", keys, ["ENCRYPT_DECRYPT", "SIGN_VERIFY"])
    table.equal("the bus", broker("events").describe_event_bus(Name=names["EventBus"])["Name"], f"{stack.name}-connections")
    pending = life.create(scene)
    role = life.launch(scene, pending)
    table.equal("the customer's stack makes one role, nothing else", customer.resources(ROLE_STACK), ["AWS::IAM::Role"])
    given = scene.proven(scene.connection, scene.tenant("PUT", f"{scene.connection}/role", {"roleArn": role}))
    table.check("PUT …/role takes the role", given.status == 200 and given["status"] == "active", given.body)
    probes = {one["attempt"]: one["allowed"] for one in (given.body.get("proof") or {}).get("probes", [])}
    table.skip("a role is denied without its External ID, a function what its role lacks", f"no IAM is enforced; only recorded: {probes}")
    table.say("six scans")
    life.scan_and_count(scene)
    life.keep_five_of_six(scene)
    evidence.show_calls(scene)
    _be_due(scene)
    table.skip("the ledger agrees with the account's CloudTrail", "there is no CloudTrail")
    life.isolate_tenants(scene)
    table.skip("a role that is revoked is told of", "AssumeRole asks for no role, so that one that is deleted goes on")
    life.disconnect(scene)
    life.purge(scene)
    table.skip("the audit tier, and every way to grant the role", "most of what they read is not there, or not enforced")
    life.leave_nothing(scene)


def _be_due(scene: Scene) -> None:
    """The function of the schedule, called with the schedule's event, starts a scan that is due."""
    life.make_due(scene)
    scene.table.skip("the schedule fires", "schedules never do; its function is called with events/due-scans.json")
    tick = json.loads((ROOT / "events/due-scans.json").read_text())
    answer = scene.tenant.invoke("DueScansFunction", tick)
    scene.table.equal("the schedule's function starts what is due", answer, {"started": 1, "skipped": 0, "failed": 0, "left": 0})
    due = until(lambda: next((one for one in scene.history() if one["trigger"] == "schedule"), None), 180)
    if scene.table.check("… and it is scanned", due is not None, due and due["scanId"]):
        scene.scans.append(due["scanId"])
