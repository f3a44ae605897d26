package io.cloudoperator.service.ec2;

import io.cloudoperator.aws.Timestamps;
import io.cloudoperator.aws.XmlReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Reads what is counted of one instance after the other; everything else of them is skipped unread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html">Instance</a>
 */
final class InstanceReader {
  private static final String UNKNOWN = "unknown";
  private static final String LAUNCH_WIZARD = "launch-wizard-";

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
  InstanceFacts read(XmlReader xml) throws IOException {
    forget();
    for (int item = xml.enter(); xml.next(item); ) {
      switch (xml.name()) {
        case "instanceType" -> type = known(xml.text());
        case "architecture" -> architecture = known(xml.text());
        case "platformDetails" -> platform = known(xml.text());
        case "launchTime" -> launchedAt = Timestamps.iso(xml.readText());
        case "reason" -> transitionedAt = Timestamps.ofReason(xml.readText());
        case "ipAddress" -> publicIpv4 |= !xml.readText().isEmpty();
        case "instanceState" -> state = known(child(xml, "name"));
        case "placement" -> tenancy = known(child(xml, "tenancy"));
        case "iamInstanceProfile" -> instanceProfile = hasChild(xml, "arn", "");
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

  private void forget() {
    state = UNKNOWN;
    type = UNKNOWN;
    architecture = UNKNOWN;
    platform = UNKNOWN;
    tenancy = UNKNOWN;
    httpTokens = "";
    httpEndpoint = "";
    publicIpv4 = false;
    instanceProfile = false;
    launchWizardGroup = false;
    launchedAt = Optional.empty();
    transitionedAt = Optional.empty();
  }

  private void metadataOptions(XmlReader xml) throws IOException {
    for (int options = xml.enter(); xml.next(options); ) {
      switch (xml.name()) {
        case "httpTokens" -> httpTokens = xml.text();
        case "httpEndpoint" -> httpEndpoint = xml.text();
        default -> {}
      }
    }
  }

  private void groups(XmlReader xml) throws IOException {
    for (int items = xml.enter(); xml.next(items); ) {
      launchWizardGroup |= hasChild(xml, "groupName", LAUNCH_WIZARD);
    }
  }

  private void networkInterfaces(XmlReader xml) throws IOException {
    for (int items = xml.enter(); xml.next(items); ) {
      for (int item = xml.enter(); xml.next(item); ) {
        switch (xml.name()) {
          case "groupSet" -> groups(xml);
          case "association" -> publicIpv4 |= hasChild(xml, "publicIp", "");
          case "privateIpAddressesSet" -> secondaryAddresses(xml);
          default -> {}
        }
      }
    }
  }

  private void secondaryAddresses(XmlReader xml) throws IOException {
    for (int items = xml.enter(); xml.next(items); ) {
      for (int item = xml.enter(); xml.next(item); ) {
        if (xml.name().equals("association")) {
          publicIpv4 |= hasChild(xml, "publicIp", "");
        }
      }
    }
  }

  private static String child(XmlReader xml, String name) throws IOException {
    String text = "";
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals(name)) {
        text = xml.text();
      }
    }
    return text;
  }

  /** Whether the child has a text that is longer than this and starts with it. */
  private static boolean hasChild(XmlReader xml, String name, String start) throws IOException {
    boolean has = false;
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals(name)) {
        CharSequence text = xml.readText();
        has =
            text.length() > start.length()
                && start.contentEquals(text.subSequence(0, start.length()));
      }
    }
    return has;
  }

  private static String known(String text) {
    return text.isEmpty() ? UNKNOWN : text;
  }
}
