package io.cloudoperator.access;

import io.cloudoperator.apis.facts.RestApi;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.Reading.Reason;
import io.cloudoperator.scan.Reading.Unread;
import java.util.List;

/** Reads the REST APIs of a region. */
final class RestApis {
  private RestApis() {}

  static Reading<List<RestApi>> read(Asking aws) {
    return new Unread<>(Reason.FAILED, AwsErrors.NOT_READ);
  }
}
