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
    return Words.parse(CallsFormat.class, name);
  }
}
