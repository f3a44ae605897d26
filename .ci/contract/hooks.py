"""What Schemathesis cannot know of this API: which connections, scans, pages and roles there are, and whose they are."""

import json
import os
import urllib.request
import zlib

import schemathesis

URL = os.environ["CONTRACT_URL"]
# By the names of tenants: token, connection, scans and role.
TENANTS = json.loads(os.environ["CONTRACT_TENANTS"])
# Whose the connections are that a test has made.
made = {}


def share(text):
  """A number that is the same for the same text, so that a run can be repeated."""
  return zlib.crc32(str(text).encode(errors="surrogatepass"))


def asked(method, path, token, body=None):
  request = urllib.request.Request(
    URL + path, method=method, data=body, headers={"authorization": "Bearer " + token, "content-type": "application/json"}
  )
  with urllib.request.urlopen(request) as answer:
    return json.load(answer)


def parameter(case, name):
  return str((case.path_parameters or {}).get(name, ""))


def tenant_of(case):
  connection = parameter(case, "connectionId")
  if case.method == "DELETE" and connection not in made:
    return TENANTS["leaving"]
  known = [each for each in TENANTS.values() if each["connection"] == made.get(connection, connection)]
  return known[0] if known else TENANTS[("minimal", "audit")[share(connection) % 2]]


@schemathesis.auth()
class Token:
  def get(self, case, context):
    return tenant_of(case)["token"]

  def set(self, case, data, context):
    # Not the token that was got: it is kept for other cases.
    case.headers["Authorization"] = "Bearer " + tenant_of(case)["token"]


@schemathesis.hook
def before_call(context, case, kwargs):
  tenant = tenant_of(case)
  connection = parameter(case, "connectionId")
  # Nobody has granted a role to one that a test has made, and each proof would wait 20 seconds for it.
  if connection in made and case.operation.definition.raw.get("operationId") in ("giveRole", "verifyConnection"):
    case.path_parameters["connectionId"] = connection = tenant["connection"] or connection
  # What is not there is asked for too.
  if len(connection) == 36 and connection.startswith("con-") and connection not in made and share(connection) % 16 > 1:
    case.path_parameters["connectionId"] = (
      asked("POST", "/connections", tenant["token"], b'{"name":"leaving"}')["id"] if case.method == "DELETE" else tenant["connection"]
    )
  scan = parameter(case, "scanId")
  if len(scan) == 36 and share(scan) % 16 > 1 and tenant["scans"]:
    case.path_parameters["scanId"] = tenant["scans"][share(scan) % len(tenant["scans"])]
  if case.meta is not None and case.meta.generation.mode.is_positive:
    possible(case, tenant)


def possible(case, tenant):
  """Makes the request one that no schema could describe: by cursors that are ours, scans and roles that are there, one of two parameters, each API once, and a key for each request."""
  case.query = query = case.query or {}
  for name in ("scan", "since"):
    if name in query and tenant["scans"]:
      query[name] = tenant["scans"][share(query[name]) % len(tenant["scans"])]
  if "after" in query:
    page = "".join(f"&{name}={query[name]}" for name in ("scan", "since") if name in query)
    try:
      following = asked("GET", f"{case.formatted_path}?limit=1{page}", tenant["token"]).get("next")
    except OSError:
      following = None
    query.pop("after")
    if following is not None:
      query["after"] = following
  if case.operation.definition.raw.get("operationId") == "getOpenApi":
    query.pop("region" if "api" in query else "api", None)
    if "api" not in query and "region" not in query:
      query["region"] = "eu-west-1"
  if "Idempotency-Key" in case.headers:
    # One key, one choice of regions.
    case.headers["Idempotency-Key"] = f"{share(case.body if isinstance(case.body, dict) else ''):x}"
  if isinstance(case.body, dict) and "roleArn" in case.body and "role" in tenant:
    case.body["roleArn"] = tenant["role"]
  if isinstance(case.body, dict) and "entries" in case.body:
    case.body["entries"] = list({each.get("id") or each["host"].lower(): each for each in case.body["entries"]}.values())


@schemathesis.hook
def after_call(context, case, response):
  if response.status_code in (201, 202):
    answer = json.loads(response.content)
    token = response.request.headers.get("Authorization", "")
    tenant = next(each for each in TENANTS.values() if token.endswith(each["token"]))
    if "scanId" in answer:
      # Of older ones nothing is kept.
      tenant["scans"] = [*tenant["scans"], answer["scanId"]][-3:]
    else:
      made[answer["id"]] = tenant["connection"]
