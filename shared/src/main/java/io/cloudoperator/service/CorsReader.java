package io.cloudoperator.service;

import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.inventory.Cors;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Reads how an API answers other origins' pages. */
public final class CorsReader {
  // Those that end in a star are of HTTP APIs.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
  private static final Set<String> ANY = Set.of("*", "http://*", "https://*");

  private CorsReader() {}

  /** The object that the walk stands on; empty if it is null. */
  public static Optional<Cors> read(JsonReader json) throws IOException {
    boolean there = json.isObject();
    boolean anyOrigin = false;
    boolean credentials = false;
    for (int cors = json.enterObject(); json.next(cors); ) {
      switch (json.name()) {
        case "allowOrigins", "AllowOrigins" -> {
          for (int origins = json.enterList(); json.next(origins); ) {
            anyOrigin |= ANY.contains(json.text());
          }
        }
        case "allowCredentials", "AllowCredentials" -> credentials = json.flag();
        default -> {}
      }
    }
    return there ? Optional.of(new Cors(anyOrigin, credentials)) : Optional.empty();
  }
}
