package io.cloudoperator.sample.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * An account while it is being generated.
 *
 * @param regions those that it can use, the busiest first
 * @param asOf the time at which everything holds
 */
public record AccountDraft(SampleAccount account, Ids ids, List<String> regions, Instant asOf) {

  /** Fills it with as many APIs, of the services that have any. */
  static void fill(AccountDraft draft, ApiSize size, long seed, List<Generator> generators) {
    List<Runnable> showcase =
        generators.stream().flatMap(each -> each.showcase(draft).stream()).toList();
    showcase.stream().limit(size.mixed()).forEach(Runnable::run);
    if (size.mixed() > 0) {
      generators.forEach(each -> each.besides(draft));
    }
    List<Share<Consumer<Drawn>>> kinds =
        generators.stream().flatMap(each -> each.kinds().stream()).toList();
    for (int i = showcase.size(); i < size.mixed(); i++) {
      draft.addAny(kinds, i, Scramble.mix(seed ^ ((long) i << 24) ^ 0xa1L));
    }
    generators.forEach(each -> each.alike(draft, size));
  }

  private void addAny(List<Share<Consumer<Drawn>>> kinds, int index, long draw) {
    int among = Scramble.chance(600, draw, 0) ? Math.min(5, regions.size()) : regions.size();
    String noun = ApiNames.noun(index);
    String name = noun + "-" + ApiNames.use(Scramble.below(8, draw, 2));
    Share.draw(kinds, draw, 3)
        .accept(new Drawn(this, Scramble.below(among, draw, 1), index, noun, name, draw));
  }

  @SuppressWarnings("unchecked") // The class of a T is one of T.
  public <T extends Regional> void put(T one) {
    account.all((Class<T>) one.getClass()).put(one);
  }

  /** One of the busiest regions, by its place among them. */
  public String region(int place) {
    return regions.get(place % regions.size());
  }

  /** So many days before. */
  public Instant ago(int days) {
    return asOf.minus(Duration.ofDays(days));
  }
}
