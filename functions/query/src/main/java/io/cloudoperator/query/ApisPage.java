package io.cloudoperator.query;

import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.AnswerSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some APIs in the order of their ids: as many as were asked for and fit into an answer. One that
 * does not fit by itself goes over several pages, with some of its routes on each.
 *
 * @param next where the next page begins; empty on the last
 */
record ApisPage(List<ApiView> items, Optional<Cursor> next) {
  /** The most APIs of a page. */
  static final int LARGEST = 500;

  static final int USUAL = 100;

  ApisPage {
    items = List.copyOf(items);
  }

  /**
   * A page that begins after the cursor.
   *
   * @param all in the order of their ids
   * @param room how large the page may be, as {@link AnswerSize} measures it
   */
  static ApisPage of(List<ApiView> all, int limit, Optional<Cursor> after, long room) {
    List<ApiView> items = new ArrayList<>();
    long left = room;
    for (ApiView api : all) {
      int order = after.map(cursor -> api.id().compareTo(cursor.api())).orElse(1);
      int from = order == 0 ? after.orElseThrow().routes() : 0;
      if (order < 0 || (order == 0 && from >= api.routeCount())) {
        continue;
      }
      if (items.size() == limit) {
        return upTo(items, all);
      }
      ApiView rest = api.withRoutes(from, api.routeCount());
      long size = AnswerSize.of(Json.write(rest));
      if (size > left) {
        if (items.isEmpty()) {
          items.add(cut(api, from, left));
        }
        return upTo(items, all);
      }
      items.add(rest);
      left -= size;
    }
    return new ApisPage(items, Optional.empty());
  }

  private static ApisPage upTo(List<ApiView> items, List<ApiView> all) {
    ApiView last = items.getLast();
    boolean everything = last.id().equals(all.getLast().id()) && last.shown() == last.routeCount();
    return new ApisPage(items, everything ? Optional.empty() : Optional.of(Cursor.after(last)));
  }

  /** As many of its routes as there is room for, but at least one: else no page would end. */
  private static ApiView cut(ApiView api, int from, long room) {
    long left = room - AnswerSize.of(Json.write(api.withRoutes(from, from)));
    int to = from;
    for (Route route : api.routes().subList(from, api.routeCount())) {
      left -= AnswerSize.of(Json.write(route)) + 1;
      if (left < 0 && to > from) {
        break;
      }
      to++;
    }
    return api.withRoutes(from, to);
  }

  /**
   * The last that was shown: an API, and how many of its routes. It holds from one inventory to
   * another.
   */
  record Cursor(ApiId api, int routes) {
    Cursor {
      PageCursor.requireCount(routes);
    }

    private static Cursor after(ApiView last) {
      return new Cursor(last.id(), last.shown());
    }
  }
}
