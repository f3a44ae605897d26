package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks for any number of secrets at once: what is read is walked through once for all of them. */
public final class SecretIndex {
  /** Characters of the shortest form that is looked for: what is shorter is met by chance. */
  static final int SHORTEST = 8;

  private static final int SLOT_BITS = 20;

  /** By their first eight characters, which are Latin-1 and fill a number. */
  private final Map<Long, List<Form>> forms = new HashMap<>();

  private final BitSet starts = new BitSet(1 << SLOT_BITS);

  private record Form(Secret secret, String text) {}

  /**
   * @throws IllegalArgumentException if one has a form that is shorter than {@link #SHORTEST}
   */
  public SecretIndex(Collection<Secret> secrets) {
    secrets.forEach(secret -> secret.forms().forEach(form -> add(secret, form)));
  }

  private void add(Secret secret, String form) {
    // As readings have it.
    String text = new String(form.getBytes(UTF_8), ISO_8859_1);
    if (text.length() < SHORTEST) {
      throw new IllegalArgumentException(secret.what() + " is too short: " + form);
    }
    long start = 0;
    for (int i = 0; i < SHORTEST; i++) {
      start = start << Byte.SIZE | text.charAt(i);
    }
    forms.computeIfAbsent(start, _ -> new ArrayList<>()).add(new Form(secret, text));
    starts.set(slot(start));
  }

  private static int slot(long start) {
    return (int) ((start * 0x9e3779b97f4a7c15L) >>> (Long.SIZE - SLOT_BITS));
  }

  /** Those that are in one of the readings of some bytes, as {@link Secret#readings} gives them. */
  public Set<Secret> in(List<String> readings) {
    Set<Secret> found = new HashSet<>();
    readings.forEach(reading -> addThoseIn(reading, found));
    return found;
  }

  private void addThoseIn(String reading, Set<Secret> found) {
    long start = 0;
    for (int i = 0; i < reading.length(); i++) {
      start = start << Byte.SIZE | reading.charAt(i);
      if (i >= SHORTEST - 1 && starts.get(slot(start))) {
        for (Form form : forms.getOrDefault(start, List.of())) {
          if (reading.startsWith(form.text, i - SHORTEST + 1)) {
            found.add(form.secret);
          }
        }
      }
    }
  }
}
