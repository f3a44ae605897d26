package io.cloudoperator.inventory;

import io.cloudoperator.call.Reading;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What was read of each source, or why it was not: one that was refused has no empty list. A source
 * that is missing was not asked for, as by an earlier release that did not know it. Immutable.
 */
public final class SourceReadings {
  /** Nothing was asked for. */
  public static final SourceReadings NONE = new SourceReadings(Map.of(), Map.of());

  private final Map<ApiSource<?>, Reading<? extends List<?>>> readings;
  private final Map<ApiSource<?>, SourceProgress> progress;

  private SourceReadings(
      Map<ApiSource<?>, Reading<? extends List<?>>> readings,
      Map<ApiSource<?>, SourceProgress> progress) {
    this.readings = Collections.unmodifiableMap(readings);
    this.progress = Collections.unmodifiableMap(progress);
  }

  /** The same with another reading besides, or in place of what there is of its source. */
  public <F> SourceReadings with(ApiSource<F> source, Reading<List<F>> reading) {
    Map<ApiSource<?>, Reading<? extends List<?>>> more = new LinkedHashMap<>(readings);
    more.put(source, reading);
    return new SourceReadings(more, progress);
  }

  /** The same, and how far the items of a source are read. */
  public SourceReadings with(ApiSource<?> source, SourceProgress far) {
    Map<ApiSource<?>, SourceProgress> more = new LinkedHashMap<>(progress);
    more.put(source, far);
    return new SourceReadings(readings, more);
  }

  /** How far the items of sources are read, of those of which not all were read now. */
  public Map<ApiSource<?>, SourceProgress> progress() {
    return progress;
  }

  /** Of sources of which none was read, for one reason. */
  public static SourceReadings unread(
      Collection<ApiSource<?>> sources, Reading.Reason reason, String code) {
    SourceReadings readings = NONE;
    for (ApiSource<?> source : sources) {
      readings = readings.with(source, new Reading.Unread<>(reason, code));
    }
    return readings;
  }

  /** The same, but unread where the reading is one of those. */
  public SourceReadings unreadWhere(
      Predicate<Reading<?>> those, Reading.Reason reason, String code) {
    Map<ApiSource<?>, Reading<? extends List<?>>> changed = new LinkedHashMap<>(readings);
    changed.replaceAll(
        (_, reading) -> those.test(reading) ? new Reading.Unread<>(reason, code) : reading);
    return new SourceReadings(changed, progress);
  }

  /** The sources that were asked for. */
  public Set<ApiSource<?>> sources() {
    return readings.keySet();
  }

  /** What was read of a source; absent if it was not asked for. */
  // What is put under a source is a list of its facts.
  @SuppressWarnings("unchecked")
  public <F> Optional<Reading<List<F>>> find(ApiSource<F> source) {
    return Optional.ofNullable((Reading<List<F>>) readings.get(source));
  }

  /** The facts of a source, but for items that could not be read; absent if it was not read. */
  public <F> Optional<List<F>> complete(ApiSource<F> source) {
    return find(source)
        .flatMap(reading ->
            switch (reading) {
              case Reading.Complete<List<F>>(List<F> facts, var _) -> Optional.of(facts);
              case Reading.Unread<List<F>> _ -> Optional.empty();
            });
  }

  /** The facts of a source; none if it was not read. */
  public <F> List<F> facts(ApiSource<F> source) {
    return complete(source).orElse(List.of());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SourceReadings others
        && readings.equals(others.readings)
        && progress.equals(others.progress);
  }

  @Override
  public int hashCode() {
    return readings.hashCode() + progress.hashCode();
  }

  @Override
  public String toString() {
    return readings + " " + progress;
  }
}
