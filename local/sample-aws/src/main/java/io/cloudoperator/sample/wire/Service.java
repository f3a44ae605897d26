package io.cloudoperator.sample.wire;

/** One AWS service. */
public interface Service {

  ServiceName name();

  /**
   * Tells which operation a request calls, before anything else is known of it.
   *
   * @throws AwsError if it calls none
   */
  Call.Operation decode(WireRequest request);

  /**
   * Authorizes and answers a call.
   *
   * @throws AwsError for an error answer
   */
  Reply answer(Call call);
}
