package io.cloudoperator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleArnTest {
  private static final String ROLE = "arn:aws:iam::444455556666:role";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:iam::444455556666:role/x",
        "arn:aws-cn:iam::444455556666:role/Name_+=,.@-9",
        "arn:aws-us-gov:iam::444455556666:role/a/b/Name",
        "arn:aws-eusc:iam::444455556666:role/Name",
        "arn:aws-iso-b:iam::444455556666:role/Name",
        "arn:aws:iam::444455556666:role/a:b/${*?}\"/Name"
      })
  void takesTheArnOfARole(String arn) {
    RoleArn role = new RoleArn(arn);

    assertThat(arn).startsWith("arn:" + role.partition() + ":iam:");
    assertThat(role.account()).isEqualTo(new AccountId("444455556666"));
    assertThat(arn).endsWith("/" + role.name());
    assertThat(role.name()).doesNotContain("/");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          ''|it is empty
          ' arn:aws:iam::444455556666:role/canary'|blank before the ARN
          '\u00a0arn:aws:iam::444455556666:role/canary'|blank before the ARN
          'arn:aws:iam::444455556666:role/canary '|blank after the ARN
          'arn:aws:iam::444455556666:role/canary\t '|blank after the ARN
          'arn:aws:iam::444455556666:role/canary\u200b'|blank after the ARN
          'arn:aws:iam:: 444455556666:role/canary'|blank inside the ARN, at character 14
          'arn:aws:iam::444455556666:role/a canary'|blank inside the ARN, at character 33
          canary|a role ARN reads
          arn:aws:iam::444455556666|a role ARN reads
          ARN:aws:iam::444455556666:role/canary|a role ARN reads
          arn:aws:sts::444455556666:assumed-role/canary/session|a session (assumed-role)
          arn:aws:s3:::canary|not an ARN of IAM
          arn:aws:lambda:us-east-1:444455556666:function:canary|not an ARN of IAM
          arn:awsome:iam::444455556666:role/canary|no such partition
          arn::iam::444455556666:role/canary|no such partition
          arn:aws:iam:us-east-1:444455556666:role/canary|IAM has no regions
          arn:aws:iam::4444:role/canary|twelve digits
          arn:aws:iam::44445555666x:role/canary|twelve digits
          arn:aws:iam:::role/canary|twelve digits
          arn:aws:iam::444455556666:user/canary|IAM user, not of a role
          arn:aws:iam::444455556666:group/canary|IAM group, not of a role
          arn:aws:iam::444455556666:policy/canary|IAM policy, not of a role
          arn:aws:iam::444455556666:instance-profile/canary|IAM instance-profile, not of a role
          arn:aws:iam::444455556666:root|names no role
          arn:aws:iam::444455556666:role|names no role
          arn:aws:iam::444455556666:role:canary|names no role
          arn:aws:iam::444455556666:role/|name is missing
          arn:aws:iam::444455556666:role/canary/|name is missing
          arn:aws:iam::444455556666:role//canary|two slashes in a row
          arn:aws:iam::444455556666:role/a//canary|two slashes in a row
          arn:aws:iam::444455556666:role/p\u00e4th/canary|path has a character
          arn:aws:iam::444455556666:role/can*ary|name has a character
          arn:aws:iam::444455556666:role/can\u00e4ry|name has a character
          """)
  void saysWhatIsWrongWithAnyOtherAndDoesNotRepeatIt(String arn, String why) {
    assertThatThrownBy(() -> new RoleArn(arn))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .message()
        .doesNotContain("canary", "444455556666");
  }

  @Test
  void takesAnAccountOfAnyDigitsAndHidesAllOfIt() {
    RoleArn role = new RoleArn("arn:aws:iam::099955550666:role/x");

    assertThat(role.account()).isEqualTo(new AccountId("099955550666"));
    assertThat(role).hasToString("RoleArn[hidden]");
  }

  @Test
  void holdsThePathAndTheNameToTheLimitsOfIam() {
    String longest = ROLE + "/" + "p".repeat(510) + "/" + "r".repeat(64);

    assertThat(new RoleArn(longest).name()).hasSize(64);
    assertThatThrownBy(() -> new RoleArn(longest + "r"))
        .hasMessageContaining("name is longer than the 64 characters");
    assertThatThrownBy(() -> new RoleArn(longest.replace("/p", "/pp")))
        .hasMessageContaining("path is longer than the 512 characters");
  }

  /** A regular expression with a group that repeats recurses for each of them. */
  @Test
  void refusesAPathOfAnyNumberOfPartsWithoutOverflowingTheStack() {
    for (int parts : new int[] {900, 5_000, 1_000_000}) {
      assertThatThrownBy(() -> new RoleArn(ROLE + "/p".repeat(parts) + "/canary"))
          .hasMessageContaining("path is longer than");
    }
  }
}
