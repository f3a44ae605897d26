package io.cloudoperator.connect;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.reconcile.Lookup;
import io.cloudoperator.reconcile.TrailEvents;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.service.cloudtrail.EventHistoryRequest;
import io.cloudoperator.service.iam.RequestedRole;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.RoleSessions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Customers' roles in memory, with faults that no sample of AWS would have. */
final class RolesOfCustomers implements RoleSessions {
  private final Map<RoleArn, Predicate<Optional<ExternalId>>> trust = new HashMap<>();
  private final Map<RoleArn, Reading<AccountId>> identities = new HashMap<>();
  private final List<Optional<ExternalId>> tried = Collections.synchronizedList(new ArrayList<>());
  private Predicate<Optional<ExternalId>> unreachable = _ -> false;
  private Runnable whileAssuming = () -> {};
  private Function<EventHistoryRequest, Lookup> lookups =
      asked -> new Lookup(asked.region(), TrailEvents.NONE, Optional.empty());

  void role(RoleArn role, Predicate<Optional<ExternalId>> trusts) {
    trust.put(role, trusts);
  }

  void roleThatTrusts(RoleArn role, String externalId) {
    role(role, given -> given.map(ExternalId::value).filter(externalId::equals).isPresent());
  }

  void delete(RoleArn role) {
    trust.remove(role);
  }

  void identity(RoleArn role, Reading<AccountId> identity) {
    identities.put(role, identity);
  }

  void unreachableFor(Predicate<Optional<ExternalId>> attempts) {
    unreachable = attempts;
  }

  void whileAssuming(Runnable action) {
    whileAssuming = action;
  }

  /** What CloudTrail has of a session. */
  void lookups(Function<EventHistoryRequest, Lookup> answers) {
    lookups = answers;
  }

  /** The External IDs of all attempts. */
  List<Optional<ExternalId>> tried() {
    return tried;
  }

  @Override
  public AssumeRoleResult assume(
      RoleArn role,
      Optional<ExternalId> externalId,
      String sessionName,
      Tier tier,
      SessionPhase phase) {
    tried.add(externalId);
    whileAssuming.run();
    if (unreachable.test(externalId)) {
      return new AssumeRoleResult.Inconclusive("Throttling", List.of());
    }
    return trust.getOrDefault(role, _ -> false).test(externalId)
        ? new AssumeRoleResult.Granted(session(role), 0, List.of())
        : new AssumeRoleResult.Denied("AccessDenied", List.of());
  }

  private RoleSession session(RoleArn role) {
    return new RoleSession() {
      @Override
      public Reading<AccountId> identity() {
        return identities.getOrDefault(role, new Reading.Complete<>(role.account()));
      }

      @Override
      public Reading<List<Region>> regions() {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public WithCalls<RegionOutcome> scanRegion(RegionName region) {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public WithCalls<BucketOutcome> scanBuckets() {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public WithCalls<RegionApis> discoverApis(RegionName region, ApiTurn turn) {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public WithCalls<GlobalApis> discoverGlobalApis() {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public WithCalls<AccountChecks> checkAccount(RequestedRole asked) {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public WithCalls<Lookup> lookUp(EventHistoryRequest asked) {
        return new WithCalls<>(lookups.apply(asked), List.of());
      }

      @Override
      public List<Call> calls() {
        return List.of();
      }
    };
  }
}
