package io.cloudoperator.sample.elb;

import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.Drawn;
import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.data.Share;
import io.cloudoperator.sample.elb.LoadBalancerFacts.Listener;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Load balancers, secure and not. */
final class LoadBalancerGenerator implements Generator {

  private static final String GOOD = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  private static final String OLD = "ELBSecurityPolicy-2016-08";

  @Override
  public List<Runnable> showcase(AccountDraft draft) {
    return List.of(
        () -> put(draft, 0, "app", "legacy-web", true, 500, plain(80)),
        () ->
            put(
                draft,
                1,
                "app",
                "web",
                true,
                500,
                new Listener(80, "HTTP", Optional.empty(), true, false),
                new Listener(443, "HTTPS", Optional.of(OLD), false, false),
                new Listener(8443, "HTTPS", Optional.of(GOOD), false, true)),
        () -> put(draft, 2, "app", "internal-tools", false, 500, plain(80)),
        () ->
            put(
                draft,
                0,
                "net",
                "feeds",
                true,
                500,
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
      int days,
      Listener... listeners) {
    draft.put(
        new LoadBalancerFacts(
            draft.region(place),
            kind + "/" + name + "/" + draft.ids().hex(),
            name,
            kind.equals("net") ? "network" : "application",
            internetFacing,
            draft.ago(days),
            List.of(listeners)));
  }

  @Override
  public List<Share<Consumer<Drawn>>> kinds() {
    return List.of(new Share<>(LoadBalancerGenerator::balancer, 11));
  }

  private static void balancer(Drawn drawn) {
    boolean secure = drawn.chance(750, 7);
    put(
        drawn.draft(),
        drawn.place(),
        "app",
        drawn.name(),
        drawn.chance(600, 8),
        300,
        new Listener(80, "HTTP", Optional.empty(), secure, false),
        new Listener(443, "HTTPS", Optional.of(secure ? GOOD : OLD), false, drawn.chance(200, 9)));
  }
}
