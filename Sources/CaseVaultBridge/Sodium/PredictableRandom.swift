// SPDX-License-Identifier: Apache-2.0
// Copyright CaseVault contributors

#if DEBUG
    internal import CSodium
    private import Synchronization

    /// Replaces all randomness of this process by a sequence that a seed determines.
    ///
    /// Only debug builds have it, and only a test that runs in a process of its own may use it:
    /// a simulation can then be replayed exactly. Every key made afterwards is worthless.
    package enum PredictableRandom {
        /// The seed and the number of the next draw.
        private static let state = Mutex<(seed: UInt64, draw: UInt64)>((0, 0))

        /// Switches for good, in this process. Call it before anything else of the library.
        package static func start(seed: UInt64) {
            state.withLock { $0 = (seed, 0) }
            var source = randombytes_implementation()
            unsafe source.implementation_name = {
                let name: StaticString = "predictable"
                return unsafe UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
            }
            source.random = {
                var value: UInt32 = 0
                unsafe PredictableRandom.fill(&value, 4)
                return value
            }
            unsafe source.buf = { target, count in unsafe PredictableRandom.fill(target, count) }
            let kept = UnsafeMutablePointer<randombytes_implementation>.allocate(capacity: 1)
            unsafe kept.initialize(to: source)
            _ = unsafe randombytes_set_implementation(kept)
        }

        /// One draw: a stream that seed and number of the draw determine.
        private static func fill(_ target: UnsafeMutableRawPointer?, _ count: Int) {
            guard let target = unsafe target else { return }
            let draw = state.withLock { state in
                state.draw += 1
                return (state.seed, state.draw)
            }
            var seed = [UInt8](repeating: 0, count: 32)
            for i in 0..<8 {
                seed[i] = UInt8(truncatingIfNeeded: draw.0 >> UInt64(8 * i))
                seed[8 + i] = UInt8(truncatingIfNeeded: draw.1 >> UInt64(8 * i))
            }
            unsafe randombytes_buf_deterministic(target, count, seed)
        }
    }
#endif
