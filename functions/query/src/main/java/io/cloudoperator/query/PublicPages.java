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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.zip.GZIPInputStream;

/**
 * What anyone may read, the same for everybody and without any store. Each is made when it is first
 * asked for, or before the snapshot, and kept.
 */
final class PublicPages {
  /** Of this build. */
  static final String VERSION = version();

  private final Lazy<String> contract = new Lazy<>(PublicPages::contractAsJson);
  private final Lazy<String> permissions =
      new Lazy<>(() -> Json.write(PermissionsView.published()));
  private final Lazy<String> claims = new Lazy<>(() -> ClaimsPage.of(text("security.md")));
  private final Lazy<String> trust;
  private final Lazy<String> security;
  private final Optional<SecurityTxt> securityTxt;

  /**
   * The pages of a deployment.
   *
   * @param deployedAt when this function was made ready: where it is restored from a snapshot, that
   *     of the version's publication
   */
  PublicPages(Settings settings, Instant deployedAt) {
    Lazy<SecurityPageSource> source = new Lazy<>(SecurityPageSource::read);
    Lazy<TrustFacts> facts =
        new Lazy<>(() -> TrustFacts.of(settings, VERSION, source.get().statements()));
    trust = new Lazy<>(() -> Json.write(facts.get()));
    security = new Lazy<>(() -> SecurityPage.of(source.get().markdown(), facts.get()));
    securityTxt =
        settings
            .securityContact()
            .map(contact -> new SecurityTxt(contact, deployedAt.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** Makes all that are not made yet. */
  void make() {
    all().forEach(Lazy::get);
  }

  List<Lazy<String>> all() {
    return List.of(contract, permissions, claims, trust, security);
  }

  /** The HTTP contract, openapi.yaml, as JSON. */
  String contract() {
    return contract.get();
  }

  /** What may be called in a customer's account. */
  String permissions() {
    return permissions.get();
  }

  /** What a customer has to know of this deployment, as HTML. */
  String security() {
    return security.get();
  }

  /** The facts of that page, as JSON. */
  String trust() {
    return trust.get();
  }

  /** What is promised, what keeps it, and how to check it, as HTML. */
  String claims() {
    return claims.get();
  }

  /** Whom to tell of a vulnerability; empty where the operator names nobody. */
  Optional<SecurityTxt> securityTxt() {
    return securityTxt;
  }

  /** That the function answers, and which build it is. */
  String health() {
    return Json.write(new Health("ok", VERSION));
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
    try (InputStream in = new GZIPInputStream(resource("openapi.yaml.gz"))) {
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
