package io.cloudoperator.connect;

import io.cloudoperator.access.AskedRole;
import io.cloudoperator.access.Assumption;
import io.cloudoperator.access.CustomerAccess;
import io.cloudoperator.access.CustomerSession;
import io.cloudoperator.access.EventQuestion;
import io.cloudoperator.access.Phase;
import io.cloudoperator.apis.facts.GlobalApis;
import io.cloudoperator.apis.facts.RegionApis;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Call;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Traced;
import io.cloudoperator.trail.Lookup;
import io.cloudoperator.trail.TrailEvents;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Customers' roles in memory, with faults that no sample of AWS would have. */
final class RolesOfCustomers implements CustomerAccess {
  private final Map<RoleArn, Predicate<Optional<ExternalId>>> trust = new HashMap<>();
  private final Map<RoleArn, Reading<AccountId>> identities = new HashMap<>();
  private final List<Optional<ExternalId>> tried = new ArrayList<>();
  private Predicate<Optional<ExternalId>> unreachable = _ -> false;
  private Runnable whileAssuming = () -> {};
  private Function<EventQuestion, Lookup> lookups =
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
  void lookups(Function<EventQuestion, Lookup> answers) {
    lookups = answers;
  }

  /** The External IDs of all attempts. */
  List<Optional<ExternalId>> tried() {
    return tried;
  }

  @Override
  public Assumption assume(
      RoleArn role, Optional<ExternalId> externalId, String sessionName, Tier tier, Phase phase) {
    tried.add(externalId);
    whileAssuming.run();
    if (unreachable.test(externalId)) {
      return new Assumption.Inconclusive("Throttling", List.of());
    }
    return trust.getOrDefault(role, _ -> false).test(externalId)
        ? new Assumption.Granted(session(role), 0, List.of())
        : new Assumption.Denied("AccessDenied", List.of());
  }

  private CustomerSession session(RoleArn role) {
    return new CustomerSession() {
      @Override
      public Reading<AccountId> identity() {
        return identities.getOrDefault(role, new Reading.Complete<>(role.account()));
      }

      @Override
      public Reading<List<Region>> regions() {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public Traced<RegionOutcome> scanRegion(RegionName region) {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public Traced<BucketOutcome> scanBuckets() {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public Traced<RegionApis> discoverApis(RegionName region) {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public Traced<GlobalApis> discoverGlobalApis() {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public Traced<AccountChecks> checkAccount(AskedRole asked) {
        throw new AssertionError("a proof reads nothing");
      }

      @Override
      public Traced<Lookup> lookUp(EventQuestion asked) {
        return new Traced<>(lookups.apply(asked), List.of());
      }

      @Override
      public List<Call> calls() {
        return List.of();
      }
    };
  }
}
