"""What the sample AWS answers, held strictly against botocore's models of the services.

botocore itself takes almost anything: what it does not know it drops, and what is missing it leaves out. Here each answer's text is read beside the
model of its operation: every member must be known there, have the form that the model gives it, and be there if it must.
"""

import base64
import binascii
import contextlib
import datetime
import email.utils
import json
import re
import subprocess
import xml.etree.ElementTree

import boto3
import botocore.config
import botocore.exceptions

# Any service may answer these, and its model lists them for no operation:
# https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html
COMMON = {
  "AccessDenied", "AccessDeniedException", "ExpiredToken", "ExpiredTokenException", "InvalidAction", "InvalidClientTokenId", "MissingAuthenticationToken",
  "SignatureDoesNotMatch", "ThrottlingException", "UnrecognizedClientException", "ValidationError", "ValidationException", "MissingAuthenticationTokenException",
  "InvalidSignatureException", "UnknownOperationException",
}  # fmt: skip
# The models of EC2 and S3 name hardly an error: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and
# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html do.
PUBLISHED = {
  "ec2": {
    "AuthFailure", "DryRunOperation", "InvalidInstanceID.NotFound", "InvalidMaxResults", "InvalidNextToken", "InvalidParameterCombination",
    "InvalidParameterValue", "RequestExpired", "UnauthorizedOperation", "UnknownParameter", "MissingParameter", "InvalidParameter", "OptInRequired",
  },
  "s3": {
    "AccessDenied", "AuthorizationHeaderMalformed", "ExpiredToken", "InvalidAccessKeyId", "InvalidArgument", "InvalidToken", "SignatureDoesNotMatch",
    "NotImplemented", "MethodNotAllowed",
  },
}  # fmt: skip


