package io.cloudoperator.connect;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.runtime.LogEvent;
import io.cloudoperator.runtime.Priming;
import io.cloudoperator.runtime.PrimingRequests;
import io.cloudoperator.runtime.Step;
import io.cloudoperator.runtime.StreamBatch;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.ScanKey;
import io.cloudoperator.store.StreamKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Goes on with verifications that their callers did not wait for. What wakes it is the ledger that
 * each verification leaves, in the stream of the scans table: those of one batch are tried side by
 * side, and a connection that is not verifying costs one read.
 */
public final class VerifyHandler implements RequestStreamHandler {
  private final ProveConnection prove;
  private final Telemetry telemetry;
  private final Step<StreamBatch, StreamBatch.Answer> step;

  public VerifyHandler() {
    Wiring wiring = Wiring.ofEnvironment();
    this(wiring);
    Priming.register(
        telemetry,
        () -> prove.goOn(Priming.NOBODY, Priming.NO_CONNECTION),
        PrimingRequests::openReference,
        PrimingRequests::readAccount);
  }

  public VerifyHandler(Wiring wiring) {
    prove = new ProveConnection(wiring);
    telemetry = wiring.telemetry();
    step = new Step<>(StreamBatch.class, batch -> goOn(batch.records()), telemetry);
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    step.handle(event, answer, context);
  }

  private StreamBatch.Answer goOn(List<StreamBatch.Change> records) {
    List<Left> left =
        records.stream().flatMap(record -> Left.by(record).stream()).distinct().toList();
    List<Future<Left>> ended =
        ParallelMap.settled(
            left,
            Math.max(1, left.size()),
            each -> {
              prove.goOn(each.tenant, each.connection);
              return each;
            });
    for (int i = 0; i < left.size(); i++) {
      Left one = left.get(i);
      if (ended.get(i).state() != Future.State.SUCCESS) {
        telemetry.about(Telemetry.Key.TENANT, one.tenant);
        telemetry.about(Telemetry.Key.CONNECTION, one.connection);
        telemetry.failed(LogEvent.VERIFICATION_FAILED, failure(ended.get(i)));
        return StreamBatch.Answer.from(one.firstOf(records));
      }
    }
    return StreamBatch.Answer.done();
  }

  private static Throwable failure(Future<Left> ended) {
    return ended.state() == Future.State.FAILED
        ? ended.exceptionNow()
        : new IllegalStateException("interrupted");
  }

  /** A connection that a verification has left a ledger of: once in a batch. */
  private record Left(TenantId tenant, ConnectionId connection) {
    static List<Left> by(StreamBatch.Change record) {
      return record.inserted().flatMap(StreamKeys::verification).map(Left::of).stream().toList();
    }

    private static Left of(ScanKey key) {
      return new Left(key.tenant(), key.connection());
    }

    StreamBatch.Change firstOf(List<StreamBatch.Change> records) {
      return records.stream().filter(each -> by(each).contains(this)).findFirst().orElseThrow();
    }
  }
}
