package io.cloudoperator.sample.wire;

import io.cloudoperator.sample.data.Generator;
import java.util.List;

/** One AWS service: how it is called, and the operations that it answers. */
public abstract class Service {

  private final String signingName;
  private final Protocol protocol;
  private final String version;
  private final List<Generator> generators;

  /**
   * A service.
   *
   * @param signingName as in the credential scope, and before the colon of its IAM actions
   * @param version of its API, which requests of the query protocol name; of JSON, what stands
   *     before the operation's name in {@code X-Amz-Target}
   * @param generators of what it adds to a generated account, if it holds anything
   */
  protected Service(
      String signingName, Protocol protocol, String version, Generator... generators) {
    this.signingName = signingName;
    this.protocol = protocol;
    this.version = version;
    this.generators = List.of(generators);
  }

  /** As in the credential scope, and before the colon of its IAM actions. */
  public final String signingName() {
    return signingName;
  }

  public final Protocol protocol() {
    return protocol;
  }

  final String version() {
    return version;
  }

  /** Those that are answered; all others are authorized and then refused. */
  public abstract List<Operation> operations();

  /** The namespace of its XML. */
  public String namespace() {
    return "http://%s.amazonaws.com/doc/%s/".formatted(signingName, version);
  }

  /** Whether it takes signatures for us-east-1 alone. */
  public boolean global() {
    return false;
  }

  /**
   * Tells which operation a request calls, before anything else is known of it.
   *
   * @throws AwsError if it calls none
   */
  public Operation decode(WireRequest request) {
    return protocol.operation(this, request);
  }

  /**
   * Lets a call pass, before IAM is asked about it.
   *
   * @throws AwsError if it is one too many
   */
  public void admit(ServiceCall call) {}

  /**
   * Authorizes and answers a call.
   *
   * @throws AwsError for an error answer
   */
  public WireResponse answer(ServiceCall call) {
    if (global() && !call.region().equals("us-east-1")) {
      throw new AwsError(
          403,
          "SignatureDoesNotMatch",
          "Credential should be scoped to a valid region, not '%s'. ".formatted(call.region()));
    }
    admit(call);
    Operation operation = call.operation();
    operation
        .resource()
        .ifPresent(resource ->
            call.require(operation.action().orElse(operation.name()), resource.apply(call)));
    return operation.answer().apply(call);
  }

  /**
   * What the document of an error says before its message, as JSON; for {@link Protocol#REST_JSON}.
   */
  public String errorMembers(AwsError error) {
    return "";
  }

  /** Of what it adds to a generated account, if it holds anything. */
  public final List<Generator> generators() {
    return generators;
  }
}
