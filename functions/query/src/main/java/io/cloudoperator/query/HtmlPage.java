package io.cloudoperator.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** What all pages have in common: one style, no script, and nothing fetched from elsewhere. */
final class HtmlPage {
  private static final String STYLE =
      """

      :root { color-scheme: light dark; }
      body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
      main { max-width: 64rem; margin: 0 auto; padding: 1.5rem; }
      table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
      caption { text-align: left; font-weight: 600; padding-bottom: 0.25rem; }
      th, td { border-bottom: 1px solid #8888; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
      code { font-size: 0.9em; overflow-wrap: anywhere; }
      .number { text-align: right; font-variant-numeric: tabular-nums; }
      @media print {
        main { max-width: none; padding: 0; }
        tr, h2 { break-inside: avoid; break-after: auto; }
        thead { display: table-header-group; }
      }
      """;

  static final String CONTENT_TYPE = "text/html; charset=utf-8";

  /** What a browser may do with the page: show it, with this one style. */
  static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private HtmlPage() {}

  /**
   * A whole page.
   *
   * @param escapedTitle as HTML
   * @param body as HTML, in which nothing is left to escape
   */
  static String of(String escapedTitle, CharSequence body) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>%s</title>
    <style>%s</style>
    </head>
    <body>
    <main>
    %s</main>
    </body>
    </html>
    """
        .formatted(escapedTitle, STYLE, body);
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
