package io.cloudoperator.query.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What all pages have in common: one style, no script, and nothing fetched from elsewhere. */
public final class HtmlPage {
  private static final String STYLE = PackagedFiles.text(HtmlPage.class, "page.css");

  public static final String CONTENT_TYPE = "text/html; charset=utf-8";

  /** What a browser may do with the page: show it, with this one style. */
  public static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; style-src 'sha256-"
          + sha256(STYLE)
          + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private HtmlPage() {}

  /** A place on the page. */
  public record Link(String id, String text) {
    /** With an id that is made of the text. */
    public static Link to(String text) {
      String id = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
      return new Link(id.replaceAll("^-|-$", ""), text);
    }
  }

  /**
   * A whole page.
   *
   * @param introduction what stands before the contents, as HTML
   * @param contents the sections of the page in their order; they are shown if there are any
   * @param body as HTML, in which nothing is left to escape
   */
  public static String of(
      String title, String introduction, List<Link> contents, CharSequence body) {
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
    %s<main id="main">
    %s</main>
    </body>
    </html>
    """
        .formatted(Html.escape(title), STYLE, head(introduction, contents), body);
  }

  private static String head(String introduction, List<Link> contents) {
    if (contents.isEmpty()) {
      return introduction;
    }
    return contents.stream()
        .map(link ->
            "<li><a href=\"#%s\">%s</a></li>\n".formatted(link.id(), Html.escape(link.text())))
        .collect(
            Collectors.joining(
                "",
                """
                <a class="skip" href="#main">Skip the contents</a>
                <header>
                %s</header>
                <nav aria-label="On this page">
                <ul>
                """
                    .formatted(introduction),
                "</ul>\n</nav>\n"));
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
