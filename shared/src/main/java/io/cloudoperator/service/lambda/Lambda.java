package io.cloudoperator.service.lambda;

import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.ApiKind.Trait;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.service.Discovery;
import io.cloudoperator.service.RegionFacts;
import io.cloudoperator.service.ScannedService;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** AWS Lambda: the URLs of functions. */
public final class Lambda implements ScannedService {
  // Half of 15 a second over all operations of the control plane together.
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#api-requests
  public static final AwsService SERVICE = AwsService.restJson("lambda").limited(7.5, 7);

  public static final ApiSource<FunctionUrl> FUNCTION_URLS =
      new ApiSource<>("function_urls", FunctionUrl.class, Lambda::mayBe);

  public static final ApiKind FUNCTION_URL =
      new ApiKind(
          "function_url",
          FUNCTION_URLS,
          Set.of(Trait.ROUTES),
          Set.of(
              RiskFlag.Kind.FUNCTION_URL_WITHOUT_AUTHORIZATION,
              RiskFlag.Kind.WILDCARD_CORS_WITH_CREDENTIALS));

  private static boolean mayBe(String host, String region) {
    return host.contains(".lambda-url." + region + ".");
  }

  @Override
  public List<ReadOperation<?>> scanning() {
    return List.of(FunctionUrlReader.LIST_FUNCTIONS, FunctionUrlReader.LIST_FUNCTION_URL_CONFIGS);
  }

  @Override
  public List<Discovery<?>> regional() {
    return List.of(new Discovery<>(FUNCTION_URLS, SERVICE, FunctionUrlReader::read));
  }

  @Override
  public List<ApiKind> kinds() {
    return List.of(FUNCTION_URL);
  }

  @Override
  public Stream<Api> apis(RegionFacts found) {
    FunctionUrlRules rules = new FunctionUrlRules(found.region(), found.cdn());
    return found.facts(FUNCTION_URLS).stream().map(rules::api);
  }
}
