"""The audit tier: the same life, and an inventory of the account's APIs that is held against boto3's."""

from dataclasses import replace

import apis
import life
from scene import Scene

STACK = "cloudoperator-audit"


def live(scene: Scene) -> None:
    """A connection of its own, from its role to its purge."""
    table, customer = scene.table, scene.customer
    apis.make(customer)
    pending = scene.tenant("POST", "/connections", {"name": "audited", "tier": "audit"})
    scene.secrets.add(pending["externalId"])
    scene = replace(scene, connection=f"/connections/{pending['id']}", scans=[])
    role = life.launch(scene, pending, STACK, "customer/audit-role.yaml")
    table.equal("audit: the customer's stack makes one role, nothing else", customer.resources(STACK), ["AWS::IAM::Role"])
    proven = scene.proven(scene.connection, scene.tenant("PUT", f"{scene.connection}/role", {"roleArn": role}))
    if not table.check("audit: the role is proven", proven.status == 200 and proven["status"] == "active", proven.body):
        return
    _inventory(scene)
    _account(scene)
    _changes(scene)
    _look_up(scene)
    table.skip("audit: VPC links, routing rules of custom domains", "the emulator has neither: both lists are empty there")
    customer.delete(STACK)
    table.equal("audit: without the role a scan says so", scene.scan().get("failure", {}).get("code"), "role_revoked")
    scene.receipt("disconnect", scene.tenant("DELETE", scene.connection))
    scene.receipt("purge", scene.tenant("DELETE", f"{scene.connection}/data"))


def _inventory(scene: Scene) -> None:
    table = scene.table
    snapshot = scene.scan().get("snapshot", {})
    table.check("audit: a scan concludes, and has read everything", snapshot.get("coverage", {}).get("whole") is True, snapshot.get("coverage"))
    page = scene.tenant("GET", f"{scene.connection}/apis?limit=500")
    table.equal("audit: no service of any region is unread", page["summary"]["unread"], [])
    found = {one["id"]: {(route["method"], route["path"]): route["authorization"] for route in one["routes"]} for one in page["items"]}
    expected = apis.listed(scene.customer)
    table.equal("audit: the APIs are those that boto3 lists", sorted(found), sorted(expected))
    gateways = {name: routes for name, routes in expected.items() if routes}
    table.equal("… with the same routes, and what each asks of a caller", {name: found.get(name) for name in gateways}, gateways)
    open_to_all = scene.tenant("GET", f"{scene.connection}/apis?exposure=public&authorization=none&kind=rest")
    table.equal("… open to anybody: a REST API", [one["name"] for one in open_to_all["items"]], ["orders"])
    document = scene.tenant("GET", f"{scene.connection}/apis/openapi?api={open_to_all['items'][0]['id']}")
    table.equal("… and it is written as OpenAPI", list(document["paths"]), ["/orders"])


def _account(scene: Scene) -> None:
    checks = {one["point"]: one["result"] for one in scene.history()[0]["roleChecks"]}
    # No session of ours is longer than 900 seconds, so what the role would allow is not compared.
    expected = dict.fromkeys(checks, "holds") | {"session_duration": "unchecked"}
    scene.table.equal("audit: the role is as it was asked for", checks, expected)
    flags = {one["kind"] for one in scene.history()[0]["flags"]}
    scene.table.check("audit: an account without a trail is told of", "no_trail_of_all_regions" in flags, sorted(flags))


def _changes(scene: Scene) -> None:
    apis.add_one(scene.customer)
    scene.scan()
    changes = scene.tenant("GET", f"{scene.connection}/apis/changes")["changes"]
    scene.table.equal("audit: an API more is a change", [(one["change"], one["name"]) for one in changes], [("added", "invoices")])


def _look_up(scene: Scene) -> None:
    found = scene.tenant("POST", f"{scene.connection}/calls/lookup", {}).body
    # CloudTrail may be late by two hours, so it is too early to say that nothing is missing.
    agrees = found.get("verdict") in ("agrees", "too_early") and found["matched"]["calls"] > 0
    scene.table.check("audit: we find our own calls in the account's CloudTrail", agrees, found)
