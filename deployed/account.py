"""Two real accounts of AWS, for `deployed/run --target aws`: one by this shell's credentials, the other by a role.

NOT RUN: whoever wrote this had no account of AWS. Its calls were made against the emulator alone.

Nothing that was there is touched: it refuses to begin where the stack, the role or the queue that it would make is there
already. In the end it deletes what it has made; `left` in README.md says what AWS keeps.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from customer import Customer
from http_api import Place
from names import HEARD, OPEN_ROLE, ROLE_STACK, STACK

# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: the longest that any role allows.
SESSION_SECONDS = 3600


class Refused(Exception):
    """Why nothing was begun."""


@dataclass(frozen=True)
class Accounts:
    """The broker's account and the customer's."""

    broker: str
    customer: str
    sessions: dict[str, boto3.Session]

    def client(self, account: str, service: str, region: str | None = None) -> Any:
        """A client of boto3, by default in the region of this shell."""
        return self.sessions[account].client(service, region_name=region)

    def place(self, url: str) -> Place:
        """Where an address is found that the stack puts out: there."""
        return Place(url)

    def initialize(self, account: str, functions: list[str]) -> None:
        """Nothing: AWS has initialized the versions when it published them."""

    def owner(self) -> Customer:
        """Of the customer's account, which is counted as it is: nothing is started in it."""
        return Owner(self.customer, lambda service, region=None: self.client(self.customer, service, region))

    def refuse_what_is_there(self) -> None:
        """Ends the run before it begins where one of its names is taken: it could not tell its own from yours."""
        if self.broker == self.customer:
            raise Refused("--role-arn is a role of the account of your own credentials")
        for account, what, look in [
            (self.broker, f"the stack {STACK}", lambda: self._stack(self.broker, STACK)),
            (self.broker, f"the queue {HEARD}", lambda: self.client(self.broker, "sqs").get_queue_url(QueueName=HEARD)),
            (self.customer, f"the stack {ROLE_STACK}", lambda: self._stack(self.customer, ROLE_STACK, "us-east-1")),
            (self.customer, f"the role {OPEN_ROLE}", lambda: self.client(self.customer, "iam").get_role(RoleName=OPEN_ROLE)),
        ]:
            if _there(look):
                raise Refused(f"{what} is in {account} already")

    def _stack(self, account: str, name: str, region: str | None = None) -> None:
        self.client(account, "cloudformation", region).describe_stacks(StackName=name)

    def undo(self) -> None:
        """Deletes what was made, whatever of it was; says what could not be deleted."""
        events, sqs = self.client(self.broker, "events"), self.client(self.broker, "sqs")
        bus = f"{STACK}-connections"
        for account, what, delete in [
            (self.customer, f"the role {OPEN_ROLE}", lambda: self.client(self.customer, "iam").delete_role(RoleName=OPEN_ROLE)),
            (self.customer, f"the stack {ROLE_STACK}", lambda: self._delete(self.customer, ROLE_STACK, "us-east-1")),
            (self.broker, f"the target of the rule {HEARD}", lambda: events.remove_targets(Rule=HEARD, EventBusName=bus, Ids=["1"])),
            (self.broker, f"the rule {HEARD}", lambda: events.delete_rule(Name=HEARD, EventBusName=bus)),
            (self.broker, f"the queue {HEARD}", lambda: sqs.delete_queue(QueueUrl=sqs.get_queue_url(QueueName=HEARD)["QueueUrl"])),
            (self.broker, f"the stack {STACK}", lambda: self._delete(self.broker, STACK)),
        ]:
            try:
                _there(delete)
            except Exception as failure:  # The rest is to be deleted all the same.
                print(f"deployed/run: {what} is left in {account}; delete it by hand: {failure}", file=sys.stderr)

    def _delete(self, account: str, name: str, region: str | None = None) -> None:
        cloudformation = self.client(account, "cloudformation", region)
        cloudformation.delete_stack(StackName=name)
        cloudformation.get_waiter("stack_delete_complete").wait(StackName=name)


class Owner(Customer):
    """The owner of an account that has what it has."""

    def fill(self) -> None:
        """Nothing: instances would be paid for."""

    def start_one_more(self, region: str) -> None:
        """Nothing, likewise."""


def _there(call: Callable[[], Any]) -> bool:
    """Whether what the call is about is there."""
    try:
        call()
    except ClientError as refused:
        code, message = refused.response["Error"]["Code"], refused.response["Error"]["Message"]
        if code in {"NoSuchEntity", "ResourceNotFoundException"} or code.endswith("NonExistentQueue") or "does not exist" in message:
            return False
        raise
    return True


@contextlib.contextmanager
def accounts(role_arn: str) -> Iterator[Accounts]:
    """Both, and in the end all that was made in them deleted."""
    try:
        here = _reached(role_arn)
        here.refuse_what_is_there()
    except (BotoCoreError, ClientError) as refused:  # No such profile, no credentials, a denial, no way to AWS.
        raise Refused(" ".join(str(refused).split()).rstrip(".")) from refused
    os.environ["SAM_CLI_TELEMETRY"] = "0"
    try:
        yield here
    finally:
        here.undo()


def _reached(role_arn: str) -> Accounts:
    own = boto3.Session()
    if not own.region_name:
        raise Refused("no region is set; AWS_DEFAULT_REGION, or the profile, has to say one")
    granted = own.client("sts").assume_role(RoleArn=role_arn, RoleSessionName="deployed-run", DurationSeconds=SESSION_SECONDS)["Credentials"]
    other = boto3.Session(granted["AccessKeyId"], granted["SecretAccessKey"], granted["SessionToken"], own.region_name)
    broker, customer = (session.client("sts").get_caller_identity()["Account"] for session in (own, other))
    return Accounts(broker, customer, {broker: own, customer: other})
