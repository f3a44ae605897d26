package io.cloudoperator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.Transport;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.RestApi;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How long the largest region takes that one scan reads whole, at a round trip of the farthest. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FiveHundredApisTest {
  private static final int APIS = 500;
  private static final RegionName BANGKOK = new RegionName("ap-southeast-7");

  /** What an Express execution has for it. */
  private static final Duration MOST = Duration.ofSeconds(235);

  @Test
  void areReadInTimeWithTheirRoutesStagesAndAuthorizers() {
    try (ModelTime time = new ModelTime(Sessions.NOW);
        LargeRegion region = new LargeRegion(time)) {
      for (int i = 0; i < APIS; i++) {
        region.apis.put("api-" + i, new LargeRegion.RestApi(Sessions.NOW, 50));
      }
      AwsRoleSession session =
          new AwsRoleSession(
              Sessions.CREDENTIALS,
              Manifest.operations(Tier.AUDIT),
              List.of(BANGKOK),
              new Transport(region, Optional.empty(), Sessions::retries),
              time,
              time);

      List<RestApi> read =
          session
              .discoverApis(
                  BANGKOK,
                  new RoleSession.ApiTurn(EarlierApis.NONE, Sessions.NOW, Sessions.NOW.plus(MOST)))
              .outcome()
              .readings()
              .facts(ApiGateway.REST_APIS);

      assertThat(read).hasSize(APIS).allMatch(api -> api.methods().size() == 50);
      assertThat(Duration.between(Sessions.NOW, time.instant()))
          .isLessThan(MOST)
          .isGreaterThan(Duration.ofSeconds(220));
    }
  }
}
