package io.cloudoperator.access;

import io.cloudoperator.apis.facts.GraphqlApi;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.Reading.Reason;
import io.cloudoperator.scan.Reading.Unread;
import java.util.List;

/** Reads the GraphQL APIs of a region. */
final class GraphqlApis {
  private GraphqlApis() {}

  static Reading<List<GraphqlApi>> read(Asking aws) {
    return new Unread<>(Reason.FAILED, AwsErrors.NOT_READ);
  }
}
