package io.cloudoperator.store;

import io.cloudoperator.scan.Run;
import io.cloudoperator.store.stored.StoredForm;
import java.util.Map;

/**
 * The runs that hold a connection although nothing works at them any more: for a backend that is
 * one process, when it ends, and when it starts after one that could not. On AWS an execution
 * outlives every process.
 */
public final class InterruptedRuns {
  private static final Run.Failure INTERRUPTED =
      new Run.Failure("interrupted", "The backend was stopped while the scan ran; start another.");

  private final ScanTables tables;

  public InterruptedRuns(ScanTables tables) {
    this.tables = tables;
  }

  /** Ends them, each with the calls that it has made; the whole table is read. */
  public void end() {
    DynamoRunStore runs = new DynamoRunStore(tables);
    tables
        .client()
        .scanPaginator(scan ->
            scan.tableName(tables.scans())
                .consistentRead(true)
                .filterExpression("#sk = :running")
                .expressionAttributeNames(Map.of("#sk", Stored.SK))
                .expressionAttributeValues(Map.of(":running", Stored.text(ScanKeys.RUNNING))))
        .items()
        .stream()
        .flatMap(lock ->
            tables
                .reads()
                .value(
                    StoredForm.RUN,
                    lock,
                    () -> ScanKeys.key(Stored.text(lock, Stored.PK), RunRecord.scan(lock)))
                .stream())
        .toList()
        .forEach(run -> runs.stop(run.tenant(), run.connection(), INTERRUPTED));
  }
}
