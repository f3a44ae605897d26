package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.data.SampleInstance;
import io.cloudoperator.sample.data.SampleInstance.State;
import java.util.HexFormat;

/** What an instance is made of: addresses, disks, interfaces. All of it follows from its facts. */
final class InstanceParts {

  private static final HexFormat HEX = HexFormat.of();
  private static final String[] ENVIRONMENTS = {"production", "staging", "development"};

  private final SampleInstance facts;
  private final String accountId;

  InstanceParts(SampleInstance facts, String accountId) {
    this.facts = facts;
    this.accountId = accountId;
  }

  /** Whether its network is gone, and with it every address. */
  boolean gone() {
    return facts.state() == State.TERMINATED || facts.state() == State.SHUTTING_DOWN;
  }

  String imageId() {
    return "ami-0" + HEX.toHexDigits(facts.platform().hashCode() * 0x9e3779b97f4a7c15L);
  }

  String vpcId() {
    return "vpc-0" + HEX.toHexDigits((accountId + facts.region()).hashCode() * 0x9e3779b97f4a7c15L);
  }

  String subnetId() {
    return "subnet-0"
        + HEX.toHexDigits((accountId + facts.zone()).hashCode() * 0xbf58476d1ce4e5b9L);
  }

  String privateIp() {
    // The first addresses of a network are not given out.
    int index = facts.index() + 260;
    return "10." + (index >> 16 & 255) + "." + (index >> 8 & 255) + "." + (index & 255);
  }

  String privateDnsName() {
    String domain = facts.region().equals("us-east-1") ? "ec2" : facts.region() + ".compute";
    return "ip-" + privateIp().replace('.', '-') + "." + domain + ".internal";
  }

  String publicDnsName(String ip) {
    String domain = facts.region().equals("us-east-1") ? "compute-1" : facts.region() + ".compute";
    return "ec2-" + ip.replace('.', '-') + "." + domain + ".amazonaws.com";
  }

  String clientToken() {
    return "sample-" + HEX.toHexDigits(facts.fingerprint());
  }

  String usageOperation() {
    return switch (facts.platform()) {
      case "Windows" -> "RunInstances:0002";
      case "Windows with SQL Server" -> "RunInstances:0006";
      case "Red Hat Enterprise Linux" -> "RunInstances:0010";
      case "SUSE Linux" -> "RunInstances:000g";
      case "Ubuntu Pro" -> "RunInstances:0g00";
      default -> "RunInstances";
    };
  }

  void placement(StringBuilder xml) {
    xml.append("     <placement>\n      <availabilityZone>")
        .append(facts.zone())
        .append("</availabilityZone>\n      <groupName/>\n")
        .append("      <tenancy>")
        .append(facts.tenancy())
        .append("</tenancy>\n     </placement>\n");
  }

  void groups(StringBuilder xml, SampleInstance of) {
    if (of.securityGroups().isEmpty()) {
      xml.append("     <groupSet/>\n");
      return;
    }
    xml.append("     <groupSet>\n");
    for (String group : of.securityGroups()) {
      xml.append("      <item><groupId>sg-0")
          .append(HEX.toHexDigits((of.region() + group).hashCode() * 0x94d049bb133111ebL))
          .append("</groupId><groupName>")
          .append(group)
          .append("</groupName></item>\n");
    }
    xml.append("     </groupSet>\n");
  }

  void stateReason(StringBuilder xml) {
    if (facts.stoppedAt().isPresent()) {
      xml.append(
          """
               <stateReason>
                <code>Client.UserInitiatedShutdown</code>
                <message>Client.UserInitiatedShutdown: User initiated shutdown</message>
               </stateReason>
          """);
    }
  }

  void volumes(StringBuilder xml) {
    if (gone()) {
      xml.append("     <blockDeviceMapping/>\n");
      return;
    }
    xml.append("     <blockDeviceMapping>\n");
    xml.append("      <item>\n")
        .append("       <deviceName>/dev/xvda</deviceName>\n")
        .append("       <ebs>\n        <volumeId>vol-0")
        .append(HEX.toHexDigits(~facts.fingerprint()))
        .append("</volumeId>\n        <status>attached</status>\n")
        .append("        <attachTime>")
        .append(InstanceXml.TIME.format(facts.launchTime()))
        .append("</attachTime>\n")
        .append("        <deleteOnTermination>true</deleteOnTermination>\n")
        .append("       </ebs>\n      </item>\n")
        .append("     </blockDeviceMapping>\n");
  }

  void tags(StringBuilder xml) {
    xml.append("     <tagSet>\n      <item><key>Name</key><value>")
        .append("server-")
        .append(facts.index())
        .append("</value></item>\n      <item><key>Environment</key><value>")
        .append(ENVIRONMENTS[(int) Long.remainderUnsigned(facts.fingerprint(), 3)])
        .append("</value></item>\n     </tagSet>\n");
  }

