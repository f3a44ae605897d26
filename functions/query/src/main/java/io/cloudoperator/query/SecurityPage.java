package io.cloudoperator.query;

import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * docs/security.md as a page: what is promised to customers, for those who were given no
 * repository. Nothing of the file passes as HTML of its own.
 */
final class SecurityPage {
  // What the repository has and the API serves too.
  private static final Map<String, String> SERVED =
      Map.of("../openapi.yaml", "openapi.json", "security.md", "security");

  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(TABLES)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(_ ->
              (_, tag, attributes) -> {
                if (tag.equals("th")) {
                  attributes.put("scope", "col");
                } else if (tag.equals("a")) {
                  attributes.put("rel", "noopener noreferrer");
                }
              })
          .build();

  private SecurityPage() {}

  static String of(String markdown) {
    Node document = PARSER.parse(markdown);
    document.accept(new OnlyWhatIsServed());
    return HtmlPage.of("CloudOperator: security", RENDERER.render(document));
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
      } else if (!destination.startsWith("https://")) {
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
