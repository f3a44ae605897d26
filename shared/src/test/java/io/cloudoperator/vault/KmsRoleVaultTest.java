package io.cloudoperator.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.SealedReference;
import javax.crypto.Cipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInternalException;

@Isolated
class KmsRoleVaultTest extends KmsRoleVaultContract<FakeKms> {
  KmsRoleVaultTest() {
    super(new FakeKms(), FakeKms.KEY);
  }

  @Test
  void refusesAReferenceOfAnotherPlaceEvenIfKmsDidNotMind() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, REFERENCE);
    kms.ignoreContexts();

    assertThat(vault.open(TENANT, CONNECTION, sealed)).isEqualTo(REFERENCE);
    assertThatThrownBy(() -> vault.open(TENANT, OTHER_CONNECTION, sealed))
        .isInstanceOf(TamperedReferenceException.class);
    assertThatThrownBy(() -> vault.open(OTHER_TENANT, CONNECTION, sealed))
        .isInstanceOf(TamperedReferenceException.class);
  }

  @Test
  void wipesEveryDataKeyAfterUse() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, REFERENCE);
    vault.open(TENANT, CONNECTION, sealed);
    assertThatThrownBy(() ->
            vault.open(
                TENANT,
                CONNECTION,
                new SealedReference(
                    sealed.encryptedDataKey(), sealed.nonce(), flipped(sealed.ciphertext(), 0))))
        .isInstanceOf(TamperedReferenceException.class);

    assertThat(kms.handedOut())
        .hasSize(3)
        .allSatisfy(key -> assertThat(key.asByteArray()).hasSize(32).containsOnly(0));
  }

  @Test
  void wipesThePlaintextOfAReferenceAfterUse() {
    try (RecordingCiphers ciphers = RecordingCiphers.install()) {
      vault.open(TENANT, CONNECTION, vault.seal(TENANT, CONNECTION, REFERENCE));

      assertThat(ciphers.uses())
          .extracting(RecordingCiphers.Use::mode)
          .containsExactly(Cipher.ENCRYPT_MODE, Cipher.DECRYPT_MODE);
      assertThat(ciphers.uses())
          .allSatisfy(use -> {
            assertThat(new String(use.was(), US_ASCII))
                .contains(
                    REFERENCE.externalId().value(), REFERENCE.roleArn().orElseThrow().value());
            assertThat(use.plaintext()).containsOnly(0);
          });
    }
  }

  @Test
  void passesOnAFailureOfKms() {
    SealedReference sealed = vault.seal(TENANT, CONNECTION, REFERENCE);
    KmsException failure = (KmsException) KmsInternalException.builder().message("down").build();
    kms.failWith(failure);

    assertThatThrownBy(() -> vault.open(TENANT, CONNECTION, sealed)).isSameAs(failure);
    assertThatThrownBy(() -> vault.seal(TENANT, CONNECTION, REFERENCE)).isSameAs(failure);
  }
}