class Reader:
  """Reads one answer beside its model, and notes what does not fit."""

  def __init__(self, protocol):
    self.protocol = protocol
    self.wrong = []

  def note(self, path, what):
    self.wrong.append(f"{path}: {what}")

  def text(self, shape, value, path):
    """A value of a simple type, as text of XML or of a header."""
    kind = shape.type_name
    if kind == "boolean" and value not in ("true", "false"):
      self.note(path, f"{value!r} is no boolean")
    elif kind in ("integer", "long") and not re.fullmatch(r"-?\d+", value):
      self.note(path, f"{value!r} is no integer")
    elif kind in ("float", "double") and not re.fullmatch(r"-?\d+(\.\d+)?([eE]-?\d+)?", value):
      self.note(path, f"{value!r} is no number")
    elif kind == "timestamp":
      header = shape.serialization.get("location") == "header"
      self.time(shape.serialization.get("timestampFormat", "rfc822" if header else "iso8601"), value, path)
    elif kind == "blob":
      self.base64(value, path)
    elif kind == "string" and shape.enum and value not in shape.enum:
      self.note(path, f"{value!r} is none of the enumeration")

  def time(self, form, value, path):
    try:
      if form == "iso8601":
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value):
          raise ValueError
        datetime.datetime.fromisoformat(value)
      elif form == "rfc822":
        email.utils.parsedate_to_datetime(value)
      elif isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e11:
        raise ValueError
    except (ValueError, TypeError):
      self.note(path, f"{value!r} is no timestamp in the form {form}")

  def base64(self, value, path):
    try:
      base64.b64decode(value, validate=True)
    except (binascii.Error, TypeError):
      self.note(path, "is not Base64")

  def required(self, shape, seen, path):
    for name in set(shape.required_members) - seen:
      self.note(path, f"the required member {name} is missing")

  def json(self, shape, value, path):
    kind = shape.type_name
    if kind == "structure":
      if not isinstance(value, dict):
        return self.note(path, "is no object")
      names = {member.serialization.get("name", name): name for name, member in shape.members.items() if "location" not in member.serialization}
      for name in value:
        if name in names:
          self.json(shape.members[names[name]], value[name], f"{path}.{name}")
        else:
          self.note(path, f"the member {name} is not known")
      self.required(shape, {names[name] for name in value if name in names} | located(shape), path)
    elif kind == "list":
      if not isinstance(value, list):
        return self.note(path, "is no array")
      for each in value:
        self.json(shape.member, each, f"{path}[]")
    elif kind == "map":
      if not isinstance(value, dict):
        return self.note(path, "is no object")
      for name in value:
        self.text(shape.key, name, f"{path}{{}}")
        self.json(shape.value, value[name], f"{path}{{}}")
    elif kind == "timestamp":
      default = "unixTimestamp"
      self.time(shape.serialization.get("timestampFormat", default), value, path)
    elif kind in ("string", "character"):
      if not isinstance(value, str):
        return self.note(path, f"{value!r} is no string")
      self.text(shape, value, path)
    elif kind == "blob":
      self.base64(value, path)
    elif kind == "boolean":
      if not isinstance(value, bool):
        self.note(path, f"{value!r} is no boolean")
    elif isinstance(value, bool) or not isinstance(value, int if kind in ("integer", "long") else int | float):
      self.note(path, f"{value!r} is no {kind}")
    return None

  def xml(self, shape, element, path):
    kind = shape.type_name
    if kind == "structure":
      self.structure(shape, element, path)
    elif kind == "list":
      name = shape.member.serialization.get("name", "item" if self.protocol == "ec2" else "member")
      for each in element:
        if local(each) != name:
          self.note(path, f"the element {local(each)} is not {name}")
        self.xml(shape.member, each, f"{path}[]")
    elif kind == "map":
      for entry in element:
        named = {local(each): each for each in entry}
        key, value = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
        if set(named) != {key, value}:
          self.note(path, f"an entry of {sorted(named)}")
    elif len(element):
      self.note(path, "has elements")
    else:
      self.text(shape, element.text or "", path)

  def structure(self, shape, element, path):
    names, flat = {}, {}
    for name, member in shape.members.items():
      if "location" in member.serialization:
        continue
      wire = member.serialization.get("name", name)
      if member.type_name == "list" and member.serialization.get("flattened"):
        wire = member.member.serialization.get("name", wire)
        flat[wire] = member.member
      names[wire] = name
    seen = set()
    for each in element:
      wire = local(each)
      if wire not in names:
        self.note(path, f"the element {wire} is not known")
        continue
      if names[wire] in seen and wire not in flat:
        self.note(path, f"the element {wire} is there twice")
      seen.add(names[wire])
      self.xml(flat.get(wire, shape.members[names[wire]]), each, f"{path}.{wire}")
    if (element.text or "").strip():
      self.note(path, "has text")
    self.required(shape, seen | located(shape), path)


def local(element):
  return element.tag.rsplit("}", 1)[-1]


def located(shape):
  """Members that are no part of the body."""
  return {name for name, member in shape.members.items() if "location" in member.serialization}


