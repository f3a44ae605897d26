package io.cloudoperator.trim;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.StreamBatch;
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
import java.util.Optional;
import java.util.Set;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Deletes all but the newest snapshots and ledgers, as many as are kept, of each connection that
 * has a new one. Readers never see more, however late this comes.
 */
public final class TrimHandler implements RequestStreamHandler {
  private final ScanRetention retention;
  private final Telemetry telemetry;
  private final Step<StreamBatch, StreamBatch.Answer> step;

  public TrimHandler() {
    this(Wiring.ofEnvironment());
    Priming.register(telemetry, this::trimNothing);
  }

  public TrimHandler(Wiring wiring) {
    this.retention = wiring.retention();
    this.telemetry = wiring.telemetry();
    this.step = new Step<>(StreamBatch.class, batch -> trim(batch.records()), telemetry);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    step.handle(event, answer, context);
  }

  private StreamBatch.Answer trim(List<StreamBatch.Change> records) {
    Set<Owner> trimmed = new HashSet<>();
    for (StreamBatch.Change record : records) {
      try {
        owner(record).filter(trimmed::add).ifPresent(this::trim);
      } catch (RuntimeException e) {
        telemetry.failed(LogEvent.TRIM_FAILED, e);
        return StreamBatch.Answer.from(record);
      }
    }
    return StreamBatch.Answer.done();
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

  private static Optional<Owner> owner(StreamBatch.Change record) {
    return record.inserted().flatMap(StreamKeys::displacing).map(Owner::of);
  }

  private void trimNothing() {
    retention.trim(Priming.NOBODY, Priming.NO_CONNECTION);
  }

  /** Whose snapshots are trimmed: once in a batch, however many of them are in it. */
  private record Owner(TenantId tenant, ConnectionId connection) {
    static Owner of(ScanKey key) {
      return new Owner(key.tenant(), key.connection());
    }
  }
}
