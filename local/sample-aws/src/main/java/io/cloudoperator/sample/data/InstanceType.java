package io.cloudoperator.sample.data;

import java.util.List;

/**
 * A type of instance.
 *
 * @param architecture {@code x86_64} or {@code arm64}
 */
record InstanceType(String name, String architecture) {

  /** The types, as often as they are met. */
  static final List<Share<InstanceType>> SHARES =
      List.of(
          type("t3.micro", "x86_64", 12),
          type("t3.medium", "x86_64", 13),
          type("t2.micro", "x86_64", 7),
          type("t4g.small", "arm64", 9),
          type("m5.large", "x86_64", 11),
          type("m6i.xlarge", "x86_64", 8),
          type("m7g.large", "arm64", 8),
          type("c5.xlarge", "x86_64", 7),
          type("c7g.2xlarge", "arm64", 4),
          type("r5.large", "x86_64", 5),
          type("r6g.xlarge", "arm64", 3),
          type("g5.xlarge", "x86_64", 2),
          type("i4i.large", "x86_64", 1),
          // The previous generation: https://aws.amazon.com/ec2/previous-generation/
          type("m3.large", "x86_64", 3),
          type("m4.large", "x86_64", 2),
          type("c4.large", "x86_64", 2),
          type("c3.xlarge", "x86_64", 1),
          type("r3.large", "x86_64", 1),
          type("t1.micro", "x86_64", 1));

  private static Share<InstanceType> type(String name, String architecture, int weight) {
    return new Share<>(new InstanceType(name, architecture), weight);
  }

  static InstanceType named(String name) {
    return SHARES.stream()
        .map(Share::value)
        .filter(type -> type.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
