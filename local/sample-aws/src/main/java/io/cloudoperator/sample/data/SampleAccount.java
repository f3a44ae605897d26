package io.cloudoperator.sample.data;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an account holds. Everything follows from the seed, the size and the time: two accounts made
 * alike are alike, and a million instances take no memory.
 */
public final class SampleAccount {

  private static final Pattern INSTANCE_ID = Pattern.compile("i-0[0-9a-f]{16}");

  private final String accountId;
  private final List<String> regions;
  private final Map<String, Integer> sizes;
  private final InstanceGenerator generator;
  private final String largest;
  private final List<SampleBucket> buckets;
  private final Map<Class<?>, Shelf<?>> shelves = new ConcurrentHashMap<>();
  private final Runnable apis;
  private boolean drawn;

  /** An account without APIs. */
  public SampleAccount(
      String accountId, long seed, int instances, int buckets, int regions, Instant asOf) {
    this(accountId, seed, instances, buckets, ApiSize.NONE, List.of(), regions, asOf);
  }

  /**
   * @param generators of the services that hold APIs
   * @param regions how many regions are enabled, 1 to 34: those that need no opt-in first
   * @param asOf the time at which the facts hold, such as an instance's age
   */
  public SampleAccount(
      String accountId,
      long seed,
      int instances,
      int buckets,
      ApiSize apis,
      List<Generator> generators,
      int regions,
      Instant asOf) {
    if (instances < 0 || buckets < 0) {
      throw new IllegalArgumentException("instances and buckets must not be negative");
    }
    if (regions < 1 || regions > Regions.all().size()) {
      throw new IllegalArgumentException(
          "regions must be 1 to %d, not %d".formatted(Regions.all().size(), regions));
    }
    this.accountId = accountId;
    this.regions = Regions.all().subList(0, regions);
    this.sizes = InstanceSpread.of(seed, instances, this.regions);
    this.generator = new InstanceGenerator(seed, asOf);
    this.largest = this.regions.stream().max(Comparator.comparingInt(this::size)).orElseThrow();
    this.buckets = buckets(seed, buckets, asOf);
    List<String> busiestFirst =
        this.regions.stream()
            .sorted(Comparator.comparing((String region) -> !region.equals(largest)))
            .toList();
    this.apis =
        () ->
            AccountDraft.fill(
                new AccountDraft(this, new Ids(seed), busiestFirst, asOf), apis, seed, generators);
  }

  public static SampleAccount empty(String accountId) {
    return new SampleAccount(accountId, 0, 0, 0, Regions.all().size(), Instant.EPOCH);
  }

  public String accountId() {
    return accountId;
  }

  /** The regions that the account can use. */
  public List<String> regions() {
    return regions;
  }

  public boolean enabled(String region) {
    return sizes.containsKey(region);
  }

  /** How many instances the region holds, in whatever state. */
  public int size(String region) {
    return sizes.getOrDefault(region, 0);
  }

  /** How many instances there are in all regions. */
  public int size() {
    return sizes.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The instances of a region, in the order in which EC2 answers them. */
  public Stream<SampleInstance> instances(String region) {
    return list(region).stream();
  }

  /** The same as a list, which makes each when it is asked for it. */
  public List<SampleInstance> list(String region) {
    return new AbstractList<>() {
      @Override
      public SampleInstance get(int index) {
        return instance(region, index);
      }

      @Override
      public int size() {
        return SampleAccount.this.size(region);
      }
    };
  }

  public Stream<SampleInstance> instances() {
    return regions.stream().flatMap(this::instances);
  }

  public SampleInstance instance(String region, int index) {
    return generator.make(region, Regions.all().indexOf(region), index, region.equals(largest));
  }

  /** The instance of that id, if the region holds it. */
  public Optional<SampleInstance> find(String region, String instanceId) {
    if (!INSTANCE_ID.matcher(instanceId).matches()) {
      return Optional.empty();
    }
    int index = generator.indexOf(instanceId, Regions.all().indexOf(region));
    return index >= 0 && index < size(region)
        ? Optional.of(instance(region, index))
        : Optional.empty();
  }

  public List<SampleBucket> buckets() {
    return buckets;
  }

  /**
   * All of a kind that it holds besides. A test may change it while the sample runs: the next
   * answer tells of it. Safe for threads.
   */
  @SuppressWarnings("unchecked") // What stands on a shelf is of its class.
  public <T extends Regional> Shelf<T> all(Class<T> kind) {
    drawApis();
    return (Shelf<T>) shelves.computeIfAbsent(kind, _ -> new Shelf<T>());
  }

  /** How many APIs it has, of all kinds together. */
  public int apis() {
    drawApis();
    return shelves.values().stream()
        .flatMap(each -> each.all().stream())
        .mapToInt(Regional::apis)
        .sum();
  }

  /** When the first of them is asked for: a scan of instances and buckets needs none. */
  private synchronized void drawApis() {
    if (!drawn) {
      // What draws them looks at those that it has drawn.
      drawn = true;
      apis.run();
    }
  }

  private List<SampleBucket> buckets(long seed, int count, Instant asOf) {
    String[] uses = {"logs", "backup", "assets", "data", "artifacts", "reports", "tmp"};
    List<SampleBucket> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long sequence = Scramble.mix(seed ^ ((long) i << 20) ^ 0x5bL);
      // Half of them in the largest region.
      String region =
          Scramble.chance(500, sequence, 0)
              ? largest
              : regions.get(Scramble.below(regions.size(), sequence, 1));
      made.add(
          new SampleBucket(
              uses[Scramble.below(uses.length, sequence, 2)]
                  + "-"
                  + HexFormat.of().toHexDigits(Scramble.mix(sequence)),
              region,
              asOf.minus(Duration.ofMinutes(1 + Scramble.below(2_000_000, sequence, 3)))));
    }
    made.sort(Comparator.comparing(SampleBucket::name));
    return List.copyOf(made);
  }
}
