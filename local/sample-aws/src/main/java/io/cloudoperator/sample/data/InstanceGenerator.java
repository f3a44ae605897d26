package io.cloudoperator.sample.data;

import io.cloudoperator.sample.data.SampleInstance.State;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the facts of any instance from the seed, its region and its index; it remembers nothing.
 */
final class InstanceGenerator {

  private static final List<Share<State>> STATES =
      List.of(
          new Share<>(State.RUNNING, 775),
          new Share<>(State.STOPPED, 170),
          new Share<>(State.TERMINATED, 40),
          new Share<>(State.PENDING, 7),
          new Share<>(State.STOPPING, 5),
          new Share<>(State.SHUTTING_DOWN, 3));
  private static final List<Share<String>> LINUX =
      List.of(
          new Share<>("Linux/UNIX", 90),
          new Share<>("Red Hat Enterprise Linux", 5),
          new Share<>("SUSE Linux", 3),
          new Share<>("Ubuntu Pro", 2));
  private static final List<Share<String>> ALL_PLATFORMS =
      Stream.concat(
              LINUX.stream(),
              Stream.of(new Share<>("Windows", 14), new Share<>("Windows with SQL Server", 2)))
          .toList();
  private static final List<Share<String>> TENANCIES =
      List.of(new Share<>("default", 96), new Share<>("dedicated", 3), new Share<>("host", 1));

  private final long seed;
  private final Instant asOf;

  InstanceGenerator(long seed, Instant asOf) {
    this.seed = seed;
    this.asOf = asOf;
  }

  /**
   * @param ordinal the region's place among all regions
   * @param showcase whether this is the largest region, of which the first three instances show,
   *     one each, what is worth telling of a running, a stopped and a terminated instance
   */
  SampleInstance make(String region, int ordinal, int index, boolean showcase) {
    long sequence = Scramble.mix(seed * 0x9e3779b97f4a7c15L + key(ordinal, index));
    int shown = showcase ? index : Integer.MAX_VALUE;
    State state = state(shown, sequence);
    boolean gone = state == State.TERMINATED || state == State.SHUTTING_DOWN;
    boolean on = state == State.RUNNING || state == State.PENDING;
    InstanceType type =
        switch (shown) {
          case 0 -> InstanceType.named("m3.large");
          case 1 -> InstanceType.named("t1.micro");
          default -> Share.draw(InstanceType.SHARES, sequence, 1);
        };
    Optional<Instant> stoppedAt = stoppedAt(state, shown, sequence);
    Instant until = stoppedAt.orElse(asOf);
    return new SampleInstance(
        region,
        index,
        id(ordinal, index),
        reservationId(ordinal, index),
        state,
        launchTime(state, until, shown, sequence),
        stoppedAt,
        type.name(),
        type.architecture(),
        Share.draw(type.architecture().equals("arm64") ? LINUX : ALL_PLATFORMS, sequence, 2),
        Share.draw(TENANCIES, sequence, 3),
        region + (char) ('a' + Scramble.below(3, sequence, 4)),
        shown == 0 || !Scramble.chance(30, sequence, 5),
        shown != 0 && Scramble.chance(640, sequence, 6),
        on && (shown == 0 || Scramble.chance(220, sequence, 7))
            ? Optional.of(publicIp(sequence))
            : Optional.empty(),
        gone || shown == 0 || Scramble.chance(280, sequence, 8)
            ? Optional.empty()
            : Optional.of(PlantedSecret.of("app-" + Scramble.below(40, sequence, 9))),
        gone ? List.of() : securityGroups(shown, sequence),
        shown > 1 && Scramble.chance(50, sequence, 10),
        sequence);
  }

  /** The index behind an instance id; it need not be one that exists. */
  int indexOf(String id, int ordinal) {
    long bits = HexFormat.fromHexDigitsToLong(id.substring("i-0".length()));
    long key = Scramble.unmix(bits) ^ Scramble.mix(seed);
    return key >>> 32 == ordinal && (int) key >= 0 ? (int) key : -1;
  }

  private static long key(int ordinal, int index) {
    return ((long) ordinal << 32) | index;
  }

  private String id(int ordinal, int index) {
    return "i-0"
        + HexFormat.of().toHexDigits(Scramble.mix(key(ordinal, index) ^ Scramble.mix(seed)));
  }

  /** Of each sixteen instances the first four were launched together. */
  private String reservationId(int ordinal, int index) {
    int first = index % 16 < 4 ? index - index % 16 : index;
    return "r-0"
        + HexFormat.of().toHexDigits(Scramble.mix(~key(ordinal, first) ^ Scramble.mix(seed)));
  }

  private static State state(int shown, long sequence) {
    return switch (shown) {
      case 0 -> State.RUNNING;
      case 1 -> State.STOPPED;
      case 2 -> State.TERMINATED;
      default -> Share.draw(STATES, sequence, 0);
    };
  }

  private Optional<Instant> stoppedAt(State state, int shown, long sequence) {
    return switch (state) {
      case STOPPED ->
          Optional.of(
              shown == 1
                  ? asOf.minus(Duration.ofDays(90))
                  : asOf.minusSeconds(3600L + Scramble.below(120 * 86_400, sequence, 11)));
      // EC2 shows a terminated instance for about an hour.
      case TERMINATED -> Optional.of(asOf.minusSeconds(60 + Scramble.below(3000, sequence, 11)));
      case PENDING, RUNNING, SHUTTING_DOWN, STOPPING -> Optional.empty();
    };
  }

  /** The fewer the older: a quarter is older than a year. */
  private Instant launchTime(State state, Instant until, int shown, long sequence) {
    if (state == State.PENDING) {
      return until.minusSeconds(20);
    }
    int days =
        shown == 0
            ? 800
            : Scramble.chance(250, sequence, 12)
                ? 366 + Scramble.below(1500, sequence, 13)
                : 1 + Scramble.below(360, sequence, 13);
    return until.minusSeconds(days * 86_400L + Scramble.below(86_400, sequence, 14));
  }

  private static String publicIp(long sequence) {
    int[] first = {3, 13, 18, 34, 52, 54};
    return "%d.%d.%d.%d"
        .formatted(
            first[Scramble.below(first.length, sequence, 15)],
            Scramble.below(256, sequence, 16),
            Scramble.below(256, sequence, 17),
            1 + Scramble.below(254, sequence, 18));
  }

  private static List<String> securityGroups(int shown, long sequence) {
    if (shown == 0) {
      return List.of("launch-wizard-1");
    }
    if (Scramble.chance(70, sequence, 19)) {
      return List.of("launch-wizard-" + (1 + Scramble.below(9, sequence, 20)));
    }
    String internal = PlantedSecret.of("internal");
    return Scramble.chance(300, sequence, 21)
        ? List.of(PlantedSecret.of("web"), internal)
        : List.of(Scramble.chance(200, sequence, 22) ? "default" : internal);
  }
}
