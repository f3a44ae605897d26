package io.cloudoperator.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.Totals;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Counts as one flat object, {@code {"total":…,"byState":{…},"imdsV1Allowed":…}}, and what holds
 * counts by the name of their resource with one member for each. Members that hold no counts are
 * unknown: refused or passed over as the mapper does with others.
 */
final class CountsModule extends SimpleModule {
  private static final long serialVersionUID = 1;

  CountsModule() {
    super("counts");
    addSerializer(Counts.class, new Write<>(Counts.class, CountsModule::members));
    addSerializer(RegionOutcome.class, new Write<>(RegionOutcome.class, CountsModule::members));
    addSerializer(Totals.class, new Write<>(Totals.class, CountsModule::members));
    addDeserializer(Counts.class, new ReadCounts());
    addDeserializer(RegionOutcome.class, new ReadOutcome());
    addDeserializer(Totals.class, new ReadTotals());
  }

  private static Map<String, Object> members(Counts counts) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("total", counts.total());
    members.putAll(counts.breakdowns());
    members.putAll(counts.metrics());
    return members;
  }

  private static Map<String, Object> members(RegionOutcome outcome) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("region", outcome.region());
    members.putAll(outcome.counts());
    members.put("calls", outcome.calls());
    return members;
  }

  private static Map<String, Object> members(Totals totals) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("regionsCounted", totals.regionsCounted());
    members.put("regionsEnabled", totals.regionsEnabled());
    members.putAll(totals.counts());
    return members;
  }

  private static final class Write<T> extends StdSerializer<T> {
    private static final long serialVersionUID = 1;

    private final transient Function<T, Map<String, Object>> members;

    Write(Class<T> type, Function<T, Map<String, Object>> members) {
      super(type);
      this.members = members;
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject(value);
      for (Map.Entry<String, Object> member : members.apply(value).entrySet()) {
        out.writeFieldName(member.getKey());
        // By the codec, which tells a complete reading from an unread one.
        out.writeObject(member.getValue());
      }
      out.writeEndObject();
    }
  }

  /** Reads an object of which not every member has a name that is known beforehand. */
  private abstract static class ReadObject<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1;

    ReadObject(Class<T> type) {
      super(type);
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      JsonNode object = context.readTree(in);
      try {
        return read(object, context, in);
      } catch (IllegalArgumentException e) {
        return context.reportInputMismatch(this, "%s", e.getMessage());
      }
    }

    abstract T read(JsonNode object, DeserializationContext context, JsonParser in)
        throws IOException;

    JsonNode required(JsonNode object, String name, DeserializationContext context)
        throws JsonMappingException {
      JsonNode member = object.get(name);
      return member != null ? member : context.reportInputMismatch(this, "there is no %s", name);
    }

    long number(JsonNode object, String name, DeserializationContext context)
        throws JsonMappingException {
      JsonNode member = required(object, name, context);
      return member.isIntegralNumber()
          ? member.longValue()
          : context.reportInputMismatch(this, "%s is no whole number", name);
    }

    void unknown(String name, DeserializationContext context, JsonParser in) throws IOException {
      context.handleUnknownProperty(in, this, handledType(), name);
    }
  }

  private static final class ReadCounts extends ReadObject<Counts> {
    private static final long serialVersionUID = 1;

    ReadCounts() {
      super(Counts.class);
    }

    @Override
    Counts read(JsonNode object, DeserializationContext context, JsonParser in) throws IOException {
      JavaType values =
          context.getTypeFactory().constructMapType(TreeMap.class, String.class, Long.class);
      Map<String, SortedMap<String, Long>> breakdowns = new LinkedHashMap<>();
      Map<String, Long> metrics = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String name = member.getKey();
        if (name.equals("total")) {
          continue;
        }
        if (member.getValue().isIntegralNumber()) {
          metrics.put(name, member.getValue().longValue());
        } else if (member.getValue().isObject()) {
          breakdowns.put(name, context.readTreeAsValue(member.getValue(), values));
        } else {
          unknown(name, context, in);
        }
      }
      return new Counts(number(object, "total", context), breakdowns, metrics);
    }
  }

  private static final class ReadOutcome extends ReadObject<RegionOutcome> {
    private static final long serialVersionUID = 1;

    ReadOutcome() {
      super(RegionOutcome.class);
    }

    @Override
    RegionOutcome read(JsonNode object, DeserializationContext context, JsonParser in)
        throws IOException {
      JavaType reading =
          context.getTypeFactory().constructParametricType(Reading.class, Counts.class);
      JavaType calls =
          context.getTypeFactory().constructCollectionType(List.class, CallCount.class);
      SortedMap<String, Reading<Counts>> counts = new TreeMap<>();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String name = member.getKey();
        if (name.equals("region") || name.equals("calls")) {
          continue;
        }
        if (member.getValue().has("status")) {
          counts.put(name, context.readTreeAsValue(member.getValue(), reading));
        } else {
          unknown(name, context, in);
        }
      }
      return new RegionOutcome(
          context.readTreeAsValue(required(object, "region", context), RegionName.class),
          counts,
          context.readTreeAsValue(required(object, "calls", context), calls));
    }
  }

  private static final class ReadTotals extends ReadObject<Totals> {
    private static final long serialVersionUID = 1;

    ReadTotals() {
      super(Totals.class);
    }

    @Override
    Totals read(JsonNode object, DeserializationContext context, JsonParser in) throws IOException {
      Map<String, Counts> counts = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        String name = member.getKey();
        if (name.equals("regionsCounted") || name.equals("regionsEnabled")) {
          continue;
        }
        if (member.getValue().has("total")) {
          counts.put(name, context.readTreeAsValue(member.getValue(), Counts.class));
        } else if (!member.getValue().isNull()) {
          unknown(name, context, in);
        }
      }
      return new Totals(
          Math.toIntExact(number(object, "regionsCounted", context)),
          Math.toIntExact(number(object, "regionsEnabled", context)),
          counts);
    }
  }
}
