package io.cloudoperator.service;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.ApiSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of APIs, and the sources of facts, that the scanned services declare, by name. */
public final class ApiKinds {
  private static final Map<String, ApiKind> KINDS =
      ScannedServices.ALL.stream()
          .flatMap(service -> service.kinds().stream())
          .collect(toUnmodifiableMap(ApiKind::name, kind -> kind));

  private static final Map<String, ApiSource<?>> SOURCES =
      ScannedServices.ALL.stream()
          .flatMap(service -> Stream.concat(service.regional().stream(), service.global().stream()))
          .collect(toUnmodifiableMap(discovery -> discovery.source().name(), Discovery::source));

  private static final Map<String, ApiSource<?>> BY_MEMBER =
      SOURCES.values().stream().collect(toUnmodifiableMap(ApiSource::member, source -> source));

  /** Of an id that a caller sends: AWS's longest names are of 256 characters. */
  private static final int LONGEST_ID = 512;

  private ApiKinds() {}

  /** All kinds, in the order of their names. */
  public static List<ApiKind> all() {
    return KINDS.values().stream().sorted().toList();
  }

  /** The kind of that name; one of which nothing is known if no service declares it. */
  public static ApiKind kind(String name) {
    return Optional.ofNullable(KINDS.get(name)).orElseGet(() -> ApiKind.unknown(name));
  }

  /** The source of that name; one of which nothing is known if no service declares it. */
  public static ApiSource<?> source(String name) {
    return SOURCES.containsKey(name) ? SOURCES.get(name) : ApiSource.unknown(name);
  }

  /** The source whose reading has this member; empty if this release reads no such source. */
  public static Optional<ApiSource<?>> sourceOfMember(String member) {
    return Optional.ofNullable(BY_MEMBER.get(member));
  }

  /**
   * What {@link ApiId#toString} wrote, as a caller sends it.
   *
   * @throws IllegalArgumentException if it is of another form, longer than any id of AWS's, or of a
   *     kind that no service declares
   */
  public static ApiId id(String text) {
    if (text.length() > LONGEST_ID || !text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(ApiId.FORM);
    }
    ApiId id = idOfAnyKind(text);
    if (!KINDS.containsKey(id.kind().name())) {
      throw new IllegalArgumentException(ApiId.FORM);
    }
    return id;
  }

  /**
   * What {@link ApiId#toString} wrote, in this release or in another one.
   *
   * @throws IllegalArgumentException if it is of another form
   */
  public static ApiId idOfAnyKind(String text) {
    String[] parts = text.split("/", 3);
    if (parts.length < 3 || !parts[1].matches("[a-z0-9_]+")) {
      throw new IllegalArgumentException(ApiId.FORM);
    }
    return new ApiId(parts[0], kind(parts[1]), parts[2]);
  }
}
