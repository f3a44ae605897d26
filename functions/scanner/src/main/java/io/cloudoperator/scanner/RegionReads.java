package io.cloudoperator.scanner;

import io.cloudoperator.call.WithCalls;
import io.cloudoperator.concurrent.TaskGroup;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.session.RoleSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads regions at once, each on a virtual thread and its APIs on another, and hands out outcomes
 * as they come. When time runs out what is not finished is interrupted and handed out as unread;
 * when the scan is not wanted any more, nothing is handed out. Closed, it interrupts and joins what
 * it has begun.
 */
final class RegionReads implements AutoCloseable {
  /** Of a region or bucket list that was not finished when the invocation had to end. */
  static final String OUT_OF_TIME = "OutOfTime";

  /** What the invocation keeps for itself: to interrupt, to join, and to write what is left. */
  static final Duration RESERVE = Duration.ofSeconds(10);

  /** How long an interrupted read may take to say which calls it had made. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  /** How long to wait at most before asking again whether the reads are still wanted. */
  private static final Duration MOMENT = Duration.ofMillis(200);

  /**
   * How often outcomes are handed out at most: each time they are written, and a write costs as
   * much as the whole shard so far. docs/decisions/003-one-item-a-shard.md
   */
  static final Duration GATHERING = Duration.ofSeconds(1);

  /** Forty regions, each of which is counted and asked for its APIs. */
  private static final int AT_ONCE = 80;

  private final TaskGroup<ReadTask<?>, ReadTask.Ended> reads;
  private final SequencedSet<ReadTask<?>> unfinished = new LinkedHashSet<>();
  private final Supplier<Duration> timeLeft;
  private final BooleanSupplier wanted;
  private @Nullable Throwable failure;
  private long graceEnds;
  private boolean outOfTime;

  /**
   * Begins to read.
   *
   * @param turn what is to be read of APIs
   * @param timeLeft until the invocation is cut off
   * @param wanted asked every moment
   */
  RegionReads(
      RoleSession session,
      ScanShard.Remaining remaining,
      RoleSession.ApiTurn turn,
      Supplier<Duration> timeLeft,
      BooleanSupplier wanted) {
    this.timeLeft = timeLeft;
    this.wanted = wanted;
    if (remaining.buckets()) {
      unfinished.add(ReadTask.buckets());
    }
    remaining.regions().forEach(region -> unfinished.add(ReadTask.region(region)));
    remaining.apis().forEach(region -> unfinished.add(ReadTask.apis(region, turn)));
    if (remaining.globalApis()) {
      unfinished.add(ReadTask.globalApis());
    }
    remaining.account().ifPresent(check -> unfinished.add(ReadTask.account(check)));
    reads = new TaskGroup<>(Math.clamp(unfinished.size(), 1, AT_ONCE), GRACE);
    unfinished.forEach(task -> reads.start(task, () -> task.read(session)));
  }

  /** What was read, or given up. */
  sealed interface Read {
    WithCalls<?> traced();

    record OfRegion(WithCalls<RegionOutcome> traced) implements Read {}

    record OfBuckets(WithCalls<BucketOutcome> traced) implements Read {}

    record OfApis(WithCalls<RegionApis> traced) implements Read {}

    record OfGlobalApis(WithCalls<GlobalApis> traced) implements Read {}

    record OfAccount(WithCalls<AccountChecks> traced) implements Read {}
  }

  /**
   * Waits for all outcomes that are missing, or for those of a while, which may be none; empty when
   * all were handed out, or when no more is wanted.
   *
   * @throws IllegalStateException at the end, if a read failed in a way that nobody foresaw: it has
   *     no outcome
   */
  Optional<List<Read>> next() {
    List<Read> gathered = new ArrayList<>();
    long begun = System.nanoTime();
    while (!unfinished.isEmpty()) {
      if (!wanted.getAsBoolean()) {
        return Optional.empty();
      }
      if (System.nanoTime() - begun >= GATHERING.toNanos()) {
        return Optional.of(gathered);
      }
      Optional<TaskGroup.Finished<ReadTask<?>, ReadTask.Ended>> done =
          reads.poll(Duration.ofNanos(Math.clamp(nanosLeft(), 0, MOMENT.toNanos())));
      if (done.isPresent()) {
        unfinished.remove(done.get().key());
        result(done.get()).ifPresent(gathered::add);
      } else if (nanosLeft() > 0) {
        // A moment has passed, and no more.
      } else if (outOfTime) {
        gathered.add(unfinished.removeFirst().givenUp());
      } else {
        outOfTime = true;
        graceEnds = System.nanoTime() + GRACE.toNanos();
        reads.interrupt();
      }
    }
    if (!gathered.isEmpty()) {
      return Optional.of(gathered);
    }
    if (failure != null) {
      throw new IllegalStateException("a region could not be read for a reason of ours", failure);
    }
    return Optional.empty();
  }

  private long nanosLeft() {
    return outOfTime ? graceEnds - System.nanoTime() : timeLeft.get().minus(RESERVE).toNanos();
  }

  /** Empty if the read failed in a way that nobody foresaw. */
  private Optional<Read> result(TaskGroup.Finished<ReadTask<?>, ReadTask.Ended> done) {
    return switch (done.result().state()) {
      case SUCCESS -> Optional.of(done.result().resultNow().read(outOfTime));
      case FAILED -> {
        if (outOfTime) {
          yield Optional.of(done.key().givenUp());
        }
        failure = done.result().exceptionNow();
        yield Optional.empty();
      }
      case CANCELLED, RUNNING -> throw new AssertionError("only what is done is finished");
    };
  }

  @Override
  public void close() {
    reads.close();
  }
}
