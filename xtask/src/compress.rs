//! The compressed copies that lie beside each file of `dist/`.

use std::{
    cmp::Reverse,
    io::Write,
    num::NonZero,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use doui_build::{Files, MANIFEST, Manifest, Sizes, is_compressible};
use doui_shop::Shop;
use flate2::{Compression, write::GzEncoder};

type Compressor = fn(&[u8]) -> Vec<u8>;

/// Each compression with the extension of its copies.
const COMPRESSORS: [(&str, Compressor); 2] = [("br", brotli), ("gz", gzip)];

/// The `.br` and `.gz` files to lie beside `files`, made on all cores.
pub fn copies(files: &Files) -> Files {
    let compressible = files.iter().filter(|(path, _)| is_compressible(path));
    let mut work: Vec<_> = compressible
        .flat_map(|(path, content)| COMPRESSORS.map(|compressor| (path, content, compressor)))
        .collect();
    // The largest first: what takes longest should not begin when all else is done.
    work.sort_by_key(|(_, content, _)| Reverse(content.len()));
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut copies = Files::new();
        while let Some((path, content, (extension, compress))) =
            work.get(next.fetch_add(1, Ordering::Relaxed))
        {
            copies.insert(format!("{path}.{extension}"), compress(content));
        }
        copies
    };
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..cores).map(|_| scope.spawn(worker)).collect();
        let copies = threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("a compressor does not panic"));
        copies.collect()
    })
}

/// Adds the compressed copies and the manifest, which tells their sizes.
pub fn pack(shop: &Shop, mut files: Files) -> Files {
    let copies = copies(&files);
    let size = |path: &str, extension: &str| copies[&format!("{path}.{extension}")].len();
    let compressible = files.keys().filter(|path| is_compressible(path));
    let sizes = compressible.map(|path| {
        let sizes = Sizes {
            gzip: size(path, "gz"),
            brotli: size(path, "br"),
        };
        (path.clone(), sizes)
    });
    let manifest = Manifest::new(shop, &files, &sizes.collect());
    files.extend(copies);
    files.insert(MANIFEST.to_owned(), manifest.to_json());
    files
}

/// Brotli at its best: quality 11, a window of 4 MiB. Source: RFC 7932.
pub fn brotli(content: &[u8]) -> Vec<u8> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*content, &mut packed, &params).expect("memory takes every write");
    packed
}

/// Gzip at its best, with no name and no time in it, so that the same content gives the same bytes.
pub fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(content)
        .and_then(|()| encoder.finish())
        .expect("memory takes every write")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn sample() -> Files {
        Files::from([
            ("a.html".to_owned(), "<p>同意</p>".repeat(50).into_bytes()),
            ("icons/a.png".to_owned(), b"png".to_vec()),
        ])
    }

    #[test]
    fn copies_read_back_and_are_the_same_each_time() {
        let copies = copies(&sample());
        assert_eq!(
            copies.keys().collect::<Vec<_>>(),
            ["a.html.br", "a.html.gz"]
        );
        let mut text = Vec::new();
        brotli::BrotliDecompress(&mut &*copies["a.html.br"], &mut text).unwrap();
        assert_eq!(text, sample()["a.html"]);
        text.clear();
        flate2::read::GzDecoder::new(&*copies["a.html.gz"])
            .read_to_end(&mut text)
            .unwrap();
        assert_eq!(text, sample()["a.html"]);
        assert_eq!(copies, super::copies(&sample()));
    }
}
