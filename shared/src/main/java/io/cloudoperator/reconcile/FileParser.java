package io.cloudoperator.reconcile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.cloudoperator.reconcile.DecompressedStream.Overflow;
import io.cloudoperator.reconcile.SkippedFile.Kind;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.zip.ZipException;

/**
 * Reads a file of events, one at a time, as {@code aws cloudtrail lookup-events} prints them, as
 * CloudTrail writes them to S3, or as bare records in an array, in lines or one after the other. A
 * file may hold several of these, begin with ledger documents, and be compressed with gzip.
 */
final class FileParser {
  /**
   * The longest text in a file: an event is of 256 KB at most, and lookup-events has it as a text.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html">Quotas
   *     of CloudTrail</a>
   */
  static final int LONGEST_TEXT = 1 << 20;

  private static final int DEEPEST = 200;

  /** How many bytes of the beginning tell a ledger, and the kind of a file that is not JSON. */
  private static final int HEAD = 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(LONGEST_TEXT)
                  .build())
          // The names in an event's parameters may be any text, and many: a table of them would be
          // built anew whenever somebody has chosen names of one hash.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  /** What must be there of an event takes more bytes than this. */
  private static final int LEAST_RECORD = 64;

  /** So many records may be smaller: they are counted as unreadable. */
  private static final int SMALL_RECORDS = 10_000;

  /** What a file holds. */
  static final class Contents {
    final List<LedgerDocument> ledgers = new ArrayList<>();

    /** The file, if it cannot be used: it is damaged, or holds neither events nor a ledger. */
    Optional<SkippedFile> skipped = Optional.empty();

    long bytes;
    long events;
    long unreadable;

    /** Lists of events that are empty: nothing happened. */
    int emptyLists;

    private final Map<Kind, Long> others = new EnumMap<>(Kind.class);

    /** How many documents or records of a kind without events there are. */
    long others(Kind kind) {
      return others.getOrDefault(kind, 0L);
    }

    boolean hasEvents() {
      return events > 0 || emptyLists > 0;
    }

    private void add(EventParser parser, Consumer<Event> to) {
      Optional<Kind> other = parser.other();
      Optional<Event> event = other.isPresent() ? Optional.empty() : parser.event();
      if (other.isPresent()) {
        others.merge(other.get(), 1L, Long::sum);
      } else if (event.isPresent()) {
        events++;
        to.accept(event.get());
      } else {
        unreadable++;
      }
    }
  }

  private final TrailSource source;
  private final Consumer<Event> events;
  private final Contents contents = new Contents();
  private LongSupplier read = () -> 0;
  private long records;

  private FileParser(TrailSource source, Consumer<Event> events) {
    this.source = source;
    this.events = events;
  }

  /**
   * Reads a file to its end.
   *
   * @param most bytes, after decompression
   * @param events takes each event, also of a file that is found to be damaged further on
   * @throws TrailTooLargeException if it is of more bytes
   * @throws TrailException if it is a ledger that cannot be used
   */
  static Contents read(TrailSource source, long most, Consumer<Event> events)
      throws TrailException {
    FileParser parser = new FileParser(source, events);
    parser.contents.skipped = parser.read(most);
    return parser.contents;
  }

  private Optional<SkippedFile> read(long most) throws TrailException {
    byte[] head = {};
    try (InputStream raw = source.opener().open();
        DecompressedStream content = DecompressedStream.open(raw, most);
        BufferedInputStream text = new BufferedInputStream(content)) {
      read = content::count;
      text.mark(HEAD);
      head = text.readNBytes(HEAD);
      text.reset();
      boolean empty = !documents(text, LedgerReader.begins(JSON.createParser(head)));
      contents.bytes = content.count();
      return empty ? skipped(Kind.EMPTY, "it is empty") : withoutEvents();
    } catch (Overflow e) {
      if (e.tooLarge) {
        throw new TrailTooLargeException(source.name() + ": " + e.getMessage());
      }
      return skipped(Kind.DAMAGED, String.valueOf(e.getMessage()));
    } catch (StreamConstraintsException e) {
      return skipped(
          Kind.DAMAGED, "it has a text, a number or a nesting that no event can have" + at(e));
    } catch (JsonProcessingException e) {
      return SkippedFile.notJson(source.name(), head)
          .or(() -> skipped(Kind.DAMAGED, "it is not JSON, or cut short" + at(e)));
    } catch (EOFException | ZipException _) {
      return skipped(Kind.DAMAGED, "its gzip compression is damaged, or it is cut short");
    } catch (IOException e) {
      return skipped(
          Kind.UNREADABLE,
          e instanceof AccessDeniedException
              ? "it may not be read: permission denied"
              : "it cannot be read (" + e.getMessage() + ")");
    }
  }

  private Optional<SkippedFile> withoutEvents() {
    if (contents.hasEvents() || !contents.ledgers.isEmpty()) {
      return Optional.empty();
    }
    return contents.others.keySet().stream()
        .findFirst()
        .or(() -> Optional.of(Kind.OTHER))
        .map(kind ->
            new SkippedFile(
                source.name(),
                kind,
                switch (kind) {
                  case DIGEST -> "it is a digest file of CloudTrail's, which holds no events";
                  case CONFIG -> "it is AWS Config's, not CloudTrail's";
                  case AGGREGATED ->
                      "it has CloudTrail's aggregated events, which tell of sums and not of calls";
                  case INSIGHTS ->
                      "it has CloudTrail's Insights, which tell of rates and not of calls";
                  default ->
                      "it is neither CloudTrail's nor a ledger: its JSON has no Records, no Events,"
                          + " no event and no sessions";
                }));
  }

  private Optional<SkippedFile> skipped(Kind kind, String why) {
    return Optional.of(new SkippedFile(source.name(), kind, why));
  }

  /** Where it is wrong, for the end of a sentence; empty if that is unknown. */
  static String at(JsonProcessingException e) {
    return e.getLocation() == null
        ? ""
        : " (line %d, column %d)"
            .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
  }

  /**
   * Reads all documents.
   *
   * @param ledger whether the first is a ledger; others may follow
   * @return whether there is any
   */
  private boolean documents(InputStream text, boolean ledger) throws IOException, TrailException {
    boolean any = false;
    try (JsonParser json = JSON.createParser(text)) {
      json.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, ledger);
      while (json.nextToken() != null) {
        any = true;
        record();
        switch (json.currentToken()) {
          case START_OBJECT -> {
            json.nextToken();
            if (ledger && (contents.ledgers.isEmpty() || LedgerReader.isFirst(json))) {
              contents.ledgers.add(LedgerReader.read(source.name(), json));
            } else {
              members(json, true);
            }
          }
          case START_ARRAY -> records(json);
          case VALUE_STRING -> text(json.getText(), contents, events);
          default -> {
            // Nothing of CloudTrail's.
          }
        }
      }
    }
    return any;
  }

  /** Counts one, so that what all of them cost does not exceed what their bytes cost. */
  private void record() throws Overflow {
    records++;
    if (records > SMALL_RECORDS + read.getAsLong() / LEAST_RECORD) {
      throw new Overflow("it has more records than can be events in so few bytes", false);
    }
  }

  private void records(JsonParser json) throws IOException {
    boolean empty = true;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      empty = false;
      record();
      switch (json.currentToken()) {
        case START_OBJECT -> {
          json.nextToken();
          members(json, false);
        }
        case VALUE_STRING -> text(json.getText(), contents, events);
        default -> {
          json.skipChildren();
          contents.unreadable++;
        }
      }
    }
    contents.emptyLists += empty ? 1 : 0;
  }

  /**
   * Reads an object, from its first member on.
   *
   * @param root whether it may hold records
   */
  private void members(JsonParser json, boolean root) throws IOException {
    EventParser event = new EventParser();
    boolean container = false;
    while (json.currentToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (root
          && value == JsonToken.START_ARRAY
          && (name.equals("Records") || name.equals("Events"))) {
        container = true;
        records(json);
      } else if (name.equals("CloudTrailEvent") && value == JsonToken.VALUE_STRING) {
        container = true;
        record();
        text(json.getText(), contents, events);
      } else {
        event.accept(name, json);
      }
      json.nextToken();
    }
    if (!container) {
      contents.add(event, events);
    }
  }

  /**
   * Reads an event from a text, as lookup-events has it. If the text is damaged, it is counted as
   * unreadable, and the file goes on after it.
   *
   * @param contents is added to
   */
  static void text(String event, Contents contents, Consumer<Event> events) throws IOException {
    EventParser parser = new EventParser();
    try (JsonParser json = JSON.createParser(event)) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          json.nextToken();
          parser.accept(name, json);
        }
        if (json.nextToken() == null) {
          contents.add(parser, events);
          return;
        }
      }
    } catch (JsonProcessingException _) {
      // Counted below.
    }
    contents.unreadable++;
  }
}
