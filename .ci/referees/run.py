"""Other people's implementations judge ours. What differs must be explained in differences.yaml, and what is explained there must differ.

With names of referees as arguments, only those are asked.
"""

import glob
import importlib
import logging
import os
import pathlib
import sys
import time

import yaml

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
REFEREES = {
  "statemachine": "scan.asl.json on moto's engine of Step Functions: executions",
  "answers": "what the sample AWS answers, beside botocore's models: answers",
  "policies": "the sample's evaluator of policies beside ministack's: decisions",
  "reports": "reports of scans, beside the schema of OCSF and Security Hub's model: findings",
}


def judged(name, java, explanations):
  began = time.monotonic()
  compared, differing = importlib.import_module(name).differences(ROOT, java)
  found = flat(name, differing)
  reasons = {line for each in explanations for line in map(str, each["what"])}
  print(f"{name}: {compared} {REFEREES[name].rsplit(': ')[-1]}, {len(found)} differences, {time.monotonic() - began:.0f} s", flush=True)
  for line in sorted(found.keys() - reasons):
    print(f"  differs, and differences.yaml does not say why: {line}\n    {found[line]}")
  for line in sorted(reasons - found.keys()):
    print(f"  is explained in differences.yaml, but does not differ: {line}")
  return compared > 0 and found.keys() == reasons


def flat(name, differing):
  """Each difference by its name, as differences.yaml gives it."""
  if name in ("answers", "reports"):
    return {f"{place}: {line}": "" for place, lines in differing.items() for line in lines}
  return {str(key): value for key, value in differing.items()}


if __name__ == "__main__":
  explained = yaml.safe_load((HERE / "differences.yaml").read_text())
  logging.disable(logging.CRITICAL)
  # Of what the referees' clients may find of this machine's, nothing.
  os.environ |= {"AWS_EC2_METADATA_DISABLED": "true", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
  home, *chosen = sys.argv[1:]
  java = [f"{home}/bin/java", "-XX:TieredStopAtLevel=1", "-cp", os.pathsep.join(glob.glob(str(ROOT / "local/app/target/lib/*.jar")))]
  verdicts = {name: judged(name, java, explained[name]) for name in chosen or REFEREES}
  print(f"referees: {sum(verdicts.values())} passed, {len(verdicts) - sum(verdicts.values())} failed")
  sys.exit(0 if all(verdicts.values()) else 1)
