package io.cloudoperator.trail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.cloudoperator.trail.Unpacked.Overflow;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.ZipException;

/**
 * Reads files, one event at a time: what {@code aws cloudtrail lookup-events} prints, what
 * CloudTrail writes to S3, bare records in an array, in lines or one after the other, and ledger
 * documents of ours. Any of them may be compressed with gzip, and a file may hold several.
 */
final class TrailFiles {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.DEEPEST)
                  .maxStringLength(Limits.LONGEST_STRING)
                  .build())
          // The names in an event's parameters are whatever somebody has called things.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final TrailSource source;
  private final Consumer<Event> events;
  private final Consumer<LedgerDocument> ledgers;
  private final Tally tally;

  private TrailFiles(
      TrailSource source, Consumer<Event> events, Consumer<LedgerDocument> ledgers, Tally tally) {
    this.source = source;
    this.events = events;
    this.ledgers = ledgers;
    this.tally = tally;
  }

  /** What was in the files. */
  static final class Tally {
    long bytes;
    long events;
    long unreadable;
    long insights;
    int digests;
    int ledgers;
    int files;

    /** Whether any of it was CloudTrail's. */
    boolean trail;
  }

  /**
   * Reads a file to its end.
   *
   * @param tally is added to
   * @throws TrailException if it is neither CloudTrail's nor ours, is damaged, or too large
   */
  static void read(
      TrailSource source,
      Limits limits,
      Consumer<Event> events,
      Consumer<LedgerDocument> ledgers,
      Tally tally)
      throws TrailException {
    new TrailFiles(source, events, ledgers, tally).read(limits.mostBytes() - tally.bytes);
  }

  /** The ledger documents in a file. */
  static List<LedgerDocument> ledgers(TrailSource source, Limits limits) throws TrailException {
    List<LedgerDocument> found = new ArrayList<>();
    read(source, limits, _ -> {}, found::add, new Tally());
    return found;
  }

  private void read(long most) throws TrailException {
    try (InputStream raw = source.opener().open();
        Unpacked content = Unpacked.open(raw, most);
        JsonParser json = JSON.createParser((InputStream) content)) {
      boolean empty = true;
      boolean ours = false;
      while (json.nextToken() != null) {
        empty = false;
        ours |= document(json);
      }
      if (empty) {
        throw refused("it is empty");
      }
      if (!ours) {
        throw refused(
            "it is neither CloudTrail's nor a ledger: its JSON has no Records, no Events, no event"
                + " and no sessions");
      }
      tally.files++;
      tally.bytes += content.count();
    } catch (Overflow e) {
      if (e.tooLarge) {
        throw new TrailTooLargeException(source.name() + ": " + e.getMessage());
      }
      throw refused(String.valueOf(e.getMessage()));
    } catch (StreamConstraintsException e) {
      throw refused("it has a text, a number or a nesting that no event can have" + at(e));
    } catch (JsonProcessingException e) {
      throw refused("it is not JSON, or cut short" + at(e));
    } catch (EOFException | ZipException _) {
      throw refused("its gzip compression is damaged, or it is cut short");
    } catch (LedgerFields.Wrong e) {
      throw refused("it is a ledger that cannot be used: " + e.getMessage());
    } catch (IOException e) {
      throw refused("it cannot be read (" + e.getMessage() + ")");
    }
  }

  private TrailException refused(String why) {
    return new TrailException(source.name() + ": " + why);
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  /** Whether it was one of those that are known. */
  private boolean document(JsonParser json) throws IOException, LedgerFields.Wrong {
    return switch (json.currentToken()) {
      case START_OBJECT -> fields(json, true);
      case START_ARRAY -> records(json);
      case VALUE_STRING -> text(json.getText());
      default -> false;
    };
  }

  private boolean records(JsonParser json) throws IOException, LedgerFields.Wrong {
    boolean empty = true;
    boolean known = false;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      empty = false;
      known |= record(json);
    }
    tally.trail |= empty;
    return empty || known;
  }

  private boolean record(JsonParser json) throws IOException, LedgerFields.Wrong {
    return switch (json.currentToken()) {
      case START_OBJECT -> fields(json, false);
      case VALUE_STRING -> text(json.getText());
      default -> {
        json.skipChildren();
        tally.unreadable++;
        yield false;
      }
    };
  }

  /**
   * Reads an object.
   *
   * @param root whether it may be more than an event
   */
  private boolean fields(JsonParser json, boolean root) throws IOException, LedgerFields.Wrong {
    EventFields event = new EventFields();
    LedgerFields ledger = new LedgerFields();
    Optional<String> unknown = Optional.empty();
    boolean container = false;
    boolean digest = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (root
          && value == JsonToken.START_ARRAY
          && (name.equals("Records") || name.equals("Events"))) {
        container = true;
        records(json);
      } else if (name.equals("CloudTrailEvent") && value == JsonToken.VALUE_STRING) {
        container = true;
        text(json.getText());
      } else if (root && LedgerFields.has(name)) {
        ledger.accept(name, json);
      } else {
        digest |= name.equals("digestStartTime");
        if (!event.accept(name, json) && unknown.isEmpty()) {
          unknown = Optional.of(LedgerFields.shown(name));
        }
      }
    }
    if (container) {
      tally.trail = true;
      return true;
    }
    if (root && ledger.telling()) {
      if (event.any()) {
        throw new LedgerFields.Wrong("it has members of an event");
      }
      tally.ledgers++;
      ledgers.accept(ledger.document(unknown));
      return true;
    }
    if (root && digest) {
      tally.trail = true;
      tally.digests++;
      return true;
    }
    return event(event, events, tally);
  }

  /** An event as a string, as lookup-events prints it. Damage in it ends at its own end. */
  private boolean text(String event) throws IOException {
    return text(event, events, tally);
  }

  /**
   * As it stands in a file, or in an answer of LookupEvents.
   *
   * @param tally is added to
   */
  static boolean text(String event, Consumer<Event> events, Tally tally) throws IOException {
    EventFields fields = new EventFields();
    try (JsonParser json = JSON.createParser(event)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          fields.accept(name, json);
        }
        if (json.nextToken() == null) {
          return event(fields, events, tally);
        }
      }
    } catch (JsonProcessingException _) {
      // Counted below.
    }
    tally.unreadable++;
    return false;
  }

  private static boolean event(EventFields fields, Consumer<Event> events, Tally tally) {
    if (fields.insight()) {
      tally.trail = true;
      tally.insights++;
      return true;
    }
    Optional<Event> event = fields.event();
    if (event.isEmpty()) {
      tally.unreadable++;
      return false;
    }
    tally.trail = true;
    tally.events++;
    events.accept(event.get());
    return true;
  }
}
