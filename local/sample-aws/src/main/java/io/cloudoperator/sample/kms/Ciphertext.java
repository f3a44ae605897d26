package io.cloudoperator.sample.kms;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A ciphertext blob: it names its key, as those of KMS do, so that Decrypt need not be told. */
final class Ciphertext {

  private static final int FORMAT = 0x53414d31;

  private final String keyArn;
  private final byte[] sealed;

  Ciphertext(String keyArn, byte[] sealed) {
    this.keyArn = keyArn;
    this.sealed = sealed;
  }

  String keyArn() {
    return keyArn;
  }

  byte[] sealed() {
    return sealed;
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(FORMAT);
      out.writeUTF(keyArn);
      out.write(sealed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Optional<Ciphertext> decode(byte[] blob) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(blob))) {
      if (in.readInt() != FORMAT) {
        return Optional.empty();
      }
      return Optional.of(new Ciphertext(in.readUTF(), in.readAllBytes()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The encryption context in one form only, whatever the order in which it came. */
  static byte[] canonical(Map<String, String> context) {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(context)
        .forEach((key, value) ->
            text.append(key.length())
                .append(':')
                .append(key)
                .append(value.length())
                .append(':')
                .append(value));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
