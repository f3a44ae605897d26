package io.cloudoperator.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Function;

/**
 * A step of the state machine: its payload decoded, the work done, the answer encoded, all by our
 * own mapper. A payload may come from a step of another release, while an alias moves. A step's
 * {@code RequestStreamHandler} hands over to it.
 *
 * @param <I> what the state machine sends
 * @param <O> what the step answers
 */
public final class Step<I, O> {
  private final Class<I> input;
  private final Function<I, O> work;
  private final Telemetry telemetry;

  public Step(Class<I> input, Function<I, O> work, Telemetry telemetry) {
    this.input = input;
    this.work = work;
    this.telemetry = telemetry;
  }

  /**
   * Reads a payload that nobody has sent, and does nothing with it: its reader is warm then.
   *
   * @throws IOException if it is of another form
   */
  public void rehearse(String payload) throws IOException {
    Json.STORED.readValue(payload, input);
  }

  /**
   * Handles one payload.
   *
   * @throws IOException if the payload cannot be read or the answer not be written
   * @throws InvocationFailedException if the payload is of another form or the work fails; its
   *     message says no more than the kind of failure, for it becomes part of the execution's state
   */
  public void handle(InputStream payload, OutputStream answer, Context context) throws IOException {
    byte[] bytes = payload.readAllBytes();
    byte[] result =
        telemetry.invocation(
            context,
            () -> {
              try {
                return Json.STRICT.writeValueAsBytes(
                    work.apply(Json.STORED.readValue(bytes, input)));
              } catch (IOException e) {
                throw new IllegalArgumentException("a payload of another form", e);
              }
            });
    answer.write(result);
  }
}
