package io.cloudoperator.local.cli;

import io.cloudoperator.sample.control.Latency;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How far away the sample AWS is: milliseconds, or {@code distance} for that of each region. */
final class LatencyConverter implements ITypeConverter<Latency> {
  @Override
  public Latency convert(String text) {
    if (text.equals("distance")) {
      return Latency.fromUsEast1().withConnections();
    }
    try {
      int millis = Integer.parseInt(text);
      if (millis >= 0) {
        return Latency.fixed(Duration.ofMillis(millis));
      }
    } catch (NumberFormatException _) {
      // Nor is that one.
    }
    throw new TypeConversionException("it is a number of milliseconds from 0, or distance");
  }
}
