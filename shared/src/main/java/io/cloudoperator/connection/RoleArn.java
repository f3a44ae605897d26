package io.cloudoperator.connection;

import java.util.List;
import java.util.Optional;

/**
 * The ARN of the IAM role that a customer grants. What is no role's ARN is refused with what is
 * wrong with it, and nothing is mended: what a customer reads here is what AWS is asked for. The
 * checks take time linear in the length, and no stack.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM
 *     identifiers</a>
 */
public record RoleArn(String value) {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  private static final int LONGEST_NAME = 64;
  // https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html (with its slashes)
  private static final int LONGEST_PATH = 512;

  private static final String FORM = "a role ARN reads arn:aws:iam::<12 digits>:role/<name>";
  private static final String ROLE = "role/";

  /**
   * @throws IllegalArgumentException unless the ARN of an IAM role; the message says what is wrong
   *     without repeating it
   */
  public RoleArn {
    fault(value)
        .ifPresent(fault -> {
          throw new IllegalArgumentException(fault);
        });
  }

  private static Optional<String> fault(String value) {
    if (value.isEmpty()) {
      return Optional.of("it is empty; " + FORM);
    }
    for (int at = 0; at < value.length(); at++) {
      if (isBlank(value.charAt(at))) {
        return Optional.of(
            at == 0
                ? "there is a blank before the ARN; remove it"
                : blankFrom(value, at)
                    ? "there is a blank after the ARN; remove it"
                    : "there is a blank inside the ARN, at character " + (at + 1));
      }
    }
    String[] parts = value.split(":", 6);
    if (parts.length < 6 || !parts[0].equals("arn")) {
      return Optional.of(FORM);
    }
    String resource = parts[5];
    if (parts[2].equals("sts") && resource.startsWith("assumed-role/")) {
      return Optional.of(
          "this is the ARN of a session (assumed-role), not of the role that it is a session of; "
              + FORM);
    }
    if (!parts[2].equals("iam")) {
      return Optional.of("this is not an ARN of IAM; " + FORM);
    }
    if (!Partition.isForm(parts[1])) {
      return Optional.of("there is no such partition; the ARN begins with arn:aws: or arn:aws-");
    }
    if (!parts[3].isEmpty()) {
      return Optional.of("IAM has no regions: iam and the account stand two colons apart");
    }
    if (parts[4].length() != 12 || !parts[4].chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.of("the account in a role ARN is twelve digits");
    }
    return resource.startsWith(ROLE)
        ? nameFault(resource.substring(ROLE.length() - 1))
        : Optional.of(otherResource(resource));
  }

  private static String otherResource(String resource) {
    for (String kind : List.of("user", "group", "policy", "instance-profile")) {
      if (resource.startsWith(kind + "/")) {
        return "this is the ARN of an IAM %s, not of a role; %s".formatted(kind, FORM);
      }
    }
    return "it names no role: after the account stand role/ and the role's name";
  }

  /**
   * @param pathAndName from the path's first slash on
   */
  private static Optional<String> nameFault(String pathAndName) {
    int slash = pathAndName.lastIndexOf('/');
    String path = pathAndName.substring(0, slash + 1);
    String name = pathAndName.substring(slash + 1);
    if (path.contains("//")) {
      return Optional.of("the role's path has an empty part: two slashes in a row");
    }
    if (path.length() > LONGEST_PATH) {
      return Optional.of(
          "the role's path is longer than the %d characters that IAM allows"
              .formatted(LONGEST_PATH));
    }
    if (!path.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return Optional.of("the role's path has a character that IAM does not allow");
    }
    if (name.isEmpty()) {
      return Optional.of("the role's name is missing: nothing stands after the last slash");
    }
    if (name.length() > LONGEST_NAME) {
      return Optional.of(
          "the role's name is longer than the %d characters that IAM allows"
              .formatted(LONGEST_NAME));
    }
    return name.chars().allMatch(RoleArn::mayBeInName)
        ? Optional.empty()
        : Optional.of("the role's name has a character other than letters, digits and _+=,.@-");
  }

  private static boolean mayBeInName(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || "_+=,.@-".indexOf(c) >= 0);
  }

  private static boolean blankFrom(String value, int start) {
    return value.chars().skip(start).allMatch(RoleArn::isBlank);
  }

  /** Also invisible ones that come along when text is copied from a page. */
  private static boolean isBlank(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }

  /** The partition that the role is in; whether there is one of that name is not checked. */
  public Partition partition() {
    return new Partition(value.split(":", 3)[1]);
  }

  /** The account that owns the role. */
  public AccountId account() {
    return new AccountId(value.split(":", 6)[4]);
  }

  /** The role's own name, without its path. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /** Never the value: this text may end in a log. */
  @Override
  public String toString() {
    return "RoleArn[hidden]";
  }
}
