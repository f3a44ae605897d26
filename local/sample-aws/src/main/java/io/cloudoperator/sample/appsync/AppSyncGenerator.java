package io.cloudoperator.sample.appsync;

import io.cloudoperator.sample.data.AccountDraft;
import io.cloudoperator.sample.data.Drawn;
import io.cloudoperator.sample.data.Generator;
import io.cloudoperator.sample.data.Share;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** GraphQL APIs among an account's APIs, and three Event APIs besides. */
final class AppSyncGenerator implements Generator {

  private static final String PEOPLE = "AMAZON_COGNITO_USER_POOLS";
  private static final String KEY = "API_KEY";
  private static final String SIGNED = "AWS_IAM";

  @Override
  public List<Runnable> showcase(AccountDraft draft) {
    Optional<String> acl = Optional.of("public-api-rules");
    return List.of(
        () -> graphql(draft, 0, "storefront-graph", false, false, Optional.empty(), KEY),
        () -> graphql(draft, 1, "people-graph", false, true, acl, PEOPLE, KEY),
        () -> graphql(draft, 2, "ledger-graph", true, true, Optional.empty(), SIGNED));
  }

  @Override
  public List<Share<Consumer<Drawn>>> kinds() {
    return List.of(new Share<>(AppSyncGenerator::graphql, 6));
  }

  private static void graphql(Drawn drawn) {
    String by = drawn.chance(250, 7) ? KEY : PEOPLE;
    boolean logging = drawn.chance(600, 9);
    graphql(drawn.draft(), drawn.place(), drawn.name(), false, logging, drawn.acl(), by);
  }

  @Override
  public void besides(AccountDraft draft) {
    List<String> key = List.of(KEY);
    List<String> people = List.of(PEOPLE);
    event(draft, 0, "ticker", key, key, key, Optional.empty());
    event(draft, 1, "chat-rooms", people, people, people, Optional.of("edge-rules"));
    // Anyone with the key may listen; what is published is signed.
    List<String> both = List.of(SIGNED, KEY);
    event(draft, 0, "scores", both, List.of(SIGNED), key, Optional.empty());
  }

  private static void graphql(
      AccountDraft draft,
      int place,
      String name,
      boolean privateOnly,
      boolean logging,
      Optional<String> acl,
      String... authentication) {
    draft.put(
        new GraphqlFacts(
            draft.region(place),
            draft.ids().letters(26),
            name,
            List.of(authentication),
            privateOnly,
            logging,
            acl));
  }

  private static void event(
      AccountDraft draft,
      int place,
      String name,
      List<String> connect,
      List<String> publish,
      List<String> subscribe,
      Optional<String> acl) {
    draft.put(
        new EventApiFacts(
            draft.region(place),
            draft.ids().letters(26),
            name,
            draft.ago(75),
            connect,
            connect,
            publish,
            subscribe,
            acl.isPresent(),
            acl.isPresent(),
            acl));
  }
}
