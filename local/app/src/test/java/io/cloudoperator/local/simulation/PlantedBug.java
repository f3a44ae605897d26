package io.cloudoperator.local.simulation;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.DeletionStore;
import io.cloudoperator.connection.RoleReference;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.Plan;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.ScanRetention;
import io.cloudoperator.scan.Shard;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.scan.Written;
import io.cloudoperator.vault.RoleVault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Mistakes that the product could have, each in place of one part of it. */
enum PlantedBug implements Bug {
  /** A region that could not be read is reported as an empty one. */
  FAILED_REGION_IS_EMPTY {
    @Override
    RunStore runs(RunStore runs) {
      return outcomes(
          runs,
          read ->
              new RunStore.Outcomes(
                  read.regions().stream()
                      .map(region ->
                          region.outcome().unread().isEmpty()
                              ? region
                              : new WithCalls<>(
                                  new RegionOutcome(
                                      region.outcome().region(),
                                      new Reading.Complete<>(NONE_AT_ALL),
                                      region.outcome().calls()),
                                  region.calls()))
                      .toList(),
                  read.buckets(),
                  read.account(),
                  read.others()));
    }
  },

  UNREAD_BUCKETS_ARE_NONE {
    @Override
    RunStore runs(RunStore runs) {
      return outcomes(
          runs,
          read ->
              new RunStore.Outcomes(
                  read.regions(),
                  read.buckets()
                      .map(buckets ->
                          new WithCalls<>(
                              new BucketOutcome(
                                  new Reading.Complete<>(
                                      buckets.outcome().buckets().complete().orElse(NONE_AT_ALL)),
                                  buckets.outcome().calls()),
                              buckets.calls())),
                  read.account(),
                  read.others()));
    }
  },

  /** The calls of a session's opening are not in the ledger. */
  CALLS_ARE_FORGOTTEN {
    @Override
    RunStore runs(RunStore runs) {
      return outcomes(
          runs,
          read -> new RunStore.Outcomes(read.regions(), read.buckets(), read.account(), List.of()));
    }
  },

  CALLS_ARE_INVENTED {
    @Override
    RunStore runs(RunStore runs) {
      return outcomes(
          runs,
          read -> {
            List<Call> others = new ArrayList<>(read.others());
            read.calls().stream()
                .limit(1)
                .map(call ->
                    new Call(
                        call.at(),
                        call.region(),
                        call.service(),
                        call.operation(),
                        "invented",
                        call.status(),
                        call.errorCode(),
                        call.throttled(),
                        call.retry()))
                .forEach(others::add);
            return new RunStore.Outcomes(read.regions(), read.buckets(), read.account(), others);
          });
    }
  },

  /** One of the account's regions is in no shard. */
  REGION_IS_LEFT_OUT {
    @Override
    RunStore runs(RunStore runs) {
      return instead(
          RunStore.class,
          runs,
          "keepPlan",
          (arguments, real) -> {
            Plan plan = (Plan) arguments[1];
            List<Shard> shards = new ArrayList<>(plan.shards());
            Shard last = shards.removeLast();
            if (last.regions().size() > 1) {
              shards.add(
                  new Shard(
                      last.index(),
                      last.regions().subList(1, last.regions().size()),
                      last.buckets()));
            }
            return real.with(
                arguments[0],
                new Plan(plan.account(), shards, plan.notOptedIn(), plan.calls()),
                arguments[2]);
          });
    }
  },

  /** A scan that fails is said to have ended, and nothing is written. */
  FAILURE_IS_NOT_WRITTEN {
    @Override
    RunStore runs(RunStore runs) {
      return instead(
          RunStore.class,
          instead(RunStore.class, runs, "fail", (_, _) -> new Written.Done()),
          "stop",
          (arguments, real) -> arguments.length == 2 ? new Written.Done() : real.with(arguments));
    }
  },

  /** What ends a scan is written even if it has ended already. */
  RESULT_IS_WRITTEN_WHATEVER_IS_THERE {
    @Override
    public String inRequest(String operation, String request) {
      return operation.equals("TransactWriteItems") && request.contains("{\"S\":\"snapshot#")
          ? ChangedRequest.ofTransaction(
              request,
              _ -> true,
              item -> {
                if (!item.has("ConditionCheck")) {
                  ChangedRequest.unconditional(item.elements().next());
                }
              })
          : request;
    }
  },

