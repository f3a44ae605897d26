package io.cloudoperator.query.page;

import io.cloudoperator.runtime.SignIn;
import java.util.Optional;

/**
 * What the console knows of its deployment before anybody has signed in.
 *
 * @param signIn how people sign in: with an authorization code and PKCE; empty where the console is
 *     given a token instead
 */
record ConsoleSettings(String version, Optional<Endpoints> signIn) {
  /** All that a person may do; a token of fewer scopes is refused what it has none for. */
  private static final String SCOPE =
      "openid cloudoperator/read cloudoperator/write cloudoperator/delete";

  static ConsoleSettings of(String version, Optional<SignIn> signIn) {
    return new ConsoleSettings(version, signIn.map(Endpoints::of));
  }

  /** Of an authorization server. */
  record Endpoints(
      String issuer,
      String clientId,
      String authorizationEndpoint,
      String tokenEndpoint,
      String logoutEndpoint,
      String scope) {

    private static Endpoints of(SignIn signIn) {
      return new Endpoints(
          signIn.issuer(),
          signIn.clientId(),
          signIn.domain().resolve("/oauth2/authorize").toString(),
          signIn.domain().resolve("/oauth2/token").toString(),
          signIn.domain().resolve("/logout").toString(),
          SCOPE);
    }
  }
}
