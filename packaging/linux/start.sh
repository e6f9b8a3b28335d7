#!/bin/sh
# Starts Voicebot from wherever this folder lies. Says in one line what the system lacks; nothing is installed.
here=$(dirname -- "$(readlink -f -- "$0")")
known=$({ ldconfig -p || /sbin/ldconfig -p; } 2>/dev/null)
if [ -n "$known" ]; then
    libraries= packages=
    while read -r library package; do
        case "$known" in
            *"$library "*) ;;
            *) libraries="$libraries $library" packages="$packages $package" ;;
        esac
    done <"$here/needs.txt"
    if [ -n "$libraries" ]; then
        packages=$(printf '%s\n' $packages | sort -u | tr '\n' ' ')
        echo "voicebot: not on this system:$libraries (Debian, Ubuntu: sudo apt install ${packages% })" >&2
    fi
fi
exec "$here/program/voicebot" "$@"
