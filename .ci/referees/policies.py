"""The policy evaluator of the sample AWS beside the one of ministack, on policies and requests that are made up, the same in each run."""

import json
import random
import subprocess

from ministack.core import iam_evaluator

SEED = 20261
IDENTITY, TRUST = 2000, 1000

ACCOUNT, OTHER = "111122223333", "444455556666"
ROLE = f"arn:aws:iam::{OTHER}:role/CloudOperatorReadOnly"
CALLERS = {
  f"arn:aws:iam::{ACCOUNT}:user/someone": f"arn:aws:iam::{ACCOUNT}:user/someone",
  f"arn:aws:sts::{ACCOUNT}:assumed-role/Scanner/scan-1": f"arn:aws:iam::{ACCOUNT}:role/Scanner",
}
REGIONS = ["us-east-1", "eu-central-1", "me-south-1"]
ACTIONS = {
  "ec2:DescribeInstances": ["*"],
  "ec2:DescribeRegions": ["*"],
  "ec2:TerminateInstances": [f"arn:aws:ec2:us-east-1:{ACCOUNT}:instance/i-0123456789abcdef0"],
  "s3:ListAllMyBuckets": ["*"],
  "s3:GetObject": ["arn:aws:s3:::Reports/2026/a.csv", "arn:aws:s3:::reports"],
  "apigateway:GET": ["arn:aws:apigateway:us-east-1::/restapis", "arn:aws:apigateway:eu-central-1::/apikeys/abc"],
  "lambda:ListFunctionUrlConfigs": [f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:a"],
  "iam:GetRole": [f"arn:aws:iam::{ACCOUNT}:role/CloudOperatorReadOnly", f"arn:aws:iam::{ACCOUNT}:role/path/Other"],
  "kms:Decrypt": [f"arn:aws:kms:us-east-1:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
  "sts:AssumeRole": [ROLE],
}
ACTION_PATTERNS = [
  *ACTIONS, "*", "ec2:*", "EC2:describe*", "ec2:Describe*s", "ec2:Describe???????s", "s3:*", "s3:List*", "s3:Get?bject", "s3:getobject", "iam:Get*",
  "apigateway:*", "apigateway:GE?", "lambda:List*", "kms:*", "kms:?ecrypt", "sts:*", "sts:Assume*", "ec2:*Instances", "logs:*",
]  # fmt: skip
RESOURCE_PATTERNS = [
  *[resource for resources in ACTIONS.values() for resource in resources], "*", "arn:aws:s3:::*", "arn:aws:s3:::reports/*", "arn:aws:s3:::Reports/*",
  "arn:aws:s3:::Report?/????/*.csv", "arn:aws:ec2:*:*:instance/*", f"arn:aws:*:*:{ACCOUNT}:*", "arn:aws:apigateway:*::/*", "arn:aws:apigateway:us-east-?::/restapis*",
  f"arn:aws:iam::{ACCOUNT}:role/*", f"arn:aws:iam::{ACCOUNT}:role/cloudoperator*", "arn:aws:kms:*", "arn:*",
]  # fmt: skip
VALUES = {
  "aws:RequestedRegion": [*REGIONS, "eu-*", "US-EAST-1", "??-east-1", "*"],
  "aws:PrincipalArn": [*CALLERS.values(), f"arn:aws:iam::{ACCOUNT}:role/*", "arn:aws:iam::*:user/some*", "arn:aws:iam::*", "*"],
  "aws:PrincipalAccount": [ACCOUNT, OTHER, "1111*"],
  "aws:userid": ["AIDAEXAMPLE", "AROAEXAMPLE:scan-1", "AROAEXAMPLE:*"],
  "aws:SecureTransport": ["true", "false"],
  "aws:MultiFactorAuthPresent": ["true", "false"],
  "sts:ExternalId": ["Right-1", "right-1", "Right-?", "*", "wrong"],
  "sts:RoleSessionName": ["cloudoperator-1", "cloudoperator-*", "other"],
  "sts:SourceIdentity": ["someone", "some*"],
  "kms:EncryptionContext:tenant": ["acme", "ACME", "a*"],
}
# Keys that templates write in other letters are the same keys.
STRINGS = ["StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike", "stringequals"]
ARNS = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"]
PRINCIPALS = [
  *CALLERS, *CALLERS.values(), f"arn:aws:iam::{ACCOUNT}:root", ACCOUNT, f"arn:aws:iam::{OTHER}:root", OTHER, "*", f"arn:aws:iam::{ACCOUNT}:user/else",
]  # fmt: skip


def some(chance, values, most=3):
  chosen = chance.sample(values, chance.randint(1, most))
  return chosen[0] if len(chosen) == 1 and chance.random() < 0.5 else chosen


def conditions(chance, often):
  made = {}
  while chance.random() < often:
    key = chance.choice(list(VALUES))
    if chance.random() < 0.15:
      operator, values = "Null", chance.choice(["true", "false"])
    elif key in ("aws:SecureTransport", "aws:MultiFactorAuthPresent"):
      operator, values = chance.choice(["Bool", "BoolIfExists"]), chance.choice(["true", "false"])
    else:
      operators = ARNS if key == "aws:PrincipalArn" and chance.random() < 0.7 else STRINGS
      operator = chance.choice(operators) + chance.choice(["", "", "IfExists"])
      values = some(chance, VALUES[key], 2)
    made.setdefault(operator, {})[chance.choice([key, key, key.lower()])] = values
  return {"Condition": made} if made else {}


def statement(chance, action, resource, allow=0.75):
  patterns = [each for each in ACTION_PATTERNS if chance.random() < 0.5 or each.split(":")[0].lower() in ("*", action.split(":")[0])]
  resources = ["*", "*", resource, *RESOURCE_PATTERNS]
  return {
    "Effect": "Allow" if chance.random() < allow else "Deny",
    "NotAction" if chance.random() < 0.15 else "Action": some(chance, patterns),
    "NotResource" if chance.random() < 0.15 else "Resource": "*" if chance.random() < 0.4 else some(chance, resources),
  } | conditions(chance, 0.35)


def policy(chance, action, resource, allow=0.75):
  return {"Version": "2012-10-17", "Statement": [statement(chance, action, resource, allow) for _ in range(chance.randint(1, 3))]}


ALL = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}


def request(chance, action):
  caller, principal = chance.choice(list(CALLERS.items()))
  keys = {
    "aws:requestedregion": chance.choice(REGIONS),
    "aws:principalarn": principal,
    "aws:principalaccount": ACCOUNT,
    "aws:userid": "AROAEXAMPLE:scan-1" if ":assumed-role/" in caller else "AIDAEXAMPLE",
    "aws:securetransport": "true",
  }
  if action == "sts:AssumeRole":
    keys["sts:rolesessionname"] = chance.choice(["cloudoperator-1", "other"])
    keys |= {"sts:externalid": chance.choice(["Right-1", "wrong"])} if chance.random() < 0.8 else {}
    keys |= {"sts:sourceidentity": "someone"} if chance.random() < 0.3 else {}
  if action == "kms:Decrypt":
    keys |= {"kms:encryptioncontext:tenant": "acme"} if chance.random() < 0.8 else {}
  return {"account": ACCOUNT, "caller": caller, "action": action, "resource": chance.choice(ACTIONS[action]), "keys": keys}


def identity_case(chance):
  asked = request(chance, chance.choice(list(ACTIONS)))
  about = asked["action"], asked["resource"]

  def limit(often):
    return policy(chance, *about, 0.85) if chance.random() < often else None

  return asked | {
    "serviceControl": [ALL] + ([policy(chance, *about, 0.2)] if chance.random() < 0.2 else []),
    "permissions": [policy(chance, *about) for _ in range(chance.randint(1, 2))],
    "boundary": limit(0.25),
    "session": limit(0.35),
  }


def trust_case(chance):
  asked = request(chance, "sts:AssumeRole")
  owner = chance.choice([ACCOUNT, OTHER])
  asked["resource"] = f"arn:aws:iam::{owner}:role/CloudOperatorReadOnly"

  def trusts():
    external = {"StringEquals": {"sts:ExternalId": "Right-1"}} if chance.random() < 0.5 else conditions(chance, 0.5).get("Condition")
    principal = "*" if chance.random() < 0.1 else {"AWS": some(chance, PRINCIPALS, 2)}
    action = {"NotAction": "sts:SetSourceIdentity"} if chance.random() < 0.1 else {"Action": some(chance, ["sts:AssumeRole", "sts:*", "sts:assumerole", "sts:TagSession"], 2)}
    effect = "Allow" if chance.random() < 0.8 else "Deny"
    return {"Effect": effect, "Principal": principal} | action | ({"Condition": external} if external else {})

  return asked | {
    "serviceControl": [ALL],
    "permissions": [ALL if chance.random() < 0.6 else policy(chance, asked["action"], asked["resource"])],
    "boundary": policy(chance, asked["action"], asked["resource"], 0.85) if chance.random() < 0.15 else None,
    "session": policy(chance, asked["action"], asked["resource"], 0.85) if chance.random() < 0.15 else None,
    "trust": {"Version": "2012-10-17", "Statement": [trusts() for _ in range(chance.randint(1, 3))]},
  }


def cases():
  chance = random.Random(SEED)
  return [identity_case(chance) for _ in range(IDENTITY)] + [trust_case(chance) for _ in range(TRUST)]


def theirs(case):
  keys = case["keys"]
  context = iam_evaluator.EvalContext(
    # In a trust policy it is whom a statement may name, else the value of aws:PrincipalArn.
    principal_arn=case["caller"] if "trust" in case else keys["aws:principalarn"],
    principal_type="AssumedRole" if ":assumed-role/" in case["caller"] else "User",
    principal_account=case["account"],
    action=case["action"],
    resource_arn=case["resource"],
    region=keys["aws:requestedregion"],
    secure_transport=True,
    service_context=keys,
  )
  parsed = iam_evaluator.parse_policy_document
  limits = [[parsed(case[kind])] for kind in ("boundary", "session") if case[kind]]
  # It knows no service control policies; FullAWSAccess beside another one leaves of that its denials.
  denying = [[each for each in parsed(document) if each.effect == "Deny"] for document in case["serviceControl"]]
  own = iam_evaluator.evaluate(context, [parsed(each) for each in case["permissions"]], *limits, [parsed(ALL), *denying])
  if "trust" in case:
    owner = case["resource"].split(":")[4]
    # As for a KMS key, the document of the role itself must allow, within its account too.
    own = iam_evaluator.combine_resource_policy(own, context, case["trust"], owner, required=True, limits=tuple(limits))
  return own.decision


def differences(root, java):
  """How many decisions were compared, and what differs: number → (ours, theirs, the case)."""
  made = cases()
  decided = subprocess.run(
    [*java, str(root / ".ci/referees/Policies.java")], input=json.dumps(made), stdout=subprocess.PIPE, text=True, check=True
  )
  ours = json.loads(decided.stdout)
  differing = {}
  for number, (case, mine) in enumerate(zip(made, ours, strict=True)):
    their = theirs(case)
    # Whether what is not allowed is denied by a statement is told of permissions; of a trust policy it is one denial.
    if mine != their and not ("trust" in case and "Allow" not in (mine, their)):
      differing[number] = [mine, their, case]
  return len(made), differing
