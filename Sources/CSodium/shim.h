// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#include <sodium.h>
#include <stddef.h>
#if defined(__linux__)
#include <linux/keyctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>
#else
#include <errno.h>
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

// The kind of disk that a path is on, by its magic number as in statfs(2); 0 where that is not known.
// Swift's module of the C library does not have statfs.
static inline unsigned int csodium_disk_kind(const char *path)
{
#if defined(__linux__)
    struct statfs found;
    return statfs(path, &found) == 0 ? (unsigned int)found.f_type : 0;
#else
    (void)path;
    return 0;
#endif
}

// The kernel's key store, see keyrings(7). There is no C library function for it, and Swift cannot
// call syscall, because it is variadic. All answer -1 and errno when they fail; ENOSYS where there is
// no such store.

#if defined(__linux__)
#define csodium_keyctl(...) syscall(SYS_keyctl, __VA_ARGS__)
#else
#define csodium_keyctl(...) (errno = ENOSYS, -1L)
#endif

// The keyring of this login session, or of the user where the system made none for the session. By
// its number: asked for by name to add to, the kernel would make one for this process alone.
static inline long csodium_key_session(void)
{
    return csodium_keyctl(KEYCTL_GET_KEYRING_ID, KEY_SPEC_SESSION_KEYRING, 0);
}

// A new key in the keyring of this process, which goes with it.
static inline long csodium_key_add(const char *name, const void *bytes, size_t count)
{
#if defined(__linux__)
    return syscall(SYS_add_key, "user", name, bytes, count, KEY_SPEC_PROCESS_KEYRING);
#else
    return csodium_keyctl(name, bytes, count);
#endif
}

// Ends a key after some seconds.
static inline long csodium_key_limit(long key, unsigned int seconds)
{
    return csodium_keyctl(KEYCTL_SET_TIMEOUT, key, seconds);
}

// Leaves a key to its possessor alone: view, read, search, link, and change of attributes.
static inline long csodium_key_restrict(long key)
{
    return csodium_keyctl(KEYCTL_SETPERM, key, 0x3b000000UL);
}

// Puts a key into a keyring, in the place of one of the same name.
static inline long csodium_key_link(long key, long ring)
{
    return csodium_keyctl(KEYCTL_LINK, key, ring);
}

// A key by its name.
static inline long csodium_key_find(long ring, const char *name)
{
    return csodium_keyctl(KEYCTL_SEARCH, ring, "user", name, 0);
}

// The bytes of a key, as many as fit; how many it has.
static inline long csodium_key_read(long key, void *bytes, size_t count)
{
    return csodium_keyctl(KEYCTL_READ, key, bytes, count);
}

// Ends a key now: the kernel wipes its bytes.
static inline long csodium_key_revoke(long key) { return csodium_keyctl(KEYCTL_REVOKE, key); }

// Takes a key out of the keyring of this process: it stays where else it is.
static inline long csodium_key_leave(long key)
{
    return csodium_keyctl(KEYCTL_UNLINK, key, KEY_SPEC_PROCESS_KEYRING);
}

// Takes a key out of a keyring.
static inline long csodium_key_unlink(long key, long ring)
{
    return csodium_keyctl(KEYCTL_UNLINK, key, ring);
}
