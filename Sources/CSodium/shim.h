// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#include <sodium.h>
#include <stddef.h>

// A parenthesised sum of aliased macros, which Swift's importer does not take.
static const size_t csodium_box_SEALBYTES = crypto_box_SEALBYTES;
