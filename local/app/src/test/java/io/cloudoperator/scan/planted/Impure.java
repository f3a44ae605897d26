package io.cloudoperator.scan.planted;

import io.cloudoperator.json.Json;
import java.time.Instant;

/** Breaks the rules of the domain rooms. */
final class Impure {
  String now() {
    return Json.write(Instant.now());
  }
}
