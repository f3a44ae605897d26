"""statemachine/scan.asl.json on another engine of Step Functions (moto's, which came from LocalStack's), beside the interpreter of local/platform.

Both run the same executions with the same functions, which answer as a scenario says. Held against each other are how each ended, its output or error,
what every function was asked, and how long each retry waited at most. Time passes only where a function does not end.
"""

import concurrent.futures
import http.server
import json
import random
import subprocess
import threading
import types

import boto3
import moto
from botocore.exceptions import ClientError
from moto.stepfunctions.parser.asl.component.common.retry import jitter_strategy_decl, retrier_decl
from moto.stepfunctions.parser.asl.component.state.exec.state_task import lambda_eval_utils
from moto.stepfunctions.parser.backend.execution import BaseExecutionWorkerCommunication

SEED = 20260
FUNCTIONS = {"Plan": "PlanFunction", "ScanRegions": "ScanRegionsFunction", "Conclude": "ConcludeFunction"}
# https://docs.aws.amazon.com/step-functions/latest/dg/sfn-best-practices.html#bp-lambda-serviceexception, and one that no retrier names
RETRIED = ["TooManyRequestsException", "ServiceException", "AWSLambdaException", "SdkClientException", "SnapStartNotReadyException"]
REFUSED = "AccessDeniedException"
THROWN = ["java.lang.IllegalStateException", "java.io.IOException"]


def returns(value):
  return {"kind": "returned", "body": value}


def throws(error):
  return {"kind": "thrown", "body": {"errorMessage": "as planned", "errorType": error}}


def refuses(code):
  return {"kind": "refused", "body": {"code": code, "message": "as planned"}}


HANGS = {"kind": "hanging"}


class Functions:
  """What the functions of one execution answer, in turn; the last answer stays. A scanner's are told apart by their shard."""

  def __init__(self, answers):
    self.answers = {name: list(turn) for name, turn in answers.items()}
    self.asked = []
    self.lock = threading.Lock()
    self.hanging = threading.Event()
    self.ended = threading.Event()

  def invoke(self, name, payload):
    with self.lock:
      self.asked.append((name, json.dumps(payload, sort_keys=True)))
      shard = (payload.get("shard") or {}).get("index")
      turn = self.answers.get(f"{name}/{shard}") or self.answers[name]
      answer = turn.pop(0) if len(turn) > 1 else turn[0]
    if answer is HANGS:
      self.hanging.set()
      self.ended.wait(30)
      return returns({"late": True})
    return answer


def scenario(name, plan, shards=None, conclude=None, cancelled=False, changed=None):
  answers = {"Plan": plan, "ScanRegions": [returns({"read": True})], "Conclude": conclude or [returns({"status": "concluded"})]}
  answers |= {f"ScanRegions/{index}": turn for index, turn in (shards or {}).items()}
  return {"name": name, "answers": answers, "cancelled": cancelled, "changed": changed or {}}


def planned(count):
  return returns(
    {"tenant": "t", "connection": "c", "scan": "s", "shards": [{"index": i, "regions": [f"region-{i}"]} for i in range(count)]}
  )


