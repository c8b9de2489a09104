// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The words of receipts. A receipt outlives a release, so no word ever goes or moves.
enum ReceiptWords {
    /// The 1024 words, ascending; the same as in Docs/receipt-words.txt.
    static let text = #"""
        abacus acacia acorn acoustic acrylic adagio adapter aerial aerogram agate agile agrarian
        airfield airport airship alder alfresco algebra aligned allegro alloy alluvial almanac
        almond aloe alphabet alpine altair aluminum anagram anchor anchored andante angora
        angular annex antenna anthill apricot apron aquarium aquatic aqueduct arbor arboreal
        arcade arch archive archway arctic argon arid armchair aromatic arpeggio artwork arugula
        asterisk astral atlantic atlas atoll atrium attic auroral autumnal avenue aviary awning
        axiom axle azure backdrop backpack bakery baking balsa bamboo banister banner banyan
        baobab barcode barley barn basalt basket batch batik bayou bayside bazaar beacon beaded
        beaker bebop beret bilberry billow binomial biscuit bismuth bistro biweekly bluebell
        bobbin bolero bonsai bookcase bookend bookmark booth bordered boreal borough botanic
        boulder bracken branch breeze bridge brisk brocade broccoli brochure brooch bubbling
        bucket budget bugle bulgur bulletin bulwark bundle bungalow bunting bureau burlap cabana
        cabin cabinet cadence cadenza calcium calculus calendar calico cambric cameo campfire
        campsite canoe canopy cantata canteen canvas canyon caption caraway card cardamom
        cardigan cargo carousel carport carton cascade cashew cashmere castanet castle catalog
        catalpa causeway cedar ceiling celery celesta cement census central ceramic cerium
        chalet chalk chapter chart cheese chervil chevron chicory chiffon chime chiming chimney
        chintz choral chord chorus chowder chrome chromium cinema cinnamon circle circuit
        circular citadel citrus clarinet clearing cleat clip cloak cloth cloud clover coast
        coastal coaster cobalt cobweb codex coil colander collage column comet comma compact
        compost concave concerto concrete cone confetti convex cooler copybook corduroy cornet
        cornice cosmic counter couscous crate crayon creel crimped crisp crochet crocus croquet
        crouton cruet cube cubic cupboard cupola curb cursive cursor cyan cycad cyclic cycling
        cypress daffodil daily damask dappled daybook decade decimal decoder delta deltaic denim
        depot derby desk diagonal diagram dial dinghy diode disco district dolce doorbell dormer
        dotted double dozen drifting drizzle dulcet dune dustpan dynamo easel eastern eastward
        eclipse edition eggcup elliptic emblem embossed emerald emporium enamel encore endive
        engine envelope epigram epilogue epsilon equation equinox eraser errand espresso essay
        estuary etched fabric factor fairway farmland farmyard faucet feldspar fence fennel
        filter finch firefly fireside fjord float floral fluted focal foldable folded folio font
        footnote footpath formula fountain fractal fraction freesia freeway freezer freight
        fresco fringe frost frosted fugue furlong fuselage gabled gadget galactic galaxy gallery
        gallium gamma garden gardenia garlic garnish gatepost gavotte gazebo gazette gemstone
        geometry geranium gilded gimbal gingham girder glacial glacier glade gliding glossary
        glossy gondola gong gorse gothic gradual granary granite granitic granola graph grater
        gravel griddle grooved grove guitar gulf gusty gypsum hafnium haiku hamper harmonic
        harvest haven hearth heater hedge hedgerow helical helium hexagon highland highway hill
        hillside horizon hourly hyacinth hydrant hydrogen iceberg icicle icon igneous index
        indexed indigo indium indoor inkpot inkstand inkwell inland inlet inner integer invoice
        iridium isotherm italic jetty jigsaw jingle joist journal jukebox junction jupiter jute
        kappa kayak kazoo kerchief kettle keyboard keypad keystone kiosk kite knapsack knitted
        knoll laburnum ladder ladle lagoon lakeland lakeside lamp landmark lane lantern lapel
        larkspur lateral lattice lawn layered leaf leaflet lectern ledger leeward legato lemma
        lens lentil letter lettered lettuce level lexical lexicon library lichen lifeboat lilac
        lime linear linen lining link lintel locket lofty logbook loom lowland luminous lunar
        lupin lyric macrame magenta magnet magnolia mailbox mainland mandolin maple mapped
        marble margin marigold marimba maritime marjoram marker marquee marsh marzipan matte
        mauve maze mazurka meadow measured median melodic meridian merino mesa metallic meter
        metric middle milepost millet minibus mint minuet mirror mirrored mitten mixer modem
        modern modular module molding monolith monorail monsoon montane monument mooring
        moorland moraine mosaic moss motif motor motorway movable mulberry mural museum musical
        nautical nebula neon neptune nest neutron newsreel niche nimble niobium nitrogen
        northern note notebook notepad numeric oaken oasis oatmeal oblique oblong oboe obsidian
        ocean oceanic ochre octagon octave odometer offshore oilcloth okra omelet omnibus onion
        onshore onward onyx opera operatic optical opus orbit orbital orchard ordinal oregano
        organza origami ornament osmium outdoor outer outpost outward oval overall overcast
        overcoat overland oxygen pacific paddock page paint palace palette paneled paper paprika
        papyrus parade parasol parcel parfait parka parquet parsley parsnip pasta pastel pastry
        pasture path patio pattern pebble pecan pelagic pelican pencil pennant percale pergola
        petaled petunia pewter phrase piano pianola piccolo pipette pivot pivotal pixel placard
        plaid planar planet plank plaque plate plateau platter plaza plinth plume poem polaris
        polenta polka polygon polymer pomelo pond poplar poplin porch portal portico poster
        pottery prairie precise preface prelude presto pretzel primary printed prism proton
        proverb puddle puffin pulley pulsar pumice punnet puzzle pyramid quantum quarter quartz
        quasar quill quince quinoa quintet quiz radar radial radio radish raffia raft rafter
        railway rainy ramekin rampart ravine recipe reed reggae relay remote retro rhodium
        rhombic rhombus rhubarb ribbon rigel ringing risotto river rivulet road rolling rondo
        rooftop roomy rosette rotary rotunda rowboat rubric runway russet rustic sachet sail
        sailing samba sampler sandbar sandbox sash satchel satsuma saturn saucer sawmill scaled
        scanner scenic scherzo scooter screen scroll seaside seaward sedan sedum seesaw seismic
        sepia sequoia serif sesame shade shallot shed shelf shoebox shore shrub shutter shuttle
        sidecar sieve sifted silo sisal skating skiff skiffle skyline skyward sleet sleeve
        sloping snippet snowy soaring sodium sonata sonic sonnet sorbet sorrel sorted soup
        sparrow spatial sphere spinach spire spoke sponge sprig sprout spruce stadium stamp
        stanza stapler star starry static station statue stellar stencil stereo stew stony
        stratum straw stream strudel stucco studio summit sunbeam sundial sundry sunlit sunroof
        surface sylvan symbol syntax syrup table tableau taffeta tallied tandem tangent tangram
        tangy tapered tapioca tarmac taro teacup teal teapot tempo terrace terrain thesis theta
        thicket thimble thistle ticking tidal tide tiled tiller timer timpani tinsel tinted
        toffee tomato tome tonal topaz topiary topic topical topsail town tractor tram tramway
        transit transom treadle treble treetop trellis trestle trinket triple trivet trowel tuba
        tumbler tundra tuneful turbine tureen turning turret twig twill twine typed ukulele
        umber upland upriver utensil valise valley varied vector vega vellum verb verbena verse
        vertex viaduct vine vinyl visible vista vivace volcano volume vowel waffle walkway
        wallet waltz waving wavy weekly western wharf wheat wheel wheeled whisk wicker width
        winding window wool woolen woven xenon yacht yarrow yearly yogurt yoyo zenith zephyr
        zesty zigzag zinc zinnia zircon zither
        """#
}
