"""What can be seen of the stack from outside: with an administrator's credentials, or with the owner's."""

import gzip
import json
import time
from datetime import datetime, timedelta, timezone
from typing import Any

from scene import Scene, until

FUNCTIONS = ["Connect", "Verify", "Query", "StartScan", "DueScans", "Plan", "ScanRegions", "Conclude", "Trim"]
ALARMS = [
    "ApiErrors", "DeadLetters", "FunctionErrors", "PackedPolicy", "ReferenceTampered", "ScansFailed", "StoredItemsUnreadable",
]
# Of the tier minimal; docs/security.md has the list.
CALLS = {"AssumeRole", "GetCallerIdentity", "DescribeRegions", "DescribeInstances", "ListBuckets"}


def stands(scene: Scene, but: tuple[str, ...] = ()) -> None:
    """What template.yaml asks for is there, and is wired; but for these alarms."""
    check, stack, broker = scene.table, scene.stack, scene.broker
    names = {one["LogicalResourceId"]: one["PhysicalResourceId"] for one in stack.resources()}
    functions = {name: broker("lambda").get_function_configuration(FunctionName=names[f"{name}Function"], Qualifier="live") for name in FUNCTIONS}
    check.equal("nine functions, by their alias `live`", {one["Runtime"] for one in functions.values()}, {"java25"})
    check.equal("… each with a role of its own", len({one["Role"] for one in functions.values()}), len(FUNCTIONS))
    check.equal("… with SnapStart", {one["SnapStart"]["ApplyOn"] for one in functions.values()}, {"PublishedVersions"})
    queue = broker("sqs").get_queue_url(QueueName=names["DeadLetters"].rsplit("/", 1)[1])["QueueUrl"]
    dead = broker("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    mappings = [
        mapping
        for name in ("TrimFunction", "VerifyFunction")
        for mapping in broker("lambda").list_event_source_mappings(FunctionName=names[name] + ":live")["EventSourceMappings"]
    ]
    given_up = [one["DestinationConfig"]["OnFailure"]["Destination"] for one in mappings]
    check.equal("what the stream gives up goes to the queue of dead letters", given_up, [dead, dead])
    schedule = broker("scheduler").get_schedule(Name=names["DueScansFunctionEveryFiveMinutes"])
    check.equal("… and what the schedule gives up", schedule["Target"]["DeadLetterConfig"]["Arn"], dead)
    alarms = {one["AlarmName"] for one in broker("cloudwatch").describe_alarms()["MetricAlarms"]}
    expected = [name for name in ALARMS if name not in but]
    check.equal("the alarms are there", [name for name in ALARMS if names.get(f"{name}Alarm") in alarms], expected)


def show_calls(scene: Scene) -> None:
    """The ledger of calls."""
    sessions = scene.tenant("GET", f"{scene.connection}/calls")["sessions"]
    named = {one["session"] for one in sessions}
    scene.table.check("GET …/calls has each kept scan's session", {*scene.scans[-5:]} <= named, f"{len(sessions)} sessions")
    made = {call["operation"] for one in sessions for call in one["calls"]}
    scene.table.equal("the published calls were made, and no other", made, CALLS)


def reconcile(scene: Scene) -> None:
    """The ledger is held against the events that CloudTrail recorded in the customer's account."""
    events = scene.customer.trail(scene.began)
    body = gzip.compress(json.dumps({"Events": events}, default=str).encode())
    # No emulator is late with its events, as CloudTrail may be.
    as_of = (datetime.now(timezone.utc) + timedelta(hours=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    path = f"{scene.connection}/calls/reconcile?asOf={as_of}"
    found = scene.tenant("POST", path, body, content_type="application/gzip").body
    seen = {key: found.get(key) for key in ("verdict", "matched", "assumptions")}
    scene.table.check("the ledger agrees with the account's CloudTrail", found.get("verdict") == "agrees", seen if found.get("verdict") == "agrees" else found)
    asked = found.get("assumptions", {})
    scene.table.equal("each AssumeRole had the published policy", asked.get("publishedPolicy"), asked.get("events"))
    left_out = [one for one in events if one["EventName"] != "DescribeInstances"]
    body = gzip.compress(json.dumps({"Events": left_out}, default=str).encode())
    found = scene.tenant("POST", path, body, content_type="application/gzip").body
    scene.table.equal("without the events of one operation it differs", found.get("verdict"), "differs")


def listen(scene: Scene, name: str) -> str:
    """A queue that hears what the stack's bus tells, as docs/operations.md has it; its address."""
    bus = f"{scene.stack.name}-connections"
    sqs, events = scene.broker("sqs"), scene.broker("events")
    queue = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    rule = events.put_rule(Name=name, EventBusName=bus, EventPattern=json.dumps({"source": ["cloudoperator"]}))["RuleArn"]
    policy = {"Version": "2012-10-17", "Statement": [{
        "Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sqs:SendMessage", "Resource": arn,
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}}}]}
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps(policy)})
    events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "1", "Arn": arn}])
    return queue


def heard(scene: Scene, queue: str) -> dict[str, Any] | None:
    """The first event that was heard, within half a minute."""
    sqs = scene.broker("sqs")
    found = until(lambda: sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=1).get("Messages"), 30)
    return json.loads(found[0]["Body"]) if found else None


def keep_logs_clean(scene: Scene, *more: str) -> None:
    """No log group of the stack holds an External ID, a role's ARN, a token or a client's secret."""
    logs = scene.broker("logs")
    lines: dict[str, list[str]] = {}
    # Logs arrive a little after what they tell of.
    time.sleep(2)
    for group in (one["PhysicalResourceId"] for one in scene.stack.resources() if one["ResourceType"] == "AWS::Logs::LogGroup"):
        events = logs.get_paginator("filter_log_events").paginate(logGroupName=group)
        lines[group] = [event["message"] for found in events for event in found["events"]]
    functions = [group for group in lines if group.startswith(f"/cloudoperator/{scene.stack.name}/") and lines[group]]
    scene.table.equal("each function has logged, in its own group", len(functions), len(FUNCTIONS))
    secrets = {*scene.secrets, *more}
    told = sorted({group for group, texts in lines.items() for text in texts for secret in secrets if secret in text})
    scene.table.equal(f"none of {len(secrets)} secrets is in {sum(map(len, lines.values()))} lines of logs", told, [])
