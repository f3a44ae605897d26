package io.cloudoperator.query;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/** What anyone may read, the same for everybody: made once, and without any store. */
final class PublicPages {
  /** Of this build. */
  static final String VERSION = version();

  private final String contract = contractAsJson();
  private final String permissions = Json.write(PermissionsView.published());
  private final String security = SecurityPage.of(text("security.md"));
  private final String health = Json.write(new Health("ok", VERSION));

  /** The HTTP contract, openapi.yaml, as JSON. */
  String contract() {
    return contract;
  }

  /** What may be called in a customer's account. */
  String permissions() {
    return permissions;
  }

  /** What is promised, what keeps it, and how to check it, as HTML. */
  String security() {
    return security;
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

  private static String contractAsJson() {
    try (InputStream in = resource("openapi.yaml")) {
      return Json.write(new ObjectMapper(new YAMLFactory()).readValue(in, Map.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String name) {
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
