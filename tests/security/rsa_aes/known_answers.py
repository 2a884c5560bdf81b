"""Prints known_answers.json: handshakes of RSA-AES, computed with PyCryptodome 3.23 (RSA, PKCS #1,
AES-EAX) and Python's hashlib from the specification alone. It always prints the same."""

import hashlib
import json
import math

from Crypto.Cipher import AES
from Crypto.Hash import SHAKE128
from Crypto.PublicKey import RSA
from Crypto.Util.number import bytes_to_long, long_to_bytes


def stream(seed):
    return SHAKE128.new(seed.encode()).read


def public_key(key):
    """U32 length in bits, modulus, public exponent."""
    bits = key.size_in_bits()
    size = math.ceil(bits / 8)
    return bits.to_bytes(4, "big") + long_to_bytes(key.n, size) + long_to_bytes(key.e, size)


def encrypt(key, number, random):
    """U16 length, EME-PKCS1-v1_5."""
    size = key.size_in_bytes()
    padding = bytes(random(1)[0] % 255 + 1 for _ in range(size - 3 - len(number)))
    block = b"\0\2" + padding + b"\0" + number
    encrypted = pow(bytes_to_long(block), key.e, key.n)
    return size.to_bytes(2, "big") + long_to_bytes(encrypted, size)


class Stream:
    """One direction of AES-EAX messages."""

    def __init__(self, key):
        self.key = key
        self.index = 0

    def message(self, plain):
        header = len(plain).to_bytes(2, "big")
        cipher = AES.new(self.key, AES.MODE_EAX, nonce=self.index.to_bytes(16, "little"))
        cipher.update(header)
        self.index += 1
        return header + b"".join(cipher.encrypt_and_digest(plain))


def handshake(server_key, client_key, size, digest, subtype, name, password):
    random = stream(f"randoms of {size} bytes")
    server_random, client_random = random(size), random(size)
    client = Stream(digest(server_random + client_random).digest()[:size])
    server = Stream(digest(client_random + server_random).digest()[:size])
    public_keys = [public_key(server_key), public_key(client_key)]
    credentials = bytes([len(name)]) + name + bytes([len(password)]) + password
    return {
        "serverRandom": server_random.hex(),
        "toServer": {
            "publicKey": public_keys[1].hex(),
            "random": encrypt(server_key, client_random, random).hex(),
            "hash": client.message(digest(public_keys[1] + public_keys[0]).digest()).hex(),
            "credentials": client.message(credentials).hex(),
            "clientInit": client.message(b"\1").hex(),
        },
        "toViewer": {
            "publicKey": public_keys[0].hex(),
            "hash": server.message(digest(public_keys[0] + public_keys[1]).digest()).hex(),
            "subtype": server.message(bytes([subtype])).hex(),
            "securityResult": server.message(bytes(4)).hex(),
        },
    }


server_key = RSA.generate(1024, stream("server"))
client_key = RSA.generate(1030, stream("client"))
fingerprint = hashlib.sha1(public_key(server_key)).digest()[:8]
print(json.dumps({
    "serverKey": server_key.export_key(pkcs=8).decode(),
    "clientKey": client_key.export_key(pkcs=8).decode(),
    "fingerprint": fingerprint.hex("-"),
    "sha1": handshake(server_key, client_key, 16, hashlib.sha1, 2, b"", b"secret"),
    "sha256": handshake(
        server_key, client_key, 32, hashlib.sha256, 1, "zoë".encode(), "pässword".encode()
    ),
}, indent=2))
