"""What all steps of the life share: who acts, on what, and how to wait for it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from customer import Customer
from http_api import Answer, Client
from lambda_api import Invoker
from stack import Stack
from table import Table

SCAN_SECONDS = 240


@dataclass
class Scene:
    """A deployed stack, two of its tenants, and the owner of another account."""

    table: Table
    root: Path
    stack: Stack
    tenant: Client | Invoker
    stranger: Client | Invoker
    customer: Customer
    # A client of boto3 in the broker's account, with an administrator's credentials.
    broker: Callable[..., Any]
    began: float = field(default_factory=time.time)
    secrets: set[str] = field(default_factory=set)
    connection: str = ""
    scans: list[str] = field(default_factory=list)

    def scan(self) -> dict[str, Any]:
        """Scans on demand, and waits for its end."""
        started = self.tenant("POST", f"{self.connection}/scans", {})
        if started.status != 202:
            raise RuntimeError(f"no scan was started: {started}")
        self.scans.append(started["scanId"])
        ended = until(lambda: self._ended(self.scans[-1]), SCAN_SECONDS)
        if ended is None:
            raise RuntimeError(f"the scan {self.scans[-1]} has not ended")
        return ended

    def _ended(self, scan: str) -> dict[str, Any] | None:
        answer = self.tenant("GET", f"{self.connection}/scans/{scan}")
        return None if answer.body.get("status") == "running" else answer.body

    def proven(self, connection: str, answer: Answer) -> Answer:
        """What came of a proof, once the role is tried no more: the problem in place of the connection if it failed."""
        while (answer.body.get("verification") or {}).get("status") == "verifying":
            time.sleep(int(answer.headers.get("retry-after", 1)))
            answer = self.tenant("GET", connection)
        failed = (answer.body.get("verification") or {}).get("problem")
        return replace(answer, status=failed["status"], body=failed) if failed else answer

    def history(self) -> list[dict[str, Any]]:
        """The snapshots that are kept, newest first."""
        return self.tenant("GET", f"{self.connection}/history")["snapshots"]

    def receipt(self, kind: str, answer: Answer) -> None:
        """Checks that a deletion was answered with a receipt that verifies."""
        here = answer.status == 200 and answer["receipt"]["kind"] == kind
        if self.table.check(f"{kind} is answered with a receipt", here, answer if not here else answer["receipt"]["deleted"]):
            checked = self.tenant("POST", "/receipts/verify", {"signature": answer["signature"]})
            self.table.check("… whose signature verifies", checked.body.get("receipt") == answer["receipt"], checked.body.get("reason", ""))

    def stored(self, prefix: str = "") -> list[str]:
        """The sort keys of this connection in the scans table that begin so, in their order."""
        partition = f"{self.tenant.subject}#{self.connection.rsplit('/', 1)[1]}"
        pages = self.broker("dynamodb").get_paginator("query").paginate(
            TableName=self.stack.physical("ScansTable"),
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": {"S": partition}},
            ConsistentRead=True,
        )
        keys = [item["sk"]["S"] for page in pages for item in page["Items"]]
        return [key for key in keys if key.startswith(prefix)]

    def item(self) -> dict[str, Any]:
        """The connection as it is stored."""
        found = self.broker("dynamodb").get_item(TableName=self.stack.physical("ConnectionsTable"), Key=self.key())
        return found.get("Item", {})

    def key(self) -> dict[str, Any]:
        """Of the connection's item."""
        return {"pk": {"S": self.tenant.subject}, "sk": {"S": self.connection.rsplit("/", 1)[1]}}


def until(ready: Callable[[], Any], seconds: float = 60) -> Any:
    """What is ready within this time, else None."""
    end = time.monotonic() + seconds
    while (found := ready()) is None and time.monotonic() < end:
        time.sleep(0.5)
    return found
