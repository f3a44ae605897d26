package io.cloudoperator.local.fuzz;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.StsRoleSessions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** What the sample AWS answers to a scan of the audit tier, by the service that answered. */
final class RecordedAnswers implements SdkHttpClient {
  private static final Pattern SERVICE = Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/");
  private static final int KEPT = 40;

  private final SdkHttpClient http = StsRoleSessions.httpClient();
  private final Map<String, List<byte[]>> bodies = new ConcurrentSkipListMap<>();

  private RecordedAnswers() {}

  /** Scans one region and all that has no region. */
  static Map<String, List<byte[]>> ofAScan(Path repository) throws IOException {
    RecordedAnswers recorded = new RecordedAnswers();
    SampleConfig config =
        SampleConfig.defaults().withInstances(30).withRegions(1).withApis(60).withBuckets(5);
    ExternalId externalId = ExternalId.random(new SecureRandom());
    try (SampleAws aws = SampleAws.start(config);
        StsClient sts = sts(aws, recorded)) {
      String role =
          aws.launch(
              aws.customerAccountId(),
              repository.resolve("customer/audit-role.yaml"),
              Map.of(
                  "ExternalId", externalId.value(),
                  "BrokerAccountId", aws.brokerAccountId(),
                  "BrokerRolePattern", aws.brokerRoleArn()));
      StsRoleSessions sessions =
          new StsRoleSessions(
              sts, recorded, Optional.of(aws.endpoint()), InstantSource.system(), _ -> {});
      RoleSession session =
          switch (sessions.assume(
              new RoleArn(role), Optional.of(externalId), "scan-1", Tier.AUDIT)) {
            case AssumeRoleResult.Granted granted -> granted.session();
            case AssumeRoleResult refused -> throw new AssertionError(refused);
          };
      var _ = session.identity();
      var _ = session.regions();
      var _ = session.scanBuckets();
      for (String region : aws.customer().regions()) {
        var _ = session.scanRegion(new RegionName(region));
        var _ = session.discoverApis(new RegionName(region));
      }
      var _ = session.discoverGlobalApis();
    }
    return new TreeMap<>(recorded.bodies);
  }

  private static StsClient sts(SampleAws aws, SdkHttpClient http) {
    return StsClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(aws.endpoint())
        .httpClient(http)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    aws.brokerCredentials().accessKeyId(),
                    aws.brokerCredentials().secretAccessKey())))
        .build();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    ExecutableHttpRequest prepared = http.prepareRequest(request);
    String service =
        request
            .httpRequest()
            .firstMatchingHeader("Authorization")
            .map(SERVICE::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .orElse("");
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        HttpExecuteResponse response = prepared.call();
        if (response.responseBody().isEmpty()) {
          return response;
        }
        byte[] body = response.responseBody().get().readAllBytes();
        keep(service, body);
        return HttpExecuteResponse.builder()
            .response(response.httpResponse())
            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
            .build();
      }

      @Override
      public void abort() {
        prepared.abort();
      }
    };
  }

  private void keep(String service, byte[] body) {
    List<byte[]> of =
        bodies.computeIfAbsent(service, _ -> Collections.synchronizedList(new ArrayList<>()));
    if (of.size() < KEPT && body.length > 0) {
      of.add(body);
    }
  }

  @Override
  public void close() {
    // Its owner is each test's scan.
  }
}
