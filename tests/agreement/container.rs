//! Signed containers for the envelope: the least that a CMS container has, around a payload of the same interface, in base64.

/// The contents in a container, as base64.
pub fn signed(contents: impl AsRef<[u8]>) -> String {
    const SIGNED_DATA: [u8; 11] = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
    const DATA: [u8; 11] = [6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
    let contents = tagged(0xa0, &tagged(4, contents.as_ref()));
    let contents = tagged(0x30, &[&DATA[..], &contents].concat());
    let (version, none) = (tagged(2, &[1]), tagged(0x31, &[]));
    let signed = tagged(0x30, &[version, none.clone(), contents, none].concat());
    base64(&tagged(0x30, &[&SIGNED_DATA[..], &tagged(0xa0, &signed)].concat()))
}

/// A DER value: tag, length, bytes.
fn tagged(tag: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u32::try_from(bytes.len()).unwrap().to_be_bytes();
    let significant = &length[length.iter().take_while(|byte| **byte == 0).count().min(3)..];
    let mut out = vec![tag];
    if bytes.len() >= 128 {
        out.push(0x80 + u8::try_from(significant.len()).unwrap());
    }
    out.extend_from_slice(significant);
    out.extend_from_slice(bytes);
    out
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}
