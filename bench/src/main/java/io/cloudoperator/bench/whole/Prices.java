package io.cloudoperator.bench.whole;

import io.cloudoperator.platform.template.FunctionResource;
import io.cloudoperator.platform.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private final Map<String, Integer> memory;

  /** Of the functions of template.yaml, by their memory. */
  Prices(Path root) throws IOException {
    memory =
        Template.read(root.resolve("template.yaml"), Map.of()).functions().stream()
            .collect(
                Collectors.toMap(FunctionResource::logicalId, FunctionResource::memoryMegabytes));
  }

  /** Of all parts. */
  static double sum(Map<String, Double> parts) {
    return parts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Of one scan on demand, by what it is for, if its state machine were a Standard one. */
  Map<String, Double> standard(MeasuredScan scan) {
    return parts(scan, scan.states() * TRANSITION);
  }

  /** Of one scan on demand, by what it is for. */
  Map<String, Double> express(MeasuredScan scan) {
    double hours = Math.ceil(scan.executionMillis() / EXPRESS_STEP) * (EXPRESS_STEP / 3_600_000);
    return parts(scan, EXPRESS_EXECUTION + EXPRESS_GB * hours * EXPRESS_GB_HOUR);
  }

  private Map<String, Double> parts(MeasuredScan scan, double machine) {
    // QueryFunction's are the bench's own, to see how the scan ended.
    List<MeasuredScan.Span> invocations =
        scan.spans().stream()
            .filter(span -> span.isInvocation() && !span.what().equals("QueryFunction"))
            .toList();
    Map<String, Double> parts = new LinkedHashMap<>();
    parts.put(
        "Lambda, billed time",
        invocations.stream()
            .mapToDouble(each ->
                Objects.requireNonNull(memory.get(each.what()), each.what())
                    / 1024.0
                    * Math.ceil(each.millis())
                    / 1000
                    * GB_SECOND)
            .sum());
    parts.put("Lambda, requests", invocations.size() * INVOCATION);
    parts.put("state machine", machine);
    parts.put("DynamoDB, writes", scan.writes() * WRITE_UNIT);
    parts.put("DynamoDB, reads", scan.reads() * READ_UNIT);
    parts.put("KMS", scan.count("Kms.Decrypt") * KEY_REQUEST);
    parts.put("HTTP API", HTTP_REQUEST);
    return parts;
  }
}
