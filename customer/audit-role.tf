# Grants CloudOperator the audit tier in this account: one IAM role, and nothing else. The same role as
# audit-role.yaml, for those who keep their accounts in Terraform. `terraform destroy` revokes it.

variable "external_id" {
  description = "The External ID that CloudOperator made for this connection. Never one that you choose yourself."
  type        = string
  validation {
    condition     = can(regex("^cloudoperator-[A-Za-z0-9_-]{43}$", var.external_id))
    error_message = "The External ID of your connection, cloudoperator- and 43 characters, as POST /connections answered it."
  }
}

variable "broker_account_id" {
  description = "The AWS account that CloudOperator runs in."
  type        = string
  validation {
    condition     = can(regex("^[0-9]{12}$", var.broker_account_id))
    error_message = "An AWS account id has 12 digits."
  }
}

variable "broker_role_pattern" {
  description = "Only roles of the broker account whose ARN is like this may assume the role."
  type        = string
  validation {
    condition     = can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9_+=,.@/*?-]+$", var.broker_role_pattern))
    error_message = "The ARN of roles of the broker account, for example arn:aws:iam::111122223333:role/cloudoperator/broker/*"
  }
}

variable "role_name" {
  description = "The name of the role."
  type        = string
  default     = "CloudOperatorAudit"
  validation {
    condition     = can(regex("^CloudOperator[A-Za-z0-9_+=,.@-]{0,51}$", var.role_name))
    error_message = "A name that starts with CloudOperator, of at most 64 characters."
  }
}

data "aws_partition" "current" {}

resource "aws_iam_role" "cloudoperator" {
  name                 = var.role_name
  description          = "Lets CloudOperator count instances and buckets and list APIs, read-only. Delete it to revoke."
  max_session_duration = 3600

  # Whatever is attached to the role one day, it can only read.
  permissions_boundary = "arn:${data.aws_partition.current.partition}:iam::aws:policy/ReadOnlyAccess"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTheBrokerWithOurExternalId"
      Effect    = "Allow"
      Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${var.broker_account_id}:root" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "sts:ExternalId" = var.external_id }
        StringLike   = { "aws:PrincipalArn" = var.broker_role_pattern }
      }
    }]
  })
}

# SecurityAudit reads API Gateway's lists, but no API, and no routing rule of a custom domain.
resource "aws_iam_role_policy" "cloudoperator" {
  # checkov:skip=CKV_AWS_355:every API of every region is read, as customer/audit-permissions.json says
  name = "CloudOperatorAudit"
  role = aws_iam_role.cloudoperator.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid      = "ReadApis"
      Effect   = "Allow"
      Action   = ["apigateway:GET", "apigateway:ListRoutingRules"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "security_audit" {
  role       = aws_iam_role.cloudoperator.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/SecurityAudit"
}

output "role_arn" {
  description = "Give this to CloudOperator to complete the connection."
  value       = aws_iam_role.cloudoperator.arn
}
