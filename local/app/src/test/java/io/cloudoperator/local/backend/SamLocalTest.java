package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.RawTemplate;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.sample.SampleConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written for SAM CLI, and what a function in a container finds behind it. */
class SamLocalTest {
  // It stands for this machine in a container; on this machine it need not be known.
  private static final String HOST = "host.docker.internal";

  private final Path folder;
  private final LocalBackend backend;
  private final SamLocal sam;
  private FunctionInvoker functions = (_, _) -> "";

  SamLocalTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0,
                Optional.empty(),
                new CustomerSide.Sample(SampleConfig.defaults().withInstances(40), Set.of())),
            _ -> {},
            real -> {
              functions = real;
              return SamLocal.untriggered(real);
            });
    sam = SamLocal.start(backend, new ContainerHost(HOST), Optional.of(folder.resolve("build")));
  }

  @AfterEach
  void stop() {
    sam.close();
    backend.close();
  }

  @Test
  void declaresEveryVariableThatItSets() throws IOException {
    JsonNode variables = file("local-env.json");
    JsonNode resources = file("local-template.json").path("Resources");

    assertThat(resources.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrderElementsOf(PackagedFunctions.names().toList());
    RawTemplate deployed = RawTemplate.of("template.yaml");
    PackagedFunctions.names()
        .forEach(function -> {
          JsonNode properties = resources.path(function).path("Properties");
          assertThat(properties.at("/Environment/Variables")).isEqualTo(variables.path(function));
          assertThat(properties.path("Handler").asText())
              .isEqualTo(deployed.properties(function).path("Handler").asText());
          assertThat(properties.path("CodeUri").asText())
              .isEqualTo(folder.resolve("build").resolve(function).toString());
        });
  }

  @Test
  void leavesNoneOfAPersonsOwnCredentialsToAFunction() throws IOException {
    assertThat(file("local-env.json"))
        .allSatisfy(environment -> {
          assertThat(environment.path("AWS_SESSION_TOKEN").asText("none")).isEmpty();
          assertThat(environment.path("AWS_ACCESS_KEY_ID").asText()).startsWith("AKIA");
        });
  }

  @Test
  void answersAtEachAddressThatAFunctionIsGiven() throws Exception {
    List<String> asked = new ArrayList<>();
    try (HttpClient http = HttpClient.newHttpClient()) {
      JsonNode environment = file("local-env.json").path("PlanFunction");
      for (var variable : environment.properties()) {
        String value = variable.getValue().asText();
        if (value.startsWith("http")) {
          assertThat(value).startsWith("http://" + HOST + ":");
          URI here = URI.create(value.replace(HOST, "127.0.0.1"));
          // Unsigned, and nothing that any of them knows: each refuses it itself.
          HttpResponse<String> answer =
              http.send(
                  HttpRequest.newBuilder(here)
                      .POST(HttpRequest.BodyPublishers.ofString("{}"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
          assertThat(answer.statusCode()).as(variable.getKey()).isBetween(400, 499);
          asked.add(variable.getKey());
        }
      }
    }
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "AWS_ENDPOINT_URL_DYNAMODB",
            "AWS_ENDPOINT_URL_KMS",
            "AWS_ENDPOINT_URL_SFN",
            "AWS_ENDPOINT_URL_EVENTBRIDGE",
            "CUSTOMER_ENDPOINT_URL");
  }

  @Test
  void hasWhatTheFilesOfEventsName() throws Exception {
    // Backwards, for none may need another one before it.
    assertThat(answer("TrimFunction", "trim").path("batchItemFailures")).isEmpty();
    assertThat(answer("VerifyFunction", "verify").path("batchItemFailures")).isEmpty();
    assertThat(answer("ConcludeFunction", "conclude").path("state").asText())
        .isEqualTo("concluded");
    JsonNode read = answer("ScanRegionsFunction", "scan-regions");
    assertThat(read.path("complete").asInt()).isEqualTo(2);
    assertThat(read.path("unread").asInt()).isZero();
    assertThat(answer("PlanFunction", "plan").path("shards")).isNotEmpty();
    assertThat(answer("DueScansFunction", "due-scans").path("started").asInt()).isEqualTo(1);
    assertThat(answer("StartScanFunction", "start-scan").path("statusCode").asInt()).isEqualTo(202);
    assertThat(answer("QueryFunction", "query").path("statusCode").asInt()).isEqualTo(200);
    assertThat(answer("ConnectFunction", "connect").path("statusCode").asInt()).isEqualTo(201);
    backend.settled();
  }

  @Test
  void leavesTheSixthSnapshotToWhoeverInvokesTrim() throws Exception {
    backend.settled();
    assertThat(snapshots()).isEqualTo(6);

    answer("TrimFunction", "trim");

    assertThat(snapshots()).isEqualTo(5);
  }

  @Test
  void deletesItsFilesInTheEnd() {
    sam.close();

    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "127.0.0.1", "::1", "localhost", "", "172.17.0.1:80"})
  void refusesWhatLeadsNoContainerHere(String host) {
    assertThatThrownBy(() -> new ContainerHost(host)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysInOneSentenceThatAnAddressIsNotThisMachines() {
    ContainerHost elsewhere = new ContainerHost("192.0.2.1");

    assertThatThrownBy(() -> SamLocal.start(backend, elsewhere, Optional.of(folder)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("192.0.2.1");
  }

  private long snapshots() {
    return backend
        .database()
        .client()
        .scanPaginator(scan -> scan.tableName(backend.table("ScansTable")))
        .items()
        .stream()
        .map(item -> item.toString())
        .filter(item -> item.contains("S=acme#") && item.contains("S=snapshot#"))
        .count();
  }

  private JsonNode answer(String function, String event) throws Exception {
    Path file =
        Path.of(System.getProperty("repository.root", "."), "events").resolve(event + ".json");
    return Json.STRICT.readTree(functions.invoke(function, Files.readString(file)));
  }

  private ObjectNode file(String name) throws IOException {
    return (ObjectNode) Json.STRICT.readTree(Files.readString(folder.resolve(name)));
  }
}
