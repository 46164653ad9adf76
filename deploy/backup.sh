#!/bin/sh
# Copies an archive that is in use: deploy/backup.sh ARCHIVE TARGET makes the new folder TARGET with both databases.
set -eu

if [ $# -ne 2 ]; then
    echo "backup.sh: Say which archive goes where: backup.sh ARCHIVE TARGET." >&2
    exit 2
fi
archive=$1 target=$2
for name in articles pages; do
    [ -f "$archive/$name.db" ] || { echo "backup.sh: There is no $archive/$name.db." >&2; exit 2; }
done
case $target in *\'*) echo "backup.sh: A target's name takes no quotation marks." >&2; exit 2 ;; esac
[ ! -e "$target" ] || { echo "backup.sh: $target exists; a backup takes a new folder." >&2; exit 2; }

umask 027
part=$target.part
rm -rf "$part"
mkdir -p "$part"
# articles.db first: pages are stored before anything is made of them and never deleted, so the later copy of pages.db has every
# page that the earlier copy of articles.db speaks of. VACUUM INTO copies one moment, and no writer waits for it.
for name in articles pages; do
    sqlite3 -readonly -cmd '.timeout 60000' "$archive/$name.db" "vacuum into '$part/$name.db'"
    said=$(sqlite3 -readonly "$part/$name.db" 'pragma integrity_check')
    [ "$said" = ok ] || { echo "backup.sh: The copy of $name.db is not whole: $said." >&2; exit 1; }
done
mv "$part" "$target"
