package io.cloudoperator.sample.sts;

import io.cloudoperator.sample.data.SampleAccount;
import io.cloudoperator.sample.iam.Credential;
import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.iam.Role;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.Protocol;
import io.cloudoperator.sample.wire.Service;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.Xml;
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
        Operation.query("GetCallerIdentity", StsService::callerIdentity).asking(),
        Operation.query("AssumeRole", this::assumedRole).asking());
  }

  /** Needs no permission, and works under an explicit deny. */
  private static void callerIdentity(ServiceCall call, Xml xml) {
    xml.leaf("Arn", call.caller().arn()).leaf("UserId", call.caller().userId());
    xml.leaf("Account", call.caller().accountId());
  }

  private void assumedRole(ServiceCall call, Xml xml) {
    AssumeRoleInput input = AssumeRoleInput.of(call.params());
    AssumeRole.Issued session = assumeRole.assume(call, input);
    issued.run();
    Credential credential = session.credential();
    Role role = session.role();
    xml.open("AssumedRoleUser").leaf("AssumedRoleId", role.id() + ":" + input.sessionName());
    xml.leaf(
        "Arn",
        "arn:aws:sts::%s:assumed-role/%s/%s"
            .formatted(role.accountId(), role.name(), input.sessionName()));
    xml.close().open("Credentials").leaf("AccessKeyId", credential.accessKeyId());
    xml.leaf("SecretAccessKey", credential.secretAccessKey());
    xml.leaf("SessionToken", credential.token().orElseThrow());
    xml.leaf("Expiration", session.expiration()).close();
    xml.leaf("PackedPolicySize", input.policy().map(_ -> session.packedPercent()));
    xml.leaf("SourceIdentity", input.sourceIdentity());
  }
}
