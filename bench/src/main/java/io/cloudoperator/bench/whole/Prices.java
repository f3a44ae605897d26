package io.cloudoperator.bench.whole;

import io.cloudoperator.platform.template.FunctionResource;
import io.cloudoperator.platform.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What AWS asks for what a scan does, in millionths of a dollar, in us-east-1, on arm64 and on
 * demand, without any free tier.
 *
 * @see <a href="https://aws.amazon.com/lambda/pricing/">Lambda</a>
 * @see <a href="https://aws.amazon.com/step-functions/pricing/">Step Functions</a>
 * @see <a href="https://aws.amazon.com/dynamodb/pricing/on-demand/">DynamoDB</a>
 * @see <a href="https://aws.amazon.com/kms/pricing/">KMS</a>
 * @see <a href="https://aws.amazon.com/api-gateway/pricing/">HTTP API</a>
 */
final class Prices {
  private static final double GB_SECOND = 13.3333334;
  private static final double INVOCATION = 0.2;
  private static final double TRANSITION = 25;
  private static final double EXPRESS_EXECUTION = 1;
  private static final double EXPRESS_GB_HOUR = 60_000;
  private static final double WRITE_UNIT = 0.625;
  private static final double READ_UNIT = 0.125;
  private static final double KEY_REQUEST = 3;
  private static final double HTTP_REQUEST = 1;

  // The least that an Express execution is billed for, in GB; its duration in steps of 100 ms.
  private static final double EXPRESS_GB = 64 / 1024.0;
  private static final double EXPRESS_STEP = 100;

  /** The kind of state machine. */
  enum Machine {
    STANDARD,
    EXPRESS
  }

  private Prices() {}

  /** The memory of each function, in MB. */
  static Map<String, Integer> memory(Path root) throws IOException {
    return Template.read(root.resolve("template.yaml"), Map.of()).functions().stream()
        .collect(Collectors.toMap(FunctionResource::logicalId, FunctionResource::memoryMegabytes));
  }

  /** Of all parts. */
  static double sum(Map<String, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * Of one scan on demand, by what it is for.
   *
   * @param memory of each function, in MB
   */
  static Map<String, Double> of(MeasuredScan scan, Machine machine, Map<String, Integer> memory) {
    Usage used = scan.usage();
    double compute = 0;
    double invocations = 0;
    for (var each : used.invocations().entrySet()) {
      if (each.getKey().equals("QueryFunction")) {
        // Ours, to see how it ended.
        continue;
      }
      double gb = Optional.ofNullable(memory.get(each.getKey())).orElseThrow() / 1024.0;
      for (double millis : each.getValue()) {
        compute += gb * Math.ceil(millis) / 1000 * GB_SECOND;
        invocations += INVOCATION;
      }
    }
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put("Lambda, billed time", compute);
    parts.put("Lambda, requests", invocations);
    parts.put(
        "state machine",
        switch (machine) {
          case STANDARD -> scan.states() * TRANSITION;
          case EXPRESS ->
              EXPRESS_EXECUTION
                  + EXPRESS_GB
                      * Math.ceil(scan.executionMillis() / EXPRESS_STEP)
                      * (EXPRESS_STEP / 3_600_000)
                      * EXPRESS_GB_HOUR;
        });
    parts.put("DynamoDB, writes", used.writes() * WRITE_UNIT);
    parts.put("DynamoDB, reads", used.reads() * READ_UNIT);
    parts.put("KMS", used.requests("Kms.Decrypt") * KEY_REQUEST);
    parts.put("HTTP API", HTTP_REQUEST);
    return parts;
  }
}
