package io.cloudoperator.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.aws.XmlReader;
import io.cloudoperator.service.ec2.InstanceReader;
import io.cloudoperator.service.ec2.RegionReader;
import io.cloudoperator.service.s3.BucketReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that is not AWS, or is not itself: what it sends is refused, and never held. */
@Isolated
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileResponseTest {
  private static final String START =
      "<DescribeInstancesResponse><reservationSet><item><instancesSet><item>";
  private static final long GIGABYTE = 1L << 30;
  private static final int MEGABYTE = 1 << 20;

  static Stream<Arguments> endlessTokens() {
    return Stream.of(
        Arguments.of("a text that is counted", START + "<instanceType>", "x"),
        Arguments.of("a text that is skipped", START + "<imageId>", "x"),
        Arguments.of("white space", START, " \n"),
        Arguments.of("white space before the root", "", "\n"),
        Arguments.of("CDATA that is counted", START + "<instanceType><![CDATA[", "x"),
        Arguments.of("CDATA that is skipped", START + "<imageId><![CDATA[", "x"),
        Arguments.of("character entities", START + "<instanceType>", "&#120;"),
        Arguments.of("a comment", START + "<!--", "x"),
        Arguments.of("a processing instruction", START + "<?x ", "x"),
        Arguments.of("a name", START + "<x", "x"),
        Arguments.of("the root's name", "<x", "x"),
        Arguments.of("the name of an attribute", START + "<a x", "x"),
        Arguments.of("an attribute", START + "<imageId a='", "x"),
        Arguments.of("an attribute of the root", "<DescribeInstancesResponse xmlns='", "x"),
        Arguments.of("white space in a tag", START + "<imageId ", " "),
        Arguments.of("a declaration", "<?xml ", " "),
        Arguments.of("a document type", "<!DOCTYPE a [", "<!-- x -->"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endlessTokens")
  void refusesAGigabyteOf(String what, String start, String piece) {
    Endless answer = new Endless(start, _ -> piece.repeat(1000));

    long allocated = allocatedWhileRefusing(answer);

    assertThat(answer.given).as(what).isLessThan(2 * XmlReader.MOST_TOKEN_BYTES);
    assertThat(allocated).as(what).isLessThan(4 * MEGABYTE);
  }

  static Stream<Arguments> endlessLists() {
    return Stream.of(
        Arguments.of("names", START, (IntFunction<String>) i -> "<a" + i + "/>", MEGABYTE),
        Arguments.of(
            "attributes", START, (IntFunction<String>) i -> "<a b" + i + "='1'/>", MEGABYTE),
        Arguments.of(
            "namespaces",
            START,
            (IntFunction<String>) i -> "<a xmlns:b" + i + "='c" + i + "'/>",
            MEGABYTE),
        Arguments.of(
            "attributes of one element",
            START + "<a",
            (IntFunction<String>) i -> " b" + i + "=''",
            MEGABYTE),
        Arguments.of("levels", START, (IntFunction<String>) _ -> "<a>", MEGABYTE),
        Arguments.of(
            "instances",
            "<DescribeInstancesResponse><reservationSet><item><instancesSet>",
            (IntFunction<String>) _ -> "<item/>",
            MEGABYTE),
        Arguments.of(
            "small elements", START, (IntFunction<String>) _ -> "<a/>", XmlReader.MOST_BYTES));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endlessLists")
  void refusesEndless(String what, String start, IntFunction<String> piece, int most) {
    Endless answer = new Endless(start, piece);

    allocatedWhileRefusing(answer);

    assertThat(answer.given).as(what).isLessThan(most + XmlReader.MOST_TOKEN_BYTES);
  }

  @Test
  void refusesMoreRegionsThanThereAre() {
    Endless answer =
        new Endless(
            "<DescribeRegionsResponse><regionInfo>",
            i -> "<item><regionName>eu-west-" + i + "</regionName></item>");

    assertThatThrownBy(() -> RegionReader.DESCRIBE_ENABLED_REGIONS.reader().read(answer))
        .isInstanceOf(UnreadableResponseException.class);
    assertThat(answer.given).isLessThan(MEGABYTE);
  }

  @Test
  void refusesBucketsInMoreRegionsThanThereAre() {
    Endless answer =
        new Endless(
            "<ListAllMyBucketsResult><Buckets>",
            i -> "<Bucket><BucketRegion>eu-west-" + i + "</BucketRegion></Bucket>");

    assertThatThrownBy(() -> BucketReader.LIST_BUCKETS.reader().read(answer))
        .isInstanceOf(UnreadableResponseException.class);
    assertThat(answer.given).isLessThan(MEGABYTE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE a [<!ENTITY % x SYSTEM \"http://127.0.0.1:9/x\"> %x;]><a/>",
        "<!DOCTYPE a SYSTEM \"file:///dev/zero\"><a/>",
        "<!DOCTYPE a PUBLIC \"-//x//y\" \"http://127.0.0.1:9/x\"><a/>",
        "<DescribeInstancesResponse><reservationSet/>&x;</DescribeInstancesResponse>",
        "<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse><a/>",
        "<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse>text",
        "<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse",
        "<?xml version=\"1.0\" encoding=\"no-such\"?><DescribeInstancesResponse/>",
        "<?xml version=\"1.0\" encoding=\"UTF-16\"?><DescribeInstancesResponse/>",
        "<?xml version=\"9.0\"?><DescribeInstancesResponse/>",
        "<DescribeInstancesResponse><a>\u0000</a></DescribeInstancesResponse>",
        "{\"reservationSet\": []}",
        "<!doctype html><html><body>Sign in to the hotel's network</body></html>",
        "<html><body>Bad gateway</body></html>"
      })
  void refuses(String answer) {
    assertUnreadable(answer.getBytes(UTF_8));
  }

  @Test
  void refusesBytesThatAreNotOfTheEncoding() {
    assertUnreadable((START + "<instanceType>\u00fc</instanceType>").getBytes(ISO_8859_1));
    assertUnreadable(("<?xml version='1.0' encoding='UTF-8'?>" + START).getBytes(UTF_16));
  }

  @Test
  void refusesRandomBytes() {
    Random random = new Random(11);
    for (int i = 0; i < 1000; i++) {
      byte[] bytes = new byte[random.nextInt(300)];
      random.nextBytes(bytes);
      assertUnreadable(bytes);
    }
  }

  @Test
  void refusesAPageThatIsCutAnywhere() {
    byte[] page = page(new Random(3));
    for (int length = page.length - 2; length >= 0; length--) {
      assertUnreadable(java.util.Arrays.copyOf(page, length));
    }
  }

  /** A parser that stumbles over garbage must not take the scan with it. */
  @Test
  void readsOrRefusesAPageWithDamage() {
    Random random = new Random(5);
    byte[] page = page(random);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = page.clone();
      for (int bytes = random.nextInt(4); bytes >= 0; bytes--) {
        damaged[random.nextInt(damaged.length)] =
            (byte)
                (random.nextBoolean()
                    ? "<>&;/!?-[]\"'= \0".charAt(random.nextInt(15))
                    : random.nextInt());
      }
      int run = i;
      assertThatCode(
              () -> {
                try {
                  read(new ByteArrayInputStream(damaged));
                } catch (IOException _) {
                  // Refused.
                }
              })
          .as("run %d", run)
          .doesNotThrowAnyException();
    }
  }

  private static byte[] page(Random random) {
    return Pages.instances("token", Pages.anyInstance(random), Pages.anyInstance(random))
        .body()
        .strip()
        .getBytes(UTF_8);
  }

  private static void assertUnreadable(byte[] answer) {
    assertThatThrownBy(() -> read(new ByteArrayInputStream(answer)))
        .isInstanceOf(UnreadableResponseException.class);
  }

  private static void read(InputStream answer) throws IOException {
    InstanceReader.DESCRIBE_INSTANCES.reader().read(answer);
  }

  private static long allocatedWhileRefusing(Endless answer) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> read(answer)).isInstanceOf(UnreadableResponseException.class);
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  /** A start, and then a gigabyte of pieces, made as they are read. */
  private static final class Endless extends InputStream {
    private final IntFunction<String> pieces;
    private byte[] piece;
    private int at;
    private int made;
    private long given;

    Endless(String start, IntFunction<String> pieces) {
      this.pieces = pieces;
      this.piece = start.getBytes(UTF_8);
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      while (at == piece.length) {
        piece = pieces.apply(made).getBytes(UTF_8);
        made++;
        at = 0;
      }
      if (given >= GIGABYTE) {
        return -1;
      }
      int bytes = Math.min(length, piece.length - at);
      System.arraycopy(piece, at, buffer, offset, bytes);
      at += bytes;
      given += bytes;
      return bytes;
    }
  }
}
