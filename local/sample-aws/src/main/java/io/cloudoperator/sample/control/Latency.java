package io.cloudoperator.sample.control;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;

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

  /** Round trips from us-east-1, as public measurements show them. */
  static Latency fromUsEast1() {
    Properties millis = new Properties();
    try (InputStream measured = Latency.class.getResourceAsStream("from-us-east-1.properties")) {
      millis.load(measured);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return region -> Duration.ofMillis(Integer.parseInt(millis.getProperty(region, "247")));
  }
}
