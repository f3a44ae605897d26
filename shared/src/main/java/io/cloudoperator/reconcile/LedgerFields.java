package io.cloudoperator.reconcile;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.cloudoperator.call.Call;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of a {@link LedgerDocument} as they stream by, read strictly: what we wrote ourselves
 * has no member missing, none twice and none that is new.
 */
final class LedgerFields {
  private static final Map<String, Class<?>> MEMBERS =
      Map.of(
          "connection", ConnectionId.class,
          "account", AccountId.class,
          "tier", Tier.class,
          "brokerAccount", AccountId.class,
          "asOf", Instant.class,
          "sessionPolicy", JsonNode.class,
          "verifySessionPolicy", JsonNode.class,
          "sessions", List.class,
          "next", String.class,
          "unreadable", Integer.class);
  private static final Set<String> TELLING = Set.of("brokerAccount", "sessionPolicy", "sessions");
  private static final int LONGEST_TEXT = 1024;

  private static final ObjectReader CALL = reader(Call.class);

  private final Map<String, Object> values = new HashMap<>();
  private int calls;

  private static ObjectReader reader(Class<?> type) {
    return Json.STRICT
        .readerFor(type)
        .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
        .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /** Whether a ledger document has a member of this name. */
  static boolean has(String name) {
    return MEMBERS.containsKey(name);
  }

  /** Whether what was there so far can be nothing but a ledger document. */
  boolean telling() {
    return values.keySet().stream().anyMatch(TELLING::contains);
  }

  /** Consumes the value of a member. */
  void accept(String name, JsonParser value) throws IOException, Wrong {
    Object read =
        switch (name) {
          case "sessions" -> sessions(value);
          default -> member(name, MEMBERS.getOrDefault(name, String.class), value);
        };
    if (values.put(name, read) != null) {
      throw new Wrong("it has the member \"" + name + "\" twice");
    }
  }

  LedgerDocument document(Optional<String> unknown) throws Wrong {
    if (unknown.isPresent()) {
      throw new Wrong("it has a member \"" + unknown.get() + "\", which is unknown here");
    }
    return new LedgerDocument(
        needed("connection", ConnectionId.class),
        Optional.ofNullable(given("account", AccountId.class)),
        needed("tier", Tier.class),
        needed("brokerAccount", AccountId.class),
        needed("asOf", Instant.class),
        needed("sessionPolicy", JsonNode.class),
        Optional.ofNullable(given("verifySessionPolicy", JsonNode.class)),
        sessions(),
        Optional.ofNullable(given("next", String.class)));
  }

  @SuppressWarnings("unchecked") // put there by sessions(JsonParser)
  private List<Ledger> sessions() throws Wrong {
    return (List<Ledger>) needed("sessions", List.class);
  }

  private <T> T needed(String name, Class<T> type) throws Wrong {
    @Nullable T value = given(name, type);
    if (value == null) {
      throw new Wrong("its member \"" + name + "\" is missing");
    }
    return value;
  }

  private <T> @Nullable T given(String name, Class<T> type) {
    @Nullable Object value = values.get(name);
    return value == null ? null : type.cast(value);
  }

  private List<Ledger> sessions(JsonParser in) throws IOException, Wrong {
    List<Ledger> sessions = new ArrayList<>();
    array("sessions", in);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      sessions.add(session(in));
    }
    return sessions;
  }

  private Ledger session(JsonParser in) throws IOException, Wrong {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw new Wrong("one of its sessions is no object");
    }
    Map<String, Object> read = new HashMap<>();
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      Object value =
          switch (name) {
            case "session" -> member(name, ScanId.class, in);
            case "kind" -> member(name, Ledger.Kind.class, in);
            case "begunAt" -> member(name, Instant.class, in);
            case "calls" -> calls(in);
            default ->
                throw new Wrong(
                    "one of its sessions has a member \""
                        + shown(name)
                        + "\", which is unknown here");
          };
      if (read.put(name, value) != null) {
        throw new Wrong("one of its sessions has the member \"" + name + "\" twice");
      }
    }
    if (read.get("session") instanceof ScanId session
        && read.get("kind") instanceof Ledger.Kind kind
        && read.get("begunAt") instanceof Instant begunAt
        && read.get("calls") instanceof List<?> rows) {
      return new Ledger(session, kind, begunAt, rows.stream().map(Call.class::cast).toList());
    }
    throw new Wrong("one of its sessions lacks one of session, kind, begunAt and calls");
  }

  private List<Call> calls(JsonParser in) throws IOException, Wrong {
    List<Call> rows = new ArrayList<>();
    array("calls", in);
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (++calls > ReadLimits.MOST_CALLS) {
        throw new Wrong("it has more than " + ReadLimits.MOST_CALLS + " calls");
      }
      Call call = (Call) member("calls", CALL, in);
      if (longest(call) > LONGEST_TEXT) {
        throw new Wrong("one of its calls has a text of more than " + LONGEST_TEXT + " characters");
      }
      rows.add(call);
    }
    return rows;
  }

  private static int longest(Call call) {
    return Math.max(
        Math.max(call.region().length(), call.service().length()),
        Math.max(
            call.operation().length(),
            Math.max(call.requestId().length(), call.errorCode().length())));
  }

  private static void array(String name, JsonParser in) throws Wrong {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw new Wrong("its member \"" + name + "\" is no array");
    }
  }

  private static Object member(String name, Class<?> type, JsonParser in)
      throws IOException, Wrong {
    return member(name, reader(type), in);
  }

  private static Object member(String name, ObjectReader reader, JsonParser in)
      throws IOException, Wrong {
    @Nullable Object value;
    try {
      value = reader.readValue(in);
    } catch (JsonProcessingException e) {
      throw new Wrong("its member \"" + name + "\" is not of the form that we write", e);
    }
    if (value == null) {
      throw new Wrong("its member \"" + name + "\" is null");
    }
    return value;
  }

  static String shown(String name) {
    return name.length() <= 64 ? name : name.substring(0, 64) + "…";
  }

  /** Why it is no ledger document of ours. */
  static final class Wrong extends Exception {
    private static final long serialVersionUID = 1;

    Wrong(String why) {
      super(why);
    }

    Wrong(String why, Throwable cause) {
      super(why, cause);
    }
  }
}
