package io.cloudoperator.reconcile;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.cloudoperator.call.Call;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads {@link LedgerDocument}s strictly: no member may be missing, unknown or there twice, for
 * what a ledger lacks is held against it.
 */
final class LedgerReader {
  private static final int MOST_CALLS = 500_000;
  private static final int LONGEST_TEXT = 1024;

  private static final Set<String> MEMBERS =
      Set.of("connection", "account", "tier", "asOf", "verifySessionPolicy", "next", "unreadable");

  /** The members that no other document has. */
  private static final Set<String> TELLING = Set.of("brokerAccount", "sessionPolicy", "sessions");

  private static final ObjectReader DOCUMENT =
      Json.STRICT
          .readerFor(LedgerDocument.class)
          .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private LedgerReader() {}

  /** Whether a file that begins like this begins with a ledger document. */
  static boolean begins(JsonParser head) {
    try {
      boolean object = head.nextToken() == JsonToken.START_OBJECT;
      while (object && head.nextToken() == JsonToken.FIELD_NAME) {
        if (TELLING.contains(head.currentName())) {
          return true;
        }
        head.nextToken();
        head.skipChildren();
      }
    } catch (IOException _) {
      // Not JSON, or nothing that tells it within the head.
    }
    return false;
  }

  /** Whether a ledger document may begin with the member that the parser is at. */
  static boolean isFirst(JsonParser json) throws IOException {
    return json.currentName() != null
        && (MEMBERS.contains(json.currentName()) || TELLING.contains(json.currentName()));
  }

  /**
   * Reads the document whose first member the parser is at.
   *
   * @throws TrailException if it cannot be used
   */
  static LedgerDocument read(String file, JsonParser json) throws IOException, TrailException {
    try {
      LedgerDocument document = DOCUMENT.readValue(json);
      List<Call> calls =
          document.sessions().stream().flatMap(session -> session.calls().stream()).toList();
      if (calls.size() > MOST_CALLS) {
        throw unusable(file, "it has more than " + MOST_CALLS + " calls");
      }
      if (calls.stream().anyMatch(LedgerReader::isTooLong)) {
        throw unusable(
            file, "one of its calls has a text of more than " + LONGEST_TEXT + " characters");
      }
      return document;
    } catch (UnrecognizedPropertyException e) {
      throw unusable(file, "it has a member \"" + path(e) + "\", which is unknown here");
    } catch (JsonProcessingException e) {
      throw unusable(
          file,
          e instanceof JsonMappingException mapping
                  && !(e.getCause() instanceof StreamReadException)
              ? "its member \"" + path(mapping) + "\" is missing, or not of the form that we write"
              : "its JSON is cut short or damaged, or has a member twice" + FileParser.at(e));
    }
  }

  private static boolean isTooLong(Call call) {
    return Stream.of(
            call.region(), call.service(), call.operation(), call.requestId(), call.errorCode())
        .anyMatch(text -> text.length() > LONGEST_TEXT);
  }

  private static TrailException unusable(String file, String why) {
    return new TrailException(file + ": it is a ledger that cannot be used: " + why);
  }

  /** Where it is wrong, such as {@code sessions[0].calls[12].status}. */
  private static String path(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(part ->
                part.getFieldName() == null
                    ? "[" + part.getIndex() + "]"
                    : "." + part.getFieldName())
            .collect(joining());
    return path.substring(Math.min(1, path.length()), Math.min(64, path.length()));
  }
}
