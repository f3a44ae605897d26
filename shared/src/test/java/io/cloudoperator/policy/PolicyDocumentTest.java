package io.cloudoperator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.policy.PolicyDocument.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyDocumentTest {
  @Test
  void readsAStatementOfEachForm() {
    Statement one =
        statement(
            """
            "Effect": "Allow",
            "Principal": {"AWS": ["111122223333", "arn:aws:iam::444455556666:role/reader"]},
            "Action": "sts:AssumeRole",
            "Condition": {
              "StringEquals": {"sts:ExternalId": "e-1"},
              "ArnLike": {"aws:PrincipalArn": ["arn:aws:iam::1:role/a", "arn:aws:iam::1:role/b"]},
              "ForAnyValue:StringNotLikeIfExists": {"AWS:principalarn": ["*/c"]}}
            """);
    Statement other =
        statement(
            """
            "Sid": "Reads", "Effect": "Deny", "Action": ["s3:Get*", "s3:List*"], "Resource": ["*"]
            """);

    assertThat(one)
        .isEqualTo(
            new Statement(
                true,
                true,
                false,
                List.of("sts:AssumeRole"),
                List.of(),
                List.of("111122223333", "arn:aws:iam::444455556666:role/reader"),
                false,
                false,
                Map.of(
                    "sts:externalid", Map.of("StringEquals", List.of("e-1")),
                    "aws:principalarn",
                        Map.of(
                            "ArnLike", List.of("arn:aws:iam::1:role/a", "arn:aws:iam::1:role/b"),
                            "ForAnyValue:StringNotLikeIfExists", List.of("*/c")))));
    assertThat(other)
        .isEqualTo(
            new Statement(
                true,
                false,
                true,
                List.of("s3:Get*", "s3:List*"),
                List.of("*"),
                List.of(),
                false,
                false,
                Map.of()));
  }

  @Test
  void readsOneStatementAndManyInTheirOrder() {
    String first = "{\"Effect\": \"Allow\", \"Action\": \"a:A\"}";
    String second = "{\"Effect\": \"Deny\", \"Action\": \"b:B\"}";

    assertThat(read("\"Version\": \"2012-10-17\", \"Id\": \"of us\", \"Statement\": " + first))
        .satisfies(document -> {
          assertThat(document.understood()).isTrue();
          assertThat(document.statements()).extracting(Statement::allows).containsExactly(true);
        });
    assertThat(read("\"Statement\": [" + first + ", " + second + "]").statements())
        .extracting(Statement::actions)
        .containsExactly(List.of("a:A"), List.of("b:B"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          "*"                                            | [*]    | false
          ["1", "*"]                                     | [1, *] | false
          {"AWS": "*"}                                   | [*]    | false
          {"Service": "ec2.amazonaws.com"}               | []     | true
          {"Service": "ec2.amazonaws.com", "AWS": ["1"]} | [1]    | true
          {"AWS": "1", "Federated": "accounts.com"}      | [1]    | true
          """)
  void keepsThePrincipalsOfAwsAndThatThereAreOthers(
      String principal, String ofAws, boolean others) {
    Statement statement =
        statement("\"Effect\": \"Allow\", \"Action\": \"*\", \"Principal\": " + principal);

    assertThat(statement.principals()).hasToString(ofAws);
    assertThat(statement.otherPrincipals()).isEqualTo(others);
  }

  @Test
  void marksAStatementAboutAllButSome() {
    Statement statement =
        statement("\"Effect\": \"Deny\", \"Action\": \"*\", \"NotPrincipal\": {\"AWS\": \"1\"}");

    assertThat(statement.notPrincipal()).isTrue();
    assertThat(statement.understood()).isFalse();
    assertThat(statement.principals()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Action': '*'",
        "'Effect': 'allow', 'Action': '*'",
        "'Effect': 'Allow'",
        "'Effect': 'Allow', 'Action': []",
        "'Effect': 'Allow', 'NotAction': 'a:A', 'Action': '*'",
        "'Effect': 'Deny', 'Effect': 'Allow', 'Action': '*'",
        "'Effect': 'Allow', 'Action': '*', 'Condition': {'StringSounds': {'k': 'v'}}",
        "'Effect': 'Allow', 'Action': '*', 'Condition': {'Sounds': {'k': 'v'}, 'Bool': {'b': 't'}}",
        "'Effect': 'Allow', 'Action': '*', 'Condition': {'Bool': {'k': 'v', 'K': 'w'}}",
        "'Effect': 'Allow', 'Action': '*', 'Condition': {'Bool': {'k': 'v', 'K': 'w', 'l': 'x'}}"
      })
  void marksAStatementThatCouldMeanMore(String members) {
    assertThat(statement(members.replace('\'', '"')).understood()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'Statements': [], 'Statement': []",
        "'Statement': [], 'Statement': [], 'Version': '2012-10-17'"
      })
  void marksADocumentThatCouldMeanMore(String members) {
    assertThat(read(members.replace('\'', '"')).understood()).isFalse();
  }

  @Test
  void takesWhatIsNoTextInAConditionForAnEmptyOne() {
    Statement statement =
        statement(
            """
            "Effect": "Allow", "Action": "*",
            "Condition": {"Bool": {"one": true, "many": ["true", 7]}}
            """);

    assertThat(statement.understood()).isTrue();
    assertThat(statement.conditions())
        .isEqualTo(
            Map.of(
                "one", Map.of("Bool", List.of("")), "many", Map.of("Bool", List.of("true", ""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "policy",
        "[]",
        "{\"Statement\": \"all\"}",
        "{\"Statement\": [[]]}",
        "{\"Statement\": {\"Action\": {}}}",
        "{\"Statement\": {\"Condition\": []}}",
        "{\"Statement\": {\"Effect\": \"Allow\""
      })
  void refusesWhatIsNoPolicy(String document) {
    assertThat(PolicyDocument.read(document)).isEmpty();
  }

  private static Statement statement(String members) {
    return read("\"Statement\": {" + members + "}").statements().getFirst();
  }

  private static PolicyDocument read(String members) {
    return PolicyDocument.read("{" + members + "}").orElseThrow();
  }
}
