package io.cloudoperator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.json.Json;
import io.cloudoperator.platform.states.Definition;
import io.cloudoperator.platform.states.Execution;
import io.cloudoperator.platform.states.StateMachineRunner;
import io.cloudoperator.platform.states.StatesEndpoint;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

final class SfnScanMachineTest {
  private static final String ARN =
      "arn:aws:states:us-east-1:111122223333:stateMachine:cloudoperator-scan";
  private static final ScanKey KEY =
      new ScanKey(
          new TenantId("acme"),
          new ConnectionId("con-" + "0".repeat(32)),
          new ScanId("019aa8a0-2c00-7000-8000-000000000001"));

  @Test
  void startsAnExecutionWithIdsAndNothingElse() throws IOException, InterruptedException {
    // Its output is what it was given.
    Definition definition =
        Definition.read(
            """
            {"StartAt":"Plan","States":{"Plan":{"Type":"Pass",
              "Parameters":{"input.$":"$"},"OutputPath":"$.input","End":true}}}
            """);
    StateMachineRunner.Tools tools =
        StateMachineRunner.Tools.real((_, _) -> {
          throw new AssertionError("no function is invoked");
        });
    Queue<Execution> ended = new ConcurrentLinkedQueue<>();
    try (StateMachineRunner runner = new StateMachineRunner(ARN, definition, tools);
        StatesEndpoint states = StatesEndpoint.start(List.of(runner), ended::add);
        SfnClient sfn = client(states.url())) {
      boolean started = new SfnScanMachine(sfn, ARN, Telemetry.logsOnly()).start(KEY);
      states.awaitIdle();

      assertThat(started).isTrue();
      assertThat(ended)
          .singleElement()
          .extracting(Execution::arn, STRING)
          .contains(":express:cloudoperator-scan:" + KEY.scan().value() + ":");
      assertThat(Json.read(ended.element().output(), ScanKey.class)).isEqualTo(KEY);
    }
  }

  @Test
  void saysSoWhenThereIsNoSuchMachine() throws IOException {
    try (StatesEndpoint states = StatesEndpoint.start(List.of(), _ -> {});
        SfnClient sfn = client(states.url())) {
      assertThat(new SfnScanMachine(sfn, ARN, Telemetry.logsOnly()).start(KEY)).isFalse();
    }
  }

  @Test
  void saysSoWhenNobodyAnswers() {
    try (SfnClient sfn = client(URI.create("http://127.0.0.1:1"))) {
      assertThat(new SfnScanMachine(sfn, ARN, Telemetry.logsOnly()).start(KEY)).isFalse();
    }
  }

  private static SfnClient client(URI endpoint) {
    return SfnClient.builder()
        .httpClient(UrlConnectionHttpClient.create())
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
        .build();
  }
}
