"""The life of a connection, over HTTP alone: each step is what a client, an owner or the schedule does."""

import json
import re

from evidence import heard, listen
from http_api import Answer, Client
from names import HEARD, ROLE_STACK
from scene import Scene, until

# As customer/minimal-role.yaml wants it.
EXTERNAL_ID = re.compile(r"cloudoperator-[A-Za-z0-9_-]{43}")


def refuse_strangers(scene: Scene) -> None:
    """What API Gateway does before any function is called."""
    check, api = scene.table, scene.tenant.api
    check.equal("GET /health needs no token", api.ask("GET", "/health", {}, None).status, 200)
    check.equal("GET /connections without a token", api.ask("GET", "/connections", {}, None).status, 401)
    forged = scene.tenant.token.rsplit(".", 1)[0] + ".AAAA"
    check.equal("… with a token of another signature", Client(api, forged)("GET", "/connections").status, 401)
    check.equal("… with one of the stack's user pool", scene.tenant("GET", "/connections").status, 200)


def refuse_without_scope(scene: Scene, reader: Client) -> None:
    """A token that may read, and not write."""
    scene.table.equal("a token with the scope read may read", reader("GET", "/connections").status, 200)
    scene.table.equal("… and may not write", reader("POST", "/connections", {"name": "no"}).status, 403)


def create(scene: Scene) -> Answer:
    """A pending connection."""
    pending = scene.tenant("POST", "/connections", {"name": "deployed"})
    scene.table.equal("POST /connections", pending.status, 201)
    scene.secrets.add(pending["externalId"])
    scene.table.check("its External ID is 256 random bits of ours", bool(EXTERNAL_ID.fullmatch(pending["externalId"])))
    scene.connection = f"/connections/{pending['id']}"
    return pending


def launch(scene: Scene, pending: Answer, stack: str = ROLE_STACK, template: str = "customer/minimal-role.yaml") -> str:
    """The owner launches the template as it is; the role's ARN."""
    role = scene.customer.launch(stack, scene.root / template, filled_in(scene, pending))
    scene.secrets.add(role)
    return role


def filled_in(scene: Scene, pending: Answer) -> dict[str, str]:
    """The parameters that every template of customer/ asks for."""
    outputs = scene.stack.outputs
    return {
        "ExternalId": pending["externalId"],
        "BrokerAccountId": outputs["BrokerAccount"],
        "BrokerRolePattern": outputs["BrokerRolePattern"],
    }


def prove(scene: Scene, role: str) -> None:
    """The evaluator of AWS, or of the emulator, denies the probes."""
    scene.table.equal("the customer's stack makes one role, nothing else", scene.customer.resources(ROLE_STACK), ["AWS::IAM::Role"])
    proven = scene.proven(scene.connection, scene.tenant("PUT", f"{scene.connection}/role", {"roleArn": role}))
    scene.table.check("PUT …/role proves the role", proven.status == 200 and proven["status"] == "active", proven.body)
    probes = {one["attempt"]: one["allowed"] for one in (proven.body.get("proof") or {}).get("probes", [])}
    scene.table.equal(
        "assumed with the External ID, denied without it and with another",
        probes,
        {"with_external_id": True, "without_external_id": False, "with_another_external_id": False},
    )


def refuse_others(scene: Scene, role: str) -> None:
    """A role that asks for no External ID, and one that asks for another's."""
    open_role = scene.customer.open_role(scene.stack.outputs["BrokerAccount"])
    twin = scene.tenant("POST", "/connections", {"name": "twin"})
    scene.secrets.update({twin["externalId"], open_role})
    for what, arn, code in [
        ("a role that needs no External ID is refused", open_role, "confused_deputy"),
        ("a role that needs another's External ID is refused", role, "role_not_assumable"),
    ]:
        path = f"/connections/{twin['id']}"
        refused = scene.proven(path, scene.tenant("PUT", f"{path}/role", {"roleArn": arn}))
        scene.table.equal(what, (refused.status, refused.code), (422, code))
    scene.tenant("DELETE", f"/connections/{twin['id']}")


def scan_and_count(scene: Scene) -> None:
    """What the snapshot says is what boto3 counts."""
    snapshot = scene.scan().get("snapshot", {})
    if not scene.table.check("a scan concludes, and has read everything", snapshot.get("coverage", {}).get("whole") is True, snapshot.get("coverage")):
        return
    counted = scene.customer.instances()
    regions = {one["region"]: one.get("instances", {}).get("byState", {}) for one in snapshot["regions"]}
    scene.table.equal("of every region that boto3 sees", sorted(regions), sorted(counted))
    nonzero = {region: {state: n for state, n in states.items() if n} for region, states in regions.items()}
    scene.table.check("instances by region and state are boto3's", nonzero == counted, {k: v for k, v in counted.items() if v})
    scene.table.equal("buckets are boto3's", snapshot["buckets"]["counts"]["total"], scene.customer.buckets())


def keep_five_of_six(scene: Scene) -> None:
    """Five more scans; then the function of the table's stream deletes the oldest snapshot."""
    scene.customer.start_one_more("eu-central-1")
    for _ in range(5):
        last = scene.scan()
    counted = sum(sum(states.values()) for states in scene.customer.instances().values())
    scene.table.equal("an instance more is counted", last["snapshot"]["totals"]["instances"]["total"], counted)
    scene.table.equal("the history has the five newest of six, newest first", [one["scanId"] for one in scene.history()], scene.scans[:0:-1])
    left = [f"snapshot#{scan}" for scan in scene.scans[1:]]
    until(lambda: True if scene.stored("snapshot#") == left else None)
    scene.table.equal("the stream's function has deleted the sixth", scene.stored("snapshot#"), left)


