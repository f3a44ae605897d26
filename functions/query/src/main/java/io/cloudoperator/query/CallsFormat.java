package io.cloudoperator.query;

/** The forms in which calls can be taken away. */
enum CallsFormat {
  JSON,
  CSV;

  /**
   * The format of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static CallsFormat parse(String name) {
    return switch (name) {
      case "json" -> JSON;
      case "csv" -> CSV;
      default -> throw new IllegalArgumentException("it is one of json, csv");
    };
  }
}
