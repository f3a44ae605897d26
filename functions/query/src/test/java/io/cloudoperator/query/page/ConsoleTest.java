package io.cloudoperator.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.Deployment;
import io.cloudoperator.query.html.PackagedFiles;
import io.cloudoperator.runtime.ApiResponse;
import io.cloudoperator.runtime.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The web console's page and files, and what browsers are told of them. */
@ExtendWith(Deployment.Extension.class)
class ConsoleTest {
  /** All files, as they are sent. */
  private static final int LARGEST = 90_000;

  /** So that the first look at it is a matter of a second on a slow line. */
  private static final int LARGEST_FIRST_PAGE = 30_000;

  private static final Pattern STATIC_IMPORT =
      Pattern.compile("(?m)^import\\b[^;]*?\\bfrom\\s*'([^']+)';");

  /** What makes a browser fetch something; a link that a person may follow does not. */
  private static final Pattern FETCHED_ELSEWHERE =
      Pattern.compile(
          "(?:from|import|import\\(|fetch\\(|url\\(|src=|<link[^>]*href=)\\s*['\"`]?(?:https?:)?//");

  private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

  private final Deployment deployment;
  private final Console console = new Console(Optional.empty());
  private final Map<String, byte[]> files =
      console.paths().stream()
          .collect(Collectors.toMap(path -> path, path -> Console.compressed(path)));

  ConsoleTest(Deployment deployment) {
    this.deployment = deployment;
  }

  @Test
  void answersItsPageWhichNamesTheFilesOfThisBuild() throws Exception {
    APIGatewayV2HTTPResponse answer = get("GET /console", "", Map.of(), "gzip, br");
    String page = new String(Console.decompressed(bytes(answer)), StandardCharsets.UTF_8);

    deployment.contract().assertAllows("GET /console", answer);
    assertThat(answer.getHeaders())
        .containsEntry("cache-control", "no-cache")
        .containsEntry("content-type", "text/html; charset=utf-8");
    assertThat(console.digest()).matches("[0-9a-f]{16}");
    assertThat(page).doesNotContain("{digest}");
    assertThat(LOADED.matcher(page).results().map(found -> found.group(1)))
        .contains("/console/" + console.digest() + "/main.js")
        .allMatch(address -> address.startsWith("/"));
  }

