package io.cloudoperator.query.page;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Whom to tell of a vulnerability, for programs.
 *
 * @param deployedAt from when on the statement holds
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9116">RFC 9116</a>
 */
public record SecurityTxt(URI contact, Instant deployedAt) {
  public static final String CONTENT_TYPE = "text/plain; charset=utf-8";

  // "less than a year into the future": https://www.rfc-editor.org/rfc/rfc9116#section-2.5.5
  // A deployment that nobody has updated for so long is not to be believed about its contact.
  public static final Duration VALID_FOR = Duration.ofDays(364);

  /**
   * The text.
   *
   * @param host that was asked, under which it is found; absent where that is no public name
   */
  public String at(Optional<String> host) {
    StringJoiner lines = new StringJoiner("\r\n", "", "\r\n");
    lines.add("Contact: " + contact);
    lines.add("Expires: " + deployedAt.plus(VALID_FOR));
    lines.add("Preferred-Languages: en");
    host.ifPresent(name -> {
      lines.add("Canonical: https://" + name + "/.well-known/security.txt");
      lines.add("Policy: https://" + name + "/security#report");
    });
    return lines.toString();
  }
}
