package io.cloudoperator.store;

import io.cloudoperator.store.stored.StoredForm;
import io.cloudoperator.store.stored.StoredJson;
import io.cloudoperator.store.stored.UnreadableException;
import io.cloudoperator.store.stored.UnreadableItems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads items past those that cannot be read, and reports these. */
record StoredReads(UnreadableItems told) {
  /**
   * The value of an item, or of the first of those that make it up; empty if it cannot be read.
   *
   * @param read throws what it likes at an item that is not as it should be
   */
  <T> Optional<T> value(StoredForm form, Map<String, AttributeValue> item, Supplier<T> read) {
    try {
      return Optional.of(form.read(item, read));
    } catch (UnreadableException e) {
      told.unreadable(form, partition(item), e);
      return Optional.empty();
    }
  }

  /**
   * The value of an item.
   *
   * @throws UnreadableException if it cannot be read
   */
  <T> T valueOrThrow(StoredForm form, Map<String, AttributeValue> item, Supplier<T> read) {
    try {
      return form.read(item, read);
    } catch (UnreadableException e) {
      told.unreadable(form, partition(item), e);
      throw e;
    }
  }

  /** The value of a JSON in an item, and tells what of it could not be read. */
  <T> T whole(StoredForm form, Map<String, AttributeValue> item, StoredJson.Read<T> read) {
    if (!read.lost().isEmpty()) {
      told.unreadable(form, partition(item), read.lost().getFirst());
    }
    return read.value();
  }

  /** Those of the items that can be read. */
  <T> List<T> readable(
      StoredForm form,
      List<Map<String, AttributeValue>> items,
      Function<Map<String, AttributeValue>, T> read) {
    return items.stream()
        .flatMap(item -> value(form, item, () -> read.apply(item)).stream())
        .toList();
  }

  private static String partition(Map<String, AttributeValue> item) {
    AttributeValue pk = item.get(Stored.PK);
    return pk == null || pk.s() == null ? "" : pk.s();
  }
}
