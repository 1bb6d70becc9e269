//! What a signed container (CMS, RFC 5652) holds. Only the way to the contents is read, in DER and in BER with indefinite lengths,
//! which signing libraries write for big documents; certificates and signatures are neither read nor verified.

use std::borrow::Cow;

/// 1.2.840.113549.1.7.2, the type of signed data.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

const OCTETS: u8 = 0x04;
const IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;
const CONSTRUCTED: u8 = 0x20;
/// `[0]`, in which both the signed data and its contents stand.
const FIRST: u8 = 0xa0;

/// Elements of indefinite length nest at most so deep in what is read.
const DEPTH: u8 = 16;

/// What stands in a container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Container<'b> {
    /// The octets that are signed.
    Holds(Cow<'b, [u8]>),
    /// Signed data without what it signs: the signature stands apart from it.
    Detached,
    /// No container of signed data.
    Other,
}

/// What stands in a container of signed data.
pub fn container(bytes: &[u8]) -> Container<'_> {
    read(bytes).unwrap_or(Container::Other)
}

fn read(container: &[u8]) -> Option<Container<'_>> {
    let mut info = inside(container, SEQUENCE)?;
    if info.next(IDENTIFIER)?.bytes != SIGNED_DATA {
        return None;
    }
    let mut data = inside(info.next(FIRST)?.bytes, SEQUENCE)?;
    // The version and the digest algorithms come before the contents.
    let mut encapsulated = data.elements().find(|element| element.tag == SEQUENCE)?.reader();
    encapsulated.next(IDENTIFIER)?;
    if encapsulated.rest.is_empty() {
        return Some(Container::Detached);
    }
    let mut octets = encapsulated.next(FIRST)?.reader();
    if octets.rest.is_empty() {
        return Some(Container::Detached);
    }
    let octets = octets.any(DEPTH)?;
    match octets.tag {
        OCTETS => Some(Container::Holds(Cow::Borrowed(octets.bytes))),
        tag if tag == OCTETS | CONSTRUCTED => {
            let mut all = Vec::with_capacity(octets.bytes.len());
            join(octets.reader(), DEPTH, &mut all)?;
            Some(Container::Holds(Cow::Owned(all)))
        }
        _ => None,
    }
}

/// Appends the parts of an octet string that is written in parts.
fn join(mut parts: Reader<'_>, depth: u8, all: &mut Vec<u8>) -> Option<()> {
    while !parts.rest.is_empty() {
        let part = parts.any(DEPTH)?;
        match part.tag {
            OCTETS => all.extend_from_slice(part.bytes),
            tag if tag == OCTETS | CONSTRUCTED => join(part.reader(), depth.checked_sub(1)?, all)?,
            _ => return None,
        }
    }
    Some(())
}

/// One element: its tag, and its contents without the mark that ends an indefinite length.
#[derive(Clone, Copy)]
struct Element<'b> {
    tag: u8,
    bytes: &'b [u8],
}

impl<'b> Element<'b> {
    fn reader(self) -> Reader<'b> {
        Reader { rest: self.bytes }
    }
}

/// The contents of the first element, which has this tag.
fn inside(bytes: &[u8], tag: u8) -> Option<Reader<'_>> {
    Some(Reader { rest: bytes }.next(tag)?.reader())
}

/// Elements one after another.
struct Reader<'b> {
    rest: &'b [u8],
}

