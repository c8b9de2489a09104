# SPDX-License-Identifier: Apache-2.0
# Copyright CaseVault contributors
#
# Prints the code of Swift files as PATH:LINE:CODE, without comments and string texts, so that a
# rule about code is not set off by prose. Code inside \( ) of a string is code and stays.
# Knows nested comments, raw strings and multi-line strings. A regex literal that holds a quote
# blanks the rest of its own line, no more. Fails when a file ends inside a comment or a
# multi-line string, because everything after it would have been hidden.

# The stack of what we are in: "code", "comment" or "string".
function push(what) {
    top++
    kind[top] = what
    depth[top] = 0
}

function file_ends() {
    if (path != "" && top > 1) {
        print path ": ends inside a " kind[top] > "/dev/stderr"
        failed = 1
    }
}

# The string of hash signs that a raw string's end and escapes carry.
function hashes_at(text,    n) {
    n = 0
    while (substr(text, n + 1, 1) == "#") n++
    return substr(text, 1, n)
}

function take_code(rest,    c, marks) {
    c = substr(rest, 1, 1)
    if (substr(rest, 1, 2) == "//") return length(rest)
    if (substr(rest, 1, 2) == "/*") { push("comment"); depth[top] = 1; return 2 }
    marks = hashes_at(rest)
    if (substr(rest, length(marks) + 1, 1) == "\"") {
        push("string")
        hash[top] = marks
        rest = substr(rest, length(marks) + 1)
        many[top] = (rest ~ /^"""[ \t\r]*$/)
        code = code " "
        return length(marks) + (many[top] ? 3 : 1)
    }
    if (c == "(") depth[top]++
    if (c == ")" && top > 1 && depth[top] == 0) { top--; code = code " "; return 1 }
    if (c == ")") depth[top]--
    code = code c
    return 1
}

function take_comment(rest) {
    if (substr(rest, 1, 2) == "/*") { depth[top]++; return 2 }
    if (substr(rest, 1, 2) == "*/") {
        if (--depth[top] == 0) { top--; code = code " " }
        return 2
    }
    return 1
}

function take_string(rest,    escape, close_mark) {
    escape = "\\" hash[top]
    if (substr(rest, 1, length(escape)) == escape) {
        if (substr(rest, length(escape) + 1, 1) == "(") push("code")
        return length(escape) + 1
    }
    close_mark = (many[top] ? "\"\"\"" : "\"") hash[top]
    if (substr(rest, 1, length(close_mark)) == close_mark) {
        top--
        return length(close_mark)
    }
    return 1
}

FNR == 1 {
    file_ends()
    path = FILENAME
    top = 0
    push("code")
}

{
    code = ""
    at = 1
    while (at <= length($0)) {
        rest = substr($0, at)
        if (kind[top] == "code") at += take_code(rest)
        else if (kind[top] == "comment") at += take_comment(rest)
        else at += take_string(rest)
    }
    if (kind[top] == "string" && !many[top]) top--
    print path ":" FNR ":" code
}

END {
    file_ends()
    exit failed
}
