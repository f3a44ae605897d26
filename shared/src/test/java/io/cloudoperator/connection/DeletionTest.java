package io.cloudoperator.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.Deletion.Kind;
import io.cloudoperator.connection.Deletion.Scope;
import io.cloudoperator.connection.Deletion.What;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeletionTest {
  private static final TenantId TENANT = new TenantId("acme");
  private static final ConnectionId ID = new ConnectionId("con-00000000000000000000000000000001");
  private static final Scope PURGE = Scope.of(Kind.PURGE, TENANT, ID);

  @Test
  void isOpenUntilItHasItsReceipt() {
    Deletion open = Deletion.open(PURGE, "id", Optional.empty());

    assertThat(open.closed()).isFalse();
    assertThat(
            new Deletion(PURGE, "id", Optional.empty(), open.counts(), Optional.of("{}")).closed())
        .isTrue();
  }

  @Test
  void countsInTheOrderInWhichReceiptsNameIt() {
    Map<What, Long> counts = Map.of(What.CONNECTIONS, 1L, What.ROLE_REFERENCES, 2L, What.RUNS, 3L);

    assertThat(new Deletion(PURGE, "id", Optional.empty(), counts, Optional.empty()).counts())
        .containsExactly(
            Map.entry(What.ROLE_REFERENCES, 2L),
            Map.entry(What.RUNS, 3L),
            Map.entry(What.CONNECTIONS, 1L));
  }

  @Test
  void isOfOneConnectionOrOfAWholeTenant() {
    assertThat(PURGE.connection()).contains(ID);
    assertThat(Scope.of(TENANT).connection()).isEmpty();
    assertThatThrownBy(() -> Scope.of(Kind.TENANT_PURGE, TENANT, ID))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Scope(Kind.PURGE, TENANT, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
