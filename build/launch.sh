# Sourced by the scripts that start Java from this checkout. They set `root` (the checkout) and `program` (their name).

# Of Maven, for what they build.
profiles=quick

fail() {
  echo "$program: $*" >&2
  exit 1
}

# say TEXT: what is worth knowing and no failure; scripts set `quiet` where nobody wants to know.
quiet=''
say() {
  [ -n "$quiet" ] || echo "$program: $*" >&2
}

# A JDK says its version in its file "release"; no JVM needs to be started to read it.
is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$version" ] && [ "$version" -ge 25 ]
}

find_jdk() {
  local on_path=''
  if command -v javac >/dev/null 2>&1; then
    on_path=$(dirname "$(dirname "$(readlink -f "$(command -v javac)" 2>/dev/null || command -v javac)")")
  fi
  local home
  for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/*jdk* /opt/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* "$HOME"/.local/share/mise/installs/java/*; do
    if [ -n "$home" ] && is_jdk_25 "$home"; then
      echo "$home"
      return
    fi
  done
  return 1
}

# is_stale STAMP SOURCE...: whether a source is newer than the last build.
is_stale() {
  local stamp=$1
  shift
  [ -f "$stamp" ] || return 0
  (cd "$root" && [ -n "$(find "$@" -type d \( -name target -o -name node_modules -o -path '*/src/test' -o -path console/test -o -path console/types \) -prune -o -type f -newer "$stamp" -print -quit)" ])
}

# build TARGET MODULES: compiles and packages by the profiles that the script names, without tests and checks. Maven lives for
# seconds: what its JVM compiles of itself twice, it does not get back.
build() {
  local target=$1 modules=$2 stamp log=$1/build.log options="-XX:TieredStopAtLevel=1 ${MAVEN_OPTS:-}"
  command -v mvn >/dev/null 2>&1 || fail "Maven is needed to build; install it (any 3.8 or later), then run this again."
  say "building (once; later runs start at once) …"
  stamp=$(mktemp "$target/built.XXXXXX")
  if ! (cd "$root" && JAVA_HOME=$jdk MAVEN_OPTS=$options mvn -q -B "-P$profiles" -pl "$modules" -am package) >"$log" 2>&1 </dev/null; then
    rm -f "$stamp"
    cat "$log" >&2
    fail "the build failed; its messages stand above."
  fi
  after_build
  mv "$stamp" "$target/built"
}

# What a script does once with what was built; it must not fail.
after_build() { :; }

# build_if_stale TARGET MODULES SOURCE...: one build at a time.
build_if_stale() {
  local target=$1 modules=$2
  shift 2
  is_stale "$target/built" "$@" || return 0
  mkdir -p "$target"
  if command -v flock >/dev/null 2>&1; then
    exec 9>"$target/lock"
    flock 9
    is_stale "$target/built" "$@" && build "$target" "$modules"
    exec 9>&-
  else
    build "$target" "$modules"
  fi
}

jdk=$(find_jdk) || fail "a JDK 25 or later is needed and none was found; install one (for example Temurin 25) or point JAVA_HOME at it."
