#!/bin/sh
# Checks the deals and the price book that a change touches, and writes one comment about it.
#
#   dealdesk-ci.sh BASE COMMENT
#
# BASE is the revision that the change is to be merged into, and COMMENT the file that the comment
# is written to, as Markdown. All of it goes to standard output too; a comment that would be too
# long for GitHub has only its headlines. What else there is to say is in the environment:
#
#   DEALDESK                the program                                   [dealdesk]
#   DEALDESK_DEALS          the folder of deals, from the top             [deals]
#   DEALDESK_BOOK           the price book, from the top                  [pricing.toml]
#   DEALDESK_MAX_APPROVAL   the highest level that a deal may need        [none]
#   DEALDESK_DENY           findings of the book that fail, with blanks between them
#   DEALDESK_DATE           the day of all quotes                         [each deal's own, or today]
#
# Exit codes, by the worst of what was found: 0 all is within policy and within the level; 1 something
# could not be checked, or the book has a finding that is denied; 2 the settings are wrong; 3 a deal
# needs a higher level; 4 a deal is outside policy.
set -eu

dealdesk=${DEALDESK:-dealdesk}
deals=${DEALDESK_DEALS:-deals}
book=${DEALDESK_BOOK:-pricing.toml}
level=${DEALDESK_MAX_APPROVAL:-none}
marker='<!-- dealdesk -->'
longest=60000
worst=0

if [ "$#" -ne 2 ]; then
    echo 'dealdesk-ci: this needs two words: the revision to merge into, and the file of the comment' >&2
    exit 2
fi
base=$1
comment=$2
# All other names are those of the repository, and it is entered below.
case $comment in
/*) ;;
*) comment=$(pwd)/$comment ;;
esac
case $dealdesk in
/*) ;;
*/*) dealdesk=$(pwd)/$dealdesk ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
: >"$work/parts"
: >"$work/wrong"

# Git takes names as they are, whatever is in them.
GIT_LITERAL_PATHSPECS=1
export GIT_LITERAL_PATHSPECS

# One of two exit codes: what could not be checked counts most, since nobody knows what it would need.
worse() {
    for code in 2 1 4 3; do
        if [ "$1" -eq "$code" ] || [ "$2" -eq "$code" ]; then
            echo "$code"
            return
        fi
    done
    echo 0
}

# What went wrong, as a block in which nothing is Markdown.
quoted() {
    printf 'dealdesk says:\n\n'
    sed 's/^/    /' "$1"
    printf '\n'
}

# Runs dealdesk, keeps what it says, and remembers the worst of its exit codes.
step() {
    code=0
    "$dealdesk" "$@" >"$work/said" 2>"$work/errors" || code=$?
    # A program that is not there, or that was ended, has checked nothing.
    case $code in
    [0-4]) ;;
    *) code=1 ;;
    esac
    worst=$(worse "$worst" "$code")
    if [ -s "$work/said" ]; then
        cat "$work/said" >>"$work/parts"
        echo >>"$work/parts"
    fi
    if [ -s "$work/errors" ]; then
        cat "$work/errors" >&2
        quoted "$work/errors" >>"$work/wrong"
    fi
}

# A step for those who want to know all of it.
folded() {
    printf '<details>\n<summary>%s</summary>\n\n' "$1" >>"$work/parts"
    shift
    "$@"
    printf '</details>\n\n' >>"$work/parts"
}

# Whether this dealdesk has a command: one that is older has fewer.
has() {
    "$dealdesk" "$@" --help >/dev/null 2>&1
}

# In one line, what the exit code means.
verdict() {
    case $worst in
    0) echo "**Within policy.** No deal that changed needs more than \`$level\`." ;;
    3) echo "**Approval needed.** A deal that changed needs a higher level than \`$level\`." ;;
    4) echo '**Outside policy.** No approval level can grant a deal that changed.' ;;
    2) echo '**Not checked.** The settings of this check are wrong.' ;;
    *) echo '**Failed.** Something could not be checked, or the price book has a finding that is denied.' ;;
    esac
}

# Writes the comment, and ends.
finish() {
    {
        printf '%s\n\n%s\n\n' "$marker" "$1"
        cat "$work/wrong" "$work/parts"
    } >"$work/comment"
    cat "$work/comment"
    if [ "$(wc -c <"$work/comment")" -gt "$longest" ]; then
        {
            printf '%s\n\n%s\n\n' "$marker" "$1"
            printf 'This is too much for a comment: the log of the job has all of it.\n\n'
            sed -n 's/^##\{0,1\} /- /p' "$work/parts" | head -n 150
        } >"$work/short"
        mv "$work/short" "$work/comment"
    fi
    cat "$work/comment" >"$comment"
    exit "$worst"
}

# Ends without having checked anything.
give_up() {
    worst=1
    printf '%s\n' "$1" >"$work/errors"
    cat "$work/errors" >&2
    quoted "$work/errors" >>"$work/wrong"
    finish '**Not checked.**'
}

top=$(git rev-parse --show-toplevel 2>"$work/git") || give_up "this is no git repository: $(cat "$work/git")"
cd "$top"

case $base in
'' | -*) give_up "this is no revision: $base" ;;
esac
if ! git rev-parse --verify --quiet "$base^{commit}" >/dev/null; then
    give_up "git has no revision $base here: a shallow clone needs more history, fetch-depth 0 on GitHub and GIT_DEPTH 0 on GitLab"
fi
# What was merged into BASE meanwhile is no part of the change.
start=$(git merge-base "$base" HEAD) ||
    give_up "git knows nothing that $base and this have in common: a shallow clone needs more history, fetch-depth 0 on GitHub and GIT_DEPTH 0 on GitLab"

