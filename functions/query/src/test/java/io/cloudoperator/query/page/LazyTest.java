package io.cloudoperator.query.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LazyTest {
  private final AtomicInteger asked = new AtomicInteger();

  @Test
  void isMadeOnceWhenItIsAskedFor() {
    Lazy<String> page = new Lazy<>(() -> "page " + asked.incrementAndGet());

    assertThat(page.made()).isFalse();
    assertThat(page.get()).isEqualTo("page 1");
    assertThat(page.get()).isEqualTo("page 1");
    assertThat(page.made()).isTrue();
  }

  @Test
  void isAskedForAnewWhereItCouldNotBeMade() {
    Lazy<String> page =
        new Lazy<>(() -> {
          if (asked.incrementAndGet() == 1) {
            throw new IllegalStateException("not yet");
          }
          return "page";
        });

    assertThatThrownBy(page::get).hasMessage("not yet");
    assertThat(page.made()).isFalse();
    assertThat(page.get()).isEqualTo("page");
  }
}
