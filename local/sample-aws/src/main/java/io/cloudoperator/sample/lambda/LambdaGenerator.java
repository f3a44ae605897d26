package io.cloudoperator.sample.lambda;

import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.CorsFacts;
import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.Scramble;
import io.cloudoperator.sample.data.Share;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions with a URL, and some without. */
final class LambdaGenerator implements Generator {

  @Override
  public List<Runnable> showcase(AccountDraft draft) {
    CorsFacts any = new CorsFacts(List.of("*"), true);
    return List.of(
        () -> function(draft, 0, "thumbnailer", Optional.empty(), "NONE", Optional.of(any)),
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
    String region = draft.region(place);
    draft.put(
        new FunctionFacts(
            region,
            name,
            "python3.13",
            draft.ago(30),
            environment(name),
            List.of(
                new FunctionFacts.Url(
                    qualifier, host(draft, region), authType, cors, draft.ago(30)))));
  }

  @Override
  public List<Share<Maker>> kinds(AccountDraft draft) {
    return List.of(
        new Share<>(
            (region, index, _, name, draw) ->
                draft.put(
                    new FunctionFacts(
                        region,
                        name + "-" + index,
                        Scramble.chance(500, draw, 8) ? "nodejs22.x" : "python3.13",
                        draft.ago(20),
                        environment(name),
                        List.of(
                            new FunctionFacts.Url(
                                Optional.empty(),
                                host(draft, region),
                                Scramble.chance(250, draw, 7) ? "NONE" : "AWS_IAM",
                                Optional.empty(),
                                draft.ago(20))))),
            12));
  }

  @Override
  public void besides(AccountDraft draft) {
    for (int place = 0; place < Math.min(3, draft.regions().size()); place++) {
      for (String name : List.of("nightly-export", "image-resize", "queue-worker")) {
        draft.put(
            new FunctionFacts(
                draft.region(place), name, "java25", draft.ago(40), environment(name), List.of()));
      }
    }
  }

  private static String host(AccountDraft draft, String region) {
    return draft.ids().letters(32) + ".lambda-url." + region + ".on.aws";
  }

  private static Map<String, String> environment(String name) {
    return Map.of(
        "TABLE",
        PlantedSecret.of("table-of-" + name),
        "DATABASE_PASSWORD",
        PlantedSecret.of("password"));
  }
}
