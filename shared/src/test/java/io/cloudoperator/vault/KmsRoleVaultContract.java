package io.cloudoperator.vault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;

/** What holds of the vault over any KMS. */
abstract class KmsRoleVaultContract<K extends KmsClient> {
  static final TenantId TENANT = new TenantId("acme");
  static final TenantId OTHER_TENANT = new TenantId("umbrella");
  static final ConnectionId CONNECTION = new ConnectionId("con-" + "1".repeat(32));
  static final ConnectionId OTHER_CONNECTION = new ConnectionId("con-" + "2".repeat(32));
  private static final RoleReference ISSUED =
      RoleReference.issued(new ExternalId("canary-external-id-of-a-customer"));
  static final RoleReference REFERENCE =
      ISSUED.withRole(new RoleArn("arn:aws:iam::444455556666:role/canary/CloudOperator"));

  final K kms;
  final RoleVault vault;

  KmsRoleVaultContract(K kms, String key) {
    this.kms = kms;
    vault = new KmsRoleVault(kms, key, SecureRandom::new);
  }

  @Test
  void opensWhatItSealed() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, REFERENCE);

    assertThat(vault.open(TENANT, CONNECTION, sealed)).isEqualTo(REFERENCE);
  }

  @Test
  void opensAReferenceThatNamesNoRoleYet() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, ISSUED);

    assertThat(vault.open(TENANT, CONNECTION, sealed)).isEqualTo(ISSUED);
  }

  @Test
  void opensTheLongestReferenceThatAwsAllows() {
    RoleReference longest =
        RoleReference.issued(new ExternalId("x".repeat(1224)))
            .withRole(
                new RoleArn(
                    "arn:aws:iam::444455556666:role/" + "p".repeat(510) + "/" + "r".repeat(64)));

    SealedReference sealed = vault.seal(TENANT, CONNECTION, longest);

    assertThat(vault.open(TENANT, CONNECTION, sealed)).isEqualTo(longest);
  }

  @Test
  void refusesAReferenceOfAnotherConnection() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, REFERENCE);

    assertThatThrownBy(() -> vault.open(TENANT, OTHER_CONNECTION, sealed))
        .isInstanceOf(TamperedReferenceException.class);
  }

  @Test
  void refusesAReferenceOfAnotherTenant() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, REFERENCE);

    assertThatThrownBy(() -> vault.open(OTHER_TENANT, CONNECTION, sealed))
        .isInstanceOf(TamperedReferenceException.class);
  }

  @Test
  void refusesACiphertextOfAnotherPlaceUnderAKeyOfThisOne() {
    SealedReference here = vault.seal(TENANT, CONNECTION, REFERENCE);
    SealedReference there = vault.seal(TENANT, OTHER_CONNECTION, REFERENCE);

    assertThatThrownBy(() ->
            vault.open(
                TENANT,
                CONNECTION,
                new SealedReference(here.encryptedDataKey(), there.nonce(), there.ciphertext())))
        .isInstanceOf(TamperedReferenceException.class);
  }

  @Test
  void refusesASingleBitThatIsFlippedInAnyByte() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, REFERENCE);
    int bits = Base64.getDecoder().decode(sealed.ciphertext()).length * Byte.SIZE;

    // One of each byte, and each of eight bits in turn.
    for (int bit = 0; bit < bits; bit += Byte.SIZE + 1) {
      String flipped = flipped(sealed.ciphertext(), bit);
      assertThatThrownBy(() ->
              vault.open(
                  TENANT,
                  CONNECTION,
                  new SealedReference(sealed.encryptedDataKey(), sealed.nonce(), flipped)))
          .as("bit %d", bit)
          .isInstanceOf(TamperedReferenceException.class);
    }
  }

  @Test
  void refusesAnotherNonceDataKeyOrCiphertext() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, REFERENCE);
    List<UnaryOperator<String>> changes =
        List.of(part -> flipped(part, 0), part -> part.substring(4), _ -> "", _ -> "not base64!");

    for (UnaryOperator<String> change : changes) {
      for (SealedReference changed : eachPartChanged(sealed, change)) {
        assertThatThrownBy(() -> vault.open(TENANT, CONNECTION, changed))
            .isInstanceOf(TamperedReferenceException.class);
      }
    }
  }

  private static List<SealedReference> eachPartChanged(
      SealedReference sealed, UnaryOperator<String> change) {
    String key = sealed.encryptedDataKey();
    String nonce = sealed.nonce();
    String ciphertext = sealed.ciphertext();
    return List.of(
        new SealedReference(change.apply(key), nonce, ciphertext),
        new SealedReference(key, change.apply(nonce), ciphertext),
        new SealedReference(key, nonce, change.apply(ciphertext)));
  }

  @Test
  void leavesNothingReadableInTheStoredForm() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, REFERENCE);

    assertThat(new String(Base64.getDecoder().decode(sealed.ciphertext()), ISO_8859_1))
        .doesNotContain("canary")
        .doesNotContain("arn:aws");
  }

  @Test
  void usesANewKeyAndNonceEachTime() {
    SealedReference first = vault.seal(TENANT, CONNECTION, REFERENCE);
    SealedReference second = vault.seal(TENANT, CONNECTION, REFERENCE);

    assertThat(second.encryptedDataKey()).isNotEqualTo(first.encryptedDataKey());
    assertThat(second.nonce()).isNotEqualTo(first.nonce());
    assertThat(second.ciphertext()).isNotEqualTo(first.ciphertext());
  }

  static String flipped(String base64, int bit) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    bytes[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
