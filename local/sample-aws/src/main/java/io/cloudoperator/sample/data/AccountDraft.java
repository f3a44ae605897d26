package io.cloudoperator.sample.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An account while it is being generated.
 *
 * @param regions those that it can use, the busiest first
 * @param asOf the time at which everything holds
 */
public record AccountDraft(
    AccountResources resources, Ids ids, List<String> regions, Instant asOf) {

  private static final Optional<Double> LIMIT = Optional.of(200.0);

  /** Fills it with as many APIs, of the services that have any. */
  static void fill(AccountDraft draft, ApiSize size, long seed, List<Generator> generators) {
    List<Runnable> showcase =
        generators.stream().flatMap(each -> each.showcase(draft).stream()).toList();
    showcase.stream().limit(size.mixed()).forEach(Runnable::run);
    if (size.mixed() > 0) {
      generators.forEach(each -> each.besides(draft));
    }
    List<Share<Generator.Maker>> kinds =
        generators.stream().flatMap(each -> each.kinds(draft).stream()).toList();
    for (int i = showcase.size(); i < size.mixed(); i++) {
      draft.addAny(kinds, i, Scramble.mix(seed ^ ((long) i << 24) ^ 0xa1L));
    }
    generators.forEach(each -> each.alike(draft, size));
  }

  private void addAny(List<Share<Generator.Maker>> kinds, int index, long draw) {
    int among = Scramble.chance(600, draw, 0) ? Math.min(5, regions.size()) : regions.size();
    String noun = ApiNames.noun(index);
    Share.draw(kinds, draw, 3)
        .make(
            region(Scramble.below(among, draw, 1)),
            index,
            noun,
            noun + "-" + ApiNames.use(Scramble.below(8, draw, 2)),
            draw);
  }

  /** Adds something. */
  public <T extends Regional> void put(T one) {
    resources.put(one);
  }

  /** One of the busiest regions, by its place among them. */
  public String region(int place) {
    return regions.get(place % regions.size());
  }

  /** So many days before. */
  public Instant ago(int days) {
    return asOf.minus(Duration.ofDays(days));
  }

  /** When something was changed last: within a year. */
  public Instant updated(long draw) {
    return ago(1 + Scramble.below(360, draw, 10));
  }

  /** A limit of requests a second, for half of what can have one. */
  public static Optional<Double> rate(long draw) {
    return Scramble.chance(500, draw, 11) ? LIMIT : Optional.empty();
  }

  /** A web ACL, for two in five of what can have one. */
  public static Optional<String> acl(long draw) {
    return Scramble.chance(400, draw, 12) ? Optional.of("edge-rules") : Optional.empty();
  }
}