  @Test
  void answersEachFileForAYear() throws Exception {
    assertThat(files).isNotEmpty();
    for (String path : files.keySet()) {
      if (!path.equals("index.html")) {
        APIGatewayV2HTTPResponse answer = file(console.digest() + "/" + path, "gzip");

        assertThat(answer.getStatusCode()).as(path).isEqualTo(200);
        deployment.contract().assertAllows("GET /console/{path}", answer);
        assertThat(answer.getHeaders())
            .as(path)
            .containsEntry("cache-control", "public, max-age=31536000, immutable")
            .containsEntry("content-type", Console.contentType(path))
            .containsEntry("vary", "accept-encoding");
        assertThat(bytes(answer)).isEqualTo(files.get(path));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      textBlock =
          """
          none                     | false
          ''                       | false
          br, zstd                 | false
          identity                 | false
          gzip;q=0                 | false
          gzip; q=0.000, *         | false
          *;q=0                    | false
          gzip, deflate, br, zstd  | true
          br;q=1.0, GZIP;q=0.001   | true
          deflate, *               | true
          """)
  void compressesForThoseWhoTakeIt(@Nullable String header, boolean gzip) throws Exception {
    APIGatewayV2HTTPResponse answer = file(console.digest() + "/icon.svg", header);
    byte[] sent = bytes(answer);

    assertThat(Optional.ofNullable(answer.getHeaders().get("content-encoding")))
        .isEqualTo(gzip ? Optional.of("gzip") : Optional.empty());
    assertThat(new String(gzip ? Console.decompressed(sent) : sent, StandardCharsets.UTF_8))
        .startsWith("<svg");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "icon.svg",
        "0123456789abcdef/icon.svg",
        "DIGEST/index.html",
        "DIGEST/nothing.js",
        "DIGEST/../index.html",
        "DIGEST//icon.svg",
        "DIGEST/files.txt",
        "DIGEST/package.json",
        "DIGEST/"
      })
  void hasNoOtherFile(String path) throws Exception {
    APIGatewayV2HTTPResponse answer = file(path.replace("DIGEST", console.digest()), "gzip");

    assertThat(answer.getStatusCode()).isEqualTo(404);
    deployment.contract().assertAllows("GET /console/{path}", answer);
    assertThat(Json.STRICT.readTree(answer.getBody()).at("/code").asText()).isEqualTo("not_found");
    assertTellsBrowsers(answer);
  }

  @Test
  void leadsThereFromTheRoot() throws Exception {
    APIGatewayV2HTTPResponse answer = get("GET /", "", Map.of(), "gzip");

    assertThat(answer.getStatusCode()).isEqualTo(302);
    assertThat(answer.getHeaders()).containsEntry("location", "/console");
    assertTellsBrowsers(answer);
  }

  @Test
  void takesWhatASignInComesBackWithAndNothingElse() throws Exception {
    Map<String, String> callback =
        Map.of("code", "c", "state", "s", "error", "e", "error_description", "d");

    assertThat(get("GET /console", "", callback, "gzip").getStatusCode()).isEqualTo(200);
    assertThat(get("GET /console", "", Map.of("token", "x"), "gzip").getStatusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET /console", "GET /security"})
  void tellsBrowsersWhatAPageMayDo(String route) throws Exception {
    assertTellsBrowsers(get(route, "", Map.of(), "gzip"));
  }

  @Test
  void letsThePageRunItsOwnScriptsAndTalkToItsOwnOriginAlone() throws Exception {
    assertThat(
            get("GET /console", "", Map.of(), "gzip").getHeaders().get("content-security-policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                + " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script';"
                + " trusted-types 'none'");
  }

  @Test
  void saysNothingOfASignInWhereThereIsNone() throws Exception {
    APIGatewayV2HTTPResponse answer = get("GET /console/settings", "", Map.of(), "gzip");

    deployment.contract().assertAllows("GET /console/settings", answer);
    assertThat(answer.getHeaders()).containsEntry("cache-control", "no-cache");
    assertThat(Json.STRICT.readTree(answer.getBody()).properties())
        .extracting(Map.Entry::getKey)
        .containsExactly("version");
    assertTellsBrowsers(answer);
  }

  @Test
  void saysWherePeopleSignInAndLetsThePageFetchTokensThere() throws Exception {
    Console signedIn =
        new Console(
            Settings.of(
                    Map.of(
                        "SIGN_IN_DOMAIN", "https://pool.auth.us-east-1.amazoncognito.com",
                        "SIGN_IN_ISSUER", "https://cognito-idp.us-east-1.amazonaws.com/pool",
                        "SIGN_IN_CLIENT_ID", "client"))
                .signIn());
    ApiResponse answer = signedIn.settings();

    assertThat(Json.STRICT.readTree(answer.body()).at("/signIn"))
        .isEqualTo(
            Json.STRICT.readTree(
                """
                {"issuer":"https://cognito-idp.us-east-1.amazonaws.com/pool","clientId":"client",
                 "authorizationEndpoint":"https://pool.auth.us-east-1.amazoncognito.com/oauth2/authorize",
                 "tokenEndpoint":"https://pool.auth.us-east-1.amazoncognito.com/oauth2/token",
                 "logoutEndpoint":"https://pool.auth.us-east-1.amazoncognito.com/logout",
                 "scope":"openid cloudoperator/read cloudoperator/write cloudoperator/delete"}
                """));
    assertThat(answer.headers())
        .hasEntrySatisfying(
            "content-security-policy",
            policy ->
                assertThat(policy)
                    .contains(
                        "connect-src 'self' https://pool.auth.us-east-1.amazoncognito.com/;"));
  }

  @Test
  void isSmall() {
    assertThat(files.values().stream().mapToInt(file -> file.length).sum())
        .isLessThanOrEqualTo(LARGEST);
  }

  @Test
  void namesTheLicencesOfWhatOthersWroteAndComesWithThem() {
    String notices =
        new String(
            Console.decompressed(Objects.requireNonNull(files.get("vendor/NOTICES.txt"))),
            StandardCharsets.UTF_8);
    String licences = PackagedFiles.text(Console.class, "LICENSES.txt");

    assertThat(notices)
        .contains("Permission is hereby granted, free of charge")
        .contains("http://www.apache.org/licenses/LICENSE-2.0");
    assertThat(licences).contains("END OF TERMS AND CONDITIONS");
    assertThat(holders(notices)).isNotEmpty().isEqualTo(holders(licences));
  }

  private static List<String> holders(String licences) {
    return licences
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("Copyright "))
        .toList();
  }

  @Test
  void sendsLittleForTheFirstPage() {
    Set<String> loaded = new LinkedHashSet<>(List.of("index.html", "style.css"));
    Deque<String> next = new ArrayDeque<>(List.of("main.js", "screens/connections.js"));
    while (!next.isEmpty()) {
      String path = next.pop();
      if (loaded.add(path)) {
        String module =
            new String(
                Console.decompressed(Objects.requireNonNull(files.get(path))),
                StandardCharsets.UTF_8);
        STATIC_IMPORT
            .matcher(module)
            .results()
            .map(found -> Path.of(path).resolveSibling(found.group(1)).normalize().toString())
            .forEach(next::add);
      }
    }
    assertThat(loaded).contains("vendor/preact.js", "session.js");
    assertThat(
            loaded.stream().mapToInt(path -> Objects.requireNonNull(files.get(path)).length).sum())
        .isLessThanOrEqualTo(LARGEST_FIRST_PAGE);
  }

  @Test
  void loadsNothingFromAnotherOrigin() {
    files.forEach((path, gzip) -> {
      String text = new String(Console.decompressed(gzip), StandardCharsets.UTF_8);
      assertThat(text).as(path).doesNotContainPattern(FETCHED_ELSEWHERE);
    });
  }

  @Test
  void leavesBehindWhatTestsAndDevelopsIt() {
    assertThat(files.keySet())
        .noneMatch(path -> path.matches("(.*/)?(test|types|node_modules|\\..*)/.*"))
        .noneMatch(path -> path.matches(".*\\.(json|ts|config\\.js|test\\.js)"));
  }

  private static void assertTellsBrowsers(APIGatewayV2HTTPResponse answer) {
    assertThat(answer.getHeaders())
        .containsEntry("strict-transport-security", "max-age=63072000; includeSubDomains")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("cross-origin-opener-policy", "same-origin")
        .containsEntry("cross-origin-resource-policy", "same-origin")
        .containsKey("content-security-policy");
    assertThat(List.of(answer.getHeaders().getOrDefault("permissions-policy", "").split(", ", -1)))
        .contains("camera=()", "geolocation=()", "microphone=()")
        .allMatch(feature -> feature.matches("[a-z-]+=\\(\\)"));
  }

  private APIGatewayV2HTTPResponse file(String path, @Nullable String acceptEncoding)
      throws Exception {
    return get("GET /console/{path+}", path, Map.of(), acceptEncoding);
  }

  private APIGatewayV2HTTPResponse get(
      String route, String path, Map<String, String> query, @Nullable String acceptEncoding)
      throws Exception {
    APIGatewayV2HTTPEvent event = Deployment.event("query.json");
    event.setRouteKey(route);
    event.setPathParameters(path.isEmpty() ? Map.of() : Map.of("path", path));
    event.setQueryStringParameters(query);
    event.getRequestContext().setAuthorizer(null);
    event.setHeaders(acceptEncoding == null ? Map.of() : Map.of("Accept-Encoding", acceptEncoding));
    return deployment.handle(event);
  }

  private static byte[] bytes(APIGatewayV2HTTPResponse answer) {
    assertThat(answer.getIsBase64Encoded()).isTrue();
    return Base64.getDecoder().decode(answer.getBody());
  }
}