def scenarios():
  yield scenario("all is good", [planned(3)])
  yield scenario("no shard", [planned(0)])
  yield scenario("more shards than run at once", [planned(60)])
  yield scenario("one region fails", [planned(3)], {1: [throws(THROWN[0])]})
  yield scenario("every region fails", [planned(3)], {i: [throws(THROWN[1])] for i in range(3)})
  yield scenario("the plan is no object", [returns([1, 2])])
  yield scenario("the plan has no shards", [returns({"tenant": "t", "connection": "c", "scan": "s"})])
  yield scenario("the shards are no array", [returns({"tenant": "t", "connection": "c", "scan": "s", "shards": "none"})])
  yield scenario("the plan names no tenant", [returns({"shards": [{"index": 0}]})])
  yield scenario("a shard without an index fails", [returns({"tenant": "t", "connection": "c", "scan": "s", "shards": [{}]})], {None: [throws(THROWN[0])]})
  # https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html (256 KiB)
  yield scenario("a plan that is too large", [returns({"shards": [], "much": "x" * 262_144})])
  yield scenario("a region's answer that is too large", [planned(2)], {0: [returns("x" * 262_144)]})
  at_once = [(1, throws(each)) for each in THROWN] + [(1, refuses(REFUSED))]
  # The definition allows five retries.
  for times, error in at_once + [(times, refuses(each)) for each in RETRIED for times in (5, 6)]:
    said = f"{times} times {error['body'].get('code') or error['body']['errorType']}"
    turn = [error] * times
    yield scenario(f"Plan: {said}", [*turn, planned(2)])
    yield scenario(f"ScanRegions: {said}", [planned(2)], {1: [*turn, returns(1)]})
    yield scenario(f"Conclude: {said}", [planned(1)], conclude=[*turn, returns({"status": "concluded"})])
    yield scenario(f"ConcludeFailed: {said}", [throws(THROWN[0])], conclude=[*turn, returns({"status": "failed"})])
  yield scenario("Plan does not end", [HANGS], changed={"Plan": {"TimeoutSeconds": 1}})
  yield scenario("one region does not end", [planned(2)], {0: [HANGS]}, changed={"ScanRegions": {"TimeoutSeconds": 1}})
  yield scenario("Conclude does not end", [planned(1)], conclude=[HANGS], changed={"Conclude": {"TimeoutSeconds": 1}})
  yield scenario("the execution does not end", [planned(2)], {0: [HANGS]}, changed={"": {"TimeoutSeconds": 1}})
  yield scenario("cancelled while it plans", [HANGS], cancelled=True)
  yield scenario("cancelled while it concludes", [planned(2)], conclude=[HANGS], cancelled=True)
  chance = random.Random(SEED)

  def mishaps(end, most):
    errors = [throws(THROWN[0]), refuses(REFUSED)] + [refuses(each) for each in RETRIED] * 2
    return chance.choices(errors, k=chance.choice([0, 0, 1, 2, most])) + [end]

  for number in range(60):
    count = chance.randrange(5)
    yield scenario(
      f"by chance, {number}",
      mishaps(planned(count), 7),
      {i: mishaps(returns({"read": i}), 7) for i in range(count)},
      mishaps(returns({"status": "concluded"}), 7),
      # The engine mixes up how long iterations wait that retry at the same time.
      changed={"ScanShards": {"MaxConcurrency": 1}},
    )


def definition(root, changed):
  """The definition as the stack deploys it, where these states, and the execution as "", have other fields."""
  text = (root / "statemachine/scan.asl.json").read_text().replace("${Partition}", "aws")
  for name, placeholder in FUNCTIONS.items():
    text = text.replace("${%s}" % placeholder, name)
  machine = json.loads(text)
  states = machine["States"] | machine["States"]["ScanShards"]["ItemProcessor"]["States"] | {"": machine}
  for name, fields in changed.items():
    states[name] |= fields
  return json.dumps(machine)


INPUT = {"tenant": "t", "connection": "c", "scan": "s"}


