package io.cloudoperator.receipt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import io.cloudoperator.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

/**
 * A compact JWS in the one form that receipts have: three parts in base64url without padding, and a
 * header of {@code alg}, {@code typ} and {@code kid}. Any other header parameter is refused: {@code
 * jwk} or {@code jku} could name the key of somebody else.
 */
final class CompactJws {
  static final String ALGORITHM = "RS256";
  static final String TYPE = "receipt+jwt";

  /** A receipt has some six thousand; before it named all that remains, up to two. */
  static final int LONGEST = 12_000;

  private static final String WRONG_HEADER = "Its header is not that of a receipt.";

  final Header header;

  /** What the signature is of. */
  final byte[] signed;

  final byte[] payload;
  final byte[] signature;

  private CompactJws(Header header, byte[] signed, byte[] payload, byte[] signature) {
    this.header = header;
    this.signed = signed;
    this.payload = payload;
    this.signature = signature;
  }

  /** In the order in which they are written. */
  record Header(String alg, String typ, String kid) {}

  /** It is of another form. The message says what is wrong, and repeats nothing of it. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String why) {
      super(why, null, false, false);
    }
  }

  /** Header and payload, with a dot between them: what is to be signed. */
  static String signingInput(String keyId, String payload) {
    return encode(Json.write(new Header(ALGORITHM, TYPE, keyId)).getBytes(UTF_8))
        + "."
        + encode(payload.getBytes(UTF_8));
  }

  static String join(String signingInput, byte[] signature) {
    return signingInput + "." + encode(signature);
  }

  static CompactJws parse(String text) throws MalformedException {
    if (text.length() > LONGEST) {
      throw new MalformedException("It is longer than any receipt.");
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw new MalformedException("It is not a compact JWS: that has three parts.");
    }
    byte[] header = decode(parts[0]);
    byte[] payload = decode(parts[1]);
    byte[] signature = decode(parts[2]);
    return new CompactJws(
        header(header), (parts[0] + "." + parts[1]).getBytes(US_ASCII), payload, signature);
  }

  private static Header header(byte[] json) throws MalformedException {
    try {
      // Jackson would take UTF-16 for JSON as well, and others would not.
      Header header =
          Json.STRICT.readValue(
              UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString(), Header.class);
      if (header == null || header.alg() == null || header.typ() == null || header.kid() == null) {
        throw new MalformedException(WRONG_HEADER);
      }
      return header;
    } catch (CharacterCodingException | JacksonException _) {
      throw new MalformedException(WRONG_HEADER);
    }
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decode(String part) throws MalformedException {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      // The decoder takes padding, and ignores bits after the last byte: one text for one receipt.
      if (encode(bytes).equals(part)) {
        return bytes;
      }
    } catch (IllegalArgumentException _) {
      // Said below.
    }
    throw new MalformedException("It is not a compact JWS: its parts are base64url, unpadded.");
  }
}
