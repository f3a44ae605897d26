package io.cloudoperator.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.service.ApiKinds;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.appsync.AppSync;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void readsBackWhatItWrote() {
    RegionOutcome complete =
        new RegionOutcome(
            new RegionName("eu-central-1"),
            new Reading.Complete<>(InstanceFacts.COUNTED.none()),
            List.of(new CallCount("ec2", "DescribeInstances", 1, 0, 0)));
    RegionOutcome denied =
        new RegionOutcome(
            new RegionName("us-east-1"),
            new Reading.Unread<>(Reading.Reason.DENIED_BY_SCP, "UnauthorizedOperation"),
            List.of());

    assertThat(Json.read(Json.write(complete), RegionOutcome.class)).isEqualTo(complete);
    assertThat(Json.read(Json.write(denied), RegionOutcome.class)).isEqualTo(denied);
  }

  @Test
  void writesExceptionsOnlyWhereThereAreSome() {
    record Names(Reading<List<String>> read) {}
    Names whole = new Names(new Reading.Complete<>(List.of("a")));
    Names but =
        new Names(
            new Reading.Complete<>(
                List.of("a"),
                List.of(new UnreadItem("b", Reading.Reason.DENIED_BY_SCP, "AccessDenied"))));

    assertThat(Json.write(whole))
        .isEqualTo("{\"read\":{\"status\":\"complete\",\"value\":[\"a\"]}}");
    assertThat(Json.write(but))
        .isEqualTo(
            """
            {"read":{"status":"complete","value":["a"],"except":[{"item":"b","reason":"denied_by_scp","code":"AccessDenied"}]}}\
            """);
    assertThat(Json.read(Json.write(whole), Names.class)).isEqualTo(whole);
    assertThat(Json.read(Json.write(but), Names.class)).isEqualTo(but);
  }

  @Test
  void writesOutcomesAsAReaderExpectsThem() {
    RegionOutcome denied =
        new RegionOutcome(
            new RegionName("us-east-1"),
            new Reading.Unread<>(Reading.Reason.DENIED_BY_SCP, "UnauthorizedOperation"),
            List.of());

    assertThat(Json.write(denied))
        .isEqualTo(
            """
            {"region":"us-east-1","instances":{"status":"unread","reason":"denied_by_scp",\
            "code":"UnauthorizedOperation"},"calls":[]}\
            """);
  }

  @Test
  void writesApisByTheirIdsAndFlagsInLowerCaseAndReadsThemBack() {
    record Flagged(ApiId id, SortedMap<RiskFlag.Kind, Long> flags) {}
    Flagged flagged =
        new Flagged(
            ApiKinds.id("eu-west-1/function_url/resize:live"),
            new TreeMap<>(
                Map.of(RiskFlag.Kind.NO_THROTTLING, 2L, RiskFlag.Kind.TLS_BELOW_1_2, 1L)));

    String json = Json.write(flagged);

    assertThat(json)
        .isEqualTo(
            """
            {"id":"eu-west-1/function_url/resize:live",\
            "flags":{"tls_below_1_2":1,"no_throttling":2}}\
            """);
    assertThat(Json.read(json, Flagged.class)).isEqualTo(flagged);
  }

  @Test
  void readsAnIdOfAKindThatALaterReleaseFinds() {
    ApiId later = Json.read("\"eu-west-1/soap/a1\"", ApiId.class);

    assertThat(later).hasToString("eu-west-1/soap/a1");
    assertThatThrownBy(() -> ApiKinds.id(later.toString()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void skipsFactsOfASourceThatALaterReleaseReads() {
    RegionApis found =
        Json.read(
            """
            {"region":"eu-west-1","soapApis":{"status":"complete","value":[{"id":"s"}]},
            "graphqlApis":{"status":"complete","value":[]},"calls":[]}
            """,
            RegionApis.class);

    assertThat(found.readings().sources()).containsExactly(AppSync.GRAPHQL_APIS);
    assertThat(found.readings().find(ApiGateway.REST_APIS)).isEmpty();
  }

  @Test
  void refusesAnIdOfNoApi() {
    assertThatThrownBy(() -> Json.read("\"eu-west-1/soap\"", ApiId.class))
        .isInstanceOf(IllegalStateException.class)
        .hasStackTraceContaining("eu-west-1/rest/a1b2c3");
  }

  @Test
  void hasNoFormForAnyPartOfARoleReference() {
    ExternalId externalId = new ExternalId("canary-external-id");
    RoleArn role = new RoleArn("arn:aws:iam::444455556666:role/canary");

    for (Object secret :
        List.of(externalId, role, RoleReference.issued(externalId).withRole(role))) {
      assertThatThrownBy(() -> Json.write(secret))
          .isInstanceOf(IllegalStateException.class)
          .hasStackTraceContaining("role reference")
          .satisfies(thrown -> assertThat(thrown).hasMessageNotContaining("canary"));
    }
  }
}
