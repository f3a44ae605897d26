package io.cloudoperator.local.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.platform.states.Execution;
import io.cloudoperator.platform.states.StateMachineRunner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Step Functions: executions of scan.asl.json, at least once each. */
final class Machines {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final World world;
  private final StateMachineRunner runner;
  private final List<Ended> ended = new ArrayList<>();
  private int running;
  private int started;

  Machines(World world) {
    this.world = world;
    SplittableRandom jitter = world.random().split();
    runner =
        new StateMachineRunner(
            world.deployment().stateMachineArn,
            world.deployment().definition,
            new StateMachineRunner.Tools(
                (function, payload) ->
                    world.functions().invoke(function.split(":", -1)[6], payload),
                InstantSource.system(),
                Thread::sleep,
                jitter));
  }

  /**
   * An execution that has ended.
   *
   * @param input its scan
   */
  record Ended(JsonNode input, Execution execution, Instant at) {}

  List<Ended> ended() {
    return ended;
  }

  boolean idle() {
    return running == 0;
  }

  /** Answers StartExecution. */
  String start(String request) {
    try {
      JsonNode asked = MAPPER.readTree(request);
      String arn = world.deployment().stateMachineArn + ":" + ++started;
      run(arn, asked.path("input").textValue());
      return "{\"executionArn\":\"%s\",\"startDate\":%d}"
          .formatted(arn, world.now().getEpochSecond());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void run(String arn, String input) {
    running++;
    world
        .machine()
        .start(
            "execution-" + started,
            () -> {
              Execution execution = runner.run(arn, input);
              running--;
              world.trace("execution " + execution.status() + " " + execution.error());
              execution
                  .steps()
                  .forEach(step ->
                      world.tell(
                          "the state of an execution",
                          step.state()
                              + step.input()
                              + step.payload()
                              + step.output()
                              + step.error()));
              try {
                ended.add(new Ended(MAPPER.readTree(input), execution, world.now()));
              } catch (JsonProcessingException e) {
                throw new IllegalArgumentException(e);
              }
            });
  }
}
