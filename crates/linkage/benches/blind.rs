//! Pairs a second of the blind comparison, beside the limits of `knowledge/linkage.md`, in seconds of this thread's processor.
//!
//!     cargo bench -p ceiba-linkage --bench blind        # and benches/beside_anonlink.sh for anonlink in the same minutes

#![expect(clippy::unwrap_used, reason = "a benchmark stops where it cannot measure")]

use ceiba_linkage::blind::{BITS, Encoding, Kernel, alike};

/// Records of each side.
const SIDE: usize = 20_000;

fn main() {
    // `cargo test --benches` only wants to know that it runs.
    let side = if std::env::args().any(|arg| arg == "--bench") { SIDE } else { 500 };
    let mut seed = 88_172_645_463_325_252_u64;
    let mut next = || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    let mut codes = || -> Vec<Encoding> {
        // Half of all bits set at random, as anonlink's own benchmark has them.
        (0..side).map(|_| Encoding::new([0; BITS / 64].map(|_: u64| next()))).collect()
    };
    let (left, right) = (codes(), codes());
    let limit = |kernel| match kernel {
        Kernel::Avx512 => "719-778",
        Kernel::Avx2 => "209-238",
        Kernel::Plain => "155-208 (POPCNT)",
    };
    for kernel in Kernel::available() {
        for threshold in [0.55, 0.7] {
            let mut best = 0.0_f64;
            let mut found = 0;
            for _ in 0..3 {
                let begun = cpu();
                found = alike(&left, &right, threshold, kernel).len();
                best = best.max((side * side) as f64 / (cpu() - begun) / 1e6);
            }
            println!(
                "{kernel:?}, Dice {threshold}: {best:.0} M pairs a second, {found} found; limit {} M",
                limit(kernel)
            );
        }
    }
}

/// Seconds that this thread had a processor; Linux only.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}
