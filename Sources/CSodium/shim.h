// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#include <sodium.h>
#include <stddef.h>
#if defined(__linux__)
#include <sys/prctl.h>
#endif

// A parenthesised sum of aliased macros, which Swift's importer does not take.
static const size_t csodium_box_SEALBYTES = crypto_box_SEALBYTES;

// A core limit of zero does not stop a dump that the kernel pipes into a crash reporter; a process
// that is not dumpable has none. Swift cannot call prctl, because it is variadic.
static inline int csodium_refuse_dumps(void)
{
#if defined(__linux__)
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#else
    return 0;
#endif
}
