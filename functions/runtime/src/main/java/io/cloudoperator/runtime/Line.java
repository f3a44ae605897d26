package io.cloudoperator.runtime;

import java.util.regex.Pattern;

/**
 * A text of one line that a caller sends, such as a name. Characters are code points, as JSON
 * Schema counts them.
 */
public final class Line {
  // Controls, format characters, line separators, and the replacement character, which is what has
  // become of bytes that are not UTF-8.
  private static final String UNPRINTABLE =
      "\\u0000-\\u001F\\u007F-\\u009F\\u00AD\\u0600-\\u0605\\u061C\\u06DD\\u070F\\u0890\\u0891\\u08E2\\u180E"
          + "\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB\\uFFFD";
  private static final String BLANK = " \\u00A0\\u1680\\u2000-\\u200A\\u202F\\u205F\\u3000";

  /**
   * As openapi.yaml has it: no character that is not printed, and one at least that is no blank.
   */
  public static final String PATTERN =
      "^[^%1$s]*[^%1$s%2$s][^%1$s]*$".formatted(UNPRINTABLE, BLANK);

  private static final Pattern FORM = Pattern.compile(PATTERN);

  private Line() {}

  /**
   * Whether a text is one line of visible characters, blanks between them allowed.
   *
   * @param most of its characters
   */
  public static boolean is(String text, int most) {
    return hasAtMost(text, most)
        && FORM.matcher(text).matches()
        && text.codePoints().noneMatch(each -> Character.getType(each) == Character.SURROGATE);
  }

  /** Whether a text has no more than so many characters. */
  public static boolean hasAtMost(String text, int most) {
    return text.length() <= 2 * most && text.codePointCount(0, text.length()) <= most;
  }
}
