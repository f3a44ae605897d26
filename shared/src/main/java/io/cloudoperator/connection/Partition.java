package io.cloudoperator.connection;

import java.util.regex.Pattern;

/**
 * An AWS partition: a group of regions with accounts, roles and endpoints of their own, such as
 * {@code aws}, {@code aws-cn} or {@code aws-eusc}. A role can be assumed only from within its
 * partition. Which partitions there are, the SDK knows ({@code aws.Partitions}), not this type.
 *
 * @param id as it stands in ARNs
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">partitions in
 *     ARNs</a>
 */
public record Partition(String id) {
  private static final Pattern FORM = Pattern.compile("aws(-[a-z0-9]{1,20}){0,4}");

  /**
   * @throws IllegalArgumentException unless of the form of a partition
   */
  public Partition {
    if (!FORM.matcher(id).matches()) {
      throw new IllegalArgumentException("a partition reads like aws or aws-cn");
    }
  }

  /** Whether a text is of the form of a partition. */
  static boolean isForm(String text) {
    return FORM.matcher(text).matches();
  }

  /** The ARN of something in IAM; {@code account} is {@code aws} for what AWS manages. */
  public String iamArn(String account, String resource) {
    return "arn:%s:iam::%s:%s".formatted(id, account, resource);
  }

  @Override
  public String toString() {
    return id;
  }
}
