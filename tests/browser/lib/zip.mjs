// Reads a zip, as far as a test needs it: names and texts of its parts.
import zlib from 'node:zlib';

/** The parts of a zip: name → text. */
export function parts(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const all = {};
  let at = bytes.readUInt32LE(end + 16);
  for (let n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [method, size, name, extra, comment] = [10, 20, 28, 30, 32].map((o) => (o === 20 ? bytes.readUInt32LE(at + o) : bytes.readUInt16LE(at + o)));
    const from = bytes.readUInt32LE(at + 42);
    const start = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28);
    const raw = bytes.subarray(start, start + size);
    all[bytes.toString('utf8', at + 46, at + 46 + name)] = (method === 8 ? zlib.inflateRawSync(raw) : raw).toString('utf8');
    at += 46 + name + extra + comment;
  }
  return all;
}

/** The words of a part of a Word document, as a reader sees them. */
export const words = (xml) => xml
  .replace(/<w:br\/>|<\/w:p>/g, '\n').replace(/<[^>]*>/g, '')
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&');
