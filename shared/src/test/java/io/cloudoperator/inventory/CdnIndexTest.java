package io.cloudoperator.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CdnIndexTest {
  private static final String ORIGIN = "a1.example.com";
  private static final Endpoint FENCED = way(Exposure.PUBLIC, Optional.of("edge"), true);
  private static final Endpoint OPEN = way(Exposure.PUBLIC, Optional.empty(), false);
  private static final Endpoint UNKNOWN = way(Exposure.UNKNOWN, Optional.empty(), false);

  @Test
  void leadsToWhatADistributionFetchesFromAndNowhereElse() {
    CdnIndex index = index(Optional.empty(), "A1.example.com");

    assertThat(index.to(Map.of("a1.EXAMPLE.com", List.of(OPEN)), Exposure.PUBLIC))
        .containsExactly(through(Exposure.PUBLIC, Optional.empty(), false));
    assertThat(index.to(Map.of("a2.example.com", List.of(OPEN)), Exposure.PUBLIC)).isEmpty();
    assertThat(index.to(Map.of(ORIGIN, List.of()), Exposure.PUBLIC))
        .as("no way of the origin is open")
        .isEmpty();
  }

  @Test
  void hasTheFenceThatEachWayBehindItHasUnlessItHasItsOwn() {
    Map<String, List<Endpoint>> fenced = Map.of(ORIGIN, List.of(FENCED));
    Map<String, List<Endpoint>> both = Map.of(ORIGIN, List.of(FENCED, OPEN));

    assertThat(index(Optional.empty(), ORIGIN).to(fenced, Exposure.PUBLIC))
        .containsExactly(through(Exposure.PUBLIC, Optional.of("edge"), true));
    assertThat(index(Optional.empty(), ORIGIN).to(both, Exposure.PUBLIC))
        .containsExactly(through(Exposure.PUBLIC, Optional.empty(), false));
    assertThat(index(Optional.of("front"), ORIGIN).to(both, Exposure.PUBLIC))
        .containsExactly(through(Exposure.PUBLIC, Optional.of("front"), false));
  }

  @Test
  void isAsExposedAsWhatItReachesIfAnyWayToThatIsKnown() {
    CdnIndex index = index(Optional.empty(), ORIGIN);

    assertThat(index.to(Map.of(ORIGIN, List.of(UNKNOWN, OPEN)), Exposure.RESTRICTED))
        .containsExactly(through(Exposure.RESTRICTED, Optional.empty(), false));
    assertThat(index.to(Map.of(ORIGIN, List.of(UNKNOWN)), Exposure.RESTRICTED))
        .containsExactly(through(Exposure.UNKNOWN, Optional.empty(), false));
  }

  @Test
  void saysWhetherItKnowsAllDistributions() {
    assertThat(CdnIndex.of(List.of(), true).complete()).isTrue();
    assertThat(CdnIndex.of(List.of(), false).complete()).isFalse();
  }

  private static CdnIndex index(Optional<String> webAcl, String origin) {
    return CdnIndex.of(
        List.of(
            new CdnDistribution(
                List.of("d1.cloudfront.net"),
                List.of(origin),
                Optional.of("TLSv1.2_2021"),
                webAcl,
                false)),
        true);
  }

  private static Endpoint through(Exposure exposure, Optional<String> webAcl, boolean mutualTls) {
    return new Endpoint(
        Endpoint.Kind.DISTRIBUTION,
        "d1.cloudfront.net",
        "",
        "",
        exposure,
        Optional.of("TLSv1.2_2021"),
        webAcl,
        mutualTls,
        false);
  }

  private static Endpoint way(Exposure exposure, Optional<String> webAcl, boolean mutualTls) {
    return new Endpoint(
        Endpoint.Kind.CUSTOM_DOMAIN,
        ORIGIN,
        "",
        "prod",
        exposure,
        Optional.empty(),
        webAcl,
        mutualTls,
        false);
  }
}
