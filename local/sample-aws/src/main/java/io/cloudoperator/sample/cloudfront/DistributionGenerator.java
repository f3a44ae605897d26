package io.cloudoperator.sample.cloudfront;

import io.cloudoperator.sample.apigateway.GatewayApi;
import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.Drawn;
import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.data.Share;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Distributions, two of them before APIs that can be reached without them. */
final class DistributionGenerator implements Generator {

  private static final String ASSETS = "assets-of-the-shop.s3.amazonaws.com";

  @Override
  public List<Runnable> showcase(AccountDraft draft) {
    return List.of(() -> plain(draft), () -> besideAnOpenOrigin(draft));
  }

  private static void plain(AccountDraft draft) {
    List<String> origins = List.of(host(draft, "catalog"), ASSETS);
    put(draft, "www.shop.example.com", "allow-all", "TLSv1", Optional.empty(), origins, 100);
  }

  /** Whoever knows the origin goes round the web ACL. */
  private static void besideAnOpenOrigin(AccountDraft draft) {
    Optional<String> acl = Optional.of("storefront-rules");
    List<String> origins = List.of(host(draft, "storefront"), ASSETS);
    put(draft, "www.example.com", "redirect-to-https", "TLSv1.2_2021", acl, origins, 100);
  }

  /** Of the API of that name, if the account has it. */
  private static String host(AccountDraft draft, String api) {
    return draft.account().all(GatewayApi.class).all().stream()
        .filter(each -> each.name().equals(api))
        .map(GatewayApi::host)
        .findFirst()
        .orElse("origin.example.com");
  }

  @Override
  public List<Share<Consumer<Drawn>>> kinds() {
    return List.of(new Share<>(DistributionGenerator::distribution, 5));
  }

  private static void distribution(Drawn drawn) {
    put(
        drawn.draft(),
        drawn.noun() + ".example.com",
        drawn.chance(800, 7) ? "redirect-to-https" : "allow-all",
        "TLSv1.2_2021",
        drawn.acl(),
        List.of(drawn.noun() + "-assets.s3.amazonaws.com"),
        90);
  }

  private static void put(
      AccountDraft draft,
      String alias,
      String viewers,
      String tls,
      Optional<String> acl,
      List<String> origins,
      int days) {
    String id = draft.ids().distribution();
    draft.put(
        new DistributionFacts(
            id, List.of(alias), true, viewers, tls, acl, origins, draft.ago(days)));
  }
}