def read(model, response):
  """What does not fit of an answer that is no error."""
  protocol = model.service_model.resolved_protocol
  reader = Reader(protocol)
  shape = model.output_shape
  headers = {name.lower(): value for name, value in response["headers"].items()}
  if shape:
    for name, member in shape.members.items():
      if member.serialization.get("location") == "header":
        value = headers.get(member.serialization["name"].lower())
        if value is not None:
          reader.text(member, value, f"header {name}")
  body = response["body"].decode()
  if "json" in protocol:
    if shape:
      payload = shape.serialization.get("payload")
      reader.json(shape.members[payload] if payload else shape, json.loads(body), model.name)
    if not headers.get("content-type", "").startswith("application/"):
      reader.note(model.name, f"content type {headers.get('content-type')}")
    return reader.wrong
  root = xml.etree.ElementTree.fromstring(body)
  space = root.tag[1:].split("}")[0] if root.tag.startswith("{") else ""
  if protocol in ("query", "ec2"):
    wanted = f"{model.name}Response"
    if local(root) != wanted:
      reader.note(model.name, f"the root is {local(root)}, not {wanted}")
    expected = model.service_model.metadata.get("xmlNamespace")
    if protocol == "ec2":
      expected = f"http://ec2.amazonaws.com/doc/{model.service_model.api_version}"
      ids = [each for each in root if local(each) == "requestId"]
      for each in ids:
        root.remove(each)
    else:
      ids = [each for each in root if local(each) == "ResponseMetadata"]
      for each in ids:
        root.remove(each)
    if len(ids) != 1:
      reader.note(model.name, f"has {len(ids)} request ids")
    if expected and space.rstrip("/") != expected.rstrip("/"):
      reader.note(model.name, f"the namespace is {space}, not {expected}")
    wrapper = shape.serialization.get("resultWrapper") if shape else None
    if wrapper:
      if [local(each) for each in root] != [wrapper]:
        return [*reader.wrong, f"{model.name}: has {[local(each) for each in root]}, not {wrapper}"]
      root = root[0]
  if shape:
    payload = shape.serialization.get("payload")
    part = shape.members[payload] if payload else shape
    if payload and local(root) != part.serialization.get("name", payload) and local(root) != part.name:
      reader.note(model.name, f"the root is {local(root)}")
    reader.structure(part, root, model.name)
  elif len(root):
    reader.note(model.name, f"has {[local(each) for each in root]}")
  return reader.wrong


class Calls:
  """Makes calls, and keeps what was wrong with what came back."""

  def __init__(self, endpoint):
    self.endpoint = endpoint
    self.made = {}
    self.errors = {}
    self.wrong = {}

  def client(self, service, key, token=None, region="us-east-1"):
    client = boto3.session.Session().client(
      service,
      endpoint_url=self.endpoint,
      region_name=region,
      aws_access_key_id=key["id"],
      aws_secret_access_key=key["secret"],
      aws_session_token=token,
      config=botocore.config.Config(retries={"total_max_attempts": 1}, parameter_validation=False, s3={"addressing_style": "path"}),
    )
    client.meta.events.register("before-parse", self.parse)
    return client

  def parse(self, operation_model, response_dict, **_):
    if response_dict["status_code"] < 300:
      name = f"{operation_model.service_model.service_name} {operation_model.name}"
      self.made[name] = self.made.get(name, 0) + 1
      for each in read(operation_model, response_dict):
        self.wrong.setdefault(f"{name} answers", set()).add(each)

  def error(self, client, method, **parameters):
    """A call that must be refused, with an error that the model knows."""
    model = client.meta.service_model
    operation = model.operation_model(client.meta.method_to_api_mapping[method])
    service = model.service_name
    try:
      getattr(client, method)(**parameters)
      self.wrong.setdefault(f"{service} {operation.name} refuses", set()).add(f"it took {parameters}")
    except botocore.exceptions.ClientError as refused:
      error = refused.response["Error"]
      code = error.get("Code", "")
      known = COMMON | PUBLISHED.get(service, set()) | {each.metadata.get("error", {}).get("code", each.name) for each in operation.error_shapes}
      known |= {each.name for each in operation.error_shapes}
      self.errors[f"{service} {code}"] = self.errors.get(f"{service} {code}", 0) + 1
      if code not in known:
        self.wrong.setdefault(f"{service} {operation.name} refuses", set()).add(f"the error {code!r} is not known")
      if not error.get("Message"):
        self.wrong.setdefault(f"{service} {operation.name} refuses", set()).add(f"{code} has no message")
      if not refused.response["ResponseMetadata"].get("RequestId"):
        self.wrong.setdefault(f"{service} {operation.name} refuses", set()).add(f"{code} has no request id")


