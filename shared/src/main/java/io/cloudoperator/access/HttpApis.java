package io.cloudoperator.access;

import io.cloudoperator.apis.facts.HttpApi;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.Reading.Reason;
import io.cloudoperator.scan.Reading.Unread;
import java.util.List;

/** Reads the HTTP and WebSocket APIs of a region. */
final class HttpApis {
  private HttpApis() {}

  static Reading<List<HttpApi>> read(Asking aws) {
    return new Unread<>(Reason.FAILED, AwsErrors.NOT_READ);
  }
}
