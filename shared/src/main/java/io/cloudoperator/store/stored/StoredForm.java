package io.cloudoperator.store.stored;

import java.time.DateTimeException;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The forms in which results and connections are stored, each with its version. The version stands
 * in an attribute of the item and not in its JSON: readers of version 1 take any attribute, and the
 * strict ones among them no other member. docs/decisions/030-stored-forms.md
 */
public enum StoredForm {
  CONNECTION,
  /** A run, its plan, its lock and its idempotency key. */
  RUN,
  SHARD,
  SNAPSHOT,
  LEDGER,
  /** What a region, or a service without one, said of its APIs. */
  API_FACTS,
  INVENTORY,
  CATALOG,
  /** What a request has deleted, and its receipt. */
  DELETION;

  /** The attribute that has an item's version. */
  public static final String VERSION = "format";

  /** What this release writes; earlier ones are read too. */
  public static final int CURRENT = 1;

  /** Its name in logs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The attribute of an item that this release writes. */
  public static AttributeValue version() {
    return AttributeValue.fromN(Integer.toString(CURRENT));
  }

  /**
   * Reads an item of this form.
   *
   * @param read throws what it likes at an item that is not as it should be
   * @throws UnreadableException in its place, or if the item has a version that this release does
   *     not know
   */
  public <T> T read(Map<String, AttributeValue> item, Supplier<T> read) {
    try {
      long version = version(item);
      if (version < 1 || version > CURRENT) {
        throw new UnreadableException(this, version);
      }
      return read.get();
    } catch (IllegalStateException
        | IllegalArgumentException
        | NullPointerException
        | DateTimeException e) {
      throw new UnreadableException(this, e);
    }
  }

  /** Items of version 1 may be without: the first release had none on some forms. */
  private static long version(Map<String, AttributeValue> item) {
    @Nullable AttributeValue version = item.get(VERSION);
    return version == null ? 1 : Long.parseLong(version.n());
  }
}
