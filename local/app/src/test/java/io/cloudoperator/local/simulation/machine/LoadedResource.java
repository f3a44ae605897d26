package io.cloudoperator.local.simulation.machine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/**
 * A resource that is read without its file being opened again. A library that is open has locks,
 * which a thread that never goes on would hold for ever.
 */
final class LoadedResource extends URLStreamHandler {
  private final byte[] content;

  private LoadedResource(byte[] content) {
    this.content = content;
  }

  /** What is there now. */
  static URL of(URL resource) {
    try (InputStream in = resource.openStream()) {
      return URL.of(URI.create("loaded:" + resource), new LoadedResource(in.readAllBytes()));
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected URLConnection openConnection(URL resource) {
    return new URLConnection(resource) {
      @Override
      public void connect() {
        connected = true;
      }

      @Override
      public InputStream getInputStream() {
        return new ByteArrayInputStream(content);
      }
    };
  }
}
