"""The stack: built and deployed by SAM CLI, as an operator does it, and asked what it made."""

import os
import signal
import subprocess
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any


class Stack:
    """A stack of template.yaml in the broker account."""

    template = "template.yaml"

    def __init__(self, name: str, root: Path, sam: Path, environment: dict[str, str], client: Callable[..., Any]):
        self.name = name
        self._root = root
        self.built = root / "deployed/target/built"
        self._sam = sam
        self._environment = environment
        self._client = client

    def build(self) -> None:
        """`sam build`, beside the operator's own .aws-sam."""
        self._run("build", "--config-env", "ci", "--build-dir", str(self.built))

    def deploy(self, **parameters: str) -> None:
        """`sam deploy` with these parameters, without a person."""
        self._run(
            "deploy", "--config-file", str(self._root / "samconfig.toml"), "--config-env", "ci", "--stack-name", self.name,
            "--template-file", str(self.built / self.template),
            "--parameter-overrides", *(f"{key}={value}" for key, value in parameters.items()),
        )
        self.__dict__.pop("outputs", None)

    def change(self, **parameters: str) -> None:
        """Other values of these parameters, by CloudFormation alone: nothing is packaged again."""
        cloudformation = self._client("cloudformation")
        now = cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]["Parameters"]
        kept = [one["ParameterKey"] for one in now if one["ParameterKey"] not in parameters]
        cloudformation.update_stack(
            StackName=self.name,
            UsePreviousTemplate=True,
            Parameters=[{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
            + [{"ParameterKey": key, "UsePreviousValue": True} for key in kept],
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
        )
        waiter = cloudformation.get_waiter("stack_update_complete")
        waiter.wait(StackName=self.name, WaiterConfig={"Delay": 2, "MaxAttempts": 300})

    def _run(self, *arguments: str) -> None:
        # In a session of its own, so that what it starts (make, Maven) can be ended with it.
        sam = subprocess.Popen(
            [self._sam, *arguments], cwd=self._root, env=self._environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )
        try:
            output, _ = sam.communicate()
        except BaseException:
            os.killpg(sam.pid, signal.SIGTERM)
            sam.wait()
            raise
        if sam.returncode != 0:
            raise RuntimeError(f"sam {arguments[0]} ended with {sam.returncode}:\n{output[-6000:]}")

    @cached_property
    def outputs(self) -> dict[str, str]:
        """What the stack says of itself."""
        stack = self._client("cloudformation").describe_stacks(StackName=self.name)["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    def resources(self) -> list[dict[str, Any]]:
        """What it made."""
        pages = self._client("cloudformation").get_paginator("list_stack_resources").paginate(StackName=self.name)
        return [resource for page in pages for resource in page["StackResourceSummaries"]]

    def physical(self, logical_id: str) -> str:
        """The name in AWS of a resource of the template."""
        return next(one["PhysicalResourceId"] for one in self.resources() if one["LogicalResourceId"] == logical_id)