impl<'b> Reader<'b> {
    fn elements(&mut self) -> impl Iterator<Item = Element<'b>> {
        core::iter::from_fn(|| self.any(DEPTH))
    }

    /// The next element, where it has this tag.
    fn next(&mut self, tag: u8) -> Option<Element<'b>> {
        self.any(DEPTH).filter(|element| element.tag == tag)
    }

    /// The next element.
    fn any(&mut self, depth: u8) -> Option<Element<'b>> {
        let (tag, length) = match self.rest {
            // A tag that goes on in further bytes does not occur on the way to the contents.
            [tag, ..] if tag & 0x1f == 0x1f => return None,
            [tag, length, ..] => (*tag, *length),
            _ => return None,
        };
        self.skip(2)?;
        if length == 0x80 {
            let bytes = self.until_end_mark(tag, depth)?;
            return Some(Element { tag, bytes });
        }
        let length = if length < 0x80 {
            usize::from(length)
        } else {
            let digits = self.skip(usize::from(length & 0x7f))?;
            digits.iter().try_fold(0_usize, |sum, digit| sum.checked_mul(256)?.checked_add(usize::from(*digit)))?
        };
        Some(Element { tag, bytes: self.skip(length)? })
    }

    /// The elements up to the mark that ends an indefinite length, which is passed over.
    fn until_end_mark(&mut self, tag: u8, depth: u8) -> Option<&'b [u8]> {
        let depth = depth.checked_sub(1).filter(|_| tag & CONSTRUCTED != 0)?;
        let whole = self.rest;
        loop {
            let length = whole.len() - self.rest.len();
            if self.rest.starts_with(&[0, 0]) {
                self.skip(2)?;
                return whole.get(..length);
            }
            self.any(depth)?;
        }
    }

    fn skip(&mut self, count: usize) -> Option<&'b [u8]> {
        let (skipped, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        Some(skipped)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Container, SIGNED_DATA, container as read};

    fn element(tag: u8, bytes: &[u8]) -> Vec<u8> {
        let length = u16::try_from(bytes.len()).unwrap_or_default().to_be_bytes();
        [&[tag, 0x82], &length[..], bytes].concat()
    }

    fn endless(tag: u8, bytes: &[u8]) -> Vec<u8> {
        [&[tag, 0x80], bytes, &[0, 0]].concat()
    }

    /// A container around an octet string that is written already.
    fn container(wrap: fn(u8, &[u8]) -> Vec<u8>, octets: &[u8]) -> Vec<u8> {
        let data = [0x06, 0x01, 0x2a];
        let encapsulated = wrap(0x30, &[&data[..], &wrap(0xa0, octets)].concat());
        let version_and_digests = [0x02, 0x01, 0x01, 0x31, 0x00];
        let signers = element(0x31, &[]);
        let signed = wrap(0x30, &[&version_and_digests[..], &encapsulated, &signers].concat());
        wrap(0x30, &[element(0x06, SIGNED_DATA), wrap(0xa0, &signed)].concat())
    }

    fn text(container: &[u8]) -> Option<String> {
        match read(container) {
            Container::Holds(bytes) => Some(String::from_utf8_lossy(&bytes).into_owned()),
            Container::Detached | Container::Other => None,
        }
    }

    #[test]
    fn finds_what_is_signed() {
        assert_eq!(text(&container(element, &element(0x04, b"{}"))).as_deref(), Some("{}"));
        assert_eq!(text(&container(element, &[0x04, 0x02, b'{', b'}'])).as_deref(), Some("{}"));
        let parts = [element(0x04, b"{\"a\""), endless(0x24, &element(0x04, b":")), element(0x04, b"1}")].concat();
        assert_eq!(text(&container(endless, &endless(0x24, &parts))).as_deref(), Some("{\"a\":1}"));
        assert_eq!(text(&container(element, &element(0x24, &parts))).as_deref(), Some("{\"a\":1}"));
    }

    #[test]
    fn refuses_what_is_no_signed_data() {
        let signed = container(element, &element(0x04, b"{}"));
        assert_eq!(read(b"{}"), Container::Other);
        assert_eq!(read(b""), Container::Other);
        assert_eq!(read(&signed[..signed.len() - 1]), Container::Other);
        let enveloped: Vec<u8> = signed.iter().map(|byte| if *byte == 0x02 { 0x03 } else { *byte }).collect();
        assert_eq!(read(&enveloped), Container::Other);
        assert_eq!(read(&container(element, &element(0x0c, b"{}"))), Container::Other);

        assert_eq!(read(&[0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), Container::Other);
    }

    #[test]
    fn knows_a_signature_that_stands_apart() {
        for wrap in [element, endless] {
            assert_eq!(read(&container(wrap, b"")), Container::Detached);
            let encapsulated = wrap(0x30, &[0x06, 0x01, 0x2a]);
            let signed =
                wrap(0x30, &[&[0x02, 0x01, 0x01, 0x31, 0x00], &encapsulated[..], &element(0x31, &[])].concat());
            let detached = wrap(0x30, &[element(0x06, SIGNED_DATA), wrap(0xa0, &signed)].concat());
            assert_eq!(read(&detached), Container::Detached);
        }
        assert_eq!(read(&container(element, &element(0x04, b""))), Container::Holds((&[]).into()));
    }

    #[test]
    fn endless_nesting_ends() {
        assert_eq!(read(&[0x30, 0x80].repeat(100_000)), Container::Other);
        let mut nested = element(0x04, b"{}");
        for _ in 0..40 {
            nested = endless(0x24, &nested);
        }
        assert_eq!(read(&container(element, &nested)), Container::Other);
    }

    proptest! {
        #[test]
        fn any_bytes_are_answered(bytes in any::<Vec<u8>>()) {
            let _ = read(&bytes);
        }

        #[test]
        fn a_damaged_container_is_answered(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
            let mut bytes = container(endless, &endless(0x24, &element(0x04, b"{\"a\":1}")));
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _ = read(&bytes);
        }
    }
}
