//! Roots and proofs against `ct-merkle`, an independent implementation, and the vectors known from the
//! transparency-log world.

#![expect(clippy::expect_used, reason = "clippy exempts test functions, not their helpers")]

use ceiba_ledger::proofs::{consistency, inclusion, verify_consistency, verify_inclusion};
use ceiba_ledger::{Frontier, Hash, leaf_hash, root_of};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;

type Oracle = MemoryBackedTree<Sha256, Vec<u8>>;

fn data(i: usize) -> Vec<u8> {
    format!("leaf {i}").into_bytes()
}

fn leaves(n: usize) -> Vec<Hash> {
    (0..n).map(|i| leaf_hash(&data(i))).collect()
}

fn oracle(n: usize) -> Oracle {
    let mut tree = Oracle::new();
    (0..n).for_each(|i| tree.push(data(i)));
    tree
}

fn edge(leaves: &[Hash]) -> Frontier {
    let mut frontier = Frontier::new();
    leaves.iter().for_each(|leaf| frontier.append(*leaf));
    frontier
}

/// Everything about the log of `n` leaves, with consistency from each of `olds`.
fn check(n: usize, olds: impl Iterator<Item = usize>) {
    let (leaves, tree) = (leaves(n), oracle(n));
    let root = root_of(&leaves);
    assert_eq!(root.as_slice(), tree.root().as_bytes().as_slice(), "root of {n}");
    assert_eq!(edge(&leaves).root(), root, "frontier of {n}");
    // Every leaf of the small logs, a sample of the large ones.
    for (i, leaf) in leaves.iter().enumerate().step_by(1 + n / 131 * 16) {
        let proof = inclusion(&leaves, i).expect("in range");
        assert_eq!(proof.concat(), tree.prove_inclusion(i).as_bytes(), "leaf {i} of {n}");
        assert!(verify_inclusion(leaf, i as u64, n as u64, &proof, &root));
        let elsewhere = (i as u64 + 1) % n as u64;
        assert!(n == 1 || !verify_inclusion(leaf, elsewhere, n as u64, &proof, &root));
        assert!(!verify_inclusion(&[9; 32], i as u64, n as u64, &proof, &root));
        let longer = [proof.as_slice(), &[root]].concat();
        assert!(!verify_inclusion(leaf, i as u64, n as u64, &longer, &root));
    }
    assert_eq!(inclusion(&leaves, n), None);
    for old in olds {
        let old_root = root_of(&leaves[..old]);
        let proof = consistency(&leaves, old).expect("not above");
        if old > 0 && old < n {
            assert_eq!(proof.concat(), tree.prove_consistency(n - old).as_bytes(), "{old} to {n}");
        }
        let (a, b) = (old as u64, n as u64);
        assert!(verify_consistency(a, &old_root, b, &root, &proof), "{old} to {n}");
        assert!(!verify_consistency(a, &[9; 32], b, &root, &proof));
        assert!(a == 0 || !verify_consistency(a, &old_root, b, &[9; 32], &proof));
        for i in 0..proof.len() {
            let mut bad = proof.clone();
            bad[i][0] ^= 1;
            assert!(!verify_consistency(a, &old_root, b, &root, &bad));
        }
    }
    assert_eq!(consistency(&leaves, n + 1), None);
}

#[test]
fn every_size_to_130() {
    for n in 0..=130 {
        check(n, 0..=n);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn any_size(n in 131usize..900, part in 0.0f64..=1.0) {
        check(n, std::iter::once((n as f64 * part) as usize));
    }

    #[test]
    fn a_frontier_survives_storage(n in 0usize..300, more in 0usize..40) {
        let all = leaves(n + more);
        let mut stored = Frontier::from_bytes(&edge(&all[..n]).to_bytes()).expect("own bytes");
        all[n..].iter().for_each(|leaf| stored.append(*leaf));
        prop_assert_eq!(stored.size(), (n + more) as u64);
        prop_assert_eq!(stored.root(), root_of(&all));
    }

    #[test]
    fn frontier_bytes_of_a_wrong_length_are_refused(n in 0usize..300, cut in 1usize..40) {
        let bytes = edge(&leaves(n)).to_bytes();
        prop_assert!(Frontier::from_bytes(&bytes[..bytes.len().saturating_sub(cut)]).is_err());
        prop_assert!(Frontier::from_bytes(&[bytes.as_slice(), &vec![0; cut]].concat()).is_err());
    }
}

/// The eight leaves that Certificate Transparency implementations test RFC 6962 with.
#[test]
fn rfc_6962_vectors() {
    let inputs =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    assert_eq!(
        hex(&ceiba_ledger::empty_root()),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    let mut frontier = Frontier::new();
    for (input, root) in inputs.iter().zip(roots) {
        frontier.append(leaf_hash(&unhex(input)));
        assert_eq!(hex(&frontier.root()), root);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).expect("hex")).collect()
}
