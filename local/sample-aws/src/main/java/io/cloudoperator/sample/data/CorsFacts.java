package io.cloudoperator.sample.data;

import java.util.List;

/** Which other origins' pages may call. */
public record CorsFacts(List<String> origins, boolean credentials) {
  public CorsFacts {
    origins = List.copyOf(origins);
  }
}
