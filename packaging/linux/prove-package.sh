#!/usr/bin/env bash
# Proves the packages where nothing is there: installs the .deb in a minimal Debian, uses it as a person would, removes it,
# and looks for what it left; then runs the portable archive from a folder with spaces and Korean letters, as a user who
# cannot write there. Needs root, debootstrap, Xvfb and flite, and what `make package` has built. The commands are those of
# README.md, word for word.
#
#   packaging/linux/prove-package.sh DIRECTORY [PICTURES]
#
# DIRECTORY gets the root (packaging/linux/fresh-root.sh explains the FRESH_ variables, which hold here too); PICTURES what
# the window looked like.
set -euo pipefail

root=$(realpath -m "$1")
pictures=$(realpath -m "${2:-build/pictures}")
checkout=$(realpath "$(dirname "$0")/../..")
python=${PYTHON:-$checkout/.venv/bin/python}
place="/srv/내 프로그램 폴더"
dist=${DIST:-$checkout/dist}
deb=$(ls "$dist"/voicebot_*.deb)
portable=$(ls "$dist"/voicebot-*-linux-*.tar.*)
mkdir -p "$pictures"

inside() { "$checkout/packaging/linux/fresh-root.sh" "$root" -- "$@"; }
as_user() { # the rest is one shell command, run as somebody with no rights
    inside su --login --whitelist-environment=DISPLAY somebody --command "$1"
}
step() { printf '\n== %s\n' "$*"; }
fail() { printf 'prove-package: %s\n' "$*" >&2; exit 1; }

readme() { # the commands of the section "Install" that begin with the given word, without sudo and comments
    sed -n '/^## Install/,/^## /p' "$checkout/README.md" | sed -n 's/^    //p' | sed 's/ *#.*//; s/^sudo //' | grep "^$1"
}

seen_by() { # seen_by NAME COMMAND: the window's first picture, in seconds, cold and warm
    local when
    for when in cold warm; do
        if [ $when = cold ]; then sync; echo 3 >/proc/sys/vm/drop_caches; fi
        printf 'first picture, %s: ' $when
        FRESH_KEEP="${FRESH_KEEP:-} DISPLAY" PYTHONPATH=$checkout "$python" -m tests.bench.framebuffer \
            --picture "$pictures/$1-$when.png" "$checkout/packaging/linux/fresh-root.sh" "$root" -- \
            su --login --whitelist-environment=DISPLAY somebody --command "LANG=C.UTF-8 $2" 2>/dev/null
    done
}

used() { # used NAME COMMAND: what a person does with it
    step "$2 doctor"
    as_user "$2 doctor"
    step "$2 ask --audio"
    as_user "$2 ask --audio /srv/question.wav --reply-audio answer.wav --json" | tee "$pictures/$1-answer.json"
    grep -qi '"reply": ".*twelve' "$pictures/$1-answer.json" || fail "it did not hear 'what is seven plus five'"
    step "$2: the window"
    seen_by "$1" "$2"
}

step "a minimal Debian in $root"
rm -rf "$root$place" "$root/home/somebody" # of a proof before
inside sh -c 'apt-get update -qq; id somebody >/dev/null 2>&1 && userdel somebody; useradd --create-home --shell /bin/sh somebody'
echo 'APT::Install-Recommends "false"; APT::Get::Assume-Yes "true";' >"$root/etc/apt/apt.conf.d/90prove"
flite -voice slt -t "what is seven plus five" -o "$root/srv/question.wav"

step "the .deb"
cp "$deb" "$root/root/"
inside sh -c "cd && $(readme 'apt install')"
as_user "$(readme 'voicebot doctor')"
used deb voicebot
step "the menu"
inside sh -c 'ls /usr/share/applications/*oicebot* /usr/share/metainfo/*oicebot* /usr/share/man/man1/voicebot*'
step "away with it"
inside sh -c "$(readme 'apt purge')"
left=$(inside find / -xdev -iname '*voicebot*' -not -path '/home/*' -not -path '/proc/*' -not -path '/root/voicebot_*.deb' -not -path '/tmp/*')
[ -z "$left" ] || fail "it left $left"
as_user 'ls -d ~/.local/share/voicebot' || fail "the person's data is gone"

step "the portable archive"
mkdir -p "$root$place"
cp "$portable" "$root$place/"
inside sh -c "apt-get install -qq zstd $(sed 's/^[^ ]* //' <(tar -x --to-stdout -f "$portable" --wildcards '*/needs.txt' | grep -v espeak) | sort -u | tr '\n' ' ')" >/dev/null
inside sh -c "cd '$place' && $(readme 'tar')"
inside chmod -R a-w "$place"
as_user "rm -rf ~/.local ~/.config ~/.cache; cd '$place' && touch voicebot-*/x 2>/dev/null && echo writable || echo 'not writable, as it should be'"
used portable "'$place'/$(readme 'voicebot-')"
step "all of it held"
