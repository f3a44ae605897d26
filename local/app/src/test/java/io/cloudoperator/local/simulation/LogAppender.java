package io.cloudoperator.local.simulation;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** Takes all that is logged to the world in which it is. */
final class LogAppender extends AbstractAppender {
  private Optional<World> world = Optional.empty();

  private LogAppender() {
    super("simulation", null, null, false, Property.EMPTY_ARRAY);
  }

  /** The one place that logs go to from now on. */
  static LogAppender install() {
    LogAppender appender = new LogAppender();
    appender.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    for (LoggerConfig logger : context.getConfiguration().getLoggers().values()) {
      Map<String, ?> others = new HashMap<>(logger.getAppenders());
      others.keySet().forEach(logger::removeAppender);
      logger.addAppender(appender, Level.ALL, null);
    }
    context.updateLoggers();
    return appender;
  }

  void in(World now) {
    world = Optional.of(now);
  }

  @Override
  public void append(LogEvent event) {
    world.ifPresent(here ->
        here.tell(
            "a log",
            event.getMessage().getFormattedMessage()
                + Arrays.toString(event.getMessage().getParameters())
                + event.getContextData()
                + event.getThrown()));
  }
}
