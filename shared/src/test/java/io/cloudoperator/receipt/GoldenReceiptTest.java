package io.cloudoperator.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.json.Json;
import java.io.InputStream;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Customers keep receipts: those that earlier releases signed are receipts for ever. */
class GoldenReceiptTest {
  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1-deletions"})
  void verifiesWhatReleasesHaveSigned(String folder) throws Exception {
    JsonNode golden;
    try (InputStream in =
        GoldenReceiptTest.class.getResourceAsStream(
            "/io/cloudoperator/store/golden/" + folder + "/receipt.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    RSAPublicKey key =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(golden.path("publicKey").binaryValue()));
    ReceiptKey ours = new ReceiptKey(ReceiptKey.id(golden.path("keyArn").textValue()), key);

    assertThat(golden.path("receipts")).hasSize(3);
    for (JsonNode signed : golden.path("receipts")) {
      Verification verification =
          new ReceiptVerifier(() -> ours).verify(signed.path("jws").textValue());
      assertThat(verification).isInstanceOf(Verification.Verified.class);
      assertThat(
              new ObjectMapper()
                  .readTree(Json.write(((Verification.Verified) verification).receipt())))
          .isEqualTo(signed.path("payload"));
    }
  }
}
