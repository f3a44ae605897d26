package io.cloudoperator.query.page;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cloudoperator.query.html.PackagedFiles;

/**
 * What {@code security-page.md} has: statements in its head, which is YAML, and the text of the
 * page.
 *
 * @param markdown with placeholders and instructions, as {@link SecurityPage} knows them
 */
record SecurityPageSource(TrustStatements statements, String markdown) {
  private static final String LIMIT = "---\n";

  /** The one that is in the jar. */
  static SecurityPageSource read() {
    String file = PackagedFiles.text(SecurityPageSource.class, "security-page.md");
    int end = file.indexOf(LIMIT, LIMIT.length());
    try {
      return new SecurityPageSource(
          new ObjectMapper(new YAMLFactory())
              .readValue(file.substring(LIMIT.length(), end), TrustStatements.class),
          file.substring(end + LIMIT.length()));
    } catch (JacksonException e) {
      throw new IllegalStateException("the head of security-page.md cannot be read", e);
    }
  }
}
