package io.cloudoperator.vault;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;

/**
 * A provider of AES-GCM before all others, which leaves the work to the JDK's and keeps the very
 * arrays that are handed in and given back: what is in them later is what their owner left in them.
 * All of the JVM uses it while it is installed: only an isolated test may.
 */
final class RecordingCiphers extends Provider implements AutoCloseable {
  private static final long serialVersionUID = 1;
  private static final String AES_GCM = "AES/GCM/NoPadding";

  private final transient List<Use> uses = new ArrayList<>();

  /**
   * One operation of a cipher.
   *
   * @param plaintext handed in or got back, the array itself
   * @param was what was in it then
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Use(int mode, byte[] plaintext, byte[] was) {}

  private RecordingCiphers() {
    super("RecordingCiphers", "1", "AES-GCM of the JDK, recorded");
    putService(
        new Service(this, "Cipher", AES_GCM, AesGcm.class.getName(), null, null) {
          @Override
          public Object newInstance(@Nullable Object parameter) {
            return new AesGcm();
          }
        });
  }

  static RecordingCiphers install() {
    RecordingCiphers recording = new RecordingCiphers();
    Security.insertProviderAt(recording, 1);
    return recording;
  }

  List<Use> uses() {
    return List.copyOf(uses);
  }

  @Override
  public void close() {
    Security.removeProvider(getName());
  }

  private void record(int mode, byte[] plaintext) {
    uses.add(new Use(mode, plaintext, plaintext.clone()));
  }

  private final class AesGcm extends CipherSpi {
    private final Cipher cipher;
    private int mode;

    AesGcm() {
      try {
        cipher = Cipher.getInstance(AES_GCM, "SunJCE");
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random)
        throws InvalidKeyException, InvalidAlgorithmParameterException {
      this.mode = mode;
      cipher.init(mode, key, parameters, random);
    }

    @Override
    protected void engineUpdateAAD(byte[] source, int offset, int length) {
      cipher.updateAAD(source, offset, length);
    }

    @Override
    protected byte[] engineDoFinal(byte[] input, int offset, int length)
        throws IllegalBlockSizeException, BadPaddingException {
      byte[] output = cipher.doFinal(input, offset, length);
      record(mode, mode == Cipher.ENCRYPT_MODE ? input : output);
      return output;
    }

    @Override
    protected byte[] engineGetIV() {
      return cipher.getIV();
    }

    @Override
    protected int engineGetBlockSize() {
      return cipher.getBlockSize();
    }

    @Override
    protected int engineGetOutputSize(int length) {
      return cipher.getOutputSize(length);
    }

    @Override
    protected AlgorithmParameters engineGetParameters() {
      return cipher.getParameters();
    }

    // What the vault does not call: a change to one of these must be recorded too.

    @Override
    protected int engineDoFinal(byte[] input, int offset, int length, byte[] output, int at)
        throws ShortBufferException {
      throw new UnsupportedOperationException();
    }

    @Override
    protected byte[] engineUpdate(byte[] input, int offset, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int length, byte[] output, int at)
        throws ShortBufferException {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineSetMode(String mode) {
      throw new UnsupportedOperationException();
    }

    @Override
    protected void engineSetPadding(String padding) {
      throw new UnsupportedOperationException();
    }
  }
}
