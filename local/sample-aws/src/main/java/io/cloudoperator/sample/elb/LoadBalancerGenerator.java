package io.cloudoperator.sample.elb;

import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.data.Scramble;
import io.cloudoperator.sample.data.Share;
import io.cloudoperator.sample.elb.LoadBalancerFacts.Listener;
import java.util.List;
import java.util.Optional;

/** Load balancers, secure and not. */
final class LoadBalancerGenerator implements Generator {

  private static final String GOOD = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  private static final String OLD = "ELBSecurityPolicy-2016-08";

  @Override
  public List<Runnable> showcase(AccountDraft draft) {
    return List.of(
        () -> put(draft, 0, "app", "legacy-web", true, plain(80)),
        () ->
            put(
                draft,
                1,
                "app",
                "web",
                true,
                new Listener(80, "HTTP", Optional.empty(), true, false),
                new Listener(443, "HTTPS", Optional.of(OLD), false, false),
                new Listener(8443, "HTTPS", Optional.of(GOOD), false, true)),
        () -> put(draft, 2, "app", "internal-tools", false, plain(80)),
        () ->
            put(
                draft,
                0,
                "net",
                "feeds",
                true,
                new Listener(443, "TLS", Optional.of(GOOD), false, false)));
  }

  private static Listener plain(int port) {
    return new Listener(port, "HTTP", Optional.empty(), false, false);
  }

  private static void put(
      AccountDraft draft,
      int place,
      String kind,
      String name,
      boolean internetFacing,
      Listener... listeners) {
    draft.put(
        new LoadBalancerFacts(
            draft.region(place),
            kind + "/" + name + "/" + draft.ids().hex(),
            name,
            kind.equals("net") ? "network" : "application",
            internetFacing,
            draft.ago(500),
            List.of(listeners)));
  }

  @Override
  public List<Share<Maker>> kinds(AccountDraft draft) {
    return List.of(
        new Share<>(
            (region, _, _, name, draw) -> {
              boolean secure = Scramble.chance(750, draw, 7);
              draft.put(
                  new LoadBalancerFacts(
                      region,
                      "app/" + name + "/" + draft.ids().hex(),
                      name,
                      "application",
                      Scramble.chance(600, draw, 8),
                      draft.ago(300),
                      List.of(
                          new Listener(80, "HTTP", Optional.empty(), secure, false),
                          new Listener(
                              443,
                              "HTTPS",
                              Optional.of(secure ? GOOD : OLD),
                              false,
                              Scramble.chance(200, draw, 9)))));
            },
            11));
  }
}
