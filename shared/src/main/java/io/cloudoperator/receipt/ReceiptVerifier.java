package io.cloudoperator.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.cloudoperator.json.Json;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.SignatureException;
import java.util.Optional;
import java.util.function.Supplier;

/** Verifies receipts with the public key alone, without KMS. */
public final class ReceiptVerifier {
  private static final Verification NO_RECEIPT =
      new Verification.Refused("We signed it, but it is not a receipt of this release.");

  // JSON's null is a value as well, and not a receipt.
  private static final TypeReference<Optional<Receipt>> OPTIONAL_RECEIPT = new TypeReference<>() {};

  private final Supplier<ReceiptKey> key;

  /**
   * Against one key.
   *
   * @param key asked for each receipt that could be one; may throw {@link ReceiptKeyException}
   */
  public ReceiptVerifier(Supplier<ReceiptKey> key) {
    this.key = key;
  }

  /**
   * Verifies any text as a compact JWS.
   *
   * @throws ReceiptKeyException if there is no key to check it with
   */
  public Verification verify(String text) {
    CompactJws jws;
    try {
      jws = CompactJws.parse(text);
    } catch (CompactJws.MalformedException e) {
      return new Verification.Refused(String.valueOf(e.getMessage()));
    }
    // The text must not choose how it is checked: "none" and HS256 with our public key as the
    // secret are the two oldest forgeries. https://www.rfc-editor.org/rfc/rfc8725#section-3.1
    if (!jws.header.alg().equals(CompactJws.ALGORITHM)) {
      return new Verification.Refused("Receipts are signed with RS256; this is not.");
    }
    if (!jws.header.typ().equals(CompactJws.TYPE)) {
      return new Verification.Refused("Its type is not that of a receipt.");
    }
    ReceiptKey ours = key.get();
    if (!jws.header.kid().equals(ours.id())) {
      return new Verification.Refused("It names another key than ours.");
    }
    if (!signed(jws, ours)) {
      return new Verification.Refused("The signature does not belong to this content.");
    }
    return read(jws);
  }

  private static boolean signed(CompactJws jws, ReceiptKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(key.publicKey());
      signature.update(jws.signed);
      return signature.verify(jws.signature);
    } catch (SignatureException _) {
      // Of a length that no signature of this key has.
      return false;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("RS256 does not work here", e);
    }
  }

  private static Verification read(CompactJws jws) {
    try {
      Optional<Receipt> receipt =
          Json.STORED.readValue(new String(jws.payload, UTF_8), OPTIONAL_RECEIPT);
      return receipt.<Verification>map(Verification.Verified::new).orElse(NO_RECEIPT);
    } catch (JacksonException _) {
      return NO_RECEIPT;
    }
  }
}
