"""The reports of real scans for other tools: OCSF against the schema of its version and other people's models of it, ASFF against Security Hub's model."""

import importlib.util
import json
import urllib.request

import boto3
import botocore.session
import botocore.validate
import jsonschema
import moto
import pydantic
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding

# https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_AwsSecurityFinding.html: lengths that the model does not tell
LONGEST = {"Title": 256, "Description": 1024, "Id": 512, "ProductArn": 2048, "GeneratorId": 512, "ProductName": 128, "CompanyName": 128}


def scanned(root):
  """The findings of a minimal and an audit connection's second scan, in both forms."""
  # By its path: this folder's own entry has the same name.
  specification = importlib.util.spec_from_file_location("contract", root / ".ci/contract/run.py")
  contract = importlib.util.module_from_spec(specification)
  specification.loader.exec_module(contract)
  found = {"ocsf": [], "asff": []}
  with contract.served() as url:
    for tier in ("minimal", "audit"):
      caller = contract.Caller(url, "referee-" + tier)
      tenant = caller.scanned(tier)
      for scan in tenant["scans"]:
        for form, findings in found.items():
          findings += caller.ask("GET", f"/connections/{tenant['connection']}/scans/{scan}/report?format={form}")
  return found


def ocsf(findings):
  schemas = {}
  for finding in findings:
    version = finding["metadata"]["version"]
    profiles = tuple(finding["metadata"]["profiles"])
    if (version, profiles) not in schemas:
      made = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=version))
      name = made.lookup_class_name_from_uid(class_uid=finding["class_uid"])
      schemas[version, profiles] = jsonschema.Draft202012Validator(made.get_class_schema(class_name=name, profiles=list(profiles)))
    for wrong in schemas[version, profiles].iter_errors(finding):
      yield f"{wrong.json_path}: {wrong.message}"
    yield from captions(get_ocsf_schema(version=version), finding)
    try:
      ComplianceFinding.model_validate(finding, extra="forbid")
    except pydantic.ValidationError as refused:
      for wrong in refused.errors():
        yield f"py-ocsf-models: {'.'.join(str(part) for part in wrong['loc'])}: {wrong['msg']}"


def captions(schema, finding):
  """The words beside the ids of an enumeration: each is the caption that the schema gives to the id."""
  compliance = schema["objects"]["compliance"]["attributes"]["status_id"]["enum"]
  account = schema["objects"]["account"]["attributes"]["type_id"]["enum"]
  of_class = schema["classes"]["compliance_finding"]["attributes"]
  said = [
    ("activity_name", of_class["activity_id"]["enum"], finding["activity_id"], finding["activity_name"]),
    ("severity", of_class["severity_id"]["enum"], finding["severity_id"], finding["severity"]),
    ("status", of_class["status_id"]["enum"], finding["status_id"], finding["status"]),
    ("compliance.status", compliance, finding["compliance"]["status_id"], finding["compliance"]["status"]),
    ("cloud.account.type", account, finding["cloud"]["account"]["type_id"], finding["cloud"]["account"]["type"]),
  ]
  for name, enumeration, identifier, caption in said:
    if enumeration.get(str(identifier), {}).get("caption") != caption:
      yield f"{name}: {caption!r} is not the caption of {identifier}"


def asff(findings):
  model = botocore.session.get_session().get_service_model("securityhub")
  shape = model.operation_model("BatchImportFindings").input_shape
  # No more than a hundred: https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html
  for start in range(0, len(findings), 100):
    asked = {"Findings": findings[start : start + 100]}
    refused = botocore.validate.ParamValidator().validate(asked, shape).generate_report()
    if refused:
      yield from refused.split("\n")
      continue
    yield from enumerations(shape, asked, "")
    with moto.mock_aws():
      client = boto3.client("securityhub", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
      for failed in client.batch_import_findings(**asked)["FailedFindings"]:
        yield f"moto: {failed['ErrorCode']} {failed['ErrorMessage']}"
  for finding in findings:
    for name, longest in LONGEST.items():
      if len(finding.get(name, "")) > longest:
        yield f"{name} is longer than {longest}"


def enumerations(shape, value, path):
  """Words that an enumeration of the model does not have: botocore takes any."""
  if shape.type_name == "structure":
    for name, member in value.items():
      if name in shape.members:
        yield from enumerations(shape.members[name], member, f"{path}.{name}")
  elif shape.type_name == "list":
    for each in value:
      yield from enumerations(shape.member, each, f"{path}[]")
  elif shape.type_name == "string" and shape.enum and value not in shape.enum:
    yield f"{path}: {value!r} is none of the enumeration"


def differences(root, _):
  """How many findings were read, and what does not fit."""
  found = scanned(root)
  wrong = {"ocsf": sorted(set(ocsf(found["ocsf"]))), "asff": sorted(set(asff(found["asff"])))}
  if not found["ocsf"] or len(found["ocsf"]) != len(found["asff"]):
    wrong["count"] = [f"{len(found['ocsf'])} findings of OCSF, {len(found['asff'])} of ASFF"]
  return len(found["ocsf"]) + len(found["asff"]), {name: what for name, what in wrong.items() if what}
