package io.cloudoperator.access;

import io.cloudoperator.apis.facts.FunctionUrl;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.Reading.Reason;
import io.cloudoperator.scan.Reading.Unread;
import java.util.List;

/** Reads the URLs of a region's Lambda functions. */
final class FunctionUrls {
  private FunctionUrls() {}

  static Reading<List<FunctionUrl>> read(Asking aws) {
    return new Unread<>(Reason.FAILED, AwsErrors.NOT_READ);
  }
}