  /** What a late attempt has read of a region takes the place of what the first one has. */
  LATE_OUTCOME_TAKES_THE_PLACE_OF_THE_FIRST {
    @Override
    public String inRequest(String operation, String request) {
      return operation.equals("UpdateItem")
          ? IF_NOT_EXISTS.matcher(request).replaceAll("$1")
          : request;
    }
  },

  /** A connection is written as it was read and changed, whatever it has become in between. */
  CHANGES_OVERWRITE_EACH_OTHER {
    @Override
    public String inRequest(String operation, String request) {
      return switch (operation) {
        case "UpdateItem" -> ChangedRequest.of(request, ChangedRequest::ofAnyVersion);
        case "TransactWriteItems" ->
            ChangedRequest.ofTransaction(
                request, _ -> true, item -> ChangedRequest.ofAnyVersion(item.elements().next()));
        default -> request;
      };
    }
  },

  /** The lock of a connection is taken while another scan has it. */
  LOCK_IS_NOT_LOOKED_AT {
    @Override
    public String inRequest(String operation, String request) {
      return operation.equals("TransactWriteItems")
          ? ChangedRequest.ofTransaction(
              request,
              _ -> true,
              item -> {
                if (item.at("/Put/Item/sk/S").asText().equals("running")) {
                  ChangedRequest.unconditional(item.elements().next());
                }
              })
          : request;
    }
  },

  LOCK_IS_NEVER_GIVEN_BACK {
    @Override
    public String inRequest(String operation, String request) {
      return operation.equals("TransactWriteItems")
          ? ChangedRequest.ofTransaction(
              request, item -> !item.at("/Delete/Key/sk/S").asText().equals("running"), _ -> {})
          : request;
    }
  },

  SNAPSHOT_IS_SHOWN_TWICE {
    @Override
    SnapshotStore snapshots(SnapshotStore snapshots) {
      return instead(
          SnapshotStore.class,
          snapshots,
          "history",
          (arguments, real) -> {
            var history = (SnapshotStore.History) real.with(arguments);
            var all = new ArrayList<>(history.snapshots());
            history.snapshots().stream().limit(1).forEach(all::add);
            return new SnapshotStore.History(all, history.unreadable());
          });
    }
  },

  NOTHING_IS_TRIMMED {
    @Override
    ScanRetention retention(ScanRetention retention) {
      return instead(
          ScanRetention.class, retention, "trim", (_, _) -> new ScanRetention.Trimmed(0, 0));
    }
  },

  NEWEST_ARE_TRIMMED {
    @Override
    public String inRequest(String operation, String request) {
      return operation.equals("Query")
              && request.contains("\":prefix\":{\"S\":\"snapshot#\"}")
              && request.contains("ProjectionExpression")
              && !request.contains("\"Limit\"")
          ? request.replace("\"ScanIndexForward\":false", "\"ScanIndexForward\":true")
          : request;
    }
  },

  NOTHING_IS_PURGED {
    @Override
    ScanRetention retention(ScanRetention retention) {
      return instead(ScanRetention.class, retention, "purge", (_, _) -> DeletionStore.Step.DONE);
    }
  },

  /** A tenant's connection is found for another tenant. */
  TENANT_IS_NOT_ASKED {
    @Override
    ConnectionStore connections(ConnectionStore connections) {
      ConnectionStore any =
          instead(
              ConnectionStore.class,
              connections,
              "stored",
              (arguments, real) -> {
                Optional<?> own = (Optional<?>) real.with(arguments);
                return own.isPresent()
                    ? own
                    : real.with(
                        new TenantId(arguments[0].toString().contains("acme") ? "globex" : "acme"),
                        arguments[1]);
              });
      return instead(
          ConnectionStore.class,
          any,
          "find",
          (arguments, _) -> {
            var found =
                any.stored(
                    (TenantId) arguments[0],
                    (io.cloudoperator.connection.ConnectionId) arguments[1]);
            return found;
          });
    }
  },

  /** Nobody goes on with a proof that its caller did not wait for, and it has no end. */
  PROOF_IS_LEFT_ALONE {
    @Override
    LedgerStore ledgers(LedgerStore ledgers) {
      return instead(
          LedgerStore.class,
          ledgers,
          "keep",
          (arguments, real) ->
              ((Ledger) arguments[1]).kind() == Ledger.Kind.VERIFICATION
                  ? new Written.Done()
                  : real.with(arguments));
    }

    @Override
    public String inRequest(String operation, String request) {
      return UNTIL.matcher(request).replaceAll("$12099");
    }
  },

