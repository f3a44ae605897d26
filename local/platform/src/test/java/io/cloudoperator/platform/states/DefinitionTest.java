package io.cloudoperator.platform.states;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.cloudformation.TemplateException;
import io.cloudoperator.platform.template.StateMachine;
import io.cloudoperator.platform.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionTest {
  private static final String GOOD =
      """
      {"StartAt": "Each", "States": {
        "Each": {"Type": "Map", "ItemsPath": "$.items", "MaxConcurrency": 2,
          "ItemSelector": {"item.$": "$$.Map.Item.Value"}, "ItemProcessor": {"StartAt": "Do", "States": {
          "Do": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
            "Parameters": {"FunctionName": "f", "Payload.$": "$"},
            "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1}],
            "TimeoutSeconds": 5, "End": true}}}, "Next": "Done"},
        "Done": {"Type": "Pass", "Parameters": {"done": true}, "End": true}}}
      """;

  @Test
  void understandsTheStateMachinesThatAreDeployed() throws IOException {
    Path file = Path.of(System.getProperty("repository.root", "../.."), "template.yaml");
    Template template = Template.read(file, Map.of());

    for (StateMachine machine : template.stateMachines()) {
      String definition = template.definition(machine, template.names());
      assertThatCode(() -> Definition.read(definition)).doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Pass'|'Parallel'|definition.States.Done.Type: the state type Parallel is not known here",
        "'Pass'|'Choice'|definition.States.Done.Type: the state type Choice is not known here",
        "'Pass'|'Succeed'|definition.States.Done.Type: the state type Succeed is not known here",
        "'Pass'|'Fail'|definition.States.Done.Type: the state type Fail is not known here",
        "'Pass'|'Wait'|definition.States.Done.Type: the state type Wait is not known here",
        "'Parameters': {'done'|'Result': 1, 'Parameters': {'done'|definition.States.Done.Result: is not known here",
        "'TimeoutSeconds': 5|'InputPath': '$', 'TimeoutSeconds': 5|definition.States.Each.ItemProcessor.States.Do.InputPath: is not known here",
        "'TimeoutSeconds': 5|'ResultSelector': {}, 'TimeoutSeconds': 5|definition.States.Each.ItemProcessor.States.Do.ResultSelector: is not known here",
        "'MaxAttempts': 1|'JitterStrategy': 'NONE'|definition.States.Each.ItemProcessor.States.Do.Retry[0].JitterStrategy: only FULL is known here",
        "'TimeoutSeconds': 5|'HeartbeatSeconds': 5|definition.States.Each.ItemProcessor.States.Do.HeartbeatSeconds: is not known here",
        "'Next': 'Done'|'Next': 'Don'|definition.States.Each.Next: there is no state named Don",
        "'StartAt': 'Each'|'StartAt': 'Eech'|definition.StartAt: there is no state named Eech",
        "'Next': 'Done'|'Comment': 'x'|definition.States.Each: must have either Next or End",
        "'Payload.$': '$'|'Payload.$': '$.a[*]'|definition.States.Each.ItemProcessor.States.Do.Parameters.Payload.$: the path $.a[*] is not known here",
        "'Payload.$': '$'|'Payload.$': 'States.UUID()'|definition.States.Each.ItemProcessor.States.Do.Parameters.Payload.$: the path States.UUID() is not known here",
        "'Payload.$': '$'|'Payload.$': '$', 'Qualifier': 'x'|definition.States.Each.ItemProcessor.States.Do.Parameters.Qualifier: is not known here",
        "$$.Map.Item.Value|$$.Map.Item.Index|definition.States.Each.ItemSelector.item.$: the path $$.Map.Item.Index is not known here",
        "arn:aws:states:::lambda:invoke|arn:aws:lambda:us-east-1:000000000000:function:f|definition.States.Each.ItemProcessor.States.Do.Resource: arn:aws:lambda:us-east-1:000000000000:function:f is not known here",
        "lambda:invoke|lambda:invoke.waitForTaskToken|definition.States.Each.ItemProcessor.States.Do.Resource: arn:aws:states:::lambda:invoke.waitForTaskToken is not known here",
        "'MaxAttempts': 1|'MaxAttempt': 1|definition.States.Each.ItemProcessor.States.Do.Retry[0].MaxAttempt: is not known here",
        "['States.ALL']|['States.ALL', 'x']|definition.States.Each.ItemProcessor.States.Do.Retry[0].ErrorEquals: States.ALL must stand alone, and last",
        "'StartAt': 'Each'|'QueryLanguage': 'JSONata', 'StartAt': 'Each'|definition.QueryLanguage: is not known here",
      })
  void refusesWhatItDoesNotKnowAndSaysWhere(String written, String instead, String message) {
    String changed = GOOD.replace(written.replace('\'', '"'), instead.replace('\'', '"'));

    assertThatThrownBy(() -> Definition.read(changed))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }
}
