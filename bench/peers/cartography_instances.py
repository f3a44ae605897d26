"""Cartography's EC2 instances, read and transformed, not loaded into a graph: takes the role and its External ID."""

import sys
from collections import Counter

import boto3
from cartography.intel.aws.ec2 import get_ec2_regions
from cartography.intel.aws.ec2.instances import get_ec2_instances, transform_ec2_instances

from counting import Clock, assumed

clock = Clock()

role, external_id = sys.argv[1:3]
session = assumed(boto3, role, external_id)
counts = Counter()
# One region after the other, as its sync_ec2_instances does.
for region in get_ec2_regions(session):
    reservations = get_ec2_instances(session, region)
    data = transform_ec2_instances(reservations, region, role.split(":")[4])
    counts.update((region, each["State"], each["InstanceType"]) for each in data.instance_list)
clock.report(counts)
