package io.cloudoperator.scanner;

import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/**
 * Whether a scan is still to go on. Asked as often as one likes, it looks once in a while: by turns
 * at the run, and at its connection. Nobody else could tell a shard to end, for an Express
 * execution cannot be stopped.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html">not
 *     supported by EXPRESS state machines</a>
 */
final class CancellationCheck implements BooleanSupplier {
  /** Between two looks, each of which is one GetItem. */
  static final Duration INTERVAL = Duration.ofSeconds(2);

  private final ConnectionStore connections;
  private final RunStore runs;
  private final InstantSource clock;
  private final Run run;
  private Instant looked;
  private boolean runIsNext = true;
  private boolean over;

  /** For a run that has just been read. */
  CancellationCheck(ConnectionStore connections, RunStore runs, InstantSource clock, Run run) {
    this.connections = connections;
    this.runs = runs;
    this.clock = clock;
    this.run = run;
    looked = clock.instant();
  }

  @Override
  public boolean getAsBoolean() {
    Instant now = clock.instant();
    if (!over && !now.isBefore(looked.plus(INTERVAL))) {
      over =
          runIsNext
              ? CurrentRun.of(runs, run.key(), now).isEmpty()
              : CurrentRun.connection(connections, run, now).isEmpty();
      runIsNext = !runIsNext;
      looked = now;
    }
    return !over;
  }
}