  REFERENCE_IS_NOT_SEALED {
    @Override
    RoleVault vault(RoleVault vault) {
      return instead(
          RoleVault.class,
          vault,
          "seal",
          (arguments, real) -> {
            SealedReference sealed = (SealedReference) real.with(arguments);
            byte[] plain =
                arguments[2] instanceof RoleReference reference ? text(reference) : new byte[0];
            return new SealedReference(
                sealed.encryptedDataKey(),
                sealed.nonce(),
                Base64.getEncoder().encodeToString(plain));
          });
    }
  },

  REFERENCE_IS_LOGGED {
    @Override
    RoleVault vault(RoleVault vault) {
      return instead(
          RoleVault.class,
          vault,
          "open",
          (arguments, real) -> {
            Object opened = real.with(arguments);
            LoggerFactory.getLogger(Telemetry.class)
                .info(new String(text((RoleReference) opened), StandardCharsets.UTF_8));
            return opened;
          });
    }
  };

  private static final Pattern IF_NOT_EXISTS = Pattern.compile("if_not_exists\\([^,]+, ([^)]+)\\)");
  private static final Pattern UNTIL = Pattern.compile("(\\\\\"until\\\\\":\\\\\")20\\d\\d");
  private static final Counts NONE_AT_ALL = new Counts(0, Map.of(), Map.of());

  static Optional<PlantedBug> of(String name) {
    return Arrays.stream(values()).filter(each -> each.name().equals(name)).findFirst();
  }

  RunStore runs(RunStore runs) {
    return runs;
  }

  SnapshotStore snapshots(SnapshotStore snapshots) {
    return snapshots;
  }

  ScanRetention retention(ScanRetention retention) {
    return retention;
  }

  LedgerStore ledgers(LedgerStore ledgers) {
    return ledgers;
  }

  ConnectionStore connections(ConnectionStore connections) {
    return connections;
  }

  RoleVault vault(RoleVault vault) {
    return vault;
  }

  @Override
  public Wiring wiring(World world, Settings settings, AwsClients clients, Telemetry telemetry) {
    PlantedBug bug = this;
    return new Functions.SimulatedWiring(world, settings, clients, telemetry) {
      @Override
      public RunStore runs() {
        return bug.runs(super.runs());
      }

      @Override
      public SnapshotStore snapshots() {
        return bug.snapshots(super.snapshots());
      }

      @Override
      public ScanRetention retention() {
        return bug.retention(super.retention());
      }

      @Override
      public LedgerStore ledgers() {
        return bug.ledgers(super.ledgers());
      }

      @Override
      public ConnectionStore connections() {
        return bug.connections(super.connections());
      }

      @Override
      public RoleVault vault() {
        return bug.vault(super.vault());
      }
    };
  }

  private interface Real {
    Object with(Object... arguments);
  }

  private interface Method {
    Object called(Object[] arguments, Real real);
  }

  /** The same, but for one method. */
  @SuppressWarnings("unchecked")
  private static <T> T instead(Class<T> type, T of, String name, Method method) {
    return (T)
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, called, arguments) -> {
              Real real =
                  with -> {
                    try {
                      return called.invoke(of, with);
                    } catch (InvocationTargetException e) {
                      if (e.getCause() instanceof RuntimeException failure) {
                        throw failure;
                      }
                      throw new IllegalStateException(e.getCause());
                    } catch (IllegalAccessException e) {
                      throw new IllegalStateException(e);
                    }
                  };
              return called.getName().equals(name)
                  ? method.called(arguments, real)
                  : real.with(arguments);
            });
  }

  private interface Change {
    RunStore.Outcomes of(RunStore.Outcomes read);
  }

  private static RunStore outcomes(RunStore runs, Change change) {
    return instead(
        RunStore.class,
        runs,
        "record",
        (arguments, real) -> {
          Object[] changed = arguments.clone();
          int last = changed.length - 1;
          changed[last] = change.of((RunStore.Outcomes) changed[last]);
          return real.with(changed);
        });
  }

  private static byte[] text(RoleReference reference) {
    return reference.externalId().value().getBytes(StandardCharsets.UTF_8);
  }
}
