"""What ElevenLabs and its SDK say when something fails, in plain words.

The codes are those of elevenlabs.io/docs/eleven-api/resources/errors, and older ones that stand in `status`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from voicebot.errors import EngineError, EngineTimedOut, Unauthorised, Unreachable
from voicebot.redaction import redact
from voicebot.services import one_line, refused, retry_after

if TYPE_CHECKING:
    from elevenlabs.core import ApiError

WHERE = "ElevenLabs"


def failure(error: Exception, model: str, voice: str, patience: float) -> EngineError:
    """The error for what the SDK raised about a request with this model and voice ("" for none)."""
    import httpx
    from elevenlabs.core import ApiError

    if isinstance(error, ApiError) and (error.status_code or 0) >= 400:
        return _refused(error, model, voice)
    if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError)):
        return Unreachable(f"{WHERE} cannot be reached", fix="Check the network connection")
    if isinstance(error, httpx.TimeoutException):
        return EngineTimedOut(f"{WHERE} gave no sign of life", f"for {patience:g} seconds", "Try again in a moment")
    if isinstance(error, httpx.RequestError):
        return Unreachable(f"{WHERE} broke off", "the connection was lost", "Try again in a moment")
    fix = "Check the network connection: a login page may stand in its way"
    return EngineError(f"{WHERE} sent an answer that cannot be understood", fix=fix)


def no_voice(voice: str) -> EngineError:
    return EngineError(f"{WHERE} has no voice called {voice}", fix="`voicebot say --voices` lists them")


def _refused(error: ApiError, model: str, voice: str) -> EngineError:
    detail = _detail(error.body)
    status, code = error.status_code or 0, str(detail.get("code") or detail.get("status") or "")
    said = _said(detail)
    if code == "quota_exceeded":
        return EngineError(f"{WHERE} has no credit left for this key", said, "Check the account's plan")
    if voice and code in ("voice_not_found", "voice_does_not_exist"):
        return no_voice(voice)
    if "model" in code:  # model_not_found, invalid_model, model_deprecated, ...
        return EngineError(f"{WHERE} has no model {model}", said, "Set tts.elevenlabs_model to one that it has")
    if status == 401 and code in ("", "invalid_api_key", "missing_api_key"):
        return Unauthorised(f"{WHERE} refused the key", fix="Check ELEVENLABS_API_KEY, or the key in the settings")
    if status in (401, 402, 403):  # a restricted key, or a voice or a format that takes a paid plan
        return Unauthorised(
            f"{WHERE} does not allow this", said, "Use another key or voice, or check the account's plan"
        )
    return refused(WHERE, status, said, retry_after(error.headers or {}))


def _detail(body: object) -> dict[str, Any]:
    """What the service says about the error: {code, message, ...}; empty where it sent nothing, or a page."""
    detail = body.get("detail") if isinstance(body, dict) else None
    if isinstance(detail, list) and detail:  # of a request that was not valid: {loc, msg, type} each
        detail = detail[0]
    if isinstance(detail, str):
        return {"message": detail}
    return detail if isinstance(detail, dict) else {}


def _said(detail: dict[str, Any]) -> str:
    """The service's own reason in one line, without a key."""
    return one_line(redact(str(detail.get("message") or detail.get("msg") or "")))
