package io.cloudoperator.platform.schedule;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.template.Trigger.Schedule;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/**
 * Fires the schedules of a template, first when their rate has passed once. A function that fails
 * is told of and fired again at its next time; it is never fired twice at once.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html">EventBridge
 *     Scheduler</a>
 */
public final class Schedules implements AutoCloseable {
  private final FunctionInvoker functions;
  private final InstantSource clock;
  private final BiConsumer<Schedule, Exception> failures;
  private final List<Future<?>> planned = new ArrayList<>();

  private Schedules(
      FunctionInvoker functions, InstantSource clock, BiConsumer<Schedule, Exception> failures) {
    this.functions = functions;
    this.clock = clock;
    this.failures = failures;
  }

  /**
   * Plans the schedules.
   *
   * @param functions is asked with the logical id of a schedule's function
   * @param executor fires them; it stays the caller's
   * @param failures is told when a function fails
   * @throws IllegalArgumentException if a schedule is anything but a rate
   */
  public static Schedules start(
      Collection<Schedule> schedules,
      FunctionInvoker functions,
      InstantSource clock,
      ScheduledExecutorService executor,
      BiConsumer<Schedule, Exception> failures) {
    Map<Schedule, Rate> rates =
        schedules.stream()
            .collect(Collectors.toMap(schedule -> schedule, s -> Rate.parse(s.expression())));
    Schedules running = new Schedules(functions, clock, failures);
    rates.forEach((schedule, rate) ->
        running.planned.add(
            executor.scheduleAtFixedRate(
                () -> running.fire(schedule),
                rate.every().toMillis(),
                rate.every().toMillis(),
                TimeUnit.MILLISECONDS)));
    return running;
  }

  private void fire(Schedule schedule) {
    try {
      functions.invoke(schedule.function(), event(schedule));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // An exception that left this method would end the schedule for good.
      failures.accept(schedule, e);
    }
  }

  private String event(Schedule schedule) {
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", "0")
            .put("id", UUID.randomUUID().toString())
            .put("detail-type", "Scheduled Event")
            .put("source", "aws.scheduler")
            .put("account", "000000000000")
            .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", "us-east-1");
    event
        .putArray("resources")
        .add(
            "arn:aws:scheduler:us-east-1:000000000000:schedule/default/"
                + schedule.function()
                + schedule.name());
    // The scheduler's detail is text, a rule's would be an object.
    event.put("detail", "{}");
    return event.toString();
  }

  /** Fires none any more; one that has been fired goes on. */
  @Override
  public void close() {
    planned.forEach(plan -> plan.cancel(false));
  }
}
