package io.cloudoperator.runtime;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.store.stored.StoredForm;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * Logs and metrics of one invocation. What is said of it are the {@link Key}s and nothing else:
 * never an event, a header, a token or a part of a role reference. Safe for use by many threads,
 * but keys belong to the thread that runs the invocation.
 */
public final class Telemetry {
  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
  // AWS's messages of refusal repeat the ARNs of both roles; an External ID of ours is recognized
  // by its form.
  private static final Pattern HIDDEN =
      Pattern.compile("arn:aws[\\w-]*:[^\\s\"',;)\\]]*|" + ExternalId.ISSUED);

  /** In characters. What a caller sent may be repeated in it, as a parser does. */
  private static final int LONGEST_MESSAGE = 1000;

  private static final String EVENT = "event";
  private static final String NAMESPACE = "CloudOperator";
  // An alarm sees a metric only under exactly the dimensions that it was written with: they are
  // set here, and not left to what the environment or the library's defaults happen to be.
  private static final DimensionSet DIMENSIONS = DimensionSet.of("Service", "cloudoperator");

  private final boolean inLambda;
  private final Meter meter;

  private Telemetry(boolean inLambda, Meter meter) {
    this.inLambda = inLambda;
    this.meter = meter;
  }

  /** Where metrics go. */
  @FunctionalInterface
  public interface Meter {
    void measure(String metric, double value, MetricUnit unit);
  }

  /**
   * By Powertools: JSON logs that carry the invocation, metrics in the embedded metric format on
   * standard output.
   *
   * @see <a href="https://docs.aws.amazon.com/powertools/java/latest/core/logging/">Powertools</a>
   */
  public static Telemetry powertools() {
    if (System.getenv("POWERTOOLS_METRICS_NAMESPACE") == null) {
      // Without one, Powertools fails the invocation when it ends.
      MetricsFactory.getMetricsInstance().setNamespace(NAMESPACE);
    }
    MetricsFactory.getMetricsInstance().setDefaultDimensions(DIMENSIONS);
    return new Telemetry(
        true,
        (metric, value, unit) ->
            MetricsFactory.getMetricsInstance().addMetric(metric, value, unit));
  }

  /**
   * Logs alone, through SLF4J as it is configured, with the same keys: for handlers called outside
   * Lambda. Nothing is written to standard output unless the logs' configuration does.
   */
  public static Telemetry logsOnly() {
    return logsAnd((_, _, _) -> {});
  }

  /** As {@link #logsOnly}, with metrics for whoever called the handler. */
  public static Telemetry logsAnd(Meter meter) {
    return new Telemetry(false, meter);
  }

  /** What may be said of an invocation. */
  public enum Key {
    TENANT("tenant"),
    CONNECTION("connection"),
    SCAN("scan"),
    REGION("region"),
    SHARD("shard"),
    ROUTE("route"),
    STATUS("status"),
    DURATION_MS("durationMs"),
    /** API Gateway's id of the request: it is in the access log and in the caller's answer too. */
    REQUEST("correlation_id");

    private final String name;

    Key(String name) {
      this.name = name;
    }
  }

  /**
   * Runs one invocation. If it fails, the failure is logged and another one is thrown in its place
   * that says only of which kind it was: Lambda logs what is thrown, and hands it to Step
   * Functions, message and all.
   *
   * @throws InvocationFailedException if the work fails
   */
  public <T> T invocation(Context context, Supplier<T> work) {
    try {
      return inLambda ? PowertoolsLogging.withLogging(context, () -> logged(work)) : logged(work);
    } finally {
      forget();
      if (inLambda) {
        MetricsFactory.getMetricsInstance().flush();
      }
    }
  }

  private <T> T logged(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException | StackOverflowError e) {
      failed(LogEvent.INVOCATION_FAILED, e);
      throw new InvocationFailedException(e);
    }
  }

  /** Says this of everything that the invocation logs from here on. */
  public void about(Key key, Object value) {
    MDC.put(key.name, value.toString());
  }

  /** Says nothing more of what was said last. */
  void forget() {
    for (Key key : Key.values()) {
      MDC.remove(key.name);
    }
  }

  public void info(LogEvent event) {
    LOG.info(event.message(), entry(EVENT, event.code()));
  }

  /** Says how many there were of what is not logged one by one. */
  void counted(LogEvent event, int count) {
    LOG.warn(event.message(), entry(EVENT, event.code()), entry("count", count));
  }

  /**
   * Logs something that calls for attention but did not fail the invocation.
   *
   * @param code AWS's or ours; never a message
   */
  public void warn(LogEvent event, String code) {
    LOG.warn(event.message(), entry(EVENT, event.code()), entry("code", code));
  }

  /** Logs a failure: its classes, messages and places, without what looks like a reference. */
  public void failed(LogEvent event, Throwable cause) {
    LOG.error(event.message(), entry(EVENT, event.code()), entry("failure", describe(cause)));
  }

  /**
   * Tells of a stored item that could not be read and was left out: an {@code UnreadableItems}, for
   * the stores. May be called by any thread, and so names the item's partition itself.
   */
  public void unreadable(StoredForm form, String partition, String why) {
    LOG.error(
        LogEvent.STORED_UNREADABLE.message(),
        entry(EVENT, LogEvent.STORED_UNREADABLE.code()),
        entry("form", form.word()),
        entry("partition", partition),
        entry("code", why));
    measure("StoredItemsUnreadable", 1, MetricUnit.COUNT);
  }

  public void measure(String metric, double value, MetricUnit unit) {
    meter.measure(metric, value, unit);
  }

  /** The chain of a failure as text that may be logged. */
  static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder();
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 8; depth++) {
      text.append(depth == 0 ? "" : "caused by ").append(cause.getClass().getName());
      if (cause.getMessage() != null) {
        String message = HIDDEN.matcher(cause.getMessage()).replaceAll("[hidden]");
        text.append(": ").append(message, 0, Math.min(message.length(), LONGEST_MESSAGE));
      }
      text.append('\n');
      StackTraceElement[] frames = cause.getStackTrace();
      for (int frame = 0; frame < Math.min(frames.length, 20); frame++) {
        text.append(String.format(Locale.ROOT, "  at %s%n", frames[frame]));
      }
      cause = cause.getCause();
    }
    return text.toString();
  }
}
