"""Every way to grant the role, and to revoke it, as customer/README.md says: each in an account of its own, and the roles compared."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from emulator import Emulator
from http_api import Answer
from life import filled_in
from scene import Scene

ROLES = {"minimal": "CloudOperatorReadOnly", "audit": "CloudOperatorAudit"}
STACKS = {"minimal": "CloudOperator", "audit": "CloudOperatorAudit"}
# A local mirror of Terraform's providers, for machines that do not reach its registry.
MIRRORS = ("opt/*/registry.terraform.io", "usr/*/terraform/plugins/registry.terraform.io", "usr/local/*/terraform/plugins/registry.terraform.io")


class NotHere(Exception):
    """A way that cannot be tried on this machine; the message says why."""


@dataclass(frozen=True)
class Owner:
    """The owner of an account, at a shell."""

    account: str
    here: Emulator
    aws: Path
    root: Path

    def run(self, commands: str, folder: Path | None = None) -> str:
        """What the commands print. They end at the first that fails."""
        environment = {**os.environ, **self.here.environment(self.account), "AWS_EC2_METADATA_DISABLED": "true"}
        environment["PATH"] = f"{self.aws}:{environment['PATH']}"
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", commands], cwd=folder or self.root / "customer", env=environment,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{commands} ended with {done.returncode}: {done.stdout[-1500:]} {done.stderr[-3000:]}")
        return done.stdout

    def role(self, name: str) -> dict[str, Any]:
        """What IAM says of a role, but for what is a matter of wording alone."""
        iam = self.here.client(self.account, "iam")
        role = iam.get_role(RoleName=name)["Role"]
        inline = iam.list_role_policies(RoleName=name)["PolicyNames"]
        return {
            "trust": _statements(role["AssumeRolePolicyDocument"]),
            "policies": {each: _statements(iam.get_role_policy(RoleName=name, PolicyName=each)["PolicyDocument"]) for each in inline},
            "attached": [one["PolicyArn"] for one in iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]],
            "boundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
            "seconds": role["MaxSessionDuration"],
            "path": role["Path"],
        }

    def roles(self) -> list[str]:
        """The names of all that are in the account."""
        return [role["RoleName"] for role in self.here.client(self.account, "iam").list_roles()["Roles"]]


def compare(scene: Scene, here: Emulator, aws: Path) -> None:
    """Grants by each way, compares, and revokes by the same way."""
    owners = {
        name: Owner(f"77778888000{number}", here, aws, scene.root)
        for number, name in enumerate(("CloudFormation", "Terraform", "AWS CLI"))
    }
    for tier, name in ROLES.items():
        pending = scene.tenant("POST", "/connections", {"name": "ways", "tier": tier})
        scene.secrets.add(pending["externalId"])
        values = filled_in(scene, pending)
        roles = {}
        for way, granting in [
            ("CloudFormation", _by_cloudformation(owners["CloudFormation"], tier, values)),
            ("Terraform", _by_terraform(owners["Terraform"], tier, values)),
            ("AWS CLI", _by_commands(owners["AWS CLI"], tier, pending)),
        ]:
            owner = owners[way]
            try:
                with granting as arn:
                    scene.table.equal(f"{way} grants the role of the {tier} tier", arn, f"arn:aws:iam::{owner.account}:role/{name}")
                    roles[way] = owner.role(name)
                scene.table.equal("… and revokes it", name in owner.roles(), False)
            except NotHere as reason:
                scene.table.skip(f"{way} grants the role of the {tier} tier", str(reason))
        published = json.loads((scene.root / f"customer/{tier}-permissions.json").read_text())
        for way, role in roles.items():
            scene.table.equal(f"{way}'s role of the {tier} tier has the published policy", role["policies"], {name: _statements(published)})
            scene.table.equal("… and is CloudFormation's in all else", role, roles["CloudFormation"])
        scene.tenant("DELETE", f"/connections/{pending['id']}")


@contextmanager
def _by_cloudformation(owner: Owner, tier: str, values: dict[str, str]) -> Iterator[str]:
    text = _block(owner, "# The role that an account owner grants", tier).replace("minimal-role", f"{tier}-role")
    text = text.replace("--stack-name CloudOperator ", f"--stack-name {STACKS[tier]} ")
    before, _, rest = text.partition("ExternalId=")
    parameters = " ".join(f"{key}='{value}'" for key, value in values.items())
    yield owner.run(before + parameters + "\n" + rest.split("\n", 1)[1]).splitlines()[-1]
    owner.run(_block(owner, "### Granted with CloudFormation, by launch link, console or CLI", tier))


@contextmanager
def _by_terraform(owner: Owner, tier: str, values: dict[str, str]) -> Iterator[str]:
    if shutil.which("terraform") is None:
        raise NotHere("Terraform is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(owner.root / f"customer/{tier}-role.tf", folder)
        names = {"ExternalId": "external_id", "BrokerAccountId": "broker_account_id", "BrokerRolePattern": "broker_role_pattern"}
        lines = [f"{names[key]} = {json.dumps(value)}" for key, value in values.items()]
        (folder / "terraform.tfvars").write_text("\n".join(lines) + "\n")
        mirror = next((found.parent for pattern in MIRRORS for found in Path("/").glob(pattern)), None)
        try:
            owner.run("terraform init -input=false" + (f" -plugin-dir={mirror}" if mirror else ""), folder)
        except RuntimeError as failure:
            raise NotHere(f"its AWS provider cannot be had: {str(failure)[-300:]}") from None
        owner.run("terraform apply -input=false -auto-approve", folder)
        # 2 if anything were to change.
        owner.run("terraform plan -input=false -detailed-exitcode", folder)
        yield owner.run("terraform output -raw role_arn", folder)
        owner.run("terraform destroy -input=false -auto-approve", folder)


@contextmanager
def _by_commands(owner: Owner, tier: str, pending: Answer) -> Iterator[str]:
    yield owner.run("\n".join(pending["role"]["cliCommands"])).splitlines()[-1]
    owner.run(_block(owner, "### Granted with the AWS CLI", tier))


def _block(owner: Owner, heading: str, tier: str) -> str:
    """The first commands under that heading of customer/README.md; of those for both tiers, this one's."""
    text = (owner.root / "customer/README.md").read_text().split(heading + "\n", 1)[1]
    block = text.split("```sh\n", 1)[1].split("```", 1)[0]
    if "# audit\n" not in block:
        return block
    minimal, audit = block.split("# audit\n")
    return audit if tier == "audit" else minimal


def _statements(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Without what only names a statement, and whatever the order of actions."""
    return [
        {key: sorted(value) if isinstance(value, list) else [value] for key, value in statement.items() if key != "Sid"}
        for statement in document["Statement"]
    ]
