"""Makes vectors.json with implementations that share no code with ours.

python3 -m pip install cryptography pynacl argon2-cffi && python3 make.py > vectors.json

HKDF, HMAC, X25519, Ed25519 and ChaCha20-Poly1305 come from OpenSSL (cryptography), XChaCha20-Poly1305 from
libsodium (pynacl), Argon2id from the reference code (argon2-cffi). HPKE (RFC 9180, base mode) is written out
below and checked against the RFC's own vector A.2.1 first.
"""

import base64
import hashlib
import hmac
import json
import struct

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt as xchacha


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def fields(*parts):
    return b"".join(struct.pack(">I", len(p)) + p for p in parts)


ROOT = bytes(range(32))


def subkey(label):
    return HKDF(SHA256(), 32, None, b"ceiba/v1/" + label).derive(ROOT)


# --- HPKE, RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305, base mode

KEM = b"KEM" + struct.pack(">H", 0x20)
SUITE = b"HPKE" + struct.pack(">HHH", 0x20, 1, 3)


def labelled_extract(suite, salt, label, ikm):
    return mac(salt or bytes(32), b"HPKE-v1" + suite + label + ikm)


def labelled_expand(suite, prk, label, info, length):
    data = struct.pack(">H", length) + b"HPKE-v1" + suite + label + info
    return mac(prk, data + b"\x01")[:length]


def raw(public):
    return public.public_bytes_raw()


def hpke_open(secret, enc, info, aad, ciphertext):
    secret = X25519PrivateKey.from_private_bytes(secret)
    shared = secret.exchange(X25519PublicKey.from_public_bytes(enc))
    return hpke_context(shared, enc, raw(secret.public_key()), info).decrypt(hpke_context.nonce, ciphertext, aad)


def hpke_seal(ephemeral, public, info, aad, plaintext):
    ephemeral = X25519PrivateKey.from_private_bytes(ephemeral)
    enc = raw(ephemeral.public_key())
    shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    return enc + hpke_context(shared, enc, public, info).encrypt(hpke_context.nonce, plaintext, aad)


def hpke_context(dh, enc, public, info):
    eae = labelled_extract(KEM, b"", b"eae_prk", dh)
    shared = labelled_expand(KEM, eae, b"shared_secret", enc + public, 32)
    psk_id = labelled_extract(SUITE, b"", b"psk_id_hash", b"")
    context = b"\x00" + psk_id + labelled_extract(SUITE, b"", b"info_hash", info)
    secret = labelled_extract(SUITE, shared, b"secret", b"")
    hpke_context.nonce = labelled_expand(SUITE, secret, b"base_nonce", context, 12)
    return ChaCha20Poly1305(labelled_expand(SUITE, secret, b"key", context, 32))


rfc = hpke_seal(
    bytes.fromhex("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600"),
    bytes.fromhex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a"),
    bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"),
    bytes.fromhex("436f756e742d30"),
    bytes.fromhex("4265617574792069732074727574682c20747275746820626561757479"),
)
assert rfc.hex() == (
    "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"
    "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"
), "RFC 9180 A.2.1"

# --- one address for all

TENANT, SUBJECT, ROW, RECIPIENT = (bytes([n]) * 16 for n in (1, 2, 3, 4))
COMPARTMENT, GENERATION = b"therapy", 7
NONCE = bytes(range(100, 124))
COMPARTMENT_KEY = b"\x42" * 32
PLAINTEXT = "María no quiere que la llamen".encode()

header = b"\x01" + struct.pack(">I", GENERATION)
address = fields(
    b"ceiba value v1", header, TENANT, b"note", ROW, b"body", struct.pack(">H", 2), COMPARTMENT,
    struct.pack(">q", 5),
)
value = header + NONCE + xchacha(PLAINTEXT, address, NONCE, COMPARTMENT_KEY)


def slot_address(header):
    return fields(
        b"ceiba slot v1", header, TENANT, SUBJECT, COMPARTMENT, struct.pack(">I", GENERATION), RECIPIENT
    )


mark = subkey(b"fingerprint")[:8]
header = b"\x01" + mark + struct.pack(">I", 1)
office_slot = header + NONCE + xchacha(
    COMPARTMENT_KEY, slot_address(header), NONCE, subkey(b"office-wrap/epoch-1")
)

header = b"\x01" + mark
small = header + NONCE + xchacha(
    b"secret", fields(b"ceiba small v1", header, b"user 1"), NONCE, subkey(b"small/totp")
)

PERSON = b"\x11" * 32
person_public = raw(X25519PrivateKey.from_private_bytes(PERSON).public_key())
header = b"\x01" + hashlib.sha256(b"ceiba public key v1" + person_public).digest()[:8]
person_slot = header + hpke_seal(
    b"\x12" * 32, person_public, b"ceiba slot v1", slot_address(header), COMPARTMENT_KEY
)

# --- what passwords lock

SALT = bytes(range(200, 216))
M, T, P = 8192, 1, 1
stretched = hash_secret_raw("contraseña".encode(), SALT, T, M, P, 32, Type.ID)


def lock(domain):
    def part(name):
        return HKDF(SHA256(), 32, None, domain + name).derive(stretched)

    header = b"\x01" + struct.pack(">III", M, T, P) + SALT + part(b"/check")[:16]
    return header + NONCE + xchacha(ROOT, fields(domain, header), NONCE, part(b"/seal"))


def b64(data):
    return base64.b64encode(data).decode().rstrip("=")


CODE = bytes(range(16))
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
check = int.from_bytes(hashlib.sha256(b"ceiba recovery code v1" + CODE).digest()[:2], "big") >> 4
number = int.from_bytes(CODE, "big") << 12 | check
text = "".join(ALPHABET[number >> shift & 31] for shift in range(135, -1, -5))
recovery_secret = HKDF(SHA256(), 32, None, b"ceiba/v1/recovery-code").derive(CODE + bytes(16))

print(json.dumps({
    "fingerprint": mark.hex(),
    "blind": mac(subkey(b"blind-index/document"), b"2987123450101")[:16].hex(),
    "pseudonym": mac(subkey(b"pseudonym"), SUBJECT)[:16].hex(),
    "token_hash": mac(subkey(b"token-hash"), b"token").hex(),
    "ledger_tag": mac(subkey(b"ledger-tag"), b"row").hex(),
    "signing_public": raw(Ed25519PrivateKey.from_private_bytes(subkey(b"ledger-signing")).public_key()).hex(),
    "small": small.hex(),
    "value": value.hex(),
    "office_slot": office_slot.hex(),
    "person_public": person_public.hex(),
    "person_slot": person_slot.hex(),
    "office_lock": lock(b"ceiba office lock v1").hex(),
    "person_lock": lock(b"ceiba person key v1").hex(),
    "password": f"$argon2id$v=19$m={M},t={T},p={P}${b64(SALT)}${b64(stretched)}",
    "recovery_code": "-".join(text[i:i + 4] for i in range(0, 28, 4)),
    "recovery_public": raw(X25519PrivateKey.from_private_bytes(recovery_secret).public_key()).hex(),
}, indent=1))
