package io.cloudoperator.connect;

import io.cloudoperator.scan.ScanRetention;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store to which something happens before it purges. */
final class Interrupted {
  private Interrupted() {}

  static ScanRetention beforePurge(ScanRetention retention, Runnable interlude) {
    return (ScanRetention)
        Proxy.newProxyInstance(
            Interrupted.class.getClassLoader(),
            new Class<?>[] {ScanRetention.class},
            (_, method, arguments) -> {
              if (method.getName().equals("purge")) {
                interlude.run();
              }
              try {
                return method.invoke(retention, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }
}
