"""Talks to the running window through the inspection port (cargo feature `inspection`)."""

import os
import socket
import struct
import subprocess
import time

import msgpack


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Window:
    """A running program; leaving the `with` block ends it, whatever happened."""

    def __init__(self, program, *arguments, **env):
        port = free_port()
        environment = dict(os.environ, EGUI_INSPECTION=f"127.0.0.1:{port}", LIBGL_ALWAYS_SOFTWARE="1", **env)
        self.process = subprocess.Popen([program, *arguments], env=environment)
        self.socket = self._connect(port)
        assert self._read(4) == b"eins", "this is not an inspection port"
        self._read(4)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _connect(self, port):
        for _ in range(300):
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=30)
            except OSError:
                assert self.process.poll() is None, f"the program ended with {self.process.returncode}"
                time.sleep(0.1)
        raise AssertionError("the window did not open within 30 s")

    def _read(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            assert more, "the program closed the port"
            data += more
        return data

    def ask(self, request):
        body = msgpack.packb(request)
        self.socket.sendall(struct.pack(">I", len(body)) + body)
        answer = msgpack.unpackb(self._read(struct.unpack(">I", self._read(4))[0]), strict_map_key=False)
        assert not (isinstance(answer, dict) and "Error" in answer), answer
        return answer

    def events(self, *events):
        self.ask({"ApplyEvents": list(map(list, [events]))})
        self.ask({"Settle": [60]})

    def nodes(self):
        tree = self.ask("GetTree")["Tree"][2]
        return [{"role": node[0], **node[-1]} for _, node in tree[0]]

    def labels(self):
        return [str(node.get("label") or node.get("value") or "") for node in self.nodes()]

    def wait_for(self, what, is_so, seconds=30):
        end = time.time() + seconds
        while not is_so():
            assert time.time() < end, f"waited in vain for {what}; on the screen: {self.labels()[:60]}"
            time.sleep(0.1)

    def place(self, text, nth=0):
        """Where the nth place of `text` on the screen begins and ends."""
        places = []
        for node in self.nodes():
            value, bounds = node.get("value") or "", node.get("bounds")
            if node["role"] != "textRun" or not bounds:
                continue
            at = value.find(text)
            while at >= 0:
                last = at + len(text) - 1
                xs, widths = node["characterPositions"], node["characterWidths"]
                y = (bounds[1] + bounds[3]) / 2
                places.append((y, bounds[0] + xs[at] + 1, bounds[0] + xs[last] + widths[last] - 1))
                at = value.find(text, at + 1)
        y, x0, x1 = sorted(places)[nth]
        return (x0, y), (x1, y)

    def drag(self, start, end):
        none = [False] * 5
        self.events({"PointerMoved": list(start)})
        self.events({"PointerButton": [list(start), "Primary", True, none]})
        for n in range(1, 6):
            self.events({"PointerMoved": [a + (b - a) * n / 5 for a, b in zip(start, end)]})
        self.events({"PointerButton": [list(end), "Primary", False, none]})

    def key(self, name, ctrl=False, shift=False):
        modifiers = [False, ctrl, shift, False, ctrl]
        self.events({"Key": [name, None, True, False, modifiers]})
        self.events({"Key": [name, None, False, False, modifiers]})
