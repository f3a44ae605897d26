package io.cloudoperator.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Roles as their owner makes and deletes them, with the SDK's own client. */
final class IamTest {
  private static final String ROLE = "CloudOperatorAudit";
  private static final String AUDIT = "arn:aws:iam::aws:policy/SecurityAudit";
  private static final String BOUNDARY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

  private final SampleAws aws;
  private final Clients clients;
  private final IamClient iam;

  IamTest() throws IOException {
    aws = SampleAws.start(SampleConfig.defaults().withInstances(1));
    clients = new Clients(aws);
    iam = clients.iam(clients.customer());
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void makesARoleThatCanBeAssumedAndDoesWhatItsPoliciesSay() {
    String arn = create();
    put("Describe", Clients.PERMISSIONS);
    iam.attachRolePolicy(attach -> attach.roleName(ROLE).policyArn(AUDIT));

    AwsCredentials session = clients.session(arn);

    assertThat(clients.ec2(session, "us-east-1").describeRegions().regions()).isNotEmpty();
    assertThat(iam.getRole(get -> get.roleName(ROLE)).role().permissionsBoundary())
        .satisfies(boundary -> assertThat(boundary.permissionsBoundaryArn()).isEqualTo(BOUNDARY));
    assertThat(iam.listRolePolicies(list -> list.roleName(ROLE)).policyNames())
        .containsExactly("Describe");
    assertThat(iam.listAttachedRolePolicies(list -> list.roleName(ROLE)).attachedPolicies())
        .extracting(AttachedPolicy::policyArn)
        .containsExactly(AUDIT);
  }

  @Test
  void takesNoSecondRoleOfAName() {
    create();

    refused(
        409, "EntityAlreadyExists", "Role with name " + ROLE + " already exists.", this::create);
  }

  @Test
  void deletesNoRoleThatHasAnInlinePolicy() {
    String arn = create();
    put("Describe", Clients.PERMISSIONS);

    refused(
        409,
        "DeleteConflict",
        "Cannot delete entity, must delete policies first.",
        () -> iam.deleteRole(delete -> delete.roleName(ROLE)));
    assertThat(clients.session(arn)).isNotNull();
  }

  @Test
  void deletesNoRoleThatHasAnAttachedPolicy() {
    create();
    iam.attachRolePolicy(attach -> attach.roleName(ROLE).policyArn(AUDIT));

    refused(
        409,
        "DeleteConflict",
        "Cannot delete entity, must detach all policies first.",
        () -> iam.deleteRole(delete -> delete.roleName(ROLE)));
  }

  @Test
  void deletesARoleWithItsBoundaryOnceItHasNoPolicy() {
    String arn = create();
    put("Describe", Clients.PERMISSIONS);
    iam.attachRolePolicy(attach -> attach.roleName(ROLE).policyArn(AUDIT));
    AwsCredentials session = clients.session(arn);

    iam.deleteRolePolicy(delete -> delete.roleName(ROLE).policyName("Describe"));
    iam.detachRolePolicy(detach -> detach.roleName(ROLE).policyArn(AUDIT));
    iam.deleteRole(delete -> delete.roleName(ROLE));

    refused(
        404,
        "NoSuchEntity",
        "The role with name " + ROLE + " cannot be found.",
        () -> iam.getRole(get -> get.roleName(ROLE)));
    assertThatThrownBy(() -> clients.session(arn)).isInstanceOf(StsException.class);
    assertThatThrownBy(() -> clients.ec2(session, "us-east-1").describeRegions())
        .isInstanceOfSatisfying(
            Ec2Exception.class, refused -> assertThat(refused.statusCode()).isEqualTo(401));
  }

  @Test
  void takesAwayNoPolicyThatTheRoleDoesNotHave() {
    create();
    put("Describe", Clients.PERMISSIONS);

    refused(
        404,
        "NoSuchEntity",
        "The role policy with name " + ROLE + " cannot be found.",
        () -> iam.deleteRolePolicy(delete -> delete.roleName(ROLE).policyName(ROLE)));
    refused(
        404,
        "NoSuchEntity",
        "Policy " + AUDIT + " was not found.",
        () -> iam.detachRolePolicy(detach -> detach.roleName(ROLE).policyArn(AUDIT)));
    refused(
        404,
        "NoSuchEntity",
        "Policy arn:aws:iam::aws:policy/Unknown does not exist or is not attachable.",
        () ->
            iam.attachRolePolicy(
                attach -> attach.roleName(ROLE).policyArn("arn:aws:iam::aws:policy/Unknown")));
    assertThat(iam.listRolePolicies(list -> list.roleName(ROLE)).policyNames())
        .containsExactly("Describe");
  }

  @Test
  void changesNothingThatIsNotThere() {
    String message = "The role with name " + ROLE + " cannot be found.";

    refused(404, "NoSuchEntity", message, () -> put("Describe", Clients.PERMISSIONS));
    refused(404, "NoSuchEntity", message, () -> iam.deleteRole(delete -> delete.roleName(ROLE)));
    refused(
        404,
        "NoSuchEntity",
        message,
        () -> iam.attachRolePolicy(attach -> attach.roleName(ROLE).policyArn(AUDIT)));
  }

  @Test
  void takesNoPolicyThatIsNone() {
    create();

    assertThatThrownBy(() -> put("Describe", "{\"Version\":\"2012-10-17\"}"))
        .isInstanceOfSatisfying(
            IamException.class,
            refused ->
                assertThat(refused.awsErrorDetails().errorCode())
                    .isEqualTo("MalformedPolicyDocument"));
  }

  @Test
  void letsNobodyChangeARoleWhoMayOnlyRead() {
    String arn = create();
    iam.attachRolePolicy(attach -> attach.roleName(ROLE).policyArn(AUDIT));
    IamClient reader = clients.iam(clients.session(arn));

    assertThat(reader.getRole(get -> get.roleName(ROLE)).role().arn()).isEqualTo(arn);
    assertThatThrownBy(
            () -> reader.detachRolePolicy(detach -> detach.roleName(ROLE).policyArn(AUDIT)))
        .hasMessageContaining("is not authorized to perform: iam:DetachRolePolicy");
  }

  private String create() {
    return iam.createRole(create ->
            create
                .roleName(ROLE)
                .assumeRolePolicyDocument(Clients.TRUST)
                .permissionsBoundary(BOUNDARY))
        .role()
        .arn();
  }

  private void put(String name, String document) {
    iam.putRolePolicy(put -> put.roleName(ROLE).policyName(name).policyDocument(document));
  }

  private static void refused(int status, String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            IamException.class,
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(status);
              assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
              assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(message);
            });
  }
}
