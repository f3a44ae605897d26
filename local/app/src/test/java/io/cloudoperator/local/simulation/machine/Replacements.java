package io.cloudoperator.local.simulation.machine;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What of the JDK is replaced in a class, and the class with it replaced. */
final class Replacements {
  private static final ClassDesc CALLS = desc(MachineCalls.class);
  private static final DirectMethodHandleDesc COLLECTED =
      ConstantDescs.ofCallsiteBootstrap(
          desc(MachineCalls.class), "collected", ConstantDescs.CD_CallSite);

  /**
   * What is made in place of these: numbers of the machine, and sets and maps that have an order.
   */
  private static final Map<String, ClassDesc> SUBSTITUTES =
      Map.of(
          "java/security/SecureRandom", desc(MachineRandom.class),
          "java/util/Random", desc(MachineRandom.class),
          "java/util/HashMap", desc(LinkedHashMap.class),
          "java/util/HashSet", desc(LinkedHashSet.class));

  private static final String THREAD_LOCAL_RANDOM = "java/util/concurrent/ThreadLocalRandom";

  private static final Map<String, Static> STATICS = statics();

  private final ClassFile classFile;

  /** A static method of {@link MachineCalls}. */
  private record Static(String name, MethodTypeDesc type) {}

  /**
   * @param loader finds the classes that a class speaks of
   */
  Replacements(ClassLoader loader) {
    classFile =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader).cached()));
  }

  private static Map<String, Static> statics() {
    Map<String, Static> all = new HashMap<>();
    put(all, System.class, "nanoTime", false, "nanoTime", long.class);
    put(all, System.class, "currentTimeMillis", false, "currentTimeMillis", long.class);
    put(all, Instant.class, "now", false, "now", Instant.class);
    put(all, InstantSource.class, "system", false, "instantSource", InstantSource.class);
    put(all, Clock.class, "systemUTC", false, "clock", Clock.class);
    put(all, Clock.class, "systemDefaultZone", false, "clock", Clock.class);
    put(all, Thread.class, "sleep", false, "sleep", void.class, long.class);
    put(all, Thread.class, "sleep", false, "sleep", void.class, Duration.class);
    put(all, TimeUnit.class, "sleep", true, "sleep", void.class, long.class);
    put(all, UUID.class, "randomUUID", false, "randomUUID", UUID.class);
    put(all, Math.class, "random", false, "randomDouble", double.class);
    for (Class<?> queue : List.of(BlockingQueue.class, LinkedBlockingQueue.class)) {
      putAs(all, queue, BlockingQueue.class, "poll", Object.class, long.class, TimeUnit.class);
    }
    for (Class<?> executor :
        List.of(
            ExecutorService.class,
            ThreadPoolExecutor.class,
            ScheduledExecutorService.class,
            ScheduledThreadPoolExecutor.class)) {
      putAs(
          all,
          executor,
          ExecutorService.class,
          "awaitTermination",
          boolean.class,
          long.class,
          TimeUnit.class);
    }
    put(
        all,
        CountDownLatch.class,
        "await",
        true,
        "await",
        boolean.class,
        long.class,
        TimeUnit.class);
    put(all, Future.class, "get", true, "get", Object.class, long.class, TimeUnit.class);
    for (Class<?> executor :
        List.of(ScheduledExecutorService.class, ScheduledThreadPoolExecutor.class)) {
      for (Class<?> task : List.of(Runnable.class, Callable.class)) {
        putAs(
            all,
            executor,
            ScheduledExecutorService.class,
            "schedule",
            ScheduledFuture.class,
            task,
            long.class,
            TimeUnit.class);
      }
    }
    put(all, Set.class, "copyOf", false, "copyOfSet", Set.class, Collection.class);
    put(all, Map.class, "copyOf", false, "copyOfMap", Map.class, Map.class);
    put(all, Set.class, "of", false, "setOf", Set.class, Object[].class);
    put(all, Map.class, "ofEntries", false, "mapOfEntries", Map.class, Map.Entry[].class);
    putCollector(all, "toSet");
    putCollector(all, "toUnmodifiableSet");
    putCollector(all, "toMap", Function.class, Function.class);
    putCollector(all, "toMap", Function.class, Function.class, BinaryOperator.class);
    putCollector(all, "toUnmodifiableMap", Function.class, Function.class);
    putCollector(all, "groupingBy", Function.class);
    putCollector(all, "groupingBy", Function.class, Collector.class);
    return Map.copyOf(all);
  }

  private static void putCollector(Map<String, Static> all, String name, Class<?>... parameters) {
    put(all, Collectors.class, name, false, name, Collector.class, parameters);
  }

  private static void put(
      Map<String, Static> all,
      Class<?> owner,
      String name,
      boolean ofInstances,
      String replacement,
      Class<?> result,
      Class<?>... parameters) {
    MethodTypeDesc type = type(result, parameters);
    all.put(
        key(desc(owner), name, type),
        new Static(replacement, ofInstances ? type.insertParameterTypes(0, desc(owner)) : type));
  }

  /** A method of instances, replaced by one that takes them as what they inherit it from. */
  private static void putAs(
      Map<String, Static> all,
      Class<?> owner,
      Class<?> declared,
      String name,
      Class<?> result,
      Class<?>... parameters) {
    MethodTypeDesc type = type(result, parameters);
    all.put(
        key(desc(owner), name, type),
        new Static(name, type.insertParameterTypes(0, desc(declared))));
  }

  private static MethodTypeDesc type(Class<?> result, Class<?>... parameters) {
    return MethodType.methodType(result, parameters).describeConstable().orElseThrow();
  }

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  private static String key(ClassDesc owner, String name, MethodTypeDesc type) {
    return owner.descriptorString() + name + type.descriptorString();
  }

  private static String key(MemberRefEntry method) {
    return "L" + method.owner().asInternalName() + ";" + method.name() + method.type();
  }

  /** The class as it runs on a machine. */
  byte[] in(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof MemberRefEntry method && concerns(method)) {
        return classFile.transformClass(
            model,
            ClassTransform.transformingMethodBodies(
                replacing(extendsAny(model), handsOnThreadLocals(model))));
      }
    }
    return bytes;
  }

  private static boolean concerns(MemberRefEntry method) {
    String owner = method.owner().asInternalName();
    return owner.startsWith("java/")
        && (STATICS.containsKey(key(method))
            || SUBSTITUTES.containsKey(owner)
            || owner.equals(THREAD_LOCAL_RANDOM)
            || collects(owner, method.name().stringValue()));
  }

  /** {@code Set.of} and {@code Map.of} of as many as are said. */
  private static boolean collects(String owner, String name) {
    return name.equals("of") && (owner.equals("java/util/Set") || owner.equals("java/util/Map"));
  }

  /** Whether it extends what has a substitute: its own constructors stay what they are. */
  private static boolean extendsAny(ClassModel model) {
    return model
        .superclass()
        .filter(type -> SUBSTITUTES.containsKey(type.asInternalName()))
        .isPresent();
  }

  /** Whether its methods hand on what only a thread's own random numbers can be. */
  private static boolean handsOnThreadLocals(ClassModel model) {
    return Stream.concat(
            model.methods().stream().map(MethodModel::methodType),
            model.fields().stream().map(FieldModel::fieldType))
        .anyMatch(type -> type.stringValue().contains(THREAD_LOCAL_RANDOM));
  }

  private static CodeTransform replacing(boolean extendsAny, boolean handsOnThreadLocals) {
    return (code, element) -> {
      switch (element) {
        case InvokeInstruction call -> replace(code, call, extendsAny, handsOnThreadLocals);
        case NewObjectInstruction made
            when !extendsAny && SUBSTITUTES.containsKey(made.className().asInternalName()) ->
            code.new_(substitute(made.className().asInternalName()));
        case InvokeDynamicInstruction dynamic -> code.invokedynamic(replaced(dynamic));
        default -> code.with(element);
      }
    };
  }

  private static void replace(
      CodeBuilder code, InvokeInstruction call, boolean extendsAny, boolean handsOnThreadLocals) {
    String owner = call.owner().asInternalName();
    String name = call.name().stringValue();
    Static replacement = STATICS.get(key(call.method()));
    if (replacement != null) {
      code.invokestatic(CALLS, replacement.name, replacement.type);
    } else if (!extendsAny && SUBSTITUTES.containsKey(owner) && name.equals("<init>")) {
      code.invokespecial(substitute(owner), name, call.typeSymbol());
    } else if (!handsOnThreadLocals && owner.equals(THREAD_LOCAL_RANDOM)) {
      if (name.equals("current")) {
        code.invokestatic(CALLS, "random", type(Random.class));
      } else {
        code.invokevirtual(desc(Random.class), name, call.typeSymbol());
      }
    } else if (collects(owner, name)) {
      code.invokedynamic(
          DynamicCallSiteDesc.of(
              COLLECTED, owner.endsWith("Set") ? "setOf" : "mapOf", call.typeSymbol()));
    } else {
      code.with((CodeElement) call);
    }
  }

  private static ClassDesc substitute(String owner) {
    return Objects.requireNonNull(SUBSTITUTES.get(owner));
  }

  private static DynamicCallSiteDesc replaced(InvokeDynamicInstruction dynamic) {
    ConstantDesc[] arguments =
        dynamic.bootstrapArgs().stream().map(Replacements::replaced).toArray(ConstantDesc[]::new);
    return DynamicCallSiteDesc.of(
        dynamic.bootstrapMethod(), dynamic.name().stringValue(), dynamic.typeSymbol(), arguments);
  }

  private static ConstantDesc replaced(ConstantDesc argument) {
    if (!(argument instanceof DirectMethodHandleDesc method)
        || !method.lookupDescriptor().startsWith("(")) {
      return argument;
    }
    String owner = method.owner().descriptorString();
    String name = owner.substring(1, Math.max(1, owner.length() - 1));
    MethodTypeDesc type = MethodTypeDesc.ofDescriptor(method.lookupDescriptor());
    if (method.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR && SUBSTITUTES.containsKey(name)) {
      return MethodHandleDesc.ofConstructor(
          substitute(name), type.parameterList().toArray(ClassDesc[]::new));
    }
    if (name.equals(THREAD_LOCAL_RANDOM) && method.methodName().equals("current")) {
      return MethodHandleDesc.ofMethod(
          DirectMethodHandleDesc.Kind.STATIC, CALLS, "random", type(Random.class));
    }
    return Optional.ofNullable(STATICS.get(key(method.owner(), method.methodName(), type)))
        .<ConstantDesc>map(replacement ->
            MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC, CALLS, replacement.name, replacement.type))
        .orElse(argument);
  }
}
