package io.cloudoperator.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of the role that a customer grants.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM
 *     identifiers</a>
 */
public record RoleArn(String value) {
  private static final Pattern FORM =
      Pattern.compile(
          "arn:(aws|aws-cn|aws-us-gov):iam::(\\d{12}):role((?:/[\\x21-\\x2e\\x30-\\x7e]+)*/)([\\w+=,.@-]{1,64})");
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
  private static final int LONGEST = 2048;

  /**
   * @throws IllegalArgumentException unless the ARN of an IAM role; the message says what is wrong
   *     without repeating it
   */
  public RoleArn {
    if (value.length() > LONGEST || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a role ARN reads arn:aws:iam::<12 digits>:role/<name>, with aws-cn or aws-us-gov for"
              + " those partitions");
    }
  }

  /** {@code aws}, {@code aws-cn} or {@code aws-us-gov}. */
  public String partition() {
    return part(1);
  }

  /** The account that owns the role. */
  public AccountId account() {
    return new AccountId(part(2));
  }

  /** The role's own name, without its path. */
  public String name() {
    return part(4);
  }

  private String part(int group) {
    Matcher matcher = FORM.matcher(value);
    if (!matcher.matches()) {
      throw new AssertionError("validated when made");
    }
    return matcher.group(group);
  }

  /** Never the value: this text may end in a log. */
  @Override
  public String toString() {
    return "RoleArn[hidden]";
  }
}
