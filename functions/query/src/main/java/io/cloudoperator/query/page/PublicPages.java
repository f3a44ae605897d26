package io.cloudoperator.query.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.html.PackagedFiles;
import io.cloudoperator.runtime.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/**
 * What anyone may read, the same for everybody and without any store. Each is made when it is first
 * asked for, or before the snapshot, and kept.
 */
public final class PublicPages {
  /** Of this build. */
  private final Lazy<GzipText> contract = text(PublicPages::contractAsJson);

  private final Lazy<GzipText> permissions = text(() -> Json.write(PermissionsView.published()));
  private final Lazy<GzipText> claims =
      text(() -> ClaimsPage.of(PackagedFiles.text(PublicPages.class, "security.md")));
  private final Lazy<GzipText> trust;
  private final Lazy<GzipText> security;
  private final Optional<SecurityTxt> securityTxt;

  /**
   * The pages of a deployment.
   *
   * @param deployedAt when this function was made ready: where it is restored from a snapshot, that
   *     of the version's publication
   */
  public PublicPages(Settings settings, Instant deployedAt) {
    Lazy<SecurityPageSource> source = new Lazy<>(SecurityPageSource::read);
    Lazy<TrustFacts> facts =
        new Lazy<>(() -> TrustFacts.of(settings, PackagedFiles.VERSION, source.get().statements()));
    trust = text(() -> Json.write(facts.get()));
    security = text(() -> SecurityPage.of(source.get().markdown(), facts.get()));
    securityTxt =
        settings
            .securityContact()
            .map(contact -> new SecurityTxt(contact, deployedAt.truncatedTo(ChronoUnit.SECONDS)));
  }

  private static Lazy<GzipText> text(Supplier<String> written) {
    return new Lazy<>(() -> new GzipText(written.get()));
  }

  /** Makes all that are not made yet. */
  public void make() {
    all().forEach(Lazy::get);
  }

  /** How many are made. */
  public long made() {
    return all().stream().filter(Lazy::made).count();
  }

  private List<Lazy<GzipText>> all() {
    return List.of(contract, permissions, claims, trust, security);
  }

  /** The HTTP contract, openapi.yaml, as JSON. */
  public GzipText contract() {
    return contract.get();
  }

  /** What may be called in a customer's account. */
  public GzipText permissions() {
    return permissions.get();
  }

  /** What a customer has to know of this deployment, as HTML. */
  public GzipText security() {
    return security.get();
  }

  /** The facts of that page, as JSON. */
  public GzipText trust() {
    return trust.get();
  }

  /** What is promised, what keeps it, and how to check it, as HTML. */
  public GzipText claims() {
    return claims.get();
  }

  /** Whom to tell of a vulnerability; empty where the operator names nobody. */
  public Optional<SecurityTxt> securityTxt() {
    return securityTxt;
  }

  /** That the function answers, and which build it is. */
  public String health() {
    return Json.write(new Health("ok", PackagedFiles.VERSION));
  }

  public static String contractAsJson() {
    try (InputStream in =
        new GZIPInputStream(PackagedFiles.open(PublicPages.class, "openapi.yaml.gz"))) {
      return Json.write(new ObjectMapper(new YAMLFactory()).readValue(in, Map.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Health(String status, String version) {}
}
