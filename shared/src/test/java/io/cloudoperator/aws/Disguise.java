package io.cloudoperator.aws;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;

/**
 * Writes an answer in other bytes that mean the same: entities, CDATA, comments, processing
 * instructions, white space, attributes, another order, and elements that nobody knows yet.
 * Comments inside a text are left out: the SDK takes what follows the last one for the whole.
 */
public final class Disguise {
  // Lists: the order of their items is what they are; and a token's page.
  private static final Set<String> UNKNOWN_CHILDREN_WOULD_BE_ITEMS =
      Set.of(
          "reservationSet",
          "instancesSet",
          "groupSet",
          "networkInterfaceSet",
          "privateIpAddressesSet",
          "tagSet",
          "productCodes",
          "regionInfo",
          "Buckets");

  private static final String UNKNOWN =
      "<ofTomorrow><item><instanceType>no</instanceType><state><name>no</name></state></item>"
          + "<nextToken>no</nextToken><association><publicIp>no</publicIp></association></ofTomorrow>";

  private final Random random;
  private final StringBuilder out = new StringBuilder();

  private Disguise(Random random) {
    this.random = random;
  }

  public static String of(String answer, Random random) {
    Disguise disguise = new Disguise(random);
    disguise.out.append(
        disguise.one("", "<?xml version='1.0'?>\n", "<?xml version=\"1.0\" encoding=\"utf-8\" ?>"));
    disguise.between();
    disguise.element(parse(answer).getDocumentElement(), true);
    disguise.out.append(disguise.one("", "\n\n", "<!-- </end> -->", "<?end?>"));
    return disguise.out.toString();
  }

  private static Document parse(String answer) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(answer.strip())));
    } catch (Exception e) {
      throw new AssertionError("the corpus is no XML", e);
    }
  }

  private void element(Element element, boolean root) {
    out.append('<').append(element.getNodeName());
    if (root) {
      out.append(" xmlns=\"").append(element.getAttribute("xmlns")).append("\" xmlns:x='urn:x'");
    }
    out.append(one("", "", "", " ", "\n\t", " unknown='&lt;a>&#10;\"'", " x:a=\"b\" b=''"));
    List<Element> children = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      switch (child) {
        case Element each -> children.add(each);
        case Text each -> text.append(each.getData());
        default -> {}
      }
    }
    if (!children.isEmpty()) {
      out.append('>');
      children(element.getNodeName(), children);
    } else if (text.isEmpty() && random.nextBoolean()) {
      out.append("/>");
      return;
    } else {
      out.append('>');
      text(text.toString());
    }
    out.append("</").append(element.getNodeName()).append(one("", "", " ", "\n")).append('>');
  }

  private void children(String parent, List<Element> children) {
    boolean list = UNKNOWN_CHILDREN_WOULD_BE_ITEMS.contains(parent);
    if (!list) {
      Collections.shuffle(children, random);
    }
    between();
    for (Element child : children) {
      element(child, false);
      between();
      if (!list && random.nextInt(8) == 0) {
        out.append(UNKNOWN);
      }
    }
  }

  private void between() {
    out.append(
        one(
            "",
            "",
            "\n    ",
            "\r\n\t",
            "<!-- <instanceType>no</instanceType> & ]]> -->",
            "<?no <instanceType>no</instanceType>?>"));
  }

  private void text(String text) {
    if (text.isEmpty()) {
      out.append(one("", "<![CDATA[]]>", "<!-- -->"));
      return;
    }
    int form = random.nextInt(4);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (form) {
        case 0 -> out.append("&#").append((int) c).append(';');
        case 1 -> out.append("<![CDATA[").append(c).append("]]>");
        case 2 ->
            out.append(random.nextInt(3) == 0 ? "&#x" + Integer.toHexString(c) + ";" : escaped(c));
        default -> out.append(escaped(c));
      }
    }
  }

  private static String escaped(char c) {
    return switch (c) {
      case '<' -> "&lt;";
      case '>' -> "&gt;";
      case '&' -> "&amp;";
      case '"' -> "&quot;";
      case '\'' -> "&apos;";
      default -> String.valueOf(c);
    };
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
