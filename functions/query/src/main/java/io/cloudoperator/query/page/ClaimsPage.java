package io.cloudoperator.query.page;

import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * docs/security.md as a page: what is promised to customers, what enforces it and which tests hold
 * it, for those who were given no repository.
 */
final class ClaimsPage {
  // What the repository has and the API serves too.
  private static final Map<String, String> SERVED =
      Map.of(
          "../openapi.yaml",
          "../openapi.json",
          "../functions/query/src/main/resources/io/cloudoperator/query/page/security-page.md",
          "../security");

  private ClaimsPage() {}

  static String of(String markdown) {
    return new Prose(new OnlyWhatIsServed()).markdown(markdown).page();
  }

  /**
   * Drops comments and pictures, and leaves of a link that leads to a file of the repository only
   * its text: who reads the page has no such file beside it.
   */
  private static final class OnlyWhatIsServed extends AbstractVisitor {
    @Override
    public void visit(HtmlBlock block) {
      String html = block.getLiteral().strip();
      if (html.startsWith("<!--") && html.indexOf("-->") == html.length() - "-->".length()) {
        block.unlink();
      }
    }

    @Override
    public void visit(Image image) {
      replaceByItsText(image);
    }

    @Override
    public void visit(Link link) {
      visitChildren(link);
      String destination = link.getDestination();
      if (SERVED.containsKey(destination)) {
        link.setDestination(SERVED.get(destination));
      } else if (!destination.startsWith("https://") && !destination.startsWith("#")) {
        replaceByItsText(link);
      }
    }

    private static void replaceByItsText(Node node) {
      for (Node child = node.getFirstChild(); child != null; child = node.getFirstChild()) {
        node.insertBefore(child);
      }
      node.unlink();
    }
  }
}
