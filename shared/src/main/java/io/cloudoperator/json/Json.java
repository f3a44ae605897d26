package io.cloudoperator.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.scan.Coverage;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.service.ApiKinds;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Domain values as JSON: ids as plain strings, enums in lower case, times in ISO 8601, what is
 * absent left out. Repeated members are refused. An {@code ExternalId} or {@code RoleArn} has no
 * form here: nobody writes one by mistake.
 */
public final class Json {
  /**
   * Reads what people send, and refuses what it does not know; writes every JSON of ours.
   * Thread-safe.
   */
  public static final JsonMapper STRICT = mapper();

  /**
   * Reads what a release of ours wrote, this one, an earlier or a later one: rows, and what is in
   * flight between the steps of a scan. Unknown members are ignored; an unknown word of an enum is
   * its {@code UNKNOWN}, and an unknown reason of an unread source {@code FAILED}; an absent number
   * is refused, for it is not zero. Thread-safe.
   */
  public static final JsonMapper STORED =
      STRICT
          .rebuild()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .addHandler(new OtherReleases())
          .build();

  private Json() {}

  private static JsonMapper mapper() {
    return JsonMapper.builder()
        .addModule(new Jdk8Module())
        .addModule(new JavaTimeModule())
        .addModule(domain())
        .addModule(new CountsModule())
        .addMixIn(Reading.class, ReadingForm.class)
        .addMixIn(Reading.Complete.class, CompleteForm.class)
        .addMixIn(Inventory.class, InventoryForm.class)
        .addMixIn(Snapshot.class, SnapshotForm.class)
        .addMixIn(Plan.class, NotChosenForm.class)
        .addMixIn(Coverage.class, NotChosenForm.class)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.ALWAYS))
        .build();
  }

  /** The value as one line of JSON. */
  public static String write(Object value) {
    try {
      return STRICT.writeValueAsString(value);
    } catch (JacksonException e) {
      throw new IllegalStateException("a value of ours has no JSON form", e);
    }
  }

  /**
   * The value that {@link #write} wrote, in this release or another.
   *
   * @throws IllegalStateException if the text is of another form: what we wrote ourselves is
   *     damaged
   */
  public static <T> T read(String json, Class<T> type) {
    try {
      return STORED.readValue(json, type);
    } catch (JacksonException e) {
      throw new IllegalStateException("stored JSON is not a " + type.getSimpleName(), e);
    }
  }

  /** Writes the value as {@link #write(Object)} does, piece by piece, and closes the stream. */
  public static void write(Object value, OutputStream to) throws IOException {
    try {
      STRICT.writeValue(to, value);
    } catch (JacksonException e) {
      throw new IllegalStateException("a value of ours has no JSON form", e);
    }
  }

  private static SimpleModule domain() {
    SimpleModule module = new SimpleModule("domain");
    text(module, TenantId.class, TenantId::value, TenantId::new);
    text(module, ConnectionId.class, ConnectionId::value, ConnectionId::new);
    text(module, AccountId.class, AccountId::value, AccountId::new);
    text(module, ScanId.class, ScanId::value, ScanId::new);
    text(module, RegionName.class, RegionName::value, RegionName::new);
    text(module, ApiId.class, ApiId::toString, ApiKinds::idOfAnyKind);
    text(module, ApiKind.class, ApiKind::name, ApiKinds::kind);
    text(module, ApiSource.class, source -> source.name(), ApiKinds::source);
    ApiFactsForms.addTo(module);
    text(module, RiskFlag.Kind.class, RiskFlag.Kind::code, RiskFlag.Kind::new);
    module.addSerializer(ExternalId.class, new Refusal<>(ExternalId.class));
    module.addSerializer(RoleArn.class, new Refusal<>(RoleArn.class));
    module.setSerializerModifier(new LowerCaseEnums());
    return module;
  }

  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
    module.addSerializer(
        type,
        new StdScalarSerializer<T>(type) {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(write.apply(value));
          }
        });
    module.addKeySerializer(
        type,
        new StdScalarSerializer<T>(type) {
          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeFieldName(write.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new StdScalarDeserializer<T>(type) {
          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            String text = in.getText();
            try {
              return read.apply(text);
            } catch (IllegalArgumentException e) {
              throw context.weirdStringException(text, type, String.valueOf(e.getMessage()));
            }
          }
        });
    module.addKeyDeserializer(
        type,
        new KeyDeserializer() {
          @Override
          public Object deserializeKey(String key, DeserializationContext context) {
            return read.apply(key);
          }
        });
  }

  private static final class Refusal<T> extends StdScalarSerializer<T> {
    private static final long serialVersionUID = 1;

    Refusal(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      throw JsonMappingException.from(out, "a part of a role reference is not written as JSON");
    }
  }

  /** What releases differ in. */
  private static final class OtherReleases extends DeserializationProblemHandler {
    @Override
    public Object handleWeirdStringValue(
        DeserializationContext context, Class<?> type, String word, String problem) {
      if (type == Reading.Reason.class) {
        return Reading.Reason.FAILED;
      }
      if (type.isEnum()) {
        for (Object constant : type.getEnumConstants()) {
          if (((Enum<?>) constant).name().equals("UNKNOWN")) {
            return constant;
          }
        }
      }
      return NOT_HANDLED;
    }
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Reading.Complete.class, name = "complete"),
    @JsonSubTypes.Type(value = Reading.Unread.class, name = "unread")
  })
  private interface ReadingForm {}

  /** Readers of earlier releases know no exceptions: none are written where there are none. */
  private interface CompleteForm {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<UnreadItem> except();
  }

  /** Where a scan has read all, it is written as before one could read less. */
  private interface InventoryForm {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<Inventory.Progress> progress();
  }

  /** The times are an attribute beside the JSON: readers of earlier releases refuse new members. */
  private interface SnapshotForm {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    Map<RiskFlag.Kind, Instant> firstSeen();
  }

  /** Where every region was to be read, it is written as before there was a choice. */
  private interface NotChosenForm {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<RegionName> notChosen();
  }

  private static final class LowerCaseEnums extends BeanSerializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonSerializer<?> modifyEnumSerializer(
        SerializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonSerializer<?> serializer) {
      return new StdScalarSerializer<Enum<?>>(Enum.class, false) {
        @Override
        public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
          out.writeString(value.name().toLowerCase(Locale.ROOT));
        }
      };
    }

    @Override
    public JsonSerializer<?> modifyKeySerializer(
        SerializationConfig config,
        JavaType type,
        BeanDescription description,
        JsonSerializer<?> serializer) {
      if (!type.isEnumType()) {
        return serializer;
      }
      return new StdScalarSerializer<Enum<?>>(Enum.class, false) {
        @Override
        public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider provider)
            throws IOException {
          out.writeFieldName(value.name().toLowerCase(Locale.ROOT));
        }
      };
    }
  }
}
