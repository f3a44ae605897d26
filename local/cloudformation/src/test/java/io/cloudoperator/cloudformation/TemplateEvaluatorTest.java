package io.cloudoperator.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateEvaluatorTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Word: {Type: String, Default: one, MinLength: 2, MaxLength: 5, ConstraintDescription: Two to five.}
        Size: {Type: Number, Default: 3, MinValue: 2, MaxValue: 4}
        List: {Type: CommaDelimitedList, Default: 'a, b'}
      Mappings:
        Greetings: {us-east-1: {one: hello}}
      Conditions:
        IsOne: !Equals [!Ref Word, one]
        IsOther: !Not [!Condition IsOne]
        IsEither: !Or [!Condition IsOther, !And [!Condition IsOne, !Equals [!Ref Size, 3]]]
      Resources:
        Bucket: {Type: AWS::S3::Bucket}
      Outputs:
        Value: {Value: VALUE}
      """;

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Ref Word|\"one\"",
        "!Ref List|[\"a\",\"b\"]",
        "!Ref AWS::Region|\"us-east-1\"",
        "!Ref Bucket|\"bucket-1\"",
        "!GetAtt Bucket.Arn|\"arn:aws:s3:::bucket-1\"",
        "!Sub '${Word} ${Bucket.Arn} ${!Literal}'|\"one arn:aws:s3:::bucket-1 ${Literal}\"",
        "!Sub ['${own}-${Size}', {own: !Ref Word}]|\"one-3\"",
        "!Join ['-', [a, !Ref Word, b]]|\"a-one-b\"",
        "!Split [',', 'a,,b']|[\"a\",\"\",\"b\"]",
        "!Select [1, !Ref List]|\"b\"",
        "!FindInMap [Greetings, !Ref AWS::Region, !Ref Word]|\"hello\"",
        "!If [IsOne, yes, no]|\"yes\"",
        "!If [IsOther, yes, !Ref Size]|\"3\"",
        "!If [IsEither, [1], []]|[\"1\"]",
        "{a: !Ref AWS::NoValue, b: [!Ref AWS::NoValue, 2]}|{\"b\":[\"2\"]}",
        "{Fn::Join: ['', [a, b]]}|\"ab\"",
        "2012-10-17|\"2012-10-17\"",
        "012345670123|\"012345670123\"",
        "true|\"true\"",
      })
  void evaluatesAsCloudFormationDoes(String value, String evaluated) {
    assertThat(evaluate(TEMPLATE.replace("VALUE", value), Map.of()).json()).hasToString(evaluated);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Base64 x|.Fn::Base64: Fn::Base64 is not known here",
        "!Ref Wrod|.Ref: there is no parameter or resource named Wrod",
        "!Ref AWS::StackId|.Ref: the pseudo parameter AWS::StackId is not known here",
        "!GetAtt Bucket.WebsiteURL|.Fn::GetAtt: nothing here knows the value of Bucket.WebsiteURL",
        "!If [IsOnce, a, b]|.Fn::If[0]: there is no condition named IsOnce",
        "!Select [2, !Ref List]|.Fn::Select: selects item 2 of 2",
        "!FindInMap [Greetings, eu-west-1, one]|.Greetings.eu-west-1: is missing",
        "{Fn::Join: ['', [a]], b: c}|.Fn::Join: a function must stand alone",
        "!Equals [a, b]|.Fn::Equals: Fn::Equals is not known here",
      })
  void refusesWhatItDoesNotKnowAndSaysWhere(String value, String message) {
    assertThatThrownBy(() -> evaluate(TEMPLATE.replace("VALUE", value), Map.of()))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("template.")
        .hasMessageEndingWith(message);
  }

  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Word|x|does not allow the value x: Two to five.",
        "Word|longer|does not allow the value longer: Two to five.",
        "Size|1.5|does not allow the value 1.5",
        "Size|5|does not allow the value 5",
        "Size|NaN|must be a number, not NaN",
      })
  void refusesAParameterThatTheTemplateDoesNotAllow(String name, String value, String reason) {
    assertThatThrownBy(() -> evaluate(TEMPLATE, Map.of(name, value)))
        .isInstanceOf(TemplateException.class)
        .hasMessage("template.Parameters." + name + ": " + reason);
  }

  @Test
  void refusesAParameterThatTheTemplateDoesNotDeclare() {
    assertThatThrownBy(() -> evaluate(TEMPLATE, Map.of("AWS::Region", "eu-west-1")))
        .hasMessage("template.Parameters: there is no parameter named AWS::Region");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Not [!Condition IsOther]|depends on itself",
        "!Contains [a]|Fn::Contains is not a condition known here",
      })
  void refusesAConditionThatCannotBeDecidedEvenIfNothingAsksForIt(String other, String reason) {
    String template = TEMPLATE.replace("!Not [!Condition IsOne]", other);

    assertThatThrownBy(() -> evaluate(template, Map.of()))
        .isInstanceOf(TemplateException.class)
        .hasMessageEndingWith(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|is empty",
        "{|is not YAML",
        "'{a: 1, a: 2}'|has the key a twice",
        "'{a: &x [1], b: *x}'|Number of aliases",
      })
  void refusesYamlThatCloudFormationDoesNotSupport(String yaml, String reason) {
    assertThatThrownBy(() -> TemplateYaml.read(new StringReader(yaml)))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(reason);
  }

  private static TemplateNode evaluate(String yaml, Map<String, String> parameters) {
    TemplateNode template = TemplateNode.root(TemplateYaml.read(new StringReader(yaml)));
    return new TemplateEvaluator(template, Map.of("AWS::Region", "us-east-1"), parameters)
        .evaluate(
            template.at("Outputs").at("Value").at("Value"),
            ReferenceResolver.of(
                Map.of("Bucket", "bucket-1", "Bucket.Arn", "arn:aws:s3:::bucket-1")));
  }
}
