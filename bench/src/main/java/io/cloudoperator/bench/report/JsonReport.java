package io.cloudoperator.bench.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A run as JSON: the machine, and every figure with its samples, unit and verdicts. */
public final class JsonReport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final ObjectNode root = MAPPER.createObjectNode();
  private final ObjectNode tables;

  /**
   * A run without tables yet.
   *
   * @param run what is to be said of the run itself, such as the machine and the commit
   */
  public JsonReport(Map<String, String> run) {
    run.forEach(root::put);
    tables = root.putObject("tables");
  }

  /** Adds a table. */
  public void add(String name, String title, Result result) {
    ObjectNode table = tables.putObject(name).put("title", title);
    result.subjects().forEach(table.putArray("subjects")::add);
    var rows = table.putArray("rows");
    for (Row row : result.rows()) {
      ObjectNode json = rows.addObject().put("what", row.what()).put("unit", row.unit());
      ObjectNode figures = json.putObject("figures");
      row.figures()
          .forEach((subject, figure) -> {
            ObjectNode one = figures.putObject(subject).put("median", figure.median());
            figure.samples().forEach(one.putArray("samples")::add);
          });
      var verdicts = json.putArray("verdicts");
      for (BarCheck verdict : row.verdicts()) {
        ObjectNode one =
            verdicts
                .addObject()
                .put("what", verdict.what())
                .put("value", verdict.value())
                .put("unit", verdict.unit());
        verdict.bar().ifPresent(bar -> one.put("bar", bar.toString()));
        verdict.met().ifPresent(met -> one.put("met", met));
      }
    }
    result.notes().forEach(table.putArray("notes")::add);
  }

  /** Writes the run so far. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, MAPPER.writeValueAsString(root) + "\n");
  }
}
