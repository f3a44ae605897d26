"""What a script does where CloudOperator scans: assumes the role, and counts instances and buckets, a thread a region.

python -m venv venv && venv/bin/pip install boto3==1.43.11
./cloudoperator sample-aws --latency distance      # and export what it prints for the broker's account
time venv/bin/python bench/boto3_counts.py ROLE_ARN EXTERNAL_ID
time ./cloudoperator scan --role-arn ROLE_ARN --external-id EXTERNAL_ID --endpoint-url $AWS_ENDPOINT_URL
"""

import sys
from concurrent.futures import ThreadPoolExecutor

import boto3


def instances(ec2):
    pages = ec2.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 1000})
    return sum(len(reservation["Instances"]) for page in pages for reservation in page["Reservations"])


def buckets(s3):
    pages = s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 1000})
    return sum(len(page["Buckets"]) for page in pages)


granted = boto3.client("sts").assume_role(
    RoleArn=sys.argv[1], ExternalId=sys.argv[2], RoleSessionName="counts", DurationSeconds=900
)["Credentials"]
session = boto3.Session(
    aws_access_key_id=granted["AccessKeyId"],
    aws_secret_access_key=granted["SecretAccessKey"],
    aws_session_token=granted["SessionToken"],
)
names = [each["RegionName"] for each in session.client("ec2").describe_regions()["Regions"]]
# A session is not for several threads; its clients are.
regions = [session.client("ec2", region_name=name) for name in names]
s3 = session.client("s3")
with ThreadPoolExecutor(len(regions) + 1) as threads:
    listed = threads.submit(buckets, s3)
    print(sum(threads.map(instances, regions)), "instances,", listed.result(), "buckets")
