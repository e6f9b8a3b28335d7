#!/usr/bin/env bash
# Proves the set-up where nothing is there: makes a minimal Debian or Ubuntu, clones this checkout into it, and runs what
# the README tells a person to run. Needs root and debootstrap. A second call goes on in the same root.
#
#   packaging/linux/fresh-root.sh [-s SUITE] [-m MIRROR] [-c COMPONENTS] DIRECTORY [MAKE-TARGET...]
#
# SUITE is bookworm unless told otherwise, MIRROR debootstrap's own, COMPONENTS main (Ubuntu: main,universe), the target `install`.
# For a network that needs more than that, three variables name, by spaces, what the root gets from this machine:
#
#   FRESH_BIND   directories, to be seen read-only at the same place
#   FRESH_COPY   files, copied to the same place (certificates, /etc/pip.conf)
#   FRESH_KEEP   environment variables (HTTPS_PROXY PIP_INDEX_URL)
#
# The root stays, with its mounts. To look around: packaging/linux/fresh-root.sh DIRECTORY -- COMMAND...
# To remove it: packaging/linux/fresh-root.sh DIRECTORY --remove
set -euo pipefail

suite=bookworm mirror= components=main
while getopts s:m:c: option; do
    case $option in
        s) suite=$OPTARG ;;
        m) mirror=$OPTARG ;;
        c) components=$OPTARG ;;
        *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
if [ $# -eq 0 ]; then
    sed -n '2,16s/^# \{0,1\}//p' "$0"
    exit 2
fi
root=$(realpath -m "$1")
shift
checkout=$(realpath "$(dirname "$0")/../..")

make_root() {
    if [ -e "$root/etc/os-release" ]; then return; fi
    debootstrap --variant=minbase --components="$components" "$suite" "$root" ${mirror:+"$mirror"}
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" # no services: they would be this machine's
    chmod 755 "$root/usr/sbin/policy-rc.d"
}

mount_inside() { # mount_inside PLACE MOUNT-ARGUMENT...
    local place=$root$1
    shift
    mkdir -p "$place"
    mountpoint -q "$place" || mount "$@" "$place"
}

mount_all() {
    mount_inside /proc -t proc proc
    mount_inside /dev --bind /dev
    mount_inside /dev/pts --bind /dev/pts
    mount_inside /dev/shm -t tmpfs tmpfs
    mount_inside /tmp -t tmpfs tmpfs
    for directory in ${FRESH_BIND:-}; do mount_inside "$directory" --bind -o ro "$directory"; done
    for file in /etc/resolv.conf /etc/hosts ${FRESH_COPY:-}; do install -D "$file" "$root$file"; done
}

mounted() {
    awk -v root="$root/" 'index($2, root) == 1 {print $2}' /proc/mounts | sort -r
}

remove() {
    mounted | xargs -r -n 1 umount
    if [ -n "$(mounted)" ]; then
        echo "still mounted, so nothing was removed: $(mounted)" >&2
        exit 1
    fi
    rm -rf --one-file-system "$root"
}

inside() {
    local keep=()
    for name in ${FRESH_KEEP:-}; do keep+=("$name=${!name-}"); done
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "${keep[@]}" "$@"
}

snapshot() { # the checkout as it is now, committed or not, as a repository that can be cloned
    rm -rf "$root/srv/voicebot"
    mkdir -p "$root/srv/voicebot"
    (cd "$checkout" && git ls-files -z --cached --others --exclude-standard --deduplicate) |
        while IFS= read -r -d '' file; do if [ -e "$checkout/$file" ]; then printf '%s\0' "$file"; fi; done |
        tar -C "$checkout" -c --null -T - | tar -C "$root/srv/voicebot" -x
    git -C "$root/srv/voicebot" init --quiet
    git -C "$root/srv/voicebot" add --all
    git -C "$root/srv/voicebot" -c user.name=fresh -c user.email=fresh@localhost commit --quiet --message snapshot
    chown -R 0:0 "$root/srv/voicebot"
}

step() { # says what it runs and how long it took; standard input is a pipe that ends at once
    local began=$SECONDS exclude=()
    for directory in proc dev tmp ${FRESH_BIND:-}; do exclude+=("--exclude=$root/${directory#/}"); done
    printf '\n== %s\n' "$*"
    : | inside sh -c "cd && $*"
    printf '== took %d s; the root holds %s\n' $((SECONDS - began)) "$(du -shx "${exclude[@]}" "$root" | cut -f 1)"
}

case ${1-} in
    --remove)
        remove
        exit
        ;;
    --)
        shift
        make_root
        mount_all
        inside "$@"
        exit
        ;;
esac
make_root
mount_all
snapshot
step "apt-get install -y make git python3"
if [ -d "$root/root/voicebot" ]; then
    step "cd voicebot && git fetch --quiet && git reset --quiet --hard FETCH_HEAD"
else
    step "git clone --quiet /srv/voicebot"
fi
for target in "${@:-install}"; do
    step "cd voicebot && make $target"
    step "cd voicebot && make $target"
done
