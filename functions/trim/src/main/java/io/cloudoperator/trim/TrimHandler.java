package io.cloudoperator.trim;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.store.StreamKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Deletes all but the newest snapshots and ledgers, as many as are kept, of each connection that
 * has a new one. Readers never see more, however late this comes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Partial
 *     batch responses</a>
 */
public final class TrimHandler implements RequestStreamHandler {
  private static final String INSERT = "INSERT";

  private final ScanRetention retention;
  private final Telemetry telemetry;
  private final Step<Batch, Answer> step;

  public TrimHandler() {
    this(Wiring.ofEnvironment());
    Priming.register(telemetry, this::trimNothing);
  }

  public TrimHandler(Wiring wiring) {
    this.retention = wiring.retention();
    this.telemetry = wiring.telemetry();
    this.step = new Step<>(Batch.class, batch -> new Answer(trim(batch.records())), telemetry);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    step.handle(event, answer, context);
  }

  private List<Failure> trim(List<Change> records) {
    Set<Owner> trimmed = new HashSet<>();
    for (Change record : records) {
      try {
        owner(record).filter(trimmed::add).ifPresent(this::trim);
      } catch (RuntimeException e) {
        // Lambda comes again with this record and all after it, the trimmed ones too.
        telemetry.failed(LogEvent.TRIM_FAILED, e);
        return List.of(new Failure(record.dynamodb().sequenceNumber()));
      }
    }
    return List.of();
  }

  private void trim(Owner owner) {
    telemetry.about(Telemetry.Key.TENANT, owner.tenant);
    telemetry.about(Telemetry.Key.CONNECTION, owner.connection);
    ScanRetention.Trimmed deleted = retention.trim(owner.tenant, owner.connection);
    if (deleted.snapshots() > 0) {
      telemetry.info(LogEvent.SNAPSHOTS_TRIMMED);
      telemetry.measure("SnapshotsTrimmed", deleted.snapshots(), MetricUnit.COUNT);
    }
    if (deleted.ledgers() > 0) {
      telemetry.info(LogEvent.LEDGERS_TRIMMED);
      telemetry.measure("LedgersTrimmed", deleted.ledgers(), MetricUnit.COUNT);
    }
  }

  private static Optional<Owner> owner(Change record) {
    if (!INSERT.equals(record.eventName())) {
      return Optional.empty();
    }
    Map<String, String> keys =
        record.dynamodb().keys().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text()));
    return StreamKeys.displacing(keys).map(Owner::of);
  }

  private void trimNothing() {
    retention.trim(Priming.NOBODY, Priming.NO_CONNECTION);
  }

  /**
   * What Lambda sends of a stream of keys.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#services-dynamodb-eventsourcemapping">Example
   *     event</a>
   */
  record Batch(@JsonProperty("Records") List<Change> records) {}

  record Change(String eventName, Item dynamodb) {}

  record Item(
      @JsonProperty("Keys") Map<String, Key> keys,
      @JsonProperty("SequenceNumber") String sequenceNumber) {}

  record Key(@JsonProperty("S") String text) {}

  /** Where in the stream to begin again, if something of the batch failed. */
  record Answer(List<Failure> batchItemFailures) {}

  record Failure(String itemIdentifier) {}

  /** Whose snapshots are trimmed: once in a batch, however many of them are in it. */
  private record Owner(TenantId tenant, ConnectionId connection) {
    static Owner of(ScanKey key) {
      return new Owner(key.tenant(), key.connection());
    }
  }
}