def ours(root, java, all_scenarios):
  """Each execution by the interpreter of local/platform, the functions reached by HTTP."""
  functions = [Functions(each["answers"]) for each in all_scenarios]

  class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
      _, number, name = self.path.split("/")
      payload = json.loads(self.rfile.read(int(self.headers["content-length"])))
      answer = functions[int(number)].invoke(name, payload)
      self.answer(answer["kind"], json.dumps(answer["body"]).encode())

    def do_GET(self):
      functions[int(self.path.split("/")[1])].hanging.wait(30)
      self.answer("", b"")

    def answer(self, kind, body):
      try:
        self.send_response(200)
        self.send_header("kind", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
      except ConnectionError:
        # Nobody waits any more for what came too late.
        self.close_connection = True

    def log_message(self, *_):
      pass

  class Server(http.server.ThreadingHTTPServer):
    # As many may wait to be let in as a Map asks at once, and more.
    request_queue_size = 128

  server = Server(("127.0.0.1", 0), Handler)
  threading.Thread(target=server.serve_forever, daemon=True).start()
  asked = [
    {"definition": definition(root, each["changed"]), "input": INPUT, "cancelled": each["cancelled"]} for each in all_scenarios
  ]
  answered = subprocess.run(
    [*java, str(root / ".ci/referees/Machine.java"), f"http://127.0.0.1:{server.server_port}"],
    input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True,
  )  # fmt: skip
  for each in functions:
    each.ended.set()
  server.shutdown()
  return [ended(answer, each) for answer, each in zip(json.loads(answered.stdout), functions, strict=True)]


def ended(answer, functions):
  """What is compared of an execution."""
  cause = answer["cause"] or ""
  return {
    "status": answer["status"],
    "output": json.loads(answer["output"]) if answer["output"] else None,
    "error": answer["error"] or None,
    # What a function threw is told to the letter; how a service's error is worded, is not in the language.
    "cause": json.loads(cause) if cause.startswith("{") else None,
    "asked": sorted(functions.asked),
    "delays": sorted(answer["delays"]),
  }


@moto.mock_aws(config={"stepfunctions": {"execute_state_machine": True}})
def theirs(root, all_scenarios):
  """Each execution by moto's engine, in this process."""
  client = boto3.client("stepfunctions", region_name="us-east-1", aws_access_key_id="a", aws_secret_access_key="b")
  reflected = BaseExecutionWorkerCommunication.terminated
  found = []
  for number, each in enumerate(all_scenarios):
    functions = Functions(each["answers"])
    delays, over = [], threading.Event()

    def terminated(communication, over=over):
      reflected(communication)
      over.set()

    def invoked(parameters, functions=functions, **_):
      answer = functions.invoke(parameters["FunctionName"], json.loads(parameters["Payload"]))
      if answer["kind"] == "refused":
        error = {"Code": answer["body"]["code"], "Message": answer["body"]["message"]}
        raise ClientError({"Error": error, "ResponseMetadata": {"HTTPStatusCode": 500, "RequestId": "r"}}, "Invoke")
      failed = {"FunctionError": "Unhandled"} if answer["kind"] == "thrown" else {}
      return {"StatusCode": 200, "ExecutedVersion": "$LATEST", "Payload": answer["body"]} | failed

    BaseExecutionWorkerCommunication.terminated = terminated
    lambda_eval_utils._invoke_lambda_function = invoked
    retrier_decl.time = types.SimpleNamespace(sleep=delays.append)
    jitter_strategy_decl.random = types.SimpleNamespace(uniform=lambda least, most: most)
    machine = client.create_state_machine(
      name=f"m{number}", definition=definition(root, each["changed"]), roleArn="arn:aws:iam::123456789012:role/states",
    )["stateMachineArn"]  # fmt: skip
    arn = client.start_execution(stateMachineArn=machine, input=json.dumps(INPUT))["executionArn"]
    if each["cancelled"]:
      functions.hanging.wait(30)
      client.stop_execution(executionArn=arn)
      functions.ended.set()
    over.wait(30)
    execution = client.describe_execution(executionArn=arn)
    functions.ended.set()
    answer = {"status": execution["status"], "delays": [float(delay) for delay in delays]}
    found.append(ended(answer | {name: execution.get(name, "") for name in ("output", "error", "cause")}, functions))
  return found


def differences(root, java):
  """How many executions were compared, and what differs: name → (ours, theirs)."""
  all_scenarios = list(scenarios())
  with concurrent.futures.ThreadPoolExecutor() as pool:
    own = pool.submit(ours, root, java, all_scenarios)
    other = theirs(root, all_scenarios)
  differing = {}
  for each, mine, their in zip(all_scenarios, own.result(), other, strict=True):
    parts = {key: [mine[key], their[key]] for key in mine if mine[key] != their[key]}
    if parts:
      differing[each["name"]] = parts
  return len(all_scenarios), differing
