package io.cloudoperator.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The forms of keys, times and expressions in both tables. */
final class Stored {
  static final String PK = "pk";
  static final String SK = "sk";

  /** Epoch seconds after which DynamoDB may delete the item, within days. */
  static final String TTL = "ttl";

  static final String EXISTS = "attribute_exists(#pk)";
  static final String ABSENT = "attribute_not_exists(#pk)";

  // All nine digits always, so that texts sort as times do: Instant.toString leaves zeros out.
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern NAME = Pattern.compile("#([A-Za-z_]+)");

  private Stored() {}

  static Map<String, AttributeValue> key(String pk, String sk) {
    return Map.of(PK, text(pk), SK, text(sk));
  }

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue time(Instant value) {
    return text(timeText(value));
  }

  static String timeText(Instant value) {
    return TIME.format(value);
  }

  static String text(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null || value.s() == null) {
      throw new IllegalStateException("a stored item has no " + name);
    }
    return value.s();
  }

  static long number(Map<String, AttributeValue> item, String name) {
    AttributeValue value = item.get(name);
    if (value == null || value.n() == null) {
      throw new IllegalStateException("a stored item has no " + name);
    }
    return Long.parseLong(value.n());
  }

  static Instant time(Map<String, AttributeValue> item, String name) {
    return Instant.parse(text(item, name));
  }

  /** Whether the item's time to live has passed: DynamoDB takes days to delete it. */
  static boolean expired(Map<String, AttributeValue> item, Instant now) {
    @Nullable AttributeValue ttl = item.get(TTL);
    return ttl != null && Long.parseLong(ttl.n()) <= now.getEpochSecond();
  }

  /** Enums are written in lower case, as in our JSON. */
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static <E extends Enum<E>> E word(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }

  /**
   * The names that expressions use. Each is written {@code #name}, so that none can be one of
   * DynamoDB's 573 reserved words.
   */
  static Map<String, String> names(String... expressions) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String expression : expressions) {
      NAME.matcher(expression)
          .results()
          .map(MatchResult::group)
          .forEach(name -> names.put(name, name.substring(1)));
    }
    return names;
  }
}
