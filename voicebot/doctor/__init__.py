"""What works here and now, and what mends what does not: the same answers for the command line and the window.

`gather` looks at the microphone and the speaker for about a second, `diagnose` names the one cause that is in the way,
`report` writes down both to be copied. `examine` looks at everything else as well.
"""

from voicebot.doctor.checks import Check, examine, listen
from voicebot.doctor.diagnosis import Cause, Diagnosis, diagnose, diagnose_microphone, diagnose_speaker
from voicebot.doctor.evidence import Evidence
from voicebot.doctor.gathering import gather
from voicebot.doctor.report import report

__all__ = [
    "Cause",
    "Check",
    "Diagnosis",
    "Evidence",
    "diagnose",
    "diagnose_microphone",
    "diagnose_speaker",
    "examine",
    "gather",
    "listen",
    "report",
]
