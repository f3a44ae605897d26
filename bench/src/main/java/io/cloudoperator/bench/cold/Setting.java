package io.cloudoperator.bench.cold;

import java.util.List;

/**
 * How a function's JVM is started.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">What Lambda
 *     sets, and lets one set</a>
 */
enum Setting {
  /** The JVM's own defaults. */
  PLAIN("plain", Start.ON_DEMAND, ""),

  /** What java25 does without SnapStart: the first compiler alone. */
  C1("C1", Start.ON_DEMAND, "-XX:TieredStopAtLevel=1"),

  /** And the collector that Lambda chooses for less than two processors. */
  C1_SERIAL("C1+Serial", Start.ON_DEMAND, "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),

  /**
   * With a cache that was trained on the same event. AWS advises against it in a zip archive: it
   * fits one build of the JVM, which Lambda updates; it is for container images.
   */
  AOT("AOT+C1+Serial", Start.FROM_CACHE, "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),

  /**
   * What template.yaml ships: init and priming before the snapshot, then the event. The property is
   * how Lambda lets {@code org.crac} find its hooks: without it nothing would be primed.
   */
  SNAPSTART(
      "SnapStart",
      Start.FROM_SNAPSHOT,
      "-XX:+UseSerialGC -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

  /** What happens before an event. */
  enum Start {
    ON_DEMAND,
    FROM_CACHE,
    FROM_SNAPSHOT
  }

  private final String label;
  private final Start start;
  private final String options;

  Setting(String label, Start start, String options) {
    this.label = label;
    this.start = start;
    this.options = options;
  }

  String label() {
    return label;
  }

  Start start() {
    return start;
  }

  List<String> options() {
    return options.isEmpty() ? List.of() : List.of(options.split(" ", -1));
  }
}
