package io.cloudoperator.sample.cloudfront;

import io.cloudoperator.sample.apigateway.HttpApiFacts;
import io.cloudoperator.sample.apigateway.RestApiFacts;
import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.data.Scramble;
import io.cloudoperator.sample.data.Share;
import java.util.List;
import java.util.Optional;

/** Distributions, two of them before APIs that can be reached without them. */
final class DistributionGenerator implements Generator {

  @Override
  public List<Runnable> showcase(AccountDraft draft) {
    return List.of(() -> plain(draft), () -> besideAnOpenOrigin(draft));
  }

  private static void plain(AccountDraft draft) {
    put(
        draft,
        "allow-all",
        "TLSv1",
        Optional.empty(),
        "www.shop.example.com",
        draft.resources().of(RestApiFacts.class).all().stream()
            .filter(each -> each.name().equals("catalog"))
            .map(RestApiFacts::host)
            .findFirst());
  }

  /** Whoever knows the origin goes round the web ACL. */
  private static void besideAnOpenOrigin(AccountDraft draft) {
    put(
        draft,
        "redirect-to-https",
        "TLSv1.2_2021",
        Optional.of("storefront-rules"),
        "www.example.com",
        draft.resources().of(HttpApiFacts.class).all().stream()
            .filter(each -> each.name().equals("storefront"))
            .map(HttpApiFacts::host)
            .findFirst());
  }

  private static void put(
      AccountDraft draft,
      String viewers,
      String tls,
      Optional<String> acl,
      String alias,
      Optional<String> origin) {
    draft.put(
        new DistributionFacts(
            draft.ids().distribution(),
            List.of(alias),
            true,
            viewers,
            tls,
            acl,
            List.of(origin.orElse("origin.example.com"), "assets-of-the-shop.s3.amazonaws.com"),
            draft.ago(100)));
  }

  @Override
  public List<Share<Maker>> kinds(AccountDraft draft) {
    return List.of(
        new Share<>(
            (_, _, noun, _, draw) ->
                draft.put(
                    new DistributionFacts(
                        draft.ids().distribution(),
                        List.of(noun + ".example.com"),
                        true,
                        Scramble.chance(800, draw, 7) ? "redirect-to-https" : "allow-all",
                        "TLSv1.2_2021",
                        AccountDraft.acl(draw),
                        List.of(noun + "-assets.s3.amazonaws.com"),
                        draft.ago(90))),
            5));
  }
}
