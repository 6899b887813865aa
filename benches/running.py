"""What benches/edits, benches/soak and benches/scale share: a `serve` or `watch` that runs, its pages as they are now, and what the kernel says of it."""

import contextlib
import http.client
import os
import pathlib
import re
import subprocess
import sys
import time


def over_http(port):
    """A function that asks for the page of a path; nothing while there is none."""

    def page(path):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            text = answer.read()
            return text if answer.status == 200 else b""
        except (OSError, http.client.HTTPException):
            return b""
        finally:
            connection.close()

    return page


def from_disk(folder):
    """The same for the pages of a folder."""

    def page(path):
        try:
            return (folder / path.strip("/") / "index.html").read_bytes()
        except OSError:
            return b""

    return page


def until(test, limit, pause=0.001):
    """Seconds until the test holds; none where it does not within the limit."""
    start = time.perf_counter()
    while time.perf_counter() - start < limit:
        if test():
            return time.perf_counter() - start
        time.sleep(pause)
    # A machine that stood still for longer than the limit has not looked.
    return time.perf_counter() - start if test() else None


def kernel(pid):
    """What a running process has used: seconds of processor, and MiB of memory at most and now."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    of = lambda key: int(re.search(rf"{key}:\s+(\d+)", status)[1]) / 1024
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), of("VmHWM"), of("VmRSS")


def anonymous(pid):
    """MiB that a running process holds for itself: what was allocated, without its program and other files."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"RssAnon:\s+(\d+)", status)[1]) / 1024


def command(server, program, site, out, port):
    """The command line of `serve` or `watch`."""
    kinds = {"serve": ["--port", str(port)], "watch": ["--output", out]}
    return [str(part) for part in (program, "--root", site, server, *kinds[server], "--quiet")]


@contextlib.contextmanager
def started(line, log):
    """A running program, which ends with the block. What it says is in the log."""
    with open(log, "ab") as out:
        process = subprocess.Popen(line, stdout=out, stderr=out)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def ready(process, page, path, limit, log):
    """Seconds until there is a whole page of a path; stops where the program ends before."""
    took = until(lambda: b"</html>" in page(path) or process.poll() is not None, limit)
    if took is None or process.poll() is not None:
        sys.exit(f"no page of {path}; see {log}")
    return took
