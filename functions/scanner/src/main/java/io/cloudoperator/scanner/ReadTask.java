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
import java.util.function.Supplier;

/** A part of a scan that is read by itself: what to do, and what to say if time runs out. */
sealed interface ReadTask {
  Read read(RoleSession session);

  /** What to say when time ran out, with the calls that are known to have been made. */
  Read outOfTime(List<Call> calls);

  /** What to say of a read that ended after it was interrupted: it may have come to its end. */
  Read interrupted(Read read);

  record Region(RegionName region) implements ReadTask {
    @Override
    public Read read(RoleSession session) {
      return new Read.OfRegion(session.scanRegion(region));
    }

    @Override
    public Read outOfTime(List<Call> calls) {
      return new Read.OfRegion(
          new WithCalls<>(new RegionOutcome(region, unread(), CallCount.of(calls)), calls));
    }

    @Override
    public Read interrupted(Read read) {
      return read instanceof Read.OfRegion(var traced)
              && traced.outcome().counts().values().stream().anyMatch(ReadTask::brokenOff)
          ? outOfTime(traced.calls())
          : read;
    }
  }

  record Buckets() implements ReadTask {
    @Override
    public Read read(RoleSession session) {
      return new Read.OfBuckets(session.scanBuckets());
    }

    @Override
    public Read outOfTime(List<Call> calls) {
      return new Read.OfBuckets(
          new WithCalls<>(new BucketOutcome(unread(), CallCount.of(calls)), calls));
    }

    @Override
    public Read interrupted(Read read) {
      return read instanceof Read.OfBuckets(var traced) && brokenOff(traced.outcome().buckets())
          ? outOfTime(traced.calls())
          : read;
    }
  }

  record Apis(RegionName region) implements ReadTask {
    @Override
    public Read read(RoleSession session) {
      return new Read.OfApis(session.discoverApis(region));
    }

    @Override
    public Read outOfTime(List<Call> calls) {
      return new Read.OfApis(
          new WithCalls<>(
              ApiDiscovery.unread(
                  region, Reading.Reason.FAILED, RegionReads.OUT_OF_TIME, CallCount.of(calls)),
              calls));
    }

    /** What was read of some services stands. */
    @Override
    public Read interrupted(Read read) {
      return read instanceof Read.OfApis(WithCalls<RegionApis>(var found, var calls))
          ? new Read.OfApis(
              new WithCalls<>(
                  new RegionApis(region, unreadIfBrokenOff(found.readings()), found.calls()),
                  calls))
          : read;
    }
  }

  record Global() implements ReadTask {
    @Override
    public Read read(RoleSession session) {
      return new Read.OfGlobalApis(session.discoverGlobalApis());
    }

    @Override
    public Read outOfTime(List<Call> calls) {
      return new Read.OfGlobalApis(
          new WithCalls<>(
              ApiDiscovery.unreadGlobal(
                  Reading.Reason.FAILED, RegionReads.OUT_OF_TIME, CallCount.of(calls)),
              calls));
    }

    @Override
    public Read interrupted(Read read) {
      return read instanceof Read.OfGlobalApis(WithCalls<GlobalApis>(var found, var calls))
          ? new Read.OfGlobalApis(
              new WithCalls<>(
                  new GlobalApis(unreadIfBrokenOff(found.readings()), found.calls()), calls))
          : read;
    }
  }

  record Account(Supplier<WithCalls<AccountChecks>> check) implements ReadTask {
    @Override
    public Read read(RoleSession session) {
      return new Read.OfAccount(check.get());
    }

    @Override
    public Read outOfTime(List<Call> calls) {
      return new Read.OfAccount(new WithCalls<>(new AccountChecks(unread(), unread()), calls));
    }

    @Override
    public Read interrupted(Read read) {
      return read instanceof Read.OfAccount(WithCalls<AccountChecks>(var checks, var calls))
          ? new Read.OfAccount(
              new WithCalls<>(
                  new AccountChecks(
                      unreadIfBrokenOff(checks.trail()), unreadIfBrokenOff(checks.role())),
                  calls))
          : read;
    }
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
    return switch (reading) {
      case Reading.Complete<?> _ -> false;
      case Reading.Unread<?>(var reason, _) -> reason == Reading.Reason.FAILED;
    };
  }
}
