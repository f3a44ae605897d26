package io.cloudoperator.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.cloudoperator.reconcile.DecompressedStream.Overflow;
import io.cloudoperator.reconcile.SkippedFile.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
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
                  .maxNestingDepth(ReadLimits.DEEPEST)
                  .maxStringLength(ReadLimits.LONGEST_STRING)
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

  /** What is in a file, or in some. */
  static final class Tally {
    long bytes;
    long events;
    long unreadable;
    long insights;
    long aggregated;
    long digests;
    int configs;
    int ledgers;
    int files;

    /** Lists of events that have none, as where nothing happened. */
    int emptyLists;
  }

  /**
   * Reads a file to its end.
   *
   * @param most bytes, after decompression
   * @param tally is added to
   * @throws UnusableFileException if it is neither CloudTrail's nor a ledger, or damaged
   * @throws TrailTooLargeException if it is of more bytes
   * @throws TrailException if it is a ledger that cannot be used
   */
  static void read(
      TrailSource source,
      long most,
      Consumer<Event> events,
      Consumer<LedgerDocument> ledgers,
      Tally tally)
      throws TrailException {
    new TrailFiles(source, events, ledgers, tally).read(most);
  }

  private void read(long most) throws TrailException {
    try (InputStream raw = source.opener().open();
        DecompressedStream content = DecompressedStream.open(raw, most);
        JsonParser json = JSON.createParser((InputStream) content)) {
      boolean empty = true;
      while (json.nextToken() != null) {
        empty = false;
        document(json);
      }
      tally.files++;
      tally.bytes += content.count();
      if (empty) {
        throw unusable(Kind.EMPTY, "it is empty");
      }
      if (tally.events == 0 && tally.ledgers == 0 && tally.emptyLists == 0) {
        throw withoutEvents();
      }
    } catch (Overflow e) {
      if (e.tooLarge) {
        throw new TrailTooLargeException(source.name() + ": " + e.getMessage());
      }
      throw unusable(Kind.DAMAGED, String.valueOf(e.getMessage()));
    } catch (StreamConstraintsException e) {
      throw unusable(
          Kind.DAMAGED, "it has a text, a number or a nesting that no event can have" + at(e));
    } catch (JsonProcessingException e) {
      throw notJson(e);
    } catch (EOFException | ZipException _) {
      throw unusable(Kind.DAMAGED, "its gzip compression is damaged, or it is cut short");
    } catch (LedgerFields.Wrong e) {
      throw new TrailException(
          source.name() + ": it is a ledger that cannot be used: " + e.getMessage());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UnusableFileException withoutEvents() {
    if (tally.digests > 0) {
      return unusable(Kind.DIGEST, "it is a digest file of CloudTrail's, which holds no events");
    }
    if (tally.configs > 0) {
      return unusable(Kind.CONFIG, "it is AWS Config's, not CloudTrail's");
    }
    if (tally.aggregated > 0) {
      return unusable(
          Kind.AGGREGATED,
          "it has CloudTrail's aggregated events, which tell of sums and not of calls");
    }
    if (tally.insights > 0) {
      return unusable(
          Kind.INSIGHTS, "it has CloudTrail's Insights, which tell of rates and not of calls");
    }
    return unusable(
        Kind.OTHER,
        "it is neither CloudTrail's nor a ledger: its JSON has no Records, no Events, no event and"
            + " no sessions");
  }

  private UnusableFileException notJson(JsonProcessingException e) {
    try (InputStream raw = source.opener().open();
        DecompressedStream content = DecompressedStream.open(raw, Long.MAX_VALUE)) {
      return FileForm.of(content.readNBytes(FileForm.HEAD))
          .map(form -> unusable(form.kind(), form.why()))
          .orElseGet(() -> unusable(Kind.DAMAGED, "it is not JSON, or cut short" + at(e)));
    } catch (IOException again) {
      return unreadable(again);
    }
  }

  private UnusableFileException unreadable(IOException e) {
    return unusable(
        Kind.UNREADABLE,
        e instanceof AccessDeniedException
            ? "it may not be read: permission denied"
            : "it cannot be read (" + e.getMessage() + ")");
  }

  private UnusableFileException unusable(Kind kind, String why) {
    return new UnusableFileException(new SkippedFile(source.name(), kind, why));
  }

  private static String at(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  private void document(JsonParser json) throws IOException, LedgerFields.Wrong {
    switch (json.currentToken()) {
      case START_OBJECT -> fields(json, true);
      case START_ARRAY -> records(json);
      case VALUE_STRING -> text(json.getText());
      default -> {
        // Nothing of CloudTrail's.
      }
    }
  }

  private void records(JsonParser json) throws IOException, LedgerFields.Wrong {
    boolean empty = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      empty = false;
      switch (json.currentToken()) {
        case START_OBJECT -> fields(json, false);
        case VALUE_STRING -> text(json.getText());
        default -> {
          json.skipChildren();
          tally.unreadable++;
        }
      }
    }
    tally.emptyLists += empty ? 1 : 0;
  }

  /**
   * Reads an object.
   *
   * @param root whether it may be more than an event
   */
  private void fields(JsonParser json, boolean root) throws IOException, LedgerFields.Wrong {
    EventFields event = new EventFields();
    LedgerFields ledger = new LedgerFields();
    Optional<String> unknown = Optional.empty();
    boolean container = false;
    boolean digest = false;
    boolean config = false;
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
        digest |= name.equals("digestStartTime") || name.equals("digestS3Bucket");
        config |= name.equals("configurationItems") || name.equals("configurationItem");
        if (!event.accept(name, json) && unknown.isEmpty()) {
          unknown = Optional.of(LedgerFields.shown(name));
        }
      }
    }
    if (container) {
      return;
    }
    if (root && ledger.telling()) {
      if (event.any()) {
        throw new LedgerFields.Wrong("it has members of an event");
      }
      tally.ledgers++;
      ledgers.accept(ledger.document(unknown));
    } else if (root && digest) {
      tally.digests++;
    } else if (root && config) {
      tally.configs++;
    } else {
      event(event, events, tally);
    }
  }

  /** An event as a string, as lookup-events prints it. Damage in it ends at its own end. */
  private void text(String event) throws IOException {
    text(event, events, tally);
  }

  /**
   * As it stands in a file, or in an answer of LookupEvents.
   *
   * @param tally is added to
   */
  static void text(String event, Consumer<Event> events, Tally tally) throws IOException {
    EventFields fields = new EventFields();
    try (JsonParser json = JSON.createParser(event)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          fields.accept(name, json);
        }
        if (json.nextToken() == null) {
          event(fields, events, tally);
          return;
        }
      }
    } catch (JsonProcessingException _) {
      // Counted below.
    }
    tally.unreadable++;
  }

  private static void event(EventFields fields, Consumer<Event> events, Tally tally) {
    if (fields.insight()) {
      tally.insights++;
    } else if (fields.aggregated()) {
      tally.aggregated++;
    } else {
      Optional<Event> event = fields.event();
      event.ifPresentOrElse(events, () -> tally.unreadable++);
      tally.events += event.isPresent() ? 1 : 0;
    }
  }
}
