package io.cloudoperator.sample.iam;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Those of AWS's managed policies that the sample knows, as excerpts: each says of STS, EC2, S3,
 * API Gateway, AppSync, CloudFront, CloudTrail, IAM, Elastic Load Balancing, KMS and Lambda what
 * AWS's document says for the calls that the sample answers or refuses by name. Left out are all
 * other services, and of these: what SecurityAudit allows of EC2's Get and Search actions, of S3's
 * access points, Storage Lens and configurations, of Lambda's GetPolicy and the like; and what
 * ReadOnlyAccess allows of EC2 beside Describe and Get.
 *
 * <ul>
 *   <li>SecurityAudit is v91 of 2026-07-21. Its resources of API Gateway are complete: it has
 *       neither {@code /restapis/ID} nor {@code /domainnames/NAME/basepathmappings}.
 *   <li>ReadOnlyAccess is v178 of 2026-02-12.
 *   <li>AdministratorAccess is v1, and whole.
 * </ul>
 *
 * <p>https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAudit.html
 */
public final class ManagedPolicies {

  private static final String PREFIX = "arn:aws:iam::aws:policy/";

  private static final String SECURITY_AUDIT =
      """
      {"Version":"2012-10-17","Statement":[
      {"Sid":"BaseSecurityAuditStatement","Effect":"Allow","Resource":"*","Action":[
      "appsync:List*","cloudfront:Get*","cloudfront:List*","ec2:Describe*",
      "elasticloadbalancing:Describe*","kms:Describe*","kms:Get*","kms:List*","rds:Describe*",
      "lambda:GetFunctionConfiguration","lambda:List*",
      "cloudtrail:DescribeTrails","cloudtrail:GetTrailStatus","cloudtrail:LookupEvents","iam:Get*","iam:List*",
      "s3:GetBucket*","s3:GetObjectAcl","s3:GetObjectTagging","s3:ListAllMyBuckets","s3:ListBucket",
      "sts:GetAccessKeyInfo"]},
      {"Sid":"APIGatewayAccess","Effect":"Allow","Action":["apigateway:GET"],"Resource":[%s]}]}\
      """
          .formatted(
              Stream.of(
                      "apis",
                      "apis/*/authorizers/*",
                      "apis/*/authorizers",
                      "apis/*/cors",
                      "apis/*/deployments/*",
                      "apis/*/deployments",
                      "apis/*/exports/*",
                      "apis/*/integrations/*",
                      "apis/*/integrations",
                      "apis/*/models/*",
                      "apis/*/models",
                      "apis/*/routes/*",
                      "apis/*/routes",
                      "apis/*/stages",
                      "apis/*/stages/*",
                      "clientcertificates",
                      "clientcertificates/*",
                      "domainnames",
                      "domainnames/*/apimappings",
                      "restapis",
                      "restapis/*/authorizers/*",
                      "restapis/*/authorizers",
                      "restapis/*/deployments/*",
                      "restapis/*/deployments",
                      "restapis/*/documentation/parts/*",
                      "restapis/*/documentation/parts",
                      "restapis/*/documentation/versions/*",
                      "restapis/*/documentation/versions",
                      "restapis/*/gatewayresponses/*",
                      "restapis/*/gatewayresponses",
                      "restapis/*/models/*",
                      "restapis/*/models",
                      "restapis/*/requestvalidators",
                      "restapis/*/requestvalidators/*",
                      "restapis/*/resources/*",
                      "restapis/*/resources",
                      "restapis/*/stages",
                      "restapis/*/stages/*",
                      "tags/*",
                      "vpclinks")
                  .map(path -> "\"arn:aws:apigateway:*::/" + path + "\"")
                  .collect(Collectors.joining(",")));

  private static final String READ_ONLY_ACCESS =
      """
      {"Version":"2012-10-17","Statement":[
      {"Sid":"ReadOnlyActions","Effect":"Allow","Resource":"*","Action":[
      "apigateway:GET","apigateway:GetRoutingRule","apigateway:ListRoutingRules","appsync:Get*","appsync:List*","cloudfront:Describe*","cloudfront:Get*",
      "cloudfront:List*","ec2:Describe*","ec2:Get*","elasticloadbalancing:Describe*",
      "kms:Describe*","kms:Get*","kms:List*","lambda:Get*","lambda:List*","rds:Describe*",
      "cloudtrail:Describe*","cloudtrail:Get*","cloudtrail:LookupEvents","iam:Get*","iam:List*",
      "s3:DescribeJob","s3:Get*","s3:List*",
      "sts:GetAccessKeyInfo","sts:GetCallerIdentity","sts:GetSessionToken"]}]}\
      """;

  private static final String ADMINISTRATOR_ACCESS =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
      """;

  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "SecurityAudit", SECURITY_AUDIT,
          "ReadOnlyAccess", READ_ONLY_ACCESS,
          "AdministratorAccess", ADMINISTRATOR_ACCESS);

  private ManagedPolicies() {}

  /** The ARN of a policy that is one of these; empty for all others. */
  public static Optional<String> arn(Policy policy) {
    return DOCUMENTS.entrySet().stream()
        .filter(each -> each.getValue().equals(policy.json()))
        .map(each -> PREFIX + each.getKey())
        .findFirst();
  }

  /**
   * The policy of that ARN.
   *
   * @throws PolicyException if the sample does not know it
   */
  public static Policy read(String arn, PolicyKind kind) {
    String document = arn.startsWith(PREFIX) ? DOCUMENTS.get(arn.substring(PREFIX.length())) : null;
    if (document == null) {
      throw new PolicyException("The sample AWS does not know the policy " + arn);
    }
    return Policy.parse(document, kind);
  }
}
