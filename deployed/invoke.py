"""What deployed/invoke runs: each function with its event of events/, by `sam local invoke`, and what that has changed."""

import json
import os
import re
import sys
import time
import traceback
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import boto3
from boto3.dynamodb.conditions import Key

import arguments
from engine import NoDocker, docker
from image import provide
from served import Served, served
from signals import interrupt_once
from stack import Stack
from table import Table

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "deployed/target"
SKIPPED = 77
SCANNED_WITHIN_SECONDS = 60


def main(said: list[str]) -> int:
    """The exit code."""
    asked = arguments.of_invoke(said)
    table = Table()
    with ExitStack() as running:
        table.say("starting Docker Engine, unless it runs")
        engine = running.enter_context(docker(TARGET / "dockerd.log"))
        table.say("providing the image of java25")
        table.say(f"functions run in {provide(engine, ROOT, Path(os.environ['JAVA_HOME']))}")
        sam = TARGET / "sam/bin/sam"
        if not asked.built:
            table.say("sam build")
            Stack("", ROOT, sam, {**os.environ, "SAM_CLI_TELEMETRY": "0"}, _no_client).build()
        table.say("./cloudoperator serve --sam-local")
        here = running.enter_context(served(ROOT, engine, sam, TARGET / "built", TARGET / "serve.log"))
        for check in (connect, query, start_scan, due_scans, plan, scan_regions, conclude, verify, trim):
            try:
                check(table, here)
            except Exception as failure:  # One that answers otherwise than it should must not hide the others.
                traceback.print_exc()
                table.check(f"{check.__name__} was looked at to its end", False, repr(failure))
    return 0 if table.close() else 1


def connect(table: Table, here: Served) -> None:
    """Is answered with a new connection, which is stored, its reference sealed by KMS."""
    status, made = _http(table, here, "Connect")
    if table.equal("Connect: POST /connections", (status, made.get("status")), (201, "pending")):
        table.equal("Connect: its connection is stored", here.client("GET", f"/connections/{made['id']}").status, 200)


def query(table: Table, here: Served) -> None:
    """Is answered with the connection that the event names."""
    status, read = _http(table, here, "Query")
    table.equal(
        "Query: GET /connections/{connectionId}",
        (status, read.get("id"), read.get("status")),
        (200, _event("Query")["pathParameters"]["connectionId"], "active"),
    )


def start_scan(table: Table, here: Served) -> None:
    """Starts the state machine, which scans."""
    status, started = _http(table, here, "StartScan")
    if table.equal("StartScan: POST …/scans", (status, started.get("status")), (202, "running")):
        table.equal("StartScan: the state machine ends that scan", _ended(here, started["links"]["self"]), "concluded")


def due_scans(table: Table, here: Served) -> None:
    """Starts the one scan that is due."""
    answer = _invoke(table, here, "DueScans")
    table.equal("DueScans: starts what is due", answer, {"started": 1, "skipped": 0, "failed": 0, "left": 0})


def plan(table: Table, here: Served) -> None:
    """Assumes the role, and deals every region once."""
    answer = _invoke(table, here, "Plan")
    dealt = [region for shard in answer["shards"] for region in shard["regions"]]
    table.equal("Plan: deals each region of the account once", (len(dealt), len(set(dealt))), (34, 34))


def scan_regions(table: Table, here: Served) -> None:
    """Assumes the role, and reads the regions that the event names."""
    answer = _invoke(table, here, "ScanRegions")
    regions = len(_event("ScanRegions")["shard"]["regions"])
    table.equal("ScanRegions: reads its regions", (answer["complete"], answer["unread"]), (regions, 0))


def conclude(table: Table, here: Served) -> None:
    """Makes a snapshot of what was read."""
    answer = _invoke(table, here, "Conclude")
    table.equal("Conclude: ends the scan with a snapshot", answer["state"], "concluded")
    event = _event("Conclude")
    kept = _sort_keys(here, event["tenant"], event["connection"])
    table.check("Conclude: the snapshot is stored", f"snapshot#{event['scan']}" in kept, kept)


def verify(table: Table, here: Served) -> None:
    """Looks at the connection that the event names, which is not verifying."""
    answer = _invoke(table, here, "Verify")
    table.equal("Verify: takes every record of the stream", answer, {"batchItemFailures": []})


def trim(table: Table, here: Served) -> None:
    """Deletes the oldest of six snapshots."""
    tenant, connection = _event("Trim")["Records"][0]["dynamodb"]["Keys"]["pk"]["S"].split("#")
    before = _sort_keys(here, tenant, connection)
    answer = _invoke(table, here, "Trim")
    table.equal("Trim: takes every record of the stream", answer, {"batchItemFailures": []})
    after = _sort_keys(here, tenant, connection)
    gone = [key for key in before if key not in after]
    table.check("Trim: the five newest snapshots are left", len(after) == 5 and gone == before[:-5], f"deleted: {gone}")


def _invoke(table: Table, here: Served, name: str) -> Any:
    table.say(f"sam local invoke {name}Function")
    answer, log = here.invoke(f"{name}Function", _path(name))
    if not isinstance(answer, dict) or "errorMessage" in answer:
        raise RuntimeError(f"{name}Function answered {answer}; SAM CLI's log ends with\n{log[-3000:]}")
    return answer


def _http(table: Table, here: Served, name: str) -> tuple[int, dict[str, Any]]:
    """Of a function behind the API: the status of its answer, and the body."""
    answer = _invoke(table, here, name)
    return answer["statusCode"], json.loads(answer["body"])


def _path(name: str) -> Path:
    return ROOT / f"events/{re.sub('(?<=[a-z])(?=[A-Z])', '-', name).lower()}.json"


def _event(name: str) -> Any:
    return json.loads(_path(name).read_text())


def _ended(here: Served, scan: str) -> str:
    until = time.monotonic() + SCANNED_WITHIN_SECONDS
    while True:
        status = here.client("GET", scan)["status"]
        if status != "running" or time.monotonic() > until:
            return status
        time.sleep(0.3)


def _sort_keys(here: Served, tenant: str, connection: str) -> list[str]:
    """Of a connection's snapshots, oldest first."""
    variables = here.variables("TrimFunction")
    table = boto3.resource(
        "dynamodb", region_name=variables["AWS_REGION"], endpoint_url=variables["AWS_ENDPOINT_URL_DYNAMODB"],
        aws_access_key_id=variables["AWS_ACCESS_KEY_ID"], aws_secret_access_key=variables["AWS_SECRET_ACCESS_KEY"],
    ).Table(variables["SCANS_TABLE"])
    found = table.query(
        KeyConditionExpression=Key("pk").eq(f"{tenant}#{connection}") & Key("sk").begins_with("snapshot#")
    )
    return [item["sk"] for item in found["Items"]]


def _no_client(*_: object) -> Any:
    raise RuntimeError("nothing is deployed")


if __name__ == "__main__":
    interrupt_once()
    try:
        sys.exit(main(sys.argv[1:]))
    except NoDocker as reason:
        print(f"deployed/invoke: SKIPPED, nothing was run: {reason}.", file=sys.stderr)
        sys.exit(SKIPPED)
    except KeyboardInterrupt:
        print("deployed/invoke: stopped; all that it started is ended.", file=sys.stderr)
        sys.exit(1)
