package io.cloudoperator.connection;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The External ID that a customer's trust policy requires in AssumeRole: one for each connection,
 * made here and never chosen by the customer. To AWS it is no secret; it is stored and shown as
 * one. A role that was made for something else may require one of another form, so any that AWS
 * takes is valid here; the templates in customer/ take those of {@link #ISSUED} alone.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html">Access
 *     to AWS accounts owned by third parties</a>
 */
public record ExternalId(String value) {
  /** A regular expression for those that {@link #random} makes, and for no others. */
  public static final String ISSUED = "cloudoperator-[A-Za-z0-9_-]{43}";

  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  private static final Pattern FORM = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
  private static final int RANDOM_BYTES = 32;

  /**
   * @throws IllegalArgumentException unless 2 to 1224 characters that AWS allows in an External ID
   */
  public ExternalId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an External ID is 2 to 1224 letters, digits and _+=,.@:/-");
    }
  }

  /** A new one of 256 random bits. */
  public static ExternalId random(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return new ExternalId(
        "cloudoperator-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Never the value: this text may end in a log. */
  @Override
  public String toString() {
    return "ExternalId[hidden]";
  }
}
