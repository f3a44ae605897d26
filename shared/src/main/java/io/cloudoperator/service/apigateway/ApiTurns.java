package io.cloudoperator.service.apigateway;

import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiId;
import io.cloudoperator.inventory.ApiKind;
import io.cloudoperator.inventory.EarlierApis.Known;
import io.cloudoperator.inventory.SourceProgress;
import io.cloudoperator.service.Turns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which of a region's APIs are read in a scan, and how much of each. Nothing that callers
 * meet changes without a deployment, and a stage says when it last had one: so of an API that was
 * read before, its stages are asked for, and its routes only if something was deployed since. Of
 * those to which nothing was, some are read whole in each scan, so that what was edited and not
 * deployed shows in the end. docs/decisions/049
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-deploy-api.html">deployments
 *     of REST APIs</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html">stages
 *     of HTTP APIs</a>
 */
final class ApiTurns<A> {
  /** So many scans it takes until the routes of each API were read again, if there is time. */
  static final int SCANS = 16;

  /** Of clocks, ours and AWS's, and of what is eventually consistent. */
  private static final Duration MARGIN = Duration.ofMinutes(2);

  private final Turns turns;
  private final Questions<A> questions;

  ApiTurns(Turns turns, Questions<A> questions) {
    this.turns = turns;
    this.questions = questions;
  }

  /** What is asked about an API, and what becomes of the answers. */
  interface Questions<A> {
    ApiKind kind(A listed);

    String id(A listed);

    List<StageReader.Found> stages(A listed);

    /** All of it, with these stages if they have been asked for. */
    A whole(A listed, Optional<List<StageReader.Found>> stages);

    /**
     * The API with stages that serve the routes that it had.
     *
     * @param earlier as it was
     */
    A withStages(A listed, List<StageReader.Found> stages, Api earlier);

    A asListed(A listed);

    /** Whether some of it is as it was earlier. */
    boolean partly(A read);
  }

  /**
   * One that may be read.
   *
   * @param whole whether it is, whatever its stages say
   */
  private record Turn<A>(A listed, Optional<Known> known, boolean whole) {}

  List<A> read(List<A> listed) {
    Turns.Taken<Turn<A>, A> taken =
        turns.read(order(listed), turn -> questions.id(turn.listed), this::read);
    List<A> all = new ArrayList<>(taken.read());
    taken.left().forEach(turn -> all.add(questions.asListed(turn.listed)));
    tell(all, taken.left());
    return all;
  }

  private void tell(List<A> all, List<Turn<A>> left) {
    List<String> unread =
        left.stream()
            .filter(turn -> turn.known.isEmpty())
            .map(turn -> questions.id(turn.listed))
            .toList();
    Optional<Instant> oldest =
        all.stream()
            .filter(questions::partly)
            .flatMap(api -> known(api).stream())
            .map(Known::readAt)
            .min(Comparator.naturalOrder());
    if (!unread.isEmpty() || oldest.isPresent()) {
      turns.tell(
          new SourceProgress(
              all.size(),
              all.size() - unread.size(),
              unread.stream().limit(SourceProgress.MOST_NAMED).toList(),
              oldest,
              List.of()));
    }
  }

  private A read(Turn<A> turn) {
    if (turn.whole || turn.known.isEmpty()) {
      return questions.whole(turn.listed, Optional.empty());
    }
    Known known = turn.known.get();
    List<StageReader.Found> stages = questions.stages(turn.listed);
    return deployedSince(stages, known.readAt().minus(MARGIN))
        ? questions.whole(turn.listed, Optional.of(stages))
        : questions.withStages(turn.listed, stages, known.api());
  }

  /** Also where nothing is deployed, or AWS does not say when: then it may be. */
  private static boolean deployedSince(List<StageReader.Found> stages, Instant readAt) {
    List<Stage> deployed =
        stages.stream()
            .map(StageReader.Found::stage)
            .filter(stage -> stage.deploymentId().isPresent())
            .toList();
    return deployed.isEmpty()
        || deployed.stream()
            .anyMatch(stage -> stage.deployedAt().filter(at -> !at.isAfter(readAt)).isEmpty());
  }

  /**
   * Those that were never read, and those whose turn it is, alternate with those whose stages were
   * asked for the longest ago: neither keeps the other waiting.
   */
  private List<Turn<A>> order(List<A> listed) {
    List<Turn<A>> whole = new ArrayList<>();
    List<Turn<A>> known = new ArrayList<>();
    for (A api : listed) {
      Optional<Known> earlier = known(api);
      (earlier.isEmpty() ? whole : known).add(new Turn<>(api, earlier, false));
    }
    Set<A> due = new HashSet<>();
    known.stream()
        .sorted(Comparator.comparing(turn -> turn.known.orElseThrow().readAt()))
        .limit(Math.ceilDiv(known.size(), SCANS))
        .forEach(turn -> {
          whole.add(new Turn<>(turn.listed, turn.known, true));
          due.add(turn.listed);
        });
    return Turns.alternating(
        whole,
        known.stream()
            .filter(turn -> !due.contains(turn.listed))
            .sorted(Comparator.comparing(turn -> turn.known.orElseThrow().stagesAt()))
            .toList());
  }

  private Optional<Known> known(A api) {
    return turns
        .earlier()
        .find(new ApiId(turns.source().region(), questions.kind(api), questions.id(api)));
  }
}
