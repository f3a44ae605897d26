package io.cloudoperator.platform.dynamodb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.platform.RetryDelay;
import io.cloudoperator.platform.template.Trigger.TableStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Hands batches of records to a function as Lambda's event source mapping does. */
public final class Delivery {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final int MOST_DOUBLINGS = 7;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final TableStream trigger;
  private final String streamArn;
  private final FunctionInvoker functions;
  private final Consumer<String> deadLetters;
  private final RetryDelay delay;
  private final List<EventFilter> filters;

  /**
   * @param streamArn as the records have it
   * @param deadLetters is told of what is given up
   * @param delay waits before a batch is tried again
   */
  public Delivery(
      TableStream trigger,
      String streamArn,
      FunctionInvoker functions,
      Consumer<String> deadLetters,
      RetryDelay delay) {
    this.trigger = trigger;
    this.streamArn = streamArn;
    this.functions = functions;
    this.deadLetters = deadLetters;
    this.delay = delay;
    this.filters = trigger.filters().stream().map(EventFilter::new).toList();
  }

  /** Returns when every record that the filters let through was taken or given up. */
  public void deliver(String shard, List<ObjectNode> records) throws InterruptedException {
    List<ObjectNode> matching =
        records.stream()
            .filter(r -> filters.isEmpty() || filters.stream().anyMatch(f -> f.matches(r)))
            .toList();
    for (int from = 0; from < matching.size(); from += trigger.batchSize()) {
      int to = Math.min(matching.size(), from + trigger.batchSize());
      batch(shard, matching.subList(from, to), 0);
    }
  }

  private void batch(String shard, List<ObjectNode> records, int failuresBefore)
      throws InterruptedException {
    List<ObjectNode> left = records;
    int failures = failuresBefore;
    while (true) {
      int firstFailed = invoke(left);
      if (firstFailed == left.size()) {
        return;
      }
      left = left.subList(firstFailed, left.size());
      if (trigger.bisect() && left.size() > 1) {
        // Splitting does not count as a retry.
        batch(shard, left.subList(0, left.size() / 2), failures);
        batch(shard, left.subList(left.size() / 2, left.size()), failures);
        return;
      }
      failures++;
      if (trigger.maximumRetries() >= 0 && failures > trigger.maximumRetries()) {
        deadLetters.accept(
            StreamEvents.deadLetter(trigger.function(), streamArn, shard, left, failures));
        return;
      }
      delay.await(FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS)));
    }
  }

  /** The index of the first record that failed: their number if none did. */
  private int invoke(List<ObjectNode> records) throws InterruptedException {
    String answer;
    try {
      answer = functions.invoke(trigger.function(), StreamEvents.event(records));
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception _) {
      // Whatever it is, Lambda tries again.
      return 0;
    }
    return trigger.reportsItemFailures() ? firstReported(records, answer) : records.size();
  }

  /**
   * The first record that the answer of a function names.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Partial
   *     batch responses</a>
   */
  private static int firstReported(List<ObjectNode> records, String answer) {
    JsonNode reported;
    try {
      reported = MAPPER.readTree(answer).path("batchItemFailures");
    } catch (JsonProcessingException _) {
      return 0;
    }
    int first = records.size();
    for (JsonNode failure : reported) {
      String sequence = failure.path("itemIdentifier").asText();
      int index = records.stream().map(StreamEvents::sequence).toList().indexOf(sequence);
      first = Math.min(first, Math.max(index, 0));
    }
    return first;
  }
}
