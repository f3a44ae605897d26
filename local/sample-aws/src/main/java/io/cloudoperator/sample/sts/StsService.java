package io.cloudoperator.sample.sts;

import static io.cloudoperator.sample.wire.Xml.escape;

import io.cloudoperator.sample.iam.Caller;
import io.cloudoperator.sample.iam.Credential;
import io.cloudoperator.sample.iam.Decision;
import io.cloudoperator.sample.iam.Evaluation;
import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Call;
import io.cloudoperator.sample.wire.Params;
import io.cloudoperator.sample.wire.RegionAccess;
import io.cloudoperator.sample.wire.Reply;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceName;
import io.cloudoperator.sample.wire.WireRequest;
import java.time.InstantSource;

/** STS in the query protocol, version 2011-06-15. */
public final class StsService implements Service {

  private static final String VERSION = "2011-06-15";

  private final AssumeRole assumeRole;
  private final Runnable issued;

  /**
   * @param issued is run after each new session
   */
  public StsService(
      IamDirectory directory, RegionAccess regions, InstantSource clock, Runnable issued) {
    this.assumeRole = new AssumeRole(directory, regions, clock);
    this.issued = issued;
  }

  @Override
  public ServiceName name() {
    return ServiceName.STS;
  }

  @Override
  public Call.Operation decode(WireRequest request) {
    Params params = Params.parse(request.rawQuery(), request.bodyText());
    String action =
        params
            .get("Action")
            .orElseThrow(() -> new AwsError(400, "MissingAction", "Action is missing"));
    if (!params.get("Version").orElse("").equals(VERSION)) {
      throw noSuchOperation(action, params.get("Version").orElse(""));
    }
    return new Call.Operation(action, params);
  }

  @Override
  public Reply answer(Call call) {
    return switch (call.action()) {
      case "GetCallerIdentity" -> callerIdentity(call);
      case "AssumeRole" -> assumedRole(call);
      default -> {
        authorize(call);
        throw noSuchOperation(call.action(), VERSION);
      }
    };
  }

  /** Needs no permission, and works under an explicit deny. */
  private static Reply callerIdentity(Call call) {
    Caller caller = call.caller();
    return result(
        call,
        """
            <Arn>%s</Arn>
            <UserId>%s</UserId>
            <Account>%s</Account>
        """
            .formatted(escape(caller.arn()), escape(caller.userId()), caller.accountId()));
  }

  private Reply assumedRole(Call call) {
    AssumeRoleInput input = AssumeRoleInput.of(call.params());
    AssumeRole.Issued session = assumeRole.assume(call, input);
    issued.run();
    Credential credential = session.credential();
    String packed =
        input.policy().isEmpty()
            ? ""
            : "    <PackedPolicySize>%d</PackedPolicySize>\n".formatted(session.packedPercent());
    String source =
        input
            .sourceIdentity()
            .map(each -> "    <SourceIdentity>%s</SourceIdentity>\n".formatted(escape(each)))
            .orElse("");
    return result(
        call,
        """
            <AssumedRoleUser>
              <AssumedRoleId>%s:%s</AssumedRoleId>
              <Arn>arn:aws:sts::%s:assumed-role/%s/%s</Arn>
            </AssumedRoleUser>
            <Credentials>
              <AccessKeyId>%s</AccessKeyId>
              <SecretAccessKey>%s</SecretAccessKey>
              <SessionToken>%s</SessionToken>
              <Expiration>%s</Expiration>
            </Credentials>
        """
                .formatted(
                    session.role().id(),
                    escape(input.sessionName()),
                    session.role().accountId(),
                    escape(session.role().name()),
                    escape(input.sessionName()),
                    credential.accessKeyId(),
                    credential.secretAccessKey(),
                    credential.token().orElseThrow(),
                    session.expiration())
            + packed
            + source);
  }

  private static Reply result(Call call, String content) {
    String action = call.action();
    return Reply.of(
        200,
        "text/xml",
        """
        <%sResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <%sResult>
        %s  </%sResult>
          <ResponseMetadata>
            <RequestId>%s</RequestId>
          </ResponseMetadata>
        </%sResponse>
        """
            .formatted(action, action, content, action, call.requestId(), action));
  }

  private static void authorize(Call call) {
    String action = "sts:" + call.action();
    Decision decision = Evaluation.ofIdentity(call.caller(), call.access(action, "*"));
    if (!decision.allowed()) {
      throw new AwsError(
          403,
          "AccessDenied",
          "User: %s is not authorized to perform: %s%s"
              .formatted(call.caller().arn(), action, decision.reason(action)));
    }
  }

  private static AwsError noSuchOperation(String action, String version) {
    return new AwsError(
        400,
        "InvalidAction",
        "Could not find operation %s for version %s".formatted(action, version));
  }
}
