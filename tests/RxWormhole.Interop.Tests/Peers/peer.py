"""A peer on the Python client's own API, driven by the test: one JSON command a line on standard input, one JSON answer a line on standard output.

    {"do": "allocate"}            {"code": "4-purple-sausages"}
    {"do": "set_code", "code": c} {"code": c}
    {"do": "send", "hex": h}      {"sent": h}
    {"do": "receive"}             {"message": hex}
    {"do": "verifier"}            {"verifier": hex}
    {"do": "versions"}            {"versions": {}}
    {"do": "derive", "purpose": p, "length": n}   {"key": hex}
    {"do": "close"}               {"closed": mood}

An answer may also be {"error": name of the exception class}.
"""
import json
import sys

from twisted.internet import reactor, stdio
from twisted.internet.defer import inlineCallbacks
from twisted.protocols.basic import LineOnlyReceiver

from wormhole import create


class Peer(LineOnlyReceiver):
    delimiter = b"\n"
    MAX_LENGTH = 8 * 1024 * 1024

    def __init__(self, appid, url, versions):
        self.wormhole = create(appid, url, reactor, versions=versions)

    def lineReceived(self, line):
        self.answer(json.loads(line.decode("utf-8")))

    def connectionLost(self, reason):
        if reactor.running:
            reactor.stop()

    def say(self, **keys):
        self.transport.write(json.dumps(keys).encode("utf-8") + b"\n")

    @inlineCallbacks
    def answer(self, command):
        w = self.wormhole
        try:
            if command["do"] == "allocate":
                w.allocate_code()
                self.say(code=(yield w.get_code()))
            elif command["do"] == "set_code":
                w.set_code(command["code"])
                self.say(code=(yield w.get_code()))
            elif command["do"] == "send":
                w.send_message(bytes.fromhex(command["hex"]))
                self.say(sent=command["hex"])
            elif command["do"] == "receive":
                self.say(message=(yield w.get_message()).hex())
            elif command["do"] == "verifier":
                self.say(verifier=(yield w.get_verifier()).hex())
            elif command["do"] == "versions":
                self.say(versions=(yield w.get_versions()))
            elif command["do"] == "derive":
                self.say(key=w.derive_key(command["purpose"], command["length"]).hex())
            elif command["do"] == "close":
                self.say(closed=(yield w.close()))
        except Exception as exception:
            self.say(error=type(exception).__name__)


stdio.StandardIO(Peer(sys.argv[1], sys.argv[2], json.loads(sys.argv[3])))
reactor.run()
