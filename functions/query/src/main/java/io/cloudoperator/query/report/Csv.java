package io.cloudoperator.query.report;

import io.cloudoperator.query.html.VisibleText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Comma-separated values for spreadsheets and databases; the first line names the columns.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class Csv {
  public static final String CONTENT_TYPE = "text/csv; charset=utf-8; header=present";

  private static final String END_OF_LINE = "\r\n";
  private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");
  // What a spreadsheet takes for a formula, also in its full-width form, and the blanks it skips:
  // https://owasp.org/www-community/attacks/CSV_Injection
  private static final Pattern FORMULA =
      Pattern.compile("[\\s\\x00-\\x1f]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*", Pattern.DOTALL);

  private Csv() {}

  /** Lines that end with CR LF, of cells as {@link String#valueOf(Object)} writes them. */
  public static String write(List<? extends List<?>> rows) {
    return rows.stream()
        .map(row ->
            row.stream().map(cell -> cell(String.valueOf(cell))).collect(Collectors.joining(",")))
        .collect(Collectors.joining(END_OF_LINE, "", END_OF_LINE));
  }

  /** A cell that a spreadsheet shows as text, and whole, whatever it holds. */
  static String cell(String text) {
    String visible = VisibleText.of(text);
    String harmless = FORMULA.matcher(visible).matches() ? "'" + visible : visible;
    return NEEDS_QUOTES.matcher(harmless).find()
        ? '"' + harmless.replace("\"", "\"\"") + '"'
        : harmless;
  }
}
