package io.cloudoperator.local.backend;

import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.cloudoperator.platform.lambda.HostedFunction;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A function in a process of its own, made by its handler's constructor without arguments as Lambda
 * makes it. It is primed first; then it answers each line on standard input, an event, with a line.
 */
public final class PackagedFunction {
  /** Begins an answer; anything else begins a failure. */
  static final String ANSWER = "answer ";

  private PackagedFunction() {}

  /** Takes the handler's class and the seconds that Lambda would give it. */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    // What the function logs goes where its failures go.
    System.setOut(System.err);
    HostedFunction function =
        new HostedFunction(
            arguments[0],
            Duration.ofSeconds(Integer.parseInt(arguments[1])),
            Class.forName(arguments[0])
                .asSubclass(RequestStreamHandler.class)
                .getDeclaredConstructor()
                .newInstance());
    prime();
    BufferedReader events =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String event = events.readLine(); event != null; event = events.readLine()) {
      String line;
      try {
        line = ANSWER + function.invoke(event);
      } catch (Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace));
        line = "failure " + trace.toString().replace('\n', ' ');
      }
      answers.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      answers.flush();
    }
  }

  /**
   * As Lambda's runtime does before a snapshot is taken: whatever is registered, also by others.
   */
  private static void prime() throws Exception {
    Context<Resource> all = Core.getGlobalContext();
    try {
      all.beforeCheckpoint(all);
    } catch (UnsatisfiedLinkError e) {
      // After all of them it empties the resolver's cache, in native code that is not loaded here.
      if (!String.valueOf(e.getMessage()).contains("DNSManager.clearCache")) {
        throw e;
      }
    }
  }
}
