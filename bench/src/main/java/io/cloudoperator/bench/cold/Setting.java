package io.cloudoperator.bench.cold;

import java.util.List;

/**
 * How a function's JVM is started.
 *
 * @param label the column
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">What Lambda
 *     sets, and lets one set</a>
 */
record Setting(String label, List<String> options) {
  /** The JVM's own defaults. */
  static final Setting PLAIN = new Setting("plain");

  /** What java25 does without SnapStart: the first compiler alone. */
  static final Setting C1 = new Setting("C1", "-XX:TieredStopAtLevel=1");

  /** And the collector that Lambda chooses for less than two processors. */
  static final Setting C1_SERIAL =
      new Setting("C1+Serial", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /**
   * With a cache that was trained on the same event. AWS advises against it in a zip archive: it
   * fits one build of the JVM, which Lambda updates; it is for container images.
   */
  static final Setting AOT =
      new Setting("AOT+C1+Serial", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /**
   * What template.yaml ships: init and priming before the snapshot, then the event. The property is
   * how Lambda lets {@code org.crac} find its hooks: without it nothing would be primed.
   */
  static final Setting SNAPSTART =
      new Setting(
          "SnapStart",
          "-XX:+UseSerialGC",
          "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");

  static final List<Setting> ALL = List.of(PLAIN, C1, C1_SERIAL, AOT, SNAPSTART);

  private Setting(String label, String... options) {
    this(label, List.of(options));
  }
}
