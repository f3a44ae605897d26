package io.cloudoperator.sample.control;

import java.time.Duration;
import java.util.Map;

/** How long a region takes to answer. */
@FunctionalInterface
public interface Latency {

  Duration of(String region);

  /** What setting a connection up takes before its first request is on its way; nothing here. */
  default Duration toConnect(String region) {
    return Duration.ZERO;
  }

  /** As fast as the machine is. */
  static Latency none() {
    return _ -> Duration.ZERO;
  }

  /** The same for all regions. */
  static Latency fixed(Duration each) {
    return _ -> each;
  }

  /**
   * The same, but a connection takes two round trips before its first request: one for TCP, one for
   * TLS 1.3.
   *
   * <p>https://www.rfc-editor.org/rfc/rfc8446#section-2
   */
  default Latency withConnections() {
    Latency trip = this;
    return new Latency() {
      @Override
      public Duration of(String region) {
        return trip.of(region);
      }

      @Override
      public Duration toConnect(String region) {
        return trip.of(region).multipliedBy(2);
      }
    };
  }

  /**
   * Round trips from us-east-1, as the public measurements of cloudping show them at p50.
   *
   * <p>https://www.cloudping.co
   */
  static Latency fromUsEast1() {
    Map<String, Integer> millis =
        Map.ofEntries(
            Map.entry("us-east-1", 6),
            Map.entry("us-east-2", 15),
            Map.entry("ca-central-1", 17),
            Map.entry("ca-west-1", 50),
            Map.entry("mx-central-1", 58),
            Map.entry("us-west-1", 64),
            Map.entry("us-west-2", 64),
            Map.entry("eu-west-1", 70),
            Map.entry("eu-west-2", 78),
            Map.entry("eu-west-3", 84),
            Map.entry("eu-central-2", 92),
            Map.entry("eu-central-1", 93),
            Map.entry("eu-south-1", 102),
            Map.entry("eu-south-2", 108),
            Map.entry("eu-north-1", 113),
            Map.entry("sa-east-1", 115),
            Map.entry("il-central-1", 134),
            Map.entry("ap-northeast-1", 150),
            Map.entry("ap-northeast-3", 156),
            Map.entry("me-south-1", 162),
            Map.entry("ap-northeast-2", 180),
            Map.entry("ap-east-2", 181),
            Map.entry("ap-south-1", 193),
            Map.entry("me-central-1", 194),
            Map.entry("ap-east-1", 199),
            Map.entry("ap-southeast-2", 200),
            Map.entry("ap-south-2", 209),
            Map.entry("ap-southeast-4", 210),
            Map.entry("ap-southeast-1", 220),
            Map.entry("ap-southeast-5", 225),
            Map.entry("af-south-1", 228),
            Map.entry("ap-southeast-3", 235),
            Map.entry("ap-southeast-7", 247));
    // ap-southeast-6 was not measured: as far as the farthest.
    return region -> Duration.ofMillis(millis.getOrDefault(region, 247));
  }
}