def paged(client, method, token, sent, **parameters):
  """Every page."""
  while True:
    answer = getattr(client, method)(**parameters)
    yield answer
    following = answer.get(token)
    if not following:
      return
    parameters[sent] = following


TRUST = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"}]}
READS = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "ec2:DescribeInstances", "Resource": "*"}]}
SECURITY_AUDIT = "arn:aws:iam::aws:policy/SecurityAudit"


def role_of_iam(iam):
  name = "CloudOperatorReferee"
  iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))
  iam.get_role(RoleName=name)
  iam.put_role_policy(RoleName=name, PolicyName="reads", PolicyDocument=json.dumps(READS))
  iam.attach_role_policy(RoleName=name, PolicyArn=SECURITY_AUDIT)
  iam.list_role_policies(RoleName=name)
  iam.get_role_policy(RoleName=name, PolicyName="reads")
  iam.list_attached_role_policies(RoleName=name)
  iam.detach_role_policy(RoleName=name, PolicyArn=SECURITY_AUDIT)
  iam.delete_role_policy(RoleName=name, PolicyName="reads")
  iam.delete_role(RoleName=name)


def key_of_kms(kms, facts):
  context = {"tenant": "t", "connection": "c"}
  made = kms.generate_data_key(KeyId=facts["encryptionKey"], KeySpec="AES_256", EncryptionContext=context)
  kms.decrypt(CiphertextBlob=made["CiphertextBlob"], KeyId=facts["encryptionKey"], EncryptionContext=context)
  for key in (facts["encryptionKey"], facts["signingKey"]):
    kms.describe_key(KeyId=key)
  kms.get_public_key(KeyId=facts["signingKey"])
  signed = {"KeyId": facts["signingKey"], "Message": b"receipt", "MessageType": "RAW", "SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256"}
  kms.verify(**signed, Signature=kms.sign(**signed)["Signature"])


def apis(client):
  """Of a region, everything that a scan of the audit tier asks, to the last page."""
  rest, http, functions, appsync, balancers = (client(name) for name in ("apigateway", "apigatewayv2", "lambda", "appsync", "elbv2"))
  for page in paged(rest, "get_rest_apis", "position", "position", limit=3):
    for api in page["items"]:
      for _ in paged(rest, "get_resources", "position", "position", restApiId=api["id"], limit=5, embed=["methods"]):
        pass
      rest.get_rest_api(restApiId=api["id"])
      rest.get_stages(restApiId=api["id"])
      rest.get_authorizers(restApiId=api["id"])
  for method in ("get_domain_names", "get_api_keys", "get_usage_plans", "get_vpc_links"):
    for page in paged(rest, method, "position", "position", limit=2):
      for domain in page["items"] if method == "get_domain_names" else []:
        rest.get_domain_name(domainName=domain["domainName"])
        rest.get_base_path_mappings(domainName=domain["domainName"])
        http.get_api_mappings(DomainName=domain["domainName"])
        http.list_routing_rules(DomainName=domain["domainName"])
  for page in paged(http, "get_apis", "NextToken", "NextToken", MaxResults="3"):
    for api in page["Items"]:
      http.get_api(ApiId=api["ApiId"])
      for method in ("get_routes", "get_stages", "get_integrations", "get_authorizers"):
        for found in paged(http, method, "NextToken", "NextToken", ApiId=api["ApiId"], MaxResults="3"):
          for authorizer in found["Items"] if method == "get_authorizers" else []:
            http.get_authorizer(ApiId=api["ApiId"], AuthorizerId=authorizer["AuthorizerId"])
  http.get_vpc_links()
  for page in paged(http, "get_domain_names", "NextToken", "NextToken", MaxResults="2"):
    for domain in page["Items"]:
      http.get_domain_name(DomainName=domain["DomainName"])
      http.get_api_mappings(DomainName=domain["DomainName"])
      http.list_routing_rules(DomainName=domain["DomainName"])
  for page in paged(functions, "list_functions", "NextMarker", "Marker", MaxItems=3):
    for function in page["Functions"]:
      functions.list_function_url_configs(FunctionName=function["FunctionName"])
  for _ in paged(appsync, "list_graphql_apis", "nextToken", "nextToken", maxResults=2):
    pass
  for _ in paged(appsync, "list_apis", "nextToken", "nextToken", maxResults=2):
    pass
  for page in paged(balancers, "describe_load_balancers", "NextMarker", "Marker", PageSize=2):
    for balancer in page["LoadBalancers"]:
      balancers.describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])


