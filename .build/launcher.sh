#!/bin/sh
# vncd in one file: this script and, behind it, the program and Deno, compressed. The first start
# unpacks them into the user's cache, checks what came out, and each start runs them from there.
set -eu

# Deno can't start in a folder that is gone.
env pwd >/dev/null 2>&1 || cd /

key='@KEY@' # names this content
program_hash='@PROGRAM_HASH@'
deno_hash='@DENO_HASH@'
deno_size=@DENO_SIZE@
program_packed=@PROGRAM_PACKED@ # bytes of this file; what is left of it is Deno
deno_packed=@DENO_PACKED@

fail() {
  printf 'vncd: %s\n' "$1" >&2
  exit 1
}

# Whether folder $1 is the user's alone, so that nobody else can have put a program there.
is_private() {
  [ -d "$1" ] && [ ! -L "$1" ] && [ -O "$1" ] || return 1
  case $(ls -ld "$1") in drwx------*) ;; *) return 1 ;; esac
}

has_hash() {
  printf '%s  %s\n' "$2" "$1" | sha256sum -c >/dev/null 2>&1
}

# wc -c would read the whole file on some systems.
size_of() {
  # shellcheck disable=SC2046 # the words are what is wanted
  set -- $(ls -ln "$1")
  printf '%s' "$5"
}

# Whether folder $1 has all that is needed, and runs it: not so on a file system mounted noexec. The
# hash of the large file would take half a second, so at each start its size has to do.
is_complete() {
  [ -x "$1/deno" ] && [ "$(size_of "$1/deno")" = "$deno_size" ] &&
    has_hash "$1/vncd.js" "$program_hash"
}

# Unpacks into folder $1. Each file appears there at once and whole, by being renamed, so that several
# first starts at the same time do no harm. In a subshell, so that it tidies up however it ends.
unpack() (
  mkdir -p "$1" || exit 1
  new=$(mktemp -d "$1/new.XXXXXX") || exit 1
  trap 'rm -rf "$new"' EXIT
  trap 'exit 1' HUP INT TERM
  tail -c $((program_packed + deno_packed)) "$0" | head -c "$program_packed" |
    gzip -dc >"$new/vncd.js" || exit 1
  tail -c "$deno_packed" "$0" | gzip -dc >"$new/deno" || exit 1
  has_hash "$new/vncd.js" "$program_hash" && has_hash "$new/deno" "$deno_hash" || exit 1
  chmod 700 "$new/deno" && mv -f "$new/deno" "$new/vncd.js" "$1"
)

# Removes from folder $1 the other versions that nobody has started for a day, and what an unpacking left
# that was killed. A version that runs has read what it needs of its files; the threads that it starts
# with its first viewer read them, too, but it can do without threads.
tidy() {
  find "$1"/* -prune -type d -mtime +0 ! -name "$key" -exec rm -rf {} + 2>/dev/null || :
  find "$1"/*/new.* -prune -type d -mtime +0 -exec rm -rf {} + 2>/dev/null || :
}

# Makes folder $1/$key ready to run from.
prepare() {
  mkdir -p -m 700 "$1" 2>/dev/null && is_private "$1" || return 1
  dir=$1/$key
  touch -c "$dir" 2>/dev/null || : # for tidy: it is in use
  is_complete "$dir" && return
  unpack "$dir" 2>/dev/null && is_complete "$dir" && tidy "$1"
}

command -v sha256sum >/dev/null && command -v gzip >/dev/null ||
  fail "the first start needs the programs gzip and sha256sum"

# The XDG specification wants a relative path ignored.
case ${XDG_CACHE_HOME:-} in
  /*) cache=$XDG_CACHE_HOME/vncd ;;
  *) cache=${HOME:+$HOME/.cache/vncd} ;;
esac
temporary=${TMPDIR:-/tmp}/vncd-$(id -u)
{ [ -n "$cache" ] && prepare "$cache"; } || prepare "$temporary" ||
  fail "can't unpack into ${cache:+$cache or }$temporary: are they full, read-only or open to others, or is this file damaged?"

# Only what is in this file decides how Deno runs.
for name in $(env | sed -n 's/^\(DENO_[A-Za-z0-9_]*\)=.*/\1/p'); do unset "$name"; done
export DENO_DIR="$dir/state" DENO_NO_UPDATE_CHECK=1 DENO_NO_PACKAGE_JSON=1
# Deno would read npm's settings there, and end where they are wrong; prelude.js puts it back.
unset VNCD_LAUNCHER_HOME
[ -z "${HOME+set}" ] || export VNCD_LAUNCHER_HOME="$HOME"
export HOME="$dir"
exec "$dir/deno" run --quiet --no-prompt --no-config --no-lock --no-remote --no-npm --no-check \
  @FLAGS@ "$dir/vncd.js" "$@"
exit 1
