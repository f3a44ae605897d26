package io.cloudoperator.query.page;

import io.cloudoperator.query.html.Html;
import io.cloudoperator.query.html.HtmlPage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.Visitor;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Markdown as the body of a page: a section for each heading of the second level, which the page's
 * contents name; tables with captions. Nothing of the text passes as HTML of its own. A heading may
 * end with its id and a class, as {@code {#revoke .steps}}: the class is that of its section, or of
 * what stands below it until the next heading.
 */
final class Prose {
  private static final List<Extension> TABLES = List.of(TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(TABLES).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(TABLES)
          .escapeHtml(true)
          .sanitizeUrls(true)
          .attributeProviderFactory(_ ->
              (_, tag, attributes) -> {
                if (tag.equals("a")) {
                  attributes.put("rel", "noopener noreferrer");
                } else if (tag.equals("pre")) {
                  // What is wider than a page is scrolled, also without a mouse.
                  attributes.put("tabindex", "0");
                }
              })
          .build();
  // Rows of so many columns are longer than wide, and shown as cards.
  private static final int CARD_COLUMNS = 6;
  private static final Pattern ATTRIBUTES =
      Pattern.compile("\\s*\\{(?:#([a-z-]+))?\\s*(?:\\.([a-z-]+))?}$");

  private final Visitor prepare;
  private final StringBuilder html = new StringBuilder(32_768);
  private final List<HtmlPage.Link> contents = new ArrayList<>();
  private String introduction = "";
  private String title = "";
  private String heading = "";
  private boolean inSection;
  private boolean inGroup;

  /** Of Markdown whose nodes are shown to a visitor first, which may change them. */
  Prose(Visitor prepare) {
    this.prepare = prepare;
  }

  /** Adds blocks of Markdown. */
  Prose markdown(String text) {
    Node document = PARSER.parse(text);
    document.accept(prepare);
    for (Node block = document.getFirstChild(); block != null; ) {
      Node next = block.getNext();
      switch (block) {
        case Heading each -> heading(each);
        case TableBlock table -> table(table);
        default -> html.append(RENDERER.render(block));
      }
      block = next;
    }
    return this;
  }

  /** Adds what is written as HTML already, and is not of what the heading above groups. */
  Prose block(CharSequence written) {
    endGroup();
    return inline(written);
  }

  /** Adds what is written as HTML already. */
  Prose inline(CharSequence written) {
    html.append(written);
    return this;
  }

  /** The heading that was added last. */
  String heading() {
    return heading;
  }

  /** The page whose body this is, whole. */
  String page() {
    endSection();
    return HtmlPage.of(title, introduction, contents, html);
  }

  private void heading(Heading node) {
    endGroup();
    Attributes attributes = attributes(node);
    heading = text(node);
    int level = node.getLevel();
    if (level == 1) {
      title = heading;
    }
    if (level <= 2) {
      endSection();
    }
    HtmlPage.Link place =
        attributes.id().isEmpty()
            ? HtmlPage.Link.to(heading)
            : new HtmlPage.Link(attributes.id(), heading);
    if (level == 2) {
      if (contents.isEmpty()) {
        introduction = html.toString();
        html.setLength(0);
      }
      contents.add(place);
      html.append("<section").append(classed(attributes)).append(">\n");
      inSection = true;
    } else if (!attributes.style().isEmpty()) {
      html.append("<div").append(classed(attributes)).append(">\n");
      inGroup = true;
    }
    html.append("<h%d id=\"%s\">".formatted(level, place.id()));
    html.append(inner(node)).append("</h%d>\n".formatted(level));
  }

  private record Attributes(String id, String style) {}

  /** Those at the end of a heading, which loses them. */
  private static Attributes attributes(Heading node) {
    if (node.getLastChild() instanceof Text text) {
      Matcher found = ATTRIBUTES.matcher(text.getLiteral());
      if (found.find()) {
        text.setLiteral(text.getLiteral().substring(0, found.start()));
        return new Attributes(orEmpty(found, 1), orEmpty(found, 2));
      }
    }
    return new Attributes("", "");
  }

  private static String orEmpty(Matcher found, int group) {
    return found.start(group) < 0 ? "" : found.group(group);
  }

  private static String classed(Attributes attributes) {
    return attributes.style().isEmpty() ? "" : " class=\"" + attributes.style() + "\"";
  }

  private void endGroup() {
    if (inGroup) {
      html.append("</div>\n");
      inGroup = false;
    }
  }

  private void endSection() {
    endGroup();
    if (inSection) {
      html.append("</section>\n");
      inSection = false;
    }
  }

  /**
   * A table, whose first column names its rows. The roles are those that the elements have: a
   * browser forgets them where a small screen shows rows one below the other.
   */
  private void table(TableBlock table) {
    List<String> columns = new ArrayList<>();
    boolean cards = columns(table) >= CARD_COLUMNS;
    html.append(cards ? "<div class=\"rows\">\n" : "");
    html.append("<table role=\"table\">\n<caption>").append(Html.escape(heading));
    html.append("</caption>\n<thead role=\"rowgroup\">\n");
    for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
      for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
        html.append("<tr role=\"row\">");
        int column = 0;
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
          if (((TableCell) cell).isHeader()) {
            columns.add(text(cell));
            html.append("<th scope=\"col\" role=\"columnheader\">").append(inner(cell));
            html.append("</th>");
          } else {
            html.append(Html.cellStart(column, columns.get(column), false)).append(inner(cell));
            html.append(Html.cellEnd(column));
          }
          column++;
        }
        html.append("</tr>\n");
      }
      html.append(part instanceof TableHead ? "</thead>\n<tbody role=\"rowgroup\">\n" : "");
    }
    html.append("</tbody>\n</table>\n").append(cards ? "</div>\n" : "");
  }

  private static int columns(TableBlock table) {
    int columns = 0;
    Node head = table.getFirstChild().getFirstChild();
    for (Node cell = head.getFirstChild(); cell != null; cell = cell.getNext()) {
      columns++;
    }
    return columns;
  }

  private static String inner(Node parent) {
    StringBuilder inner = new StringBuilder();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      inner.append(RENDERER.render(child));
    }
    return inner.toString();
  }

  private static String text(Node node) {
    StringBuilder text = new StringBuilder();
    node.accept(
        new AbstractVisitor() {
          @Override
          public void visit(Text part) {
            text.append(part.getLiteral());
          }

          @Override
          public void visit(Code part) {
            text.append(part.getLiteral());
          }
        });
    return text.toString();
  }

  /** Fills the texts of a document. */
  static Visitor filling(UnaryOperator<String> fill) {
    return new AbstractVisitor() {
      @Override
      public void visit(Text text) {
        text.setLiteral(fill.apply(text.getLiteral()));
      }

      @Override
      public void visit(Code code) {
        code.setLiteral(fill.apply(code.getLiteral()));
      }

      @Override
      public void visit(FencedCodeBlock code) {
        code.setLiteral(fill.apply(code.getLiteral()));
      }

      @Override
      public void visit(Link link) {
        link.setDestination(fill.apply(link.getDestination()));
        visitChildren(link);
      }
    };
  }
}
