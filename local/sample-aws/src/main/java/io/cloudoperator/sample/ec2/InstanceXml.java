package io.cloudoperator.sample.ec2;

import io.cloudoperator.sample.data.SampleInstance;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.TextSink;
import io.cloudoperator.sample.wire.WireResponse;
import io.cloudoperator.sample.wire.XmlText;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A page of DescribeInstances, as EC2 prints it. */
final class InstanceXml {

  static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TRANSITION =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'GMT'").withZone(ZoneOffset.UTC);

  private InstanceXml() {}

  /**
   * @param nextToken or empty
   */
  static WireResponse reply(ServiceCall call, List<SampleInstance> page, String nextToken) {
    return WireResponse.streamed(
        Ec2Service.CONTENT_TYPE,
        sink -> {
          sink.text()
              .append(XmlText.HEADER)
              .append("<DescribeInstancesResponse xmlns=\"")
              .append(Ec2Service.NAMESPACE)
              .append("\">\n <requestId>")
              .append(call.requestId())
              .append("</requestId>\n <reservationSet");
          if (page.isEmpty()) {
            sink.text().append("/>\n");
          } else {
            reservations(sink, page, call.caller().accountId());
            sink.text().append(" </reservationSet>\n");
          }
          if (!nextToken.isEmpty()) {
            sink.text().append(" <nextToken>").append(nextToken).append("</nextToken>\n");
          }
          sink.text().append("</DescribeInstancesResponse>");
        });
  }

  private static void reservations(TextSink sink, List<SampleInstance> page, String accountId)
      throws IOException {
    sink.text().append(">\n");
    String open = "";
    for (SampleInstance instance : page) {
      StringBuilder xml = sink.text();
      if (!instance.reservationId().equals(open)) {
        if (!open.isEmpty()) {
          closeReservation(xml);
        }
        open = instance.reservationId();
        xml.append("  <item>\n   <reservationId>")
            .append(open)
            .append("</reservationId>\n   <ownerId>")
            .append(accountId)
            .append("</ownerId>\n   <groupSet/>\n   <instancesSet>\n");
      }
      instance(xml, instance, accountId);
      sink.pass();
    }
    closeReservation(sink.text());
  }

  private static void closeReservation(StringBuilder xml) {
    xml.append("   </instancesSet>\n  </item>\n");
  }

  private static void instance(StringBuilder xml, SampleInstance facts, String accountId) {
    InstanceParts parts = new InstanceParts(facts, accountId);
    xml.append("    <item>\n");
    element(xml, "instanceId", facts.id());
    element(xml, "imageId", parts.imageId());
    xml.append("     <instanceState>\n      <code>")
        .append(facts.state().code())
        .append("</code>\n      <name>")
        .append(facts.state().wireName())
        .append("</name>\n     </instanceState>\n");
    element(xml, "privateDnsName", parts.gone() ? "" : parts.privateDnsName());
    element(xml, "dnsName", facts.publicIp().map(parts::publicDnsName).orElse(""));
    element(
        xml,
        "reason",
        facts.stoppedAt().map(at -> "User initiated (" + TRANSITION.format(at) + ")").orElse(""));
    element(xml, "keyName", "operations");
    element(
        xml, "amiLaunchIndex", Integer.toString(facts.index() % 16 < 4 ? facts.index() % 16 : 0));
    xml.append("     <productCodes/>\n");
    element(xml, "instanceType", facts.type());
    element(xml, "launchTime", TIME.format(facts.launchTime()));
    parts.placement(xml);
    if (facts.platform().startsWith("Windows")) {
      element(xml, "platform", "windows");
    }
    xml.append("     <monitoring><state>disabled</state></monitoring>\n");
    if (!parts.gone()) {
      element(xml, "subnetId", parts.subnetId());
      element(xml, "vpcId", parts.vpcId());
      element(xml, "privateIpAddress", parts.privateIp());
    }
    facts.publicIp().ifPresent(ip -> element(xml, "ipAddress", ip));
    if (!parts.gone()) {
      element(xml, "sourceDestCheck", "true");
    }
    parts.groups(xml, facts);
    parts.stateReason(xml);
    element(xml, "architecture", facts.architecture());
    element(xml, "rootDeviceType", "ebs");
    element(xml, "rootDeviceName", "/dev/xvda");
    parts.volumes(xml);
    element(xml, "virtualizationType", "hvm");
    element(xml, "clientToken", parts.clientToken());
    parts.tags(xml);
    element(xml, "hypervisor", "xen");
    facts.instanceProfile().ifPresent(profile -> parts.profile(xml, profile));
    if (facts.spot()) {
      element(xml, "instanceLifecycle", "spot");
    }
    parts.networkInterfaces(xml);
    element(xml, "ebsOptimized", "false");
    element(xml, "enaSupport", "true");
    parts.options(xml);
    element(xml, "platformDetails", facts.platform());
    element(xml, "usageOperation", parts.usageOperation());
    element(xml, "usageOperationUpdateTime", TIME.format(facts.launchTime()));
    xml.append(
        """
             <maintenanceOptions>
              <autoRecovery>default</autoRecovery>
              <rebootMigration>default</rebootMigration>
             </maintenanceOptions>
             <networkPerformanceOptions>
              <bandwidthWeighting>default</bandwidthWeighting>
             </networkPerformanceOptions>
        """);
    element(xml, "currentInstanceBootMode", "legacy-bios");
    xml.append("     <operator><managed>false</managed></operator>\n");
    xml.append("    </item>\n");
  }

  /** An element of an instance; an empty one is written short. */
  static void element(StringBuilder xml, String name, String value) {
    xml.append("     <").append(name);
    if (value.isEmpty()) {
      xml.append("/>\n");
    } else {
      xml.append('>').append(value).append("</").append(name).append(">\n");
    }
  }
}
