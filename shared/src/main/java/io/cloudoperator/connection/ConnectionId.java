package io.cloudoperator.connection;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names one connection of a tenant: {@code con-} and 128 random bits in hexadecimal. */
public record ConnectionId(String value) {
  private static final Pattern FORM = Pattern.compile("con-[0-9a-f]{32}");
  private static final int RANDOM_BYTES = 16;

  /**
   * @throws IllegalArgumentException if it is of another form
   */
  public ConnectionId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a connection id is con- and 32 hexadecimal digits");
    }
  }

  /** A new id from the given source of randomness. */
  public static ConnectionId random(RandomGenerator random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new ConnectionId("con-" + HexFormat.of().formatHex(bytes));
  }

  @Override
  public String toString() {
    return value;
  }
}
