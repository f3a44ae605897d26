package io.cloudoperator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FairShareTest {
  @Test
  void takesTurnsBetweenOwners() {
    assertThat(share(5, "a1", "a2", "a3", "a4", "b1", "c1", "b2"))
        .containsExactly("a1", "b1", "c1", "a2", "b2");
  }

  @Test
  void servesAllWhereThereIsRoom() {
    assertThat(share(9, "a1", "b1", "a2", "a3")).containsExactly("a1", "b1", "a2", "a3");
    assertThat(share(9)).isEmpty();
  }

  private static List<String> share(int limit, String... waiting) {
    return FairShare.of(List.of(waiting), each -> each.charAt(0), limit);
  }
}
