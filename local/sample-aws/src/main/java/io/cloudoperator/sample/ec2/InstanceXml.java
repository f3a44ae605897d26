package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.SampleInstance;
import io.cloudoperator.sample.data.SampleInstance.State;
import io.cloudoperator.sample.wire.Xml;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/**
 * An instance as EC2 prints it, with addresses, disks and interfaces: all of it follows from its
 * facts.
 */
final class InstanceXml {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TRANSITION =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);
  private static final HexFormat HEX = HexFormat.of();
  private static final List<String> ENVIRONMENTS = List.of("production", "staging", "development");

  private final Xml xml;
  private final SampleInstance facts;
  private final String accountId;

  /** Whether its network is gone, and with it every address. */
  private final boolean gone;

  InstanceXml(Xml xml, SampleInstance facts, String accountId) {
    this.xml = xml;
    this.facts = facts;
    this.accountId = accountId;
    this.gone = facts.state() == State.TERMINATED || facts.state() == State.SHUTTING_DOWN;
  }

  void write() {
    String launched = TIME.format(facts.launchTime());
    xml.open("item");
    xml.leaf("instanceId", facts.id());
    xml.leaf("imageId", "ami-0" + hex(facts.platform().hashCode() * 0x9e3779b97f4a7c15L));
    xml.open("instanceState");
    xml.leaf("code", facts.state().code()).leaf("name", facts.state().wireName()).close();
    xml.leaf("privateDnsName", gone ? "" : privateDnsName());
    xml.leaf("dnsName", facts.publicIp().map(this::publicDnsName).orElse(""));
    xml.leaf(
        "reason",
        facts.stoppedAt().map(at -> "User initiated (" + TRANSITION.format(at) + ")").orElse(""));
    xml.leaf("keyName", PlantedSecret.of("key-pair"));
    xml.leaf("amiLaunchIndex", facts.index() % 16 < 4 ? facts.index() % 16 : 0);
    xml.leaf("productCodes", "");
    xml.leaf("instanceType", facts.type());
    xml.leaf("launchTime", launched);
    xml.open("placement").leaf("availabilityZone", facts.zone());
    xml.leaf("groupName", "").leaf("tenancy", facts.tenancy()).close();
    if (facts.platform().startsWith("Windows")) {
      xml.leaf("platform", "windows");
    }
    xml.open("monitoring").leaf("state", "disabled").close();
    if (!gone) {
      xml.leaf("subnetId", subnetId());
      xml.leaf("vpcId", vpcId());
      xml.leaf("privateIpAddress", privateIp());
    }
    xml.leaf("ipAddress", facts.publicIp());
    if (!gone) {
      xml.leaf("sourceDestCheck", true);
    }
    groups();
    if (facts.stoppedAt().isPresent()) {
      xml.open("stateReason").leaf("code", "Client.UserInitiatedShutdown");
      xml.leaf("message", "Client.UserInitiatedShutdown: User initiated shutdown").close();
    }
    xml.leaf("architecture", facts.architecture());
    xml.leaf("rootDeviceType", "ebs");
    xml.leaf("rootDeviceName", "/dev/xvda");
    volumes(launched);
    xml.leaf("virtualizationType", "hvm");
    xml.leaf("clientToken", "sample-" + hex(facts.fingerprint()));
    tags();
    xml.leaf("hypervisor", "xen");
    facts.instanceProfile().ifPresent(this::profile);
    if (facts.spot()) {
      xml.leaf("instanceLifecycle", "spot");
    }
    networkInterfaces();
    xml.leaf("ebsOptimized", false);
    xml.leaf("enaSupport", true);
    options();
    xml.leaf("platformDetails", facts.platform());
    xml.leaf("usageOperation", usageOperation());
    xml.leaf("usageOperationUpdateTime", launched);
    xml.open("maintenanceOptions").leaf("autoRecovery", "default");
    xml.leaf("rebootMigration", "default").close();
    xml.open("networkPerformanceOptions").leaf("bandwidthWeighting", "default").close();
    xml.leaf("currentInstanceBootMode", "legacy-bios");
    xml.open("operator").leaf("managed", false).close();
    xml.close();
  }

  private static String hex(long number) {
    return HEX.toHexDigits(number);
  }

  private String vpcId() {
    return "vpc-0" + hex((accountId + facts.region()).hashCode() * 0x9e3779b97f4a7c15L);
  }

  private String subnetId() {
    return "subnet-0" + hex((accountId + facts.zone()).hashCode() * 0xbf58476d1ce4e5b9L);
  }

  private String privateIp() {
    // The first addresses of a network are not given out.
    int index = facts.index() + 260;
    return "10." + (index >> 16 & 255) + "." + (index >> 8 & 255) + "." + (index & 255);
  }

  private String privateDnsName() {
    String domain = facts.region().equals("us-east-1") ? "ec2" : facts.region() + ".compute";
    return "ip-" + privateIp().replace('.', '-') + "." + domain + ".internal";
  }

  private String publicDnsName(String ip) {
    String domain = facts.region().equals("us-east-1") ? "compute-1" : facts.region() + ".compute";
    return "ec2-" + ip.replace('.', '-') + "." + domain + ".amazonaws.com";
  }

  private String usageOperation() {
    return switch (facts.platform()) {
      case "Windows" -> "RunInstances:0002";
      case "Windows with SQL Server" -> "RunInstances:0006";
      case "Red Hat Enterprise Linux" -> "RunInstances:0010";
      case "SUSE Linux" -> "RunInstances:000g";
      case "Ubuntu Pro" -> "RunInstances:0g00";
      default -> "RunInstances";
    };
  }

  private void groups() {
    xml.list(
        "groupSet",
        "item",
        facts.securityGroups(),
        name -> {
          long id = (facts.region() + name).hashCode() * 0x94d049bb133111ebL;
          xml.leaf("groupId", "sg-0" + hex(id)).leaf("groupName", name);
        });
  }

  private void volumes(String attached) {
    if (gone) {
      xml.leaf("blockDeviceMapping", "");
      return;
    }
    xml.open("blockDeviceMapping").open("item").leaf("deviceName", "/dev/xvda");
    xml.open("ebs").leaf("volumeId", "vol-0" + hex(~facts.fingerprint()));
    xml.leaf("status", "attached").leaf("attachTime", attached).leaf("deleteOnTermination", true);
    xml.close().close().close();
  }

  private void tags() {
    String environment = ENVIRONMENTS.get((int) Long.remainderUnsigned(facts.fingerprint(), 3));
    xml.open("tagSet");
    xml.open("item").leaf("key", "Name");
    xml.leaf("value", PlantedSecret.of("server-" + facts.index())).close();
    xml.open("item").leaf("key", PlantedSecret.of("tag-key"));
    xml.leaf("value", PlantedSecret.of(environment)).close();
    xml.close();
  }

  private void profile(String profile) {
    xml.open("iamInstanceProfile");
    xml.leaf("arn", "arn:aws:iam::" + accountId + ":instance-profile/" + profile);
    xml.leaf("id", "AIPA" + HEX.withUpperCase().toHexDigits((long) profile.hashCode() << 7) + "A");
    xml.close();
  }

  private void networkInterfaces() {
    if (gone) {
      xml.leaf("networkInterfaceSet", "");
      return;
    }
    String eni = hex(facts.fingerprint() * 31);
    byte[] address = HEX.parseHex(eni.substring(0, 10));
    xml.open("networkInterfaceSet").open("item");
    xml.leaf("networkInterfaceId", "eni-0" + eni);
    xml.leaf("subnetId", subnetId()).leaf("vpcId", vpcId()).leaf("description", "");
    xml.leaf("ownerId", accountId).leaf("status", "in-use");
    xml.leaf("macAddress", "02:" + HEX.withDelimiter(":").formatHex(address));
    xml.leaf("privateIpAddress", privateIp()).leaf("privateDnsName", privateDnsName());
    xml.leaf("sourceDestCheck", true);
    groups();
    xml.open("attachment").leaf("attachmentId", "eni-attach-0" + eni).leaf("deviceIndex", 0);
    xml.leaf("status", "attached").leaf("deleteOnTermination", true);
    xml.leaf("networkCardIndex", 0).close();
    association();
    xml.open("privateIpAddressesSet").open("item");
    xml.leaf("privateIpAddress", privateIp()).leaf("primary", true);
    association();
    xml.close().close();
    xml.leaf("ipv6AddressesSet", "").leaf("interfaceType", "interface").close().close();
  }

  private void association() {
    facts
        .publicIp()
        .ifPresent(ip -> {
          xml.open("association").leaf("publicIp", ip);
          xml.leaf("publicDnsName", publicDnsName(ip)).leaf("ipOwnerId", "amazon").close();
        });
  }

  private void options() {
    xml.open("cpuOptions").leaf("coreCount", 1).leaf("threadsPerCore", 2).close();
    xml.open("capacityReservationSpecification");
    xml.leaf("capacityReservationPreference", "open").close();
    xml.open("hibernationOptions").leaf("configured", false).close();
    xml.open("metadataOptions").leaf("state", gone ? "pending" : "applied");
    xml.leaf("httpTokens", facts.tokensRequired() ? "required" : "optional");
    xml.leaf("httpPutResponseHopLimit", 2);
    xml.leaf("httpEndpoint", facts.metadataEnabled() ? "enabled" : "disabled");
    xml.leaf("httpProtocolIpv6", "disabled").leaf("instanceMetadataTags", "disabled").close();
    xml.open("enclaveOptions").leaf("enabled", false).close();
    xml.open("privateDnsNameOptions").leaf("hostnameType", "ip-name");
    xml.leaf("enableResourceNameDnsARecord", false);
    xml.leaf("enableResourceNameDnsAAAARecord", false).close();
  }
}
