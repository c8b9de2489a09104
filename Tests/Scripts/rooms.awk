# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
#
# Prints where one folder of Sources/CaseVault names what another declares without an arrow in the
# list of rooms, and arrows of the list that are not in the code. Reads the list, then the output
# of strip-swift.awk twice, which may hold other modules too: their names are nobody's here.
#
# Swift imports no folders, so the arrows are taken from names: types, functions and values that are
# declared at the left margin of a file, and members that are declared in an extension. A member
# counts where it is called, behind a dot or before a parenthesis, if only one folder declares its
# name.

# The room of a path: the longest folder in the list that holds it, or else its first folder.
function room_of(path,    parts, n, i, folder, room) {
    n = split(path, parts, "/")
    if (n < 4 || parts[1] "/" parts[2] != "Sources/CaseVault") return ""
    room = folder = parts[3]
    for (i = 4; i < n; i++) {
        folder = folder "/" parts[i]
        if (folder in place) room = folder
    }
    return room
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
    # The rooms of a layer are listed together: so there is no cycle between layers either.
    layer = room
    sub(/\/.*/, "", layer)
    if (layer != last_layer && (layer in layers)) {
        print FILENAME ":" FNR ": not listed with the rest of its layer: " room
    }
    layers[layer] = 1
    last_layer = layer
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
    rooms[++room_count] = room
    next
}

{
    match($0, /^[^:]*:[0-9]+:/)
    where = substr($0, 1, RLENGTH)
    code = substr($0, RLENGTH + 1)
    path = where
    sub(/:.*/, "", path)
    room = room_of(path)
    if (room != "" && !(room in place) && !(room in unknown)) {
        unknown[room] = 1
        print where " the room " room " is not in the list"
    }
}

# What a room declares: for others at the left margin and in extensions, for itself at any depth.
reading == 2 {
    line = code
    while (sub(/^[ \t]*(@[A-Za-z]+(\([^)]*\))?|public|package|internal|private|fileprivate|final|indirect|static|mutating|nonisolated)[ \t]+/, "", line));
    # What an extension declares for a protocol is called by the protocol's names.
    if (code ~ /^[^ \t}]/) {
        in_extension = (line ~ /^extension [^:]*$/ && code !~ /^(private|fileprivate) /)
    }
    if (line ~ /^[ \t]*(struct|class|enum|protocol|actor|typealias|func|let|var|case)[ \t]+[A-Za-z_]/) {
        is_shared = (code !~ /^([ \t]|private |fileprivate )/)
        is_member = (in_extension && code ~ /^    [^ \t]/ && code !~ /^    (private|fileprivate) /)
        is_type = (line ~ /^[ \t]*(struct|class|enum|protocol|actor|typealias)/)
        sub(/^[ \t]*[a-z]+[ \t]+/, "", line)
        match(line, /^[A-Za-z0-9_]+/)
        name = substr(line, 1, RLENGTH)
        if (is_shared && room != "") home[name] = room
        if (is_type) own[room, name] = 1
        if ((name in declared_in) && declared_in[name] != room) ambiguous[name] = 1
        declared_in[name] = room
        if (is_member && room != "") member[name] = 1
    }
    next
}

room == "" { next }

# Notes that a line uses a name of another room.
function use(name, other) {
    used[room, other] = 1
    if (!arrows && !((room, other) in allowed) && !((path, other) in told)) {
        told[path, other] = 1
        print where " " room " may not name " name " of " other
    }
}

{
    rest = code
    while (match(rest, /\.?[A-Za-z_][A-Za-z0-9_]*/)) {
        name = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        is_call = sub(/^\./, "", name)
        # A name behind a dot is a member of something else.
        if (!is_call && (name in home) && home[name] != room && !((room, name) in own)) {
            use(name, home[name])
        }
        if (rest ~ /^\(/) is_call = 1
        if (is_call && (name in member) && !(name in ambiguous) && declared_in[name] != room) {
            use(name, declared_in[name])
        }
    }
}

END {
    # With arrows=1 only the list as the code has it.
    for (i = 1; arrows && i <= room_count; i++) {
        line = rooms[i] ":"
        for (k = 1; k <= room_count; k++) {
            if ((rooms[i], rooms[k]) in used) line = line " " (k > i ? "!" : "") rooms[k]
        }
        print line
    }
    for (arrow in allowed) {
        split(arrow, ends, SUBSEP)
        if (!arrows && !(arrow in used)) {
            print "Tests/Scripts/rooms:" allowed[arrow] ": " ends[1] " names nothing of " ends[2]
        }
    }
}
