package io.cloudoperator.local.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.local.client.HttpSender;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Which HTTP API is meant, and by whose token: never an argument that other users could see. */
final class ApiOptions {
  private static final String LAPTOP = "http://127.0.0.1:8080";
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description =
          "The API's address (default: the variable CLOUDOPERATOR_URL, else " + LAPTOP + ").")
  private Optional<URI> url = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description =
          "A file with a token that only its owner can read (default: the variable"
              + " CLOUDOPERATOR_TOKEN).")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--client-id",
      paramLabel = "ID",
      scope = ScopeType.INHERIT,
      description =
          "A machine's client, which gets a token with the secret in the variable"
              + " CLOUDOPERATOR_CLIENT_SECRET.")
  private Optional<String> clientId = Optional.empty();

  @Option(
      names = "--token-endpoint",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Where that client gets it (default: as the API's settings say).")
  private Optional<URI> tokenEndpoint = Optional.empty();

  /** A client of the API, with a token. */
  ApiClient client() throws CommandException, ApiException, InterruptedException {
    Map<String, String> environment = System.getenv();
    EnvironmentProxies.use(environment);
    URI api = secure(address(environment), "the API");
    return new ApiClient(api, token(api, environment), EnvironmentProxies.route(api));
  }

  private URI address(Map<String, String> environment) throws CommandException {
    String variable = environment.getOrDefault("CLOUDOPERATOR_URL", LAPTOP);
    try {
      return url.orElseGet(() -> CustomerOptions.httpUrl(variable));
    } catch (IllegalArgumentException e) {
      throw new CommandException("CLOUDOPERATOR_URL is not usable: " + e.getMessage() + ".");
    }
  }

  /** A token or a secret crosses no network in the clear. */
  private static URI secure(URI address, String what) throws CommandException {
    if (address.getScheme().equals("http") && !EnvironmentProxies.isLoopback(address.getHost())) {
      throw new CommandException("A token is sent to %s by https only.".formatted(what));
    }
    return address;
  }

  private String token(URI api, Map<String, String> environment)
      throws CommandException, ApiException, InterruptedException {
    if (tokenFile.isPresent()) {
      return ofFile(tokenFile.get());
    }
    if (clientId.isPresent()) {
      return ofClient(clientId.get(), api, environment);
    }
    String token = environment.getOrDefault("CLOUDOPERATOR_TOKEN", "").strip();
    if (token.isEmpty()) {
      throw new CommandException(
          "There is no token: set CLOUDOPERATOR_TOKEN, or name --token-file or --client-id.");
    }
    return checked(token, "CLOUDOPERATOR_TOKEN");
  }

  private static String ofFile(Path file) throws CommandException {
    try {
      if (Files.getFileStore(file).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
        throw new CommandException(
            "Others can read or write %s; run: chmod 600 %s".formatted(file, file));
      }
      return checked(Files.readString(file).strip(), file.toString());
    } catch (IOException e) {
      throw new CommandException(file + " cannot be read.");
    }
  }

  private static String checked(String token, String source) throws CommandException {
    if (!token.matches("[\\x21-\\x7e]+")) {
      throw new CommandException(source + " has something else than a token.");
    }
    return token;
  }

  /** By the grant of client credentials: https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
  private String ofClient(String client, URI api, Map<String, String> environment)
      throws CommandException, ApiException, InterruptedException {
    String secret = environment.getOrDefault("CLOUDOPERATOR_CLIENT_SECRET", "");
    if (secret.isEmpty()) {
      throw new CommandException("--client-id needs the variable CLOUDOPERATOR_CLIENT_SECRET.");
    }
    URI endpoint = secure(endpoint(api), "the token endpoint");
    String basic =
        Base64.getEncoder()
            .encodeToString(
                (encoded(client) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .header("authorization", "Basic " + basic)
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"));
    try (HttpSender http = new HttpSender(endpoint, EnvironmentProxies.route(endpoint))) {
      HttpResponse<String> answer = http.send(request);
      JsonNode body = Json.STRICT.readTree(answer.body());
      if (answer.statusCode() != 200) {
        throw new CommandException(
            "The client gets no token: %s."
                .formatted(body.path("error").asText("HTTP status " + answer.statusCode())));
      }
      return checked(body.path("access_token").asText(), "The token endpoint's answer");
    } catch (JacksonException e) {
      throw new CommandException(endpoint + " gives no token: it does not answer with JSON.");
    }
  }

  private URI endpoint(URI api) throws CommandException, ApiException, InterruptedException {
    if (tokenEndpoint.isPresent()) {
      return tokenEndpoint.get();
    }
    try (ApiClient anybody = new ApiClient(api, "", EnvironmentProxies.route(api))) {
      String said = anybody.get("/console/settings").path("signIn").path("tokenEndpoint").asText();
      return CustomerOptions.httpUrl(said);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          "The API does not say where clients get tokens; name it with --token-endpoint.");
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
