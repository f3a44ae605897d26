package io.cloudoperator.sample;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.iam.Credential;
import io.cloudoperator.sample.iam.IamDirectory;
import io.cloudoperator.sample.iam.ManagedPolicies;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.PolicyKind;
import io.cloudoperator.sample.iam.Role;
import io.cloudoperator.sample.kms.KeyRing;
import io.cloudoperator.sample.kms.KmsKey;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a sample AWS remembers in a directory: roles, credentials and KMS keys, in one JSON file.
 */
record SavedState(
    String brokerKeyId,
    String customerKeyId,
    List<RoleState> roles,
    List<CredentialState> credentials,
    List<KeyState> keys) {

  private static final String FILE = "sample-aws.json";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  /**
   * @param policies inline ones by their names, managed ones by their ARNs
   * @param boundary one permissions boundary, or none
   */
  record RoleState(
      String arn,
      String id,
      String trust,
      Map<String, String> policies,
      List<String> boundary,
      long maxSessionSeconds) {}

  /** Of a user (then {@code userPolicy} is set), or of a session of a role. */
  record CredentialState(
      String accessKeyId,
      String secretAccessKey,
      String token,
      String expiration,
      String arn,
      String id,
      String userPolicy,
      String sessionName,
      String sessionPolicy) {}

  /** The material in base64. */
  record KeyState(String arn, String alias, String material) {}

  static SavedState of(
      String brokerKeyId, String customerKeyId, IamDirectory directory, KeyRing ring) {
    return new SavedState(
        brokerKeyId,
        customerKeyId,
        directory.roles().stream()
            .map(role ->
                new RoleState(
                    role.arn(),
                    role.id(),
                    role.trust().json(),
                    each(role.policies(), Policy::json),
                    role.boundary().stream().map(Policy::json).toList(),
                    role.maxSession().toSeconds()))
            .toList(),
        directory.credentials().stream().map(SavedState::state).toList(),
        ring.all().stream()
            .map(key ->
                new KeyState(
                    key.arn(), key.alias(), Base64.getEncoder().encodeToString(key.material())))
            .toList());
  }

  void restore(IamDirectory directory, KeyRing ring) {
    for (RoleState role : roles) {
      directory.put(
          new Role(
              role.arn(),
              role.id(),
              Policy.parse(role.trust(), PolicyKind.TRUST),
              each(role.policies(), json -> Policy.parse(json, PolicyKind.IDENTITY)),
              role.boundary().stream()
                  .map(json -> Policy.parse(json, PolicyKind.BOUNDARY))
                  .findFirst(),
              Duration.ofSeconds(role.maxSessionSeconds())));
    }
    credentials.forEach(each -> directory.put(credential(each)));
    keys.forEach(key ->
        ring.put(KmsKey.of(key.arn(), key.alias(), Base64.getDecoder().decode(key.material()))));
  }

  private static <A, B> Map<String, B> each(Map<String, A> policies, Function<A, B> form) {
    Map<String, B> formed = new LinkedHashMap<>();
    policies.forEach((name, policy) -> formed.put(name, form.apply(policy)));
    return formed;
  }

  static Optional<SavedState> load(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode saved = JSON.readTree(Files.readAllBytes(file));
    for (JsonNode role : saved.path("roles")) {
      if (role instanceof ObjectNode before && !before.has("boundary")) {
        // What was saved when roles had no boundaries.
        before.putArray("boundary");
      }
      if (role instanceof ObjectNode before && before.has("permissions")) {
        // What was saved when policies had no names: an inline one was called as its role.
        JsonNode all = before.remove("permissions");
        ObjectNode policies = before.putObject("policies");
        String name = before.path("arn").asText().replaceFirst(".*/", "");
        for (JsonNode json : all) {
          Policy policy = Policy.parse(json.asText(), PolicyKind.IDENTITY);
          String inline = name;
          for (int number = 2; policies.has(inline); number++) {
            inline = name + "-" + number;
          }
          policies.set(ManagedPolicies.arn(policy).orElse(inline), json);
        }
      }
    }
    return Optional.of(JSON.treeToValue(saved, SavedState.class));
  }

  /** Replaces the file as a whole; only its owner may read it. */
  void save(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path fresh = directory.resolve(FILE + ".new");
    Files.deleteIfExists(fresh);
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
    Files.move(
        fresh,
        directory.resolve(FILE),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
  }

  private static CredentialState state(Credential credential) {
    return switch (credential.holder()) {
      case Credential.User(String arn, String id, Policy permissions) ->
          state(credential, arn, id, permissions.json(), "", "");
      case Credential.RoleSession(
              String arn,
              String id,
              String name,
              Optional<Policy> policy,
              var _) ->
          state(credential, arn, id, "", name, policy.map(Policy::json).orElse(""));
    };
  }

  private static CredentialState state(
      Credential credential, String arn, String id, String user, String name, String policy) {
    return new CredentialState(
        credential.accessKeyId(),
        credential.secretAccessKey(),
        credential.token().orElse(""),
        credential.expiration().map(Instant::toString).orElse(""),
        arn,
        id,
        user,
        name,
        policy);
  }

  private static Credential credential(CredentialState state) {
    Credential.Holder holder =
        state.userPolicy().isEmpty()
            ? new Credential.RoleSession(
                state.arn(),
                state.id(),
                state.sessionName(),
                text(state.sessionPolicy()).map(json -> Policy.parse(json, PolicyKind.SESSION)),
                Optional.empty())
            : new Credential.User(
                state.arn(), state.id(), Policy.parse(state.userPolicy(), PolicyKind.IDENTITY));
    return new Credential(
        state.accessKeyId(),
        state.secretAccessKey(),
        text(state.token()),
        text(state.expiration()).map(Instant::parse),
        holder);
  }

  private static Optional<String> text(String text) {
    return Optional.of(text).filter(each -> !each.isEmpty());
  }
}
