package io.cloudoperator.local.backend;

import io.cloudoperator.sample.SampleConfig;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** One backend for all tests that need none of their own; each test has its tenant in it. */
final class SharedBackend implements AutoCloseable {
  /** Its customer's account has one role of each name: whose tests grant or revoke it, lock it. */
  static final String ACCOUNT = "the shared backend's account";

  private final LocalBackend backend;
  private final AtomicInteger tenants = new AtomicInteger();

  private SharedBackend() {
    try {
      backend = LocalBackend.start(new LocalBackend.Options(0, Optional.empty(), sample()));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Its customer's side, and that of tests that start a backend of their own. */
  static CustomerSide.Sample sample() {
    return new CustomerSide.Sample(
        SampleConfig.defaults().withInstances(60).withRegions(6), Set.of());
  }

  LocalBackend backend() {
    return backend;
  }

  String newTenant() {
    return "tenant-" + tenants.incrementAndGet();
  }

  @Override
  public void close() {
    backend.close();
  }

  /** Hands it to the tests that ask for it. */
  static final class Extension extends TypeBasedParameterResolver<SharedBackend> {
    @Override
    public SharedBackend resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(SharedBackend.class, _ -> new SharedBackend(), SharedBackend.class);
    }
  }
}
