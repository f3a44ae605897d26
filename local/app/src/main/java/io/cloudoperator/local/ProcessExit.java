package io.cloudoperator.local;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * The end of a process that has closed and printed everything.
 *
 * <p>The JVM's own end waits up to 300 ms for threads that are in native code, and the one that
 * waits for the sockets of virtual threads always is. Where the launcher asks for it, the process
 * ends by the operating system's {@code _exit} instead: without that wait, and without shutdown
 * hooks.
 *
 * @see <a
 *     href="https://github.com/openjdk/jdk/blob/jdk-25-ga/src/hotspot/share/runtime/vmOperations.cpp">VM_Exit</a>
 */
final class ProcessExit {
  /**
   * With {@code true} hooks are passed over; with {@code false} all is made ready for that and not
   * used, so that an AOT cache has it.
   */
  static final String AT_ONCE = "cloudoperator.exitAtOnce";

  private ProcessExit() {}

  /** Ends the process with this exit code. */
  static void with(int code) {
    System.out.flush();
    System.err.flush();
    if (System.getProperty(AT_ONCE) != null) {
      atOnce(code, Boolean.getBoolean(AT_ONCE));
    }
    System.exit(code);
  }

  @SuppressWarnings("restricted") // The jar allows it: Enable-Native-Access.
  private static void atOnce(int code, boolean really) {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> exit = linker.defaultLookup().find("_exit");
    if (exit.isEmpty()) {
      return;
    }
    var call = linker.downcallHandle(exit.get(), FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    try {
      if (really) {
        call.invokeExact(code);
      }
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
