"""What the peer scripts share: choosing OpenBLAS's kernels, timing, the request loop, and a record of the machine.

Import this before numpy or torch: OpenBLAS and torch read their environment once, when they are loaded.
"""
import argparse
import ctypes
import json
import os
import statistics
import sys
import time

OPENBLAS = "libopenblas.so.0"


class PeerError(Exception):
    """A request that cannot be served; the message goes back to the caller as JSON."""


def arguments(doc, repeats):
    """A parser with the options every peer has; `repeats` is the peer's own default."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2, help="threads of the library (default 2)")
    parser.add_argument("--repeats", type=int, default=repeats, help=f"timed runs (default {repeats})")
    parser.add_argument("--serve", action="store_true", help="answer JSON requests, one a line; see README.md")
    parser.add_argument("--core", default="auto", help="OpenBLAS kernels: auto (its own choice for this CPU; default), "
                        "env (as the environment variables say), or a name such as Haswell or SkylakeX")
    return parser


def choose_kernels(core):
    """Sets the environment for the fastest kernels, unless asked for others. Before the libraries load."""
    if core != "env":
        for name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
            os.environ.pop(name, None)
    if core not in ("auto", "env"):
        os.environ["OPENBLAS_CORETYPE"] = core
    if "avx512dq" in _proc("cpuinfo", "flags"):
        os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx512")   # torch 1.13 stops at AVX2 by default


def load_openblas():
    """OpenBLAS by its Debian name; inside a torch process this is the instance that torch uses."""
    try:
        library = ctypes.CDLL(OPENBLAS)
    except OSError as e:
        raise PeerError(f"{OPENBLAS} cannot be loaded ({e}); on Debian: apt-get install libopenblas0") from e
    library.openblas_get_config.restype = ctypes.c_char_p
    library.openblas_get_corename.restype = ctypes.c_char_p
    return library


def mapped_blas():
    """Paths of the BLAS libraries in this process: the proof of what torch computes with."""
    with open("/proc/self/maps", encoding="ascii") as maps:
        paths = {line.split()[-1] for line in maps if "blas" in line}
    return sorted(p for p in paths if os.path.basename(p).startswith(("libblas", "libopenblas")))


def describe(**more):
    """The machine and the libraries, for the JSON document."""
    blas = mapped_blas()
    record = {"cpu": _proc("cpuinfo", "model name"), "cores": os.cpu_count(), "load": os.getloadavg()[0],
              "blas": next((p for p in blas if "libopenblas" in p), ", ".join(blas) or "none")}
    if not any("libopenblas" in p for p in blas):
        record["warning"] = ("OpenBLAS is not in this process; choose it: "
                             "update-alternatives --config libblas.so.3-x86_64-linux-gnu")
    else:
        library = load_openblas()
        record["openblas"] = {"config": library.openblas_get_config().decode().strip(),
                              "core": library.openblas_get_corename().decode(),
                              "coreForced": os.environ.get("OPENBLAS_CORETYPE")}
    return record | more | {"peakRssMiB": int(_proc("self/status", "VmHWM").split()[0]) / 1024}


def measure(run, repeats, warmups=1):
    """Seconds of `repeats` timed calls, after `warmups` untimed ones: wall clock, median and minimum."""
    for _ in range(warmups):
        run()
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - start)
    return {"seconds": statistics.median(seconds), "min": min(seconds), "repeats": repeats}


def serve(handle):
    """Answers requests until end of input. `handle` takes the request's dictionary and returns the reply's."""
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if not isinstance(request, dict):
                raise PeerError("a request is a JSON object on one line")
            reply = describe() if request.get("run") == "info" else handle(request)
        except (PeerError, ValueError) as e:
            reply = {"error": str(e)}
        _settle()
        emit(reply)


def emit(document):
    """One JSON document on one line of standard output."""
    print(json.dumps(document), flush=True)


def main(run):
    """Runs a peer's main function; what it cannot do becomes one JSON document and exit code 1."""
    try:
        run()
    except (PeerError, ImportError) as e:
        emit({"error": str(e) if isinstance(e, PeerError) else f"{e}; see README.md for the Debian packages"})
        sys.exit(1)


def _settle():
    """Waits until the library's worker threads stop spinning, so that they steal no time from the other side."""
    for _ in range(50):
        before = time.process_time()
        time.sleep(0.005)
        if time.process_time() - before < 0.0005:
            return


def _proc(file, key):
    with open(f"/proc/{file}", encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "unknown")
