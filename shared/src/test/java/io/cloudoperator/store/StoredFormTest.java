package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.ACCOUNT;
import static io.cloudoperator.store.Sample.FRANKFURT;
import static io.cloudoperator.store.Sample.NOW;
import static io.cloudoperator.store.Sample.PROOF;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.ConnectionStore.Saved;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.RunStore.Outcomes;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Written;
import io.cloudoperator.store.stored.UnreadableItems;
import io.cloudoperator.vault.FakeKms;
import io.cloudoperator.vault.KmsRoleVault;
import io.cloudoperator.vault.RoleVault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What lies in the tables, read raw: never a role ARN or an External ID, however written. */
@ExtendWith(DeployedTables.Extension.class)
class StoredFormTest {
  private static final String ROLE_ARN =
      "arn:aws:iam::444455556666:role/canary/CloudOperatorReadOnly";

  private final DeployedTables tables;
  private final ConnectionStore connections;
  private final RunStore runs;
  private final SnapshotStore snapshots;
  private final RoleVault vault = new KmsRoleVault(new FakeKms(), FakeKms.KEY, SecureRandom::new);
  private final TenantId tenant = Sample.tenant();

  StoredFormTest(DeployedTables tables) {
    this.tables = tables;
    this.connections = new DynamoConnectionStore(tables.client(), tables.connections());
    ScanTables scanTables = tables.scanTables(() -> NOW, UnreadableItems.IGNORED);
    this.runs = new DynamoRunStore(scanTables);
    this.snapshots = new DynamoSnapshotStore(scanTables);
  }

  @Test
  void holdsNoRoleReferenceInTheClearAtAnyTimeOfALife() {
    ExternalId externalId = ExternalId.random(new SecureRandom());
    RoleReference issued = RoleReference.issued(externalId);
    Connection connection = Sample.pending(tenant);
    connections.create(connection.withReference(vault.seal(tenant, connection.id(), issued)));
    assertHidden(externalId);

    RoleReference named = issued.withRole(new RoleArn(ROLE_ARN));
    connection = change(connection, c -> c.withReference(vault.seal(tenant, c.id(), named)));
    connection = change(connection, c -> c.proven(ACCOUNT, PROOF));
    assertHidden(externalId);

    Run run = Sample.run(connection, NOW);
    runs.begin(connection, run, Optional.of("key"), NOW);
    runs.keepPlan(run, Sample.plan());
    runs.record(
        run.key(),
        0,
        new Outcomes(
            List.of(Sample.traced(Sample.complete(FRANKFURT))),
            Optional.empty(),
            Optional.empty(),
            List.of()));
    assertThat(snapshots.conclude(run, Sample.snapshot(run), Sample.ledger(run)))
        .isEqualTo(new Written.Done());
    assertHidden(externalId);

    assertThat(vault.open(tenant, connection.id(), connection.reference().orElseThrow()))
        .isEqualTo(named);
    connection = change(connection, c -> c.disconnected(NOW));
    assertHidden(externalId);
    assertThat(connection.reference()).isEmpty();
  }

  @Test
  void wouldFindOneThatIsHiddenInAnyOfTheFormsLookedFor() {
    for (String form : forms(ROLE_ARN).toList()) {
      assertThat(texts(AttributeValue.fromM(Map.of("a", AttributeValue.fromS("x" + form)))))
          .anySatisfy(text -> assertThat(text).contains(form));
    }
    for (int offset = 0; offset < 3; offset++) {
      byte[] padded = ("x".repeat(offset) + ROLE_ARN + "y").getBytes(UTF_8);
      String encoded = Base64.getEncoder().encodeToString(padded);
      assertThat(forms(ROLE_ARN)).as("offset %d", offset).anyMatch(encoded::contains);
    }
  }

  private Connection change(Connection connection, UnaryOperator<Connection> change) {
    assertThat(connections.save(connection, change.apply(connection))).isEqualTo(Saved.SAVED);
    return connections.find(tenant, connection.id(), NOW).orElseThrow();
  }

  private void assertHidden(ExternalId externalId) {
    List<String> stored =
        Stream.of(tables.connections(), tables.scans())
            .flatMap(table ->
                tables
                    .client()
                    .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
                    .items()
                    .stream())
            // What others have damaged in the same tables cannot be unpacked.
            .filter(item -> Stored.text(item, Stored.PK).startsWith(tenant.value()))
            .map(AttributeValue::fromM)
            .flatMap(StoredFormTest::texts)
            .toList();
    assertThat(stored).isNotEmpty();
    List<String> forms =
        Stream.of(ROLE_ARN, externalId.value()).flatMap(StoredFormTest::forms).toList();
    assertThat(stored).allSatisfy(text -> assertThat(forms).noneMatch(form -> text.contains(form)));
  }

  /** Plain, for a URL, in hexadecimal, and in both alphabets of base64 at each of its offsets. */
  private static Stream<String> forms(String secret) {
    byte[] bytes = secret.getBytes(UTF_8);
    return Stream.concat(
        Stream.of(secret, URLEncoder.encode(secret, UTF_8), HexFormat.of().formatHex(bytes)),
        IntStream.range(0, 3)
            .mapToObj(
                // Three bytes make four characters: whole groups look the same in any text.
                offset ->
                    Arrays.copyOfRange(bytes, offset, offset + (bytes.length - offset) / 3 * 3))
            .flatMap(whole ->
                Stream.of(
                    Base64.getEncoder().encodeToString(whole),
                    Base64.getUrlEncoder().encodeToString(whole))));
  }

  /** Every text and key in an attribute; bytes as they are, and unpacked where they are packed. */
  private static Stream<String> texts(AttributeValue value) {
    return switch (value.type()) {
      case S -> Stream.of(value.s());
      case N -> Stream.of(value.n());
      case M ->
          value.m().entrySet().stream()
              .flatMap(entry -> Stream.concat(Stream.of(entry.getKey()), texts(entry.getValue())));
      case L -> value.l().stream().flatMap(StoredFormTest::texts);
      case B -> {
        byte[] bytes = value.b().asByteArray();
        yield Stream.of(new String(bytes, ISO_8859_1), unpacked(bytes));
      }
      default -> throw new AssertionError("nobody looks into an attribute of type " + value.type());
    };
  }

  private static String unpacked(byte[] bytes) {
    try (InputStream unpacked = unpacking(new ByteArrayInputStream(bytes))) {
      return new String(unpacked.readAllBytes(), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Snapshots are gzipped, calls deflated; what is neither fails. */
  private static InputStream unpacking(InputStream bytes) throws IOException {
    bytes.mark(1);
    boolean gzipped = bytes.read() == 0x1f;
    bytes.reset();
    return gzipped ? new GZIPInputStream(bytes) : new InflaterInputStream(bytes);
  }
}
