package io.cloudoperator.platform.states;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.platform.FunctionInvoker;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The expected values are those of an independent runner of the language, aws-local-stepfunctions.
 */
class DataFlowTest {
  private static final String DO = "arn:aws:lambda:us-east-1:000000000000:function:Do";
  private static final FunctionInvoker ECHO = (_, payload) -> payload;

  @ParameterizedTest(name = "{0} of {1} is {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'Type': 'Pass', 'OutputPath': null|{'a': 1}|{}",
        "'Type': 'Pass', 'InputPath': null|{'a': 1}|{}",
        "'Type': 'Task', 'Resource': 'DO', 'ResultPath': null|{'a': 1}|{'a':1}",
        "'Type': 'Pass', 'Result': {'r': 1}, 'ResultPath': '$.x.y'|{'a': 1}|{'a':1,'x':{'y':{'r':1}}}",
        "'Type': 'Pass', 'Parameters': {'b.$': '$.a'}, 'ResultPath': '$.x'|{'a': 1}|{'a':1,'x':{'b':1}}",
        "'Type': 'Task', 'Resource': 'DO', 'InputPath': '$.a', 'ResultPath': '$.r'|{'a': {'b': 1}}|{'a':{'b':1},'r':{'b':1}}",
        "'Type': 'Map', 'ItemsPath': '$.l', 'ResultSelector': {'n.$': 'States.ArrayLength($)'}, 'ResultPath': '$.o', 'ItemProcessor': {'StartAt': 'B', 'States': {'B': {'Type': 'Pass', 'End': true}}}|{'l': [1, 2]}|{'l':[1,2],'o':{'n':2}}",
        "'Type': 'Map', 'ItemProcessor': {'StartAt': 'B', 'States': {'B': {'Type': 'Pass', 'End': true}}}|[]|[]",
      })
  void flowsAsTheLanguageSays(String state, String input, String output) {
    String definition =
        "{'StartAt': 'A', 'States': {'A': {%s, 'End': true}}}".formatted(state).replace("DO", DO);
    var tools = StateMachineRunner.Tools.real(ECHO);
    try (var runner =
        new StateMachineRunner(
            "arn:aws:states:us-east-1:000000000000:stateMachine:Test",
            true,
            Definition.read(definition.replace('\'', '"')),
            tools)) {
      assertThat(runner.run("one", input.replace('\'', '"')).output())
          .isEqualTo(output.replace('\'', '"'));
    }
  }
}
