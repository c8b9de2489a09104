// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

/// The first words of code names, adjective-like.
///
/// Chosen so that no word says anything about a person or an incident, and so that two words
/// of the list are never one letter apart. Names already in use stay valid when a word goes.
enum CodeNameFirstWords {
    /// The words in alphabetical order, split once.
    static let all: [String] = text.split(whereSeparator: \.isWhitespace).map(String.init)

    /// The list as it is read by people, several words a line.
    private static let text = """
        acacia acoustic acrylic adagio aerial agate agile agrarian airport alder alfresco
        algebra aligned allegro alloy alluvial almond aloe alpine altair aluminum anchored
        andante angora angular apricot aquatic arboreal arcade archive arctic argon arid
        aromatic arpeggio arugula astral atlantic atoll attic auroral autumnal avenue azure
        bakery baking balsa bamboo banyan baobab barley basalt batik bayou bayside bazaar beaded
        bebop bilberry binomial bismuth biweekly bluebell bolero bordered boreal botanic bracken
        breezy brisk brocade broccoli bubbling bulgur bundled burlap cabin cadenza calcium
        calculus calico cambric cantata canvas caraway cardamom cargo carton cashew cashmere
        catalpa celery cement central ceramic cerium chalk chervil chevron chicory chiffon
        chiming chintz chive choral chrome chromium cinema cinnamon circular citrus cloudy
        clover coastal cobalt compact concave concrete convex corduroy cosmic couscous crimped
        crisp crochet crocus cubic cursive cursor cyan cycad cyclic cycling cypress daffodil
        daily damask dappled decimal delta deltaic denim depot diagonal disco district dolce
        dotted double dozen drifting drizzly dulcet eastern eastward eclipse elliptic embossed
        emerald enamel endive epsilon equinox estuary etched factor farmland feldspar fennel
        fireside fjord floral fluted focal foldable folded fractal freesia freight fringed
        frosted frosty fugue gabled galactic gallery gallium gamma gardenia garlic gavotte
        geometry geranium gilded gingham glacial gliding glossy gorse gothic gradual granite
        granitic gravel grooved gusty gypsum hafnium harbor harmonic helical helium highland
        hillside hourly hyacinth hydrogen igneous indexed indigo indium indoor inland inner
        integer iridium italic junction jupiter jute kappa knitted laburnum lagoon lakeland
        lakeside larch larkspur lateral latticed layered leafy leeward legato lentil lettered
        lettuce level lexical library lichen lilac lime linear linen lofty lowland luminous
        lunar lupin lyric macrame magenta magnolia mainland maple mapped marble marigold
        maritime marjoram market marsh marzipan matte mauve mazurka measured median melodic
        merino mesa metallic meteor metric middle millet mint minuet mirrored modern modular
        monsoon montane moorland mosaic moss movable mulberry museum musical nautical nebular
        neon neptune neutron nimble niobium nitrogen northern numeric oaken oasis oat oblique
        oblong obsidian oceanic ochre offshore oilcloth okra onion onshore onward onyx operatic
        optical opus orbital ordinal oregano organza osmium outdoor outer outward oval overall
        overcast overland oxygen pacific paneled paper paprika papyrus parallel parquet parsley
        parsnip pastel pasture patio peatland pebble pecan pelagic percale petaled petunia
        pewter phonetic pivotal pixel plaid planar plaza polaris polenta polka polymer pomelo
        poplar poplin porch portable prairie precise prelude presto primary primrose printed
        printing proton pulsar pumice punctual quadrant quantum quarter quartz quasar quince
        quinoa radial radish raffia railway rainy reed reggae regional remote resonant retro
        rhodium rhombic rhubarb rhythmic rigel ringing rippling rolling rondo roomy rotary rural
        russet rustic rustling sailing samba satsuma saturn scaled scallion scenic scherzo
        seaside seasonal seaward sedge sedum seismic selenium semolina sepia sequined sequoia
        serif sesame shale shallot sifted sisal skating sketched skiffle skyward slate sloping
        snowdrop snowy soaring sodium sonic sorrel sorted southern spatial speckled spinach
        spirea spruce staccato starry static station stellar stony straw stucco studio suburban
        sundry sunlit sycamore syllabic sylvan symbolic syntax taffeta tallied tamarind tandem
        tangent tangy tapered taro tarragon teal tectonic terrace textured thatched theater
        thematic theta thistle thundery ticking tidal tidy tiled tinplate tinted toffee tomato
        tonal topaz topical toroidal tramway transit treble triple tropic tundra tuneful
        tungsten turmeric turning turreted twill twined typed umber unfolded upland upriver
        upstream vanadium varied varnish vector vega vellum verbena versed vinyl visible vivace
        volcanic waltz waving wavy weekly western westward wheat wheeled whirring wicker winding
        windowed windward wireless woolen woven xenon yarrow yearly zenith zesty zinc zinnia
        zircon
        """
}
