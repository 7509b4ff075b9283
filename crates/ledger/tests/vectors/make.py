"""Makes head.txt: a signed head by another implementation (pip install cryptography).

python3 make.py > head.txt
"""

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "ceiba.example.org/ledger"
key = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
body = f"{ORIGIN}\n1234\n{base64.b64encode(bytes([0xAB]) * 32).decode()}\ntime 1767225600000000\n"
key_id = hashlib.sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]
line = base64.b64encode(key_id + key.sign(body.encode())).decode()
print(f"{body}\n— {ORIGIN} {line}")
