package io.cloudoperator.local.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudoperator.local.backend.Places.Kind;
import io.cloudoperator.platform.FunctionInvoker;
import io.cloudoperator.runtime.Telemetry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;

/**
 * The whole backend in front of everything that listens: what it writes, sends on and says in one
 * life of a connection after the other, and what AWS answers it meanwhile.
 */
final class Observation implements AutoCloseable {
  /** They show an External ID to the customer. */
  private static final Set<String> SHOWN =
      Set.of("POST /connections", "GET /connections/{connectionId}/grant");

  // Inherited, as in RequestListener: whether the thread lives a life or runs a function of this
  // backend.
  private static final ThreadLocal<Boolean> OBSERVED =
      new InheritableThreadLocal<>() {
        @Override
        protected Boolean initialValue() {
          return false;
        }
      };

  private final Path folder;
  private final PrintStream standardOut = System.out;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final Logs logs = Logs.heard();
  private final LocalBackend backend;
  private volatile Places places = new Places();
  private final Set<AnswerText> answers = ConcurrentHashMap.newKeySet();

  /** A connection, from its creation to its purge. */
  interface Life {
    Lived live(LocalBackend backend, Places places) throws Exception;
  }

  /**
   * What a life tells itself.
   *
   * @param connection its id, which is no secret
   * @param secrets what it knows that must be nowhere
   */
  record Lived(Secret connection, Set<Secret> secrets) {}

  /** What a life has left behind, and what AWS has answered in it and in those before. */
  record Traces(Places places, Set<AnswerText> answers, Lived lived) {}

  /**
   * Starts it.
   *
   * @param folder where its tables are kept, so that their files can be read
   */
  Observation(Path folder, CustomerSide.Sample customer) throws Exception {
    this.folder = folder;
    // Elsewhere than in Lambda, which it knows by the environment, the library looks for an agent.
    EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
    backend =
        LocalBackend.start(
            new LocalBackend.Options(0, Optional.of(folder), customer),
            execution -> places.keep(execution),
            functions ->
                (function, event) ->
                    places
                        .kept((name, input) -> invoke(functions, name, input), SHOWN::contains)
                        .invoke(function, event),
            Telemetry::powertools);
    System.setOut(new PrintStream(printed, true, UTF_8));
    AnswerListener.hear(
        backend.sample().endpoint(), answer -> answers.addAll(AnswerText.of(answer)));
  }

  private String invoke(FunctionInvoker functions, String name, String event) throws Exception {
    return observed(() -> RequestListener.invoke(functions, name, event, places::keepWritten));
  }

  private static <T> T observed(Callable<T> work) throws Exception {
    boolean outer = OBSERVED.get();
    OBSERVED.set(true);
    try {
      return work.call();
    } finally {
      OBSERVED.set(outer);
    }
  }

  /** Lives a life, and gives what is left of it; of the next one, what comes after. */
  Traces of(Life life) throws Exception {
    places = new Places();
    Lived lived = observed(() -> life.live(backend, places));
    logs.taken().forEach(line -> places.add(Kind.LOG, line));
    printed
        .toString(UTF_8)
        .lines()
        .filter(line -> line.contains("\"_aws\""))
        .forEach(line -> places.add(Kind.METRIC, line));
    printed.reset();
    places.keepFiles(folder.resolve("tables"));
    return new Traces(places, Set.copyOf(answers), lived);
  }

  /** The backend that is observed. */
  LocalBackend backend() {
    return backend;
  }

  @Override
  public void close() {
    AnswerListener.stop();
    backend.close();
    System.setOut(standardOut);
    logs.end();
  }

  /**
   * What the functions log, others beside them or not, in the form in which Lambda would take it.
   */
  private static final class Logs extends AbstractAppender {
    private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();

    private Logs() {
      super(
          "heard",
          null,
          context().getConfiguration().getAppender("Lambda").getLayout(),
          false,
          Property.EMPTY_ARRAY);
    }

    static Logs heard() {
      Logs logs = new Logs();
      logs.start();
      context().getConfiguration().getRootLogger().addAppender(logs, null, null);
      context().updateLoggers();
      return logs;
    }

    private static LoggerContext context() {
      return (LoggerContext) LogManager.getContext(false);
    }

    @Override
    public void append(LogEvent event) {
      if (OBSERVED.get()) {
        lines.add(new String(getLayout().toByteArray(event), UTF_8));
      }
    }

    /** What was logged since this was asked last. */
    List<String> taken() {
      return Stream.generate(lines::poll).takeWhile(Objects::nonNull).toList();
    }

    void end() {
      context().getConfiguration().getRootLogger().removeAppender("heard");
      stop();
    }
  }
}
