package io.cloudoperator.session;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsErrors;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.CallLedger;
import io.cloudoperator.aws.OptInCheckedClient;
import io.cloudoperator.aws.RateLimiter;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.aws.Sleeper;
import io.cloudoperator.aws.Transport;
import io.cloudoperator.call.Call;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.reconcile.Lookup;
import io.cloudoperator.reconcile.Lookup.Gap;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.service.ApiDiscovery;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.service.DiscoveryScope;
import io.cloudoperator.service.ResourceCounter;
import io.cloudoperator.service.cloudtrail.CloudTrail;
import io.cloudoperator.service.cloudtrail.EventHistoryReader;
import io.cloudoperator.service.cloudtrail.EventHistoryRequest;
import io.cloudoperator.service.cloudtrail.TrailReader;
import io.cloudoperator.service.ec2.RegionReader;
import io.cloudoperator.service.iam.Iam;
import io.cloudoperator.service.iam.RequestedRole;
import io.cloudoperator.service.sts.CallerIdentityReader;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;

/** A session on a customer's account over {@link AwsClient}s. */
public final class AwsRoleSession implements RoleSession {
  private final AwsSessionCredentials credentials;
  private final List<ReadOperation<?>> allowed;
  private final List<RegionName> homes;
  private final List<ResourceCounter<?>> counters;
  private final Transport transport;
  private final InstantSource clock;
  private final RateLimiter pace;
  private final CallLedger ledger;
  private final Collection<CallLedger> ledgers = new ConcurrentLinkedQueue<>();

  /**
   * @param allowed what it may call: nothing else leaves the process
   * @param homes where to ask what is the same in every region, in this order
   */
  public AwsRoleSession(
      AwsSessionCredentials credentials,
      List<ReadOperation<?>> allowed,
      List<RegionName> homes,
      Transport transport,
      InstantSource clock,
      Sleeper sleeper) {
    this.credentials = credentials;
    this.allowed = allowed;
    this.homes = homes;
    this.transport = transport;
    this.clock = clock;
    this.pace = new RateLimiter(clock, sleeper);
    this.ledger = begunLedger();
    // What every tier counts is asked for, or refused; a resource of a higher tier stays unknown.
    this.counters =
        CountedResources.REGIONAL.stream()
            .filter(counter ->
                counter.operation().tier() == Tier.MINIMAL || allowed.contains(counter.operation()))
            .toList();
  }

  @Override
  public Reading<AccountId> identity() {
    return atHome(
        CallerIdentityReader.GET_CALLER_IDENTITY.service(),
        ledger,
        client -> client.read(CallerIdentityReader.GET_CALLER_IDENTITY));
  }

  @Override
  public Reading<List<Region>> regions() {
    return regions(ledger);
  }

  private Reading<List<Region>> regions(CallLedger into) {
    return atHome(RegionReader.DESCRIBE_ALL_REGIONS.service(), into, AwsRoleSession::regions);
  }

  private static List<Region> regions(AwsClient client) {
    List<List<RegionName>> lists =
        ParallelMap.each(
            List.of(RegionReader.DESCRIBE_ENABLED_REGIONS, RegionReader.DESCRIBE_ALL_REGIONS),
            client::read);
    return regions(lists.getFirst(), lists.getLast());
  }

  private static List<Region> regions(List<RegionName> enabled, List<RegionName> all) {
    return Stream.concat(enabled.stream(), all.stream())
        .distinct()
        .map(name -> new Region(name, enabled.contains(name)))
        .toList();
  }

  @Override
  public WithCalls<RegionOutcome> scanRegion(RegionName region) {
    CallLedger calls = begunLedger();
    SortedMap<String, Reading<Counts>> counts = new TreeMap<>();
    for (ResourceCounter<?> counter : counters) {
      counts.put(counter.resource().name(), count(region, counter, calls));
    }
    List<Call> made = calls.calls();
    return new WithCalls<>(new RegionOutcome(region, counts, CallCount.of(made)), made);
  }

  private Reading<Counts> count(RegionName region, ResourceCounter<?> counter, CallLedger calls) {
    Reading<Counts> read =
        in(
            region,
            counter.operation().service(),
            calls,
            client -> counter.count(client, clock.instant()));
    return read instanceof Unread(Reason _, String code)
            && code.equals(AwsErrors.AUTH_FAILURE)
            && notEnabled(region, calls)
        ? new Unread<>(Reason.NOT_OPTED_IN, code)
        : read;
  }

  @Override
  public WithCalls<RegionApis> discoverApis(RegionName region, ApiTurn turn) {
    CallLedger calls = begunLedger();
    OptInCheckedClient asking =
        new OptInCheckedClient(asking(region, calls), () -> notEnabled(region, calls));
    SourceReadings found =
        ApiDiscovery.read(
            ApiDiscovery.REGIONAL,
            new DiscoveryScope(
                region.value(), turn.earlier(), clock, turn.startedAt(), turn.until()),
            _ -> Optional.of(asking));
    List<Call> made = calls.calls();
    return new WithCalls<>(new RegionApis(region, found, CallCount.of(made)), made);
  }