def ask(calls, facts):
  broker = calls.client("sts", facts["broker"])
  broker.get_caller_identity()
  asked = {"RoleArn": facts["role"], "RoleSessionName": "cloudoperator-referee", "SourceIdentity": "cloudoperator", "DurationSeconds": 900}
  calls.error(broker, "assume_role", **asked)
  calls.error(broker, "assume_role", **asked, ExternalId="cloudoperator-wrong")
  calls.error(broker, "assume_role", **asked | {"DurationSeconds": 1}, ExternalId=facts["externalId"])
  calls.error(broker, "assume_role", **asked, ExternalId=facts["externalId"], Policy="{")
  del asked["SourceIdentity"]
  session = broker.assume_role(**asked, ExternalId=facts["externalId"])["Credentials"]
  key = {"id": session["AccessKeyId"], "secret": session["SecretAccessKey"]}

  def client(name, region="us-east-1"):
    return calls.client(name, key, session["SessionToken"], region)

  client("sts").get_caller_identity()
  ec2 = client("ec2")
  regions = [each["RegionName"] for each in ec2.describe_regions()["Regions"]]
  ec2.describe_regions(AllRegions=True)
  calls.error(ec2, "describe_regions", DryRun=True)
  calls.error(ec2, "describe_instances", InstanceIds=["i-0123456789abcdef0"])
  calls.error(ec2, "describe_instances", MaxResults=5, NextToken="made-up")
  calls.error(ec2, "terminate_instances", InstanceIds=["i-0123456789abcdef0"])
  for region in regions:
    for _ in paged(client("ec2", region), "describe_instances", "NextToken", "NextToken", MaxResults=7):
      pass
    apis(lambda name, region=region: client(name, region))
  for _ in paged(client("s3"), "list_buckets", "ContinuationToken", "ContinuationToken", MaxBuckets=5):
    pass
  client("s3").list_buckets()
  distributions = {"NextMarker": ""}
  while distributions.get("NextMarker") is not None:
    distributions = client("cloudfront").list_distributions(Marker=distributions["NextMarker"], MaxItems="2")["DistributionList"]
  trails = client("cloudtrail")
  for trail in trails.describe_trails()["trailList"]:
    trails.get_trail_status(Name=trail["TrailARN"])
  for _ in paged(trails, "lookup_events", "NextToken", "NextToken", MaxResults=20):
    pass
  calls.error(trails, "lookup_events", LookupAttributes=[{"AttributeKey": "Nothing", "AttributeValue": "x"}])
  calls.error(trails, "lookup_events", NextToken="made-up")
  calls.error(trails, "lookup_events", MaxResults=51)
  calls.error(trails, "get_trail_status", Name="arn:aws:cloudtrail:us-east-1:111122223333:trail/none")
  role_of_iam(calls.client("iam", facts["customer"]))
  iam = calls.client("iam", facts["customer"])
  calls.error(iam, "get_role", RoleName="None")
  calls.error(iam, "create_role", RoleName=facts["role"].split("/")[-1], AssumeRolePolicyDocument=json.dumps(TRUST))
  calls.error(iam, "create_role", RoleName="Malformed", AssumeRolePolicyDocument="{")
  calls.error(iam, "delete_role", RoleName=facts["role"].split("/")[-1])
  kms = calls.client("kms", facts["broker"])
  key_of_kms(kms, facts)
  calls.error(kms, "decrypt", CiphertextBlob=b"nothing", EncryptionContext={"tenant": "t", "connection": "c"})
  calls.error(kms, "describe_key", KeyId="1234abcd-12ab-34cd-56ef-1234567890ab")
  calls.error(kms, "sign", KeyId=facts["encryptionKey"], Message=b"a", MessageType="RAW", SigningAlgorithm="RSASSA_PKCS1_V1_5_SHA_256")
  calls.error(kms, "generate_data_key", KeyId=facts["encryptionKey"], KeySpec="AES_256", NumberOfBytes=32)
  calls.error(client("apigateway"), "get_resources", restApiId="none")
  calls.error(client("apigatewayv2"), "get_routes", ApiId="none")
  calls.error(client("lambda"), "list_function_url_configs", FunctionName="none")
  calls.error(client("lambda"), "list_functions", MaxItems=10_001)
  calls.error(client("elbv2"), "describe_listeners", LoadBalancerArn="arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/none/1")
  for service, method, parameters in (
    ("ec2", "describe_instances", {}), ("s3", "list_buckets", {}), ("apigateway", "get_rest_apis", {}), ("apigatewayv2", "get_apis", {}),
    ("lambda", "list_functions", {}), ("appsync", "list_apis", {}), ("elbv2", "describe_load_balancers", {}), ("cloudfront", "list_distributions", {}),
    ("cloudtrail", "describe_trails", {}), ("kms", "describe_key", {"KeyId": facts["signingKey"]}), ("iam", "get_role", {"RoleName": "None"}),
    ("sts", "get_caller_identity", {}),
  ):  # fmt: skip
    calls.error(calls.client(service, {"id": "AKIAUNKNOWN00000000", "secret": "unknown"}), method, **parameters)
    calls.error(calls.client(service, {"id": facts["customer"]["id"], "secret": "wrong"}), method, **parameters)
    calls.error(calls.client(service, key, "wrong"), method, **parameters)
    if service != "sts":
      # A user of another account's, without a permission for it.
      nobody = broker.assume_role(**asked, ExternalId=facts["externalId"], Policy=json.dumps(READS | {"Statement": {"Effect": "Deny", "Action": "*", "Resource": "*"}}))
      denied = {"id": nobody["Credentials"]["AccessKeyId"], "secret": nobody["Credentials"]["SecretAccessKey"]}
      calls.error(calls.client(service, denied, nobody["Credentials"]["SessionToken"]), method, **parameters)


