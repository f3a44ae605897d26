"""The customer: another account, with something in it, and its owner's own copy of the template."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from names import OPEN_ROLE

INSTANCES = {"us-east-1": 7, "eu-central-1": 4, "ap-southeast-2": 3}
BUCKETS = {"us-east-1": 2, "eu-west-1": 1}


class Customer:
    """Acts with the owner's credentials, by boto3 alone: nothing of ours counts or grants here."""

    def __init__(self, account: str, client: Callable[..., Any]):
        self.account = account
        self.client = client

    def fill(self) -> None:
        """Instances of several regions, stopped ones among them, and buckets."""
        for region, count in INSTANCES.items():
            ec2 = self.client("ec2", region)
            started = ec2.run_instances(
                ImageId="ami-00000000000000000", InstanceType="t3.micro", MinCount=count, MaxCount=count
            )["Instances"]
            ids = [instance["InstanceId"] for instance in started]
            ec2.stop_instances(InstanceIds=ids[:1])
        s3 = self.client("s3", "us-east-1")
        for region, count in BUCKETS.items():
            for number in range(count):
                place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
                s3.create_bucket(Bucket=f"cloudoperator-{self.account}-{region}-{number}", **place)

    def regions(self) -> list[str]:
        """Those that are enabled."""
        return [one["RegionName"] for one in self.client("ec2", "us-east-1").describe_regions()["Regions"]]

    def start_one_more(self, region: str) -> None:
        """An instance more than before."""
        self.client("ec2", region).run_instances(ImageId="ami-0", InstanceType="t3.micro", MinCount=1, MaxCount=1)

    def instances(self) -> dict[str, dict[str, int]]:
        """What boto3 counts, by region and state, in every enabled region."""
        counted: dict[str, dict[str, int]] = {}
        for region in self.regions():
            pages = self.client("ec2", region).get_paginator("describe_instances").paginate()
            counted[region] = dict(
                Counter(
                    instance["State"]["Name"]
                    for page in pages
                    for reservation in page["Reservations"]
                    for instance in reservation["Instances"]
                )
            )
        return counted

    def buckets(self) -> int:
        """What boto3 counts."""
        return len(self.client("s3", "us-east-1").list_buckets()["Buckets"])

    def launch(self, stack: str, template: Path, parameters: dict[str, str]) -> str:
        """Launches the template as its owner would, by CloudFormation; the role's ARN."""
        cloudformation = self.client("cloudformation", "us-east-1")
        cloudformation.create_stack(
            StackName=stack,
            TemplateBody=template.read_text(),
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            Capabilities=["CAPABILITY_NAMED_IAM"],
        )
        cloudformation.get_waiter("stack_create_complete").wait(
            StackName=stack, WaiterConfig={"Delay": 1, "MaxAttempts": 300}
        )
        outputs = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
        return {output["OutputKey"]: output["OutputValue"] for output in outputs}["RoleArn"]

    def open_role(self, broker: str) -> str:
        """A role that the broker may assume without an External ID; its ARN."""
        return self._role(OPEN_ROLE, {"AWS": f"arn:aws:iam::{broker}:root"})

    def role_for_functions(self) -> str:
        """A role of the customer's own, for a function of theirs; its ARN."""
        return self._role("hook", {"Service": "lambda.amazonaws.com"})

    def _role(self, name: str, principal: dict[str, str]) -> str:
        trust = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        made = self.client("iam", "us-east-1").create_role(RoleName=name, AssumeRolePolicyDocument=document)
        return made["Role"]["Arn"]

    def resources(self, stack: str) -> list[str]:
        """The types of what the stack has made."""
        listed = self.client("cloudformation", "us-east-1").describe_stack_resources(StackName=stack)
        return [resource["ResourceType"] for resource in listed["StackResources"]]

    def delete(self, stack: str) -> None:
        """What an owner does who revokes."""
        cloudformation = self.client("cloudformation", "us-east-1")
        cloudformation.delete_stack(StackName=stack)
        cloudformation.get_waiter("stack_delete_complete").wait(
            StackName=stack, WaiterConfig={"Delay": 1, "MaxAttempts": 300}
        )

    def trail(self, since: float) -> list[dict[str, Any]]:
        """Every event that CloudTrail recorded in the account since then (seconds of the epoch), of all regions."""
        events = []
        for region in self.regions():
            pages = self.client("cloudtrail", region).get_paginator("lookup_events").paginate(StartTime=since)
            events += [event for page in pages for event in page["Events"]]
        return events
