package io.cloudoperator.sample;

import io.cloudoperator.sample.iam.Credential;
import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.iam.Identifiers;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.PolicyKind;
import io.cloudoperator.sample.iam.Role;
import java.util.Optional;

/** The two accounts of a sample: who is in them at the start. */
final class Accounts {

  static final String BROKER = "111122223333";
  static final String CUSTOMER = "444455556666";
  static final String BROKER_ROLE =
      "arn:aws:iam::" + BROKER + ":role/cloudoperator/broker/CloudOperatorLocal";

  private static final String ADMINISTRATOR =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}\
      """;

  /** Trusts nobody: its one credential is made here. */
  private static final String FUNCTIONS_ONLY =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
      "Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}\
      """;

  /** What template.yaml grants to the functions that reach customers, together. */
  private static final String BROKER_PERMISSIONS =
      """
      {"Version":"2012-10-17","Statement":[
      {"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::*:role/*"},
      {"Effect":"Allow","Action":["kms:Decrypt","kms:GenerateDataKey"],
      "Resource":"arn:aws:kms:*:111122223333:key/*",
      "Condition":{"Null":{"kms:EncryptionContext:tenant":"false",
      "kms:EncryptionContext:connection":"false"}}},
      {"Effect":"Allow","Action":["kms:DescribeKey","kms:GetPublicKey","kms:Sign","kms:Verify"],
      "Resource":"arn:aws:kms:*:111122223333:key/*"}]}\
      """;

  private Accounts() {}

  /** Makes the broker's role, and a key that holds a session of it and never expires. */
  static String addBroker(IamDirectory directory) {
    Role role = Role.of(BROKER_ROLE, FUNCTIONS_ONLY, BROKER_PERMISSIONS);
    directory.put(role);
    return add(
        directory,
        new Credential.RoleSession(
            role.arn(), role.id(), "local", Optional.empty(), Optional.empty()));
  }

  /**
   * Gives the broker's role what template.yaml grants now, which may not be what it was made with.
   */
  static void updateBroker(IamDirectory directory) {
    directory
        .role(BROKER_ROLE)
        .map(role -> Role.of(BROKER_ROLE, FUNCTIONS_ONLY, BROKER_PERMISSIONS).withId(role.id()))
        .ifPresent(directory::put);
  }

  /** Makes an administrator of the customer's account. */
  static String addCustomer(IamDirectory directory) {
    return add(
        directory,
        new Credential.User(
            "arn:aws:iam::" + CUSTOMER + ":user/administrator",
            Identifiers.uniqueId("AIDA"),
            Policy.parse(ADMINISTRATOR, PolicyKind.IDENTITY)));
  }

  private static String add(IamDirectory directory, Credential.Holder holder) {
    Credential credential =
        new Credential(
            Identifiers.accessKeyId("AKIA"),
            Identifiers.secretAccessKey(),
            Optional.empty(),
            Optional.empty(),
            holder);
    directory.put(credential);
    return credential.accessKeyId();
  }
}
