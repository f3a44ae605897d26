"""The image that functions of the runtime java25 run in: AWS's own, or one made here where its registry is out of reach."""

import platform
import shutil
import stat
import subprocess
import tempfile
import zipfile
from pathlib import Path

NAME = "public.ecr.aws/lambda/java:25"
ARCHITECTURE = {"x86_64": "x86_64", "amd64": "x86_64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]

# What scripts in a container call, beside bash.
COMMANDS = ["bash", "sh", "env", "cat", "chmod", "cp", "ls", "mkdir", "mv", "rm", "sleep", "tar"]

# As AWS's images have it: Lambda's interface in front, unless one is there already.
# https://docs.aws.amazon.com/lambda/latest/dg/java-image.html
ENTRYPOINT = """\
#!/bin/bash
export _HANDLER="$1"
if [ -n "$AWS_LAMBDA_RUNTIME_API" ]; then
  exec /var/runtime/bootstrap
fi
exec /usr/local/bin/aws-lambda-rie /var/runtime/bootstrap
"""

# https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html
BOOTSTRAP = """\
#!/bin/bash
exec /var/lang/bin/java -XX:MaxRAMPercentage=75 -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED \\
  -cp '/var/runtime/lib/*:/var/task:/var/task/lib/*' \\
  com.amazonaws.services.lambda.runtime.api.client.AWSLambda "$_HANDLER"
"""

SETTINGS = [
    "WORKDIR /var/task",
    "ENV LAMBDA_TASK_ROOT=/var/task",
    "ENV LAMBDA_RUNTIME_DIR=/var/runtime",
    "ENV PATH=/var/lang/bin:/usr/local/bin:/usr/bin:/bin",
    "ENV LANG=C.UTF-8",
    'ENTRYPOINT ["/lambda-entrypoint.sh"]',
    "LABEL cloudoperator.made=here",
]


def provide(docker: dict[str, str], root: Path, jdk: Path) -> str:
    """Sees that the image is there; says in a few words whose it is."""
    if _docker(docker, "image", "inspect", NAME).returncode != 0:
        if _docker(docker, "pull", NAME).returncode != 0:
            _make(docker, root, jdk)
    _docker(docker, "tag", NAME, f"{NAME}-{ARCHITECTURE}")
    label = _docker(docker, "image", "inspect", "--format", '{{index .Config.Labels "cloudoperator.made"}}', NAME)
    if label.stdout.strip() != "here":
        return "AWS's own image"
    return "an image made of this machine's system and JDK: AWS's registry cannot be reached"


def _docker(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["docker", *arguments], env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def _make(docker: dict[str, str], root: Path, jdk: Path) -> None:
    with tempfile.TemporaryDirectory(dir=root / "deployed/target") as folder:
        system = Path(folder)
        shutil.copytree(
            jdk, system / "var/lang", symlinks=True, ignore=shutil.ignore_patterns("src.zip", "jmods", "man", "legal")
        )
        # One distribution's JDK keeps its certificates in /etc: they are to be files here.
        cacerts = system / "var/lang/lib/security/cacerts"
        if cacerts.is_symlink():
            cacerts.unlink()
            shutil.copy(jdk / "lib/security/cacerts", cacerts)
        _runtime_interface_client(root, system / "var/runtime/lib")
        _script(system / "var/runtime/bootstrap", BOOTSTRAP)
        _script(system / "lambda-entrypoint.sh", ENTRYPOINT)
        # SAM CLI's package carries AWS's runtime interface emulator.
        interface = f"deployed/target/sam/lib/python*/site-packages/samcli/local/rapid/aws-lambda-rie-{ARCHITECTURE}"
        _script(system / "usr/local/bin/aws-lambda-rie", next(root.glob(interface)).read_bytes())
        _programs(system, jdk)
        for empty in ("var/task", "opt", "tmp", "proc", "sys", "dev"):
            (system / empty).mkdir(parents=True)
        (system / "tmp").chmod(0o1777)
        (system / "etc").mkdir(exist_ok=True)
        (system / "etc/passwd").write_text("root:x:0:0:root:/root:/bin/bash\n")
        (system / "etc/nsswitch.conf").write_text("hosts: files dns\n")
        changes = [word for setting in SETTINGS for word in ("--change", setting)]
        tar = subprocess.Popen(["tar", "-C", folder, "-c", "."], stdout=subprocess.PIPE)
        subprocess.run(
            ["docker", "import", *changes, "-", NAME], env=docker, stdin=tar.stdout, stdout=subprocess.DEVNULL, check=True
        )
        if tar.wait() != 0:
            raise RuntimeError("the image's files could not be read")


def _runtime_interface_client(root: Path, into: Path) -> None:
    """The public one, in the version that deployed/pom.xml names."""
    subprocess.run(
        ["mvn", "--batch-mode", "--quiet", "--file", root / "deployed/pom.xml", "dependency:copy-dependencies",
         "-DincludeScope=runtime", "-DincludeGroupIds=com.amazonaws", f"-DoutputDirectory={into}"],
        stdin=subprocess.DEVNULL, check=True,
    )


def _programs(system: Path, jdk: Path) -> None:
    """Commands of this machine, and all that they, the JDK and the interface client's native part load."""
    programs = [Path(found) for name in COMMANDS if (found := shutil.which(name, path="/usr/bin:/bin"))]
    for program in programs:
        _copy(program, system / "bin" / program.name)
    loading = [*programs, *jdk.glob("lib/**/*.so"), jdk / "bin/java"]
    with tempfile.TemporaryDirectory() as folder:
        for jar in (system / "var/runtime/lib").glob("*.jar"):
            with zipfile.ZipFile(jar) as entries:
                natives = [name for name in entries.namelist() if name.endswith(".so") and "musl" not in name]
                loading += [Path(entries.extract(name, folder)) for name in natives]
        for library in _libraries(loading):
            if jdk not in library.parents:
                _copy(library, system / library.relative_to("/"))


def _libraries(programs: list[Path]) -> set[Path]:
    found: set[Path] = set()
    for program in programs:
        listed = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
        found.update(Path(word) for word in listed.split() if word.startswith("/") and not word.endswith(":"))
    return found


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)


def _script(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
