package io.cloudoperator.runtime;

import io.cloudoperator.receipt.KmsReceiptKey;
import io.cloudoperator.receipt.ReceiptKey;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kms.KmsClient;

/** Clients of our own keys, for functions that have KMS in their artifact. */
public final class KeyClients {
  private KeyClients() {}

  /** Of the keys that seal and sign. */
  public static KmsClient kms(AwsClients clients) {
    return clients.configured(KmsClient.builder().httpClient(clients.http())).build();
  }

  /** The public half of the key that signs receipts: nothing else can be asked of that key. */
  public static Supplier<ReceiptKey> receiptKey(AwsClients clients, String keyArn) {
    return new KmsReceiptKey(kms(clients), keyArn);
  }
}
