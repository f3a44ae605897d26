package io.cloudoperator.platform.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Issues access tokens with RS256, the algorithm that API Gateway takes.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html">
 *     JWT authorizers</a>
 */
public final class TokenIssuer {
  private static final int KEY_BITS = 2048;
  private static final String FILE = "token-key.json";
  private static final Set<String> OWN_CLAIMS =
      Set.of("iss", "aud", "exp", "iat", "nbf", "jti", "scope", "scp", "client_id");

  private final String issuer;
  private final RSAKey key;
  private final InstantSource clock;

  private TokenIssuer(String issuer, RSAKey key, InstantSource clock) {
    this.issuer = issuer;
    this.key = key;
    this.clock = clock;
  }

  /**
   * What a token is for.
   *
   * @param tenantClaim the claim that names the tenant, such as {@code sub}
   * @param scopes without blanks in them
   */
  public record Grant(
      String tenantClaim, String tenant, Set<String> scopes, String audience, Duration lifetime) {
    public Grant {
      scopes = Set.copyOf(scopes);
      if (OWN_CLAIMS.contains(tenantClaim)) {
        throw new IllegalArgumentException("The claim " + tenantClaim + " cannot name the tenant");
      }
    }
  }

  /** An issuer with the key of this process, which is gone with it. */
  public static TokenIssuer create(String issuer, InstantSource clock) {
    return new TokenIssuer(issuer, ProcessKey.KEY, clock);
  }

  /** Made when it is first asked for, and once: it takes seconds. */
  private static final class ProcessKey {
    static final RSAKey KEY = newKey();
  }

  /**
   * An issuer with the key that is kept in this directory, made if need be in a file that only its
   * owner can read.
   *
   * @throws IOException if the file cannot be read or written, or holds no key
   */
  public static TokenIssuer keptIn(Path directory, String issuer, InstantSource clock)
      throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      write(file, newKey().toJSONString());
    }
    try {
      return new TokenIssuer(issuer, RSAKey.parse(Files.readString(file)), clock);
    } catch (ParseException e) {
      throw new IOException(file + " does not hold a key", e);
    }
  }

  private static void write(Path file, String text) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] mode =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path whole = Files.createTempFile(file.toAbsolutePath().getParent(), FILE, ".new", mode);
    Files.writeString(whole, text, StandardOpenOption.TRUNCATE_EXISTING);
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static RSAKey newKey() {
    try {
      return new RSAKeyGenerator(KEY_BITS)
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.RS256)
          .keyID(UUID.randomUUID().toString())
          .generate();
    } catch (JOSEException e) {
      throw new IllegalStateException("No key could be made", e);
    }
  }

  /** A signed token that is valid from now on. */
  public String issue(Grant grant) {
    return issue(grant, Map.of());
  }

  /**
   * The same with more claims, such as those of a person who has signed in.
   *
   * @throws IllegalArgumentException if one of them is the issuer's to say
   */
  public String issue(Grant grant, Map<String, ?> more) {
    if (more.keySet().stream().anyMatch(OWN_CLAIMS::contains)) {
      throw new IllegalArgumentException("One of the claims is the issuer's own");
    }
    Instant now = clock.instant();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(grant.tenant())
            .claim(grant.tenantClaim(), grant.tenant())
            .audience(grant.audience())
            .claim("scope", String.join(" ", grant.scopes()))
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(grant.lifetime())))
            .jwtID(UUID.randomUUID().toString());
    more.forEach(claims::claim);
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
            claims.build());
    try {
      token.sign(new RSASSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException("The token could not be signed", e);
    }
    return token.serialize();
  }

  /** What {@code iss} says. */
  public String issuer() {
    return issuer;
  }

  /** The public half of the key, for verifiers. */
  public JWKSet publicKeys() {
    return new JWKSet(key.toPublicJWK());
  }
}
