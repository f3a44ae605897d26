#!/usr/bin/env bash
# The aws CLI, one region after the other: takes the CLI, the role and its External ID.
set -euo pipefail
aws=$1 role=$2 external_id=$3

read -r AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN < <("$aws" sts assume-role --output text \
  --role-arn "$role" --external-id "$external_id" --role-session-name bench --duration-seconds 900 \
  --query 'Credentials.[AccessKeyId, SecretAccessKey, SessionToken]')
export AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN

regions=$("$aws" ec2 describe-regions --output text --query 'Regions[].[RegionName]')
for region in $regions; do
  "$aws" ec2 describe-instances --region "$region" --output text \
    --query 'Reservations[].Instances[].[State.Name, InstanceType]' |
    awk -v region="$region" 'NF == 2 { n[$0]++ } END { for (each in n) print "instances", region, each, n[each] }'
done
echo "buckets $("$aws" s3api list-buckets --output text --query 'length(Buckets)')"