def make_due(scene: Scene) -> None:
    """Its next scan is one of long ago."""
    scheduled = scene.tenant("PUT", f"{scene.connection}/schedule", {"schedule": "daily"})
    scene.table.check("PUT …/schedule says when the next scan is", bool(scheduled.body.get("nextScanAt")), scheduled.body.get("nextScanAt"))
    scene.broker("dynamodb").update_item(
        TableName=scene.stack.physical("ConnectionsTable"),
        Key=scene.key(),
        UpdateExpression="SET nextScanAt = :past",
        ExpressionAttributeValues={":past": {"S": "2026-01-01T00:00:00.000Z"}},
    )


def fire_the_schedule(scene: Scene) -> None:
    """The schedule, and no call of ours, starts a scan that is due."""
    make_due(scene)
    # The same schedule, sooner: nobody waits five minutes for it here.
    scheduler = scene.broker("scheduler")
    name = scene.stack.physical("DueScansFunctionEveryFiveMinutes")
    schedule = scheduler.get_schedule(Name=name)
    kept = ("Name", "FlexibleTimeWindow", "Target", "State", "Description")
    scheduler.update_schedule(**{key: schedule[key] for key in kept if key in schedule}, ScheduleExpression="rate(1 minute)")
    fired = until(lambda: next((one for one in scene.history() if one["trigger"] == "schedule"), None), 180)
    scene.table.check("the schedule fires, and what is due is scanned", fired is not None, fired and fired["scanId"])
    if fired:
        scene.scans.append(fired["scanId"])


def isolate_tenants(scene: Scene) -> None:
    """Another client of the same user pool is another tenant."""
    scene.table.equal("another tenant's list is empty", scene.stranger("GET", "/connections").body, {"connections": []})
    for method, path in [
        ("GET", ""), ("GET", "/history"), ("GET", "/calls"), ("GET", f"/scans/{scene.scans[-1]}"),
        ("POST", "/scans"), ("POST", "/verify"), ("DELETE", "/data"), ("DELETE", ""),
    ]:
        answer = scene.stranger(method, scene.connection + path)
        scene.table.equal(f"another tenant's {method} …{path[:7]}", (answer.status, answer.code), (404, "not_found"))


def revoke(scene: Scene) -> None:
    """The owner deletes the role: told apart from a fault of ours by the canary, and published."""
    queue = listen(scene, HEARD)
    scene.customer.delete(ROLE_STACK)
    failed = scene.scan()
    scene.table.equal("without the role a scan fails and says why", failed.get("failure", {}).get("code"), "role_revoked")
    scene.table.equal("the connection is revoked", scene.tenant("GET", scene.connection)["status"], "revoked")
    scene.table.equal("its results stay readable", len(scene.history()), 5)
    told = heard(scene, queue)
    scene.table.check("the bus tells of it", bool(told) and told["detail-type"] == "Connection Revoked", told)


def restore(scene: Scene, pending: Answer) -> None:
    """The owner launches the template again."""
    launch(scene, pending)
    verified = scene.proven(scene.connection, scene.tenant("POST", f"{scene.connection}/verify", {}))
    scene.table.equal("the role is back: POST …/verify", (verified.status, verified.body.get("status")), (200, "active"))
    scene.scan()


def disconnect(scene: Scene) -> None:
    """The role reference is gone at once; results stay."""
    scene.receipt("disconnect", scene.tenant("DELETE", scene.connection))
    left = scene.item()
    scene.table.check("no part of the role reference is stored", bool(left) and not {"dataKey", "nonce", "ciphertext"} & set(left), sorted(left))
    refused = scene.tenant("POST", f"{scene.connection}/scans", {})
    scene.table.equal("it cannot be scanned again", (refused.status, refused.code), (409, "connection_disconnected"))
    scene.table.equal("its results stay", len(scene.history()), 5)


def purge(scene: Scene) -> None:
    """Nothing of it is left."""
    scene.receipt("purge", scene.tenant("DELETE", f"{scene.connection}/data"))
    scene.table.equal("nothing of it is in the scans table", scene.stored(), [])
    gone = scene.tenant("GET", scene.connection)
    scene.table.equal("the connection is gone", (gone.status, gone.code), (404, "not_found"))


def leave_nothing(scene: Scene) -> None:
    """A tenant's end."""
    scene.secrets.add(scene.tenant("POST", "/connections", {"name": "left"})["externalId"])
    scene.receipt("tenant_purge", scene.tenant("DELETE", "/tenant"))
    tables = [scene.stack.physical(table) for table in ("ConnectionsTable", "ScansTable")]
    pages = [page for table in tables for page in scene.broker("dynamodb").get_paginator("scan").paginate(TableName=table)]
    left = [item for page in pages for item in page["Items"]]
    # A deletion that is repeated within a day is answered with the same receipt.
    others = [item for item in left if not item["sk"]["S"].startswith("deletion#") or "ttl" not in item]
    scene.table.equal("both tables hold the receipts' texts for a day, and nothing else", others, [])
    told = [secret for secret in scene.secrets if secret in json.dumps(left, default=str)]
    scene.table.equal("… in which there is no External ID and no role", told, [])