@contextlib.contextmanager
def sample(root, java):
  started = subprocess.Popen(
    [*java, str(root / ".ci/referees/Sample.java"), str(root / "customer/audit-role.yaml")],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
  )  # fmt: skip
  with started:
    try:
      yield json.loads(started.stdout.readline())
    finally:
      started.stdin.close()


# Operations of API Gateway are two of botocore's services, which sign with the same name.
MODELS = {"elasticloadbalancing": ["elbv2"], "apigateway": ["apigateway", "apigatewayv2"]}


def unasked(facts, calls):
  """The declared operations of which no answer was read."""
  for declared in facts["operations"]:
    service, name, *route = declared.split(" ")
    models = MODELS.get(service, [service])
    if len(models) == 2:
      models = models[1:] if " ".join(route).startswith("GET /v2/") else models[:1]
    if f"{models[0]} {name}" not in calls.made:
      yield declared


def differences(root, java):
  """How many answers were read, and what does not fit."""
  with sample(root, java) as facts:
    calls = Calls(facts["endpoint"])
    ask(calls, facts)
  for declared in unasked(facts, calls):
    calls.wrong.setdefault("not asked", set()).add(declared)
  return sum(calls.made.values()) + sum(calls.errors.values()), {name: sorted(what) for name, what in calls.wrong.items()}
