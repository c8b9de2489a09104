// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

import Testing

@testable import CaseVault

/// Both word lists keep the promises that make a code name safe to say aloud.
struct CodeNameWordsTests {
    /// The two lists by name, so that the log shows the name and not a list.
    static let lists: [String: [String]] = [
        "first": CodeNameFirstWords.all, "second": CodeNameSecondWords.all,
    ]

    /// Words that must never stand in a code name: they could hurt, hint or prejudge.
    static let denied = Set(
        """
        abuse accused african age aged alex alleged amber american anal ancient angel anger
        angry anus ape april arm arrow arse asian ass assault attack august aunt autumn axe baby
        bachelor bad ball balloon balls banana bang bar bare bat beat beaver bed beer behind
        belly bible big bitch bitter black blade blood board body bomb boob booty bottom box boy
        breast bride brother brown bull bullet bum bun buns bush butt caboose cage cake cancer
        cane cannon carrot case cat chain chair cheap cherry chest chicken child chinese choke
        christian church clay clean cliff club cocktail coke cold committee conduct cookie cool
        copper coral corpse cougar court cow crack cracker crazy crime cross crotch crystal
        cucumber cuff culprit dagger daisy dale dark dawn dead death devil die dirty discord
        disease dog donkey drown drug drunk dry dumb ear eggplant elder elephant english erotic
        eye fable face fair fake false fat father fear female fever fig finger foot fox framed
        fraud french gay gender gentleman german gin girl glen goat god good grab grave grenade
        grief groin groom grope guilt guilty gun guy hair hammer hand hang happy harass hard
        hate hazel head heather heaven hell hen heroin hidden hindu hinge hip hit hog hole holly
        holy homophobe hook horn horny hose hot hump husband hush hysteria idiot ill indian
        infant innocent insane iris ivy jail japanese jasmine jasper jealous jewish joint joy
        judge june junior kick kill king kiss kitchen knee knife knob label lady lap law leash
        leech leg lesbian liar lick lie lily lip lithium lonely loose love lover lunatic lust
        mad maiden male man marine matrix mattress meat melon member mental meth misogyny
        missile misty moist monk monkey mosque mother mouse mouth muffin murder muslim myth
        naked native neck needle night nipple nose novel nude nun nut nuts offender old olive
        opal opium ordinary ox packet pale panel pantry panty parasite parlor peach petal pie
        pierced pig pigment pillow pipe pistol plague plastered platform plug plum pole police
        polish porn postal pot prayer pretty pride priest prince princess prison probable proof
        punch pussy queen queer quiet quota rape rapist rash rat rear red related relative
        report rifle robin rod rope rose routine rowan rub ruby rum russian sack sacred sad
        saint sandy sausage savanna screw secret senior sex sexy shaft shag shame shark sheep
        sheet shingle shingles shot sick signal silent sin sister skin slack slap slim slit slug
        slut small snake soft sour sow spear stab stalk stalker stiff stocked storied straight
        strangle streamer strike strip stroke stud studs stupid suck summer sweet sword syringe
        taco teen teeth telegram temple tent thick thigh thin thread thumb tight tit tits toad
        toe token tongue tool tooth touch trans trial trivia trophy trunk truth turkish typical
        ugly uncle uniform upset usual valid vermin victim violet violin virgin virus vodka vote
        voyage vulture warm wart waxed weasel weed wet whale whip whisky white whore wiener wife
        wild willow wine wisteria woman wood woody worm wound yellow young zoom
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// Letter groups that must not even occur inside a word.
    static let deniedInside =
        """
        anal anus ass bitch blood bomb bone boob butt cell chink cock cum cunt damn dead dick
        die dyke fag fart fuck gay gun hate hell hit homo hole horn hot hurt jew kike kill lick
        lust milf nazi nig nude nut paki pee piss poo porn rape rod semen sex shit sin slut suck
        tard tit turd vice virgin wank wet whore wood
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    /// Words that sound alike; at most one of each group may be in a list.
    static let homophones: [Set<String>] = [
        ["pair", "pear", "pare"], ["stair", "stare"], ["reed", "read"], ["mussel", "muscle"],
        ["plain", "plane"], ["serial", "cereal"], ["pail", "pale"], ["current", "currant"],
        ["coarse", "course"], ["root", "route"], ["sail", "sale"], ["tide", "tied"],
        ["mist", "missed"], ["mantel", "mantle"], ["chord", "cord"], ["grater", "greater"],
        ["metal", "mettle"], ["cymbal", "symbol"], ["profit", "prophet"], ["choral", "coral"],
        ["canvas", "canvass"], ["meter", "metre"], ["peak", "peek"], ["beach", "beech"],
        ["bolder", "boulder"], ["flour", "flower"], ["burrow", "borough"], ["idle", "idol"],
        ["palette", "pallet"], ["steppe", "step"], ["thyme", "time"], ["verses", "versus"],
        ["marshal", "martial"], ["principal", "principle"], ["lichen", "liken"],
    ]

    @Test(arguments: ["first", "second"])
    func hasEnoughDistinctWords(_ list: String) throws {
        let words = try #require(Self.lists[list])
        #expect(words.count >= 520)
        #expect(Set(words).count == words.count)
        #expect(words == words.sorted())
    }

    @Test(arguments: ["first", "second"])
    func wordsAreShortAndPlain(_ list: String) throws {
        let words = try #require(Self.lists[list])
        for word in words {
            #expect((3...8).contains(word.utf8.count), "\(word)")
            #expect(word.utf8.allSatisfy { (0x61...0x7A).contains($0) }, "\(word)")
        }
    }

    @Test func listsShareNoWord() {
        #expect(Set(CodeNameFirstWords.all).isDisjoint(with: CodeNameSecondWords.all))
    }

    @Test(arguments: ["first", "second"])
    func wordsAreTwoEditsApart(_ list: String) throws {
        let words = try #require(Self.lists[list])
        // Two words are one edit apart exactly if removing one letter from one or from both
        // (at the same place) gives the same rest. That finds all pairs without comparing all.
        var seen: [String: String] = [:]
        for word in words {
            for place in 0..<word.utf8.count {
                var letters = Array(word.utf8)
                letters[place] = UInt8(ascii: "_")
                let replaced = String(decoding: letters, as: UTF8.self)
                #expect(seen[replaced] == nil, "\(word) and \(seen[replaced] ?? "")")
                seen[replaced] = word
            }
        }
        let all = Set(words)
        for word in words {
            for place in 0..<word.utf8.count {
                var letters = Array(word.utf8)
                letters.remove(at: place)
                let shorter = String(decoding: letters, as: UTF8.self)
                #expect(!all.contains(shorter), "\(word) and \(shorter)")
            }
        }
    }

    @Test func denyListIsLongEnough() {
        #expect(Self.denied.count >= 150)
        #expect(Self.deniedInside.count >= 50)
    }

    @Test(arguments: ["first", "second"])
    func containsNoDeniedWord(_ list: String) throws {
        let words = try #require(Self.lists[list])
        for word in words {
            #expect(!Self.denied.contains(word), "\(word)")
            // A plural is the same word.
            if word.hasSuffix("s") { #expect(!Self.denied.contains(String(word.dropLast()))) }
            for inside in Self.deniedInside {
                #expect(!word.contains(inside), "\(word) contains \(inside)")
            }
        }
    }

    @Test(arguments: ["first", "second"])
    func containsNoHomophones(_ list: String) throws {
        let words = try #require(Self.lists[list])
        for group in Self.homophones {
            #expect(group.intersection(words).count <= 1, "\(group.sorted())")
        }
    }
}