was() {
    [ -n "$(git ls-tree "$start" -- "$1")" ]
}

# A book that is not there would be the one that is built into the program.
if [ -f "$book" ]; then
    DEALDESK_PRICE_BOOK=$book
    export DEALDESK_PRICE_BOOK
elif [ -n "${DEALDESK_BOOK:-}" ] || was "$book"; then
    give_up "there is no price book $book"
fi
# And a folder that is not there would be one in which nothing changes.
if [ ! -d "$deals" ] && ! was "$deals"; then
    give_up "there is no folder of deals $deals"
fi

# The names of what changed, one a line. A renamed file is one that went and one that came.
changed() {
    git diff --name-only --no-renames --no-ext-diff -z "$start" HEAD -- "$1" >"$work/names"
    tr '\n\000' '\001\n' <"$work/names"
}

# Those that are deals, as dealdesk finds them in a folder.
deal_names() {
    changed "$deals" >"$work/all"
    while IFS= read -r name; do
        case $name in
        "$book" | pricing.toml | */pricing.toml | .* | */.*) ;;
        *.[Tt][Oo][Mm][Ll]) printf '%s\n' "$name" ;;
        esac
    done <"$work/all"
}

deal_names >"$work/deals"
if grep "$(printf '\001')" "$work/deals" >/dev/null; then
    give_up 'a deal has a line break in its name: rename it'
fi
# What a link points to could be any file of this machine, and the comment would quote it.
while IFS= read -r name; do
    if [ -h "$name" ]; then
        give_up "the deal $name is a link: put the file there"
    fi
done <"$work/deals"
if [ -h "$book" ]; then
    give_up "the price book $book is a link: put the file there"
fi
changed "$book" >"$work/book"

if [ ! -s "$work/deals" ] && [ ! -s "$work/book" ]; then
    finish 'No deal and no price book changed.'
fi

# A step on the files of a list.
step_on() {
    list=$1
    shift
    if [ ! -s "$list" ]; then return; fi
    if [ -n "${DEALDESK_DATE:-}" ]; then
        set -- "$@" --date "$DEALDESK_DATE"
    fi
    set -- "$@" --
    while IFS= read -r name; do
        set -- "$@" "$name"
    done <"$list"
    step "$@"
}

step_on "$work/deals" diff --against "$start" --max-approval "$level" --format markdown

# The findings of a book, each in one line.
findings() {
    "$dealdesk" book check "$1" --format markdown 2>/dev/null | grep -E '^- \*\*(error|warning|note)\*\*: ' || :
}

# What is in the second list and not in the first, under a heading. The line of the book that stands
# behind a finding does not make it another one: any change moves it.
only_in() {
    awk '
        { key = $0; sub(/ \([^()]*\)$/, "", key) }
        FILENAME == ARGV[1] { seen[key] = 1; next }
        !(key in seen)
    ' "$2" "$3" >"$work/only"
    if [ -s "$work/only" ]; then
        printf '# %s\n\n' "$1"
        cat "$work/only"
        echo
    fi
}

if [ -s "$work/book" ] && [ -f "$book" ]; then
    if was "$book"; then
        git cat-file blob "$start:$book" >"$work/old-book.toml"
    fi
    # A book that was broken is mended by this change, and there is nothing to hold it against.
    if was "$book" && ! "$dealdesk" --price-book "$work/old-book.toml" --version >/dev/null 2>&1; then
        printf 'The price book could not be read before this change.\n\n' >>"$work/parts"
    elif was "$book"; then
        if has book check; then
            findings "$work/old-book.toml" >"$work/before"
            findings "$book" >"$work/now"
            only_in 'What the change adds to the findings of the price book' "$work/before" "$work/now" >>"$work/parts"
            only_in 'What it takes away from them' "$work/now" "$work/before" >>"$work/parts"
        fi
        set --
        if [ -d "$deals" ]; then
            set -- --deals "$deals"
        fi
        if has book diff; then
            step book diff "$work/old-book.toml" "$book" "$@" --format markdown
        fi
    fi
    set -- "$book" --format markdown
    for code in ${DEALDESK_DENY:-}; do
        set -- "$@" --deny "$code"
    done
    if has book check; then
        folded 'All findings of the price book' step book check "$@"
    fi
fi

# A deal that is gone needs nobody's approval.
while IFS= read -r name; do
    if [ -e "$name" ]; then printf '%s\n' "$name"; fi
done <"$work/deals" >"$work/there"
if [ -s "$work/there" ] && has check; then
    folded 'Every deal that changed, and why' step_on "$work/there" check --max-approval "$level" --format markdown
fi

# A deal that changed may be a part of what another one began: all of the folder are looked at, and what
# has a deal in it that changed is reported.
splits() {
    set -- "$deals" --format markdown
    if [ -n "${DEALDESK_DATE:-}" ]; then
        set -- "$@" --date "$DEALDESK_DATE"
    fi
    "$dealdesk" check "$@" 2>/dev/null | sed -n '/^## Split deals/,/^## /p' | grep '^- ' || :
}
if [ -s "$work/there" ] && [ -d "$deals" ] && has check; then
    # Of a split of many deals only the first are named.
    { sed 's,.*/,,' "$work/there"; echo ' more of '; } >"$work/files"
    if splits | grep -F -f "$work/files" >"$work/splits"; then
        {
            printf '# Split deals\n\n'
            cat "$work/splits"
            echo
        } >>"$work/parts"
    fi
fi

finish "$(verdict)"
