#!/bin/sh
# An AppImage of what `make package` has built: packaging/linux/appimage/build.sh. Needs appimagetool
# (https://github.com/AppImage/appimagetool) and zstd. espeak-ng must be on the system, as for the portable archive.
set -eu
root=$(cd "$(dirname "$0")/../../.." && pwd)
id=io.github.voicebot.Voicebot
archive=$(ls "$root"/dist/voicebot-*-linux-*.tar.*)
command -v appimagetool >/dev/null || { echo "appimagetool is not installed" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/AppDir/usr"
tar -xf "$archive" -C "$work"
mv "$work"/voicebot-*/program "$work/AppDir/usr/program"
mv "$work"/voicebot-*/share "$work/AppDir/usr/share"
mv "$work"/voicebot-*/needs.txt "$work/AppDir/usr/"
mv "$work"/voicebot-*/voicebot "$work/AppDir/usr/voicebot"
ln -s usr/voicebot "$work/AppDir/AppRun"
cp "$work/AppDir/usr/share/applications/$id.desktop" "$work/AppDir/"
cp "$work/AppDir/usr/share/icons/hicolor/256x256/apps/$id.png" "$work/AppDir/"
name=$(basename "$archive" | sed 's/-linux-/-/; s/\.tar\..*/.AppImage/')
SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct) appimagetool --no-appstream "$work/AppDir" "$root/dist/$name"
