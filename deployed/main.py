"""What deployed/run runs: Docker, the image, the build, the emulator, the deployment, the life; and all of it undone."""

import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import account
import arguments
import audit
import evidence
import life
import localstack
import people
import ways
from clients import Clients
from customer import Customer
from emulator import BROKER, Emulator, emulator
from engine import NoDocker, docker
from image import ARCHITECTURE, provide
from names import STACK
from scene import Scene
from signals import interrupt_once
from stack import Stack
from table import Table

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "deployed/target"
CUSTOMER = "444455556666"
SKIPPED = 77


def main(said: list[str]) -> int:
    """The exit code."""
    asked = arguments.of_run(said)
    table = Table()
    with ExitStack() as running:
        if asked.target == "aws":
            accounts = running.enter_context(account.accounts(asked.role_arn))
            table.say(f"deploying into {accounts.broker}; the customer is {accounts.customer}")
            broker = partial(accounts.client, accounts.broker)
            stack = Stack(STACK, ROOT, TARGET / "sam/bin/sam", dict(os.environ), broker)
            return _deployed(asked, table, partial(_live, table, accounts, stack, broker, accounts.owner()), stack, "arm64")
        table.say("starting Docker Engine, unless it runs")
        engine = running.enter_context(docker(TARGET / "dockerd.log"))
        if asked.target == "localstack":
            table.say("starting LocalStack")
            here = running.enter_context(localstack.localstack(engine, ROOT / "deployed/localstack.yaml"))
            return _on(asked, table, here, localstack.Part, localstack.live)
        table.say("providing the image of java25")
        table.say(f"functions run in {provide(engine, ROOT, Path(os.environ['JAVA_HOME']))}")
        here = running.enter_context(emulator(engine, TARGET / "emulator.log"))
        return _on(asked, table, here, Stack, _live)


def _on(asked: Namespace, table: Table, here: Emulator, stack: type[Stack], live: Callable[..., None]) -> int:
    broker = partial(here.client, BROKER)
    made = stack("cloudoperator", ROOT, TARGET / "sam/bin/sam", {**os.environ, **here.environment(BROKER)}, broker)
    customer = Customer(CUSTOMER, partial(here.client, CUSTOMER))
    return _deployed(asked, table, partial(live, table, here, made, broker, customer), made, ARCHITECTURE)


def _deployed(asked: Namespace, table: Table, live: Callable[[], None], stack: Stack, architecture: str) -> int:
    if not asked.built:
        table.say("sam build")
        stack.build()
    table.say("sam deploy")
    stack.deploy(Architecture=architecture, LogRetentionDays="1")
    try:
        live()
    except Exception as failure:  # A step on which others rest: it is a row, and the sums are printed.
        traceback.print_exc()
        table.check("the life was lived to its end", False, repr(failure))
    return 0 if table.close() else 1


def _live(table: Table, here: Emulator | account.Accounts, stack: Stack, broker: Callable[..., Any], customer: Customer) -> None:
    clients = Clients(stack, here.place, broker)
    stranger_id, stranger_secret = clients.add("stranger")
    table.say("updating the stack: another tenant's client, and the console's address")
    stack.change(JwtAudience=stranger_id, ConsoleUrl=stack.outputs["ApiUrl"])
    table.say("initializing the functions")
    here.initialize(BROKER, [stack.physical(f"{name}Function") for name in evidence.FUNCTIONS])
    own_id, own_secret = clients.own()
    tenant, stranger = clients.token(own_id, own_secret), clients.token(stranger_id, stranger_secret)
    customer.fill()
    scene = Scene(table, ROOT, stack, tenant, stranger, customer, broker)

    evidence.stands(scene)
    life.refuse_strangers(scene)
    life.refuse_without_scope(scene, clients.token(own_id, own_secret, "cloudoperator/read"))
    pending = life.create(scene)
    role = life.launch(scene, pending)
    life.prove(scene, role)
    life.refuse_others(scene, role)
    table.say("six scans")
    life.scan_and_count(scene)
    life.keep_five_of_six(scene)
    table.say("waiting for the schedule")
    life.fire_the_schedule(scene)
    evidence.show_calls(scene)
    if isinstance(here, Emulator):
        evidence.reconcile(scene)
    else:
        table.skip("the ledger agrees with the account's CloudTrail", "its events may be 15 minutes late: ./cloudoperator reconcile, later")
    life.isolate_tenants(scene)
    people.see_the_console(scene)
    if isinstance(here, Emulator):
        table.say("a person signs in")
        people.live(scene, here.place)
    else:
        table.skip("a person signs in", "the pages of managed login are for a browser, and its person: docs/operations.md says how")
    life.revoke(scene)
    life.restore(scene, pending)
    life.disconnect(scene)
    life.purge(scene)
    if isinstance(here, Emulator):
        table.say("the audit tier")
        audit.live(scene)
        table.say("every way to grant the role")
        ways.compare(scene, here, TARGET / "aws/bin")
    else:
        table.skip("the audit tier, and every way to grant the role", "each would make more in somebody's account")
    life.leave_nothing(scene)
    evidence.keep_logs_clean(scene, own_secret, stranger_secret, tenant.token, stranger.token)


if __name__ == "__main__":
    interrupt_once()
    try:
        sys.exit(main(sys.argv[1:]))
    except account.Refused as reason:
        print(f"deployed/run: nothing was begun: {reason}.", file=sys.stderr)
        sys.exit(2)
    except NoDocker as reason:
        print(f"deployed/run: SKIPPED, nothing was deployed: {reason}.", file=sys.stderr)
        sys.exit(SKIPPED)
    except KeyboardInterrupt:
        print("deployed/run: stopped; all that it started is ended.", file=sys.stderr)
        sys.exit(1)
