"""Exports saved files in every format and lets the real readers read them.

    python -m venv VENV
    VENV/bin/pip install -r tests/interop/requirements.txt
    VENV/bin/pip install --no-deps -r tests/interop/requirements-alone.txt
    VENV/bin/python tests/interop/run.py BINARY [FORMAT…]

Exits 1 where a reader does not find what was tagged, or a format has no reader."""

import subprocess
import sys
import tempfile
import traceback
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).parent))

import documents
import readers
import structured

# Read back byte for byte by `cargo test`; no other program reads it.
OWN = {"native"}


def main():
    binary, *wanted = sys.argv[1:]
    listed = subprocess.run([binary, "formats"], capture_output=True, text=True, check=True).stdout
    ids = [line.split()[0] for line in listed.splitlines() if line.strip()]
    failed = []
    with tempfile.TemporaryDirectory() as scratch:
        saved = Path(scratch) / "annotations"
        saved.mkdir()
        documents.write(saved)
        for id in ids:
            if id in OWN or (wanted and id not in wanted):
                continue
            for layer in ["reading", "raw"]:
                out = Path(scratch) / id / layer
                out.mkdir(parents=True)
                command = [binary, "export", str(saved), "--format", id, "--layer", layer, "-o", str(out)]
                try:
                    subprocess.run(command, capture_output=True, text=True, check=True)
                    (readers.READERS | structured.READERS)[id](out, layer)
                    print(f"{id} ({layer}): read")
                except KeyError:
                    failed.append(f"{id}: no reader")
                    print(f"{id} ({layer}): no reader")
                except subprocess.CalledProcessError as error:
                    failed.append(id)
                    print(f"{id} ({layer}): the export failed\n{error.stderr}")
                except Exception:
                    failed.append(id)
                    print(f"{id} ({layer}): NOT READ\n{traceback.format_exc()}")
    if failed:
        sys.exit(f"not read: {', '.join(dict.fromkeys(failed))}")


if __name__ == "__main__":
    main()
