package io.cloudoperator.reconcile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that came one by one, and not in a file.
 *
 * @param unreadable how many more are no event of a form that CloudTrail writes
 * @param insights how many more tell of rates and not of calls
 */
public record TrailEvents(List<Event> events, long unreadable, long insights) {
  /** How long the text of an event may be. */
  public static final int LONGEST = ReadLimits.LONGEST_STRING;

  public static final TrailEvents NONE = new TrailEvents(List.of(), 0, 0);

  public TrailEvents {
    events = List.copyOf(events);
  }

  /** The event in a text, as {@code CloudTrailEvent} of LookupEvents has it; or what else it is. */
  public static TrailEvents of(String text) {
    List<Event> events = new ArrayList<>();
    TrailFiles.Tally tally = new TrailFiles.Tally();
    try {
      TrailFiles.text(text, events::add, tally);
    } catch (IOException e) {
      throw new UncheckedIOException("a text can be read", e);
    }
    return new TrailEvents(events, tally.unreadable, tally.insights);
  }

  /** All of them as one. */
  public static TrailEvents of(List<TrailEvents> some) {
    return new TrailEvents(
        some.stream().flatMap(each -> each.events().stream()).toList(),
        some.stream().mapToLong(TrailEvents::unreadable).sum(),
        some.stream().mapToLong(TrailEvents::insights).sum());
  }
}
