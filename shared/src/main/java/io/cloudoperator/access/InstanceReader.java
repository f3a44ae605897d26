package io.cloudoperator.access;

import io.cloudoperator.scan.InstanceFacts;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what is counted of one instance; everything else of it is skipped unread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html">Instance</a>
 */
final class InstanceReader {
  private static final String UNKNOWN = "unknown";
  private static final String LAUNCH_WIZARD = "launch-wizard-";
  private static final Pattern STOPPED_AT =
      Pattern.compile("\\((\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d) (?:GMT|UTC)\\)");

  private String state = UNKNOWN;
  private String type = UNKNOWN;
  private String architecture = UNKNOWN;
  private String platform = UNKNOWN;
  private String tenancy = UNKNOWN;
  private String httpTokens = "";
  private String httpEndpoint = "";
  private boolean publicIpv4;
  private boolean instanceProfile;
  private boolean launchWizardGroup;
  private Optional<Instant> launchedAt = Optional.empty();
  private Optional<Instant> transitionedAt = Optional.empty();

  /** Reads the instance that the walk stands on, to its end. */
  InstanceFacts read(Xml xml) throws IOException {
    for (int item = xml.enter(); xml.next(item); ) {
      switch (xml.name()) {
        case "instanceType" -> type = known(xml.text());
        case "architecture" -> architecture = known(xml.text());
        case "platformDetails" -> platform = known(xml.text());
        case "launchTime" -> launchedAt = instant(xml.text());
        case "reason" -> transitionedAt = transition(xml.text());
        case "ipAddress" -> publicIpv4 |= !xml.text().isEmpty();
        case "instanceState" -> state = known(child(xml, "name"));
        case "placement" -> tenancy = known(child(xml, "tenancy"));
        case "iamInstanceProfile" -> instanceProfile = !child(xml, "arn").isEmpty();
        case "metadataOptions" -> metadataOptions(xml);
        case "groupSet" -> groups(xml);
        case "networkInterfaceSet" -> networkInterfaces(xml);
        default -> {}
      }
    }
    return new InstanceFacts(
        state,
        type,
        architecture,
        platform,
        tenancy,
        httpTokens.equals("optional") && !httpEndpoint.equals("disabled"),
        publicIpv4,
        instanceProfile,
        launchWizardGroup,
        launchedAt,
        state.equals("stopped") ? transitionedAt : Optional.empty());
  }

  private void metadataOptions(Xml xml) throws IOException {
    for (int options = xml.enter(); xml.next(options); ) {
      switch (xml.name()) {
        case "httpTokens" -> httpTokens = xml.text();
        case "httpEndpoint" -> httpEndpoint = xml.text();
        default -> {}
      }
    }
  }

  private void groups(Xml xml) throws IOException {
    for (int items = xml.enter(); xml.next(items); ) {
      launchWizardGroup |= child(xml, "groupName").startsWith(LAUNCH_WIZARD);
    }
  }

  private void networkInterfaces(Xml xml) throws IOException {
    for (int items = xml.enter(); xml.next(items); ) {
      for (int item = xml.enter(); xml.next(item); ) {
        switch (xml.name()) {
          case "groupSet" -> groups(xml);
          case "association" -> publicIpv4 |= !child(xml, "publicIp").isEmpty();
          case "privateIpAddressesSet" -> secondaryAddresses(xml);
          default -> {}
        }
      }
    }
  }

  private void secondaryAddresses(Xml xml) throws IOException {
    for (int items = xml.enter(); xml.next(items); ) {
      for (int item = xml.enter(); xml.next(item); ) {
        if (xml.name().equals("association")) {
          publicIpv4 |= !child(xml, "publicIp").isEmpty();
        }
      }
    }
  }

  private static String child(Xml xml, String name) throws IOException {
    String text = "";
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals(name)) {
        text = xml.text();
      }
    }
    return text;
  }

  private static String known(String text) {
    return text.isEmpty() ? UNKNOWN : text;
  }

  /** Such as {@code User initiated (2024-01-01 12:00:00 GMT)}. */
  private static Optional<Instant> transition(String reason) {
    Matcher matcher = STOPPED_AT.matcher(reason);
    return matcher.find()
        ? instant(matcher.group(1) + "T" + matcher.group(2) + "Z")
        : Optional.empty();
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException _) {
      // An age that cannot be read is not counted as one.
      return Optional.empty();
    }
  }
}
