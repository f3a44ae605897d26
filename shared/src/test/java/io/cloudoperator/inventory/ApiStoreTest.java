package io.cloudoperator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.ApiStore.Found;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ApiStoreTest {
  @Test
  void hasFoundNothingWhereNoRegionAndNoServiceWithoutOneHasSaidAnything() {
    RegionApis region = new RegionApis(new RegionName("eu-west-1"), SourceReadings.NONE, List.of());
    GlobalApis global = new GlobalApis(SourceReadings.NONE, List.of());

    assertThat(new Found(List.of(), Optional.empty()).isEmpty()).isTrue();
    assertThat(new Found(List.of(region), Optional.empty()).isEmpty()).isFalse();
    assertThat(new Found(List.of(), Optional.of(global)).isEmpty()).isFalse();
  }
}
