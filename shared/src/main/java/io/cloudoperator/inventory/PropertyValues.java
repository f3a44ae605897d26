package io.cloudoperator.inventory;

import java.util.Locale;
import java.util.Optional;

/** Values as people read them. */
final class PropertyValues {
  static final String ABSENT = "absent";

  private PropertyValues() {}

  /** {@code api_key_only}. */
  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static String of(boolean value) {
    return value ? "yes" : "no";
  }

  static String of(Optional<?> value) {
    return value.map(Object::toString).orElse(ABSENT);
  }
}
