package io.cloudoperator.connection;

/** The set of permissions that a customer grants. */
public enum Tier {
  /** {@code ec2:Describe*}, {@code s3:ListAllMyBuckets} and {@code sts:GetCallerIdentity}. */
  MINIMAL,
  /** AWS's {@code SecurityAudit} managed policy, and what reads API Gateway. */
  AUDIT
}
