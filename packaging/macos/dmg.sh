#!/bin/sh
# Voicebot.app in a disk image: packaging/macos/dmg.sh, after `make package` on a Mac.
#
# Signed and notarised when these are set; without them it is signed ad hoc, and macOS asks before it opens it:
#   SIGN_IDENTITY    "Developer ID Application: ..."
#   NOTARY_PROFILE   a profile made with `xcrun notarytool store-credentials`
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/packaging/macos
app=$root/build/frozen/Voicebot.app
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$root/voicebot/__init__.py")
image=$root/dist/voicebot-$version-macos-$(uname -m).dmg
identity=${SIGN_IDENTITY:--}

for language in en ko; do
    mkdir -p "$app/Contents/Resources/$language.lproj"
    cp "$here/$language.lproj/InfoPlist.strings" "$app/Contents/Resources/$language.lproj/"
done
# from the inside out: a signature covers what lies below it
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' -o -perm -u+x \) -print0 |
    xargs -0 codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" --sign "$identity"
codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" --sign "$identity" "$app"
codesign --verify --deep --strict "$app"

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
mkdir -p "$root/dist"
hdiutil create -volname Voicebot -srcfolder "$staging" -format UDZO -ov "$image"
codesign --force --sign "$identity" "$image"
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi
echo "$image"
