package io.cloudoperator.reconcile;

import io.cloudoperator.reconcile.SkippedFile.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that LookupEvents answered.
 *
 * @param unreadable how many more records are no CloudTrail event
 * @param insights how many more are Insights events
 */
public record TrailEvents(List<Event> events, long unreadable, long insights) {
  /** The longest text of an event, in characters. */
  public static final int LONGEST = FileParser.LONGEST_TEXT;

  public static final TrailEvents NONE = new TrailEvents(List.of(), 0, 0);

  public TrailEvents {
    events = List.copyOf(events);
  }

  /** The event in a text, as {@code CloudTrailEvent} of LookupEvents has it; or what else it is. */
  public static TrailEvents of(String text) {
    List<Event> events = new ArrayList<>();
    FileParser.Contents contents = new FileParser.Contents();
    try {
      FileParser.text(text, contents, events::add);
    } catch (IOException e) {
      throw new UncheckedIOException("a text can be read", e);
    }
    return new TrailEvents(events, contents.unreadable, contents.others(Kind.INSIGHTS));
  }

  /** All of them as one. */
  public static TrailEvents of(List<TrailEvents> some) {
    return new TrailEvents(
        some.stream().flatMap(each -> each.events().stream()).toList(),
        some.stream().mapToLong(TrailEvents::unreadable).sum(),
        some.stream().mapToLong(TrailEvents::insights).sum());
  }
}
