// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// HTML becomes the text that a person would read.
struct HTMLTextTests {
    @Test(arguments: [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"), ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<div>One</div><div><br></div><div>Two</div>", "One\n\nTwo"), ("One<br>Two", "One\nTwo"),
        ("One<br/><br />Two", "One\n\nTwo"), ("a <b>b</b>c\n d", "a bc d"),
        ("<p>&nbsp;</p><p>One</p>", "One"), ("<td>a</td><td>b</td>", "a b"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"), ("<ol start=3><li>a</ol>", "3. a"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>d", "- a\n  - b\n- c\nd"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>c", "> a\n>\n> > b\n\nc"),
        ("a<blockquote><p>b</p><p>c</p></blockquote>", "a\n\n> b\n>\n> c"),
        ("<pre>\na  b\n  c\n</pre>d", "a  b\n  c\n\nd"), ("<pre>a\n\n\nb</pre>", "a\n\n\nb"),
        ("<textarea>a  b</textarea>", "a  b"), ("<xmp>a</xmp>", "a"),
    ])
    func blocks(_ html: String, _ text: String) { #expect(HTMLText.plain(html) == text) }

    @Test(arguments: [
        ("a <del>b</del> c", "a [struck out: b] c"), ("a <s>b</s>", "a [struck out: b]"),
        ("a <strike>b", "a [struck out: b]"), ("a <ins>b</ins> c", "a [inserted: b] c"),
        (
            "<span style=\"text-decoration:line-through\">b <span>c</span> d</span> e",
            "[struck out: b c d] e"
        ),
        ("<p style='text-decoration: LINE-THROUGH'>b</p>c", "[struck out: b]\n\nc"),
        ("a<del></del>b", "ab"), ("<u>a</u>", "a"),
    ])
    func wordsThatWereTakenBack(_ html: String, _ text: String) {
        #expect(HTMLText.plain(html) == text)
    }

    @Test(arguments: [
        ("<a href=\"https://example.org/p\">here</a>.", "here <https://example.org/p>."),
        ("<a href=https://example.org/>example.org</a>", "example.org"),
        ("<a href='mailto:k@example.org'>k@example.org</a>", "k@example.org"),
        ("<a href='mailto:k@example.org?subject=x'>Kim</a>", "Kim <k@example.org>"),
        (
            "<a href='https://a.example/?x=1&amp;copy=2&copy=3'>a</a>",
            "a <https://a.example/?x=1&copy=2&copy=3>"
        ),
        ("<a href='#x'>a</a> <a href='javascript:b()'>c</a> <a name=d>e</a>", "a c e"),
        ("<a href='https://example.org/i'><img src=a></a>", "<https://example.org/i>"),
        (
            "<a href='https://a.example'>b <a href='https://c.example'>d",
            "b <https://a.example> d <https://c.example>"
        ),
    ])
    func links(_ html: String, _ text: String) { #expect(HTMLText.plain(html) == text) }

    @Test(arguments: [
        ("&bdquo;a&ldquo; &Eacute;&aring;&rarr;&permil;&NotEqualTilde;", "„a“ Éå→‰≂̸"),
        ("&nbspa &amp b &copy 1 &notit; &notin;", "a & b © 1 ¬it; ∉"), ("&#8222;a&#x201c", "„a“"),
        ("&#150; &#x80; &#0; &#xD800; &#99999999999;", "– € \u{FFFD} \u{FFFD} \u{FFFD}"),
        ("a & b && &; &# &#x; &bogus; &lt;p&gt;", "a & b && &; &# &#x; &bogus; <p>"),
        ("&AMP;&LT&CounterClockwiseContourIntegral;", "&<∳"), ("&#13;a&#10;b", "a b"),
    ])
    func references(_ html: String, _ text: String) { #expect(HTMLText.plain(html) == text) }

    @Test(arguments: [
        ("a<!-- b > c -->d", "ad"), ("a<!-->b", "ab"), ("a<!-- b --!>c", "ac"), ("1 < 2", "1 < 2"),
        ("a<script>b()</SCRIPT >c", "ac"), ("a<style>b", "a"), ("a <3 b", "a <3 b"),
        ("<img alt=\"5 > 3\">a", "a"), ("<img alt='5 > \"3'>a", "a"), ("<p title=it's>a", "a"),
        ("<p title=\">a</p>b", "a\n\nb"), ("<p", "<p"), ("<?php x ?>a<![if b]>c", "ac"),
        ("<title>t</title>a<template>b</template>", "a"),
        ("a\u{AD}b\u{200C}c", "a\u{AD}b\u{200C}c"),
    ])
    func tags(_ html: String, _ text: String) { #expect(HTMLText.plain(html) == text) }

    @Test func markdownHasHeadings() {
        let html = "<h1>One</h1><p>a <b>b</b> <em>c</em></p><h3>Two</h3>"
        #expect(HTMLText.plain(html, isMarkdown: true) == "# One\n\na **b** *c*\n\n### Two")
        #expect(HTMLText.plain(html) == "One\n\na b c\n\nTwo")
    }

    @Test func aTextOverTheLimitIsNone() {
        #expect(HTMLText.plain("<p>123456", limit: 5) == nil)
        #expect(HTMLText.plain("<p>12345<script>6789", limit: 5) == "12345")
    }

    @Test func everyReferenceIsThere() {
        let names = HTMLReferenceNames.list.split { $0 == " " || $0 == "\n" }
        #expect(names.count == 2125)
        #expect(names.count { $0.hasPrefix("!") } == 106)
        for item in names {
            let name = item.drop { $0 == "!" }.prefix { $0 != "=" }
            let text = Array("&\(name);".utf8)
            #expect(HTMLReferences.read(text[...], at: 0)?.end == text.count, "\(name)")
        }
    }
}
