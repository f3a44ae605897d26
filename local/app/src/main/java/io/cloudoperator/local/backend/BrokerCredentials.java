package io.cloudoperator.local.backend;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileLocation;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * The credentials that assume a customer's role from a laptop: those of a profile, or of the SDK's
 * default chain. What keeps them from being had is told in one sentence.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html">Standardized
 *     credential providers</a>
 */
final class BrokerCredentials {
  private static final int NAMES_SHOWN = 12;

  private final ProfileFile profiles;

  private BrokerCredentials(ProfileFile profiles) {
    this.profiles = profiles;
  }

  /**
   * What assumes the role of this side. They were had once when it returns.
   *
   * @throws StartException if there are none
   */
  static AwsCredentialsProvider of(CustomerSide.Remote side) throws StartException {
    BrokerCredentials found = new BrokerCredentials(profileFiles());
    // As the AWS CLI has it, a profile that is named is asked before the environment is.
    return side.profile().isPresent()
        ? found.ofProfile(side.profile().get())
        : found.ofDefaultChain(side.endpoint().isPresent());
  }

  private AwsCredentialsProvider ofProfile(String name) throws StartException {
    Profile profile =
        profiles
            .profile(name)
            .orElseThrow(
                () -> new StartException("There is no profile %s: %s.".formatted(name, known())));
    AwsCredentialsProvider provider = ProfileCredentialsProvider.create(name);
    try {
      provider.resolveCredentials();
      return provider;
    } catch (RuntimeException e) {
      throw new StartException(new ProfileFailure(profile, source(profile)).sentence(e));
    }
  }

  private AwsCredentialsProvider ofDefaultChain(boolean emulator) throws StartException {
    AwsCredentialsProvider chain = DefaultCredentialsProvider.builder().build();
    try {
      chain.resolveCredentials();
      return chain;
    } catch (RuntimeException _) {
      // The chain tells of every provider that it asked; the profile's own reason is the one to
      // know.
      String name = ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow();
      boolean chosen = !name.equals(ProfileFileSystemSetting.AWS_PROFILE.defaultValue());
      if (emulator && !chosen) {
        // Emulators ask for a signature and do not check it.
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));
      }
      if (chosen || profiles.profile(name).filter(ProfileFailure::mayHaveCredentials).isPresent()) {
        return ofProfile(name);
      }
      throw new StartException(
          "No AWS credentials were found in the environment or a profile default; name a profile"
              + " with --profile: "
              + known()
              + ".");
    }
  }

  /** The profile at the end of {@code source_profile}: whoever mends credentials begins there. */
  private Profile source(Profile profile) {
    Set<String> passed = new LinkedHashSet<>();
    Profile end = profile;
    while (passed.add(end.name())) {
      Optional<Profile> next =
          end.property("source_profile")
              .filter(name -> !passed.contains(name))
              .flatMap(profiles::profile);
      if (next.isEmpty()) {
        return end;
      }
      end = next.get();
    }
    return end;
  }

  private String known() {
    Set<String> names = new TreeSet<>(profiles.profiles().keySet());
    String files = locations().stream().map(Path::toString).collect(Collectors.joining(" and "));
    if (names.isEmpty()) {
      return files.isEmpty()
          ? "neither ~/.aws/config nor ~/.aws/credentials is there"
          : files + " has none";
    }
    return "%s has %s%s"
        .formatted(
            files,
            names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", ")),
            names.size() > NAMES_SHOWN ? " and %d more".formatted(names.size() - NAMES_SHOWN) : "");
  }

  private static List<Path> locations() {
    return Stream.of(
            ProfileFileLocation.configurationFileLocation(),
            ProfileFileLocation.credentialsFileLocation())
        .flatMap(Optional::stream)
        .toList();
  }

  /** Each file alone first: the SDK says in which line it is broken, and not in which file. */
  private static ProfileFile profileFiles() throws StartException {
    ProfileFile.Aggregator all = ProfileFile.aggregator();
    for (ProfileFile file : files()) {
      all.addFile(file);
    }
    return all.build();
  }

  private static List<ProfileFile> files() throws StartException {
    List<ProfileFile> files = new ArrayList<>();
    Optional<Path> config = ProfileFileLocation.configurationFileLocation();
    if (config.isPresent()) {
      files.add(file(config.get(), ProfileFile.Type.CONFIGURATION));
    }
    Optional<Path> credentials = ProfileFileLocation.credentialsFileLocation();
    if (credentials.isPresent()) {
      files.add(file(credentials.get(), ProfileFile.Type.CREDENTIALS));
    }
    return files;
  }

  private static ProfileFile file(Path path, ProfileFile.Type type) throws StartException {
    try {
      return ProfileFile.builder().content(path).type(type).build();
    } catch (IllegalArgumentException e) {
      throw new StartException(
          "%s cannot be used: %s.".formatted(path, ProfileFailure.printable(e.getMessage())));
    } catch (RuntimeException e) {
      throw new StartException(path + " cannot be read.");
    }
  }
}
