package io.cloudoperator.local.backend;

import io.cloudoperator.platform.FunctionInvoker;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/**
 * Hears every request that a function makes with any client of the AWS SDK, for the SDK itself puts
 * it into each: it is named in the classpath's {@code global/handlers/execution.interceptors}.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdk-for-java/latest/developer-guide/interceptors.html">Execution
 *     interceptors</a>
 */
public final class RequestListener implements ExecutionInterceptor {
  // Inherited: a request of a thread that a function has started is the function's too.
  private static final ThreadLocal<Consumer<SdkRequest>> CURRENT =
      new InheritableThreadLocal<>() {
        @Override
        protected Consumer<SdkRequest> initialValue() {
          return _ -> {};
        }
      };

  /** Made by the SDK. */
  public RequestListener() {}

  /** Invokes a function whose requests this listener hears. */
  static String invoke(
      FunctionInvoker functions, String function, String event, Consumer<SdkRequest> listener)
      throws Exception {
    Consumer<SdkRequest> outer = CURRENT.get();
    CURRENT.set(listener);
    try {
      return functions.invoke(function, event);
    } finally {
      CURRENT.set(outer);
    }
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    CURRENT.get().accept(context.request());
  }
}
