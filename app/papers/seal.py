"""The center's signature on a paper (Ed25519), its digest and its check code.

The signed text fits a QR code of moderate size and can be checked without the store. It is upper
case ASCII throughout, so that a hand scanner types it rightly whatever the keyboard layout.
"""

import base64
import hashlib
from datetime import date
from typing import Final

from app.core.record import Record
from app.core.words.papers import PaperKind
from app.papers.sheet import Sheet, canonical

MARK: Final = "BF1:"
"""What the text of a QR code of ours begins with."""

KINDS: Final = (
    PaperKind.ACCEPTANCE_RECEIPT,
    PaperKind.APPROVAL_FORM,
    PaperKind.PAYMENT_LIST,
    PaperKind.HARDSHIP_CERTIFICATE,
    PaperKind.REASON_SHEET,
    PaperKind.MISSING_NOTICE,
    PaperKind.REFERRAL_SLIP,
    PaperKind.VISIT_RECORD,
    PaperKind.CHECK_AUTHORISATION,
    PaperKind.PUBLIC_NOTICE,
    PaperKind.NOTICE_RESULT,
    PaperKind.REVIEW_SHEET,
    PaperKind.EXIT_NOTICE,
    PaperKind.ARCHIVE_FORM,
    PaperKind.HANDING_LIST,
    PaperKind.CASH_DAY_SHEET,
    PaperKind.VOUCHER,
    PaperKind.RECEIPT_SLIPS,
    PaperKind.CALL_LIST,
    PaperKind.RECOVERY_DEMAND,
    PaperKind.REFUND_SLIP,
    PaperKind.FUND_LEDGER,
    PaperKind.LIST_SHEET,
    PaperKind.LOAN_RECOMMENDATION,
    PaperKind.LOAN_SURVEY,
    PaperKind.GUARANTEE_COMMITMENT,
    PaperKind.REPAYMENT_PLAN,
    PaperKind.REPAYMENT_RECEIPT,
    PaperKind.OVERDUE_NOTICE,
    PaperKind.SETTLEMENT_CERTIFICATE,
    PaperKind.SUBSIDY_LIST,
    PaperKind.SEEKER_FORM,
    PaperKind.VACANCY_FORM,
    PaperKind.REFERRAL_LETTER,
    PaperKind.RECOGNITION_FORM,
    PaperKind.RECOGNITION_CERTIFICATE,
    PaperKind.TRAINING_VOUCHER,
)
"""The place of a kind in this list is what is signed: append only."""

_SIGNATURE = 64
_NAME = 6
_DIGEST = 12
_CODE_ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O, 1 I L, U


class Claims(Record):
    """What the signature vouches for."""

    kind: PaperKind
    number: str
    issued_on: date
    amount: int
    """Fen; 0 for a paper without money."""
    name_hash: str
    digest: str
    """The first 96 bits of `digest`, in hexadecimal."""


def digest(sheet: Sheet) -> str:
    """Return the SHA-256 of all that the paper says, in hexadecimal."""
    return hashlib.sha256(canonical(sheet.frozen())).hexdigest()


def claims_of(sheet: Sheet) -> Claims:
    """Return what is to be signed for ``sheet``."""
    return Claims(
        kind=sheet.kind,
        number=sheet.number,
        issued_on=sheet.issued_on,
        amount=sheet.facts.get("amount") or 0,
        name_hash=name_hash(sheet.number, sheet.facts.get("name") or ""),
        digest=digest(sheet)[: 2 * _DIGEST],
    )


def name_hash(number: str, name: str) -> str:
    """Hash a name together with the number, so that equal names do not show as equal."""
    return hashlib.sha256(f"{number}\n{name}".encode()).hexdigest()[: 2 * _NAME]


def new_key() -> tuple[bytes, bytes]:
    """Make a signing key for a center: the private and the public half, 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - heavy, on first use
        Ed25519PrivateKey,
    )

    key = Ed25519PrivateKey.generate()
    return key.private_bytes_raw(), key.public_key().public_bytes_raw()


def sign(private_key: bytes, claims: Claims) -> str:
    """Return the text for the QR code: the claims with the center's signature."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - heavy, on first use
        Ed25519PrivateKey,
    )

    body = _pack(claims)
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(body)
    return MARK + base64.b32encode(signature + body).decode().rstrip("=")


def check(public_key: bytes, payload: str) -> Claims | None:
    """Return what ``payload`` claims if the center signed it, or ``None``."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - heavy, on first use
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415 - heavy, on first use
        Ed25519PublicKey,
    )

    signed = _signed_bytes(payload)
    if signed is None:
        return None
    signature, body = signed[:_SIGNATURE], signed[_SIGNATURE:]
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, body)
    except InvalidSignature:
        return None
    return _unpack(body)


def read_claims(payload: str) -> Claims | None:
    """Return what ``payload`` claims without asking who signed it; ``None`` if not ours."""
    signed = _signed_bytes(payload)
    if signed is None:
        return None
    try:
        return _unpack(signed[_SIGNATURE:])
    except (IndexError, ValueError):
        return None


def check_code(*parts: str) -> str:
    """Return eight characters to read out on the telephone, as ``7K2M-QX4D``.

    Made from the signed text, it cannot be guessed from what the paper says.
    """
    number = int.from_bytes(hashlib.sha256("\n".join(parts).encode()).digest(), "big")
    code = ""
    for _ in range(8):
        number, place = divmod(number, len(_CODE_ALPHABET))
        code += _CODE_ALPHABET[place]
    return f"{code[:4]}-{code[4:]}"


def seal(sheet: Sheet, private_key: bytes) -> Sheet:
    """Return ``sheet`` signed, with its check code: ready to be frozen and drawn."""
    payload = sign(private_key, claims_of(sheet))
    return sheet.sealed(payload, check_code(payload))


def _signed_bytes(payload: str) -> bytes | None:
    text = payload.strip().upper()
    if not text.startswith(MARK):
        return None
    text = text.removeprefix(MARK)
    try:
        signed = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        return None
    return signed if len(signed) > _SIGNATURE + 1 + 3 + 5 + _NAME + _DIGEST else None


def _pack(claims: Claims) -> bytes:
    return (
        bytes([KINDS.index(claims.kind)])
        + claims.issued_on.toordinal().to_bytes(3, "big")
        + claims.amount.to_bytes(5, "big")
        + bytes.fromhex(claims.name_hash)
        + bytes.fromhex(claims.digest)
        + claims.number.encode()
    )


def _unpack(body: bytes) -> Claims:
    return Claims(
        kind=KINDS[body[0]],
        issued_on=date.fromordinal(int.from_bytes(body[1:4], "big")),
        amount=int.from_bytes(body[4:9], "big"),
        name_hash=body[9 : 9 + _NAME].hex(),
        digest=body[9 + _NAME : 9 + _NAME + _DIGEST].hex(),
        number=body[9 + _NAME + _DIGEST :].decode(),
    )
