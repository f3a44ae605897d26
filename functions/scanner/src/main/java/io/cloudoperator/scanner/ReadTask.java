package io.cloudoperator.scanner;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scanner.RegionReads.Read;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.session.RoleSession;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A part of a scan that is read by itself.
 *
 * @param work reads it
 * @param outOfTime what to say when time ran out, of the calls that are known to have been made
 * @param interrupted what to say of what was read to its end after it was interrupted: what broke
 *     off then is unread
 * @param as the read that says which part it is
 */
record ReadTask<T>(
    Work<T> work,
    Function<List<Call>, T> outOfTime,
    UnaryOperator<WithCalls<T>> interrupted,
    Function<WithCalls<T>, Read> as) {

  /** Reads with a session, and keeps none. */
  @FunctionalInterface
  interface Work<T> {
    WithCalls<T> with(RoleSession session);
  }

  static ReadTask<RegionOutcome> region(RegionName region) {
    Function<List<Call>, RegionOutcome> outOfTime =
        calls -> new RegionOutcome(region, unread(), CallCount.of(calls));
    return new ReadTask<>(
        session -> session.scanRegion(region),
        outOfTime,
        read ->
            read.outcome().counts().values().stream().anyMatch(ReadTask::brokenOff)
                ? with(outOfTime, read.calls())
                : read,
        Read.OfRegion::new);
  }

  static ReadTask<BucketOutcome> buckets() {
    Function<List<Call>, BucketOutcome> outOfTime =
        calls -> new BucketOutcome(unread(), CallCount.of(calls));
    return new ReadTask<>(
        RoleSession::scanBuckets,
        outOfTime,
        read -> brokenOff(read.outcome().buckets()) ? with(outOfTime, read.calls()) : read,
        Read.OfBuckets::new);
  }

  /** Of APIs, what was read of some services stands. */
  static ReadTask<RegionApis> apis(RegionName region, RoleSession.ApiTurn turn) {
    return new ReadTask<>(
        session -> session.discoverApis(region, turn),
        calls ->
            ApiDiscovery.unread(
                region, Reading.Reason.FAILED, RegionReads.OUT_OF_TIME, CallCount.of(calls)),
        read ->
            new WithCalls<>(
                new RegionApis(
                    region, unreadIfBrokenOff(read.outcome().readings()), read.outcome().calls()),
                read.calls()),
        Read.OfApis::new);
  }

  static ReadTask<GlobalApis> globalApis() {
    return new ReadTask<>(
        RoleSession::discoverGlobalApis,
        calls ->
            ApiDiscovery.unreadGlobal(
                Reading.Reason.FAILED, RegionReads.OUT_OF_TIME, CallCount.of(calls)),
        read ->
            new WithCalls<>(
                new GlobalApis(
                    unreadIfBrokenOff(read.outcome().readings()), read.outcome().calls()),
                read.calls()),
        Read.OfGlobalApis::new);
  }

  static ReadTask<AccountChecks> account(Supplier<WithCalls<AccountChecks>> check) {
    return new ReadTask<>(
        _ -> check.get(),
        _ -> new AccountChecks(unread(), unread()),
        read ->
            new WithCalls<>(
                new AccountChecks(
                    unreadIfBrokenOff(read.outcome().trail()),
                    unreadIfBrokenOff(read.outcome().role())),
                read.calls()),
        Read.OfAccount::new);
  }

  /** What was read, once it is known whether it ended in time. */
  @FunctionalInterface
  interface Ended {
    Read read(boolean outOfTime);
  }

  Ended read(RoleSession session) {
    WithCalls<T> read = work.with(session);
    return outOfTime -> as.apply(outOfTime ? interrupted.apply(read) : read);
  }

  /** What to say of a part that did not end in time, nor say what it had called. */
  Read givenUp() {
    return as.apply(with(outOfTime, List.of()));
  }

  private static <T> WithCalls<T> with(Function<List<Call>, T> outOfTime, List<Call> calls) {
    return new WithCalls<>(outOfTime.apply(calls), calls);
  }

  private static SourceReadings unreadIfBrokenOff(SourceReadings readings) {
    return readings.unreadWhere(
        ReadTask::brokenOff, Reading.Reason.FAILED, RegionReads.OUT_OF_TIME);
  }

  private static <T> Reading<T> unreadIfBrokenOff(Reading<T> reading) {
    return brokenOff(reading) ? unread() : reading;
  }

  private static <T> Reading<T> unread() {
    return new Reading.Unread<>(Reading.Reason.FAILED, RegionReads.OUT_OF_TIME);
  }

  private static boolean brokenOff(Reading<?> reading) {
    return reading.unread().filter(why -> why.reason() == Reading.Reason.FAILED).isPresent();
  }
}
