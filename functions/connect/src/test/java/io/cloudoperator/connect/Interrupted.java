package io.cloudoperator.connect;

import io.cloudoperator.scan.ScanStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store to which something happens before it purges. */
final class Interrupted {
  private Interrupted() {}

  static ScanStore beforePurge(ScanStore scans, Runnable interlude) {
    return (ScanStore)
        Proxy.newProxyInstance(
            Interrupted.class.getClassLoader(),
            new Class<?>[] {ScanStore.class},
            (_, method, arguments) -> {
              if (method.getName().equals("purge")) {
                interlude.run();
              }
              try {
                return method.invoke(scans, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }
}
