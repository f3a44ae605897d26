package io.cloudoperator.local;

import io.cloudoperator.local.cli.CloudOperatorCommand;
import java.util.Locale;

/** Where {@code ./cloudoperator} begins. */
public final class CloudOperatorMain {
  private CloudOperatorMain() {}

  public static void main(String[] arguments) {
    // The command line speaks English, and DynamoDB Local writes its SQL with the default locale's
    // digits.
    Locale.setDefault(Locale.ENGLISH);
    // Each client says how often it tries; but the SDK reads AWS_MAX_ATTEMPTS even so, and does not
    // start where that is no number.
    System.setProperty("aws.maxAttempts", "3");
    ProcessExit.with(CloudOperatorCommand.run(System.out, System.err, arguments));
  }
}