  @Override
  public WithCalls<GlobalApis> discoverGlobalApis() {
    CallLedger calls = begunLedger();
    SourceReadings found =
        ApiDiscovery.read(
            ApiDiscovery.GLOBAL,
            DiscoveryScope.whole(ApiId.GLOBAL, clock),
            service -> service.home(homes.getFirst()).map(home -> asking(home, calls)));
    List<Call> made = calls.calls();
    return new WithCalls<>(new GlobalApis(found, CallCount.of(made)), made);
  }

  @Override
  public WithCalls<AccountChecks> checkAccount(RequestedRole asked) {
    CallLedger calls = begunLedger();
    AccountChecks checks =
        new AccountChecks(
            atHome(CloudTrail.SERVICE, calls, TrailReader::read),
            in(
                Iam.SERVICE.home(homes.getFirst()).orElse(homes.getFirst()),
                Iam.SERVICE,
                calls,
                iam -> Iam.drift(iam, asked)));
    return new WithCalls<>(checks, calls.calls());
  }

  @Override
  public WithCalls<Lookup> lookUp(EventHistoryRequest asked) {
    CallLedger calls = begunLedger();
    EventHistoryReader history = new EventHistoryReader(asked, clock);
    Optional<Gap> gap =
        switch (in(asked.region(), CloudTrail.SERVICE, calls, history::read)) {
          case Complete<Boolean>(Boolean whole, var _) when whole -> Optional.empty();
          case Complete<Boolean> _ ->
              Optional.of(new Gap(asked.region(), Reason.FAILED, EventHistoryReader.OUT_OF_TIME));
          case Unread<Boolean>(Reason reason, String code) ->
              Optional.of(new Gap(asked.region(), reason, code));
        };
    return new WithCalls<>(new Lookup(asked.region(), history.events(), gap), calls.calls());
  }

  /**
   * AuthFailure alone does not say so: a session whose role was deleted gets it everywhere, and
   * must not make regions look as if nothing could run there.
   */
  private boolean notEnabled(RegionName region, CallLedger calls) {
    return regions(calls) instanceof Complete(List<Region> regions, var _)
        && regions.contains(new Region(region, false));
  }

  @Override
  public WithCalls<BucketOutcome> scanBuckets() {
    CallLedger calls = begunLedger();
    ResourceCounter<?> counter = CountedResources.OF_ACCOUNT.getFirst();
    Reading<Counts> buckets =
        atHome(
            counter.operation().service(), calls, client -> counter.count(client, clock.instant()));
    List<Call> made = calls.calls();
    return new WithCalls<>(new BucketOutcome(buckets, CallCount.of(made)), made);
  }

  @Override
  public List<Call> calls() {
    return ledgers.stream()
        .flatMap(each -> each.calls().stream())
        .sorted(Comparator.comparing(Call::at))
        .toList();
  }

  private CallLedger begunLedger() {
    CallLedger begun = new CallLedger(clock);
    ledgers.add(begun);
    return begun;
  }

  /**
   * Asks in the next home only where the one before refuses, as a region lock does; answers what
   * the first said if all refuse.
   */
  private <T> Reading<T> atHome(
      AwsService service, CallLedger calls, Function<AwsClient, T> question) {
    Reading<T> first = in(homes.getFirst(), service, calls, question);
    Reading<T> latest = first;
    for (RegionName home : homes.subList(1, homes.size())) {
      if (!refused(latest)) {
        return latest;
      }
      latest = in(home, service, calls, question);
    }
    return refused(latest) ? first : latest;
  }

  private static boolean refused(Reading<?> reading) {
    return switch (reading) {
      case Complete<?> _ -> false;
      case Unread<?>(Reason reason, String _) ->
          switch (reason) {
            case DENIED_BY_SCP, DENIED_BY_IAM, NOT_OPTED_IN -> true;
            case THROTTLED, FAILED -> false;
          };
    };
  }

  private RegionClient asking(RegionName region, CallLedger calls) {
    return new RegionClient() {
      @Override
      public <T> Reading<T> ask(AwsService service, Function<AwsClient, T> question) {
        return in(region, service, calls, question);
      }
    };
  }

  private <T> Reading<T> in(
      RegionName region, AwsService service, CallLedger calls, Function<AwsClient, T> question) {
    try (AwsClient client =
        new AwsClient(service, region, credentials, allowed, transport, List.of(pace, calls))) {
      return new Complete<>(question.apply(client));
    } catch (SdkException e) {
      return AwsErrors.unread(e);
    } catch (CancellationException e) {
      return AwsErrors.unread(AbortedException.create("interrupted", e));
    }
  }
}
