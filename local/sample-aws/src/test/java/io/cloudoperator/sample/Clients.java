package io.cloudoperator.sample;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigatewayv2.ApiGatewayV2Client;
import software.amazon.awssdk.services.appsync.AppSyncClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** The SDK's own clients, pointed at a sample. They do not retry, unless they are told to. */
record Clients(SampleAws aws) {

  static final String TRUST =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
      "Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"sts:AssumeRole",
      "Condition":{"StringEquals":{"sts:ExternalId":"the-external-id"}}}]}\
      """;
  static final String PERMISSIONS =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
      "Action":["ec2:Describe*","s3:ListAllMyBuckets"],"Resource":"*"}]}\
      """;

  private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

  static AwsCredentials of(AccessKey key) {
    return AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey());
  }

  static AwsCredentials of(Credentials session) {
    return AwsSessionCredentials.create(
        session.accessKeyId(), session.secretAccessKey(), session.sessionToken());
  }

  AwsCredentials broker() {
    return of(aws.brokerCredentials());
  }

  AwsCredentials customer() {
    return of(aws.customerCredentials());
  }

  /** A role in the customer's account that trusts the broker with the External ID. */
  String role() {
    return aws.putRole(aws.customerAccountId(), "/Readonly", TRUST, PERMISSIONS);
  }

  AssumeRoleRequest.Builder assume(String roleArn) {
    return AssumeRoleRequest.builder()
        .roleArn(roleArn)
        .roleSessionName("scan-1")
        .externalId("the-external-id")
        .durationSeconds(900);
  }

  AwsCredentials session(String roleArn) {
    return of(sts(broker()).assumeRole(assume(roleArn).build()).credentials());
  }

  StsClient sts(AwsCredentials credentials) {
    return to(StsClient.builder().httpClient(HTTP), credentials, "us-east-1").build();
  }

  Ec2Client ec2(AwsCredentials credentials, String region) {
    return to(Ec2Client.builder().httpClient(HTTP), credentials, region).build();
  }

  S3Client s3(AwsCredentials credentials) {
    return to(S3Client.builder().httpClient(HTTP), credentials, "us-east-1").build();
  }

  IamClient iam(AwsCredentials credentials) {
    return to(IamClient.builder().httpClient(HTTP), credentials, "us-east-1").build();
  }

  KmsClient kms(AwsCredentials credentials) {
    return to(KmsClient.builder().httpClient(HTTP), credentials, "us-east-1").build();
  }

  ApiGatewayClient apiGateway(AwsCredentials credentials, String region) {
    return to(ApiGatewayClient.builder().httpClient(HTTP), credentials, region).build();
  }

  /** One that takes whatever form the service likes best. */
  ApiGatewayClient apiGatewayWithoutAccept(AwsCredentials credentials, String region) {
    return to(ApiGatewayClient.builder().httpClient(HTTP), credentials, region)
        .overrideConfiguration(each ->
            each.addExecutionInterceptor(
                new ExecutionInterceptor() {
                  @Override
                  public SdkHttpRequest modifyHttpRequest(
                      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
                    return context.httpRequest().toBuilder().putHeader("Accept", "*/*").build();
                  }
                }))
        .build();
  }

  ApiGatewayV2Client apiGatewayV2(AwsCredentials credentials, String region) {
    return to(ApiGatewayV2Client.builder().httpClient(HTTP), credentials, region).build();
  }

  LambdaClient lambda(AwsCredentials credentials, String region) {
    return to(LambdaClient.builder().httpClient(HTTP), credentials, region).build();
  }

  AppSyncClient appSync(AwsCredentials credentials, String region) {
    return to(AppSyncClient.builder().httpClient(HTTP), credentials, region).build();
  }

  ElasticLoadBalancingV2Client loadBalancing(AwsCredentials credentials, String region) {
    return to(ElasticLoadBalancingV2Client.builder().httpClient(HTTP), credentials, region).build();
  }

  CloudFrontClient cloudFront(AwsCredentials credentials) {
    return to(CloudFrontClient.builder().httpClient(HTTP), credentials, "us-east-1").build();
  }

  private <B extends AwsClientBuilder<B, C>, C> B to(
      B builder, AwsCredentials credentials, String region) {
    return builder
        .endpointOverride(aws.endpoint())
        .region(Region.of(region))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .overrideConfiguration(each -> each.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }
}
