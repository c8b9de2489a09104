// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The second words of code names, noun-like.
///
/// Chosen so that no word says anything about a person or an incident, and so that two words
/// of the list are never one letter apart. Names already in use stay valid when a word goes.
enum CodeNameSecondWords {
    /// The words in alphabetical order, split once.
    static let all: [String] = text.split(whereSeparator: \.isWhitespace).map(String.init)

    /// The list as it is read by people, several words a line.
    private static let text = """
        abacus acorn adapter aerogram airfield airship almanac alphabet anagram anchor annex
        antenna anthill apron aquarium aqueduct arbor arch archway armchair artwork asterisk
        atlas atrium aviary awning axiom axle backdrop backpack banister banner barcode barn
        basket batch bay beacon beaker beret billow biscuit bistro bobbin bonsai bookcase
        bookend bookmark booth borough boulder bracket branch breeze bridge brochure brooch
        bucket budget bugle bulletin bulwark bundle bungalow bunting bureau cabana cabinet
        cadence calendar cameo campfire campsite canoe canopy canteen canyon caption card
        cardigan carousel carport cartoon cascade castanet castle catalog causeway cedar ceiling
        celesta census chalet chapter chart cheese chime chimney chord chorus chowder circle
        circuit citadel clarinet clearing cleat clip cloak cloth cloud coast coaster cobweb
        codex cog coil colander collage column comet comma compost concerto cone confetti cooler
        copybook cornet cornice counter crate crayon creel croquet crouton cruet cube cupboard
        cupola curb daybook decade decoder derby desk diagram dial dinghy diode doily doorbell
        dormer drizzle dune dustpan dynamo easel edition eggcup ellipse elm emblem emporium
        encore engine envelope epigram epilogue equation eraser errand espresso essay fabric
        fairway farmyard faucet fence filter finch firefly float folder folio font footnote
        footpath formula fountain fraction freeway freezer fresco fringe frost funnel furlong
        fuselage gadget galaxy garden garnish gatepost gazebo gazette gemstone gimbal girder
        glacier glade glossary gondola gong granary granola graph grater grid griddle grove
        guitar gulf haiku hamper harvest haven hearth heater hedge hedgerow hexagon highway hill
        horizon hydrant iceberg icicle icon index inkpot inkstand inkwell inlet invoice island
        isotherm jar jetty jigsaw jingle joist journal jukebox kayak kazoo kerchief kettle
        keyboard keypad keystone kiosk kite knapsack knoll ladder ladle lamp landmark lane
        lantern lapel lattice lawn leaf leaflet lectern ledger lemma lens letter lever lexicon
        lifeboat lining link lintel locket logbook loom magnet mailbox mandolin map margin
        marimba marker marquee maze meadow meridian meter milepost minibus mirror mist mitten
        mixer modem module molding monolith monorail monument mooring moraine motif motor
        motorway mural nebula nest newsreel niche note notebook notepad oak oatmeal oboe ocean
        octagon octave odometer omelet omnibus opera orbit orchard origami ornament outpost
        overcoat owl paddock page paint paintbox palace palette palisade parabola parade
        parallax parasol parcel parfait parka pasta pastry path pattern pavement pavilion
        pedestal pelican pencil pendulum pennant pergola phrase piano pianola piccolo pinwheel
        pipette pivot placard planet plank plaque plate plateau platter plinth plume poem
        polygon pond porridge portal portico portrait postcard poster postmark pottery pouch
        preface pretzel printer prism prologue proverb puddle puffin pulley punnet puzzle
        pyramid quartet quill quintet quiz radar radiator radio raft rafter raincoat raindrop
        rainfall ramekin rampart ravine recipe reef relay rhombus ribbon risotto river rivulet
        road rooftop rosette rotunda router rowboat rubric rucksack runway sachet sail sailboat
        sampler sandbar sandbox sapling sash satchel saucepan saucer sawmill scanner schooner
        scooter screen scroll sedan seesaw shade shed shelf shipyard shoebox shore showcase
        shrub shutter shuttle sidecar sidewalk sieve signpost silo skiff skylight skyline sleet
        sleeve snippet snowfall sonata sonnet sorbet soup sparrow sphere spire spoke sponge
        sprig sprocket sprout stadium stairway stamp stanza stapler star statue stencil stereo
        stew strainer stratum stream strudel suitcase summit sunbeam sundial sunroof sunshade
        surface syllable syllabus symbol symphony syrup table tableau tangram tapestry tapioca
        tarmac teacup teapot template tempo terrain thesis thicket thimble tide tiller timer
        timpani tinsel toboggan tollgate tome topiary topic topsail town trackpad tractor tram
        transom treadle treetop trellis trestle tricycle trinket trivet trowel tuba tumbler
        turbine tureen turnpike turret twig twine typeface ukulele umbrella unicycle utensil
        valise valley verb verse vertex viaduct vine vista volcano volume vowel waffle walkway
        wallet waypoint wharf wheel whisk width windmill window wool workbook yacht yogurt yoyo
        zephyr zeppelin zigzag zither
        """
}
