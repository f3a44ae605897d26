package io.cloudoperator.local.simulation.machine;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers of the machine that the current thread is on; elsewhere, real ones. Those of a
 * seed follow from it everywhere.
 */
public final class MachineRandom extends SecureRandom {
  private static final long serialVersionUID = 1;

  private final @Nullable Random seeded;

  public MachineRandom() {
    seeded = null;
  }

  public MachineRandom(long seed) {
    seeded = new Random(seed);
  }

  public MachineRandom(byte[] seed) {
    this(ByteBuffer.wrap(seed).hashCode());
  }

  @Override
  public void nextBytes(byte[] bytes) {
    if (seeded != null) {
      seeded.nextBytes(bytes);
      return;
    }
    Optional<Machine> machine = Machine.current();
    if (machine.isEmpty()) {
      super.nextBytes(bytes);
      return;
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) machine.get().randomLong();
    }
  }
}
