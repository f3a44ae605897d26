package io.cloudoperator.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceProgress;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.service.ApiKinds;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The facts of APIs as JSON: a member for the reading of each source, by {@link ApiSource#member},
 * beside {@code region} and {@code calls}; and {@code progress}, which has members of the same
 * names for sources of which not all was read. A member of a source that this release does not
 * read, as a later one writes, is skipped; one that is missing was not read.
 */
final class ApiFactsForms {
  private static final String REGION = "region";
  private static final String CALLS = "calls";
  private static final String PROGRESS = "progress";

  private ApiFactsForms() {}

  static void addTo(SimpleModule module) {
    module.addSerializer(new RegionWriter());
    module.addSerializer(new GlobalWriter());
    module.addDeserializer(RegionApis.class, new RegionReader());
    module.addDeserializer(GlobalApis.class, new GlobalReader());
  }

  private static final class RegionWriter extends StdSerializer<RegionApis> {
    private static final long serialVersionUID = 1;

    RegionWriter() {
      super(RegionApis.class);
    }

    @Override
    public void serialize(RegionApis value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeStringField(REGION, value.region().value());
      write(value.readings(), value.calls(), out, provider);
    }
  }

  private static final class GlobalWriter extends StdSerializer<GlobalApis> {
    private static final long serialVersionUID = 1;

    GlobalWriter() {
      super(GlobalApis.class);
    }

    @Override
    public void serialize(GlobalApis value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      write(value.readings(), value.calls(), out, provider);
    }
  }

  private static void write(
      SourceReadings readings,
      List<CallCount> calls,
      JsonGenerator out,
      SerializerProvider provider)
      throws IOException {
    for (ApiSource<?> source : readings.sources()) {
      provider.defaultSerializeField(source.member(), reading(readings, source), out);
    }
    if (!readings.progress().isEmpty()) {
      out.writeObjectFieldStart(PROGRESS);
      for (Map.Entry<ApiSource<?>, SourceProgress> far : readings.progress().entrySet()) {
        provider.defaultSerializeField(far.getKey().member(), far.getValue(), out);
      }
      out.writeEndObject();
    }
    provider.defaultSerializeField(CALLS, calls, out);
    out.writeEndObject();
  }

  private static <F> Reading<List<F>> reading(SourceReadings readings, ApiSource<F> source) {
    return readings.find(source).orElseThrow();
  }

  private static final class RegionReader extends StdDeserializer<RegionApis> {
    private static final long serialVersionUID = 1;

    RegionReader() {
      super(RegionApis.class);
    }

    @Override
    public RegionApis deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      Members members = Members.read(in, context);
      return members
          .region
          .map(region -> new RegionApis(new RegionName(region), members.readings, members.calls))
          .orElseThrow(
              () -> context.instantiationException(RegionApis.class, "the facts have no region"));
    }
  }

  private static final class GlobalReader extends StdDeserializer<GlobalApis> {
    private static final long serialVersionUID = 1;

    GlobalReader() {
      super(GlobalApis.class);
    }

    @Override
    public GlobalApis deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      Members members = Members.read(in, context);
      return new GlobalApis(members.readings, members.calls);
    }
  }

  private static final class Members {
    private Optional<String> region = Optional.empty();
    private SourceReadings readings = SourceReadings.NONE;
    private List<CallCount> calls = List.of();

    static Members read(JsonParser in, DeserializationContext context) throws IOException {
      Members members = new Members();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case REGION -> members.region = Optional.of(in.getText());
          case CALLS -> members.calls = calls(in, context);
          case PROGRESS -> members.progress(in, context);
          default -> members.member(name, in, context);
        }
      }
      return members;
    }

    private static List<CallCount> calls(JsonParser in, DeserializationContext context)
        throws IOException {
      return context.readValue(
          in, context.getTypeFactory().constructCollectionType(List.class, CallCount.class));
    }

    private void member(String name, JsonParser in, DeserializationContext context)
        throws IOException {
      Optional<ApiSource<?>> source = ApiKinds.sourceOfMember(name);
      if (source.isPresent()) {
        reading(source.get(), in, context);
      } else {
        in.skipChildren();
      }
    }

    private void progress(JsonParser in, DeserializationContext context) throws IOException {
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        Optional<ApiSource<?>> source = ApiKinds.sourceOfMember(in.currentName());
        in.nextToken();
        if (source.isPresent()) {
          readings = readings.with(source.get(), context.readValue(in, SourceProgress.class));
        } else {
          in.skipChildren();
        }
      }
    }

    private <F> void reading(ApiSource<F> source, JsonParser in, DeserializationContext context)
        throws IOException {
      TypeFactory types = context.getTypeFactory();
      JavaType type =
          types.constructParametricType(
              Reading.class, types.constructCollectionType(List.class, source.facts()));
      Reading<List<F>> reading = context.readValue(in, type);
      readings = readings.with(source, reading);
    }
  }
}
