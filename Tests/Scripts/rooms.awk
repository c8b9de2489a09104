# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
#
# Prints where one folder of Sources/CaseVault names what another declares without an arrow in the
# list of rooms, and arrows of the list that are not in the code. Reads the list, then the output
# of strip-swift.awk twice.
#
# Swift imports no folders, so the arrows are taken from names: types, functions and values that are
# declared at the left margin of a file. A member declared in an extension has no arrow of its own;
# whoever calls it nearly always names a type of the same folder too.

# The room of a path, or nothing for a file that lies in none.
function room_of(path,    parts) {
    if (split(path, parts, "/") < 4 || parts[1] "/" parts[2] != "Sources/CaseVault") return ""
    return parts[3]
}

FNR == 1 { reading++ }

reading == 1 {
    sub(/#.*/, "")
    if ($0 ~ /^[ \t]*$/) next
    room = $1
    if (sub(/:$/, "", room) != 1 || (room in place)) {
        print FILENAME ":" FNR ": not a new room with a colon behind it: " room
        next
    }
    for (i = 2; i <= NF; i++) {
        other = $i
        backwards = sub(/^!/, "", other)
        allowed[room, other] = FNR
        # A room may name those above it in the list: so there is no cycle.
        if (!backwards && !(other in place)) {
            print FILENAME ":" FNR ": " room " names " other ", which is not above it"
        }
        if (backwards && (other in place)) {
            print FILENAME ":" FNR ": " room " names " other ", which is above it: no ! needed"
        }
    }
    place[room] = FNR
    next
}

{
    match($0, /^[^:]*:[0-9]+:/)
    where = substr($0, 1, RLENGTH)
    code = substr($0, RLENGTH + 1)
    path = where
    sub(/:.*/, "", path)
    room = room_of(path)
    if (room == "") next
    if (!(room in place) && !(room in unknown)) {
        unknown[room] = 1
        print where " the room " room " is not in the list"
    }
}

# What a room declares: for others at the left margin, for itself at any depth.
reading == 2 {
    line = code
    while (sub(/^[ \t]*(@[A-Za-z]+(\([^)]*\))?|public|package|internal|private|fileprivate|final|indirect|static|nonisolated)[ \t]+/, "", line));
    if (line ~ /^[ \t]*(struct|class|enum|protocol|actor|typealias|func|let|var)[ \t]+[A-Za-z_]/) {
        is_shared = (code !~ /^([ \t]|private |fileprivate )/)
        is_type = (line ~ /^[ \t]*(struct|class|enum|protocol|actor|typealias)/)
        sub(/^[ \t]*[a-z]+[ \t]+/, "", line)
        match(line, /^[A-Za-z0-9_]+/)
        name = substr(line, 1, RLENGTH)
        if (is_shared) home[name] = room
        if (is_type) own[room, name] = 1
    }
    next
}

reading == 3 {
    # A name behind a dot is a member of something else.
    gsub(/\.[A-Za-z_][A-Za-z0-9_]*/, ".", code)
    n = split(code, words, /[^A-Za-z0-9_]+/)
    for (i = 1; i <= n; i++) {
        other = home[words[i]]
        if (other == "" || other == room || (room, words[i]) in own) continue
        used[room, other] = 1
        if (!((room, other) in allowed) && !((path, other) in told)) {
            told[path, other] = 1
            print where " " room " may not name " words[i] " of " other
        }
    }
}

END {
    for (arrow in allowed) {
        split(arrow, ends, SUBSEP)
        if (!(arrow in used)) {
            print "Tests/Scripts/rooms:" allowed[arrow] ": " ends[1] " names nothing of " ends[2]
        }
    }
}
