package io.cloudoperator.sample.sts;

import static io.cloudoperator.sample.wire.XmlText.escape;

import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.iam.Caller;
import io.cloudoperator.sample.iam.Credential;
import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import io.cloudoperator.sample.wire.XmlText;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;

/** STS: who is calling, and sessions of roles. */
public final class StsService extends Service {

  private final AssumeRole assumeRole;
  private final Runnable issued;

  /**
   * @param accounts what the account of an id holds
   * @param issued is run after each new session
   */
  public StsService(
      IamDirectory directory,
      Function<String, SampleAccount> accounts,
      InstantSource clock,
      Runnable issued) {
    super("sts", Protocol.QUERY, "2011-06-15");
    this.assumeRole = new AssumeRole(directory, accounts, clock);
    this.issued = issued;
  }

  @Override
  public String namespace() {
    return "https://sts.amazonaws.com/doc/2011-06-15/";
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.named("GetCallerIdentity", StsService::callerIdentity).asking(),
        Operation.named("AssumeRole", this::assumedRole).asking());
  }

  /** Needs no permission, and works under an explicit deny. */
  private static WireResponse callerIdentity(ServiceCall call) {
    Caller caller = call.caller();
    return XmlText.result(
        call,
        """
            <Arn>%s</Arn>
            <UserId>%s</UserId>
            <Account>%s</Account>
        """
            .formatted(escape(caller.arn()), escape(caller.userId()), caller.accountId()));
  }

  private WireResponse assumedRole(ServiceCall call) {
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
    return XmlText.result(
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
}
