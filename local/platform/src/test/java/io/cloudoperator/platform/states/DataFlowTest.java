package io.cloudoperator.platform.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.platform.FunctionInvoker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the language's fields for input and output, those that scan.asl.json uses. */
class DataFlowTest {
  private static final String INVOKE =
      "'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',"
          + " 'Parameters': {'FunctionName': 'Do', 'Payload':";
  private static final String EACH =
      "'Type': 'Map', 'ItemsPath': '$.l', 'MaxConcurrency': 2,"
          + " 'ItemSelector': {'v.$': '$$.Map.Item.Value', 'k.$': '$.k'},"
          + " 'ItemProcessor': {'StartAt': 'B', 'States': {'B': "
          + "{'Type': 'Pass', 'Parameters': {'v.$': '$.v', 'k.$': '$.k'}, 'End': true}}}";
  private static final FunctionInvoker ECHO = (_, payload) -> payload;

  @ParameterizedTest(name = "{0} of {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Type': 'Pass', 'Parameters': {'b.$': '$.a', 'c': 2}|{'a': 1}|{'b':1,'c':2}",
        "'Type': 'Pass', 'Parameters': {'b.$': '$.a'}, 'ResultPath': '$.x'|{'a': 1}|{'a':1,'x':{'b':1}}",
        "'Type': 'Pass', 'Parameters': {'r': 1}, 'ResultPath': '$.x.y'|{'a': 1}|{'a':1,'x':{'y':{'r':1}}}",
        "'Type': 'Pass', 'Parameters': {'r': [{'a.$': '$.a'}, 2]}, 'OutputPath': '$.r'|{'a': 1}|[{'a':1},2]",
        "INVOKE {'b.$': '$.a'}}, 'OutputPath': '$.Payload'|{'a': 1}|{'b':1}",
        "INVOKE {'b.$': '$.a'}}, 'ResultPath': null|{'a': 1}|{'a':1}",
        "EACH|{'l': [{'n': 1}, {'n': 2}], 'k': 0}|[{'v':{'n':1},'k':0},{'v':{'n':2},'k':0}]",
        "EACH, 'ResultPath': '$.o'|{'l': [1], 'k': 0}|{'l':[1],'k':0,'o':[{'v':1,'k':0}]}",
        "EACH, 'ResultPath': null|{'l': [1], 'k': 0}|{'l':[1],'k':0}",
        "EACH|{'l': [], 'k': 0}|[]",
      })
  void flowsAsTheLanguageSays(String state, String input, String output) {
    String definition =
        "{'StartAt': 'A', 'States': {'A': {%s, 'End': true}}}"
            .formatted(state.replace("INVOKE", INVOKE).replace("EACH", EACH));
    var tools = StateMachineRunner.Tools.real(ECHO);
    try (var runner =
        new StateMachineRunner(
            "arn:aws:states:us-east-1:000000000000:stateMachine:Test",
            Definition.read(definition.replace('\'', '"')),
            tools)) {
      assertThat(runner.run("one", input.replace('\'', '"')).output())
          .isEqualTo(output.replace('\'', '"'));
    }
  }
}
