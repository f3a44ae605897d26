package io.cloudoperator.scanner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.ScanKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sealed references, or parts of them, that somebody moved from row to row in the table: none is
 * used, and each is reported.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TamperedScanTest {
  private static final List<String> PARTS = List.of("dataKey", "nonce", "ciphertext");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Stage stage;

  TamperedScanTest() throws IOException {
    stage = new Stage();
  }

  /** Whose rows they are. */
  enum Rows {
    TWO_CONNECTIONS_OF_ONE_TENANT,
    TWO_TENANTS,
    ONE_ID_IN_TWO_TENANTS
  }

  private static Stream<Arguments> swaps() {
    return Stream.of(Rows.values())
        .flatMap(rows -> subsets().map(parts -> Arguments.of(rows, parts)));
  }

  private static Stream<Set<String>> subsets() {
    List<Set<String>> subsets = new ArrayList<>();
    for (int bits = 1; bits < 1 << PARTS.size(); bits++) {
      Set<String> parts = new TreeSet<>();
      for (int part = 0; part < PARTS.size(); part++) {
        if ((bits & 1 << part) != 0) {
          parts.add(PARTS.get(part));
        }
      }
      subsets.add(parts);
    }
    return subsets.stream();
  }

  @AfterEach
  void forget() {
    stage.events.clear();
    stage.keys.blind = false;
  }

  @AfterAll
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @MethodSource("swaps")
  void noScanIsPlannedWithIt(Rows rows, Set<String> parts) {
    List<Connection> both = connect(rows);
    stage.rows.swap(both.get(0), both.get(1), parts);
    stage.aws.requests().clear();
    int before = stage.measured("ReferencesTampered").size();

    for (Connection connection : both) {
      ScanKey key = stage.begin(connection);

      assertThat(stage.plan(key)).isEmpty();
      assertThat(stage.runs.run(key).flatMap(Run::failure).map(Run.Failure::code))
          .contains("reference_tampered");
    }

    assertNobodyWasCalled();
    assertThat(stage.events)
        .extracting(ConnectionEvent::kind, ConnectionEvent::connection, ConnectionEvent::tenant)
        .containsExactlyElementsOf(
            both.stream()
                .map(connection ->
                    Tuple.tuple(
                        ConnectionEvent.Kind.TAMPERED, connection.id(), connection.tenant()))
                .toList());
    assertThat(stage.measured("ReferencesTampered")).hasSize(before + 2);
  }

  @ParameterizedTest
  @MethodSource("swaps")
  void noShardReadsWithIt(Rows rows, Set<String> parts) {
    List<Connection> both = connect(rows);
    ScanKey key = stage.begin(both.get(0));
    List<JsonNode> shards = stage.plan(key);
    stage.rows.swap(both.get(0), both.get(1), parts);
    stage.aws.requests().clear();
    int before = stage.measured("ReferencesTampered").size();

    stage.scan(key, shards.getFirst());

    assertNobodyWasCalled();
    assertThat(stage.measured("ReferencesTampered")).hasSize(before + 1);
    assertThat(stage.conclude(key).required("failure").asText()).isEqualTo("reference_tampered");
  }

  /** The reference is bound to its row twice: this is what holds where KMS does not. */
  @ParameterizedTest
  @EnumSource
  void noScanIsPlannedWithAWholeReferenceThatKmsOpensInAnotherRow(Rows rows) {
    List<Connection> both = connect(rows);
    stage.keys.blind = true;
    assertThat(stage.plan(stage.begin(stage.connect()))).as("of its own row").isNotEmpty();
    stage.rows.swap(both.get(0), both.get(1), Set.copyOf(PARTS));
    stage.aws.requests().clear();

    for (Connection connection : both) {
      ScanKey key = stage.begin(connection);

      assertThat(stage.plan(key)).isEmpty();
      assertThat(stage.runs.run(key).flatMap(Run::failure).map(Run.Failure::code))
          .contains("reference_tampered");
    }

    assertNobodyWasCalled();
    assertThat(stage.events)
        .extracting(ConnectionEvent::kind)
        .containsExactly(ConnectionEvent.Kind.TAMPERED, ConnectionEvent.Kind.TAMPERED);
  }

  private void assertNobodyWasCalled() {
    assertThat(stage.aws.requests().all())
        .extracting(request -> request.service())
        .doesNotContain("sts", "ec2", "s3");
  }

  private List<Connection> connect(Rows rows) {
    TenantId tenant = tenant();
    ConnectionId id = ConnectionId.random(RANDOM);
    Connection one = stage.connect(tenant, id);
    return List.of(
        one,
        switch (rows) {
          case TWO_CONNECTIONS_OF_ONE_TENANT -> neighbour(tenant);
          case TWO_TENANTS -> stage.connect();
          case ONE_ID_IN_TWO_TENANTS -> stage.connect(tenant(), id);
        });
  }

  /** A tenant has one connection to an account: the other one is of another. */
  private Connection neighbour(TenantId tenant) {
    ExternalId externalId = ExternalId.random(RANDOM);
    return stage.connect(
        tenant,
        ConnectionId.random(RANDOM),
        stage.reference(externalId, stage.launch(externalId)),
        new AccountId("999999999999"));
  }

  private static TenantId tenant() {
    return new TenantId("tenant-" + UUID.randomUUID());
  }
}
