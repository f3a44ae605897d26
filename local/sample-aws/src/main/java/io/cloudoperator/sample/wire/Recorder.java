package io.cloudoperator.sample.wire;

import io.cloudoperator.sample.control.LoggedRequest;
import io.cloudoperator.sample.iam.Caller;

/** Is told of each request whose sender is known, before its answer is sent. */
@FunctionalInterface
public interface Recorder {
  void record(LoggedRequest request, Caller caller);
}
