package io.cloudoperator.sample.lambda;

import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.ApiSize;
import io.cloudoperator.sample.data.CorsFacts;
import io.cloudoperator.sample.data.Drawn;
import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.Share;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Functions with a URL, and some without. */
final class LambdaGenerator implements Generator {

  private static final Optional<CorsFacts> ANY = Optional.of(new CorsFacts(List.of("*"), true));

  @Override
  public List<Runnable> showcase(AccountDraft draft) {
    return List.of(
        () -> function(draft, 0, "thumbnailer", Optional.empty(), "NONE", ANY),
        () -> function(draft, 1, "invoice-render", Optional.empty(), "AWS_IAM", Optional.empty()),
        () -> function(draft, 2, "price-feed", Optional.of("live"), "NONE", Optional.empty()));
  }

  private static void function(
      AccountDraft draft,
      int place,
      String name,
      Optional<String> qualifier,
      String authType,
      Optional<CorsFacts> cors) {
    FunctionFacts.Url url =
        new FunctionFacts.Url(qualifier, host(draft, place), authType, cors, draft.ago(30));
    put(draft, place, name, "python3.13", 30, name, List.of(url));
  }

  @Override
  public List<Share<Consumer<Drawn>>> kinds() {
    return List.of(new Share<>(LambdaGenerator::function, 12));
  }

  private static void function(Drawn drawn) {
    FunctionFacts.Url url =
        new FunctionFacts.Url(
            Optional.empty(),
            host(drawn.draft(), drawn.place()),
            drawn.chance(250, 7) ? "NONE" : "AWS_IAM",
            Optional.empty(),
            drawn.draft().ago(20));
    put(
        drawn.draft(),
        drawn.place(),
        drawn.name() + "-" + drawn.index(),
        drawn.chance(500, 8) ? "nodejs22.x" : "python3.13",
        20,
        drawn.name(),
        List.of(url));
  }

  @Override
  public void besides(AccountDraft draft) {
    for (int place = 0; place < Math.min(3, draft.regions().size()); place++) {
      for (String name : List.of("nightly-export", "image-resize", "queue-worker")) {
        put(draft, place, name, "java25", 40, name, List.of());
      }
    }
  }

  @Override
  public void alike(AccountDraft draft, ApiSize size) {
    for (int i = 0; i < size.functions(); i++) {
      List<FunctionFacts.Url> urls =
          i % 20 == 0
              ? List.of(
                  new FunctionFacts.Url(
                      Optional.empty(), host(draft, 0), "AWS_IAM", Optional.empty(), draft.ago(9)))
              : List.of();
      String name = "worker-%05d".formatted(i);
      put(draft, 0, name, "java25", 9, name, urls);
    }
  }

  private static String host(AccountDraft draft, int place) {
    return draft.ids().letters(32) + ".lambda-url." + draft.region(place) + ".on.aws";
  }

  private static void put(
      AccountDraft draft,
      int place,
      String id,
      String runtime,
      int days,
      String name,
      List<FunctionFacts.Url> urls) {
    Map<String, String> environment =
        Map.of(
            "TABLE_NAME", PlantedSecret.of("table-of-" + name),
            "DATABASE_PASSWORD", PlantedSecret.of("password"));
    draft.put(
        new FunctionFacts(draft.region(place), id, runtime, draft.ago(days), environment, urls));
  }
}
