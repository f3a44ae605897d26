package io.cloudoperator.store.stored;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Insight;
import io.cloudoperator.scan.RiskFlag;
import io.cloudoperator.scan.Trend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads stored JSON, of this release or another. Where a part cannot be read, the rest is: a {@link
 * Reading} becomes unread with the code {@link #UNREADABLE}, so that nothing of it counts as zero;
 * and a flag, an insight, a change or a count of calls is left out of its list. Thread-safe.
 */
public final class StoredJson {
  /** The code of a reading that was stored and cannot be read any more. */
  public static final String UNREADABLE = "Unreadable";

  // Of these a reader misses one and no more; without an API or a region it would conclude that
  // there is none.
  private static final Set<Class<?>> LEFT_OUT =
      Set.of(
          RiskFlag.class,
          Insight.class,
          Trend.Change.class,
          CallCount.class,
          ApiSummary.UnreadSource.class);
  private static final String LOST = "lost";

  private static final JsonMapper SALVAGING =
      Json.STORED
          .rebuild()
          .addModule(new SimpleModule("salvage").setDeserializerModifier(new Salvage()))
          .build();

  private StoredJson() {}

  /**
   * A value that was stored.
   *
   * @param lost what could not be read of it: the kind of failure and the member, no value
   */
  public record Read<T>(T value, List<String> lost) {
    public Read {
      lost = List.copyOf(lost);
    }
  }

  /**
   * Reads a value.
   *
   * @throws IllegalStateException if nothing of it can be read
   */
  public static <T> Read<T> read(String json, Class<T> type) {
    return read(json.getBytes(UTF_8), type);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalStateException if nothing of it can be read
   */
  public static <T> Read<T> read(byte[] json, Class<T> type) {
    try {
      return new Read<>(Json.STORED.readValue(json, type), List.of());
    } catch (JacksonException _) {
      // The other reader keeps every part aside before it reads it: only for what is damaged.
      return salvage(json, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> Read<T> salvage(byte[] json, Class<T> type) {
    List<String> lost = new ArrayList<>();
    ObjectReader reader = SALVAGING.readerFor(type).withAttribute(LOST, lost);
    try {
      T value = reader.readValue(json);
      return new Read<>(value, lost);
    } catch (JacksonException e) {
      throw new IllegalStateException("stored JSON is not a " + type.getSimpleName(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A failure's kind and where in a value it was: messages of Jackson repeat the value. */
  static String why(Throwable failure) {
    StringBuilder why = new StringBuilder(failure.getClass().getSimpleName());
    if (failure instanceof JsonMappingException mapping) {
      mapping.getPath().stream()
          .map(JsonMappingException.Reference::getFieldName)
          .forEach(name -> why.append('.').append(name == null ? "[]" : name));
    }
    return failure.getCause() == null ? why.toString() : why + "/" + why(failure.getCause());
  }

  private static void lose(DeserializationContext context, JsonMappingException failure) {
    if (context.getAttribute(LOST) instanceof List<?> list) {
      @SuppressWarnings("unchecked")
      List<String> lost = (List<String>) list;
      lost.add(why(failure));
    }
  }

  private static final class Salvage extends BeanDeserializerModifier {
    private static final long serialVersionUID = 1;

    @Override
    public JsonDeserializer<?> modifyDeserializer(
        DeserializationConfig config, BeanDescription description, JsonDeserializer<?> reader) {
      return description.getBeanClass() == Reading.class ? new OrUnread(reader) : reader;
    }

    @Override
    public JsonDeserializer<?> modifyCollectionDeserializer(
        DeserializationConfig config,
        CollectionType type,
        BeanDescription description,
        JsonDeserializer<?> reader) {
      return LEFT_OUT.contains(type.getContentType().getRawClass())
          ? new WholeElements(type.getContentType())
          : reader;
    }
  }

  /** A reading, unread if it cannot be read. */
  private static final class OrUnread extends DelegatingDeserializer {
    private static final long serialVersionUID = 1;

    OrUnread(JsonDeserializer<?> reader) {
      super(reader);
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
      return new OrUnread(reader);
    }

    @Override
    public Object deserializeWithType(
        JsonParser in, DeserializationContext context, TypeDeserializer type) throws IOException {
      try (TokenBuffer aside = context.bufferAsCopyOfValue(in);
          JsonParser again = aside.asParserOnFirstToken()) {
        return super.deserializeWithType(again, context, type);
      } catch (JsonMappingException e) {
        lose(context, e);
        return new Reading.Unread<>(Reading.Reason.FAILED, UNREADABLE);
      }
    }
  }

  /** Those elements of a list that can be read. */
  private static final class WholeElements extends StdDeserializer<List<Object>> {
    private static final long serialVersionUID = 1;

    private final transient JavaType element;

    WholeElements(JavaType element) {
      super(List.class);
      this.element = element;
    }

    @Override
    public List<Object> deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      List<Object> values = new ArrayList<>();
      for (JsonNode one : context.readTree(in)) {
        try {
          values.add(context.readTreeAsValue(one, element));
        } catch (JsonMappingException e) {
          lose(context, e);
        }
      }
      return values;
    }
  }
}
