package io.cloudoperator.local.cli;

import io.cloudoperator.local.backend.StartException;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.local.console.TerminalReport;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.ExecutionException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What a person is told of a command that failed: in one sentence what it was, and what to do. */
final class FailureSentence {
  /** With this variable set, where it failed is told too. */
  static final String TRACE = "CLOUDOPERATOR_TRACE";

  private static final String PARTITIONS = "AWS_PARTITIONS_FILE";

  private FailureSentence() {}

  static String of(Throwable failure, Map<String, String> environment) {
    return TerminalReport.printable(
        switch (failure) {
          case CommandException _, StartException _, ApiException _ -> message(failure);
          case ExecutionException wrapped when wrapped.getCause() != null ->
              of(wrapped.getCause(), environment);
          case UncheckedIOException io when io.getCause() != null -> of(io.getCause());
          case IOException io -> of(io);
          case InvalidPathException path -> invalid(path);
          case InterruptedException _ -> "It was interrupted.";
          case OutOfMemoryError _ ->
              "The memory is not enough (%d MB); ask for a smaller sample account."
                  .formatted(Runtime.getRuntime().maxMemory() / (1024 * 1024));
          case SdkClientException sdk when environment.containsKey(PARTITIONS) ->
              "The file of %s cannot be used (%s); unset that variable, or correct the file."
                  .formatted(PARTITIONS, message(root(sdk)));
          default ->
              "This is a fault of the program (%s); %s=1 shows where it is."
                  .formatted(kind(failure), TRACE);
        });
  }

  /** Of a name that the locale cannot write: a C locale has ASCII alone. */
  static String invalid(InvalidPathException path) {
    return "%s cannot be the name of a file in the character set %s; set LC_ALL to a locale in UTF-8, such as C.UTF-8."
        .formatted(path.getInput(), System.getProperty("sun.jnu.encoding"));
  }

  private static String of(IOException failure) {
    return switch (failure) {
      case AccessDeniedException denied -> denied.getFile() + " may not be read or written.";
      case FileAlreadyExistsException there -> there.getFile() + " is there already.";
      case NoSuchFileException missing -> missing.getFile() + " is not there.";
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason() + ".";
      case FileNotFoundException missing -> message(missing) + ".";
      default ->
          failure.getMessage() == null
              ? "Reading or writing failed (%s).".formatted(failure.getClass().getSimpleName())
              : message(failure).replaceFirst("\\.?$", ".");
    };
  }

  /** By its class and its first line: what follows may be long. */
  private static String kind(Throwable failure) {
    String first = message(failure).lines().findFirst().orElse("");
    String name = failure.getClass().getSimpleName();
    return first.isEmpty() ? name : name + ": " + first;
  }

  private static Throwable root(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String message(Throwable failure) {
    return Objects.toString(failure.getMessage(), "");
  }
}
