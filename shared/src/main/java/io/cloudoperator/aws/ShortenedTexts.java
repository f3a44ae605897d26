package io.cloudoperator.aws;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A JSON or XML document of which each string, or text between tags, keeps no more than its
 * beginning: what follows a text of any length can be read with little memory. An attribute, a
 * comment and a CDATA section are passed on whole.
 */
final class ShortenedTexts extends FilterInputStream {
  private final boolean json;
  private final int most;
  private boolean inText;
  private boolean dropping;
  private long length;

  // Of JSON's escapes, and of XML's &amp;: half of one would be malformed.
  private boolean escaped;
  private int hexDigits;
  private boolean inReference;

  private ShortenedTexts(InputStream in, boolean json, int most) {
    super(in);
    this.json = json;
    this.most = most;
  }

  /**
   * @param most bytes of a string, and the rest of the character that the last of them is of
   */
  static InputStream ofJson(InputStream in, int most) {
    return new ShortenedTexts(in, true, most);
  }

  /**
   * @param most bytes of a text, and the rest of the character that the last of them is of
   */
  static InputStream ofXml(InputStream in, int most) {
    return new ShortenedTexts(in, false, most);
  }

  @Override
  public int read() throws IOException {
    while (true) {
      int next = in.read();
      if (next < 0 || keeps(next)) {
        return next;
      }
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int wanted) throws IOException {
    int count = 0;
    while (count < wanted) {
      int next = read();
      if (next < 0) {
        return count == 0 ? -1 : count;
      }
      buffer[offset + count++] = (byte) next;
    }
    return count;
  }

  private boolean keeps(int next) {
    if (!inText) {
      inText = next == (json ? '"' : '>');
      dropping = false;
      length = 0;
      return true;
    }
    boolean begins = !escaped && hexDigits == 0 && !inReference && (next & 0xC0) != 0x80;
    if (next == (json ? '"' : '<') && (begins || !json)) {
      inText = false;
      inReference = false;
      return true;
    }
    dropping |= begins && length >= most;
    length++;
    follow(next);
    return !dropping;
  }

  private void follow(int next) {
    if (!json) {
      inReference = inReference ? next != ';' : next == '&';
    } else if (escaped) {
      hexDigits = next == 'u' ? 4 : 0;
      escaped = false;
    } else if (hexDigits > 0) {
      hexDigits--;
    } else {
      escaped = next == '\\';
    }
  }
}
