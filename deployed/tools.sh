# Sourced by run and invoke: their arguments, what they need of this machine, and the tools in the versions that are pinned.

# read_arguments ARGUMENT...: sets `needs`, which is docker or accounts. Ends with 0 after --help, and with 2 where one is wrong.
read_arguments() {
  local said
  if ! command -v python3 >/dev/null 2>&1; then
    echo "$program: python3 is needed; install it, then run this again." >&2
    exit 1
  fi
  said=$(python3 -B "$root/deployed/arguments.py" "$program" "$@") || exit
  case $said in
    docker | accounts) needs=$said ;;
    *)
      printf '%s\n' "$said"
      exit 0
      ;;
  esac
}

# need_docker: ends with 77 where Docker cannot be had.
need_docker() {
  if ! docker info >/dev/null 2>&1 && ! command -v dockerd >/dev/null 2>&1; then
    echo "$program: SKIPPED, nothing was run: Docker Engine is neither running nor installed (apt-get install docker.io)." >&2
    exit 77
  fi
}

# install TOOL..., after build/launch.sh: SAM CLI, the emulator and the AWS CLI ask for different releases of boto3, so that each has its own place.
install() {
  local tool pinned target=$root/deployed/target
  for tool in mvn make; do
    command -v "$tool" >/dev/null 2>&1 || fail "$tool is needed; install it, then run this again."
  done
  for tool; do
    pinned=$root/deployed/requirements-$tool.txt
    if ! cmp -s "$pinned" "$target/$tool/requirements.txt"; then
      echo "$program: installing $tool (once) …" >&2
      python3 -m venv --clear "$target/$tool"
      "$target/$tool/bin/pip" install --quiet --disable-pip-version-check --no-input --requirement "$pinned" </dev/null
      cp "$pinned" "$target/$tool/requirements.txt"
    fi
  done
}
