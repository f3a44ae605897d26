package io.cloudoperator.query.html;

/**
 * Text in which nothing is hidden: characters that show nothing, or that turn the order of those
 * around them, stand as their escapes, such as {@code \}{@code u202e}. Names in a customer's
 * account are written by whoever may write there.
 *
 * @see <a href="https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing">UTR 36</a>
 */
public final class VisibleText {
  private VisibleText() {}

  /** With tabs and ends of lines as they are. */
  public static String of(String text) {
    if (text.codePoints().noneMatch(VisibleText::hidden)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(character -> {
          if (hidden(character)) {
            for (char unit : Character.toChars(character)) {
              visible.append("\\u%04x".formatted((int) unit));
            }
          } else {
            visible.appendCodePoint(character);
          }
        });
    return visible.toString();
  }

  private static boolean hidden(int character) {
    return switch (character) {
      case '\t', '\n', '\r' -> false;
      // Fillers and joiners that are letters or marks to Unicode, and show nothing.
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default ->
          switch (Character.getType(character)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.SURROGATE,
                Character.UNASSIGNED,
                Character.PRIVATE_USE,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
          };
    };
  }
}
