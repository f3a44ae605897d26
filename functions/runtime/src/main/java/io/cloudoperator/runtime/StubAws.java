package io.cloudoperator.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Answers as AWS would for an account with one region, one instance and one bucket, and for a key
 * that decrypts anything to zeros. Nothing leaves the process.
 */
final class StubAws implements SdkHttpClient {
  private static final String SESSION =
      """
      <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
      <Credentials><AccessKeyId>-</AccessKeyId><SecretAccessKey>-</SecretAccessKey>
      <SessionToken>-</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
      <PackedPolicySize>15</PackedPolicySize></AssumeRoleResult>
      <ResponseMetadata><RequestId>-</RequestId></ResponseMetadata></AssumeRoleResponse>\
      """;

  private static final String IDENTITY =
      """
      <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
      <GetCallerIdentityResult><Account>000000000000</Account></GetCallerIdentityResult>
      <ResponseMetadata><RequestId>-</RequestId></ResponseMetadata></GetCallerIdentityResponse>\
      """;

  private static final String REGIONS =
      """
      <DescribeRegionsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
      <requestId>-</requestId><regionInfo><item><regionName>us-east-1</regionName>
      <regionEndpoint>-</regionEndpoint><optInStatus>opt-in-not-required</optInStatus></item>
      </regionInfo></DescribeRegionsResponse>\
      """;

  private static final String INSTANCES =
      """
      <DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
      <requestId>-</requestId><reservationSet><item><groupSet/><instancesSet><item>
      <instanceId>-</instanceId><instanceState><code>80</code><name>stopped</name></instanceState>
      <reason>User initiated (2026-01-01 00:00:00 GMT)</reason><instanceType>m5.large</instanceType>
      <launchTime>2026-01-01T00:00:00.000Z</launchTime>
      <placement><availabilityZone>us-east-1a</availabilityZone><tenancy>default</tenancy></placement>
      <ipAddress>192.0.2.1</ipAddress><architecture>x86_64</architecture>
      <groupSet><item><groupId>-</groupId><groupName>launch-wizard-1</groupName></item></groupSet>
      <iamInstanceProfile><arn>-</arn><id>-</id></iamInstanceProfile>
      <networkInterfaceSet><item><association><publicIp>192.0.2.1</publicIp></association></item>
      </networkInterfaceSet><platformDetails>Linux/UNIX</platformDetails>
      <metadataOptions><httpTokens>optional</httpTokens><httpEndpoint>enabled</httpEndpoint>
      </metadataOptions></item></instancesSet></item></reservationSet></DescribeInstancesResponse>\
      """;

  private static final String BUCKETS =
      """
      <ListAllMyBucketsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Buckets><Bucket>
      <Name>-</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate>
      <BucketRegion>us-east-1</BucketRegion></Bucket></Buckets></ListAllMyBucketsResult>\
      """;

  private static final String DATA_KEY =
      "{\"KeyId\":\"-\",\"Plaintext\":\"" + "A".repeat(43) + "=\",\"CiphertextBlob\":\"AAAA\"}";

  private static final Map<String, String> BY_ACTION =
      Map.of(
          "AssumeRole", SESSION,
          "GetCallerIdentity", IDENTITY,
          "DescribeRegions", REGIONS,
          "DescribeInstances", INSTANCES);

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        byte[] answer = answer(request).getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
            .response(
                SdkHttpResponse.builder()
                    .statusCode(200)
                    .putHeader("x-amzn-RequestId", "-")
                    .putHeader("Content-Length", Integer.toString(answer.length))
                    .build())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(answer)))
            .build();
      }

      @Override
      public void abort() {
        // There is nothing under way.
      }
    };
  }

  private static String answer(HttpExecuteRequest request) throws IOException {
    if (request.httpRequest().firstMatchingHeader("X-Amz-Target").isPresent()) {
      return DATA_KEY;
    }
    String form = "";
    if (request.contentStreamProvider().isPresent()) {
      try (InputStream content = request.contentStreamProvider().get().newStream()) {
        form = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
    for (Map.Entry<String, String> each : BY_ACTION.entrySet()) {
      if (form.contains("Action=" + each.getKey() + "&")) {
        return each.getValue();
      }
    }
    return BUCKETS;
  }

  @Override
  public String clientName() {
    return "MadeUp";
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
