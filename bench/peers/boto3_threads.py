"""boto3 with a thread a region: takes the role and its External ID."""

import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import boto3

from counting import Clock, assumed

clock = Clock()


def region(client):
    counts = Counter()
    for page in client.get_paginator("describe_instances").paginate(PaginationConfig={"PageSize": 1000}):
        for reservation in page["Reservations"]:
            for each in reservation["Instances"]:
                counts[client.meta.region_name, each["State"]["Name"], each["InstanceType"]] += 1
    return counts


def bucket_count(s3):
    pages = s3.get_paginator("list_buckets").paginate(PaginationConfig={"PageSize": 1000})
    return sum(len(page["Buckets"]) for page in pages)


session = assumed(boto3, *sys.argv[1:3])
names = [each["RegionName"] for each in session.client("ec2").describe_regions()["Regions"]]
# A session is not for several threads, its clients are.
clients = [session.client("ec2", region_name=name) for name in names]
s3 = session.client("s3")
with ThreadPoolExecutor(len(clients) + 1) as threads:
    buckets = threads.submit(bucket_count, s3)
    counts = sum(threads.map(region, clients), Counter())
clock.report(counts, buckets.result())
