package io.cloudoperator.sample.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.cloudformation.TemplateException;
import io.cloudoperator.sample.iam.Role;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RoleTemplateTest {

  private static final String TEMPLATE =
      """
      AWSTemplateFormatVersion: '2010-09-09'
      Parameters:
        ExternalId: {Type: String, MinLength: 4, AllowedPattern: '[a-z]+'}
        Broker: {Type: String, Default: '111122223333'}
        Narrow: {Type: String, Default: 'no', AllowedValues: ['yes', 'no']}
      Conditions:
        IsNarrow: !Equals [!Ref Narrow, 'yes']
        IsWide: !Not [!Condition IsNarrow]
      Resources:
        Role:
          Type: AWS::IAM::Role
          Properties:
            Path: !If [IsNarrow, /narrow/, !Ref AWS::NoValue]
            RoleName: !Join ['-', [Read, Only]]
            MaxSessionDuration: 7200
            AssumeRolePolicyDocument:
              Version: 2012-10-17
              Statement:
                - Effect: Allow
                  Principal: {AWS: !Sub 'arn:${AWS::Partition}:iam::${Broker}:root'}
                  Action: sts:AssumeRole
                  Condition: {StringEquals: {sts:ExternalId: !Ref ExternalId}}
            Policies:
              - PolicyName: Read
                PolicyDocument:
                  Version: 2012-10-17
                  Statement:
                    - Effect: Allow
                      Action: !If [IsWide, 'ec2:Describe*', 'ec2:DescribeRegions']
                      Resource: '*'
      """;

  @Test
  void makesTheRoleThatTheTemplateDeclares() {
    Role role = launch(TEMPLATE, Map.of("ExternalId", "secretly"));
    assertThat(role.arn()).isEqualTo("arn:aws:iam::444455556666:role/Read-Only");
    assertThat(role.maxSession()).hasHours(2);
    assertThat(role.trust().json())
        .contains("\"arn:aws:iam::111122223333:root\"", "\"sts:ExternalId\":\"secretly\"");
    assertThat(role.policies())
        .hasSize(1)
        .hasEntrySatisfying("Read", policy -> assertThat(policy.json()).contains("ec2:Describe*"));
  }

  @Test
  void aParameterDecidesAConditionalProperty() {
    Role role = launch(TEMPLATE, Map.of("ExternalId", "secretly", "Narrow", "yes"));
    assertThat(role.arn()).isEqualTo("arn:aws:iam::444455556666:role/narrow/Read-Only");
    assertThat(role.policies())
        .hasEntrySatisfying(
            "Read", policy -> assertThat(policy.json()).contains("\"ec2:DescribeRegions\""));
  }

  @Test
  void refusesParametersThatTheTemplateDoesNotAllow() {
    for (Map<String, String> parameters :
        java.util.List.of(
            Map.<String, String>of(),
            Map.of("ExternalId", "abc"),
            Map.of("ExternalId", "UPPER"),
            Map.of("ExternalId", "secretly", "Narrow", "perhaps"),
            Map.of("ExternalId", "secretly", "Unknown", "x"))) {
      assertThatThrownBy(() -> launch(TEMPLATE, parameters)).isInstanceOf(TemplateException.class);
    }
  }

  @Test
  void refusesAnythingButOneRole() {
    String user = TEMPLATE.replace("AWS::IAM::Role", "AWS::IAM::User");
    String two = TEMPLATE + "  Bucket: {Type: AWS::S3::Bucket}\n";
    for (String template : java.util.List.of(user, two, "Resources: {}", "[]", "{")) {
      assertThatThrownBy(() -> launch(template, Map.of("ExternalId", "secretly")))
          .isInstanceOf(TemplateException.class);
    }
  }

  @Test
  void refusesAFunctionThatItDoesNotKnow() {
    String template = TEMPLATE.replace("!Join ['-', [Read, Only]]", "!Base64 x");
    assertThatThrownBy(() -> launch(template, Map.of("ExternalId", "secretly")))
        .hasMessageContaining("Fn::Base64");
  }

  private static Role launch(String template, Map<String, String> parameters) {
    return RoleTemplate.launch(template, "444455556666", parameters);
  }
}
