"""`voicebot doctor`: what works here and now, and how to mend what does not."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from voicebot.doctor import Check, examine, listen, report
from voicebot.session import session


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("doctor", help="check microphone, speaker, engines, keys and disk")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON list")
    form.add_argument("--report", action="store_true", help="print all that is known of the sound, to be copied")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    with session(forgiving=True) as opened:
        if args.report:
            print(report(listen(opened.settings.audio)), end="")
            return 0
        checks = examine(opened.home, opened.workshop)
    if args.json:
        print(json.dumps([asdict(check) for check in checks], ensure_ascii=False))
    else:
        for check in checks:
            _show(check)
    return 0


def _show(check: Check) -> None:
    print(f"{'ok  ' if check.ok else 'no  '}{check.check:<22}{check.detail}")
    if not check.ok and check.fix:
        print(f"{'':26}→ {check.fix}")