  void profile(StringBuilder xml, String profile) {
    xml.append("     <iamInstanceProfile>\n      <arn>arn:aws:iam::")
        .append(accountId)
        .append(":instance-profile/")
        .append(profile)
        .append("</arn>\n      <id>AIPA")
        .append(HEX.withUpperCase().toHexDigits((long) profile.hashCode() << 7))
        .append("A</id>\n     </iamInstanceProfile>\n");
  }

  void networkInterfaces(StringBuilder xml) {
    if (gone()) {
      xml.append("     <networkInterfaceSet/>\n");
      return;
    }
    String eni = HEX.toHexDigits(facts.fingerprint() * 31);
    xml.append("     <networkInterfaceSet>\n      <item>\n")
        .append("       <networkInterfaceId>eni-0")
        .append(eni)
        .append("</networkInterfaceId>\n       <subnetId>")
        .append(subnetId())
        .append("</subnetId>\n       <vpcId>")
        .append(vpcId())
        .append("</vpcId>\n       <description/>\n")
        .append("       <ownerId>")
        .append(accountId)
        .append("</ownerId>\n       <status>in-use</status>\n")
        .append("       <macAddress>02:")
        .append(HEX.withDelimiter(":").formatHex(HEX.parseHex(eni.substring(0, 10))))
        .append("</macAddress>\n       <privateIpAddress>")
        .append(privateIp())
        .append("</privateIpAddress>\n       <privateDnsName>")
        .append(privateDnsName())
        .append("</privateDnsName>\n       <sourceDestCheck>true</sourceDestCheck>\n");
    groups(xml, facts);
    xml.append("       <attachment>\n        <attachmentId>eni-attach-0")
        .append(eni)
        .append("</attachmentId>\n        <deviceIndex>0</deviceIndex>\n")
        .append("        <status>attached</status>\n")
        .append("        <deleteOnTermination>true</deleteOnTermination>\n")
        .append("        <networkCardIndex>0</networkCardIndex>\n")
        .append("       </attachment>\n");
    association(xml, "       ");
    xml.append("       <privateIpAddressesSet>\n        <item>\n")
        .append("         <privateIpAddress>")
        .append(privateIp())
        .append("</privateIpAddress>\n         <primary>true</primary>\n");
    association(xml, "         ");
    xml.append("        </item>\n       </privateIpAddressesSet>\n")
        .append("       <ipv6AddressesSet/>\n")
        .append("       <interfaceType>interface</interfaceType>\n")
        .append("      </item>\n     </networkInterfaceSet>\n");
  }

  private void association(StringBuilder xml, String indent) {
    if (facts.publicIp().isPresent()) {
      String ip = facts.publicIp().get();
      xml.append(indent)
          .append("<association><publicIp>")
          .append(ip)
          .append("</publicIp><publicDnsName>")
          .append(publicDnsName(ip))
          .append("</publicDnsName><ipOwnerId>amazon</ipOwnerId></association>\n");
    }
  }

  void options(StringBuilder xml) {
    xml.append(
            "     <cpuOptions><coreCount>1</coreCount><threadsPerCore>2</threadsPerCore></cpuOptions>\n")
        .append("     <capacityReservationSpecification>\n")
        .append("      <capacityReservationPreference>open</capacityReservationPreference>\n")
        .append("     </capacityReservationSpecification>\n")
        .append("     <hibernationOptions><configured>false</configured></hibernationOptions>\n")
        .append("     <metadataOptions>\n      <state>")
        .append(gone() ? "pending" : "applied")
        .append("</state>\n      <httpTokens>")
        .append(facts.tokensRequired() ? "required" : "optional")
        .append("</httpTokens>\n      <httpPutResponseHopLimit>2</httpPutResponseHopLimit>\n")
        .append("      <httpEndpoint>")
        .append(facts.metadataEnabled() ? "enabled" : "disabled")
        .append("</httpEndpoint>\n      <httpProtocolIpv6>disabled</httpProtocolIpv6>\n")
        .append("      <instanceMetadataTags>disabled</instanceMetadataTags>\n")
        .append("     </metadataOptions>\n")
        .append("     <enclaveOptions><enabled>false</enabled></enclaveOptions>\n")
        .append("     <privateDnsNameOptions>\n")
        .append("      <hostnameType>ip-name</hostnameType>\n")
        .append("      <enableResourceNameDnsARecord>false</enableResourceNameDnsARecord>\n")
        .append("      <enableResourceNameDnsAAAARecord>false</enableResourceNameDnsAAAARecord>\n")
        .append("     </privateDnsNameOptions>\n");
  }
}
