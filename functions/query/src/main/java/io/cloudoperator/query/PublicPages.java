package io.cloudoperator.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** What anyone may read, the same for everybody: made once, and without any store. */
final class PublicPages {
  /** Of this build. */
  static final String VERSION = version();

  private final String contract = contractAsJson();
  private final String permissions = Json.write(PermissionsView.published());
  private final String claims = ClaimsPage.of(text("security.md"));
  private final String health = Json.write(new Health("ok", VERSION));
  private final String trust;
  private final String security;
  private final Optional<SecurityTxt> securityTxt;

  /**
   * The pages of a deployment.
   *
   * @param deployedAt when this function was made ready: where it is restored from a snapshot, that
   *     of the version's publication
   */
  PublicPages(Settings settings, Instant deployedAt) {
    SecurityPageSource source = SecurityPageSource.read();
    TrustFacts facts = TrustFacts.of(settings, VERSION, source.statements());
    trust = Json.write(facts);
    security = SecurityPage.of(source.markdown(), facts);
    securityTxt =
        facts
            .securityContact()
            .map(contact ->
                new SecurityTxt(contact.uri(), deployedAt.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** The HTTP contract, openapi.yaml, as JSON. */
  String contract() {
    return contract;
  }

  /** What may be called in a customer's account. */
  String permissions() {
    return permissions;
  }

  /** What a customer has to know of this deployment, as HTML. */
  String security() {
    return security;
  }

  /** The facts of that page, as JSON. */
  String trust() {
    return trust;
  }

  /** What is promised, what keeps it, and how to check it, as HTML. */
  String claims() {
    return claims;
  }

  /** Whom to tell of a vulnerability; empty where the operator names nobody. */
  Optional<SecurityTxt> securityTxt() {
    return securityTxt;
  }

  /** That the function answers, and which build it is. */
  String health() {
    return health;
  }

  private static String version() {
    try (InputStream in = resource("build.properties")) {
      Properties build = new Properties();
      build.load(in);
      return build.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String contractAsJson() {
    try (InputStream in = resource("openapi.yaml")) {
      return Json.write(new ObjectMapper(new YAMLFactory()).readValue(in, Map.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text that is in the jar beside this class. */
  static String text(String name) {
    try (InputStream in = resource(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        PublicPages.class.getResourceAsStream(name), () -> name + " is not in the jar");
  }

  private record Health(String status, String version) {}
}
