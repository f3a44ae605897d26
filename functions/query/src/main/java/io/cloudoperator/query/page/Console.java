package io.cloudoperator.query.page;

import io.cloudoperator.http.Problem;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.html.HtmlPage;
import io.cloudoperator.query.html.PackagedFiles;
import io.cloudoperator.query.html.SecurityHeaders;
import io.cloudoperator.runtime.ApiResponse;
import io.cloudoperator.runtime.Request;
import io.cloudoperator.runtime.SignIn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The web console: one page, and the files that it is made of. A browser keeps these for a year,
 * for their addresses begin with a digest that changes with any of them. They are compressed in the
 * artifact already, by build/ConsoleFiles.java.
 */
public final class Console {
  private static final String FOLDER = "console/";
  private static final String PAGE = "index.html";

  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "html", HtmlPage.CONTENT_TYPE,
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2",
          "txt", "text/plain; charset=utf-8",
          "LICENSE", "text/plain; charset=utf-8");

  private final String digest;
  private final Set<String> paths;
  private final Map<String, String> headers;
  private final Optional<SignIn> signIn;

  public Console(Optional<SignIn> signIn) {
    List<String> lines = new String(resource("files.txt"), StandardCharsets.UTF_8).lines().toList();
    this.digest = lines.getFirst();
    this.paths = Set.copyOf(lines.subList(1, lines.size()));
    this.headers = SecurityHeaders.with(contentSecurityPolicy(signIn));
    this.signIn = signIn;
  }

  /** The page asks the user pool for its tokens itself. */
  private static String contentSecurityPolicy(Optional<SignIn> signIn) {
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        + " connect-src 'self'"
        + signIn.map(from -> " " + from.domain().resolve("/")).orElse("")
        + "; font-src 'self'; base-uri 'none'; form-action 'none';"
        + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  }

  /** Of all files, in hexadecimal digits. */
  String digest() {
    return digest;
  }

  /** The paths of the files. */
  Set<String> paths() {
    return paths;
  }

  /** One of the files as it is sent, compressed. */
  static byte[] compressed(String path) {
    return resource(path + ".gz");
  }

  /** Where the console is, for who asks for nothing. */
  public ApiResponse redirect() {
    return ApiResponse.found("/console").with(headers);
  }

  /** The page. It is asked for anew each time, so that it names the files of this build. */
  public ApiResponse page(Request request) {
    return sent(request, PAGE).with("cache-control", "no-cache");
  }

  /** What the page has to know of this deployment before anybody has signed in. */
  public ApiResponse settings() {
    return ApiResponse.text(
            200, "application/json", Json.write(ConsoleSettings.of(PackagedFiles.VERSION, signIn)))
        .with(headers)
        .with("cache-control", "no-cache");
  }

  /** One of the files, or 404 if there is none of that path in this build. */
  public ApiResponse file(Request request) {
    String asked = request.pathParameter("path").orElse("");
    String path = asked.startsWith(digest + "/") ? asked.substring(digest.length() + 1) : PAGE;
    return path.equals(PAGE) || !paths.contains(path)
        ? ApiResponse.problem(Problem.notFound("file")).with(headers)
        : sent(request, path).with("cache-control", "public, max-age=31536000, immutable");
  }

  private ApiResponse sent(Request request, String path) {
    byte[] gzip = compressed(path);
    String contentType = contentType(path);
    return AcceptEncoding.answer(
            request, contentType, gzip, () -> ApiResponse.bytes(contentType, decompressed(gzip)))
        .with(headers);
  }

  static String contentType(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return Objects.requireNonNull(
        CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1)),
        () -> "the console has no files like " + name);
  }

  static byte[] decompressed(byte[] gzip) {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = PackagedFiles.open(Console.class, FOLDER + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
