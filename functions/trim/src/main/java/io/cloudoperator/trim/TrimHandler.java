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
import io.cloudoperator.scan.Ledger;
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
    Set<Grown> trimmed = new HashSet<>();
    for (StreamBatch.Change record : records) {
      try {
        Grown.by(record).filter(trimmed::add).ifPresent(this::trim);
      } catch (RuntimeException e) {
        telemetry.failed(LogEvent.TRIM_FAILED, e);
        return StreamBatch.Answer.from(record);
      }
    }
    return StreamBatch.Answer.done();
  }

  private void trim(Grown grown) {
    telemetry.about(Telemetry.Key.TENANT, grown.tenant);
    telemetry.about(Telemetry.Key.CONNECTION, grown.connection);
    ScanRetention.Trimmed deleted = retention.trim(grown.tenant, grown.connection, grown.kind);
    if (deleted.snapshots() > 0) {
      telemetry.info(LogEvent.SNAPSHOTS_TRIMMED);
      telemetry.measure("SnapshotsTrimmed", deleted.snapshots(), MetricUnit.COUNT);
    }
    if (deleted.ledgers() > 0) {
      telemetry.info(LogEvent.LEDGERS_TRIMMED);
      telemetry.measure("LedgersTrimmed", deleted.ledgers(), MetricUnit.COUNT);
    }
  }

  private void trimNothing() {
    retention.trim(Priming.NOBODY, Priming.NO_CONNECTION, Ledger.Kind.SCAN);
  }

  /**
   * What a connection has more of: it is trimmed once in a batch, however many records of it there
   * are.
   */
  private record Grown(TenantId tenant, ConnectionId connection, Ledger.Kind kind) {
    static Optional<Grown> by(StreamBatch.Change record) {
      return record
          .inserted()
          .flatMap(keys ->
              StreamKeys.scan(keys)
                  .map(key -> of(key, Ledger.Kind.SCAN))
                  .or(() ->
                      StreamKeys.verification(keys).map(key -> of(key, Ledger.Kind.VERIFICATION))));
    }

    private static Grown of(ScanKey key, Ledger.Kind kind) {
      return new Grown(key.tenant(), key.connection(), kind);
    }
  }
}
