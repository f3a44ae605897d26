package io.cloudoperator.store;

import io.cloudoperator.inventory.DocumentTooLargeException;
import io.cloudoperator.store.stored.StoredForm;
import io.cloudoperator.store.stored.StoredJson;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What does not fit into one item: in as many as it needs. Each knows how many there are, so that a
 * set of which some are missing is told from a whole one. Up to {@link #MOST} are written together
 * or not at all; of more, the {@linkplain #beyond others} are written before, and say of which
 * value they are: it is there once the first ones are.
 */
final class Parts {
  /**
   * Of the bytes in one item.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">at
   *     most 400 KB an item</a>
   */
  static final int LARGEST = 350 * 1024;

  /**
   * Of one transaction: even with a snapshot of 400 KB they stay below what a transaction takes.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">at
   *     most 4 MB a transaction</a>
   */
  static final int MOST = 10;

  /** Of one value: 7 MB, so that what compares two has them both in its memory. */
  static final int MOST_OF_A_VALUE = 20;

  private static final String PARTS = "parts";

  /** How many parts there are, where {@link #PARTS} says something else to release 3f8b6a7. */
  private static final String COUNT = "count";

  private static final String BODY = "body";

  /** Of which value a part is, where more than one may have left some. */
  private static final String VALUE = "value";

  private static final int DIGEST_BYTES = 8;

  private Parts() {}

  /** What the sort key of a part ends with; the first is 00. */
  static String number(int part) {
    return String.format(Locale.ROOT, "%02d", part);
  }

  static void count(Map<String, AttributeValue> item, int parts) {
    item.put(PARTS, Stored.number(parts));
  }

  /**
   * Hides the parts of a value from release 3f8b6a7, which refuses a whole value, and with it the
   * scan, for one word that it does not know. It takes what has another number of parts than {@code
   * parts} says for a value that is being deleted, and goes on without it.
   */
  static List<Map<String, AttributeValue>> hidden(List<Map<String, AttributeValue>> items) {
    for (Map<String, AttributeValue> item : items) {
      item.put(COUNT, Stored.number(items.size()));
      count(item, 0);
    }
    return items;
  }

  /** Whether these items, in the order of their keys, are all that there are. None is not. */
  static boolean complete(List<Map<String, AttributeValue>> items) {
    return !items.isEmpty()
        && items.stream()
            .map(item -> item.get(item.containsKey(COUNT) ? COUNT : PARTS))
            .allMatch(parts -> parts != null && String.valueOf(items.size()).equals(parts.n()));
  }

  /**
   * A value's items, compressed.
   *
   * @param prefix of their sort keys
   * @param until when DynamoDB may delete them; empty to keep them
   * @param most at most {@link #MOST_OF_A_VALUE}
   * @throws DocumentTooLargeException if there would be more
   */
  static List<Map<String, AttributeValue>> items(
      String partition, String prefix, Object value, Optional<Instant> until, int most) {
    byte[] whole = Compressed.write(value);
    int parts = Math.ceilDiv(whole.length, LARGEST);
    if (parts > most) {
      throw new DocumentTooLargeException(
          "%s of %,d bytes, compressed, is larger than %,d, the most that is stored"
              .formatted(value.getClass().getSimpleName(), whole.length, most * LARGEST));
    }
    Optional<String> digest = parts > MOST ? Optional.of(digest(whole)) : Optional.empty();
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      byte[] body =
          Arrays.copyOfRange(whole, part * LARGEST, Math.min((part + 1) * LARGEST, whole.length));
      Map<String, AttributeValue> item =
          new TreeMap<>(
              Stored.key(
                  partition,
                  prefix + number(part) + (part < MOST ? "" : digest.map("-"::concat).orElse(""))));
      digest.ifPresent(of -> item.put(VALUE, Stored.text(of)));
      item.put(StoredForm.VERSION, StoredForm.version());
      item.put(BODY, AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(body)));
      count(item, parts);
      until.ifPresent(end -> item.put(Stored.TTL, Stored.number(end.getEpochSecond())));
      items.add(item);
    }
    return items;
  }

  /** Those of the items of a value that are written together, and make it be there. */
  static List<Map<String, AttributeValue>> head(List<Map<String, AttributeValue>> items) {
    return items.subList(0, Math.min(items.size(), MOST));
  }

  /** The others, by transactions in which they can be written before. */
  static List<List<Map<String, AttributeValue>>> beyond(List<Map<String, AttributeValue>> items) {
    List<List<Map<String, AttributeValue>>> some = new ArrayList<>();
    for (int from = MOST; from < items.size(); from += MOST) {
      some.add(items.subList(from, Math.min(from + MOST, items.size())));
    }
    return some;
  }

  /** Those of the value that is there: another may have left some, and not come to its first. */
  static List<Map<String, AttributeValue>> ofFirst(List<Map<String, AttributeValue>> items) {
    return items.isEmpty()
        ? items
        : items.stream()
            .filter(item -> Objects.equals(item.get(VALUE), items.getFirst().get(VALUE)))
            .toList();
  }

  private static String digest(byte[] whole) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole);
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The value with these items, in the order of their keys.
   *
   * @param items all that there are
   * @throws IllegalStateException if nothing of it can be read
   */
  static <T> StoredJson.Read<T> value(List<Map<String, AttributeValue>> items, Class<T> type) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (Map<String, AttributeValue> item : items) {
      AttributeValue body = item.get(BODY);
      if (body == null || body.b() == null) {
        throw new IllegalStateException("a part of a " + type.getSimpleName() + " has no body");
      }
      whole.writeBytes(body.b().asByteArrayUnsafe());
    }
    return Compressed.read(whole.toByteArray(), type);
  }
}
