"""Holds what SAM's transform makes of template.yaml against what is kept of it.

docs/template.md names, under "What SAM makes of it", the properties of generated resources that are promises, each with
its reason, and those that are none. What the promises say is kept in transformed-promises.json, beside the raw
template's. A difference, or a property that is in neither list, is a failure (1). With REGENERATE=true in the
environment the file is written anew. The transform is the package aws-sam-translator, as SAM and CloudFormation run it;
nothing is asked of AWS.
"""

import difflib
import json
import os
import re
import sys
from collections import defaultdict
from pathlib import Path

os.environ["AWS_DEFAULT_REGION"] = "us-east-1"  # the SDK asks for one; nothing of it gets into the result

from samtranslator.model.exceptions import InvalidDocumentException
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

ROOT = Path(__file__).resolve().parent.parent
DOCUMENT = ROOT / "docs/template.md"
GOLDEN = ROOT / "local/app/src/test/resources/io/cloudoperator/local/transformed-promises.json"
# Of what a version says, and therefore another with each change.
HASH = re.compile(r"(FunctionVersion)[0-9a-f]{10}\b")
# `sam package` puts files of the repository on S3 before the transform.
UPLOADED = {"CodeUri", "DefinitionUri"}


def transformed(template):
    """The resources that SAM makes or changes, by logical id."""
    resources = template["Resources"]
    for properties in [*template["Globals"].values(), *(each.get("Properties", {}) for each in resources.values())]:
        for name in UPLOADED & properties.keys():
            properties[name] = "s3://artifacts/object"
    declared = {name for name, each in resources.items() if not each["Type"].startswith("AWS::Serverless::")}
    try:
        made = Translator({}, Parser()).translate(template, parameter_values={})["Resources"]
    except InvalidDocumentException as refused:
        sys.exit("SAM refuses template.yaml: " + " ".join(cause.message for cause in refused.causes))
    made = {name: each for name, each in made.items() if name not in declared}
    return json.loads(HASH.sub(r"\1", json.dumps(made)))


def routes(paths):
    """Of an API's OpenAPI document: each route, with what it asks of a caller and what answers it."""
    for path, operations in paths.items():
        for method, operation in operations.items():
            answers = operation["x-amazon-apigateway-integration"]
            yield f"{method.upper()} {path}", {"security": operation.get("security"), "integration": answers}


def rendered(promises):
    """JSON, with each resource or route on a line of its own."""
    blocks = (
        f"  {json.dumps(name)}: {{\n"
        + ",\n".join(f"    {json.dumps(each)}: {json.dumps(value, sort_keys=True)}" for each, value in sorted(said.items()))
        + "\n  }"
        for name, said in sorted(promises.items())
    )
    return "{\n" + ",\n".join(blocks) + "\n}\n"


def properties(resources):
    """What each kind of property says, by the logical id of the resource that has it."""
    found = defaultdict(dict)
    for name, resource in resources.items():
        kind = resource.pop("Type")
        said = resource.pop("Properties", {}) | {f"({key})": value for key, value in resource.items()}
        body = said.pop("Body", {"paths": {}})
        for route, value in routes(body.pop("paths")):
            found[f"{kind}.Body.paths"][f"{name} {route}"] = value
        for key, value in (said | {f"Body.{key}": value for key, value in body.items()}).items():
            found[f"{kind}.{key}"][name] = value
    return found


def main():
    found = properties(transformed(yaml_parse((ROOT / "template.yaml").read_text())))
    text = DOCUMENT.read_text().split("\n## What SAM makes of it\n")[1].split("\n## ")[0]
    promised = set(re.findall(r"^\| `(\S+)` \| \S", text, re.MULTILINE))
    free = set(re.findall(r"^- `(\S+)`", text, re.MULTILINE))
    undecided = sorted(found.keys() - promised - free)
    gone = sorted((promised | free) - found.keys())
    kept = rendered({name: found[name] for name in promised & found.keys()})
    if os.environ.get("REGENERATE") == "true":
        GOLDEN.write_text(kept)
    golden = GOLDEN.read_text() if GOLDEN.exists() else ""
    for name in undecided:
        print(f"{name}: give it a reason in docs/template.md, or list it there as one without a promise")
    for name in gone:
        print(f"{name}: docs/template.md speaks of it, and SAM makes no such property any more")
    sys.stdout.writelines(difflib.unified_diff(golden.splitlines(True), kept.splitlines(True), "kept", "made of template.yaml"))
    if undecided or gone or golden != kept:
        sys.exit("What SAM makes of template.yaml has changed. If it was decided: docs/template.md says how to write it anew.")
    print(f"{len(promised)} properties of what SAM makes of template.yaml are as they were decided")


main()
