package io.cloudoperator.runtime;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What Lambda sends of a table's stream of keys.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html#services-dynamodb-eventsourcemapping">Example
 *     event</a>
 */
public record StreamBatch(@JsonProperty("Records") List<Change> records) {
  private static final String INSERT = "INSERT";

  public StreamBatch {
    records = List.copyOf(records);
  }

  /** One change of an item. */
  public record Change(String eventName, Item dynamodb) {
    /** The text of each key attribute, by its name; empty if the item was there before. */
    public Optional<Map<String, String>> inserted() {
      return INSERT.equals(eventName)
          ? Optional.of(
              dynamodb.keys.entrySet().stream()
                  .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().text())))
          : Optional.empty();
    }

    /** Where in the stream it is. */
    public String sequenceNumber() {
      return dynamodb.sequenceNumber;
    }
  }

  /** The item that was changed. */
  public record Item(
      @JsonProperty("Keys") Map<String, Key> keys,
      @JsonProperty("SequenceNumber") String sequenceNumber) {}

  /** A key attribute, which is text. */
  public record Key(@JsonProperty("S") String text) {}

  /**
   * Where in the stream to begin again, if something of the batch failed.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">Partial
   *     batch responses</a>
   */
  public record Answer(List<Failure> batchItemFailures) {
    public Answer {
      batchItemFailures = List.copyOf(batchItemFailures);
    }

    /** Everything was taken. */
    public static Answer done() {
      return new Answer(List.of());
    }

    /** Lambda is to come again with this change and all after it, those that were taken too. */
    public static Answer from(Change first) {
      return new Answer(List.of(new Failure(first.sequenceNumber())));
    }
  }

  /** A place in the stream. */
  public record Failure(String itemIdentifier) {}
}
