package io.cloudoperator.dispatch;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.scan.RegionChoice;
import io.cloudoperator.scan.Run;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.RunStore.Begun;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.ScanKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Begins a run and has the state machine carry it out: the one way in which a scan starts. */
final class StartRun {
  /** The code of a run whose state machine could not be started. */
  static final String NOT_STARTED = "not_started";

  private static final Run.Failure FAILURE =
      new Run.Failure(NOT_STARTED, "The scan could not be started; try again in a minute.");

  /** How many failed starts one idempotency key can name before it sticks to the last. */
  private static final int MOST_ATTEMPTS = 5;

  private final RunStore runs;
  private final ScanMachine machine;
  private final InstantSource clock;
  private final Supplier<SecureRandom> random;

  StartRun(RunStore runs, ScanMachine machine, InstantSource clock, Supplier<SecureRandom> random) {
    this.runs = runs;
    this.machine = machine;
    this.clock = clock;
    this.random = random;
  }

  /** What became of it. */
  sealed interface Started {
    record Running(ScanId scan) implements Started {}

    /** The idempotency key started this scan before. */
    record Repeated(ScanId scan, Run.State state) implements Started {}

    /** The idempotency key started a scan of other regions before. */
    record OtherRegions() implements Started {}

    record AlreadyRunning(ScanId scan) implements Started {}

    record NotActive() implements Started {}

    /** The run has failed; starting may succeed later. */
    record Failed() implements Started {}
  }

  /** Starts a scan, unless one runs or this key has started one in the last 24 hours. */
  Started start(
      Connection connection,
      Run.Trigger trigger,
      RegionChoice choice,
      Optional<String> idempotencyKey) {
    Instant now = clock.instant();
    ScanKey key = new ScanKey(connection.tenant(), connection.id(), ScanId.at(now, random.get()));
    Run run = Run.begin(key, connection.generation(), trigger, choice, now);
    for (int attempt = 1; ; attempt++) {
      switch (runs.begin(connection, run, keyOf(idempotencyKey, attempt), now)) {
        case Begun.Started(var begun) -> {
          if (machine.start(key)) {
            return new Started.Running(key.scan());
          }
          runs.fail(begun, FAILURE);
          return new Started.Failed();
        }
        case Begun.Repeated(var earlier) -> {
          Optional<Run> before = runs.run(new ScanKey(key.tenant(), key.connection(), earlier));
          if (before.filter(known -> !known.choice().equals(choice)).isPresent()) {
            return new Started.OtherRegions();
          }
          if (attempt == MOST_ATTEMPTS || !before.map(StartRun::neverStarted).orElse(false)) {
            return new Started.Repeated(
                earlier, before.map(known -> known.stateAt(now)).orElse(Run.State.CONCLUDED));
          }
        }
        case Begun.AlreadyRunning(var running) -> {
          return new Started.AlreadyRunning(running);
        }
        case Begun.NotActive() -> {
          return new Started.NotActive();
        }
      }
    }
  }

  private static boolean neverStarted(Run run) {
    return run.failure().map(failure -> failure.code().equals(NOT_STARTED)).orElse(false);
  }

  /**
   * The key under which an attempt is kept. A caller who was told to try again does so with the
   * same key, which then must not answer with the scan that never started. No caller's key has a
   * space in it.
   */
  private static Optional<String> keyOf(Optional<String> idempotencyKey, int attempt) {
    return attempt == 1 ? idempotencyKey : idempotencyKey.map(key -> key + " " + attempt);
  }
}
