package io.cloudoperator.platform.dynamodb;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import io.cloudoperator.platform.FixedEndpointClients;
import io.cloudoperator.platform.template.TableResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.endpoints.AccountIdEndpointMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * DynamoDB Local on a free port of the loopback interface, in memory or in a directory. It is
 * started from its parts, without its launcher: that one listens on every interface and reports its
 * use.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/DynamoDBLocal.UsageNotes.html">
 *     DynamoDB local usage notes</a>
 */
public final class LocalDynamoDb implements AutoCloseable {
  /**
   * What speaks although nothing is wrong. Held strongly: a logger that is collected forgets its
   * level.
   */
  private static final List<Logger> CHATTER =
      List.of(
          Logger.getLogger("com.almworks.sqlite4java"),
          Logger.getLogger("com.amazonaws.util.Base64"));

  static {
    CHATTER.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private final @Nullable Path directory;
  private final Server server;
  private final LocalDynamoDBServerHandler handler;
  private final SdkHttpClient http = FixedEndpointClients.http();
  private final URI endpoint;
  private final DynamoDbClient client;
  private final DynamoDbStreamsClient streams;

  private LocalDynamoDb(@Nullable Path directory) {
    this.directory = directory;
    handler =
        new LocalDynamoDBServerHandler(
            new LocalDynamoDBRequestHandler(
                0, directory == null, directory == null ? null : directory.toString(), true, false),
            null);
    server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not start", e);
    }
    endpoint = URI.create("http://127.0.0.1:" + server.getURI().getPort());
    client =
        configured(
                DynamoDbClient.builder()
                    .httpClient(http)
                    .accountIdEndpointMode(AccountIdEndpointMode.DISABLED)
                    .endpointDiscoveryEnabled(false))
            .build();
    streams = configured(DynamoDbStreamsClient.builder().httpClient(http)).build();
  }

  /** Starts it with tables that are gone when it is closed. */
  public static LocalDynamoDb inMemory() {
    return new LocalDynamoDb(null);
  }

  /**
   * Starts it with tables that are kept in this directory, which is made if need be. What is
   * deleted is in no file of it once this is closed, or if that did not happen, once it is started
   * again.
   */
  public static LocalDynamoDb in(Path directory) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    DeletedRows.wipe(directory);
    return new LocalDynamoDb(directory);
  }

  private <B extends AwsClientBuilder<B, C>, C> B configured(B builder) {
    return FixedEndpointClients.configured(
        builder,
        endpoint,
        Region.US_EAST_1,
        StaticCredentialsProvider.create(AwsBasicCredentials.create("laptop", "laptop")));
  }

  /**
   * Makes these tables with their keys, indexes, expiry and streams. A table that is there already
   * is left as it is.
   *
   * @throws IllegalStateException if a table that is there already has other keys, indexes or
   *     another stream
   */
  public void create(Collection<TableResource> tables) {
    tables.forEach(table -> TableCreator.create(client, table));
  }

  public URI endpoint() {
    return endpoint;
  }

  public DynamoDbClient client() {
    return client;
  }

  /** A client for streams that is open as long as this. */
  public DynamoDbStreamsClient streams() {
    return streams;
  }

  @Override
  public void close() {
    client.close();
    streams.close();
    http.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local did not stop", e);
    } finally {
      handler.close();
    }
    if (directory != null) {
      try {
        DeletedRows.wipe(directory);
      } catch (UncheckedIOException _) {
        // The next start does it, or says why it cannot.
      }
    }
  }
}
