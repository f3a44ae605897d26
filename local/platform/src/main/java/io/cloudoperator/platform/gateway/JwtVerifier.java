package io.cloudoperator.platform.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.cloudoperator.platform.template.JwtAuthorizer;
import java.text.ParseException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Checks a token as API Gateway's JWT authorizer does: signature by {@code kid}, {@code iss},
 * {@code aud} or else {@code client_id}, {@code exp}, {@code nbf}, {@code iat}. Besides RS256 it
 * takes ES256.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html">
 *     JWT authorizers</a>
 */
public final class JwtVerifier {
  private final JwtAuthorizer authorizer;
  private final JWKSet keys;
  private final InstantSource clock;

  public JwtVerifier(JwtAuthorizer authorizer, JWKSet keys, InstantSource clock) {
    this.authorizer = authorizer;
    this.keys = keys;
    this.clock = clock;
  }

  /**
   * A token that was found good.
   *
   * @param claims as API Gateway writes them: each value as text
   */
  record Verified(Map<String, String> claims, Set<String> scopes) {}

  /** What the token says, or empty if it is not good. */
  Optional<Verified> verify(String token) {
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWTClaimsSet claims = jwt.getJWTClaimsSet();
      if (!signed(jwt) || !valid(claims)) {
        return Optional.empty();
      }
      Map<String, String> texts = new TreeMap<>();
      claims.toJSONObject().forEach((name, value) -> texts.put(name, text(value)));
      return Optional.of(new Verified(texts, scopes(claims)));
    } catch (ParseException | JOSEException _) {
      return Optional.empty();
    }
  }

  private boolean signed(SignedJWT jwt) throws JOSEException {
    String id = jwt.getHeader().getKeyID();
    JWK key = id == null ? null : keys.getKeyByKeyId(id);
    JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
    JWSVerifier verifier;
    if (key instanceof RSAKey rsa && algorithm.equals(JWSAlgorithm.RS256)) {
      verifier = new RSASSAVerifier(rsa);
    } else if (key instanceof ECKey ec && algorithm.equals(JWSAlgorithm.ES256)) {
      verifier = new ECDSAVerifier(ec);
    } else {
      return false;
    }
    return jwt.verify(verifier);
  }

  private boolean valid(JWTClaimsSet claims) throws ParseException {
    Instant now = clock.instant();
    List<String> audience = claims.getAudience();
    String client = claims.getStringClaim("client_id");
    boolean forUs =
        audience.isEmpty()
            ? client != null && authorizer.audiences().contains(client)
            : !Collections.disjoint(audience, authorizer.audiences());
    Date expires = claims.getExpirationTime();
    return forUs
        && authorizer.issuer().equals(claims.getIssuer())
        && expires != null
        && now.isBefore(expires.toInstant())
        && !later(claims.getNotBeforeTime(), now)
        && !later(claims.getIssueTime(), now);
  }

  private static boolean later(@org.jspecify.annotations.Nullable Date date, Instant now) {
    return date != null && date.toInstant().isAfter(now);
  }

  private static Set<String> scopes(JWTClaimsSet claims) {
    Object claim =
        claims.getClaim("scope") == null ? claims.getClaim("scp") : claims.getClaim("scope");
    Set<String> scopes = new HashSet<>();
    switch (claim) {
      case String text -> scopes.addAll(List.of(text.split(" ", -1)));
      case List<?> list -> list.forEach(scope -> scopes.add(String.valueOf(scope)));
      case null, default -> {}
    }
    return scopes;
  }

  private static String text(Object value) {
    return value instanceof List<?> list
        ? "[" + String.join(" ", list.stream().map(String::valueOf).toList()) + "]"
        : String.valueOf(value);
  }
}
