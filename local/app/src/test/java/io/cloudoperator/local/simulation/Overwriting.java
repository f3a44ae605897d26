package io.cloudoperator.local.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.local.simulation.dynamodb.SimulatedTables.Change;
import java.util.Optional;
import java.util.regex.Pattern;

/** What no change of an item may take away, for somebody else has written it. */
final class Overwriting {
  private static final Pattern SHARD = Pattern.compile("run#[^#]+#\\d+(#\\d+)?");

  private Overwriting() {}

  /** What a change has taken away, if it did. */
  static Optional<Violation> of(Change change) {
    if (!change.name().equals("MODIFY")) {
      return Optional.empty();
    }
    String key = change.key().at("/sk/S").asText();
    boolean allowed =
        key.startsWith("con-")
            ? version(change.after()) == version(change.before()) + 1
            : !isResult(key, change.before()) || stands(change.before(), change.after());
    return allowed
        ? Optional.empty()
        : Optional.of(
            new Violation(
                "of %s there was %s, which another wrote, and is %s"
                    .formatted(key, change.before(), change.after())));
  }

  /** A connection's: who changes it has seen what all others changed before. */
  private static long version(JsonNode connection) {
    return connection.at("/version/N").asLong();
  }

  /** Whether the first attempt that writes it is the one that stands: docs/decisions/003. */
  private static boolean isResult(String key, JsonNode before) {
    return key.startsWith("snapshot#")
        || SHARD.matcher(key).matches()
        || (key.startsWith("run#") && !before.at("/state/S").asText().equals("running"));
  }

  private static boolean stands(JsonNode before, JsonNode after) {
    return before.isObject()
        ? before.properties().stream()
            .allMatch(each -> stands(each.getValue(), after.path(each.getKey())))
        : before.equals(after);
  }
}
