package io.cloudoperator.service.ec2;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.Timestamps;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what is counted of one instance after the other; everything else of them is skipped unread.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Instance.html">Instance</a>
 */
public final class InstanceReader {
  // More than fit into the largest answer that is read, at their shortest.
  private static final int MOST_OF_A_PAGE = 50_000;
  private static final String LAUNCH_WIZARD = "launch-wizard-";

  /**
   * 1,000 is the largest page, and a page size is what opens the larger of EC2's quotas.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html">DescribeInstances</a>
   */
  public static final ReadOperation<List<InstanceFacts>> DESCRIBE_INSTANCES =
      ReadOperation.minimal(
              Ec2.SERVICE,
              "DescribeInstances",
              "Counts the instances of each region; no name, id, tag, address or key is kept.")
          .parameter("MaxResults", "1000")
          .pages("NextToken", InstanceReader::page);

  private final InstanceFacts.Builder facts = InstanceFacts.builder();
  private String state = "";
  private String httpTokens = "";
  private String httpEndpoint = "";
  private Optional<Instant> transitionedAt = Optional.empty();

  private InstanceReader() {}

  private static Page<List<InstanceFacts>> page(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer, "DescribeInstancesResponse");
    List<InstanceFacts> instances = new ArrayList<>();
    boolean listed = false;
    String token = "";
    for (int level = xml.enter(); xml.next(level); ) {
      switch (xml.name()) {
        case "reservationSet" -> {
          listed = true;
          for (int reservations = xml.enter(); xml.next(reservations); ) {
            for (int reservation = xml.enter(); xml.next(reservation); ) {
              if (xml.name().equals("instancesSet")) {
                for (int items = xml.enter(); xml.next(items); ) {
                  instances.add(new InstanceReader().instance(xml));
                  if (instances.size() > MOST_OF_A_PAGE) {
                    throw new UnreadableResponseException("lists more than " + MOST_OF_A_PAGE);
                  }
                }
              }
            }
          }
        }
        case "nextToken" -> token = xml.text();
        default -> {}
      }
    }
    if (!listed) {
      throw new UnreadableResponseException("the answer lists no reservations");
    }
    return new Page<>(instances, Optional.of(token).filter(next -> !next.isEmpty()));
  }

  private InstanceFacts instance(XmlReader xml) throws IOException {
    for (int item = xml.enter(); xml.next(item); ) {
      switch (xml.name()) {
        case "instanceType" -> facts.type(xml.text());
        case "architecture" -> facts.architecture(xml.text());
        case "platformDetails" -> facts.platform(xml.text());
        case "launchTime" -> facts.launchedAt(Timestamps.iso(xml.readText()));
        case "reason" -> transitionedAt = Timestamps.ofReason(xml.readText());
        case "ipAddress" -> publicIf(!xml.readText().isEmpty());
        case "instanceState" -> state = xml.text("name");
        case "placement" -> facts.tenancy(xml.text("tenancy"));
        case "iamInstanceProfile" -> facts.instanceProfile(hasChild(xml, "arn", ""));
        case "metadataOptions" -> metadataOptions(xml);
        case "groupSet" -> groups(xml);
        case "networkInterfaceSet" -> networkInterfaces(xml);
        default -> {}
      }
    }
    return facts
        .state(state)
        .imdsV1(httpTokens.equals("optional") && !httpEndpoint.equals("disabled"))
        .stoppedAt(state.equals("stopped") ? transitionedAt : Optional.empty())
        .build();
  }

  private void publicIf(boolean address) {
    if (address) {
      facts.publicIpv4(true);
    }
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
      if (hasChild(xml, "groupName", LAUNCH_WIZARD)) {
        facts.launchWizardGroup(true);
      }
    }
  }

  private void networkInterfaces(XmlReader xml) throws IOException {
    for (int items = xml.enter(); xml.next(items); ) {
      for (int item = xml.enter(); xml.next(item); ) {
        switch (xml.name()) {
          case "groupSet" -> groups(xml);
          case "association" -> publicIf(hasChild(xml, "publicIp", ""));
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
          publicIf(hasChild(xml, "publicIp", ""));
        }
      }
    }
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
}
