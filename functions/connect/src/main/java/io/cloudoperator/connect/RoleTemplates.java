package io.cloudoperator.connect;

import io.cloudoperator.connection.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The files of customer/ that make a tier's role, as this release has them. */
final class RoleTemplates {
  private static final Map<Tier, RoleTemplates> ALL = new EnumMap<>(Tier.class);

  static {
    for (Tier tier : Tier.values()) {
      ALL.put(tier, new RoleTemplates(tier.name().toLowerCase(Locale.ROOT) + "-role"));
    }
  }

  private final String cloudFormation;
  private final String terraform;

  private RoleTemplates(String name) {
    cloudFormation = text(name + ".yaml");
    terraform = text(name + ".tf");
  }

  static RoleTemplates of(Tier tier) {
    return Objects.requireNonNull(ALL.get(tier));
  }

  /** A template of CloudFormation. */
  String cloudFormation() {
    return cloudFormation;
  }

  /** A module of Terraform. */
  String terraform() {
    return terraform;
  }

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            RoleTemplates.class.getResourceAsStream(name), () -> name + " is not in the jar")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
