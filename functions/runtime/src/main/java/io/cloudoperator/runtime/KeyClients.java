package io.cloudoperator.runtime;

import io.cloudoperator.receipt.KmsReceiptKey;
import io.cloudoperator.receipt.ReceiptKey;
import io.cloudoperator.vault.KmsRoleVault;
import io.cloudoperator.vault.RoleVault;
import java.security.SecureRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsClient;

/** Clients of our own keys, for functions that have KMS in their artifact. */
public final class KeyClients {
  private KeyClients() {}

  /** Of the keys that seal and sign. */
  public static KmsClient kms(AwsClients clients) {
    return clients.configured(KmsClient.builder().httpClient(clients.http())).build();
  }

  /** Opens and seals role references. */
  public static RoleVault vault(AwsClients clients, String keyArn) {
    return new KmsRoleVault(kms(clients), keyArn, SecureRandom::new);
  }

  /** The public half of the key that signs receipts: nothing else can be asked of that key. */
  public static Supplier<ReceiptKey> receiptKey(AwsClients clients, String keyArn) {
    return new KmsReceiptKey(kms(clients), keyArn);
  }
}
